"""What is asked for, decided and told about escalations (OD-7 to OD-10, LI-2 to LI-8)."""
