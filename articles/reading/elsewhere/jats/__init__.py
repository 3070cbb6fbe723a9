"""
An article in JATS, the Journal Article Tag Suite (ANSI/NISO Z39.96).

Only what Journal Publishing 1.1 and 1.3 have in common, so that one file is valid in
both. The default rendition is the body; the others are sub-articles.
"""

from articles.reading.elsewhere.jats.document import write

__all__ = ["write"]
