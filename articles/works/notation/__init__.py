"""How names, dates, pages and types are written in exchange formats: read and write."""
