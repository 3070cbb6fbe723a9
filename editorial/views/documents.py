"""Word documents into drafts: read, looked at, their citations matched, then stored."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import ValidationError
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST

from articles import content
from articles.word import DocumentError
from editorial import roles
from editorial.actions import authoring, citing
from editorial.actions.authoring import DraftText
from editorial.errors import MovedOn, Refused
from editorial.forms import carrying, documents
from editorial.forms.documents import DocumentForm, OpenForm, PutForm, Where
from editorial.views import lookup
from editorial.views.references import a_draft
from editorial.views.staff import StaffRequest, staff

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpResponse

    from articles.models import Version
    from articles.word import Candidate, Imported
    from editorial.actions.authoring import Edited

EDIT = "desk-version-edit"

_WRONG = HTTPStatus.UNPROCESSABLE_ENTITY
_DONE = "The document is in the draft."
_LOOK_AGAIN = "Nothing was put into the draft yet: look again, then put it there."

methods = require_http_methods(["GET", "HEAD", "POST"])


@staff
@methods
def into_draft(request: StaffRequest, pk: int) -> HttpResponse:
    """Choose a document for a draft, and see what is in it; nothing is stored."""
    return _read(request, a_draft(request, pk))


@staff
@methods
def into_article(request: StaffRequest) -> HttpResponse:
    """Choose a document to open an article with; nothing is stored."""
    _require_author(request)
    return _read(request, None)


@staff
@require_POST
def look_up_for_draft(request: StaffRequest, pk: int) -> HttpResponse:
    return _look_up(request, a_draft(request, pk))


@staff
@require_POST
def look_up_for_article(request: StaffRequest) -> HttpResponse:
    _require_author(request)
    return _look_up(request, None)


@staff
@require_POST
def put(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a document that was looked at into a draft."""
    version = a_draft(request, pk)
    read = _carried(request)
    if read is None:
        return _choose(request, version, DocumentForm(), [carrying.DAMAGED])
    form = PutForm(request.POST, rows=documents.rows(read.candidates))
    if not form.is_valid():
        return _preview(request, version, read, form)
    body, references = form.settled(read, citing.in_order(version))
    try:
        edited = citing.put(
            pk,
            by=request.user,
            body=body,
            references=references,
            seen=form.cleaned_data["seen"],
            after=form.cleaned_data["where"] == Where.AFTER,
        )
    except Refused as error:
        return _preview(request, version, read, form, refusal=str(error))
    except MovedOn as error:
        return _again(request, pk, read, error)
    return _done(request, edited)


@staff
@require_POST
def open_article(request: StaffRequest) -> HttpResponse:
    """Open an article with a document that was looked at."""
    _require_author(request)
    read = _carried(request)
    if read is None:
        return _choose(request, None, DocumentForm(), [carrying.DAMAGED])
    form = OpenForm(request.POST, rows=documents.rows(read.candidates))
    if not form.is_valid():
        return _preview(request, None, read, form)
    body, references = form.settled(read)
    audience = form.cleaned_data["audience"]
    text = DraftText(
        question=form.cleaned_data["question"],
        audience=audience,
        renditions={audience: body},
        references=references,
    )
    try:
        edited = authoring.open_article(by=request.user, text=text)
    except Refused as error:
        return _preview(request, None, read, form, refusal=str(error))
    return _done(request, edited)


def _require_author(request: StaffRequest) -> None:
    if roles.AUTHOR not in request.user.roles:
        raise PermissionDenied


def _read(request: StaffRequest, version: Version | None) -> HttpResponse:
    if request.method != "POST":
        return _choose(request, version, DocumentForm())
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _choose(request, version, form)
    try:
        read = form.read()
    except DocumentError as error:
        return _choose(request, version, form, [str(error)])
    read = replace(read, candidates=_told_apart(read.candidates))
    said = {"seen": version.revision} if version else {"question": read.question}
    return _first(request, version, read, said)


