"""Words on screen for what the domain says in codes."""
