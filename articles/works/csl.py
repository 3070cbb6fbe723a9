"""
CSL-JSON items as they come from strangers, brought to what the house stores.

Known names only, strings visible and bounded, no fractions, identifiers checked. The
key by which a text cites the item is not part of it.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from articles import characters
from articles.canonical import MAX_INTEGER
from articles.works import custom, dates, identifiers

CSLItem = dict[str, Any]

MAX_STRING = 2_000
MAX_ABSTRACT = 20_000
MAX_NAMES = 1_000
MAX_NAME = 500
MAX_CUSTOM_DEPTH = 4
MAX_CUSTOM_VALUES = 200
SHOWN = 60

_TYPES = """
    article article-journal article-magazine article-newspaper bill book broadcast
    chapter classic collection dataset document entry entry-dictionary
    entry-encyclopedia event figure graphic hearing interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent
    performance periodical personal_communication post post-weblog regulation report
    review review-book software song speech standard thesis treaty webpage
"""
_STRINGS = """
    annote archive archive-place archive_collection archive_location authority
    call-number chapter-number citation-label citation-number collection-number
    collection-title container-title container-title-short dimensions division edition
    event-place event-title first-reference-note-number genre issue journalAbbreviation
    jurisdiction keyword language license locator medium note number number-of-pages
    number-of-volumes original-publisher original-publisher-place original-title page
    page-first part part-number part-title printing-number publisher publisher-place
    references reviewed-genre reviewed-title scale section shortTitle source status
    supplement supplement-number title title-short version volume volume-title
    volume-title-short year-suffix
"""
_NAMES = """
    author chair collection-editor compiler composer container-author contributor curator
    director editor editorial-director executive-producer guest host illustrator
    interviewer narrator organizer original-author performer producer recipient
    reviewed-author script-writer series-creator translator
