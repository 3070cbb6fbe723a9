"""A form that was drawn before its sender last signed in or out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from editorial.views import homes

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SECRETS = ("password", "token", "code", "credential")
"""What a field is called, in part, that nobody is shown again."""


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django names it
    """The form is not taken; its sender gets their words back, and a way in."""
    is_of_the_desk = request.path.startswith(homes.desk())
    context = {
        "page": homes.page_of(request.path) if is_of_the_desk else "",
        "written": _words(request) if _is_ours(request) else [],
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
    return [
        (name.replace("_", " ").capitalize(), said)
        for name, every in request.POST.lists()
        if not any(secret in name.lower() for secret in SECRETS)
        for said in map(str, every)
        if len(said.split()) > 1
    ]
