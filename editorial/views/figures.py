"""The figures of the house: charts, the same numbers in tables, and as a file."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from editorial import desk_lists, figures, queries
from editorial.forms.looking import LookingForm, wanted
from editorial.views import charts, waiting
from editorial.views.paging import PER_PAGE
from editorial.views.sheets import sheet
from editorial.views.staff import StaffRequest, staff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

PERIODS = {"90": "The last 90 days", "365": "The last year", "all": "All time"}
USUAL = "90"
EXPORTED = 10 * PER_PAGE
"""Rows of the desk's list that one file holds; the last line says so."""


@staff
@require_safe
def page(request: StaffRequest) -> HttpResponse:
    period, found = _measured(request)
    context: dict[str, Any] = {
        "period": period,
        "periods": PERIODS.items(),
        "figures": found,
        "stages": charts.stages(found.stages),
        "shares": charts.shares(found.shares),
        "sample": figures.SAMPLE,
        "small": figures.SMALL,
    }
    return render(request, "desk/figures.html", context)


@staff
@require_safe
def table(request: StaffRequest) -> HttpResponse:
    """The numbers of the page as a file."""
    period, found = _measured(request)
    rows: list[list[object]] = [["Figure", "Period", "Value", "90th percentile", "Of"]]
    for stage in found.stages:
        rows.append([f"{stage.label}, median days", PERIODS[period]])
        rows[-1] += [_rounded(stage.median), _rounded(stage.ninetieth), stage.count]
    for share in found.shares:
        label = f"{share.label}, percent"
        rows.append([label, PERIODS[period], share.percent, None, share.count])
    return sheet(f"figures-{period}", rows)


def _rounded(days: float | None) -> float | None:
    return None if days is None else round(days, 1)


def _measured(request: StaffRequest) -> tuple[str, figures.Figures]:
    if not queries.sees_everything(request.user):
        raise Http404
    asked = request.GET.get("period", "")
    period = asked if asked in PERIODS else USUAL
    since = None if period == "all" else timezone.now() - dt.timedelta(int(period))
    return period, figures.measured(request.user, since)


@staff
@require_safe
def export(request: StaffRequest) -> HttpResponse:
    """The desk's list, as it is filtered, as a file."""
    if not queries.sees_everything(request.user):
        raise Http404
    return sheet("desk", _lines(request))


COLUMNS = ("Question", "Version", "State", "Tier", "Specialty", "Authors", "Editor")
TIMES = ("Why", "Since", "Promised", "Chase")


def _lines(request: StaffRequest) -> Iterator[list[object]]:
    rows = _rows(request)
    yield [*COLUMNS, *TIMES]
    for row in rows[:EXPORTED]:
        times = (_day(row.since), _day(row.promised), row.chase)
        yield [row.what, *_about(row), row.why, *times]
    if len(rows) > EXPORTED:
        yield [f"Only the first {EXPORTED} rows are in this file."]


def _about(row: waiting.Row) -> tuple[object, ...]:
    """The columns of the text; empty for a mail that is about none."""
    if row.version is None:
        return ("",) * (len(COLUMNS) - 1)
    article = row.version.article
    return (
        *(row.version.number, row.version.get_state_display(), article.tier),
        *(article.get_specialty_display(), row.writers),
        article.editor.printed_name if article.editor else "",
    )


def _rows(request: StaffRequest) -> list[waiting.Row]:
    looked = desk_lists.named(wanted(LookingForm(request.GET), request.GET))
    size, user = EXPORTED + 1, request.user
    if looked.state:
        found = desk_lists.in_state(user, looked, size=size, after=None, before=None)
        return waiting.listed(found, None)
    survey = desk_lists.survey(user, looked, size=size, after=None, before=None)
    return waiting.rows(survey.entries, user)


def _day(moment: dt.datetime | None) -> str:
    return f"{moment.astimezone(dt.UTC):%Y-%m-%d}" if moment else ""
