"""Where a form stands: the page that can be looked at, by the address it is sent to."""

from __future__ import annotations

import re

from django.urls import reverse

_ANSWER = r"(?:response|comments/[0-9]+/answer|findings/[^/]+/(?:answer|open))"

_PAGES = (
    (r"/desk/articles/new/(?:word/)?", r"\g<0>"),
    (r"/desk/versions/[0-9]+/(?:edit|references|word|decide)/", r"\g<0>"),
    (rf"(/desk/versions/[0-9]+/){_ANSWER}/", r"\g<1>answers/"),
    (r"/desk/(?:versions|assignments|works)/[0-9]+/", r"\g<0>"),
    (r"/desk/articles/[0-9]+/authors/", r"\g<0>"),
    (r"/desk/glossary/(?:new|[0-9]+)/", r"\g<0>"),
)
"""How an address begins, and the page it belongs to; the first that fits counts."""


def page_of(path: str) -> str:
    """The page that a form at this address was on; the desk where none is known."""
    for beginning, page in _PAGES:
        if found := re.match(beginning, path):
            return found.expand(page)
    return desk()


def desk() -> str:
    return reverse("desk")
