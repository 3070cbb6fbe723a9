"""
One deed on several rows: tried first, then done, each row with a result of its own.

Every row is its own transaction under the checks of its own deed; one that is stale
or refused says why, and the rest goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from articles.models import Article
from editorial import impartiality, ledger, queries, roles, workflow
from editorial.actions import handling
from editorial.errors import MovedOn, Refused
from editorial.forms.handing import EditorForm
from editorial.models import User
from editorial.views import posted
from editorial.views.staff import StaffRequest, staff
from reviews.models import Assignment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpResponse

MOST = 200
PARTS = 4
DEEDS = ("assign", "remind")
NOT_YOURS = "You may not do this here: you have a part in it, or somebody has it."
NO_REVIEW = "No review is asked for in this row."
GONE = "It is not on your desk."


@dataclass(frozen=True, slots=True)
class Chosen:
    """A row as the form names it, with the revisions it was drawn from."""

    article: int
    article_seen: int
    assignment: int
    assignment_seen: int

    @property
    def name(self) -> str:
        parts = (self.article, self.article_seen, self.assignment, self.assignment_seen)
        return ".".join(str(part) for part in parts)


@dataclass(frozen=True, slots=True)
class Result:
    """What became, or would become, of one row."""

    chosen: Chosen
    what: str
    address: str
    objection: str = ""


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: StaffRequest) -> HttpResponse:
    """Show what would happen; with the tick of whoever has seen that, do it."""
    if not queries.sees_everything(request.user):
        raise Http404
    if request.method != "POST":  # an address that somebody typed or reloaded
        return redirect("desk")
    if not roles.on_the_desk(request.user):
        raise PermissionDenied
    deed = request.POST.get("deed")
    chosen = _chosen(request.POST.getlist("chosen"))
    if deed not in DEEDS or not chosen:
        messages.error(request, "Choose at least one row, and what to do with it.")
        return redirect("desk")
    if len(chosen) > MOST:
        messages.error(request, f"At most {MOST} rows at once; choose fewer.")
        return redirect("desk")
    return _assign(request, chosen) if deed == "assign" else _remind(request, chosen)


def _chosen(names: Iterable[str]) -> list[Chosen]:
    """The rows that were chosen, each once; what makes no sense is left out."""
    found: dict[str, Chosen] = {}
    for name in names:
        keys = [posted.key(part) for part in name.split(".")]
        if len(keys) == PARTS and None not in keys:
            row = Chosen(*(key or 0 for key in keys))
            found.setdefault(row.name, row)
    return list(found.values())


def _assign(request: StaffRequest, chosen: list[Chosen]) -> HttpResponse:
    once = {row.article: row for row in chosen}
    chosen = list(once.values())
    asked = "editor" in request.POST
    form = EditorForm(request.POST if asked else None)
    if not form.is_bound or not form.is_valid():
        return _drawn(request, "assign", _unsaid(request.user, chosen), form=form)
    editor = form.cleaned_data["editor"]
    if "confirmed" not in request.POST:
        return _drawn(request, "assign", _tried(request.user, chosen, editor), form)
    reason = form.cleaned_data["reason"]

    def put(row: Chosen) -> object:
        return handling.change_editor(
            row.article,
            by=request.user,
            editor=editor,
            reason=reason,
            seen=row.article_seen,
        )

    named = _named(request.user, [row.article for row in chosen])
    results = [_done(row, named.get(row.article), put) for row in chosen]
    return _drawn(request, "assign", results, form, is_done=True)


def _remind(request: StaffRequest, chosen: list[Chosen]) -> HttpResponse:
    user = request.user
    known = _assignments(user, chosen)

    def put(row: Chosen) -> object:
        if row.assignment not in known:
            raise Refused(GONE if row.assignment else NO_REVIEW)
        return handling.nudge(row.assignment, by=user, seen=row.assignment_seen)

    if "confirmed" in request.POST:
        named = {pk: _label(row) for pk, row in known.items()}
        fallback = _named(user, [row.article for row in chosen])
        results = [
            _done(row, named.get(row.assignment) or fallback.get(row.article), put)
            for row in chosen
        ]
        return _drawn(request, "remind", results, is_done=True)
    articles = _named(user, [row.article for row in chosen])
    tried = [_would_remind(user, row, known, articles) for row in chosen]
    return _drawn(request, "remind", tried)


def _done(
    row: Chosen, named: tuple[str, str] | None, put: Callable[[Chosen], object]
) -> Result:
    if named is None:
        return Result(row, "A row", "", GONE)
    try:
        put(row)
    except (Refused, MovedOn, PermissionDenied) as error:
        return Result(row, *named, _why(error))
    return Result(row, *named)


def _why(error: Exception) -> str:
    if isinstance(error, MovedOn):
        return f"It moved on: {error}, by {error.who}. Look again."
    return str(error) or NOT_YOURS


def _named(user: User, articles: list[int]) -> dict[int, tuple[str, str]]:
    """The question and the page of the newest version of each, for whoever may see."""
    found = queries.visible_versions(user).filter(article__in=articles)
    rows = found.order_by("number").only("article_id", "question", "number")
    return {row.article_id: (row.question, row.get_absolute_url()) for row in rows}


def _unsaid(user: User, chosen: list[Chosen]) -> list[Result]:
    named = _named(user, [row.article for row in chosen])
    return [
        Result(row, *named.get(row.article, ("A row", "")), _unless(row, named))
        for row in chosen
    ]


def _unless(row: Chosen, named: dict[int, tuple[str, str]]) -> str:
    return "" if row.article in named else GONE


def _tried(user: User, chosen: list[Chosen], editor: int) -> list[Result]:
    """What the deed would say of each, by its own checks; nothing is written."""
    keys = [row.article for row in chosen]
    named = _named(user, keys)
    rows = {a.pk: a for a in queries.visible_articles(user).filter(pk__in=keys)}
    person = User.objects.filter(pk=editor).first()
    results = []
    for row in chosen:
        article = rows.get(row.article)
        if article is None or row.article not in named:
            results.append(Result(row, "A row", "", GONE))
            continue
        objection = _objection(user, article, person, row)
        results.append(Result(row, *named[row.article], objection))
    return results


def _objection(user: User, article: Article, person: User | None, row: Chosen) -> str:
    try:
        ledger.admit(workflow.CHANGE_EDITOR, article, by=user, seen=row.article_seen)
    except (Refused, MovedOn, PermissionDenied) as error:
        return _why(error)
    return impartiality.cannot_take_charge(article, person) or ""


def _assignments(user: User, chosen: list[Chosen]) -> dict[int, Assignment]:
    keys = [row.assignment for row in chosen if row.assignment]
    found = queries.visible_assignments(user).filter(pk__in=keys)
    return {row.pk: row for row in found}


def _label(row: Assignment) -> tuple[str, str]:
    what = f"{row.reviewer.printed_name}: {row.version.question}"
    return what, row.version.get_absolute_url()


def _would_remind(
    user: User,
    row: Chosen,
    known: dict[int, Assignment],
    articles: dict[int, tuple[str, str]],
) -> Result:
    assignment = known.get(row.assignment)
    if assignment is None:
        objection = GONE if row.assignment else NO_REVIEW
        return Result(row, *articles.get(row.article, ("A row", "")), objection)
    objection = ""
    try:
        ledger.admit(workflow.NUDGE, assignment, by=user, seen=row.assignment_seen)
    except (Refused, MovedOn, PermissionDenied) as error:
        objection = _why(error)
    return Result(row, *_label(assignment), objection)


def _drawn(
    request: StaffRequest,
    deed: str,
    results: list[Result],
    form: EditorForm | None = None,
    *,
    is_done: bool = False,
) -> HttpResponse:
    good = [result for result in results if not result.objection]
    context: dict[str, Any] = {
        "deed": deed,
        "form": form,
        "is_done": is_done,
        "is_tried": form is None or (form.is_bound and form.is_valid()),
        "good": good,
        "refused": [result for result in results if result.objection],
        "complaints": posted.complaints(form) if form and form.is_bound else [],
    }
    return render(request, "desk/bulk.html", context)
