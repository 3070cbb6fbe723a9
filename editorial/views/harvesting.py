"""The door for harvesters: OAI-PMH, by GET and by POST, which changes nothing either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.reading.elsewhere import addresses
from articles.reading.harvest import asking, records, tokens, writing
from articles.reading.harvest.asking import TOKEN, Asked, WrongError
from articles.reading.harvest.tokens import Place
from articles.reading.outlets import xml
from articles.reading.sending import KEPT_BY_ALL
from editorial import serving
from editorial.actions import withholding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest

    from articles.models import Version

XML = "text/xml; charset=utf-8"
AT_ONCE = 50
PAUSE = "600"
NOT_REPEATED = {"badVerb", "badArgument"}
"""Mistakes after which the protocol wants nothing of the request said again."""


class NotBuiltError(Exception):
    """What a record needs is not stored yet, or no longer."""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """What is wrong with a request is answered with 200, as the protocol has it."""
    given = request.POST if request.method == "POST" else request.GET
    asked = None
    try:
        asked = asking.read(given)
        tree = writing.frame(timezone.now(), asked)
        VERBS[asked.verb](tree, asked)
    except WrongError as wrong:
        meant = None if wrong.code in NOT_REPEATED else asked
        tree = writing.frame(timezone.now(), meant)
        writing.error(tree, wrong)
    except serving.DamagedError as damaged:
        withholding.report(damaged.page)
        return _later()
    except NotBuiltError:
        return _later()
    headers = {"Cache-Control": KEPT_BY_ALL}
    return HttpResponse(xml.written(tree), content_type=XML, headers=headers)


def _later() -> HttpResponse:
    """Harvesters ask again, and miss nothing."""
    return HttpResponse(status=503, headers={"Retry-After": PAUSE})


def _identify(tree: xml.Element, asked: Asked) -> None:
    writing.identify(xml.child(tree, asked.verb), records.earliest())


def _formats(tree: xml.Element, asked: Asked) -> None:
    if identifier := asked.arguments.get("identifier"):
        records.one(identifier)
    writing.formats(xml.child(tree, asked.verb))


def _sets(tree: xml.Element, asked: Asked) -> None:
    if TOKEN in asked.arguments:
        raise WrongError("badResumptionToken", "The list of sets is given at once.")
    writing.sets(xml.child(tree, asked.verb))


def _record(tree: xml.Element, asked: Asked) -> None:
    prefix = asked.arguments["metadataPrefix"]
    version = records.one(asked.arguments["identifier"])
    asking.check_format(prefix)
    (about,) = _about([version], prefix)
    writing.record(xml.child(tree, asked.verb), version, about)


def _identifiers(tree: xml.Element, asked: Asked) -> None:
    place, found = _found(asked)
    listed = xml.child(tree, asked.verb)
    for version in found[:AT_ONCE]:
        writing.header(listed, version)
    _go_on(listed, place, found)


def _records(tree: xml.Element, asked: Asked) -> None:
    """What is damaged is left out once the desk has been told, as lists leave it out."""
    place, found = _found(asked)
    rows, prefix = found[:AT_ONCE], place.selection.prefix
    try:
        described = _about(rows, prefix)
    except (serving.DamagedError, NotBuiltError):
        rows = _undamaged(rows, prefix)
        if not rows:  # a list of nothing is none
            raise
        described = _about(rows, prefix)
    listed = xml.child(tree, asked.verb)
    for version, about in zip(rows, described, strict=True):
        writing.record(listed, version, about)
    _go_on(listed, place, found)


def _found(asked: Asked) -> tuple[Place, list[Version]]:
    """Where the request begins, and one record more than is answered at once."""
    if token := asked.arguments.get(TOKEN):
        place = tokens.read(token)
    else:
        place = Place(asking.selection(asked.arguments))
    return place, records.some(place, AT_ONCE + 1)


def _go_on(listed: xml.Element, place: Place, found: Sequence[Version]) -> None:
    if len(found) > AT_ONCE:
        last = records.key(found[AT_ONCE - 1])
        further = Place(place.selection, last, place.cursor + AT_ONCE)
        writing.resumption(listed, tokens.write(further), place.cursor)
    elif place.cursor:
        writing.resumption(listed, "", place.cursor)


def _about(rows: Sequence[Version], prefix: str) -> list[xml.Element | None]:
    """The metadata of each record, in the queries of one; None for a deleted one."""
    live = _live(rows)
    if prefix == "oai_dc":
        return [writing.dublin_core(row) if row in live else None for row in rows]
    paths = {row: addresses.file_path(row.article.slug, ".xml") for row in live}
    pages = serving.proven_all(paths.values())
    if len(pages) < len(live):
        raise NotBuiltError
    return [
        writing.jats(bytes(pages[paths[row]].body)) if row in paths else None
        for row in rows
    ]


def _undamaged(rows: Sequence[Version], prefix: str) -> list[Version]:
    """The desk is told of the others; `_about` finds nothing wrong with these."""
    damaged = {
        row for row in rows if records.is_live(row) and not records.is_signed(row)
    }
    for row in damaged:
        withholding.report_text(row)
    whole = [row for row in rows if row not in damaged]
    return whole if prefix == "oai_dc" else _with_whole_files(whole)


def _with_whole_files(rows: list[Version]) -> list[Version]:
    live = [row for row in rows if records.is_live(row)]
    paths = {addresses.file_path(row.article.slug, ".xml"): row for row in live}
    try:
        serving.proven_all(paths)
    except serving.DamagedError as damaged:
        withholding.report(damaged.page)
        mended = [row for row in rows if row != paths[damaged.page.path]]
        return _with_whole_files(mended)
    return rows


def _live(rows: Sequence[Version]) -> list[Version]:
    """Those not deleted; NotBuiltError, and the desk told, where one was never approved."""
    live = [row for row in rows if records.is_live(row)]
    for row in live:
        if not records.is_signed(row):
            withholding.report_text(row)
            raise NotBuiltError
    return live


VERBS: dict[str, Callable[[Any, Asked], None]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _record,
    "ListIdentifiers": _identifiers,
    "ListRecords": _records,
}
