"""Charts that are lists: each bar is a row that says its numbers."""
