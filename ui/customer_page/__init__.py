"""The page of plans: one customer, all plans of a pack side by side, and every rule of the pack."""
