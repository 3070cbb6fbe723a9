"""
NBIB: records of PubMed in the tags of MEDLINE.

The affiliations of authors and the dates on which the index worked are left out; what
a notice says about the work is kept under `custom.integrity`.
"""

import re

from articles.works import evidence, identifiers
from articles.works.csl import TYPES
from articles.works.custom import INTEGRITY
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

MAX_MESH = 30
MAX_NOTICES = 30
MAX_PUBLICATION_TYPES = 10
MAX_TRIALS = 5
_NOT_KEPT = frozenset(
    (
        *("AD", "CI", "IRAD", "JID", "LID", "OWN", "PST", "RF", "SB", "SO", "STAT"),
        *("CRDT", "DCOM", "DCON", "DEP", "EDAT", "LR", "MHDA", "PHST"),
    )
)
_TAG = re.compile(r"([A-Z]{2,4}) *-(?: (.*)|$)")
_KIND_OF_ID = re.compile(r"(.*\S)\s*\[(\w+)\]")
_NAMES = ("FAU", "AU", "CN", "AUID", "FED", "ED")


def looks_like(text: str) -> bool:
    return bool(
        re.search(r"^(?:PMID|OWN |STAT|FAU |BTI |TI  |JT  )- ", text, re.MULTILINE)
    )


def parse(text: str) -> Parsed:
    drafts, refused = [], []
    blocks = _blocks(text)
    for number, block in enumerate(blocks[:MAX_RECORDS], start=1):
        if len(block.rows) > 1:
            drafts.append(_draft(number, block))
        else:
            reason = f"It is a single line, “{shown(block.rows[0].value)}”."
            refused.append(Refused(number, block.line, reason))
    return Parsed(drafts, refused, [], len(blocks))


def _blocks(text: str) -> list[Block]:
    """A record ends at a blank line, or where the next PMID stands at the margin."""
    blocks: list[Block] = []
    is_open = False
    for number, line in numbered(text):
        found = _TAG.fullmatch(line.rstrip())
        if found:
            if not is_open or found[1] == "PMID":
                blocks.append(Block(number))
            blocks[-1].add(Tagged(found[1], (found[2] or "").strip()))
            is_open = True
        elif not line.strip():
            is_open = False
        elif is_open:
            blocks[-1].extend(line.strip())
    return blocks


def _draft(number: int, block: Block) -> Draft:
    draft = Draft(number, block.line)
    values = block.values()
    _people(draft, block)
    take(values, *_NAMES)
    _identifiers(draft, values)
    _types(draft, values)
    _titles(draft, values)
    _place(draft, values)
    _publication(draft, values)
    _words(draft, values)
    _integrity(draft, values)
    draft.keep(left_over(values, not_kept=_NOT_KEPT))
    return draft


def _people(draft: Draft, block: Block) -> None:
    """In the order of the lines, because groups stand among people."""
    tags = {row.tag for row in block.rows}
    author, editor = "FAU" if "FAU" in tags else "AU", "FED" if "FED" in tags else "ED"
    authors: list[names.Person | None] = []
    for tag, value in block.rows:
        if tag == author:
            authors.append(_person(value))
        elif tag == "CN" and value:
            authors.append({"literal": value})
        elif tag == "AUID" and authors and authors[-1]:
            authors[-1] |= _orcid(value)
    draft.people("author", authors)
    draft.people(
        "editor", (_person(row.value) for row in block.rows if row.tag == editor)
    )


def _person(text: str) -> names.Person | None:
    """Groups have a tag of their own, so one word here is a person."""
    person = names.read_name(text)
    if not person or "family" in person or text.endswith(","):
        return person
    return names.named(person["literal"])


def _orcid(text: str) -> dict[str, str]:
    known = identifiers.orcid(text.removeprefix("ORCID:").strip())
    return {"ORCID": known} if known else {}


