"""
Word documents and pasted text, read into drafts.

Pure functions on what was sent: nothing is fetched, nothing is written, and what comes
out is in the vocabulary of `articles.content` and nothing else.
"""

from articles.word.markers import Marked, mark
from articles.word.pasted import from_text, tidy
from articles.word.reading import Imported, read_docx
from articles.word.references import Candidate
from articles.word.refused import DocumentError

__all__ = [
    "Candidate",
    "DocumentError",
    "Imported",
    "Marked",
    "from_text",
    "mark",
    "read_docx",
    "tidy",
]
