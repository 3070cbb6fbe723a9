"""
The body of an article: a small vocabulary of HTML, and everything done with it.

Pure functions on text; nothing here knows the database.
"""

from articles.content.citations import anchors, citation_counts, cited_keys, collapse
from articles.content.cleaning import Cleaned, Dropped, UnstableError, clean, is_clean
from articles.content.form import FORM, version_bytes
from articles.content.limits import TooLargeError
from articles.content.rendering import Heading, outline, render
from articles.content.words import plain_text, word_count

__all__ = [
    "FORM",
    "Cleaned",
    "Dropped",
    "Heading",
    "TooLargeError",
    "UnstableError",
    "anchors",
    "citation_counts",
    "cited_keys",
    "clean",
    "collapse",
    "is_clean",
    "outline",
    "plain_text",
    "render",
    "version_bytes",
    "word_count",
]
