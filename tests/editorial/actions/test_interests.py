"""What people say of themselves: interests, each year, and days away."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import Error, connection, transaction
from django.utils import timezone

from editorial import ledger, roles, verification
from editorial.actions import desk, interests
from editorial.errors import Refused
from editorial.models import Event
from reviews import interests as lines
from reviews.models import Absence, Declaration
from tests import make, traces

TODAY = timezone.localdate()
A_DAY = dt.timedelta(days=1)


def general(**has: list[str]) -> lines.Answers:
    return lines.clean(make.answers(**has), lines.GENERAL)


def test_a_declaration_is_kept_with_its_event(db: None) -> None:
    by = make.author()

    with traces.one_event():
        made = interests.declare(by=by, answers=general(shares=["Acme"]))

    assert made.answers == general(shares=["Acme"])
    assert traces.said()["chain"] == "accounts"
    assert traces.step() == ("declared", "", "", "")
    assert list(traces.said()["rows"]) == [f"declaration:{made.pk}"]
    assert traces.told() == {}


def test_a_declaration_with_a_blank_line_is_none(db: None) -> None:
    answers = general()
    del answers["other"]

    with traces.nothing_left(Refused, "Answer “Any other interest"):
        interests.declare(by=make.author(), answers=answers)


def test_a_declaration_never_changes(db: None) -> None:
    made = interests.declare(by=make.author(), answers=general())

    with pytest.raises(Error, match="only grows"), transaction.atomic():
        Declaration.objects.filter(pk=made.pk).update(answers={})
    assert connection.is_usable()


@pytest.mark.parametrize("who", [roles.EDITOR, roles.CHIEF_EDITOR])
def test_nobody_sends_to_review_without_a_declaration(who: str, db: None) -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(days=366)):
        editor = make.user(who)
    version, reviewer = make.submitted(), make.reviewer()

    with traces.nothing_left(Refused, "Declare your interests first"):
        make.send(version, reviewers=[reviewer], editor=editor)
    interests.declare(by=editor, answers=general())
    make.send(version, tier="C", reviewers=[reviewer], editor=make.fresh(editor))

    assert Event.objects.filter(kind="sent_to_review").exists()


def test_nobody_sends_to_review_what_they_have_an_interest_in(db: None) -> None:
    version, editor = make.submitted(headline="What Acme sells"), make.editor()
    reviewer = make.reviewer()
    make.declaration(editor, consulting=["Acme"])

    with traces.nothing_left(Refused, "another editor must take this step"):
        make.send(version, tier="C", reviewers=[reviewer], editor=editor)


def test_nobody_approves_what_they_have_an_interest_in(db: None) -> None:
    version, chief = make.reviewed(tier="C", headline="What Acme sells"), make.chief()
    make.declaration(chief, shares=["Acme"])

    with traces.nothing_left(Refused, "This text is about Acme"):
        make.approve(version, by=chief)
    make.approve(version, by=make.chief())

    assert make.again(version).state == "approved"


def test_nobody_approves_without_a_declaration(db: None) -> None:
    version = make.reviewed(tier="C")
    with time_machine.travel(timezone.now() - dt.timedelta(days=366)):
        chief = make.chief()

    with traces.nothing_left(Refused, "Declare your interests first"):
        make.approve(version, by=chief)


def test_an_interest_in_something_else_hinders_nobody(db: None) -> None:
    editor = make.editor()
    make.declaration(editor, consulting=["Acme"])

    version = make.under_review(tier="C", editor=editor)
    desk.return_for_changes(version.pk, by=make.fresh(editor), reason="Mend it")

    assert make.again(version).state == "returned"


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (5, 4, "The last day comes before the first."),
        (-3, -1, "Those days have passed."),
        (0, 367, "Note at most a year at a time."),
    ],
)
def test_days_away_that_cannot_be(
    first: int, last: int, sentence: str, db: None
) -> None:
    by, given = make.reviewer(), {"first_day": TODAY + first * A_DAY}

    with traces.nothing_left(Refused, sentence):
        interests.be_away(by=by, **given, last_day=TODAY + last * A_DAY)


def test_days_away_are_noted_and_struck_by_oneself_alone(db: None) -> None:
    by, days = make.reviewer(), {"first_day": TODAY, "last_day": TODAY + A_DAY}

    absence = interests.be_away(by=by, **days)
    with traces.nothing_left(Refused, "struck already"):
        interests.be_back(by=make.reviewer(), absence_id=absence.pk)
    kept: Any = list(Absence.objects.values_list("person", "first_day", "last_day"))
    interests.be_back(by=by, absence_id=absence.pk)

    assert kept == [(by.pk, TODAY, TODAY + A_DAY)]
    assert not Absence.objects.exists()
    assert [h.history_user for h in Absence.history.all()] == [by, by]


def test_days_away_are_struck_once_by_a_click_too_many(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, lock = make.reviewer(), ledger.lock_named
    absence = interests.be_away(by=by, first_day=TODAY, last_day=TODAY)

    def late(chain: str) -> object:
        Absence.objects.filter(pk=absence.pk).delete()
        return lock(chain)

    monkeypatch.setattr(ledger, "lock_named", late)
    with traces.nothing_left(Refused, "struck already"):
        interests.be_back(by=by, absence_id=absence.pk)


def test_days_away_leave_an_event_and_the_record_holds(db: None) -> None:
    by, days = make.reviewer(), {"first_day": TODAY, "last_day": TODAY + A_DAY}
    said = {
        "person": by.pk,
        "first_day": TODAY.isoformat(),
        "last_day": (TODAY + A_DAY).isoformat(),
    }

    with traces.one_event():
        absence = interests.be_away(by=by, **days)
    assert (traces.step()[0], traces.said()["facts"]) == ("away_noted", said)
    assert traces.problems() == []
    with traces.one_event():
        interests.be_back(by=by, absence_id=absence.pk)

    gone = {"struck": [f"absence:{absence.pk}"]}
    assert (traces.step()[0], traces.said()["facts"]) == ("away_struck", said | gone)
    assert traces.problems() == []


def test_days_away_that_somebody_moved_are_found(db: None) -> None:
    days = {"first_day": TODAY, "last_day": TODAY + A_DAY}
    absence = interests.be_away(by=make.reviewer(), **days)

    Absence.objects.filter(pk=absence.pk).update(last_day=TODAY)

    assert [broken.row for broken in traces.problems()] == [f"absence {absence.pk}"]


def test_a_declaration_that_no_event_tells_of_is_found(db: None) -> None:
    by = make.reviewer()
    said = interests.declare(by=by, answers=general())

    slipped_in = Declaration.objects.create(person=by, answers=said.answers)

    found = [broken.row for broken in traces.problems()]
    assert found == [f"declaration {slipped_in.pk}"]


def test_a_declaration_is_on_record_and_the_record_holds(db: None) -> None:
    by = make.user()

    interests.declare(by=by, answers=general())

    assert traces.step()[0] == "declared"
    assert list(verification.problems()) == []
