"""What search and answers print of a text, which no page's hash covers."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from articles.models import Page, Passage, SearchEntry, Topic, Version
from articles.reading import edition, indexed, quotable
from articles.reading.text import text_of
from articles.states import READABLE, WITH_THE_DESK, Standing, VersionState
from articles.vocabulary import Audience
from editorial.verification.witness import BATCH, Broken
from reviews.models import Signature
from reviews.states import Meaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from articles.reading.text import Text
    from editorial.verification.witness import Witness

logger = logging.getLogger(__name__)

TOLD = (
    *("path", "version_id", "standing", "reviewed_on"),
    *("question", "headline", "about", "body", "spelt"),
)
MISQUOTED = "what is quoted of it is not what it says"
FOUND = (Standing.PREVIEW, *READABLE)
ON_ITS_WAY = (*WITH_THE_DESK, VersionState.APPROVED)

_AROUND = re.compile(r"</?(?:p|ul)>")


def entries(_witness: Witness) -> Iterator[Broken]:
    """
    Each says what its frozen text and the record say today.

    Whatever is of an earlier edition is about to be made anew, entries and pages alike:
    of these only the quoted words are asked.
    """
    stray = SearchEntry.objects.exclude(article__standing__in=FOUND)
    for pk in stray.order_by("pk").values_list("pk", flat=True):
        yield Broken(_name(pk), "it is of an article that is not public")
    for version in _public().iterator(chunk_size=BATCH):
        is_earlier: bool = version.__dict__["is_earlier"]
        yield from _of_earlier(version) if is_earlier else _of(version)


def waiting() -> int:
    """How many articles are of an earlier edition, and wait to be made anew."""
    return _earlier().values("article").distinct().count()


def _earlier() -> QuerySet[Page]:
    return Page.objects.exclude(edition=edition.current())


def _public() -> QuerySet[Version]:
    """The text that the public sees of each article."""
    published = Q(publication__ended_at=None, publication__pk__gt=0)
    shown = Q(published, article__standing__in=READABLE) | Q(
        state__in=ON_ITS_WAY, article__standing=Standing.PREVIEW
    )
    approvals = Signature.objects.filter(meaning=Meaning.APPROVAL)
    passages = Passage.objects.defer("vector").order_by("pk")
    return (
        Version.objects.filter(shown)
        .annotate(is_earlier=Exists(_earlier().filter(article=OuterRef("article"))))
        .select_related("article")
        .prefetch_related(
            *("renditions", "citations__work", "article__search_entries"),
            Prefetch("article__search_entries__passages", passages),
            Prefetch("article__topics", Topic.objects.order_by("pk")),
            Prefetch("signatures", approvals, to_attr="approvals"),
        )
        .order_by("pk")
    )


def _of_earlier(version: Version) -> Iterator[Broken]:
    """Whatever was quoted at any time stands in the text, however it was cut."""
    text = text_of(version)
    for row in version.article.search_entries.all():
        said = _in_one_line(f"{text.key_answer} {text.bodies.get(row.audience, '')}")
        quoted = (passage.html for passage in row.passages.all())
        if not all(part in said for html in quoted for part in _parts(html)):
            yield Broken(_name(row.pk), MISQUOTED)


def _parts(html: str) -> Iterator[str]:
    """What was cut out of a text as it stood there, without what was put around it."""
    return map(_in_one_line, _AROUND.split(html))


def _in_one_line(html: str) -> str:
    """Without the lines between blocks, which a passage leaves out."""
    return " ".join(html.split()).replace("> <", "><")


def _of(version: Version) -> Iterator[Broken]:
    """First the entries there are, then the texts that have none."""
    text = text_of(version)
    wanted = _wanted(version, text)
    for row in version.article.search_entries.all():
        if _told(row) != wanted.pop(row.audience, None):
            yield Broken(_name(row.pk), "it does not say what its text says")
        elif why := _misquoted(row, text):
            yield Broken(_name(row.pk), why)
    for audience in wanted:
        label = str(Audience(audience).label).lower()
        where = f"article {version.article_id}"
        yield Broken(where, f"no search finds its text for {label}")


def _wanted(version: Version, text: Text) -> dict[str, list[Any]]:
    approvals: list[Signature] = version.__dict__["approvals"]
    signed_at = approvals[0].signed_at if approvals else None
    made = indexed.entries(version, text, signed_at)
    return {entry.audience: _told(entry) for entry in made}


def _misquoted(entry: SearchEntry, text: Text) -> str:
    """
    Why what is kept to be quoted is not what may be, for good; nothing if it is.

    A sweep learns beside the verification: what differs is read again, until nothing
    was learned while it was read. What was built anew meanwhile is of another entry.
    """
    now: SearchEntry | None = entry
    try:
        while now is not None and _quoted(now) != _quotes(now, text):
            before, now = now, SearchEntry.objects.filter(pk=entry.pk).first()
            if now is not None and now.learned == before.learned:
                return MISQUOTED
    except Exception:  # whatever it is, the row is named and the others are asked
        logger.exception("Nothing can be quoted from search entry %s", entry.pk)
        return "what may be quoted of it cannot be made"
    return ""


def _quoted(entry: SearchEntry) -> list[tuple[Any, ...]]:
    fields = quotable.Quote._fields
    rows = sorted(entry.passages.all(), key=lambda row: row.pk)
    return [tuple(getattr(row, name) for name in fields) for row in rows]


def _quotes(entry: SearchEntry, text: Text) -> list[tuple[Any, ...]]:
    """What may be quoted of an entry; nothing before it has been learned."""
    if not entry.learned or not quotable.may_be(entry):
        return []
    return [tuple(quote) for quote in quotable.quotes(text, entry.audience)]


def _told(entry: SearchEntry) -> list[Any]:
    return [getattr(entry, name) for name in TOLD]


def _name(pk: int) -> str:
    return f"search entry {pk}"
