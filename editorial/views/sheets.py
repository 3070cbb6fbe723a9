"""Tables for a spreadsheet, of which no cell is ever taken for a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MARK = "\ufeff"
"""Tells a spreadsheet that the file is UTF-8."""
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
LOOK_ALIKES = ("＝", "＋", "－", "＠")  # noqa: RUF001  full-width signs, which some programs read as the plain ones


def sheet(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A CSV file to keep: UTF-8 with its mark, every cell quoted."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([cell(value) for value in row] for row in rows)
    response = HttpResponse(
        MARK + out.getvalue(), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def cell(value: object) -> str:
    """The value as text; an apostrophe goes before what begins like a formula."""
    if value is None:
        return ""
    text = str(value).replace("\0", "")
    if isinstance(value, int | float):
        return text
    begins = text.lstrip(" \u00a0\ufeff\u200b").startswith((*FORMULAS, *LOOK_ALIKES))
    return f"'{text}" if begins or text.startswith(FORMULAS) else text
