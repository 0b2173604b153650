"""Dialogs in which something is decided. They stay beside the ticket and never block the loop."""
