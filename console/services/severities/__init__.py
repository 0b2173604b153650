"""Changing severities, one or many: previews, confirmations, effects (OD-2)."""
