"""Questions that no article answers: sent without an account, read by the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from articles.reading.asking import help_first, kept_by_nobody
from editorial import asked, queries, replies, roles
from editorial.actions import questions, telling
from editorial.errors import Refused
from editorial.forms.listening import EmptyForm
from editorial.forms.questions import (
    QUESTION_LENGTH,
    DraftForm,
    SendForm,
    SettleForm,
)
from editorial.models import Question
from editorial.views import posted, scripts
from editorial.views.listening import TOO_MANY
from editorial.views.staff import StaffRequest, staff

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from articles.models import Version
    from editorial.forms.base import StepForm

ALIKE = 8
"""Other questions that are offered as the same."""


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
    words, address = form.cleaned_data["words"], form.cleaned_data["email"]
    if not _is_in_bounds(request, address.lower()):
        return _drawn(request, form, TOO_MANY, status=429)
    questions.ask(words, address=address)
    return redirect("ask-sent")


def _is_in_bounds(request: HttpRequest, address: str) -> bool:
    """Whether they, or all together, have not sent too much, and too many letters."""
    sends = ratelimit.consume(request, action="report_error", key="questions")
    writes = not address or ratelimit.consume(request, action="write_to", key=address)
    return bool(sends and writes)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return kept_by_nobody(render(request, "public/question_sent.html"))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link of a letter leads; nothing is confirmed before a button is pressed."""
    asker = replies.of_token(token)
    if asker is None:
        status = 404 if request.method != "POST" else 410
        return kept_by_nobody(render(request, "public/link_over.html", status=status))
    context = {"is_confirmed": asker.confirmed_at is not None, "is_forgotten": False}
    if request.method == "POST" and request.POST.get("deed") == "forget":
        telling.forget_me(asker.pk)
        context["is_forgotten"] = True
    elif request.method == "POST":
        context["is_confirmed"] = telling.confirm(asker.pk)
    answer = render(request, "public/confirm_address.html", context)
    return kept_by_nobody(answer, sends=True)


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
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: StaffRequest, pk: int) -> HttpResponse:
    """What readers asked, with all that ask the same; the desk says what becomes of it."""
    found = _known(request, pk)
    if found.group:
        return redirect(found.group)
    if request.method != "POST":
        return _page(request, found)
    form = SettleForm(request.POST, alike=asked.like(found, ALIKE))
    if not _is_whole(request, form):
        return _page(request, found, settle=form)
    said = form.facts()
    try:
        verdict = questions.Verdict(**said)
        questions.settle(pk, by=request.user, verdict=verdict, seen=_seen(form))
    except Refused as error:
        return _page(request, found, str(error), settle=form)
    messages.success(request, "Decided. What became of it is on record.")
    return redirect("desk")


@staff
@require_POST
def open_draft(request: StaffRequest, pk: int) -> HttpResponse:
    """Open an article for it, and go there if it is one's own."""
    found = _known(request, pk)
    form = DraftForm(request.POST, name="draft")
    if not _is_whole(request, form):
        return _page(request, found, draft=form)
    email = form.cleaned_data["email"]
    try:
        version = questions.open_draft(
            pk, by=request.user, email=email, seen=_seen(form)
        )
    except Refused as error:
        return _page(request, found, str(error), draft=form)
    messages.success(request, "Opened. The question comes back if it is given up.")
    own = version.article.authorships.filter(user=request.user).exists()
    return redirect(version if own else found)


@staff
@require_POST
def separate(request: StaffRequest, pk: int) -> HttpResponse:
    """Take one out of its group."""
    found = _known(request, pk)
    try:
        alone = questions.separate(pk, by=request.user)
    except Refused as error:
        messages.error(request, str(error))
        return redirect(found)
    messages.success(request, "It stands alone now, and waits for a decision.")
    return redirect(alone)


@staff
@require_POST
def empty(request: StaffRequest, pk: int) -> HttpResponse:
    """Delete the words of one that is decided on."""
    found = _known(request, pk)
    form = EmptyForm(request.POST, name="empty")
    if not _is_whole(request, form):
        return _page(request, found, empty=form)
    try:
        reason = form.cleaned_data["reason"]
        questions.empty(pk, by=request.user, reason=reason)
    except Refused as error:
        return _page(request, found, str(error), empty=form)
    messages.success(request, "Deleted. That they were is on record.")
    return redirect(found)


def _known(request: StaffRequest, pk: int) -> Question:
    """The question; 404 for whoever may not read what readers ask."""
    if not queries.sees_everything(request.user):
        raise Http404
    related = ("group", "decided_by", "answer")
    return get_object_or_404(Question.objects.select_related(*related), pk=pk)


def _is_whole(request: StaffRequest, form: StepForm) -> bool:
    """Whether nothing is missing; PermissionDenied for whoever only reads."""
    if not roles.on_the_desk(request.user):
        raise PermissionDenied
    form.fields["seen"].required = True
    return form.is_valid()


def _seen(form: StepForm) -> int:
    seen: int = form.cleaned_data["seen"]
    return seen


def _page(
    request: StaffRequest, found: Question, refusal: str = "", **sent: StepForm
) -> HttpResponse:
    others = list(found.others.order_by("pk"))
    drawn = _forms(request, found, max([found.pk, *(row.pk for row in others)]))
    complained = [row for form in sent.values() for row in posted.complaints(form)]
    context: dict[str, Any] = {
        "question": found,
        "others": others,
        "has_words": any(row.words for row in [found, *others]),
        "written": _written(request, found),
        "waiting": telling.waiting(found),
        "may_decide": roles.on_the_desk(request.user),
        "refusal": refusal,
        "scripts": scripts.for_forms(request),
        "complaints": complained,
    }
    return render(request, "desk/question.html", context | drawn | sent)


def _written(request: StaffRequest, found: Question) -> Version | None:
    """What answers it as the desk knows it, for whoever may read that."""
    seen = queries.visible_versions(request.user).filter(article=found.answer_id or 0)
    return seen.order_by("-number").first()


def _forms(request: StaffRequest, found: Question, newest: int) -> dict[str, StepForm]:
    """The forms of a page as they are drawn before anything is sent."""
    seen = {"seen": newest}
    if found.decided_at:
        return {"empty": EmptyForm(initial=seen, name="empty")}
    own = request.user.email if roles.AUTHOR in request.user.roles else ""
    return {
        "settle": SettleForm(initial=seen, alike=asked.like(found, ALIKE)),
        "draft": DraftForm(initial=seen | {"email": own}, name="draft"),
    }
