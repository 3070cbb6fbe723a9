"""The glossary: who proposes, who approves, and what is refused."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import glossary as terms
from articles.canonical import sha256_hex
from articles.glossary import TermText
from articles.models import Term
from editorial import glossary, ledger, roles
from editorial.actions import defining
from editorial.errors import MovedOn, Refused
from editorial.models import BoardMember
from reviews import signing
from tests import make, tampering, traces

if TYPE_CHECKING:
    from editorial.models import User

TEXT = TermText(
    name="anticoagulant",
    definition="A medicine that makes blood clot less easily.",
    spellings=("anticoagulants", "blood thinner"),
    source="https://medlineplus.gov/bloodthinners.html",
)
OTHER = dataclasses.replace(TEXT, definition="A medicine against clots.")


def with_(**fields: Any) -> TermText:
    return dataclasses.replace(TEXT, **fields)


def proposed(text: TermText = TEXT, *, by: User | None = None) -> Term:
    return defining.propose(by=by or make.author(), text=text)


def approved(text: TermText = TEXT, *, by: User | None = None) -> Term:
    return defining.approve_term(proposed(text).pk, by=by or make.chief())


def public() -> list[str]:
    return [row.definition for row in Term.objects.approved().order_by("pk")]


@pytest.mark.parametrize("who", ["author", "editor", "chief"])
def test_who_writes_or_edits_proposes_a_term(who: str, db: None) -> None:
    by = getattr(make, who)()

    with traces.one_event():
        row = defining.propose(by=by, text=TEXT)

    assert Term.objects.get().text == TEXT
    assert (row.slug, row.proposed_by, row.is_proposed) == ("anticoagulant", by, True)
    assert traces.step() == ("term_proposed", "", "proposed", "")
    assert traces.said()["chain"] == "glossary"
    assert traces.said()["facts"] == {"term": row.pk, "name": "anticoagulant"}
    assert public() == []
    assert traces.problems() == []


@pytest.mark.parametrize("who", ["chief", "reviewer"])
def test_another_approves_it_and_the_house_signs_the_words(who: str, db: None) -> None:
    by, row = getattr(make, who)(), proposed()

    with traces.one_event():
        defining.approve_term(row.pk, by=by)

    row = Term.objects.get()
    said = json.loads(row.approval)
    assert row.is_public
    assert (said["definition"], said["printed_name"]) == (TEXT.definition, str(by))
    assert said["role"] == {"chief": "chief editor", "reviewer": "board member"}[who]
    assert signing.verifies(row.approval.encode(), value=row.value, key=row.public_key)
    assert traces.step() == ("term_approved", "proposed", "approved", "")
    assert traces.said()["facts"] == {
        "term": row.pk,
        "name": "anticoagulant",
        "spellings": ["anticoagulant", "anticoagulants", "blood thinner"],
        "sha256": sha256_hex(row.approval.encode()),
    }
    assert traces.problems() == []


def test_other_words_are_public_once_they_are_approved_and_not_before(
    db: None,
) -> None:
    first = approved()

    second = defining.propose(by=make.editor(), text=OTHER, instead_of=first.pk)
    assert public() == [TEXT.definition]
    assert traces.step() == ("term_proposed", "approved", "proposed", "")

    defining.approve_term(second.pk, by=make.chief())
    assert public() == [OTHER.definition]
    assert traces.problems() == []


def test_what_came_and_what_went_is_looked_for_in_texts(db: None) -> None:
    first = approved()
    fewer = with_(spellings=("thinner",))
    second = defining.propose(by=make.editor(), text=fewer, instead_of=first.pk)

    defining.approve_term(second.pk, by=make.chief())

    assert traces.said()["facts"]["spellings"] == [
        *("anticoagulant", "thinner", "anticoagulants", "blood thinner")
    ]


def test_a_proposal_makes_room_for_the_next(db: None) -> None:
    first = proposed()

    second = defining.propose(by=make.author(), text=OTHER, instead_of=first.pk)

    assert [row.pk for row in Term.objects.proposed()] == [second.pk]
    assert set(traces.said()["rows"]) == {f"term:{first.pk}", f"term:{second.pk}"}
    assert traces.problems() == []


def test_a_term_is_taken_out_with_a_reason_and_can_come_again(db: None) -> None:
    row = approved()

    with traces.one_event():
        defining.end_term(row.pk, by=make.editor(), reason="Not what it means.")

    assert public() == []
    assert traces.step() == ("term_ended", "approved", "ended", "Not what it means.")
    assert traces.said()["facts"]["spellings"] == list(TEXT.all_spellings)
    assert approved().is_public
    assert traces.problems() == []


def test_who_proposed_takes_it_back(db: None) -> None:
    by = make.author()
    row = proposed(by=by)

    defining.end_term(row.pk, by=by, reason="Mistaken.")

    assert not Term.objects.living().exists()
    assert "spellings" not in traces.said()["facts"]


@pytest.mark.parametrize("role", [roles.REVIEWER, roles.AUDITOR, roles.ADMINISTRATOR])
def test_others_propose_nothing(role: str, db: None) -> None:
    who = make.user(role, is_superuser=True)

    with traces.nothing_left(PermissionDenied):
        defining.propose(by=who, text=TEXT)
    with traces.nothing_left(PermissionDenied):
        defining.propose(by=make.author(is_active=False), text=TEXT)


@pytest.mark.parametrize(
    "role", [roles.AUTHOR, roles.EDITOR, roles.REVIEWER, roles.AUDITOR]
)
def test_who_is_neither_chief_nor_of_the_board_approves_nothing(
    role: str, db: None
) -> None:
    row, who = proposed(), make.user(role, is_superuser=True)

    with traces.nothing_left(PermissionDenied):
        defining.approve_term(row.pk, by=who)
    with traces.nothing_left(PermissionDenied):
        defining.approve_term(row.pk, by=make.chief(is_active=False))


def test_a_member_of_the_board_approves_while_they_serve(db: None) -> None:
    row, by = proposed(), make.reviewer()
    today = timezone.localdate()
    served = BoardMember.objects.filter(user=by)
    served.update(until=today - dt.timedelta(days=1))

    with traces.nothing_left(PermissionDenied):
        defining.approve_term(row.pk, by=by)

    served.update(until=today)
    assert defining.approve_term(row.pk, by=make.fresh(by)).is_public


def test_nobody_approves_their_own_words(db: None) -> None:
    chief = make.chief()
    board = make.reviewer(roles.AUTHOR)

    for by, name in ((chief, "clot"), (board, "stroke")):
        row = proposed(TermText(name, "x"), by=by)
        with traces.nothing_left(PermissionDenied):
            defining.approve_term(row.pk, by=by)


def test_a_public_term_is_taken_out_by_the_desk_alone(db: None) -> None:
    by = make.author()
    row = proposed(by=by)
    defining.approve_term(row.pk, by=make.chief())

    for who in (by, make.reviewer(), make.user(roles.AUDITOR)):
        with traces.nothing_left(PermissionDenied):
            defining.end_term(row.pk, by=who, reason="Mine.")
    with traces.nothing_left(Refused, "Give a reason"):
        defining.end_term(row.pk, by=make.editor(), reason=" ")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (with_(definition="x" * 401), "within 400 characters"),
        (with_(name="Anticoagulant", spellings=()), "There is a term of the name"),
        (TermText("thinner", "x", ("Blood thinner",)), "belongs to the term"),
        (TermText("Ca++", "x"), "begin and end"),
    ],
)
def test_what_cannot_be_a_term_is_refused(
    text: TermText, sentence: str, db: None
) -> None:
    by, _ = make.author(), proposed()

    with traces.nothing_left(Refused, sentence):
        defining.propose(by=by, text=text)


def test_other_words_must_be_other_and_of_the_same_term(db: None) -> None:
    by, row = make.author(), proposed()

    with traces.nothing_left(Refused, "says already"):
        defining.propose(by=by, text=TEXT, instead_of=row.pk)
    with traces.nothing_left(Refused, "another term"):
        defining.propose(by=by, text=with_(name="heparin"), instead_of=row.pk)


def test_the_house_keeps_only_so_many_terms(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terms, "MOST_TERMS", 2)
    by, row = make.author(), proposed()
    proposed(TermText("clot", "x"))

    with traces.nothing_left(Refused, "^There are 2 terms already"):
        defining.propose(by=by, text=TermText("stroke", "x"))

    assert defining.propose(by=by, text=OTHER, instead_of=row.pk)


def test_of_two_who_change_it_the_second_is_told(db: None) -> None:
    one, other, row = make.author(), make.author(), proposed()
    defining.propose(by=one, text=OTHER, instead_of=row.pk)

    with traces.nothing_left(MovedOn, "Term proposed meanwhile") as caught:
        defining.propose(by=other, text=with_(definition="Third"), instead_of=row.pk)

    assert isinstance(caught.value, MovedOn)
    assert (caught.value.who, caught.value.mine) == (str(one), False)
    with pytest.raises(MovedOn) as again:
        defining.propose(by=one, text=OTHER, instead_of=row.pk)
    assert again.value.mine


def test_what_waits_no_more_is_not_approved(db: None) -> None:
    one, other, row = make.chief(), make.chief(), proposed()
    defining.approve_term(row.pk, by=one)

    with traces.nothing_left(MovedOn, "Term approved meanwhile") as caught:
        defining.approve_term(row.pk, by=other)
    with pytest.raises(MovedOn) as again:
        defining.approve_term(row.pk, by=one)

    assert isinstance(caught.value, MovedOn)
    assert (caught.value.who, caught.value.mine, again.value.mine) == (
        str(one),
        False,
        True,
    )


def test_who_takes_it_out_second_is_told(db: None) -> None:
    one, row = make.editor(), approved()
    defining.end_term(row.pk, by=one, reason="Wrong.")

    with traces.nothing_left(MovedOn, "Term taken out meanwhile"):
        defining.end_term(row.pk, by=make.editor(), reason="Wrong.")


def test_a_name_is_looked_up_once_the_chain_is_locked(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise two people take one new name, and the second sees an error."""
    steps: list[str] = []
    author = make.author()
    lock, object_to = ledger.lock_named, defining._objection  # noqa: SLF001
    monkeypatch.setattr(
        ledger, "lock_named", lambda name: steps.append("lock") or lock(name)
    )
    monkeypatch.setattr(
        defining,
        "_objection",
        lambda *asked: steps.append("look") or object_to(*asked),
    )

    defining.propose(by=author, text=TEXT)

    assert steps == ["lock", "look"]


@pytest.mark.parametrize("column", ["definition", "name", "spellings", "source"])
def test_words_changed_behind_the_record_are_noticed(column: str, db: None) -> None:
    row = approved()

    with tampering.unguarded():
        Term.objects.filter(pk=row.pk).update(**{column: "https://example.org/x"})

    where = f"term {row.pk}"
    assert [str(broken) for broken in traces.problems()] == [
        f"{where}: its row is not what its last event left",
        f"{where}: {glossary.NOT_APPROVED}",
    ]


def test_an_approval_of_nobodys_is_noticed(db: None) -> None:
    row = approved()
    forged = row.approval.replace("less", "more")

    with tampering.unguarded():
        Term.objects.filter(pk=row.pk).update(approval=forged)

    assert [broken.why for broken in traces.problems()][-1] == glossary.NOT_APPROVED
    assert glossary.approved(row.approval, row.value, row.public_key)
    assert glossary.approved(forged, row.value, row.public_key) is None
