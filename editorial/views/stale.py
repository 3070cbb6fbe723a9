"""A form that was drawn before its sender last signed in or out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import Resolver404, resolve

from articles.models import Article, Version
from editorial.forms.drafts import DraftForm
from editorial.forms.reports import ReportForm, label_of
from editorial.views import doors, homes
from reviews.models import Assignment

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

ROOMS = (("desk-assignment", Assignment), ("desk-version", Version))
"""How the name of an address begins, and what its steps are steps of."""

SAVED = (
    "A review is saved while it is typed: what was saved stands on its page once you "
    "are signed in, and what was not is kept by this browser if it runs scripts. To be "
    "sure, copy what follows."
)
SECRETS = ("password", "token", "code", "credential")
"""What a field is called, in part, that nobody is shown again."""


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django names it
    """The form is not taken; its sender gets their words back, and a way in."""
    is_of_the_desk = request.path.startswith(homes.desk())
    context = {
        "page": homes.page_of(request.path) if is_of_the_desk else "",
        "written": _words(request) if _is_ours(request) else [],
        "kept": SAVED if _form_at(request.path) is ReportForm else "",
    }
    response = render(request, "403_csrf.html", context, status=403)
    response["Cache-Control"] = "private, no-store"
    return response


def _is_ours(request: HttpRequest) -> bool:
    """Whether the form stood on a page of this house; no other puts words here."""
    here = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin", here) == here


def _words(request: HttpRequest) -> list[tuple[str, str]]:
    """Whatever has a blank in it was written by somebody, in a field of that name."""
    form = _form_at(request.path)
    told = [
        (_label(form, name), said)
        for name, every in request.POST.lists()
        if not any(secret in name.lower() for secret in SECRETS)
        for said in map(str, every)
        if len(said.split()) > 1
    ]
    return [(label, said) for label, said in told if label]


def _form_at(path: str) -> type[forms.Form] | None:
    """The form that is sent to this address, where it is one of a step or a text."""
    try:
        found = resolve(path)
    except Resolver404:
        return None
    name, step = found.url_name or "", found.kwargs.get("step", "")
    if name == "desk-version-edit":
        return DraftForm
    if name in ("desk-assignment-save", "desk-assignment-look"):
        return ReportForm
    model = next((model for begins, model in ROOMS if name.startswith(begins)), Article)
    door = doors.door_to(model, step)
    return door.form if door else None


def _label(form: type[forms.Form] | None, name: str) -> str:
    """What the form calls the field; empty where nobody sees it."""
    plain = name.replace("_", " ").capitalize()
    if form and issubclass(form, ReportForm):
        return label_of(name) or ""
    field = form.base_fields.get(name) if form else None
    if field is None:
        return plain
    return "" if field.widget.is_hidden else str(field.label or plain)