def _identifiers(draft: Draft, values: Values) -> None:
    draft.put("PMID", take_first(values, "PMID"))
    draft.put("PMCID", take_first(values, "PMC"))
    for tag in ("LID", "AID"):
        values[tag] = [
            text for text in values.get(tag, []) if not _is_known(draft, tag, text)
        ]
    draft.put("ISBN", numbers.read_standard(take(values, "ISBN")).isbn)
    draft.put("ISSN", numbers.read_standard(take(values, "IS")).issn)
    secondary = values.get("SI", [])
    trials = [trial for text in secondary for trial in identified.trials(text)]
    draft.listed("trials", trials, most=MAX_TRIALS)
    values["SI"] = [text for text in secondary if not identified.trials(text)]


def _is_known(draft: Draft, tag: str, text: str) -> bool:
    found = _KIND_OF_ID.fullmatch(text)
    if not found:
        return False
    if found[2] != "doi":
        return tag == "AID" and found[2] == "pii"
    draft.put("DOI", found[1])
    return True


def _types(draft: Draft, values: Values) -> None:
    named = take(values, "PT")
    in_book = ("chapter" if values.get("TI") else "book") if values.get("BTI") else ""
    draft.put("type", types.from_medline(named) or in_book or "article-journal")
    if kind := evidence.kind_of_publication(named):
        draft.custom["kind"] = str(kind)
    theirs = [name for name in named if name not in TYPES]
    draft.listed("publication_types", theirs, most=MAX_PUBLICATION_TYPES)
    if "Retracted Publication" in named:
        notices.retract(draft)


def _titles(draft: Draft, values: Values) -> None:
    title, book = take_first(values, "TI"), take_first(values, "BTI")
    draft.put("title", _title(title or book))
    draft.put("container-title", _title(book if title else ""))
    draft.put("container-title", take_first(values, "JT"))
    draft.put("container-title-short", take_first(values, "TA"))
    draft.put("collection-title", _title(take_first(values, "CTI")))
    draft.put("original-title", _title(take_first(values, "TT")))


def _title(text: str) -> str:
    """Without the full stop that the index puts after every title."""
    return text.removesuffix(".")


def _place(draft: Draft, values: Values) -> None:
    draft.put("issued", moments.read_date(take_first(values, "DP")))
    draft.put("issued", moments.read_date((values.get("DEP") or [""])[0]))
    draft.put("volume", take_first(values, "VI"))
    draft.put("issue", take_first(values, "IP"))
    draft.put("page", numbers.read_pages(take_first(values, "PG")))
    draft.put("number", _locator(draft, values))


def _locator(draft: Draft, values: Values) -> str:
    """The publisher's own number stands for the pages where there are none."""
    wanted = {"number"} if "page" in draft.item else {"number", "pii"}
    for text in values.get("LID", []):
        found = _KIND_OF_ID.fullmatch(text)
        if found and found[2] in wanted:
            values["LID"].remove(text)
            return found[1]
    return ""


def _publication(draft: Draft, values: Values) -> None:
    draft.put("publisher", take_first(values, "PB"))
    draft.put("publisher-place", take_first(values, "PL"))
    draft.put("edition", take_first(values, "EN"))
    draft.put("language", languages.read_language(take_first(values, "LA")))
    draft.put("URL", take_first(values, "URL"))
    draft.put("accessed", moments.read_date(take_first(values, "ACC")))


def _words(draft: Draft, values: Values) -> None:
    draft.put("abstract", take_first(values, "AB"))
    headings = take(values, "MH")
    plain = [heading.split("/")[0].replace("*", "") for heading in headings]
    draft.put("keyword", "; ".join(dict.fromkeys([*take(values, "OT"), *plain])))
    draft.listed("mesh", headings, most=MAX_MESH)
    if conflicts := take_first(values, "COIS"):
        draft.custom["conflicts"] = conflicts


def _integrity(draft: Draft, values: Values) -> None:
    told: dict[str, list[str]] = {}
    room = MAX_NOTICES
    for tag, name in INTEGRITY.items():
        found = take(values, tag)
        if found[:room]:
            told[name] = found[:room]
        room -= len(found[:room])
        if tag == "RIN" and found:
            notices.retract(draft, found[0])
    if told:
        draft.custom["integrity"] = told
