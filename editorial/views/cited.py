"""References as pages of the desk list them, and who else cites the same works."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.safestring import SafeString

from articles import content, freezing
from articles.models import Citation, Version
from articles.reading import queries as public
from articles.vocabulary import RefType
from articles.works import identifiers
from articles.works.ama import ama
from articles.works.evidence import EVIDENCE
from editorial import queries
from editorial.actions import citing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from articles.works.csl import CSLItem
    from editorial.models import User


class Identifier(NamedTuple):
    """What a work is called elsewhere, and where that leads."""

    name: str
    value: str
    address: str


class Entry(NamedTuple):
    """One reference of a draft; `identifiers` are those that `html` does not show."""

    number: int
    key: str
    html: SafeString
    kind: str
    kind_label: str
    evidence: str
    times: int
    others: int
    identifiers: list[Identifier]
    work_id: int
    retracted_on: dt.date | None


def entries(user: User, version: Version) -> list[Entry]:
    """The references in the order of the text, those it does not cite at the end."""
    cited = citing.in_order(version)
    times = content.citation_counts(freezing.bodies(version))
    others = _others(user, version, [row.work_id for row in cited])
    return [
        Entry(
            number=number,
            key=row.key,
            html=SafeString(ama(row.work.csl)),
            kind=row.work.kind,
            kind_label=str(RefType(row.work.kind).label),
            evidence=evidence(row.work.kind),
            times=times.get(row.key, 0),
            others=others.get(row.work_id, 0),
            identifiers=_beside(identifiers_of(row.work.csl)),
            work_id=row.work_id,
            retracted_on=row.work.retracted_on,
        )
        for number, row in enumerate(cited, start=1)
    ]


def ama_by_key(version: Version) -> dict[str, str]:
    """Each reference of a draft as readers see it, as safe HTML, by its key."""
    rows = version.citations.select_related("work")
    return {row.key: ama(row.work.csl) for row in rows}


def evidence(kind: str) -> str:
    return str(EVIDENCE[RefType(kind)].label)


def _beside(known: list[Identifier]) -> list[Identifier]:
    """What a printed reference leaves out: it ends with the DOI, else the PMID."""
    return known[1:] if known and known[0].name in {"DOI", "PMID"} else known


def identifiers_of(item: CSLItem) -> list[Identifier]:
    """DOI, PMID and PMCID, with where they lead."""
    found = []
    if doi := identifiers.bare_doi(str(item.get("DOI", ""))):
        found.append(Identifier("DOI", doi, identifiers.doi_address(doi)))
    if pmid := identifiers.pmid(str(item.get("PMID", ""))):
        found.append(Identifier("PMID", pmid, identifiers.pubmed_address(pmid)))
    if pmcid := identifiers.pmcid(str(item.get("PMCID", ""))):
        found.append(Identifier("PMCID", pmcid, f"{_ARCHIVE}{pmcid}/"))
    return found


_ARCHIVE = "https://pmc.ncbi.nlm.nih.gov/articles/"


def readable(user: User) -> QuerySet[Version]:
    """The versions a person may read on the desk, and those that are public."""
    on_the_desk = queries.visible_versions(user).filter(pk=OuterRef("pk"))
    in_public = public.published().filter(pk=OuterRef("pk")).order_by()
    return Version.objects.annotate(is_mine=Exists(on_the_desk)).filter(
        Q(is_mine=True) | Exists(in_public)
    )


def _others(user: User, version: Version, works: Iterable[int]) -> dict[int, int]:
    """How many other articles that the person may read cite each work."""
    elsewhere = readable(user).exclude(article=version.article_id)
    rows = (
        Citation.objects.filter(work__in=works, version__in=elsewhere.values("pk"))
        .order_by()
        .values_list("work")
        .annotate(Count("version__article", distinct=True))
    )
    return dict(rows)
