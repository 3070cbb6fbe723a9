"""Writing a draft: open one, edit one, and lose nothing when two people write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from articles.models import Opening
from editorial import ledger, queries, roles
from editorial.actions import authoring
from editorial.errors import MovedOn, Refused
from editorial.forms.drafts import DraftForm
from editorial.views import (
    answers,
    cited,
    conflicts,
    findings,
    keeping,
    own,
    placing,
    posted,
    scripts,
)
from editorial.views.staff import StaffRequest, moved_on, staff

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from articles.models import Version
    from editorial.actions.authoring import Edited

PLAIN = "plain"
"""Asked for in the address, the form comes without its editor."""

methods = require_http_methods(["GET", "HEAD", "POST"])


@staff
@methods
def new_article(request: StaffRequest) -> HttpResponse:
    """Write the first draft of an article."""
    if roles.AUTHOR not in request.user.roles:
        raise PermissionDenied
    form = DraftForm(_sent(request))
    if request.method != "POST" or not form.is_valid():
        return _draw(request, form)
    try:
        edited = authoring.open_article(by=request.user, text=form.text(), **form.page)
    except Refused as error:
        return _draw(request, form, refusal=str(error))
    except MovedOn as error:
        opened = Opening.objects.get(token=form.cleaned_data["opening"])
        return _conflict(request, opened.version, error)
    return _saved(request, edited)


@staff
@methods
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Go on with a draft."""
    version = own.version(request, pk)
    sent = _sent(request)
    if sent and conflicts.BASE in sent:
        sent = conflicts.settled(version, sent)
    form = DraftForm.of(version, sent)
    try:
        if not authoring.may_edit(request.user, version):
            raise ledger.draft_moved_on(pk)
        return _edit(request, version, form)
    except MovedOn as error:
        return _conflict(request, version, error)


def _edit(request: StaffRequest, version: Version, form: DraftForm) -> HttpResponse:
    if request.method != "POST" or not form.is_valid():
        return _draw(request, form, version)
    try:
        edited = authoring.edit(
            version.pk, by=request.user, text=form.text(), seen=form.seen_revision
        )
    except Refused as error:
        return _draw(request, form, version, refusal=str(error))
    return _saved(request, edited)


def _sent(request: StaffRequest) -> QueryDict | None:
    """What is sent now, or was sent when the session had ended."""
    return request.POST if request.method == "POST" else keeping.kept(request)


def _saved(request: StaffRequest, edited: Edited) -> HttpResponse:
    keeping.forget(request)
    messages.success(request, "Saved.")
    for sentence in edited.dropped:
        messages.warning(request, sentence)
    if "look" in request.POST:
        return redirect(edited.version)
    address = reverse("desk-version-edit", args=[edited.version.pk])
    return redirect(f"{address}?{PLAIN}" if PLAIN in request.GET else address)


def _draw(
    request: StaffRequest,
    form: DraftForm,
    version: Version | None = None,
    refusal: str = "",
) -> HttpResponse:
    wrong = request.method == "POST"
    if form.is_bound and not wrong:
        said = "You had been signed out; nothing was saved. Here is what you wrote."
        messages.info(request, said)
    context: dict[str, Any] = {
        "form": form,
        "version": version,
        "complaints": posted.complaints(form) if form.is_bound else [],
        "refusal": refusal,
        "unsaved": form.is_bound,
        **_editor(request),
        **(_beside(request, version) if version else {}),
    }
    return render(request, "desk/edit.html", context, status=422 if wrong else 200)


def _editor(request: StaffRequest) -> dict[str, Any]:
    """The modules of the editor, unless the page was asked for without."""
    if PLAIN in request.GET:
        return {}
    return {"editor": scripts.for_writing(request)}


def _beside(request: StaffRequest, version: Version) -> dict[str, Any]:
    """What is asked and found, with its answers; references as readers see them."""
    asked = answers.beside(request.user, version, page=placing.EDIT)
    found = findings.panel(request.user, version, page=placing.EDIT)
    return asked | found | {"printed": cited.ama_by_key(version)}


def _conflict(request: StaffRequest, version: Version, error: MovedOn) -> HttpResponse:
    """Show both texts: what was sent, to go on with, and what is stored."""
    if request.method != "POST":
        return moved_on(request, error, back=version.get_absolute_url())
    stored = queries.visible_versions(request.user).get(pk=version.pk)
    sent = request.POST.copy()
    fields = conflicts.contested(stored, sent)
    sent[conflicts.BASE] = sent.get(conflicts.BASE) or sent.get("seen", "")
    sent["seen"] = str(stored.revision)
    context = {
        "error": error,
        "version": stored,
        "may_edit": authoring.may_edit(request.user, stored),
        "form": DraftForm.of(stored, sent),
        "base": sent[conflicts.BASE],
        "fields": fields,
        "unchosen": conflicts.BASE in request.POST,
    }
    return render(request, "desk/edit_conflict.html", context, status=409)
