"""BibTeX and BibLaTeX, as LaTeX users and reference managers write them."""

import re
from collections.abc import Iterable, Iterator

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
    String,
)

from articles.works import identifiers
from articles.works.notation import languages, latex, moments, names, numbers, types
from articles.works.readers import identified, macros, notices
from articles.works.readers.record import Draft, Parsed, Refused, shown

Fields = dict[str, str]

_START = re.compile(
    r"^[ \t]*@[ \t]*(?!comment|preamble|string)[a-z]+[ \t]*[{(]",
    re.MULTILINE | re.IGNORECASE,
)
_NOT_KEPT = frozenset(  # files on somebody's disk, and the program's own notes
    (
        *("bdsk-file-1", "file", "local-url", "localfile"),
        *("date-added", "date-modified", "groups", "owner", "timestamp"),
        "__markedentry",
    )
)
_VERBATIM = frozenset(
    "date day doi eprint isbn issn pmc pmcid pmid url urldate year".split()  # noqa: SIM905
)
_BRACED = re.compile(r"\{.*\}", re.DOTALL)
_OTHERS = {"others", "et al", "et al."}
MAX_TOLD = 20


def looks_like(text: str) -> bool:
    return bool(_START.search(text))


def parse(text: str) -> Parsed:
    library = parse_string(text, parse_stack=[])
    strings, problems = _strings(library)
    drafts, refused = [], []
    for number, block in enumerate(_records(library), start=1):
        line = (block.start_line or 0) + 1
        entry, note = _entry(block)
        if entry:
            drafts.append(_draft(number, line, entry, strings, note))
        else:
            refused.append(Refused(number, line, _why(block)))
    return Parsed(drafts, refused, problems)


def _records(library: Library) -> Iterator[Entry | ParsingFailedBlock]:
    for block in library.blocks:
        if isinstance(block, Entry | ParsingFailedBlock) and not _is_string(block):
            yield block


def _is_string(block: Entry | ParsingFailedBlock) -> bool:
    """A string that is defined twice; the first one counts."""
    inner = getattr(block, "ignore_error_block", None)
    return isinstance(inner, String)


def _entry(block: Entry | ParsingFailedBlock) -> tuple[Entry | None, str]:
    """The entry, also where its key or one of its fields is there twice."""
    if isinstance(block, Entry):
        return block, ""
    inner = block.ignore_error_block
    if isinstance(block, DuplicateFieldKeyBlock) and isinstance(inner, Entry):
        return inner, "A field stands there twice; the first one was read."
    if isinstance(block, DuplicateBlockKeyBlock):
        return (inner, "") if isinstance(inner, Entry) else _entry_of(inner)
    return None, ""


def _entry_of(block: object) -> tuple[Entry | None, str]:
    return _entry(block) if isinstance(block, ParsingFailedBlock) else (None, "")


def _why(block: Entry | ParsingFailedBlock) -> str:
    return (
        f"It is no complete entry of BibTeX: “{shown(block.raw or '')}”. "
        "A brace, a quotation mark or a comma may be missing."
    )


def _strings(library: Library) -> tuple[macros.Strings, list[str]]:
    strings, problems = macros.Strings(), []
    for string in library.strings:
        try:
            strings.define(string.key, string.value)
        except macros.NotAValueError as error:
            problems.append(f"The string “{shown(string.key)}” was left out: {error}.")
    return strings, problems[:MAX_TOLD]


def _draft(
    number: int, line: int, entry: Entry, strings: macros.Strings, note: str
) -> Draft:
    draft = Draft(number, line, entry.key)
    if note:
        draft.notes.append(note)
    fields = _fields(draft, entry, strings)
    _people(draft, fields)
    for name in fields:
        fields[name] = _text(draft, name, fields[name])
    _type(draft, entry.entry_type.lower(), fields)
    _identifiers(draft, fields)
    _titles(draft, fields)
    _dates(draft, fields)
    _place(draft, fields)
    _publication(draft, fields)
    _words(draft, fields)
    rest = {name: [text] for name, text in fields.items() if name not in _NOT_KEPT}
    draft.keep(rest)
    return draft


def _fields(draft: Draft, entry: Entry, strings: macros.Strings) -> Fields:
    fields: Fields = {}
    for field in entry.fields:
        try:
            fields.setdefault(field.key.lower(), strings.value(field.value))
        except macros.NotAValueError as error:
            draft.notes.append(f"The {shown(field.key)} was left out: {error}.")
    return fields


def _text(draft: Draft, name: str, value: str) -> str:
    if name in _VERBATIM:
        return latex.verbatim(value)
    read = latex.read(value)
    if not read.is_whole:
        draft.notes.append(f"Some LaTeX in the {shown(name)} was not understood.")
    return read.text


def _first(fields: Fields, *wanted: str) -> str:
    """The first of these that says something; the others stay."""
    for name in wanted:
        if text := fields.pop(name, "").strip():
            return text
    return ""


def _people(draft: Draft, fields: Fields) -> None:
    for name in ("author", "editor", "translator"):
        written = fields.pop(name, "")
        if latex.is_deep(written):
            draft.notes.append(f"The {name} was left out: its braces nest too deeply.")
            continue
        listed = split_multiple_persons_names(" ".join(written.split()))
        people = [one for one in listed if one.lower() not in _OTHERS]
        draft.people(name, map(_person, people))
        if len(people) < len(listed):
            draft.notes.append(
                f"The list of people under {name} is not complete there."
            )


