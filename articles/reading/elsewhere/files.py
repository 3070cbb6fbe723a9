"""The files beside a published article, as bytes ready to store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.canonical import canonical_json
from articles.reading.built import JSON, BuiltPage
from articles.reading.elsewhere import addresses, cite, document, jats, standing
from articles.works.writing import KINDS, Format, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from articles.reading.facts import Trust
    from articles.reading.text import Text
    from articles.works.writing import Works

XML = "application/xml; charset=utf-8"
CITED = {".ris": Format.RIS, ".bib": Format.BIBTEX, ".csl.json": Format.CSL_JSON}
"""In which formats an article, and what it cites, goes into reference managers."""

BESIDE = (".json", ".xml", *CITED)
"""How the addresses of files end that stand where the article itself does."""
ON_PAPER = ".pdf"
"""The same of the file that is made of a page, and later than it."""
BELOW = (
    "versions.json",
    "record.json",
    *(f"references{suffix}" for suffix in CITED),
)
"""The files that stand below the address of their article."""


def of(text: Text, trust: Trust) -> Iterator[BuiltPage]:
    """None for a text that is not published: a file travels without its caution."""
    if not standing.is_out(trust):
        return
    for path, media_type, body in _written(text, trust):
        yield BuiltPage(
            path, media_type, body, indexable=False, version_number=text.number
        )


def _written(text: Text, trust: Trust) -> Iterator[tuple[str, str, bytes]]:
    base = addresses.path_of(text.slug)
    yield f"{base}versions.json", JSON, canonical_json(document.versions(text, trust))
    yield f"{base}record.json", JSON, canonical_json(document.record(text, trust))
    whole = canonical_json(document.article(text, trust))
    yield addresses.file_path(text.slug, ".json"), JSON, whole
    yield addresses.file_path(text.slug, ".xml"), XML, jats.write(text, trust)
    itself = [(cite.key(text), cite.item(text, trust))]
    works = [(row.key, row.csl) for row in text.references]
    for suffix, form in CITED.items():
        path = addresses.file_path(text.slug, suffix)
        yield path, *_records(form, itself)
        yield f"{base}references{suffix}", *_records(form, works)


def _records(form: Format, works: Works) -> tuple[str, bytes]:
    media_type = KINDS[form].media_type
    return f"{media_type}; charset=utf-8", write(form, works).encode()
