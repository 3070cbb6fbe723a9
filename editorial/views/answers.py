"""Answering: the page of what a draft must answer, and where its forms go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from editorial.actions import answering
from editorial.actions.authoring import may_edit
from editorial.errors import MovedOn, Refused
from editorial.forms.answers import AnswerForm, FindingForm, ItemForm, LetterForm
from editorial.views import findings, keeping, own, placing, posted, scripts, seeing
from editorial.views.seeing import Seat
from editorial.views.staff import StaffRequest, moved_on, staff

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from articles.models import Version
    from editorial.models import User
    from editorial.views.seeing import CommentSeen

PAGE = "answers"


@dataclass(frozen=True, slots=True)
class Item:
    """A comment to answer, where it points to in the new text, and its form."""

    comment: CommentSeen
    place: placing.Placed | None
    form: ItemForm
    address: str


@staff
@require_safe
def answers(request: StaffRequest, pk: int) -> HttpResponse:
    version = own.version(request, pk)
    if not may_edit(request.user, version):
        return redirect(version)
    return _draw(request, version, _kept(request))


@staff
@require_POST
def answer(request: StaffRequest, pk: int, comment: int) -> HttpResponse:
    """Say what became of one comment."""
    form = ItemForm(request.POST, name=f"comment-{comment}")
    return _take(request, pk, form, answering.answer_comment, comment_id=comment)


@staff
@require_POST
def response(request: StaffRequest, pk: int) -> HttpResponse:
    """Write the letter to the reviewers."""
    form = LetterForm(request.POST, name="letter")
    return _take(request, pk, form, answering.respond)


@staff
@require_POST
def answer_finding(request: StaffRequest, pk: int, finding: str) -> HttpResponse:
    """Say why something that was found may stay."""
    form = FindingForm(request.POST, name=f"finding-{finding}")
    return _take(request, pk, form, answering.answer_finding, finding_id=finding)


@staff
@require_POST
def open_finding(request: StaffRequest, pk: int, finding: str) -> HttpResponse:
    """Take the reason for a finding back."""
    form = AnswerForm(request.POST, name=f"finding-{finding}")
    return _take(request, pk, form, answering.take_back_answer, finding_id=finding)


def beside(
    user: User, version: Version, *, page: str, sent: AnswerForm | None = None
) -> dict[str, Any]:
    """
    What `desk/_answers.html` needs beside the version; empty when nothing is asked.

    `page` is the one around it, `answers` or `edit`; `sent` a form that comes back.
    """
    seen = seeing.comments(Seat.AUTHOR, user, version)
    asked = [comment for comment in seen if comment.resolved_at is None]
    if version.number == 1 and not asked:
        return {}
    return {
        "items": [_item(version, comment, page, sent) for comment in asked],
        "waiting": sum(c.must_be_answered and not c.answer for c in asked),
        "letter": sent if isinstance(sent, LetterForm) else _letter(version, page),
        "letter_address": reverse("desk-response", args=[version.pk]),
    }


def _item(
    version: Version, comment: CommentSeen, page: str, sent: AnswerForm | None
) -> Item:
    spot = comment.spot
    name = f"comment-{comment.pk}"
    back = sent if isinstance(sent, ItemForm) and sent.name == name else None
    return Item(
        comment=comment,
        place=placing.placed(version, page, spot.part, excerpt=spot.excerpt)
        if spot
        else None,
        form=back or _item_form(comment, name, page),
        address=reverse("desk-answer", args=[version.pk, comment.pk]),
    )


def _item_form(comment: CommentSeen, name: str, page: str) -> ItemForm:
    return ItemForm(
        name=name,
        initial={
            "seen": comment.stamp,
            "back": page,
            "answer": comment.answer,
            "text": comment.answer_text,
        },
    )


def _letter(version: Version, page: str) -> LetterForm:
    seen = answering.letter_stamp(version)
    initial = {"seen": seen, "back": page, "text": version.response}
    return LetterForm(name="letter", initial=initial)


def _take(
    request: StaffRequest,
    pk: int,
    form: AnswerForm,
    deed: Callable[..., object],
    **about: int | str,
) -> HttpResponse:
    """Do what the form asks; `about` says of what, where the draft has several."""
    version = own.version(request, pk)
    if not form.is_valid():
        return _draw(request, version, form)
    back = _back(version, form)
    try:
        deed(pk, by=request.user, **about, **form.facts())
    except Refused as error:
        return _draw(request, version, form, str(error))
    except MovedOn as error:
        if not error.mine:
            return moved_on(request, error, back=back, written=posted.written(form))
    keeping.forget(request)
    messages.success(request, "Saved.")
    return redirect(back)


def _back(version: Version, form: AnswerForm) -> str:
    """The form's own place on the page that it was on."""
    on_edit = form.cleaned_data["back"] == placing.EDIT
    name = "desk-version-edit" if on_edit else "desk-answers"
    return f"{reverse(name, args=[version.pk])}#{form.name}"


def _draw(
    request: StaffRequest,
    version: Version,
    sent: AnswerForm | None,
    refusal: str = "",
) -> HttpResponse:
    wrong = request.method == "POST"
    about = sent if isinstance(sent, FindingForm) else None
    asked = beside(request.user, version, page=PAGE, sent=sent)
    panel = findings.panel(request.user, version, page=PAGE, sent=about)
    is_gone = sent is not None and not _is_drawn(sent, asked, panel)
    context = {
        "version": version,
        "refusal": refusal,
        "complaints": posted.complaints(sent) if sent and wrong else [],
        "written": posted.written(sent) if sent and is_gone else [],
        "scripts": scripts.for_forms(request),
        **asked,
        **panel,
    }
    return render(request, "desk/answers.html", context, status=422 if wrong else 200)


def _is_drawn(sent: AnswerForm, asked: dict[str, Any], panel: dict[str, Any]) -> bool:
    """Whether the page still asks what this form answers, with its words in it."""
    found = [f for group in panel["finding_groups"] for f in group.findings]
    drawn = [*asked.get("items", ()), *found]
    return sent is asked.get("letter") or any(one.form is sent for one in drawn)


def _kept(request: StaffRequest) -> AnswerForm | None:
    """What somebody sent from here after their session had ended."""
    sent = keeping.kept(request)
    if sent is None:
        return None
    said = "You had been signed out; nothing was saved. Here is what you wrote."
    messages.info(request, said)
    step, about = keeping.kept_step(request), keeping.kept_about(request)
    if step == "response":
        return LetterForm(sent, name="letter")
    if "reason" in sent:
        return FindingForm(sent, name=f"finding-{about}")
    return ItemForm(sent, name=f"comment-{about}")
