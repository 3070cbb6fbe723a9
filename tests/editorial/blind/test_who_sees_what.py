"""
A crawler in every seat, in every blinding: nobody reads what is not theirs to know.

Everybody walks from their desk along every link, form and notice; then everybody also
tries every address that anybody found, and every step with a stale form. What they
got, with their mail and the headers of every answer, is searched for each secret.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from articles.vocabulary import Blinding
from editorial import blinding, workflow
from editorial.models import Event
from tests.editorial.blind import house
from tests.editorial.blind.house import (
    BOTH,
    COMMENT,
    DESK,
    MAIL,
    NAME,
    ONE,
    OUTSIDERS,
    PLACE,
    TWO,
    VOTE,
    WAITING,
    WORDS,
    House,
    allowed,
)
from tests.editorial.blind.walking import STARTS, Walk

if TYPE_CHECKING:
    from editorial.models import User

pytestmark = pytest.mark.django_db

STEPS = re.compile(rf"/({'|'.join(step.name for step in workflow.STEPS)})/$")

IN_PUBLIC = ("editor", "author", WAITING, *OUTSIDERS)
"""One of each kind: they read what is public as well."""

Leak = tuple[str, tuple[str, str], str]

EARLY, LATE = house.ROUNDS
ONCE = pytest.mark.only("sqlite")
WALKS = [
    pytest.param(Blinding.OPEN, LATE, marks=ONCE),
    pytest.param(Blinding.SINGLE, EARLY, marks=ONCE),
    pytest.param(Blinding.DOUBLE, EARLY, marks=ONCE),
    (Blinding.DOUBLE, LATE),
]
"""
Every mode, and both rounds where most is hidden.

A walk is thousands of pages; both databases answer the one with most in it.
"""


def walks(lived_in: House, *parts: str) -> dict[str, Walk]:
    """Everybody's walk, or theirs: their own, then along all that anybody found."""
    people = lived_in.people
    found = {who: _walk(people[who], who in IN_PUBLIC) for who in parts or people}
    private = sorted(
        {
            address
            for walk in found.values()
            for address in walk.texts
            if address.startswith("/desk/")
        }
    )
    steps = [address for address in private if STEPS.search(address)]
    events = Event.objects.count()
    for who, walk in found.items():
        walk.read_mail()
        if who not in DESK:  # they may see it all
            walk.follow(*private)
            walk.try_steps(steps)
    assert Event.objects.count() == events
    return found


def _walk(person: User, in_public: bool) -> Walk:  # noqa: FBT001  as it is asked
    walk = Walk(person, in_public=in_public)
    walk.follow(*STARTS)
    return walk


def leaks(lived_in: House, stage: str, found: dict[str, Walk]) -> list[Leak]:
    return [
        (who, secret, where)
        for who, walk in found.items()
        for secret in set(lived_in.secrets) - allowed(lived_in, stage, who)
        for where in walk.reached(
            lived_in.secrets[secret], beside_forms=secret[0] == VOTE
        )[:3]
    ]


def told(found: list[Leak]) -> str:
    """A line for each."""
    return "\n".join(
        f"{who}: {what} of {whose} at {at}" for who, (what, whose), at in found
    )


@pytest.mark.long
@pytest.mark.parametrize(("mode", "stage"), WALKS)
def test_nobody_sees_what_is_not_theirs_to_know(mode: str, stage: str) -> None:
    lived_in = house.ROUNDS[stage](mode)

    found = walks(lived_in)

    assert told(leaks(lived_in, stage, found)) == ""
    assert _controls(lived_in, stage, found) == []


def _controls(lived_in: House, stage: str, found: dict[str, Walk]) -> list[str]:
    """What somebody who may know it must have come across, or the search is blind."""
    must: list[tuple[str, tuple[str, str]]] = [
        ("editor", secret)
        for secret in lived_in.secrets
        if secret[0] not in (MAIL, PLACE) and secret[1] not in _nowhere(lived_in)
    ]
    must += [(who, (MAIL, who)) for who in (ONE, "author")]
    must += [(who, house.TEXT) for who in (ONE, BOTH, "author")]
    must += [(ONE, (WORDS, TWO)), (ONE, (VOTE, TWO)), (TWO, (COMMENT, ONE))]
    if stage == "second round":
        must += [("author", (WORDS, ONE)), ("author", (COMMENT, TWO))]
    if lived_in.blinding == Blinding.OPEN:
        must += [(ONE, (NAME, TWO))]
        must += [("author", (NAME, ONE))] if stage == "second round" else []
    if lived_in.blinding != Blinding.DOUBLE:
        must += [(ONE, (NAME, "author")), (BOTH, (NAME, "author"))]
    return [
        f"{who} does not see {secret}"
        for who, secret in must
        if not found[who].reached(lived_in.secrets[secret])
    ]


def _nowhere(lived_in: House) -> set[str]:
    """People who have no part in this article yet."""
    newcomers = set() if len(lived_in.versions) > 1 else {house.NEWCOMER}
    return newcomers | {*house.OUTSIDERS, "chief", "auditor"}


@ONCE
def test_the_crawler_finds_what_is_planted(monkeypatch: pytest.MonkeyPatch) -> None:
    lived_in = house.first_round(Blinding.DOUBLE)
    names = (blinding.Sight, "name", lambda _, person: person.printed_name)
    authors = (blinding, "_knows_authors", lambda *_: True)
    bylines = (blinding, "hidden_bylines", lambda *_: set())
    peers = (blinding, "has_submitted", lambda *_: True)
    for planted in (names, authors, bylines, peers):
        monkeypatch.setattr(*planted)

    found = walks(lived_in, ONE, WAITING, BOTH, "editor")

    seen = {(who, secret) for who, secret, _ in leaks(lived_in, EARLY, found)}
    assert PLANTED - seen == set()


PLANTED = {
    (ONE, (NAME, TWO)),
    (ONE, (NAME, "author")),
    (BOTH, (PLACE, "co-author")),
    (WAITING, (WORDS, ONE)),
    (WAITING, (VOTE, TWO)),
}
"""What leaks once names, bylines and what peers say are no longer kept back."""


def test_a_stranger_is_told_nothing() -> None:
    lived_in = house.first_round(Blinding.OPEN)
    addresses = set(_walk(lived_in.people["editor"], in_public=True).texts)
    stranger = Client()

    texts = [stranger.get(address).content.decode() for address in addresses]

    secrets = [
        s for s, words in lived_in.secrets.items() if any(words in t for t in texts)
    ]
    assert secrets == []
