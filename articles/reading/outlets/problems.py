"""What is wrong with a request, for programs (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import JsonResponse

MEDIA_TYPE = "application/problem+json"


def problem(status: HTTPStatus, detail: str) -> JsonResponse:
    told = {"title": status.phrase, "status": status.value, "detail": detail}
    return JsonResponse(told, status=status, content_type=MEDIA_TYPE)
