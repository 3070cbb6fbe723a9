"""A work of the library: what it is, and everything that cites it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from articles.models import Work
from articles.works.ama import ama
from articles.works.listing import words
from articles.works.vancouver import vancouver
from editorial import queries, roles
from editorial.views import cited
from editorial.views.paging import sliced
from editorial.views.staff import StaffRequest, staff

if TYPE_CHECKING:
    from django.http import HttpResponse

    from editorial.models import User


@staff
@require_safe
def work(request: StaffRequest, pk: int) -> HttpResponse:
    """For authors and for those who read everything on the desk."""
    if not _may_read(request.user):
        raise PermissionDenied
    found = get_object_or_404(Work, pk=pk)
    citing = cited.readable(request.user).filter(citations__work=found)
    ordered = citing.select_related("article").order_by("-article", "-number")
    is_retracted = found.retracted_on is not None
    context = {
        "work": found,
        "may_correct": roles.on_the_desk(request.user),
        "title": words(str(found)),
        "ama": SafeString(ama(found.csl, retracted=is_retracted)),
        "vancouver": SafeString(vancouver(found.csl, retracted=is_retracted)),
        "evidence": cited.evidence(found.kind),
        "identifiers": cited.identifiers_of(found.csl),
        "slice": sliced(request, ordered),
    }
    return render(request, "desk/work.html", context)


def _may_read(user: User) -> bool:
    return roles.AUTHOR in user.roles or queries.sees_everything(user)
