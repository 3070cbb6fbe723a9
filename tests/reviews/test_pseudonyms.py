"""Letters for reviewers: one for each, drawn, and the same in the whole article."""

from __future__ import annotations

import string

import pytest

from editorial.actions import desk, inviting
from reviews import pseudonyms
from reviews.models import Assignment
from tests import make

pytestmark = pytest.mark.django_db


def letters(version: object) -> dict[int, str]:
    asked = Assignment.objects.filter(version=version)
    return dict(asked.values_list("reviewer", "pseudonym"))


def test_everybody_who_is_asked_has_a_letter_of_their_own() -> None:
    asked = [make.reviewer() for _ in range(5)]

    found = letters(make.under_review(reviewers=asked))

    assert set(found) == {person.pk for person in asked}
    assert len(set(found.values())) == 5
    assert set(found.values()) < set(string.ascii_uppercase)


def test_who_is_asked_again_keeps_their_letter() -> None:
    author, again, before = make.author(), make.reviewer(), make.reviewer()
    first = make.under_review(by=author, reviewers=[again, before])
    desk.return_for_changes(first.pk, by=make.editor(), reason="Mend it.")

    second = make.send(
        make.resubmitted(first, by=author), reviewers=[make.reviewer(), again]
    )

    assert letters(second)[again.pk] == letters(first)[again.pk]
    assert letters(first)[before.pk] not in letters(second).values()


def test_who_is_asked_later_takes_no_letter_of_another() -> None:
    version = make.under_review(reviewers=[make.reviewer()])
    before = letters(version)
    later = make.reviewer()

    inviting.invite(version.pk, by=make.editor(), reviewers=[later.pk])

    after = letters(version)
    assert {pk: after[pk] for pk in before} == before
    assert after[later.pk] not in before.values()


def test_letters_are_drawn_and_do_not_follow_the_order() -> None:
    version = make.draft()

    drawn = {tuple(pseudonyms.draw(version, range(1, 6)).values()) for _ in range(20)}

    assert len(drawn) > 1
    assert tuple("ABCDE") not in drawn


def test_there_are_letters_for_more_people_than_the_alphabet_has() -> None:
    found = pseudonyms.draw(make.draft(), range(40))

    assert len(set(found.values())) == 40
    assert {len(letter) for letter in found.values()} == {1, 2}


def test_a_letter_is_spelled_out() -> None:
    assert pseudonyms.spelled("K") == "Reviewer K"
    assert pseudonyms.spelled("") == "A reviewer"
