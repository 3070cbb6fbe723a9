"""Measurements: what the house costs, on SQLite and on PostgreSQL, in one run."""
