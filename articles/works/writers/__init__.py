"""Writers of the formats that reference managers import."""
