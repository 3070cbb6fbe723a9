"""
Articles from a file in the import format: JSON Lines, one article a line.

Strict, because nobody looks at ten thousand lines: a line is taken as it is or refused
with a reason. Nothing is guessed or left out; only spelling is made uniform.
"""

from articles.importing.draft import ArticleDraft, Reference, Refusal, read
from articles.importing.lines import UnreadableError, open_lines

__all__ = [
    "ArticleDraft",
    "Reference",
    "Refusal",
    "UnreadableError",
    "open_lines",
    "read",
]