def _first(
    request: StaffRequest,
    version: Version | None,
    read: Imported,
    said: Mapping[str, Any],
    told: Sequence[str] = (),
) -> HttpResponse:
    """The document with a form that asks everything, filled in with what was said."""
    form = (PutForm if version else OpenForm)(
        rows=documents.rows(read.candidates),
        initial={**said, "carried": carrying.packed_document(read)},
    )
    return _preview(request, version, read, form, told=told)


def _look_up(request: StaffRequest, version: Version | None) -> HttpResponse:
    """Ask for what only names a DOI or PMID; what is found can be chosen."""
    read = _carried(request)
    if read is None:
        return _choose(request, version, DocumentForm(), [carrying.DAMAGED])
    named = [row.wanted for row in documents.rows(read.candidates) if row.wanted]
    answered = lookup.look_up(request, named)
    found = {one.record: one.item for one in answered.found}
    candidates = tuple(
        replace(one, guess=found.get(place, one.guess))
        for place, one in enumerate(read.candidates)
    )
    unsaid = {"carried", *(f"match-{place}" for place in found)}
    said = {k: v for k, v in request.POST.items() if k not in unsaid}
    read = replace(read, candidates=candidates)
    return _first(request, version, read, said, answered.problems)


def _told_apart(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Where notes and references are numbered from 1 alike, by their place instead."""
    if len({one.number for one in candidates}) == len(candidates):
        return tuple(candidates)
    return tuple(
        replace(one, number=place) for place, one in enumerate(candidates, start=1)
    )


def _carried(request: StaffRequest) -> Imported | None:
    form = carrying.CarriedForm(request.POST)
    if not form.is_valid():
        return None
    try:
        return carrying.document_in(form.cleaned_data["carried"])
    except ValidationError:
        return None


def _choose(
    request: StaffRequest,
    version: Version | None,
    form: DocumentForm,
    told: Sequence[str] = (),
) -> HttpResponse:
    wrong = [("id_file", str(said)) for said in [*form.errors.get("file", []), *told]]
    context = {"version": version, "form": form, "complaints": wrong}
    status = _WRONG if wrong else HTTPStatus.OK
    return render(request, "desk/word.html", context, status=status)


def _preview(
    request: StaffRequest,
    version: Version | None,
    read: Imported,
    form: PutForm,
    *,
    refusal: str = "",
    told: Sequence[str] = (),
    status: HTTPStatus | None = None,
) -> HttpResponse:
    numbers = {one.key: one.number for one in read.candidates}
    body = content.render(read.body, numbers=numbers, prefix="read-")
    context: dict[str, Any] = {
        "version": version,
        "report": [*told, *read.report],
        "named": [row for row in form.rows if row.wanted],
        "is_looking_up": lookup.is_allowed(),
        "body": SafeString(body),
        "form": form,
        "refusal": refusal,
        "complaints": [(str(f.auto_id), str(e)) for f in form for e in f.errors],
    }
    status = status or (_WRONG if form.is_bound else HTTPStatus.OK)
    return render(request, "desk/word_preview.html", context, status=status)


def _again(
    request: StaffRequest, pk: int, read: Imported, error: MovedOn
) -> HttpResponse:
    """The same document against the draft as it stands now."""
    version = a_draft(request, pk)
    sent = request.POST.copy()
    sent["seen"] = str(version.revision)
    form = PutForm(sent, rows=documents.rows(read.candidates))
    said = f"{error.what}, by {error.who}. {_LOOK_AGAIN}"
    status = HTTPStatus.CONFLICT
    return _preview(request, version, read, form, refusal=said, status=status)


def _done(request: StaffRequest, edited: Edited) -> HttpResponse:
    messages.success(request, _DONE)
    for sentence in edited.dropped:
        messages.warning(request, sentence)
    return redirect(EDIT, edited.version.pk)
