"""The pages of the desk, and the house's own public pages."""
