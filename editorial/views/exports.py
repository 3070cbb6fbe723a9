"""The references of a version as files for other programs, and as printed lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.works import listing
from articles.works.ama import ama
from articles.works.vancouver import vancouver
from articles.works.writing import KINDS, Format, write
from editorial import queries
from editorial.actions import citing
from editorial.views.staff import StaffRequest, staff

if TYPE_CHECKING:
    from collections.abc import Callable

    from articles.models import Citation

    Cited = list[Citation]


class Export(NamedTuple):
    """A way to take references along; `suffix` is also the end of its address."""

    suffix: str
    label: str
    media_type: str
    write: Callable[[Cited], str]


def _file(form: Format, suffix: str) -> Export:
    kind = KINDS[form]

    def written(cited: Cited) -> str:
        return write(form, [(row.key, row.csl or row.work.csl) for row in cited])

    return Export(suffix, kind.label, kind.media_type, written)


def _list(style: Callable[..., str], suffix: str, label: str) -> Export:
    def written(cited: Cited) -> str:
        return listing.numbered(
            style(row.csl or row.work.csl, retracted=row.work.retracted_on is not None)
            for row in cited
        )

    return Export(suffix, label, "text/plain", written)


EXPORTS = (
    _file(Format.RIS, "ris"),
    _file(Format.NBIB, "nbib"),
    _file(Format.BIBTEX, "bib"),
    _file(Format.CSL_JSON, "csl.json"),
    _list(ama, "ama.txt", "Text, AMA"),
    _list(vancouver, "vancouver.txt", "Text, Vancouver"),
)
_BY_SUFFIX = {export.suffix: export for export in EXPORTS}


@staff
@require_safe
def references_file(request: StaffRequest, pk: int, form: str) -> HttpResponse:
    """The references in reading order, for whoever may see the version."""
    version = get_object_or_404(queries.visible_versions(request.user), pk=pk)
    export = _BY_SUFFIX.get(form)
    if export is None:
        raise Http404
    text = export.write(citing.in_order(version))
    response = HttpResponse(text, content_type=f"{export.media_type}; charset=utf-8")
    name = f"{version.article.slug}-v{version.number}-references.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
