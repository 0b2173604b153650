"""Where team leads look at decisions: as they were seen, what came of them, and whether they stand."""
