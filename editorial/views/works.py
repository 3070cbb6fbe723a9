"""Finding a work of the library to cite, while its name is being typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from articles.models import Work
from articles.works import identity
from articles.works.ama import ama
from articles.works.kinds import kind_of
from editorial import roles
from editorial.views.fetched import fetched

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from editorial.views.staff import StaffRequest

MOST = 20
MOST_WORDS = 6
LEAST = 2
LONGEST = 100

_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.[0-9]{4,9}/\S*)", re.IGNORECASE
)
_PMID = re.compile(r"(?:pmid:?\s*)?([0-9]{1,8})", re.IGNORECASE)


@fetched
@require_safe
def works(request: StaffRequest) -> HttpResponse:
    """At most twenty works that match what was typed, as CSL-JSON and as readers see them."""
    if roles.AUTHOR not in request.user.roles and not roles.on_the_desk(request.user):
        raise PermissionDenied
    query = " ".join(request.GET.get("q", "")[:LONGEST].split())
    found = matching(query)[:MOST] if len(query) >= LEAST else []
    return JsonResponse({"works": [_told(work) for work in found]})


def matching(query: str) -> QuerySet[Work]:
    """
    Works by identifier, or by every word in title, authors or year; newest first.

    An identifier is looked up in its index. Words are compared with the title and the
    authors alone, so that a word which names a field of every item finds nothing.
    """
    if doi := _DOI.fullmatch(query):
        return Work.objects.filter(doi__startswith=doi[1].lower()).order_by("doi")
    by_words = _by_words(query.split()[:MOST_WORDS])
    if pmid := _PMID.fullmatch(query):
        return Work.objects.filter(Q(pmid=pmid[1]) | Q(pk__in=by_words)).order_by("-id")
    return by_words


def _by_words(words: list[str]) -> QuerySet[Work]:
    """Each is part of a word of the record, whatever its case and accents."""
    found = Work.objects.order_by("-id")
    for word in words:
        found = found.filter(words__contains=identity.folded(word))
    return found


def _told(work: Work) -> dict[str, Any]:
    return {
        "id": work.pk,
        "kind": work.kind,
        "item": _item(work),
        "html": ama(work.csl),
    }


def _item(work: Work) -> dict[str, Any]:
    """Its CSL-JSON; a kind it does not tell itself comes along, to be kept."""
    item = {name: value for name, value in work.csl.items() if name != "id"}
    if kind_of(item) == work.kind:
        return item
    return item | {"custom": {**item.get("custom", {}), "kind": work.kind}}
