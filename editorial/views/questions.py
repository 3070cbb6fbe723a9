"""Questions that no article answers: sent without an account, read by the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core import ratelimit
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from articles.reading.asking import help_first, kept_by_nobody
from editorial import queries
from editorial.actions import questions
from editorial.forms.questions import QUESTION_LENGTH, SendForm
from editorial.models import Question
from editorial.views import posted
from editorial.views.listening import TOO_MANY
from editorial.views.staff import StaffRequest, staff

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Show what the editors would get, and keep it once it is sent."""
    if request.method != "POST":
        words = request.GET.get("q", "")[:QUESTION_LENGTH]
        return _drawn(request, SendForm(initial={"words": words}))
    form = SendForm(request.POST)
    if form.is_by_a_program:
        return redirect("ask-sent")
    if not form.is_valid():
        return _drawn(request, form)
    if not ratelimit.consume(request, action="report_error", key="questions"):
        return _drawn(request, form, TOO_MANY, status=429)
    questions.ask(form.cleaned_data["words"])
    return redirect("ask-sent")


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return kept_by_nobody(render(request, "public/question_sent.html"))


def _drawn(
    request: HttpRequest, form: SendForm, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "first": help_first(request, form.said),
        "refusal": refusal,
        "complaints": posted.complaints(form),
    }
    answer = render(request, "public/send_question.html", context, status=status)
    return kept_by_nobody(answer, sends=True)


@staff
@require_safe
def question(request: StaffRequest, pk: int) -> HttpResponse:
    """What readers asked, with all that ask the same; for the desk and its auditors."""
    if not queries.sees_everything(request.user):
        raise Http404
    found = get_object_or_404(Question.objects.select_related("group"), pk=pk)
    if found.group:
        return redirect(found.group)
    context = {"question": found, "others": list(found.others.order_by("pk"))}
    return render(request, "desk/question.html", context)
