"""Regulatory facts: who writes them down, and what is refused."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from articles import phrases
from articles.models import RegulatoryFact
from editorial import ledger, roles
from editorial.actions import minding
from editorial.actions.minding import FactText
from editorial.errors import MovedOn, Refused
from tests import make, traces

TEXT = FactText(
    name="Schedule of tramadol",
    statement="Tramadol was not scheduled.",
    phrases="tramadol … not a controlled substance",
    jurisdiction="the United States",
    source="https://www.govinfo.gov/app/details/FR-2014-07-02/2014-15548",
    valid_to=dt.date(2014, 8, 17),
)


def with_(**fields: Any) -> FactText:
    return dataclasses.replace(TEXT, **fields)


@pytest.mark.parametrize("who", ["editor", "chief"])
def test_the_desk_writes_a_fact_down_and_the_house_remembers(
    who: str, db: None
) -> None:
    by = getattr(make, who)()

    with traces.one_event():
        row = minding.record_fact(by=by, text=TEXT)

    stored = RegulatoryFact.objects.get(pk=row.pk)
    assert {n: getattr(stored, n) for n in dataclasses.asdict(TEXT)} == (
        dataclasses.asdict(TEXT)
    )
    assert traces.step() == ("fact_recorded", "", "recorded", "")
    assert traces.said()["chain"] == "facts"
    assert traces.said()["facts"] == {"fact": row.pk, "name": TEXT.name}
    assert traces.told() == {}
    assert traces.problems() == []


def test_a_fact_is_changed_and_what_it_said_is_kept(db: None) -> None:
    by = make.editor()
    row = minding.record_fact(by=by, text=TEXT)

    minding.record_fact(
        by=by,
        text=with_(statement="It was scheduled nowhere."),
        fact_id=row.pk,
        seen=minding.edition(row),
    )

    kept = RegulatoryFact.history.filter(id=row.pk).order_by("history_id")
    assert [h.statement for h in kept] == [TEXT.statement, "It was scheduled nowhere."]
    assert traces.step() == ("fact_recorded", "recorded", "recorded", "")


def test_a_fact_changed_behind_the_ledger_is_noticed(db: None) -> None:
    row = minding.record_fact(by=make.editor(), text=TEXT)
    RegulatoryFact.objects.filter(pk=row.pk).update(statement="Otherwise")

    assert [broken.row for broken in traces.problems()] == [f"regulatoryfact {row.pk}"]


@pytest.mark.parametrize(
    "role", [roles.AUTHOR, roles.REVIEWER, roles.AUDITOR, roles.ADMINISTRATOR]
)
def test_nobody_off_the_desk_writes_one(role: str, db: None) -> None:
    who = make.user(role, is_superuser=True)

    with traces.nothing_left(PermissionDenied):
        minding.record_fact(by=who, text=TEXT)
    with traces.nothing_left(PermissionDenied):
        minding.record_fact(by=make.editor(is_active=False), text=TEXT)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"phrases": "abc"}, "too short"),
        ({"phrases": "tramadol\u200b free"}, "nobody sees"),
        ({"valid_from": dt.date(2020, 1, 1)}, "ends before it begins"),
        ({"name": "Waiver to prescribe buprenorphine"}, "already"),
    ],
)
def test_a_fact_that_cannot_be_looked_for_is_refused(
    fields: dict[str, Any], sentence: str, db: None
) -> None:
    with traces.nothing_left(Refused, sentence):
        minding.record_fact(by=make.editor(), text=with_(**fields))


def test_of_two_who_change_it_the_second_is_told(db: None) -> None:
    one, other = make.editor(), make.editor()
    row = minding.record_fact(by=one, text=TEXT)
    seen = minding.edition(row)
    minding.record_fact(by=one, text=with_(statement="One"), fact_id=row.pk, seen=seen)

    with traces.nothing_left(MovedOn, "Changed meanwhile") as caught:
        minding.record_fact(
            by=other, text=with_(statement="Two"), fact_id=row.pk, seen=seen
        )

    assert isinstance(caught.value, MovedOn)
    assert (caught.value.who, caught.value.mine) == (str(one), False)


def test_the_house_keeps_only_so_many_facts(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, known = make.editor(), RegulatoryFact.objects.count()
    monkeypatch.setattr(phrases, "MOST_FACTS", known + 1)
    row = minding.record_fact(by=by, text=TEXT)

    with traces.nothing_left(Refused, f"^There are {known + 1} facts already"):
        minding.record_fact(by=by, text=with_(name="Another"))

    assert minding.record_fact(by=by, text=with_(name="Same"), fact_id=row.pk)


def test_a_name_is_looked_up_once_the_chain_is_locked(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise two editors take one new name, and the second sees an error."""
    steps: list[str] = []
    editor = make.editor()
    lock, object_to = ledger.lock_named, minding._objection  # noqa: SLF001
    monkeypatch.setattr(
        ledger, "lock_named", lambda name: steps.append("lock") or lock(name)
    )
    monkeypatch.setattr(
        minding,
        "_objection",
        lambda *asked: steps.append("look") or object_to(*asked),
    )

    minding.record_fact(by=editor, text=TEXT)

    assert steps == ["lock", "look"]
