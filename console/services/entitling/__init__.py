"""What customers are entitled to: contracts, incidents and their ledger, the account manager's time (OD-3 to OD-6)."""
