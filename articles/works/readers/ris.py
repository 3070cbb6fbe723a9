"""RIS, as reference managers write it and as it should be."""

import re

import rispy  # type: ignore[import-untyped]  # it ships no types
from rispy.config import (  # type: ignore[import-untyped]  # it ships no types
    TAG_KEY_MAPPING,
)

from articles.works import identifiers
from articles.works.csl import TYPES
from articles.works.notation import languages, moments, names, numbers, types
from articles.works.readers import identified, notices
from articles.works.readers.record import MAX_RECORDS, Draft, Parsed, Refused, shown
from articles.works.readers.tagged import (
    Block,
    Tagged,
    Values,
    left_over,
    numbered,
    take,
    take_first,
)

_TAG = re.compile(r"([A-Z][A-Z0-9]) {2}-(?:[ \t]+(.*))?")
_LOOSE = re.compile(r"\s?([A-Z][A-Z0-9])[ \t]*-(?:[ \t]*(.*))?")
_KNOWN = frozenset(TAG_KEY_MAPPING) | {"BT", "CP", "CT", "ED", "J1", "L3", "PP"}
_NOT_KEPT = frozenset({"AD", "L1", "L2", "L4", "ER"})  # affiliations and files
_IN_SERIES = {"book", "report", "thesis"}
_DAY = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}")  # of going online, before the issue
_DATES = 4  # of each sort in one record, since every day is tried with every year
_PUBMED = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)


def looks_like(text: str) -> bool:
    return bool(re.search(r"^\s?TY {1,2}-[ \t]*[A-Za-z]", text, re.MULTILINE))


def parse(text: str) -> Parsed:
    drafts, refused = [], []
    blocks = _blocks(text)
    for number, block in enumerate(blocks[:MAX_RECORDS], start=1):
        if block.rows[0].tag == "TY":
            drafts.append(_draft(number, block))
        else:
            reason = f"It does not begin with TY but with “{shown(block.rows[0].tag)}”."
            refused.append(Refused(number, block.line, reason))
    return Parsed(drafts, refused, [], len(blocks))


def _blocks(text: str) -> list[Block]:
    """A record begins at TY and ends at ER, or where the next one begins."""
    blocks: list[Block] = []
    is_open = False
    for number, line in numbered(text):
        row = _row(line)
        if row and row.tag != "ER":
            if row.tag == "TY" or not is_open:
                blocks.append(Block(number))
            blocks[-1].add(row)
        elif not row and is_open and line.strip():
            _continue(blocks[-1], line.strip())
        is_open = (is_open or row is not None) and (row is None or row.tag != "ER")
    return blocks


def _continue(block: Block, text: str) -> None:
    """Keywords are listed one a line under a single tag, too."""
    if block.last_tag == "KW":
        block.add(Tagged("KW", text))
    else:
        block.extend(text)


def _row(line: str) -> Tagged | None:
    found = _TAG.fullmatch(line.rstrip())
    if not found:
        found = _LOOSE.fullmatch(line.rstrip())
        found = found if found and found[1] in _KNOWN else None
    return Tagged(found[1], (found[2] or "").strip()) if found else None


def _values(block: Block) -> Values:
    """The tags and their values, by the parser, from lines brought into good order."""
    lines = [f"{tag}  - {value}" for tag, value in block.rows]
    tags = {"ER", *(tag for tag, _ in block.rows)}
    [record] = rispy.loads(
        "\n".join([*lines, "ER  - "]),
        mapping={tag: tag for tag in tags},
        list_tags=sorted(tags - {"TY"}),
        delimiter_tags_mapping={},
    )
    return {**record, "TY": [record["TY"]]}


def _draft(number: int, block: Block) -> Draft:
    draft = Draft(number, block.line)
    values = _values(block)
    draft.key = take_first(values, "ID", "LB")
    _type(draft, values)
    _identifiers(draft, values)
    _titles(draft, values)
    _people(draft, values)
    _dates(draft, values)
    _place(draft, values)
    _publication(draft, values)
    _words(draft, values)
    draft.keep(left_over(values, not_kept=_NOT_KEPT))
    return draft


def _type(draft: Draft, values: Values) -> None:
    code = take_first(values, "TY").upper()
    of_work = values.get("M3", [""])[0]
    known = types.from_ris(code, of_work)
    if code == "GEN" and of_work in TYPES:
        take_first(values, "M3")
    draft.put("type", known or types.OTHER)
    if not known:
        draft.notes.append(f"The type “{shown(code)}” was read as a document.")


def _identifiers(draft: Draft, values: Values) -> None:
    draft.put("DOI", take_first(values, "DO"))
    _accession(draft, values)
    for tag in ("C2", "M1", "M3", "L3"):
        _vendor(draft, values, tag)
    for text in [*values.get("UR", []), *values.get("N1", [])]:
        found = identified.find(text)
        draft.put("DOI", found.doi)
        draft.put("PMID", found.pmid)
        draft.put("PMCID", found.pmcid)
    standard = numbers.read_standard(values.get("SN", []))
    draft.put("ISBN", standard.isbn)
    draft.put("ISSN", standard.issn)
    if standard.isbn or standard.issn:
        take(values, "SN")


