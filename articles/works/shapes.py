"""In which shape a type of work is printed; every style lays out the same few."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from articles.works.fragments import text


class Shape(StrEnum):
    BOOK = "book"
    CHAPTER = "chapter"
    DOCUMENT = "document"
    JOURNAL = "journal"
    LAW = "law"
    PREPRINT = "preprint"
    REPORT = "report"
    WEB = "web"


_SHAPES = {
    "article": Shape.PREPRINT,
    "article-journal": Shape.JOURNAL,
    "article-magazine": Shape.JOURNAL,
    "bill": Shape.LAW,
    "book": Shape.BOOK,
    "chapter": Shape.CHAPTER,
    "legislation": Shape.LAW,
    "paper-conference": Shape.CHAPTER,
    "post": Shape.WEB,
    "post-weblog": Shape.WEB,
    "regulation": Shape.LAW,
    "report": Shape.REPORT,
    "review": Shape.JOURNAL,
    "standard": Shape.REPORT,
    "webpage": Shape.WEB,
}


def shape_of(item: Mapping[str, Any]) -> Shape:
    return _SHAPES.get(text(item, "type"), Shape.DOCUMENT)
