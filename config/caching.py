"""What nobody calls public is kept by nobody."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NOBODY = "private, no-store"


class NobodyKeeps:
    """Let no browser and no proxy keep an answer that does not say who may."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        said = response.get("Cache-Control", "")
        if "public" not in said and "no-store" not in said:
            response["Cache-Control"] = NOBODY
        return response
