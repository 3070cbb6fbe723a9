"""Whom to put in charge, of one article or of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from editorial import roles
from editorial.forms.base import StepForm, optional_reason
from editorial.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet

UNSAID = "Choose who is to be in charge."


def editors() -> QuerySet[User]:
    """Everybody who works on the desk, by name."""
    found = User.objects.filter(groups__name__in=roles.DESK, is_active=True)
    return found.distinct().order_by("name", "pk")


class EditorForm(StepForm):
    """The deed says of each article who cannot have it, and why."""

    editor = forms.TypedChoiceField(
        label="Editor in charge",
        coerce=int,
        error_messages={"required": UNSAID, "invalid_choice": UNSAID},
    )
    reason = optional_reason("Note for the record")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(person.pk, person.printed_name) for person in editors()]
        self.fields["editor"].choices = [("", "Choose"), *people]  # type: ignore[attr-defined]