"""
_DATES = "accessed available-date event-date issued original-date submitted"
_NAME_PARTS = (
    "family given suffix literal dropping-particle non-dropping-particle "
    "comma-suffix static-ordering parse-names"
)
_OTHER_TYPES = {
    "book-chapter": "chapter",
    "edited-book": "book",
    "journal-article": "article-journal",
    "monograph": "book",
    "posted-content": "article",
    "proceedings-article": "paper-conference",
    "reference-book": "book",
    "report-component": "report",
}

TYPES = frozenset(_TYPES.split())
_NAME_PART = frozenset(_NAME_PARTS.split())
_FLAGS = {"comma-suffix", "static-ordering", "parse-names"}
_MARK = re.compile(r"<(/?)(em|strong|i|b|sup|sub)>", re.IGNORECASE)
_MARKS = {"em": "i", "strong": "b"}


class _Problem(ValueError):
    """Why a value was left out, in a sentence."""


class CleanItem(NamedTuple):
    item: CSLItem | None
    problems: tuple[str, ...]


def clean_item(raw: object) -> CleanItem:
    """
    The item as it is stored, and a sentence for everything left out.

    Without a title or a known type there is no item, and the sentences say why.
    """
    if not isinstance(raw, dict):
        return CleanItem(None, ("A reference is not a CSL-JSON object.",))
    item: CSLItem = {}
    problems = []
    for name, value in raw.items():
        if name == "id" or value in (None, "", [], {}):
            continue
        try:
            item[name] = _value(str(name), value)
        except _Problem as problem:
            problems.append(str(problem))
    problems += _misshapen(item)
    missing = [name for name in ("type", "title") if not item.get(name)]
    problems += [f"The reference has no {name}." for name in missing]
    return CleanItem(None if missing else item, tuple(problems))


def _value(name: str, value: Any) -> Any:
    reader = _READERS.get(name)
    if not reader:
        raise _Problem(f"“{_short(name)}” is not a name of CSL-JSON; it was left out.")
    read = reader(name, value)
    if read in (None, "", [], {}):
        raise _Problem(f"The {name} “{_short(value)}” was left out: it is not usable.")
    return read


def _string(name: str, value: Any) -> str:
    text = characters.one_line(_scalar(name, value))
    limit = MAX_ABSTRACT if name == "abstract" else MAX_STRING
    if len(text) > limit:
        raise _Problem(
            f"The {name} was left out: it is longer than {limit:,} characters."
        )
    return _MARK.sub(_mark, text)


def _scalar(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Problem(f"The {name} was left out: it is neither a string nor a number.")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if abs(value) <= MAX_INTEGER else ""


def _mark(found: re.Match[str]) -> str:
    tag = found[2].lower()
    return f"<{found[1]}{_MARKS.get(tag, tag)}>"


def _type(name: str, value: Any) -> str:
    given = _string(name, value)
    known = _OTHER_TYPES.get(given, given)
    return known if known in TYPES else ""


def _checked(check: Callable[[str], str | None]) -> Callable[[str, Any], str | None]:
    return lambda name, value: check(_string(name, value))


def _several(check: Callable[[str], str | None]) -> Callable[[str, Any], str]:
    """Book and journal numbers come as one string, as several in one, or as a list."""

    def read(name: str, value: Any) -> str:
        given = value if isinstance(value, list) else _split(_string(name, value))
        found = [check(_string(name, number)) for number in given]
        if not all(found):
            raise _Problem(f"The {name} “{_short(value)}” was left out: it is wrong.")
        return ", ".join(dict.fromkeys(map(str, found)))

    return read


def _split(text: str) -> list[str]:
    """By commas, or by the spaces between numbers that have none inside."""
    return re.split(r"\s*[,;]\s*|(?<=[0-9X])\s+(?=[0-9-]{9,})", text)


def _names(name: str, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or len(value) > MAX_NAMES:
        raise _Problem(f"The {name} was left out: it is not a list of names.")
    return [_name(name, person) for person in value]


def _name(name: str, person: Any) -> dict[str, Any]:
    if not isinstance(person, dict):
        raise _Problem(f"The {name} was left out: a name in it is not an object.")
    parts = {
        part: given if part in _FLAGS and given is True else _name_part(name, given)
        for part, given in person.items()
        if part in _NAME_PART and given not in (None, "", False)
    }
    if orcid := identifiers.orcid(str(person.get("ORCID", ""))):
        parts["ORCID"] = orcid
    if not parts.get("family") and not parts.get("literal"):
        raise _Problem(f"The {name} was left out: a name in it has no family name.")
    return parts


def _name_part(name: str, given: Any) -> str:
    text = _string(name, given)
    if len(text) > MAX_NAME:
        raise _Problem(f"The {name} was left out: a name in it is too long.")
    return text


def _date(name: str, value: Any) -> dict[str, Any]:
    given = value if isinstance(value, dict) else {"raw": value}
    read: dict[str, Any] = {
        part: given[part] if given[part] is True else _string(name, given[part])
        for part in ("season", "circa", "literal")
        if given.get(part) not in (None, "", False)
    }
    if parts := dates.read_parts(given):
        read["date-parts"] = parts
    return read


def _words(name: str, value: Any) -> list[str]:
    if not isinstance(value, list) or len(value) > MAX_CUSTOM_VALUES:
        raise _Problem(f"The {name} was left out: it is not a list of words.")
    return [_string(name, word) for word in value]


def _custom(name: str, value: Any) -> Any:
    if not isinstance(value, dict):
        raise _Problem("The custom part was left out: it is not an object.")
    budget = [MAX_CUSTOM_VALUES]
    return _free(name, value, MAX_CUSTOM_DEPTH, budget)


def _misshapen(item: CSLItem) -> list[str]:
    """Take out those of our own fields that are not what they should be."""
    given = item.get("custom", {})
    wrong = [name for name in given if not custom.is_sound(name, given[name])]
    if wrong:
        item["custom"] = {n: given[n] for n in given if n not in wrong}
    if not item.get("custom"):
        item.pop("custom", None)
    return [f"The custom field “{n}” was left out: it is not usable." for n in wrong]


def _free(name: str, value: Any, depth: int, budget: list[int]) -> Any:
    budget[0] -= 1
    if depth < 0 or budget[0] < 0:
        raise _Problem("The custom part was left out: it is too large.")
    if isinstance(value, dict):
        return {
            _string(name, key): _free(name, part, depth - 1, budget)
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [_free(name, part, depth - 1, budget) for part in value]
    if value is None or (isinstance(value, int) and abs(value) <= MAX_INTEGER):
        return value
    return _string(name, value)


def _short(value: Any) -> str:
    text = characters.one_line(str(value)[:200])
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


_READERS: dict[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(_STRINGS.split(), _string),
    **dict.fromkeys(_NAMES.split(), _names),
    **dict.fromkeys(_DATES.split(), _date),
    "abstract": _string,
    "categories": _words,
    "custom": _custom,
    "DOI": _checked(identifiers.bare_doi),
    "ISBN": _several(identifiers.isbn),
    "ISSN": _several(identifiers.issn),
    "PMCID": _checked(identifiers.pmcid),
    "PMID": _checked(identifiers.pmid),
    "type": _type,
    "URL": _checked(identifiers.web_address),
}
