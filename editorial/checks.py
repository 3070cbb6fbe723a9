"""System checks of our own: a step half added does not boot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import checks
from django.core.checks import Error
from django.core.checks import register as register_check
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone
from django_fsm import FSMField

from articles.asking import helping
from articles.models import Article, Version
from articles.reading import pango
from editorial import notifications, workflow
from editorial.models import Event
from reviews.models import Assignment

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPLATES = ("subject.txt", "txt", "html")
WITHOUT_STEP = frozenset({"supersede", "reopen"})
"""Transitions that happen inside another step."""


def register() -> None:
    for check in (untaken_transitions, unheard_events, missing_mails, no_pdfs):
        register_check(check)
    register_check(old_numbers, deploy=True)


def untaken_transitions(**_: Any) -> list[Error]:
    """Every transition of a model is taken by a step."""
    taken = {step.transition for step in workflow.STEPS if step.transition}
    return [
        Error(f"No step takes {method.__qualname__}.", id="editorial.E001")
        for model in (Version, Article, Assignment)
        for method in _transitions(model)
        if method not in taken and method.__name__ not in WITHOUT_STEP
    ]


def unheard_events(**_: Any) -> list[Error]:
    """Every kind of event says who hears of it, be it nobody."""
    return [
        Error(f"notifications.AUDIENCES lacks {kind}.", id="editorial.E002")
        for kind in Event.Kind
        if kind not in notifications.AUDIENCES
    ]


def missing_mails(**_: Any) -> list[Error]:
    """Every event that somebody hears of at once has its three mail templates."""
    return [
        Error(f"The template emails/{kind}.{part} is missing.", id="editorial.E003")
        for kind, audiences in notifications.AUDIENCES.items()
        if any(not audience.waits for audience in audiences)
        for part in TEMPLATES
        if not _exists(f"emails/{kind}.{part}")
    ]


def no_pdfs(**_: Any) -> list[checks.Warning]:
    """A house whose pages lead to PDFs has here what they are made with."""
    if not settings.PDF or pango.is_possible():
        return []
    message = f"Pages lead to PDFs that cannot be made on this machine: {pango.said()}."
    hint = (
        f"Set PDF=0 for the whole house, or where PDFs are made install {pango.REMEDY}."
    )
    return [checks.Warning(message, hint=hint, id="editorial.W001")]


def old_numbers(**_: Any) -> list[checks.Warning]:
    """Whom to call in an emergency was looked up within the year."""
    if helping.is_checked(timezone.localdate()):
        return []
    day = helping.checked_on()
    when = f"were checked on {day:%-d %B %Y}" if day else "were checked by nobody yet"
    message = f"The numbers to call in an emergency {when}."
    hint = "Check articles/asking/helping.py, then set NUMBERS_CHECKED_ON to that day."
    return [checks.Warning(message, hint=hint, id="editorial.W002")]


def _transitions(model: type[Any]) -> Iterator[Any]:
    field = next(f for f in model._meta.fields if isinstance(f, FSMField))
    for name in sorted({move.name for move in field.get_all_transitions(model)}):
        yield getattr(model, name)


def _exists(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True
