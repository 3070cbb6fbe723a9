"""What is written: articles, their versions, and the works they cite."""

from articles.models.articles import SLUG_LENGTH, Article, Authorship, Topic
from articles.models.asking import Passage
from articles.models.findings import FindingAnswer, RegulatoryFact
from articles.models.glossary import Term
from articles.models.notices import Notice, NoticeSignature
from articles.models.pages import Page, Printout
from articles.models.search import WORD_LENGTH, SearchEntry, WordKey
from articles.models.versions import (
    HEADLINE_LENGTH,
    ORIGIN_TOOL_LENGTH,
    QUESTION_LENGTH,
    RESPONSIBILITY_LENGTH,
    Opening,
    Rendition,
    Version,
)
from articles.models.works import FIRST_AUTHOR_LENGTH, Citation, Work

__all__ = [
    "FIRST_AUTHOR_LENGTH",
    "HEADLINE_LENGTH",
    "ORIGIN_TOOL_LENGTH",
    "QUESTION_LENGTH",
    "RESPONSIBILITY_LENGTH",
    "SLUG_LENGTH",
    "WORD_LENGTH",
    "Article",
    "Authorship",
    "Citation",
    "FindingAnswer",
    "Notice",
    "NoticeSignature",
    "Opening",
    "Page",
    "Passage",
    "Printout",
    "RegulatoryFact",
    "Rendition",
    "SearchEntry",
    "Term",
    "Topic",
    "Version",
    "WordKey",
    "Work",
]
