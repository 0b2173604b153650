"""The panel on the right: one ticket, what burns on it, why, and what may be done."""
