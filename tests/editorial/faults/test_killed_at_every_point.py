"""A process killed anywhere in a deed leaves all of it or nothing."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles.models import Version
from editorial import checkpoints, workflow
from editorial.errors import MovedOn, Refused
from editorial.models import Event
from tests import make, traces
from tests.editorial.faults import deeds, killing
from tests.editorial.faults.deeds import DEEDS, Deed
from tests.editorial.faults.killing import Doom
from tests.editorial.faults.stage import Stage, fingerprint

AT_LEAST = (
    dict.fromkeys(DEEDS, 9) | dict.fromkeys(deeds.WITHOUT_EVENT, 5) | {"checkpoint": 6}
)
"""Points to die at in each deed, as known when this was written."""

DONE_ANEW = {"open_article", "change_account", "rebuild"}
"""Deeds that may be done twice: nothing tells the second from a new one."""

COULD_BE_ANOTHER = {
    *("invite", "resolve", "change_tier", "revise"),
    *("invite_author", "uninvite_author", "arrange_authors"),
    "confirm",
}
"""Deeds that one form could do again differently: the answer names oneself."""

SAID_AGAIN = {"report"}
"""Deeds that answer a second time as they did the first, and do nothing."""

LEFT_OUT = {
    *("ask_more_time", "extend", "lapse", "nudge", "remind_authors", "report_late"),
    *("change_blinding", "change_editor", "declare_conflict", "name_entities"),
    *("name_alternates", "recommend", "reopen", "reply"),
    *("lift_concern", "release", "release_to_concern"),
    *("retract", "reinstate", "remove"),
}
"""Steps that write the same kinds of rows in the same transaction as one that is here."""

NO_LONGER = {
    "decline_to_write": PermissionDenied,
    "empty_reader_report": Refused,
    "record_fact": Refused,
    "propose_term": Refused,
}
"""Deeds after which one is nobody who could do them, or the thing is there already."""


@pytest.mark.parametrize("name", DEEDS)
def test_a_kill_anywhere_leaves_all_or_nothing_and_a_retry_mends_it(
    name: str, stage: Stage, record_property: Callable[[str, object], None]
) -> None:
    points = killed_everywhere(stage, name, DEEDS[name]())

    record_property("kill points", points)
    assert points >= AT_LEAST[name]


def test_a_checkpoint_killed_before_it_is_anchored_is_anchored_by_the_next(
    stage: Stage, settings: Any
) -> None:
    file = Path(settings.CHECKPOINT_FILE)
    make.submitted()
    checkpoints.take()
    make.submitted()
    stage.keep()
    kept = file.read_bytes()

    for fated in itertools.count(1):
        if killing.survives(checkpoints.take, Doom(fated)):
            break
        checkpoints.take()
        assert [line["number"] for line in checkpoints.read_anchors(file) if line] == [
            1,
            2,
        ]
        assert traces.problems(file) == []
        stage.put_back()
        file.write_bytes(kept)
    assert fated > AT_LEAST["checkpoint"]


def test_every_step_is_killed_here_or_named_as_left_out() -> None:
    steps = {step.name for step in workflow.STEPS}

    assert steps - DEEDS.keys() == LEFT_OUT


def test_there_are_enough_points_to_die_at() -> None:
    assert sum(AT_LEAST.values()) > 250


def killed_everywhere(stage: Stage, name: str, deed: Deed) -> int:
    """Die at the first point, the second, and so on until there is none to die at."""
    traces.put_declarations_on_record()
    stage.keep()
    assert traces.problems() == []
    before = fingerprint()
    done = []
    with time_machine.travel(deeds.time_of(name), tick=False):
        with undone():
            deed()
            after = fingerprint()
        for fated in itertools.count(1):
            stage.restart_numbers()
            if killing.survives(deed, Doom(fated)):
                break
            found = fingerprint()
            assert found in (before, after), f"half of it is there after {fated}"
            done.append(found == after)
            if done[-1]:
                repeat(name, deed, after)
                stage.put_back()
                continue
            with undone():
                deed()
        assert fingerprint() == after
    assert traces.problems() == []  # and so in all the others like it
    assert (done[0], done[-1]) == (False, True), "there was no COMMIT to die after"
    return len(done)


def repeat(name: str, deed: Deed, after: str) -> None:
    """Try again what was done, though nobody was told that it was."""
    with undone():
        if name in DONE_ANEW:
            deed()
            assert traces.problems() == []
        elif name in deeds.BY_THE_HOUSE.keys() | SAID_AGAIN:
            deed()
            assert fingerprint() == after
        elif name in NO_LONGER:
            with pytest.raises(NO_LONGER[name]):
                deed()
            assert fingerprint() == after
        else:
            with pytest.raises(MovedOn) as caught:
                deed()
            assert caught.value.mine == (name not in COULD_BE_ANOTHER)
            assert caught.value.who == who_did_it(name)
            assert fingerprint() == after


def who_did_it(name: str) -> str:
    """The last to act; the last to save, where that is no event."""
    if name in deeds.WITHOUT_EVENT:
        return str(Version.history.latest("history_id").history_user)
    return str(Event.objects.latest("pk").actor)


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that is rolled back; as under Django's TestCase, deeds see none."""
    outermost = transaction.atomic()
    outermost._from_testcase = True  # type: ignore[attr-defined]  # noqa: SLF001
    with outermost:
        yield
        transaction.set_rollback(True)
