"""The search page: one box, four filters, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from articles.reading import queries
from articles.search import finding
from articles.search.finding import Found
from articles.search.plan import Where
from articles.search.question import MOST_WORDS
from articles.states import READABLE, Standing
from articles.vocabulary import Audience

if TYPE_CHECKING:
    from django.core.paginator import Page as Slice
    from django.http import HttpRequest, HttpResponse, QueryDict

QUESTION_LENGTH = 200
PER_PAGE = 10
TOPICS = 30
ANYTHING = "any"
ISO = "%Y-%m-%d"
_PENDING = [
    (standing.value, standing.label)
    for standing in (Standing.PREVIEW, *READABLE)
    if standing is not Standing.PUBLISHED
]


class DayInput(forms.DateInput):
    """As browsers take it: what is no day they show as nothing, and no page may hold it."""

    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        try:
            day = parse_date(str(value or ""))
        except ValueError:
            return None
        return day.isoformat() if day else None


class SearchForm(forms.Form):
    """What somebody looks for, as the address says it; only approved texts by default."""

    use_required_attribute = False

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=QUESTION_LENGTH,
        error_messages={
            "max_length": "Use at most %(limit_value)d characters; these are "
            "%(show_value)d."
        },
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "dir": "auto"}
        ),
    )
    topic = forms.ModelChoiceField(
        queries.sought(),
        label="Topic",
        required=False,
        to_field_name="slug",
        error_messages={"invalid_choice": "There is no such topic."},
    )
    audience = forms.ChoiceField(
        label="Written for",
        choices=[("", "Anybody"), *Audience.choices],
        required=False,
    )
    standing = forms.ChoiceField(
        label="Standing",
        choices=[("", "Approved"), *_PENDING, (ANYTHING, "All")],
        required=False,
    )
    since = forms.DateField(
        label="Reviewed since",
        required=False,
        input_formats=[ISO],
        error_messages={"invalid": "Write the day like this: 2026-03-31."},
        widget=DayInput,
    )

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked, auto_id="search-%s")

    @property
    def where(self) -> Where:
        said = self.cleaned_data
        standing = said["standing"] or Standing.PUBLISHED.value
        return Where(
            topic=said["topic"].pk if said["topic"] else None,
            audience=said["audience"],
            standing="" if standing == ANYTHING else standing,
            since=said["since"],
        )

    @property
    def narrows(self) -> bool:
        """Whether more was asked than by the box alone."""
        return any(self.data.get(name) for name in self.fields if name != "q")

    @property
    def wrong(self) -> list[forms.BoundField]:
        return [field for field in self if field.errors]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """
    What is public and fits; nothing of the question is kept, here or by a cache.

    Where the reader goes from here does not learn it either.
    """
    form = SearchForm(request.GET)
    context = _found(request, form) if form.is_valid() else {}
    is_bare = not request.GET
    shared = {"form": form, "most_words": MOST_WORDS, "indexable": is_bare}
    response = render(request, "public/search.html", shared | context)
    response["Referrer-Policy"] = "no-referrer"
    if not is_bare:
        response["X-Robots-Tag"] = "noindex"
    return response


def _found(request: HttpRequest, form: SearchForm) -> dict[str, Any]:
    text = form.cleaned_data["q"]
    chosen = form.cleaned_data["topic"]
    if not text:
        return {"topics": queries.largest_topics(TOPICS), "chosen": chosen}
    found = finding.find(text, form.where)
    pages = _slice(request, found)
    return {
        "found": found,
        "pages": pages,
        "hits": finding.shown(found, list(pages)) if found.entries else [],
        "topics": finding.topics(found, TOPICS),
        "chosen": chosen,
        "others": _others(request),
    }


def _slice(request: HttpRequest, found: Found) -> Slice[int]:
    try:
        return Paginator(found.entries, PER_PAGE).page(request.GET.get("page", "1"))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error


def _others(request: HttpRequest) -> str:
    """The address of another page of the same search, but for its number."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return f"{asked.urlencode()}&"
