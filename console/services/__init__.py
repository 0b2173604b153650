"""One action each: check, write, return what changed."""
