"""Bringing references into a draft: read, weighed, looked up, and then added."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from editorial.actions import citing
from editorial.errors import MovedOn, Refused
from editorial.forms import carrying, weighing
from editorial.forms.bringing import AddForm, BringForm
from editorial.views import lookup
from editorial.views.references import PAGE, a_draft, page
from editorial.views.staff import StaffRequest, staff

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpResponse

    from articles.models import Version
    from articles.works.readers.wanted import Wanted
    from articles.works.reading import Found, Read

_WRONG = HTTPStatus.UNPROCESSABLE_ENTITY
_NOTHING_CHOSEN = "Nothing was added: no reference was ticked."
_NOTHING_READ = "No reference could be read; nothing was added."
_LOOK_AGAIN = "Nothing was added yet: look at them again, then add them."
_TOO_MANY = (
    "A draft holds at most {} references; {:,} more were read and are not offered here."
)
_ALL_THERE = "Nothing was added: all that could be read is in this draft already."
_NAMED = 10
_LEFT_OUT = "Left out, because the library does not have them: {}."


@staff
@require_POST
def read(request: StaffRequest, pk: int) -> HttpResponse:
    """Read what was given, and ask what to do with it; nothing is stored."""
    version = a_draft(request, pk)
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, version, form=form)
    found = form.read()
    if not found.items and not found.wanted:
        told = [*found.problems, *_refused(found)]
        given = "file" if form.cleaned_data["file"] else "text"
        form.add_error(given, ValidationError(told or [_NOTHING_READ]))
        return page(request, version, form=form)
    return _review(request, version, found.items, found.wanted, read=found)


@staff
@require_POST
def look_up(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask Crossref and PubMed for what was only named; the draft stays as it is."""
    version = a_draft(request, pk)
    found, wanted = _carried(request)
    answered = lookup.look_up(request, wanted)
    return _review(
        request,
        version,
        [*found, *answered.found],
        answered.wanted,
        told=answered.problems,
        said={f"row-{n}": request.POST.get(f"row-{n}", "") for n in range(len(found))},
    )


@staff
@require_POST
def add(request: StaffRequest, pk: int) -> HttpResponse:
    """Add what was ticked."""
    version = a_draft(request, pk)
    found, wanted = _carried(request)
    rows = weighing.rows(found, citing.in_order(version))
    form = AddForm(request.POST, rows=rows)
    if not form.is_valid():
        return _draw_review(request, version, form, wanted)
    chosen = form.references()
    if not chosen:
        are_all_there = bool(rows) and all(row.there for row in rows)
        messages.info(request, _ALL_THERE if are_all_there else _NOTHING_CHOSEN)
        _tell_left_out(request, wanted)
        return redirect(PAGE, pk)
    try:
        edited = citing.cite(
            pk, by=request.user, references=chosen, seen=form.cleaned_data["seen"]
        )
    except Refused as error:
        return _draw_review(request, version, form, wanted, refusal=str(error))
    except MovedOn as error:
        return _again(request, pk, wanted, error)
    _tell(request, _added(len(chosen)), edited.dropped)
    _tell_left_out(request, wanted)
    return redirect(PAGE, pk)


def _again(
    request: StaffRequest, pk: int, wanted: Sequence[Wanted], error: MovedOn
) -> HttpResponse:
    """The same review against the draft as it stands now, to be looked at once more."""
    version = a_draft(request, pk)
    found, _ = _carried(request)
    sent = request.POST.copy()
    sent["seen"] = str(version.revision)
    form = AddForm(sent, rows=weighing.rows(found, citing.in_order(version)))
    said = f"{error.what}, by {error.who}. {_LOOK_AGAIN}"
    status = HTTPStatus.CONFLICT
    return _draw_review(request, version, form, wanted, refusal=said, status=status)


def _review(
    request: StaffRequest,
    version: Version,
    found: Sequence[Found],
    wanted: Sequence[Wanted],
    *,
    read: Read | None = None,
    told: Sequence[str] = (),
    said: Mapping[str, str] | None = None,
) -> HttpResponse:
    known, unknown = lookup.of_the_library(wanted)
    together = [*found, *known]
    offered, later = together[: citing.MOST], len(together) - citing.MOST
    form = AddForm(
        rows=weighing.rows(offered, citing.in_order(version)),
        initial={
            "seen": version.revision,
            "carried": carrying.packed(offered, unknown),
            **(said or {}),
        },
    )
    problems = [*(read.problems if read else ()), *told]
    if later > 0:
        problems.append(_TOO_MANY.format(citing.MOST, later))
    return _draw_review(
        request,
        version,
        form,
        unknown,
        problems=problems,
        refused=_refused(read) if read else (),
        format=read.format if read else "",
    )


def _draw_review(
    request: StaffRequest,
    version: Version,
    form: AddForm,
    wanted: Sequence[Wanted],
    status: HTTPStatus | None = None,
    **told: Any,
) -> HttpResponse:
    wrong = [(str(f.auto_id), str(said)) for f in form for said in f.errors]
    context = {
        "version": version,
        "form": form,
        "wanted": wanted,
        "is_looking_up": lookup.is_allowed(),
        "complaints": wrong,
        **told,
    }
    status = status or (_WRONG if form.is_bound else HTTPStatus.OK)
    return render(request, "desk/references_review.html", context, status=status)


def _carried(request: StaffRequest) -> tuple[list[Found], list[Wanted]]:
    """What the form brought back; nothing where it is damaged, which the form says."""
    form = carrying.CarriedForm(request.POST)
    if not form.is_valid():
        return [], []
    carried = form.cleaned_data["carried"]
    return carrying.found_in(carried), carrying.wanted_in(carried)


def _refused(read: Read) -> list[str]:
    return [
        f"Record {r.record}{f', line {r.line}' if r.line else ''}: {r.reason}"
        for r in read.refused
    ]


def _added(count: int) -> str:
    return "1 reference added." if count == 1 else f"{count} references added."


def _tell(request: StaffRequest, done: str, dropped: Sequence[str]) -> None:
    messages.success(request, done)
    for sentence in dropped:
        messages.warning(request, sentence)


def _tell_left_out(request: StaffRequest, wanted: Sequence[Wanted]) -> None:
    """What was only named, and nobody looked up."""
    if wanted:
        named = ", ".join(f"{w.kind.upper()} {w.value}" for w in wanted[:_NAMED])
        more = len(wanted) - _NAMED
        named += f" and {more:,} more" if more > 0 else ""
        messages.warning(request, _LEFT_OUT.format(named))
