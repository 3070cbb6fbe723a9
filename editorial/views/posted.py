"""What somebody sent: what is wrong with it, and the answers that must not be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from editorial.forms.reports import ReportForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.forms import BaseForm, BoundField

DIGITS = 18
"""No key of a row is as long as this."""

NOT_TOLD = (forms.CheckboxInput, forms.PasswordInput, forms.FileInput)


def complaints(form: BaseForm) -> list[tuple[str, str]]:
    """Each thing that is wrong, with the id of the field it is about."""
    return [(str(f.auto_id), str(said)) for f in _fields(form) for said in f.errors]


def written(form: BaseForm) -> list[tuple[str, str]]:
    """What somebody typed and chose in a form that came too late, with its labels."""
    if isinstance(form, ReportForm):
        return reported(form, form.content())
    return [(str(f.label), words) for f in _fields(form) if (words := _words(f))]


def reported(form: ReportForm, content: Mapping[str, str]) -> list[tuple[str, str]]:
    """What somebody wrote; the kind of a comment without words is the browser's."""
    empty = {row["kind"].html_name for row in form.rows if row.is_empty}
    said = form.said(content)
    return [(label, words) for name, label, words in said if name not in empty]


def _words(field: BoundField) -> str:
    """An answer as its reader knows it; no tick, and nothing that was not to be seen."""
    if field.is_hidden or isinstance(field.field.widget, NOT_TOLD):
        return ""
    value = field.value()
    answers = value if isinstance(value, list) else [value] if value else []
    named = {str(key): words for key, words in getattr(field.field, "choices", ())}
    return ", ".join(str(named.get(str(answer), answer)) for answer in answers)


def key(text: str) -> int | None:
    """The number of a row as addresses and forms name it; None where it is no such."""
    is_key = text.isascii() and text.isdigit() and len(text) < DIGITS
    return int(text) if is_key else None


def _fields(form: BaseForm) -> Iterable[BoundField]:
    """Those of the forms within it too."""
    found: Iterable[BoundField] = getattr(form, "every_field", form)
    return found
