"""The references of a draft: listed, given their types, taken out."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from articles.vocabulary import RefType
from editorial import ledger, policies, queries
from editorial.actions import authoring, citing
from editorial.errors import Refused
from editorial.forms.bringing import BringForm
from editorial.views import exports, lookup
from editorial.views.cited import entries
from editorial.views.staff import StaffRequest, staff

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.models import Version

PAGE = "desk-references"

_WRONG = HTTPStatus.UNPROCESSABLE_ENTITY


def a_draft(request: StaffRequest, pk: int) -> Version:
    """A draft for one of its authors; raises what becomes 404, 403 or 409."""
    version = get_object_or_404(queries.visible_versions(request.user), pk=pk)
    if not policies.is_author(request.user, version):
        raise PermissionDenied
    if not authoring.may_edit(request.user, version):
        raise ledger.draft_moved_on(pk)
    return version


@staff
@require_safe
def references(request: StaffRequest, pk: int) -> HttpResponse:
    """What the draft cites, and the ways to bring more."""
    return page(request, a_draft(request, pk))


@staff
@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a reference out that nothing cites."""
    version = a_draft(request, pk)
    seen, key = request.POST.get("seen", ""), _key(request)
    if seen != str(version.revision):
        raise ledger.draft_moved_on(pk)
    title = _title(version, key)
    try:
        citing.remove(pk, by=request.user, key=key, seen=version.revision)
    except Refused as error:
        return page(request, version, refusal=str(error))
    messages.success(request, f"Removed: {title}.")
    return redirect(PAGE, pk)


@staff
@require_POST
def classify(request: StaffRequest, pk: int) -> HttpResponse:
    """Set the type of one reference."""
    version = a_draft(request, pk)
    key, kind = _key(request), request.POST.get("kind", "")
    try:
        work = citing.classify(pk, by=request.user, key=key, kind=kind)
    except Refused as error:
        return page(request, version, refusal=str(error))
    messages.success(request, f"{work.named}: {work.get_kind_display()}.")
    return redirect(PAGE, pk)


def _title(version: Version, key: str) -> str:
    cited = version.citations.filter(key=key).select_related("work").first()
    return cited.work.named if cited else key


def _key(request: StaffRequest) -> str:
    return request.POST.get("key", "")


def page(
    request: StaffRequest,
    version: Version,
    *,
    form: BringForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    is_wrong = bool(form or refusal)
    form = form or BringForm()
    wrong = [(str(f.auto_id), str(said)) for f in form for said in f.errors]
    context: dict[str, Any] = {
        "version": version,
        "exports": exports.EXPORTS,
        "entries": entries(request.user, version),
        "form": form,
        "refusal": refusal,
        "complaints": wrong,
        "kinds": RefType.choices,
        "is_looking_up": lookup.is_allowed(),
    }
    status = _WRONG if is_wrong else HTTPStatus.OK
    return render(request, "desk/references.html", context, status=status)
