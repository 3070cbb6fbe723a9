"""
The body of an article: a small vocabulary of HTML, and everything done with it.

Pure functions on text; nothing here knows the database.
"""

from articles.content.citations import anchors, citation_counts, cited_keys, collapse
from articles.content.cleaning import Cleaned, Dropped, UnstableError, clean, is_clean
from articles.content.explaining import (
    Spellings,
    as_written,
    explain,
    is_whole,
    pieces,
)
from articles.content.form import FORM, version_bytes
from articles.content.limits import TooLargeError
from articles.content.rendering import Heading, outline, render
from articles.content.words import plain_text, word_count

__all__ = [
    "FORM",
    "Cleaned",
    "Dropped",
    "Heading",
    "Spellings",
    "TooLargeError",
    "UnstableError",
    "anchors",
    "as_written",
    "citation_counts",
    "cited_keys",
    "clean",
    "collapse",
    "explain",
    "is_clean",
    "is_whole",
    "outline",
    "pieces",
    "plain_text",
    "render",
    "version_bytes",
    "word_count",
]
