"""What hangs on a version and is frozen with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.models import Citation, FindingAnswer, Rendition
from editorial.database.guard import Guard, irreplaceable, table_of
from editorial.database.versions import VERSION

if TYPE_CHECKING:
    from django.db.models import Model

MESSAGE = "a submitted version cannot change"


def guards() -> list[Guard]:
    return [g for model in (Rendition, Citation, FindingAnswer) for g in _frozen(model)]


def _frozen(model: type[Model]) -> list[Guard]:
    table = table_of(model)
    conditions = {
        "INSERT": _left_the_draft("NEW"),
        "UPDATE": f"{_left_the_draft('OLD')} OR {_left_the_draft('NEW')}",
        "DELETE": _left_the_draft("OLD"),
    }
    return [
        *(
            Guard(f"{table}_{verb.lower()}", table, verb, condition, MESSAGE)
            for verb, condition in conditions.items()
        ),
        *irreplaceable(model, MESSAGE),
    ]


def _left_the_draft(row: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {VERSION} v "
        f"WHERE v.id = {row}.version_id AND v.state <> 'draft')"
    )
