"""The glossary at the desk: what waits, what readers see, and one term at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from articles.models import Term
from editorial import policies, queries, roles
from editorial.actions import defining
from editorial.errors import MovedOn, Refused
from editorial.forms.base import ReasonForm
from editorial.forms.glossary import TermForm
from editorial.views import posted
from editorial.views.paging import sliced
from editorial.views.staff import StaffRequest, moved_on, staff

if TYPE_CHECKING:
    from django.http import HttpResponse

    from editorial.models import User

READERS = queries.READERS_OF_ALL | {roles.AUTHOR, roles.REVIEWER}
YOU = "you"


@dataclass(frozen=True, slots=True)
class Shown:
    """
    A wording as somebody may see it.

    Names are for the desk, and everybody's own: an author's would tell a reviewer who
    does not know them what they write about.
    """

    term: Term
    proposed_by: str
    approved_by: str

    @classmethod
    def to(cls, user: User, term: Term) -> Shown:
        people = (term.proposed_by, term.approved_by)
        return cls(term, *(_name(person, user) for person in people))


def _name(person: User | None, user: User) -> str:
    if person is None:
        return ""
    if person.pk == user.pk:
        return YOU
    return str(person) if queries.sees_everything(user) else ""


@staff
@require_safe
def terms(request: StaffRequest) -> HttpResponse:
    """What waits for somebody's approval comes first."""
    _require_reader(request.user)
    living = Term.objects.living().select_related("proposed_by", "approved_by")
    slice_ = sliced(
        request, living.order_by(F("approved_at").asc(nulls_first=True), "name", "pk")
    )
    slice_.rows[:] = [Shown.to(request.user, row) for row in slice_.rows]
    context = {
        "terms": slice_,
        "may_propose": policies.may_propose_terms(request.user),
    }
    return render(request, "desk/terms.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def term(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Propose a term, or look at one and propose other words for it."""
    _require_reader(request.user)
    row = _term(pk) if pk else None
    may_propose = policies.may_propose_terms(request.user)
    if not may_propose and (row is None or request.method == "POST"):
        raise PermissionDenied
    form = TermForm.of(row, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _draw(request, row, form)
    try:
        made = defining.propose(by=request.user, text=form.text(), instead_of=pk)
    except Refused as error:
        return _draw(request, row, form, str(error))
    except MovedOn as error:
        if not error.mine:
            return _moved_on(request, error, written=posted.written(form))
        return redirect("desk-terms")
    messages.success(
        request, "Proposed. Readers see it once somebody else approved it."
    )
    return redirect("desk-term", made.pk)


@staff
@require_POST
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    _require_reader(request.user)
    _term(pk)
    try:
        defining.approve_term(pk, by=request.user)
    except MovedOn as error:
        if not error.mine:
            return _moved_on(request, error)
    messages.success(request, "Approved. The pages that use it follow within minutes.")
    return redirect("desk-terms")


@staff
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a wording out; a form without a reason comes back."""
    _require_reader(request.user)
    row = _term(pk)
    form = ReasonForm(request.POST, name="end")
    if not form.is_valid():
        return _draw(request, row, TermForm.of(row), ending=form)
    try:
        defining.end_term(pk, by=request.user, reason=form.cleaned_data["reason"])
    except MovedOn as error:
        if not error.mine:
            return _moved_on(request, error, written=posted.written(form))
    messages.success(request, "Taken out.")
    return redirect("desk-terms")


def _require_reader(user: User) -> None:
    if not user.roles & READERS:
        raise Http404


def _term(pk: int) -> Term:
    rows = Term.objects.select_related("proposed_by", "approved_by")
    return get_object_or_404(rows, pk=pk)


def _moved_on(
    request: StaffRequest, error: MovedOn, written: list[tuple[str, str]] | None = None
) -> HttpResponse:
    """Who was first is told to those who may know names here."""
    if not queries.sees_everything(request.user):
        error.who = "somebody else"
    back = reverse("desk-terms")
    return moved_on(request, error, back=back, written=written or [])


def _draw(
    request: StaffRequest,
    row: Term | None,
    form: TermForm,
    refusal: str = "",
    ending: ReasonForm | None = None,
) -> HttpResponse:
    user = request.user
    wrong = request.method == "POST"
    context = {
        "shown": Shown.to(user, row) if row else None,
        "public": row and row.is_proposed and _public(row),
        "form": form if policies.may_propose_terms(user) and _is_newest(row) else None,
        "may_approve": row and _may_approve(user, row),
        "ending": _ending(user, row, ending),
        "refusal": refusal,
        "complaints": posted.complaints(ending or form),
    }
    return render(request, "desk/term.html", context, status=422 if wrong else 200)


def _public(row: Term) -> Term | None:
    """What readers see of the term until now."""
    return Term.objects.approved().filter(slug=row.slug).first()


def _is_newest(row: Term | None) -> bool:
    """Whether other words may be proposed in place of these."""
    if row is None:
        return True
    newer = Term.objects.living().filter(slug=row.slug, pk__gt=row.pk)
    return row.ended_at is None and not newer.exists()


def _may_approve(user: User, row: Term) -> bool:
    waits = row.is_proposed and row.proposed_by_id != user.pk
    return waits and policies.may_judge_terms(user)


def _ending(user: User, row: Term | None, sent: ReasonForm | None) -> ReasonForm | None:
    if row is None or row.ended_at or not policies.may_end_term(user, row):
        return None
    return sent or ReasonForm(name="end")
