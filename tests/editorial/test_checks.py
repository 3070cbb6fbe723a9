"""A step half added does not boot: each check fires when its thing is missing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core import checks as django_checks
from django.core.management import CommandError, call_command

from articles.models import Article, Version
from articles.reading import pango
from editorial import checks, database, noticing, notifications, workflow
from editorial.models import Event
from reviews.models import Assignment


def test_nothing_is_missing() -> None:
    assert checks.untaken_transitions() == []
    assert checks.unheard_events() == []
    assert checks.missing_mails() == []
    assert checks.no_pdfs() == []


@pytest.mark.parametrize(
    "step", [s for s in workflow.STEPS if s.transition], ids=lambda s: s.name
)
def test_a_transition_that_no_step_takes(
    step: workflow.Step[Version], monkeypatch: pytest.MonkeyPatch
) -> None:
    without = tuple(s for s in workflow.STEPS if s is not step)
    monkeypatch.setattr(workflow, "STEPS", without)

    assert step.transition
    assert [(c.id, c.msg) for c in checks.untaken_transitions()] == [
        ("editorial.E001", f"No step takes {step.transition.__qualname__}.")
    ]


def test_all_three_machines_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workflow, "STEPS", ())

    said = {c.msg.split()[3].partition(".")[0] for c in checks.untaken_transitions()}

    assert said == {m.__name__ for m in (Version, Article, Assignment)}


@pytest.mark.parametrize("kind", Event.Kind)
def test_an_event_that_nobody_hears_of(
    kind: Event.Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(notifications.AUDIENCES, kind)

    assert [(c.id, c.msg) for c in checks.unheard_events()] == [
        ("editorial.E002", f"notifications.AUDIENCES lacks {kind}.")
    ]


@pytest.mark.parametrize("part", checks.TEMPLATES)
def test_a_mail_that_is_missing(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = notifications.AUDIENCES[Event.Kind.SUBMITTED]
    monkeypatch.setitem(notifications.AUDIENCES, Event.Kind.CREATED, heard)

    said = [c.msg for c in checks.missing_mails()]

    assert f"The template emails/created.{part} is missing." in said
    assert len(said) == len(checks.TEMPLATES)


def test_a_house_that_promises_pdfs_and_cannot_make_them_is_warned_and_not_stopped(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PDF = True
    assert checks.no_pdfs() == []
    monkeypatch.setattr(pango, "missing", lambda: ("Pango",))

    (told,) = checks.no_pdfs()
    call_command("check")

    assert (told.id, told.is_serious(django_checks.WARNING)) == (
        *("editorial.W001", True),
    )
    assert told.msg == (
        "Pages lead to PDFs that cannot be made on this machine: Pango missing."
    )
    assert told.hint == (
        f"Set PDF=0 for the whole house, or where PDFs are made install {pango.REMEDY}."
    )
    settings.PDF = False
    assert checks.no_pdfs() == []


NOW = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    "day", [NOW, dt.date(2025, 11, 23), dt.date(2025, 11, 22)], ids=str
)
def test_numbers_that_were_checked_within_the_year(day: dt.date, settings: Any) -> None:
    settings.NUMBERS_CHECKED_ON = day

    with time_machine.travel(NOW):
        assert checks.old_numbers() == []


@pytest.mark.parametrize(
    ("day", "when"),
    [
        (None, "were checked by nobody yet"),
        (dt.date(2025, 11, 21), "were checked on 21 November 2025"),
        (dt.date(2026, 12, 24), "were checked on 24 December 2026"),
    ],
)
def test_numbers_that_nobody_checked_within_the_year(
    day: dt.date | None, when: str, settings: Any
) -> None:
    settings.NUMBERS_CHECKED_ON = day

    with time_machine.travel(NOW):
        (told,) = checks.old_numbers()

    assert told.msg == f"The numbers to call in an emergency {when}."
    assert told.is_serious(django_checks.WARNING)


def test_whoever_deploys_is_told_of_numbers() -> None:
    registry = django_checks.registry.registry

    told = registry.get_checks(include_deployment_checks=True)

    assert checks.old_numbers in told
    assert checks.old_numbers not in registry.get_checks()


def test_every_check_is_registered() -> None:
    registered = django_checks.registry.registry.get_checks()

    wanted = {checks.untaken_transitions, checks.unheard_events, checks.missing_mails}
    assert wanted | {checks.no_pdfs} <= set(registered)
    assert database.check in registered


def test_the_program_does_not_start_with_a_step_half_added(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(notifications.AUDIENCES, Event.Kind.SUBMITTED)

    with pytest.raises(CommandError, match=r"AUDIENCES lacks submitted"):
        call_command("check")


def test_every_kind_of_event_is_left_by_something() -> None:
    """No word is kept for what never happens."""
    by_steps = {step.kind for step in workflow.STEPS}
    otherwise = {
        Event.Kind.CREATED,
        Event.Kind.IMPORTED,
        Event.Kind.ACCOUNT_CHANGED,
        Event.Kind.AWAY_NOTED,
        Event.Kind.AWAY_STRUCK,
        Event.Kind.NAMING_CHOSEN,
        Event.Kind.POLICY_ISSUED,
        Event.Kind.FACT_RECORDED,
        Event.Kind.TERM_PROPOSED,
        Event.Kind.TERM_APPROVED,
        Event.Kind.TERM_ENDED,
        Event.Kind.LIBRARY_LOADED,
        Event.Kind.EFFECT_SETTLED,
        Event.Kind.QUESTION_ASKED,
        Event.Kind.QUESTION_SETTLED,
        Event.Kind.QUESTION_CAME_BACK,
        Event.Kind.QUESTION_SEPARATED,
        Event.Kind.QUESTION_EMPTIED,
        *noticing.ISSUED,
    }

    assert by_steps | otherwise == set(Event.Kind)
    assert apps.get_app_config("editorial").name == "editorial"