def _person(written: str) -> names.Person | None:
    """A name wholly in braces is a group's."""
    written = written.strip()
    if not written:
        return None
    parts = parse_single_name_into_parts(written, strict=False)
    if not parts.first and not parts.von and _is_group(written, parts.last):
        return {"literal": latex.read(written).text}
    person = names.named(
        *(_plain(part) for part in (parts.last, parts.first, parts.jr))
    )
    if parts.von:
        person["non-dropping-particle"] = _plain(parts.von)
    return person if person.get("family") else None


def _is_group(written: str, last: list[str]) -> bool:
    return len(last) == 1 and written == last[0] and bool(_BRACED.fullmatch(written))


def _plain(parts: Iterable[str]) -> str:
    return latex.read(" ".join(parts)).text


def _type(draft: Draft, entry_type: str, fields: Fields) -> None:
    known = types.from_bibtex(entry_type, fields.get("entrysubtype", ""))
    if known == fields.get("entrysubtype"):
        fields.pop("entrysubtype", None)
    if not known and entry_type == "misc":
        known = _of_misc(fields)
    draft.put("type", known or types.OTHER)
    if not known:
        draft.notes.append(f"The type “@{shown(entry_type)}” was read as a document.")


def _of_misc(fields: Fields) -> str:
    archive = fields.get("eprinttype") or fields.get("archiveprefix")
    if archive and archive.lower() not in {"pubmed", "pmid", "pmc"}:
        return "article"
    return "webpage" if fields.get("url") else types.OTHER


def _identifiers(draft: Draft, fields: Fields) -> None:
    draft.put("DOI", _first(fields, "doi"))
    draft.put("PMID", _first(fields, "pmid"))
    draft.put("PMCID", _first(fields, "pmcid", "pmc"))
    archive = fields.get("eprinttype", fields.get("archiveprefix", "")).lower()
    if archive in {"pubmed", "pmid"} and identifiers.pmid(fields.get("eprint", "")):
        draft.put("PMID", _first(fields, "eprint"))
        _first(fields, "eprinttype", "archiveprefix")
    for name in ("url", "note", "annote"):
        found = identified.find(fields.get(name, ""))
        draft.put("DOI", found.doi)
        draft.put("PMID", found.pmid)
        draft.put("PMCID", found.pmcid)
    standard = [
        numbers.read_standard([_first(fields, name)]) for name in ("isbn", "issn")
    ]
    draft.put("ISBN", standard[0].isbn or standard[1].isbn)
    draft.put("ISSN", standard[1].issn or standard[0].issn)


def _titles(draft: Draft, fields: Fields) -> None:
    title, subtitle = _first(fields, "title"), _first(fields, "subtitle")
    draft.put("title", f"{title}: {subtitle}" if title and subtitle else title)
    draft.put("container-title", _first(fields, "journal", "journaltitle", "booktitle"))
    short = ("shortjournal", "journal-iso", "journalabbr", "iso-source-abbreviation")
    draft.put("container-title-short", _first(fields, *short))
    draft.put("collection-title", _first(fields, "series"))
    draft.put("title-short", _first(fields, "shorttitle"))


def _dates(draft: Draft, fields: Fields) -> None:
    date, year = _first(fields, "date"), _first(fields, "year")
    month, day = _first(fields, "month"), _first(fields, "day")
    draft.put("issued", moments.read_date(date))
    draft.put("issued", _of_parts(year, month, day))
    draft.put("accessed", moments.read_date(_first(fields, "urldate", "lastchecked")))


def _of_parts(year: str, month: str, day: str) -> moments.Date | None:
    """`jan`, `1`, `jan 27` and `27 jan` have all been seen as a month."""
    if not month:
        return moments.read_date(year)
    parts = [
        int(part) for part in (year, month, day) if part.isascii() and part.isdigit()
    ]
    if year.isdigit() and month.isdigit():
        return {"date-parts": [parts]}
    return moments.read_date(f"{year} {month.replace('~', ' ')} {day}")


def _place(draft: Draft, fields: Fields) -> None:
    is_article = draft.item["type"].startswith("article")
    draft.put("volume", _first(fields, "volume"))
    draft.put("issue", _first(fields, "issue", *(["number"] if is_article else [])))
    draft.put("number", _first(fields, "eid", "article-number", "number"))
    draft.put("page", numbers.read_pages(_first(fields, "pages")))


def _publication(draft: Draft, fields: Fields) -> None:
    names_of_it = ("publisher", "institution", "school", "organization", "howpublished")
    draft.put("publisher", _first(fields, *names_of_it))
    draft.put("publisher-place", _first(fields, "address", "location"))
    draft.put("edition", _first(fields, "edition"))
    draft.put("URL", _first(fields, "url"))
    language = _first(fields, "language", "langid")
    draft.put("language", languages.read_language(language))


def _words(draft: Draft, fields: Fields) -> None:
    draft.put("abstract", _first(fields, "abstract"))
    draft.put("keyword", _first(fields, "keywords", "keyword"))
    notes = [
        _first(fields, name) for name in ("note", "annote", "annotation", "addendum")
    ]
    kept = [note for note in notes if note and not identified.says_no_more(note)]
    draft.put("note", "; ".join(notices.take(draft, kept)))
