"""One line of the import format: a draft, or the reason it is refused."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple, NoReturn

from articles import characters, content
from articles.canonical import NotCanonicalError, canonical_json, sha256_hex
from articles.importing.lines import MAX_LINE
from articles.vocabulary import Audience, Origin, RefType
from articles.works import keys
from articles.works.csl import CSLItem, clean_item
from articles.works.kinds import kind_of

MAX_ID = 200
MIN_QUESTION = 5
MAX_TITLE = 300
MAX_ITEMS = 1_000
MAX_TOPIC = 200
MAX_REASON = 600

_TYPES: dict[str, tuple[type, str]] = {
    "external_id": (str, "a string"),
    "question": (str, "a string"),
    "headline": (str, "a string"),
    "key_answer": (str, "a string"),
    "topics": (list, "a list"),
    "concepts": (list, "a list"),
    "audience": (str, "a string"),
    "body": (str, "a string"),
    "renditions": (dict, "an object"),
    "references": (list, "a list"),
    "ai_assisted": (bool, "true or false"),
    "author": (str, "a string"),
}
_REQUIRED = ("external_id", "question", "body")
_CONCEPT = re.compile(
    r"mesh:[CDQ][0-9]{6}(?:[0-9]{3})?|umls:C[0-9]{7}"
    r"|icd10:[A-Z][0-9][0-9AB](?:\.[0-9A-Z]{1,4})?"
    r"|(?!mesh:|umls:|icd10:)[a-z][a-z0-9]{1,15}:[A-Za-z0-9][A-Za-z0-9._-]{0,39}"
)
_EMAIL = re.compile(r"[^\s@\x00-\x1f\x7f]{1,64}@[^\s@\x00-\x1f\x7f]{1,190}")
_KEY = re.compile(keys.KEY)


class Reference(NamedTuple):
    key: str
    csl: CSLItem
    kind: RefType


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """
    An article ready to be written down.

    `renditions` holds the default audience's body too; `references` stand in order of
    first appearance; `fingerprint` is the same for the same content of a line.
    """

    external_id: str
    question: str
    headline: str
    key_answer: str
    topics: tuple[str, ...]
    concepts: tuple[str, ...]
    audience: Audience
    renditions: dict[str, str]
    references: tuple[Reference, ...]
    origin: Origin
    author: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Refusal:
    number: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.number}: {self.reason}"


class _Refused(ValueError):
    """Why the line cannot be taken, in a sentence."""


_REASONS = (
    _Refused,
    NotCanonicalError,
    content.TooLargeError,
    content.UnstableError,
)


def read(line: bytes, *, number: int) -> ArticleDraft | Refusal:
    try:
        return _draft(_row(line))
    except _REASONS as reason:
        text = characters.one_line(str(reason))
        return Refusal(
            number, text if len(text) <= MAX_REASON else text[:MAX_REASON] + "…"
        )


def _draft(row: dict[str, Any]) -> ArticleDraft:
    fingerprint = sha256_hex(canonical_json(row))
    audience = _audience(row.get("audience", Audience.CLINICIAN))
    renditions = _renditions(row, audience)
    key_answer = _clean("key_answer", row.get("key_answer", ""), inline=True)
    return ArticleDraft(
        external_id=_text(row, "external_id", longest=MAX_ID),
        question=_text(row, "question", shortest=MIN_QUESTION, longest=MAX_TITLE),
        headline=_text(row, "headline", shortest=0, longest=MAX_TITLE),
        key_answer=key_answer,
        topics=_topics(row.get("topics", [])),
        concepts=_concepts(row.get("concepts", [])),
        audience=audience,
        renditions=renditions,
        references=_references(row, [key_answer, *renditions.values()]),
        origin=Origin.MACHINE_ASSISTED if row.get("ai_assisted") else Origin.IMPORTED,
        author=_author(row.get("author")),
        fingerprint=fingerprint,
    )


def _row(line: bytes) -> dict[str, Any]:
    if len(line.rstrip(b"\r\n")) > MAX_LINE:
        raise _Refused(f"The line is longer than {MAX_LINE:,} bytes.")
    row = _json(line)
    if not isinstance(row, dict):
        raise _Refused("The line is not a JSON object.")
    for name in row.keys() - _TYPES.keys():
        raise _Refused(f"“{name}” is not a key of the import format.")
    for name in _REQUIRED:
        if name not in row:
            raise _Refused(f"“{name}” is missing.")
    for name, value in row.items():
        expected, words = _TYPES[name]
        if not isinstance(value, expected):
            raise _Refused(f"“{name}” is not {words}.")
    return row


def _json(line: bytes) -> Any:
    try:
        return json.loads(
            line.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_float=str,
            parse_constant=_no_constant,
        )
    except _Refused:
        raise
    except UnicodeDecodeError as error:
        raise _Refused(f"The line is not UTF-8 at byte {error.start}.") from error
    except json.JSONDecodeError as error:
        raise _Refused(f"The line is not JSON: {error.msg} at {error.pos}.") from error
    except RecursionError as error:
        raise _Refused("The line is nested too deeply.") from error
    except ValueError as error:
        raise _Refused(f"The line cannot be read: {error}") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        [(name, _)] = Counter(name for name, _ in pairs).most_common(1)
        raise _Refused(f"“{name}” stands twice in one object.")
    return row


def _no_constant(name: str) -> NoReturn:
    raise _Refused(f"{name} is not JSON.")


def _text(row: dict[str, Any], name: str, *, shortest: int = 1, longest: int) -> str:
    text = _line(name, row.get(name, ""))
    if not shortest <= len(text) <= longest:
        raise _Refused(f"“{name}” is not {shortest} to {longest} characters long.")
    return text


def _line(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _Refused(f"“{name}” holds something that is not a string.")
    removed: Counter[str] = Counter()
    characters.visible(value, removed)
    for sentence in removed:
        raise _Refused(f"“{name}”: {sentence}")
    return characters.one_line(value)


def _audience(name: str) -> Audience:
    if name not in Audience.values:
        raise _Refused(f"“{name}” is not an audience.")
    return Audience(name)


def _renditions(row: dict[str, Any], default: Audience) -> dict[str, str]:
    others: dict[str, Any] = row.get("renditions", {})
    if default in others:
        raise _Refused(
            f"The text for “{default}” stands in “body” and in “renditions”."
        )
    bodies = {default.value: _body("body", row["body"])}
    for audience in sorted(others):
        bodies[_audience(audience).value] = _body(audience, others[audience])
    return bodies


def _body(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _Refused(f"The text for “{name}” is not a string.")
    html = _clean(name, value, inline=False)
    if not content.plain_text(html):
        raise _Refused(f"“{name}” has no text.")
    return html


def _clean(name: str, html: str, *, inline: bool) -> str:
    cleaned = content.clean(html, inline=inline)
    if cleaned.dropped:
        told = " ".join(str(dropped) for dropped in cleaned.dropped[:3])
        raise _Refused(f"“{name}” leaves the allowed vocabulary: {told}")
    return cleaned.html


def _topics(given: list[Any]) -> tuple[str, ...]:
    topics = [_line("topics", topic) for topic in _few("topics", given)]
    if any(not 1 <= len(topic) <= MAX_TOPIC for topic in topics):
        raise _Refused(f"A topic is not 1 to {MAX_TOPIC} characters long.")
    return tuple(dict.fromkeys(topics))


def _concepts(given: list[Any]) -> tuple[str, ...]:
    for concept in _few("concepts", given):
        if not isinstance(concept, str) or not _CONCEPT.fullmatch(concept):
            raise _Refused(f"“{str(concept)[:60]}” is not a concept as scheme:code.")
    return tuple(dict.fromkeys(given))


def _few(name: str, given: list[Any]) -> list[Any]:
    if len(given) > MAX_ITEMS:
        raise _Refused(f"“{name}” holds more than {MAX_ITEMS:,} items.")
    return given


def _author(given: str | None) -> str | None:
    if given is not None and not _EMAIL.fullmatch(given):
        raise _Refused(f"“{given[:60]}” is not an e-mail address.")
    return given


def _references(row: dict[str, Any], texts: list[str]) -> tuple[Reference, ...]:
    listed: dict[str, Reference] = {}
    for raw in _few("references", row.get("references", [])):
        reference = _reference(raw)
        if reference.key in listed:
            raise _Refused(f"Two references have the id “{reference.key}”.")
        listed[reference.key] = reference
    cited = content.citation_counts(texts)
    for key in cited:
        if key not in listed:
            raise _Refused(f"“{key}” is cited and is not among the references.")
    for key in listed:
        if key not in cited:
            raise _Refused(f"The reference “{key}” is cited nowhere.")
    return tuple(listed[key] for key in cited)


def _reference(raw: Any) -> Reference:
    key = raw.get("id") if isinstance(raw, dict) else None
    if isinstance(key, bool) or not _KEY.fullmatch(str(key if key is not None else "")):
        raise _Refused(f"“{str(key)[:60]}” cannot be the id of a reference.")
    item, problems = clean_item(raw)
    if item is None or problems:
        raise _Refused(f"Reference “{key}”: {' '.join(problems[:3])}")
    return Reference(str(key), item, kind_of(item))
