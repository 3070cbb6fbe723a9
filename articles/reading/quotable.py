"""An approved text as answers are quoted from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from articles import content, freezing
from articles.asking import cutting, meaning
from articles.asking.kept import Quotable
from articles.models import Passage
from articles.reading.text import text_of
from articles.states import Standing
from articles.vocabulary import RefType
from articles.works.ama import ama

if TYPE_CHECKING:
    from articles.asking.meaning import Vectors
    from articles.models import SearchEntry
    from articles.reading.text import Text

KEY_ANSWER = "Key answer"
AT_KEY_ANSWER = "key-answer"


class Quote(NamedTuple):
    """What a reader is shown of a passage; see `articles.models.Passage`."""

    heading: str
    anchor: str
    html: str
    sources: list[Any]


def may_be(entry: SearchEntry) -> bool:
    """Whether answers may be quoted from it: it is approved, and nothing is against it."""
    return entry.standing == Standing.PUBLISHED and entry.reviewed_on is not None


def of(entry: SearchEntry) -> Quotable | None:
    """None where nothing may be quoted, or where the text is not what was signed."""
    version = entry.version
    if not may_be(entry) or freezing.sha256_of(version) != version.sha256:
        return None
    return rendition(text_of(version), entry.audience)


def rendition(text: Text, audience: str) -> Quotable:
    """What a text means for an audience, and what of it may be quoted to anybody."""
    title, found = meaning.vector(text.question), quotes(text, audience)
    means = [meaning.unit(title + meaning.vector(_said(quote))) for quote in found]
    rows = [
        Passage(**quote._asdict(), vector=meaning.packed(vector))
        for quote, vector in zip(found, means, strict=True)
    ]
    return Quotable(meaning.packed(title, _about(title, means)), rows)


def quotes(text: Text, audience: str) -> list[Quote]:
    """What of a text may be quoted to an audience, in its order."""
    sources = _sources(text)
    return [
        Quote(p.heading, p.anchor, p.html, [sources[k] for k in p.keys if k in sources])
        for p in _passages(text, audience)
    ]


def _passages(text: Text, audience: str) -> list[cutting.Passage]:
    """The key answer stands before the main text, and is quoted before it."""
    found = cutting.passages(text.bodies.get(audience, ""))
    if not text.key_answer or audience != text.audience:
        return found
    keys = tuple(content.cited_keys(text.key_answer))
    html = f"<p>{text.key_answer}</p>"
    return [cutting.Passage(KEY_ANSWER, AT_KEY_ANSWER, html, keys), *found]


def _said(quote: Quote) -> str:
    return f"{quote.heading}\n{content.plain_text(quote.html)}"


def _about(title: Vectors, means: list[Vectors]) -> Vectors:
    """What all of it is about: the middle of its passages."""
    if not means:
        return title
    middle: Vectors = meaning.unit(sum(means[1:], start=means[0]))
    return middle


def _sources(text: Text) -> dict[str, list[Any]]:
    """By key: number, key, kind and formatted reference, as `Passage.sources` says."""
    return {
        reference.key: [
            number,
            reference.key,
            str(RefType(reference.kind).label),
            ama(reference.csl),
        ]
        for number, reference in enumerate(text.references, start=1)
    }
