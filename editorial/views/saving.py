"""
Saving a draft while it is being written: the writing page's form, answered in JSON.

The first save of a new article opens it. The script that sends it names its attempt,
so that one whose answer was lost on the way does not open a second article.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from articles.models import Version
from editorial import queries, roles
from editorial.actions import authoring
from editorial.errors import MovedOn, Refused
from editorial.forms.drafts import DraftForm
from editorial.views import cited, own
from editorial.views.fetched import fetched, no

if TYPE_CHECKING:
    from django.http import HttpResponse

    from editorial.actions.authoring import Edited
    from editorial.views.staff import StaffRequest

OPENED = "opened"
ATTEMPT = "attempt"
PRINTED = "printed"
PARTS = {
    "head": "desk/_edit_head.html",
    "jump": "desk/_edit_jump.html",
    "references": "desk/_edit_bring.html",
}
"""What the writing page draws anew once its article is open, by what it is called."""

REMEMBERED = 20
ATTEMPT_LENGTH = 64


@fetched
@require_safe
def token(request: StaffRequest) -> HttpResponse:
    """A fresh token for forms drawn before the last sign-in, and whose it is."""
    return JsonResponse({"token": get_token(request), "user": request.user.pk})


@fetched
@require_POST
def save_new(request: StaffRequest) -> HttpResponse:
    """Open an article with what is written so far."""
    if roles.AUTHOR not in request.user.roles:
        raise PermissionDenied
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _wrong(form)
    known = _opened_before(request)
    if known:
        version, revision = known
        seen = form.cleaned_data["seen"]
        known_to_page = revision if seen is None else seen
        return _save(request, version, form, known_to_page, is_new=True)
    try:
        edited = authoring.open_article(by=request.user, text=form.text(), **form.page)
    except Refused as error:
        return no(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
    _remember(request, edited.version)
    return _saved(request, edited, is_new=True)


@fetched
@require_POST
def save(request: StaffRequest, pk: int) -> HttpResponse:
    """Store what is written so far, unless somebody else did since it was read."""
    version = own.draft(request, pk)
    form = DraftForm.of(version, request.POST)
    if not form.is_valid():
        return _wrong(form)
    return _save(request, version, form, form.seen_revision)


def _save(
    request: StaffRequest,
    version: Version,
    form: DraftForm,
    seen: int,
    *,
    is_new: bool = False,
) -> HttpResponse:
    try:
        edited = authoring.edit(
            version.pk, by=request.user, text=form.text(), seen=seen
        )
    except Refused as error:
        return no(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
    except MovedOn as error:
        if not error.mine:
            raise
        edited = authoring.Edited(Version.objects.get(pk=version.pk), ())
    return _saved(request, edited, is_new=is_new)


def _saved(request: StaffRequest, edited: Edited, *, is_new: bool) -> HttpResponse:
    """
    What was stored, and what the page needs to go on.

    The page of a new article learns what it can offer now; one that shows references
    it has no words for asks for all of them as readers see them.
    """
    version = edited.version
    return JsonResponse(
        {
            "version": version.pk,
            "seen": version.revision,
            "question": version.question,
            "saved_at": timezone.now(),
            "dropped": edited.dropped,
            "address": reverse("desk-version-edit", args=[version.pk]),
            "save": reverse("desk-version-save", args=[version.pk]),
            **({"parts": _parts(version)} if is_new else {}),
            **(
                {"printed": cited.ama_by_key(version)}
                if PRINTED in request.POST
                else {}
            ),
        }
    )


def _parts(version: Version) -> dict[str, str]:
    return {
        name: render_to_string(template, {"version": version})
        for name, template in PARTS.items()
    }


def _wrong(form: DraftForm) -> HttpResponse:
    sentences = [
        f"{field.label}: {error}"
        for field in form.every_field
        for error in field.errors
    ]
    return no(HTTPStatus.UNPROCESSABLE_ENTITY, *sentences)


def _opened_before(request: StaffRequest) -> tuple[Version, int] | None:
    """What this attempt opened, and the revision that it stored."""
    known = request.session.get(OPENED, {}).get(_attempt(request))
    if known is None:
        return None
    pk, revision = known
    version = queries.visible_versions(request.user).filter(pk=pk).first()
    return (version, revision) if version else None


def _remember(request: StaffRequest, version: Version) -> None:
    if attempt := _attempt(request):
        opened = [version.pk, version.revision]
        known = {**request.session.get(OPENED, {}), attempt: opened}
        request.session[OPENED] = dict(list(known.items())[-REMEMBERED:])


def _attempt(request: StaffRequest) -> str:
    return request.POST.get(ATTEMPT, "")[:ATTEMPT_LENGTH]
