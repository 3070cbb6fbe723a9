"""Keeping a filter of the desk under a name, and deleting it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from editorial import queries
from editorial.actions import filters
from editorial.errors import Refused
from editorial.forms.looking import LookingForm
from editorial.views.staff import StaffRequest, staff

if TYPE_CHECKING:
    from django.http import HttpResponse

KNOWN = (*LookingForm.base_fields, "mine", "bucket", "state")


@staff
@require_POST
def save(request: StaffRequest) -> HttpResponse:
    _require_watcher(request)
    query = _cleaned(request.POST.get("query", ""))
    name = request.POST.get("name", "")
    try:
        kept = filters.keep_filter(by=request.user, name=name, query=query)
    except Refused as error:
        messages.error(request, str(error))
        return redirect(f"/desk/?{query}")
    messages.success(request, f"Kept as “{kept.name}”.")
    return redirect(f"/desk/?{query}")


@staff
@require_POST
def delete(request: StaffRequest, pk: int) -> HttpResponse:
    _require_watcher(request)
    if not filters.forget_filter(pk, by=request.user):
        raise Http404
    messages.success(request, "The filter is deleted.")
    return redirect("desk")


def _require_watcher(request: StaffRequest) -> None:
    if not queries.sees_everything(request.user):
        raise Http404


def _cleaned(query: str) -> str:
    """Only what the desk knows to look for, so that an address says nothing else."""
    try:
        asked = QueryDict(query[:2_000])
    except (ValueError, UnicodeError):
        return ""
    found = QueryDict(mutable=True)
    for name in KNOWN:
        if asked.get(name):
            found[name] = asked[name]
    return found.urlencode()
