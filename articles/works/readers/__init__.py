"""Readers of the formats in which reference managers and indexes export."""
