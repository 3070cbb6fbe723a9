"""My interests: the yearly declaration, and my days away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from editorial.actions import interests as deeds
from editorial.actions import naming
from editorial.errors import Refused
from editorial.forms.interests import NAMED, AbsenceForm, DeclareForm, NamingForm
from editorial.models import BoardMember
from editorial.views import posted
from editorial.views.staff import StaffRequest, staff
from reviews import declarations, interests
from reviews.models import Absence, Declaration
from reviews.tiers import add_months

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: StaffRequest) -> HttpResponse:
    """Declare one's interests for the next twelve months."""
    last = _last(request)
    if request.method != "POST":
        return _draw(request, last, DeclareForm(known=last.answers if last else None))
    form = DeclareForm(request.POST)
    if not form.is_valid():
        return _draw(request, last, form)
    try:
        deeds.declare(by=request.user, answers=form.answers())
    except Refused as error:
        return _draw(request, last, form, refusal=str(error))
    messages.success(request, "Declared. It holds for twelve months.")
    return redirect("desk-interests")


@staff
@require_POST
def be_away(request: StaffRequest) -> HttpResponse:
    form = AbsenceForm(request.POST)
    if not form.is_valid():
        return _draw_sent(request, away=form)
    try:
        deeds.be_away(by=request.user, **form.cleaned_data)
    except Refused as error:
        return _draw_sent(request, away=form, refusal=str(error))
    messages.success(request, "Noted. You are not asked for reviews of those days.")
    return redirect("desk-interests")


@staff
@require_POST
def be_back(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        deeds.be_back(by=request.user, absence_id=pk)
    except Refused as error:
        messages.info(request, str(error))
    else:
        messages.success(request, "Struck. You can be asked for those days.")
    return redirect("desk-interests")


@staff
@require_POST
def be_named(request: StaffRequest) -> HttpResponse:
    form = NamingForm(request.POST)
    if not form.is_valid():
        return _draw_sent(request, named=form)
    try:
        naming.choose(by=request.user, named=form.cleaned_data["named"] == NAMED)
    except Refused as error:
        messages.info(request, str(error))
    else:
        messages.success(request, "Kept. The public pages follow within minutes.")
    return redirect("desk-interests")


def _last(request: StaffRequest) -> Declaration | None:
    return declarations.of(request.user).first()


def _draw_sent(
    request: StaffRequest,
    *,
    away: AbsenceForm | None = None,
    named: NamingForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    """The page with one of its smaller forms as it was sent."""
    last = _last(request)
    form = DeclareForm(known=last.answers if last else None)
    return _draw(request, last, form, away=away, named=named, refusal=refusal)


def _draw(
    request: StaffRequest,
    last: Declaration | None,
    form: DeclareForm,
    *,
    away: AbsenceForm | None = None,
    named: NamingForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    today = timezone.localdate()
    absences = Absence.objects.filter(person=request.user, last_day__gte=today)
    sent: Form = away or named or form
    context: dict[str, Any] = {
        "form": form,
        "away": away or AbsenceForm(),
        "naming": named or _naming(request),
        "absences": list(absences.order_by("first_day", "pk")),
        "last": last,
        "holds_until": last
        and add_months(last.made_at.date(), interests.GOOD_FOR_MONTHS),
        "is_current": last and interests.is_current(last.made_at, today),
        "refusal": refusal,
        "complaints": posted.complaints(sent),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/interests.html", context, status=status)


def _naming(request: StaffRequest) -> NamingForm | None:
    """What a member of the board has chosen; nobody else is asked."""
    member = BoardMember.objects.filter(user=request.user).first()
    if member is None:
        return None
    return NamingForm(initial={"named": NAMED if member.named else "not"})
