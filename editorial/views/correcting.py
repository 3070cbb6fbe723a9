"""Correcting the shared record of a work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from articles.models import Work
from articles.works.listing import words
from editorial import roles
from editorial.actions import library
from editorial.errors import MovedOn, Refused
from editorial.forms.works import CorrectForm
from editorial.views import posted
from editorial.views.staff import StaffRequest, moved_on, staff

if TYPE_CHECKING:
    from django.http import HttpResponse

_DONE = "Corrected. Versions that were submitted keep their copy."


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """For the desk, with a reason; whoever wrote a text that cites it is refused."""
    if not roles.on_the_desk(request.user):
        raise PermissionDenied
    work = get_object_or_404(Work, pk=pk)
    form = CorrectForm.of(work, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _draw(request, work, form)
    try:
        told = library.correct(pk, by=request.user, **form.cleaned_data)
    except Refused as error:
        return _draw(request, work, form, str(error))
    except MovedOn as error:
        back = reverse("desk-work", args=[pk])
        return moved_on(request, error, back=back, written=posted.written(form))
    messages.success(request, _DONE)
    for sentence in told:
        messages.warning(request, sentence)
    return redirect("desk-work", pk)


def _draw(
    request: StaffRequest, work: Work, form: CorrectForm, refusal: str = ""
) -> HttpResponse:
    context = {
        "work": work,
        "title": words(str(work)),
        "form": form,
        "refusal": refusal,
        "complaints": posted.complaints(form),
    }
    status = 422 if form.is_bound else 200
    return render(request, "desk/work_correct.html", context, status=status)
