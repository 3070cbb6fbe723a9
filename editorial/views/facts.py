"""The dated rules that the lint holds texts against: a list, and one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import RegulatoryFact
from editorial import queries, roles
from editorial.actions import minding
from editorial.errors import MovedOn, Refused
from editorial.forms.facts import FactForm
from editorial.views import posted
from editorial.views.paging import sliced
from editorial.views.staff import StaffRequest, moved_on, staff

if TYPE_CHECKING:
    from django.http import HttpResponse

LIST = "/desk/facts/"


@staff
@require_safe
def facts(request: StaffRequest) -> HttpResponse:
    if not queries.sees_everything(request.user):
        raise Http404
    context = {
        "facts": sliced(request, RegulatoryFact.objects.order_by("name", "pk")),
        "today": timezone.localdate(),
        "may_record": roles.on_the_desk(request.user),
    }
    return render(request, "desk/facts.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def fact(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Write a fact down, or change it."""
    if not queries.sees_everything(request.user):
        raise Http404
    if not roles.on_the_desk(request.user):
        raise PermissionDenied
    row = get_object_or_404(RegulatoryFact, pk=pk) if pk else RegulatoryFact()
    form = FactForm.of(row, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _draw(request, row, form)
    try:
        minding.record_fact(
            by=request.user,
            text=form.text(),
            fact_id=pk,
            seen=form.cleaned_data["seen"],
        )
    except Refused as error:
        return _draw(request, row, form, str(error))
    except MovedOn as error:
        if not error.mine:
            return moved_on(request, error, back=LIST, written=_written(form))
    messages.success(request, "Recorded.")
    return redirect("desk-facts")


def _written(form: FactForm) -> list[tuple[str, str]]:
    return [(str(b.label), str(b.value())) for b in form if not b.is_hidden]


def _draw(
    request: StaffRequest, row: RegulatoryFact, form: FactForm, refusal: str = ""
) -> HttpResponse:
    wrong = request.method == "POST"
    context = {
        "row": row,
        "form": form,
        "refusal": refusal,
        "complaints": posted.complaints(form),
    }
    return render(request, "desk/fact.html", context, status=422 if wrong else 200)
