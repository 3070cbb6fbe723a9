"""
The page for questions in plain words.

What is answered is quoted from approved texts. Nothing of a question is kept: not by
the house, not by a cache, not by where the reader goes from here.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.core.validators import slug_re
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from articles import content
from articles.asking import emergencies, helping, personal
from articles.models import SearchEntry
from articles.states import Standing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, QueryDict

    from articles.asking.emergencies import Emergency
    from articles.asking.helping import Help
    from articles.models import Passage

    Answering = Callable[[str, int | None], list[Passage]]

QUESTION_LENGTH = 300
PRIVATE = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


class NotNowError(Exception):
    """A question is not answered now; says why, and after how many seconds to ask again."""

    def __init__(self, why: str, status: HTTPStatus, wait: int) -> None:
        super().__init__(why)
        self.status, self.wait = status, wait


class Quote(NamedTuple):
    """A passage as it stands on the page; its numbers lead into its article."""

    entry: SearchEntry
    heading: str
    address: str
    html: SafeString
    sources: list[Source]
    is_asked_about: bool = False


class Source(NamedTuple):
    number: int
    address: str
    kind: str
    html: SafeString
    is_retracted: bool


class First(NamedTuple):
    """What is said before anything else, and whom to call."""

    words: list[str]
    countries: list[Help]
    crisis: bool
    poison: bool
    checked_on: dt.date | None


class AskForm(forms.Form):
    use_required_attribute = False

    q = forms.CharField(
        label="Your question, in your own words",
        required=False,
        max_length=QUESTION_LENGTH,
        error_messages={
            "max_length": "Use at most %(limit_value)d characters; these are "
            "%(show_value)d."
        },
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "dir": "auto",
                "aria-describedby": "ask-limits",
            }
        ),
    )

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked, auto_id="ask-%s")


def kept_by_nobody(response: HttpResponse, *, sends: bool = False) -> HttpResponse:
    """
    The answer to a question, which no cache keeps and no link passes on.

    One that `sends` a form must tell this house where that comes from.
    """
    for name, value in PRIVATE.items():
        response[name] = value
    if sends:
        response["Referrer-Policy"] = "same-origin"
    return response


@require_safe
def ask(request: HttpRequest, *, answered: Answering) -> HttpResponse:
    """
    What approved texts say to a question; help first where it sounds like danger.

    `answered` gives the passages that may be shown, or raises NotNowError: whoever is in
    danger is helped also then.
    """
    form = AskForm(request.GET)
    said = form.data.get("q", "")
    asked = form.cleaned_data["q"] if form.is_valid() else ""
    about = _asked_about(form.data.get("about", ""))
    shared = {"form": form, "first": help_first(request, said), "asked": asked}
    try:
        found = _answered(asked, about, answered)
    except NotNowError as error:
        found = {"not_now": str(error), "status": error.status, "wait": error.wait}
    context = shared | {"about": about} | found
    status = found.get("status", HTTPStatus.OK)
    response = render(request, "public/ask.html", context, status=status)
    if "wait" in found:
        response["Retry-After"] = str(found["wait"])
    return kept_by_nobody(response)


def _asked_about(slug: str) -> SearchEntry | None:
    """The article somebody asks from, while the public can read it."""
    if not slug_re.match(slug):
        return None
    public = SearchEntry.objects.filter(standing=Standing.PUBLISHED)
    own = public.filter(article__slug=slug).select_related("article")
    return own.order_by("path").first()


def _answered(
    asked: str, about: SearchEntry | None, answered: Answering
) -> dict[str, Any]:
    if not asked:
        return {}
    article = about.article_id if about else None
    passages = answered(asked, article)
    quotes = [
        _quote(row, f"a{n}-")._replace(is_asked_about=row.entry.article_id == article)
        for n, row in enumerate(passages, start=1)
    ]
    return {"quotes": quotes, "personal": personal.is_told(asked)}


def help_first(request: HttpRequest, said: str) -> First | None:
    """What must be said before anything else, where words sound like danger."""
    found: list[Emergency] = emergencies.sounds_like(said[: 10 * QUESTION_LENGTH])
    if not found:
        return None
    return First(
        [helping.FIRST[kind] for kind in found],
        helping.nearest_first(request.headers.get("Accept-Language", "")),
        crisis=not helping.CRISIS.isdisjoint(found),
        poison=not helping.POISON.isdisjoint(found),
        checked_on=helping.checked_on(),
    )


def _quote(row: Passage, prefix: str) -> Quote:
    numbers = {key: number for number, key, _, _ in row.sources}
    html = content.render(row.html, numbers=numbers, prefix=prefix)
    path = row.entry.path
    return Quote(
        row.entry,
        row.heading,
        f"{path}#{row.anchor}" if row.anchor else path,
        SafeString(html.replace('href="#ref-', f'href="{path}#ref-')),
        [_source(row, *source) for source in row.sources],
    )


def _source(row: Passage, number: int, key: str, kind: str, html: str) -> Source:
    address = f"{row.entry.path}#ref-{number}"
    return Source(number, address, kind, SafeString(html), key in row.retracted)