def _accession(draft: Draft, values: Values) -> None:
    """The number in the database; a PMID only where the database may be PubMed."""
    number = take_first(values, "AN")
    database = " ".join([*values.get("DB", []), *values.get("DP", [])])
    pmid = identifiers.pmid(number)
    if pmcid := identifiers.pmcid(number):
        draft.put("PMCID", pmcid)
    elif pmid and (not database or _PUBMED.search(database) or not number.isdigit()):
        draft.put("PMID", pmid)
    elif number:
        values["AN"] = [number, *values.get("AN", [])]


def _vendor(draft: Draft, values: Values, tag: str) -> None:
    rest = []
    for text in values.get(tag, []):
        found = identified.find(text)
        draft.put("DOI", found.doi)
        draft.put("PMID", found.pmid)
        draft.put("PMCID", found.pmcid)
        if not any(found):
            rest.append(text)
    values[tag] = rest


def _titles(draft: Draft, values: Values) -> None:
    is_book = draft.item["type"] == "book"
    draft.put(
        "title", take_first(values, "TI", "T1", "CT", *(["BT"] if is_book else []))
    )
    if draft.item["type"] in _IN_SERIES:
        draft.put("container-title", take_first(values, "JF", "JO"))
        draft.put("collection-title", take_first(values, "T3", "T2"))
    draft.put("container-title", take_first(values, "T2", "JF", "BT", "JO"))
    draft.put("container-title-short", take_first(values, "J2", "JA", "J1"))
    _same_journal(draft, values)
    draft.put("collection-title", take_first(values, "T3"))
    draft.put("title-short", take_first(values, "ST"))
    if draft.item.get("title-short") == draft.item.get("title"):
        draft.item.pop("title-short", None)


def _same_journal(draft: Draft, values: Values) -> None:
    """The other names of the journal: one may be the short one."""
    name = draft.item.get("container-title", "")
    for other in take(values, "JF", "JO", "T2"):
        if other != name and len(other) < len(name):
            draft.put("container-title-short", other)


def _people(draft: Draft, values: Values) -> None:
    draft.people("author", map(names.read_name, take(values, "AU", "A1")))
    draft.people("editor", map(names.read_name, take(values, "ED", "A2")))
    draft.people("collection-editor", map(names.read_name, take(values, "A3")))
    draft.people("translator", map(names.read_name, take(values, "A4")))


def _dates(draft: Draft, values: Values) -> None:
    """
    DA has the day, PY and Y1 at least the year; the fuller one counts.

    Some write the day without its year.
    """
    days = take(values, "DA")[:_DATES]
    years = take(values, "PY", "Y1")[:_DATES]
    both = [f"{year} {day}" for day in days for year in years if day[:1].isalpha()]
    found = [moments.read_date(text) for text in (*both, *days, *years)]
    known = [date for date in found if date]
    if known:
        draft.put("issued", max(known, key=_fullness))
    draft.put("accessed", moments.read_date(take_first(values, "Y2")))


def _fullness(date: moments.Date) -> tuple[int, int]:
    parts = date.get("date-parts", [])
    return sum(map(len, parts)), len(date)


def _place(draft: Draft, values: Values) -> None:
    draft.put("volume", take_first(values, "VL"))
    draft.put("issue", take_first(values, "IS", "CP"))
    first, last = take_first(values, "SP"), take_first(values, "EP")
    both = f"{first}-{last}" if first and last and first != last else first or last
    draft.put("page", numbers.read_pages(first if "-" in first else both))
    draft.put("number", take_first(values, "C7", "M1"))
    draft.put("number-of-volumes", take_first(values, "NV"))
    draft.put("section", take_first(values, "SE"))


def _publication(draft: Draft, values: Values) -> None:
    draft.put("publisher", take_first(values, "PB"))
    draft.put("publisher-place", take_first(values, "CY", "PP"))
    if not _DAY.fullmatch((values.get("ET") or [""])[0]):
        draft.put("edition", take_first(values, "ET"))
    draft.put("URL", take_first(values, "UR"))
    draft.put("source", take_first(values, "DP", "DB"))
    draft.put("language", languages.read_language(take_first(values, "LA")))


def _words(draft: Draft, values: Values) -> None:
    draft.put("abstract", take_first(values, "AB", "N2"))
    draft.put("keyword", "; ".join(dict.fromkeys(take(values, "KW"))))
    notes = [note for note in take(values, "N1") if not identified.says_no_more(note)]
    draft.put("note", "; ".join(notices.take(draft, notes)))
