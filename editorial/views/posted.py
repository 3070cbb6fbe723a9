"""What somebody sent: what is wrong with it, and the words that must not be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editorial.forms.base import Prose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.forms import BaseForm, BoundField

DIGITS = 18
"""No key of a row is as long as this."""


def complaints(form: BaseForm) -> list[tuple[str, str]]:
    """Each thing that is wrong, with the id of the field it is about."""
    return [(str(f.auto_id), str(said)) for f in _fields(form) for said in f.errors]


def prose(form: BaseForm) -> list[tuple[str, str]]:
    """The prose of a form that came too late, with its labels."""
    texts = (f for f in _fields(form) if isinstance(f.field, Prose))
    return [(str(f.label), str(f.value())) for f in texts if f.value()]


def key(text: str) -> int | None:
    """The number of a row as addresses and forms name it; None where it is no such."""
    is_key = text.isascii() and text.isdigit() and len(text) < DIGITS
    return int(text) if is_key else None


def _fields(form: BaseForm) -> Iterable[BoundField]:
    """Those of the forms within it too."""
    found: Iterable[BoundField] = getattr(form, "every_field", form)
    return found
