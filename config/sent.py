"""What comes in can be stored."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError

NUL = "\0"


class Storable:
    """
    Take out of fields and addresses the one character that no database of ours keeps.

    SQLite stores it and PostgreSQL refuses the whole statement. Here no form, filter or
    script that sends text has to think of it.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(self, request: Any, *_: object) -> None:
        """After the check of the token, which has read the fields already."""
        request.GET = _without(request.GET)
        try:
            request.POST = _without(request.POST)
        except UnreadablePostError:
            return  # whoever wants the fields is told


def _without(sent: QueryDict) -> QueryDict:
    if not any(NUL in text for pair in sent.lists() for text in (pair[0], *pair[1])):
        return sent
    kept = QueryDict(mutable=True)
    for name, texts in sent.lists():
        kept.setlist(name.replace(NUL, ""), [text.replace(NUL, "") for text in texts])
    kept._mutable = False  # noqa: SLF001  as Django makes it
    return kept
