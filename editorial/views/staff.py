"""What every page of the desk does before and after its own work."""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpRequest
from django.shortcuts import render

from editorial import greeting
from editorial.errors import MovedOn
from editorial.views import homes, keeping

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpResponse

    from editorial.models import User


class StaffRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


def staff(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """
    Ask strangers to sign in, and let nobody keep a copy of the answer.

    What a stranger sent along is kept for them until they have signed in. Refusals
    become their pages here, so that they carry the same headers.
    """

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _answer(view, request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        if request.user.is_authenticated:
            keeping.remember(request, response, request.user)
        return response

    return guarded


def _answer(
    view: Callable[..., HttpResponse], request: Any, *args: Any, **kwargs: Any
) -> HttpResponse:
    if not request.user.is_authenticated:
        return _sign_in(request)
    greeting.of(request.user)
    try:
        return _explained(request, view(request, *args, **kwargs))
    except MovedOn as error:
        return moved_on(request, error, back=homes.desk())
    except (Http404, PermissionDenied) as error:
        return response_for_exception(request, error)


def _explained(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A bare 405 becomes a page with a way back; what is allowed is still said."""
    if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
        return response
    context = {"back": homes.page_of(request.path)}
    page = render(request, "desk/not_allowed.html", context, status=405)
    page["Allow"] = response["Allow"]
    return page


def _sign_in(request: HttpRequest) -> HttpResponse:
    page = homes.page_of(request.path)
    if request.method == "POST":
        keeping.keep(request, page)
        return redirect_to_login(page)
    return redirect_to_login(request.get_full_path())


def moved_on(
    request: HttpRequest,
    error: MovedOn,
    *,
    back: str,
    written: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """The page that names who was first and when, with a way back and their prose."""
    context = {"error": error, "back": back, "written": written}
    return render(request, "desk/moved_on.html", context, status=409)
