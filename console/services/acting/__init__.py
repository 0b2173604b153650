"""The manager's other acts: ETA, owner, notes, voids, marks, and who is there."""
