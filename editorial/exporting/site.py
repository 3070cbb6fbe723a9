"""
What the public site consists of, brought into a folder.

Stored pages are proven like those that are sent; one that is as it was when it was
last exported is not even read. Every other page that anybody may keep is drawn: the
lists, and whatever they lead to.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models.functions import Length

from articles.models import Page
from articles.reading import queries, sending
from editorial import printouts, serving
from editorial.actions import withholding
from editorial.exporting import nginx
from editorial.exporting.addresses import file_of, linked
from editorial.exporting.folder import Folder, claimed
from editorial.exporting.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)
FIRST = (
    *("/", "/articles/", "/corrections/", "/robots.txt", "/sitemap.xml"),
    *("/feeds/articles.atom", "/feeds/corrections.atom"),
)
"""Where the drawn pages begin; no page's text links to what programs ask for."""

AWAY = "503.html"
CONFIGURATION = ".nginx.conf"


class NotReadyError(Exception):
    """Something that the site consists of is not there yet."""


@dataclass(frozen=True)
class Done:
    """
    What became of the files, and the addresses whose pages are damaged.

    `waiting` articles have a PDF that is not made yet.
    """

    written: int
    kept: int
    removed: int
    damaged: list[str]
    waiting: int = 0


def export(root: Path, *, anew: bool = False, program: str = "") -> Done:
    """
    Bring the public site into a folder; `anew`, look also at what seems to be the same.

    What pages need comes before them, and what is gone goes last. At the address
    `program`, or on this machine, the web server asks what is no file.
    """
    visitor = Visitor()
    with claimed(root) as folder:
        _static(folder)
        damaged = [*_stored(folder, anew=anew), *_on_paper(folder, anew=anew)]
        _drawn(folder, visitor)
        _for_the_server(folder, visitor, program or f"http://127.0.0.1:{settings.PORT}")
        removed = folder.sweep()
    waiting = printouts.waiting()
    return Done(folder.written, folder.kept, removed, damaged, waiting)


def _static(folder: Folder) -> None:
    root, below = Path(settings.STATIC_ROOT), settings.STATIC_URL.strip("/")
    files = [path for path in root.rglob("*") if path.is_file()]
    if not files:
        raise NotReadyError("Collect the static files first: manage.py collectstatic.")
    for file in files:
        folder.copy(file, f"{below}/{file.relative_to(root).as_posix()}")


def _stored(folder: Folder, *, anew: bool) -> Iterator[str]:
    """Bring the stored pages there but those that are damaged, whose paths it gives."""
    sizes = (Length("body"), Length("gzipped"))
    for path, built, *size in Page.objects.values_list("path", "built_at", *sizes):
        if not anew and folder.is_as_of(_moment(built), file_of(path), *size):
            continue
        try:
            _prove(folder, path)
        except serving.DamagedError as damaged:
            withholding.report(damaged.page)
            yield path


def _prove(folder: Folder, path: str) -> None:
    if page := serving.proven(path):
        body, gzipped = bytes(page.body), bytes(page.gzipped)
        folder.put(file_of(path), body, gzipped, at=_moment(page.built_at))


def _on_paper(folder: Folder, *, anew: bool) -> Iterator[str]:
    """Bring the PDFs there; those that are damaged are made again, and told of."""
    rows = printouts.in_sight().order_by("pk").annotate(size=Length("body"))
    for row in rows.select_related("page").defer("body", "page__body").iterator():
        name, at = file_of(row.path), _moment(row.built_at)
        if not anew and folder.is_as_of(at, name, row.__dict__["size"]):
            continue
        try:
            _prove_paper(folder, row.page.path)
        except printouts.DamagedError as damaged:
            withholding.report_printout(damaged.printout)
            printouts.ask_again(row.page)
            yield row.path
        except serving.DamagedError:
            continue  # its page was told of


def _prove_paper(folder: Folder, path: str) -> None:
    page = serving.proven(path)
    if page and (printout := printouts.proven(page)):
        at = _moment(printout.built_at)
        folder.put(file_of(printout.path), bytes(printout.body), at=at)


def _moment(at: dt.datetime) -> int:
    """In nanoseconds, as files have it."""
    return (at - EPOCH) // MICROSECOND * 1000


def _drawn(folder: Folder, visitor: Visitor) -> None:
    waiting = [*FIRST, *(topic.get_absolute_url() for topic in queries.topics())]
    known = {*waiting, *Page.objects.values_list("path", flat=True)}
    while waiting:
        address = waiting.pop()
        body = visitor.finds(address)
        if body is None:
            continue
        folder.put(file_of(address), body, sending.compressed(body))
        found = linked(address, body) - known
        known |= found
        waiting += [each for each in found if not each.startswith(settings.STATIC_URL)]


def _for_the_server(folder: Folder, visitor: Visitor, program: str) -> None:
    """What nginx says while the program is away, and how it sends the rest."""
    away = visitor.finds_nobody()
    folder.put(AWAY, away, sending.compressed(away))
    headers = dict(visitor.get("/").items())
    told = nginx.configuration(folder.root, headers, program)
    folder.put(CONFIGURATION, told.encode())
