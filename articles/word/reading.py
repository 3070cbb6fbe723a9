"""A Word document as a draft: its body, what it cites, and what was not understood."""

from collections import Counter
from dataclasses import dataclass

import mammoth  # type: ignore[import-untyped]  # it ships no types

from articles import content
from articles.content import TooLargeError, UnstableError
from articles.word import (
    container,
    markers,
    package,
    parts,
    preparing,
    references,
    reporting,
    shaping,
    styles,
)
from articles.word.references import Candidate
from articles.word.refused import DocumentError

LISTS = 9
MAX_QUESTION = 300

_NOTES = "word-note-"
_ENTRIES = "word-ref-"
_LIST_STYLES = [
    f"p:{kind}-list({level}) => {'ul|ol > li > ' * (level - 1)}{tag} > li:fresh"
    for level in range(1, LISTS + 1)
    for kind, tag in (("unordered", "ul"), ("ordered", "ol"))
]
_STYLES = "\n".join(
    [
        f"p.{styles.TITLE} => h1.title:fresh",
        *(f"p.{styles.HEADING}{n} => h{n}:fresh" for n in range(1, 7)),
        f"p.{styles.QUOTE} => blockquote > p:fresh",
        f"p.{styles.CONTENTS} => !",
        *(
            f"r[style-name='{name}'] => em"
            for name in ("Emphasis", "Subtle Emphasis", "Book Title")
        ),
        *(
            f"r[style-name='{name}'] => strong"
            for name in ("Strong", "Strong Emphasis", "Intense Emphasis")
        ),
        "strike => ",
        *_LIST_STYLES,
    ]
)
_DAMAGED = (
    *(ArithmeticError, AttributeError, LookupError, OSError, RecursionError),
    *(TypeError, ValueError),
)


@dataclass(frozen=True, slots=True)
class Imported:
    """
    A draft made of a document; nothing of it is trusted, and the body is clean.

    `question` is a suggestion and may be empty. `report` says in sentences what was left
    out, changed, or should be looked at.
    """

    question: str
    body: str
    candidates: tuple[Candidate, ...]
    report: tuple[str, ...]


def read_docx(data: bytes) -> Imported:
    """Raises DocumentError, whose message says why there is nothing to take."""
    told: Counter[str] = Counter()
    read = package.read(parts.decoded(container.xml_parts(data)))
    preparing.prepare(read, told)
    styles.name_paragraphs(read)
    root = shaping.parsed(_converted(read, told))
    notes = shaping.take_notes(root, prefix=_NOTES)
    entries = references.take_list(root, prefix=_ENTRIES)
    question = shaping.take_title(root)
    shaping.level_headings(root)
    shaping.head_columns(root)
    shaping.unwrap_single_paragraphs(root)
    cleaned = _clean(shaping.written(root))
    marked = markers.mark(cleaned.html, {one.number: one.key for one in entries[::-1]})
    report = reporting.sentences(
        told, dropped=cleaned.dropped, marked=marked, entries=entries, notes=notes
    )
    if len(question) > MAX_QUESTION:
        report.append("The title was too long for a question and was cut.")
    return Imported(
        question=question[:MAX_QUESTION],
        body=_clean(marked.html).html,
        candidates=(*entries, *notes),
        report=tuple(report),
    )


def _converted(read: package.Package, told: Counter[str]) -> str:
    try:
        result = mammoth.convert_to_html(
            package.written(read),
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            id_prefix=shaping.NOTES,
        )
    except _DAMAGED as error:
        raise DocumentError("The document is damaged and cannot be read.") from error
    for message in result.messages:
        told["symbol"] += "w:sym" in message.message
    return str(result.value)


def _clean(html: str) -> content.Cleaned:
    try:
        return content.clean(html)
    except (TooLargeError, UnstableError) as error:
        raise DocumentError(str(error)) from error
