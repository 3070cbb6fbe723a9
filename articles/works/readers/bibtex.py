"""BibTeX and BibLaTeX, as LaTeX users and reference managers write them."""

from collections.abc import Iterable

from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from articles.works import identifiers
from articles.works.csl import MAX_NAMES
from articles.works.notation import languages, latex, moments, names, numbers, types
from articles.works.people import is_rest
from articles.works.readers import entries, identified, notices
from articles.works.readers.record import Draft, Parsed, shown

Fields = dict[str, str]

MAX_NAME = 2_000
_NOT_KEPT = frozenset(  # files on somebody's disk, and the program's own notes
    (
        *("bdsk-file-1", "file", "local-url", "localfile"),
        *("date-added", "date-modified", "groups", "owner", "timestamp"),
        "__markedentry",
    )
)
_VERBATIM = frozenset(
    (
        *("date", "day", "urldate", "year"),
        *("doi", "eprint", "isbn", "issn", "pmc", "pmcid", "pmid", "url"),
    )
)
_PEOPLE = ("author", "editor", "translator")


def looks_like(text: str) -> bool:
    return bool(entries.START.search(text))


def parse(text: str) -> Parsed:
    found = entries.parse(text)
    reader = latex.Reader()
    drafts = [_draft(entry, reader) for entry in found.entries]
    return Parsed(drafts, found.refused, found.problems, found.total)


def _draft(entry: entries.Entry, reader: latex.Reader) -> Draft:
    draft = Draft(entry.record, entry.line, entry.key, notes=entry.notes)
    fields: Fields = {}
    for name, value in entry.fields.items():
        if name in _PEOPLE:
            _people(draft, name, value, reader)
        elif name not in _NOT_KEPT:
            fields[name] = _text(draft, name, value, reader)
    _type(draft, entry.type, fields)
    _identifiers(draft, fields)
    _titles(draft, fields)
    _dates(draft, fields)
    _place(draft, fields)
    _publication(draft, fields)
    _words(draft, fields)
    draft.keep({name: [text] for name, text in fields.items()})
    return draft


def _text(draft: Draft, name: str, value: str, reader: latex.Reader) -> str:
    if name in _VERBATIM:
        return latex.verbatim(value)
    read = reader.read(value)
    if not read.is_whole:
        draft.notes.append(f"Some LaTeX in the {shown(name)} was not understood.")
    return read.text


def _first(fields: Fields, *wanted: str) -> str:
    """The first of these that says something; the others stay."""
    for name in wanted:
        if text := fields.pop(name, "").strip():
            return text
    return ""


def _people(draft: Draft, name: str, written: str, reader: latex.Reader) -> None:
    if latex.is_deep(written) or written.lower().count(" and ") > MAX_NAMES:
        draft.notes.append(f"The {name} was left out: it is no list of names.")
        return
    listed = split_multiple_persons_names(" ".join(written.split()))
    people = [one for one in listed if not is_rest(one)]
    draft.people(name, (_person(one, reader) for one in people))
    if len(people) < len(listed):
        draft.notes.append(f"The list of people under {name} is not complete there.")


def _person(written: str, reader: latex.Reader) -> names.Person | None:
    """A name wholly in braces is a group's."""
    if not written.strip() or len(written) > MAX_NAME:
        return None
    parts = parse_single_name_into_parts(written.strip(), strict=False)
    if [written.strip()] == parts.last and written.strip()[0] == "{":
        return {"literal": reader.read(written).text}
    family, given, suffix = (
        _joined(part, reader) for part in (parts.last, parts.first, parts.jr)
    )
    person = names.named(family, given, suffix)
    if parts.von:
        person["non-dropping-particle"] = _joined(parts.von, reader)
    return person if person.get("family") else None


def _joined(parts: Iterable[str], reader: latex.Reader) -> str:
    return reader.read(" ".join(parts)).text


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
