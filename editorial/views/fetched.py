"""What every answer to a script of the desk shares: it is JSON, also when it is no."""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import resolve_url
from django.urls import reverse

from editorial.errors import MovedOn

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse


def fetched(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer strangers with 401 and where to sign in; let nobody keep the answer."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _answer(view, request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return guarded


def _answer(
    view: Callable[..., HttpResponse], request: Any, *args: Any, **kwargs: Any
) -> HttpResponse:
    if not request.user.is_authenticated:
        return signed_out()
    try:
        return view(request, *args, **kwargs)
    except MovedOn as error:
        return moved_on(error)
    except PermissionDenied:
        return no(HTTPStatus.FORBIDDEN, "You may not do this.")
    except Http404:
        return no(HTTPStatus.NOT_FOUND, "There is nothing here.")


def signed_out() -> HttpResponse:
    address = f"{resolve_url('account_login')}?next={reverse('desk')}"
    return JsonResponse({"sign_in": address}, status=HTTPStatus.UNAUTHORIZED)


def moved_on(error: MovedOn) -> HttpResponse:
    told = {"what": error.what, "who": error.who, "when": error.when}
    return JsonResponse(told, status=HTTPStatus.CONFLICT)


def no(status: HTTPStatus, *sentences: str) -> HttpResponse:
    return JsonResponse({"errors": sentences}, status=status)
