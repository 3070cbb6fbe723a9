"""Who hears of what and how fast, and how often somebody wants to be written to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from editorial import digests, notifications
from editorial.models import Event, MailChoice
from editorial.views.staff import StaffRequest, staff

if TYPE_CHECKING:
    from django.http import HttpResponse


@dataclass(frozen=True, slots=True)
class Heard:
    """A line of the table: after which deed who reads what, and if it can wait."""

    deed: str
    who: str
    sentence: str
    waits: bool


def table() -> list[Heard]:
    """Who hears of what, from the very table that decides it."""
    return [
        Heard(str(Event.Kind(kind).label), one.who, one.sentence, one.waits)
        for kind, audiences in notifications.AUDIENCES.items()
        for one in audiences
    ]


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: StaffRequest) -> HttpResponse:
    """The table, and one's own choice for what can wait."""
    if request.method == "POST":
        return _choose(request)
    context = {
        "table": table(),
        "choices": MailChoice.Often.choices,
        "chosen": digests.choice_of(request.user),
    }
    return render(request, "desk/mail.html", context)


def _choose(request: StaffRequest) -> HttpResponse:
    often = request.POST.get("often", "")
    if often in MailChoice.Often.values:
        digests.choose(by=request.user, often=often)
        messages.success(request, "Noted. It holds from the next notice on.")
    else:
        messages.error(request, "Choose how often you want to be written to.")
    return redirect("desk-mail")
