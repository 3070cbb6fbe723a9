"""
What a printed reference probably says, where it is shaped like AMA or Vancouver.

`Lee JD, Nunes EV Jr, et al. Title. Journal. 2018;391(10118):309-318.` and nothing looser:
a guess that a person would have to correct costs more than none.
"""

import re
from typing import Any

from articles.works import csl, identifiers
from articles.works.csl import CSLItem

MAX_LENGTH = 2_000

_ISSUE = re.compile(
    r"\s(?P<year>(?:18|19|20)[0-9]{2})"
    r"(?: (?P<month>[A-Z][a-z]{2})(?:-[A-Z][a-z]{2})?(?: (?P<day>[0-9]{1,2}))?)?"
    r";(?P<volume>[0-9A-Za-z]{1,8})(?: ?\((?P<issue>[^()]{1,30})\))?"
    r":(?P<page>[A-Za-z]{0,3}[0-9]{1,9}(?:[-\u2013][A-Za-z]{0,3}[0-9]{1,9})?)(?=[.;\s]|$)"
)
_PERSON = re.compile(
    r"(?P<family>(?:[a-z][\w'\u2019]{1,4} ){0,3}[A-Z\u00c0-\u00de][\w'\u2019-]*"
    r"(?: [A-Z\u00c0-\u00de][\w'\u2019-]+){0,2})"
    r" (?P<given>[A-Z\u00c0-\u00de]{1,3})(?: (?P<suffix>Jr|Sr|II|III|IV|2nd|3rd)\.?)?"
)
_AND_OTHERS = re.compile(r",? et al$")
_END_OF_TITLE = re.compile(r"[.?!] (?=[^.?!]+\.?$)")
_NAMES_OF_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_MONTHS = _NAMES_OF_MONTHS.split()
_DOI = re.compile(r"\b10\.[0-9]{4,9}/\S+")
_PMID = re.compile(r"(?:\bPMID:?\s*|pubmed\.ncbi\.nlm\.nih\.gov/)([1-9][0-9]{0,7})\b")
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_OTHER_NAMES = ("doi.org/", "pubmed.ncbi.nlm.nih.gov/")


def doi_in(text: str) -> str | None:
    found = _DOI.search(text)
    return found and identifiers.doi(found[0])


def pmid_in(text: str) -> str | None:
    found = _PMID.search(text)
    return found and identifiers.pmid(found[1])


def address_in(text: str) -> str | None:
    """The first address that is more than a DOI or a PMID."""
    for found in _URL.findall(text):
        if not any(name in found.lower() for name in _OTHER_NAMES):
            return identifiers.web_address(found.rstrip(".,;:)]}'"))
    return None


def journal_article(text: str) -> CSLItem | None:
    """
    The CSL item of a journal article, or None unless every part is sure.

    Of authors that were cut short by `et al` it has those that are named.
    """
    if len(text) > MAX_LENGTH:
        return None
    issue = _ISSUE.search(text)
    authors, _, rest = text[: issue.start() if issue else 0].partition(". ")
    title, journal = _title_and_journal(rest)
    people = _people(authors)
    if not issue or not people or not title or not journal:
        return None
    item, problems = csl.clean_item(
        {
            "type": "article-journal",
            "author": people,
            "title": title,
            "container-title": journal,
            "issued": {"date-parts": [_date(issue)]},
            "volume": issue["volume"],
            "issue": issue["issue"],
            "page": _pages(issue["page"]),
            "DOI": printed_doi.group() if (printed_doi := _DOI.search(text)) else None,
            "PMID": pmid_in(text),
        }
    )
    return None if problems else item


def _title_and_journal(rest: str) -> tuple[str, str]:
    """The journal is the last sentence before the year."""
    found = _END_OF_TITLE.search(rest.strip())
    if not found:
        return "", ""
    title = rest.strip()[: found.end()].strip()
    return title.removesuffix("."), rest.strip()[found.end() :].removesuffix(".")


def _people(authors: str) -> list[dict[str, Any]]:
    """Everybody, or nobody if one of them is not a name with initials."""
    names = _AND_OTHERS.sub("", authors).split(", ")
    found = [_PERSON.fullmatch(name) for name in names]
    if not all(found):
        return []
    return [
        {part: value for part, value in person.groupdict().items() if value}
        for person in found
        if person
    ]


def _date(issue: re.Match[str]) -> list[int]:
    parts = [int(issue["year"])]
    if issue["month"] in _MONTHS:
        parts.append(_MONTHS.index(issue["month"]) + 1)
        parts += [int(issue["day"])] if issue["day"] else []
    return parts


def _pages(pages: str) -> str:
    """With the whole last page: `309-18` is `309-318`."""
    first, _, last = pages.replace("\N{EN DASH}", "-").partition("-")
    if last.isdecimal() and first.isdecimal() and len(last) < len(first):
        last = first[: -len(last)] + last
    return f"{first}-{last}" if last else first
