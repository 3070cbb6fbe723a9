"""
How works come into the shared library, and who may correct what stands there.

The first record of a work is not the last word: as long as nothing but somebody's own
drafts cites it, they may complete or correct it; after that an editor does.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from articles.models import Authorship, Citation, Work
from articles.states import VersionState
from articles.vocabulary import VOUCHED, RefType, WorkSource
from articles.works import csl, identity, kinds
from articles.works.shared import shared
from editorial import ledger
from editorial.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from articles.models import Version
    from editorial.models import User

    Item = dict[str, Any]

MOST = 500
LARGEST = 2_000_000
"""References in one draft, and the characters of their list as its form shows it."""

_TOO_MANY = f"A draft holds at most {MOST} references; leave some out."
_TOO_LARGE = (
    "The records of these references are too long together for one draft; leave some "
    "out, or their abstracts."
)
_NAMED_OTHERWISE = "The reference “{}” is in the library already, as “{}”."
_NOT_CORRECTED = (
    "The record of “{}” is shared with other texts or confirmed, so your changes to it "
    "were not stored; an editor can correct it on the page of the work, “{}”."
)


@dataclass(frozen=True, slots=True)
class Reference:
    """
    A work as an author cites it: the key in the text and its CSL-JSON item.

    The `source` says where its record comes from, as far as the house knows.
    """

    key: str
    item: dict[str, Any]
    source: str = WorkSource.TYPED


def works_of(
    references: Sequence[Reference], dropped: list[str], *, by: User, reason: str = ""
) -> list[Work]:
    """The shared works behind references: known by identity, or stored now."""
    items = [cleaned(reference, dropped) for reference in references]
    known = _known(items)
    works = []
    for reference, item in zip(references, items, strict=True):
        mark = identity.fingerprint(item)
        work = known.get(mark)
        if work is None:
            work = known[mark] = _stored(reference, item, by=by, reason=reason)
        elif not _stays(work, reference, item, dropped, by=by):
            _correct(work, reference, item, by=by)
        works.append(work)
    return works


def are_cited(
    version: Version, references: Sequence[Reference], dropped: list[str], *, by: User
) -> bool:
    """Whether a draft cites these in this order already, as they would be stored."""
    items = [cleaned(reference, dropped) for reference in references]
    cited = list(version.citations.select_related("work").order_by("position", "pk"))
    given = [
        (reference.key, identity.fingerprint(item))
        for reference, item in zip(references, items, strict=True)
    ]
    if given != [(row.key, row.work.fingerprint) for row in cited]:
        return False
    return all(
        _stays(row.work, reference, item, dropped, by=by)
        for row, reference, item in zip(cited, references, items, strict=True)
    )


def cleaned(reference: Reference, dropped: list[str]) -> Item:
    """The item as the library keeps it; Refused where it is none."""
    item, problems = csl.clean_item(reference.item)
    if item is None:
        message = f"Reference “{reference.key}”: {' '.join(problems)}"
        raise Refused(message)
    item, private = shared(item)
    told = (*problems, *private)
    dropped.extend(f"In the reference “{reference.key}”: {p}" for p in told)
    return item


def listed(cited: Iterable[tuple[str, Item]]) -> str:
    """References as an author reads and changes them: a list of CSL-JSON."""
    items = [{"id": key} | item for key, item in cited]
    return json.dumps(items, ensure_ascii=False, indent=2) if items else ""


def require_room(cited: Mapping[str, Work]) -> None:
    """Refuse more than the form of a draft could bring back."""
    if len(cited) > MOST:
        raise Refused(_TOO_MANY)
    if len(listed((key, work.csl) for key, work in cited.items())) > LARGEST:
        raise Refused(_TOO_LARGE)


def edition(work: Work) -> int:
    """What tells one state of a record from the next."""
    newest = Work.history.filter(id=work.pk).order_by("-history_id")
    return int(newest.values_list("history_id", flat=True).first() or 0)


def without_kind(item: Item) -> Item:
    """The type of a stored work is said beside its item."""
    custom = {n: v for n, v in item.get("custom", {}).items() if n != "kind"}
    rest = {name: value for name, value in item.items() if name != "custom"}
    return rest | ({"custom": custom} if custom else {})


def cited_by_others(work: Work, by: User) -> QuerySet[Citation]:
    """Its citations but those in drafts that `by` writes."""
    joined = Authorship.objects.filter(user=by, joined_at__isnull=False)
    return Citation.objects.filter(work=work).exclude(
        version__state=VersionState.DRAFT,
        version__article__in=joined.values("article"),
    )


def _known(items: Sequence[Item]) -> dict[str, Work]:
    prints = {identity.fingerprint(item) for item in items}
    works = Work.objects.filter(fingerprint__in=prints)
    return {work.fingerprint: work for work in works}


def _stored(reference: Reference, item: Item, *, by: User, reason: str) -> Work:
    work = Work(kind=kinds.kind_of(item), source=reference.source)
    work.describe(item)
    ledger.attribute(work, by=by, reason=reason)
    work.save()
    return work


def _stays(
    work: Work, reference: Reference, item: Item, dropped: list[str], *, by: User
) -> bool:
    """Whether the record remains as it is; one that cannot be corrected is told."""
    if not _differs(work, item):
        return work.source in VOUCHED or reference.source not in VOUCHED
    is_confirmed = work.source == WorkSource.CONFIRMED
    if not is_confirmed and not cited_by_others(work, by).exists():
        return False
    has_title = identity.folded_title(work.csl) == identity.folded_title(item)
    sentence = _NOT_CORRECTED if has_title else _NAMED_OTHERWISE
    dropped.append(sentence.format(reference.key, work))
    return True


def _correct(work: Work, reference: Reference, item: Item, *, by: User) -> None:
    if reference.source not in VOUCHED and not work.citations.exists():
        item = work.csl | item  # who does not cite it yet completes it
    said = _kind(item)
    if said in RefType.values and said != _kind(work.csl):
        work.kind = said
    if _differs(work, item) or reference.source in VOUCHED:
        work.source = reference.source
    work.describe(item)
    ledger.attribute(work, by=by, reason=f"Corrected: {work.get_source_display()}")
    work.save()


def _differs(work: Work, item: Item) -> bool:
    """Whether it says anything else; the kind of a stored work is said beside it."""
    if item == work.csl:
        return False
    is_other_kind = _kind(item) not in {None, _kind(work.csl), work.kind}
    return is_other_kind or without_kind(item) != without_kind(work.csl)


def _kind(item: Item) -> str | None:
    kind: str | None = item.get("custom", {}).get("kind")
    return kind
