"""The database: tables, the one door that writes, what reads, backup and verification."""
