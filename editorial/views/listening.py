"""Reporting an error, without an account; and what the desk does with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from articles.reading.queries import published
from editorial import queries, seen, workflow
from editorial.actions import listening
from editorial.actions.listening import Said
from editorial.errors import Refused
from editorial.forms.listening import CloseForm, EmptyForm, ErrorForm
from editorial.models import ReaderReport
from editorial.views import posted, scripts
from editorial.views.staff import StaffRequest, staff

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from articles.models import Article, Version
    from editorial.forms.base import ReasonForm
    from editorial.workflow import Step

TOO_MANY = (
    "More was sent than we can read in so short a time. Keep your words, and"
    " send them again later: most often an hour is enough, sometimes it takes a day."
)


@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what is wrong with the text that is public now, and keep what is said."""
    version = _public(slug)
    if request.method != "POST":
        form = ErrorForm(initial={"number": version.number})
        return _asked(request, version, form)
    form = ErrorForm(request.POST)
    if form.is_by_a_program:
        return redirect("article-error-heard", slug)
    if not form.is_valid():
        return _asked(request, version, form)
    if not ratelimit.consume(request, action="report_error", key=slug):
        return _asked(request, version, form, TOO_MANY, status=429)
    listening.hear(_read(version, form), Said(**form.facts()))
    return redirect("article-error-heard", slug)


@require_safe
def heard(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "public/error_heard.html", {"version": _public(slug)})


def _public(slug: str) -> Version:
    return get_object_or_404(published(), article__slug=slug)


def _read(now: Version, form: ErrorForm) -> Version:
    """The version that was public when the form was drawn, else the one that is now."""
    public = {str(row.version.number): row.version for row in seen.of(now.article.slug)}
    return public.get(form.cleaned_data["number"], now)


def _asked(
    request: HttpRequest,
    version: Version,
    form: ErrorForm,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"version": version, "form": form, "refusal": refusal}
    context |= {"complaints": posted.complaints(form)}
    return render(request, "public/report_error.html", context, status=status)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: StaffRequest, pk: int) -> HttpResponse:
    """What a reader wrote, and the form that closes it for whoever may."""
    found, article = _known(request, pk)
    if request.method != "POST":
        kind = EmptyForm if found.closed_at else CloseForm
        return _drawn(request, found, article, kind(initial={"seen": article.revision}))
    form = _posted(request, workflow.CLOSE_READER_REPORT, article, CloseForm)
    if not form.is_valid():
        return _drawn(request, found, article, form)
    listening.close_reader_report(found.pk, by=request.user, **form.cleaned_data)
    messages.success(request, "Closed. What became of it is on record.")
    return redirect("desk")


@staff
@require_POST
def empty(request: StaffRequest, pk: int) -> HttpResponse:
    """Delete the words of one that is closed."""
    found, article = _known(request, pk)
    form = _posted(request, workflow.EMPTY_READER_REPORT, article, EmptyForm)
    if not form.is_valid():
        return _drawn(request, found, article, form)
    try:
        listening.empty_reader_report(found.pk, by=request.user, **form.cleaned_data)
    except Refused as error:
        return _drawn(request, found, article, form, str(error))
    messages.success(request, "Deleted. That they were is on record.")
    return redirect("desk-reader-report", found.pk)


def _known(request: StaffRequest, pk: int) -> tuple[ReaderReport, Article]:
    """The report and its article; 404 for whoever may not read it."""
    if not queries.sees_everything(request.user):
        raise Http404
    related = ("version__article", "closed_by")
    found = get_object_or_404(ReaderReport.objects.select_related(*related), pk=pk)
    articles = queries.visible_articles(request.user)
    return found, get_object_or_404(articles, pk=found.article_id)


def _posted(
    request: StaffRequest, step: Step[Any], article: Article, kind: type[ReasonForm]
) -> ReasonForm:
    """The form that was sent; PermissionDenied for whoever may not take the step."""
    if not step.permits(request.user, article):
        raise PermissionDenied
    form = kind(request.POST)
    form.fields["seen"].required = True
    return form


def _drawn(
    request: StaffRequest,
    found: ReaderReport,
    article: Article,
    form: ReasonForm,
    refusal: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        "report": found,
        "version": found.version,
        "form": form,
        "may_close": workflow.CLOSE_READER_REPORT.permits(request.user, article),
        "scripts": scripts.for_forms(request),
        "may_empty": workflow.EMPTY_READER_REPORT.permits(request.user, article),
        "refusal": refusal,
        "complaints": posted.complaints(form),
    }
    return render(request, "desk/reader_report.html", context)
