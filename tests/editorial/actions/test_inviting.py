"""Whom the editors ask: ties that forbid it, and alternates who step in."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from articles.models import Article, Authorship
from articles.vocabulary import Tier
from editorial.actions import desk, inviting, reviewing
from editorial.errors import MovedOn, Refused
from editorial.models import Event, User
from reviews.models import Absence, Alternate, Assignment
from tests import make, traces

if TYPE_CHECKING:
    from collections.abc import Callable

    from articles.models import Version

TODAY = timezone.localdate()
A_DAY = dt.timedelta(days=1)


def author_of(version: Version) -> User:
    return version.article.authorships.order_by("pk")[0].user


def employed_together(version: Version, person: User) -> str:
    User.objects.filter(pk=person.pk).update(affiliation="Brown  CLINIC, Ltd.")
    author = author_of(version)
    User.objects.filter(pk=author.pk).update(affiliation="Brown Clinic")
    return f"{person} has the same employer as {author}, an author."


def wrote_together(version: Version, person: User) -> str:
    other = make.draft(by=author_of(version))
    Authorship.objects.create(article=other.article, user=person, position=2)
    return f"{person} wrote with an author of this article in the last three years."


def wrote_a_source(_version: Version, person: User) -> str:
    User.objects.filter(pk=person.pk).update(name="Josiah T. Carberry")
    return "Josiah T. Carberry, MD wrote a work that is cited."


def has_an_interest(version: Version, person: User) -> str:
    Article.objects.filter(pk=version.article_id).update(entities="Acme AG")
    make.declaration(person, consulting=["Acme"], grants=["Elsewhere"])
    return f"{person} declared an interest in Acme."


def is_away(_version: Version, person: User) -> str:
    last = TODAY + 20 * A_DAY
    Absence.objects.create(person=person, first_day=TODAY + 16 * A_DAY, last_day=last)
    return f"{person} is away in the time of this review, until {last:%-d %B %Y}."


TIES: dict[str, Callable[[Version, User], str]] = {
    "employer": employed_together,
    "co-author": wrote_together,
    "cited": wrote_a_source,
    "interest": has_an_interest,
    "away": is_away,
}


@pytest.mark.parametrize("tie", TIES)
def test_who_is_tied_to_a_text_is_not_asked_about_it(tie: str, db: None) -> None:
    version, person, editor = make.submitted(), make.reviewer(), make.editor()
    sentence = TIES[tie](version, person)

    with traces.nothing_left(Refused) as caught:
        make.send(version, tier=Tier.C, reviewers=[person], editor=editor)

    assert str(caught.value) == sentence


@pytest.mark.parametrize("tie", TIES)
def test_who_is_tied_is_neither_invited_later_nor_stands_by(tie: str, db: None) -> None:
    version, person, editor = make.under_review(), make.reviewer(), make.editor()
    sentence = TIES[tie](version, person)

    for deed in ("invite", "name_alternates"):
        given = {"invite": "reviewers", "name_alternates": "alternates"}[deed]
        with traces.nothing_left(Refused) as caught:
            getattr(inviting, deed)(version.pk, by=editor, **{given: [person.pk]})
        assert str(caught.value) == sentence


def test_what_is_long_ago_or_elsewhere_ties_nobody(db: None) -> None:
    version, person = make.submitted(), make.reviewer(affiliation="Green Clinic")
    other = make.draft(by=author_of(version)).article
    Authorship.objects.create(article=other, user=person, position=2)
    other.versions.update(created_at=timezone.now() - dt.timedelta(days=3 * 366))
    Absence.objects.create(
        person=person, first_day=TODAY - A_DAY, last_day=TODAY - A_DAY
    )
    later = TODAY + 18 * A_DAY
    Absence.objects.create(person=person, first_day=later, last_day=later)
    User.objects.filter(pk=author_of(version).pk).update(affiliation="Brown Clinic")

    make.send(version, tier=Tier.C, reviewers=[person])

    assert version.assignments.get().reviewer == person


def test_naming_companies_is_part_of_the_triage(db: None) -> None:
    version, person, editor = make.submitted(), make.reviewer(), make.editor()
    make.declaration(person, shares=["Acme"])
    given = {"tier": Tier.C, "specialty": make.CARDIOLOGY, "reviewers": [person.pk]}

    with traces.nothing_left(Refused, "declared an interest in Acme"):
        desk.send_to_review(version.pk, by=editor, entities="Acme\n\nAcme", **given)
    desk.send_to_review(version.pk, by=editor, entities=" Brown \nFoo", **given)

    assert make.article(version).entities == "Brown\nFoo"


def test_an_editor_with_an_interest_in_what_they_name_does_not_send(db: None) -> None:
    version, editor, person = make.submitted(), make.editor(), make.reviewer()
    make.declaration(editor, shares=["Acme"])

    with traces.nothing_left(Refused, "another editor must take this step"):
        desk.send_to_review(
            version.pk,
            by=editor,
            tier=Tier.C,
            specialty="",
            reviewers=[person.pk],
            entities="Acme",
        )


def standing_by(*alternates: User, tier: str = Tier.C) -> Assignment:
    """The only invitation of a version for which these people stand by."""
    version = make.submitted()
    desk.send_to_review(
        version.pk,
        by=make.editor(),
        tier=tier,
        specialty=make.CARDIOLOGY,
        reviewers=[make.reviewer().pk],
        alternates=[person.pk for person in alternates],
    )
    return version.assignments.select_related("reviewer", "invited_by").get()


def waiting() -> list[tuple[int, int]]:
    return list(Alternate.objects.values_list("rank", "reviewer"))


def test_alternates_are_named_in_their_order(db: None) -> None:
    one, two, three = (make.reviewer() for _ in range(3))
    asked = standing_by(one, two)
    assert waiting() == [(1, one.pk), (2, two.pk)]

    rows = Alternate.objects.order_by("rank")
    stood_by = [f"alternate:{pk}" for pk in rows.values_list("pk", flat=True)]
    with traces.one_event():
        inviting.name_alternates(
            asked.version_id, by=make.editor(), alternates=[three.pk, one.pk, one.pk]
        )

    assert waiting() == [(1, three.pk), (2, one.pk)]
    assert traces.said()["facts"] == {
        "alternates": [three.pk, one.pk],
        "struck": stood_by,
    }
    assert traces.told() == {}
    inviting.name_alternates(asked.version_id, by=make.editor(), alternates=[])
    assert waiting() == []


def test_who_is_asked_does_not_stand_by(db: None) -> None:
    asked = standing_by()

    with traces.nothing_left(Refused, "has been asked already"):
        inviting.name_alternates(
            asked.version_id, by=make.editor(), alternates=[asked.reviewer_id]
        )


def gone(asked: Assignment, how: str) -> None:
    by = make.fresh(asked.reviewer)
    match how:
        case "decline":
            reviewing.decline(asked.pk, by=by, reason="No time")
        case "recuse":
            make.accepted(asked)
            reviewing.recuse(asked.pk, by=make.fresh(by), reason="A friend")
        case _:
            Assignment.objects.update(respond_by=timezone.now())
            inviting.expire(asked.pk, by=make.editor(), reason="Silent")


@pytest.mark.parametrize("how", ["decline", "recuse", "expire"])
def test_the_next_alternate_steps_in(how: str, db: None) -> None:
    one, two = make.reviewer(), make.reviewer(specialties=["neurology"])
    asked = standing_by(one, two)

    gone(asked, how)

    new = Assignment.objects.get(reviewer=one)
    first, second = Event.objects.order_by("-pk")[:2]
    assert (new.state, new.in_specialty, new.invited_by) == (
        "invited",
        True,
        asked.invited_by,
    )
    assert waiting() == [(2, two.pk)]
    assert second.assignment == asked
    assert (first.kind, first.actor.is_machine, first.assignment) == (
        "invited",
        True,
        new,
    )
    assert traces.said(first)["facts"] == {
        "reviewers": [one.pk],
        "in_place_of": asked.reviewer_id,
    }
    assert traces.told(first) == {one.pk: "You are invited to review"}
    assert traces.problems() == []


def test_who_became_unfit_is_passed_over_with_a_record(db: None) -> None:
    busy, tied, asked_now, last = (make.reviewer() for _ in range(4))
    asked = standing_by(busy, tied, asked_now, last)
    rows = Alternate.objects.order_by("rank")
    stood_by = list(rows.values_list("pk", flat=True))
    busy.board_member.load_cap = 0
    busy.board_member.save()
    make.declaration(tied, shares=[asked.version.question])
    inviting.invite(asked.version_id, by=make.editor(), reviewers=[asked_now.pk])

    gone(asked, "decline")

    struck = [f"alternate:{pk}" for pk in stood_by]
    invited, declined = Event.objects.order_by("-pk")[:2]
    assert invited.assignment is not None
    assert invited.assignment.reviewer == last
    assert traces.said(declined)["facts"] == {
        "struck": struck,
        "passed_over": [
            {
                "reviewer": busy.pk,
                "why": f"{busy} has 0 open reviews, the most they take.",
            },
            {
                "reviewer": tied.pk,
                "why": f"{tied} declared an interest in {asked.version.question}.",
            },
            {"reviewer": asked_now.pk, "why": f"{asked_now} has been asked already."},
        ],
    }
    assert waiting() == []


def test_nobody_steps_in_where_nobody_stands_by(db: None) -> None:
    asked = standing_by()

    with traces.one_event():
        gone(asked, "decline")


def test_nobody_steps_in_for_who_is_taken_back(db: None) -> None:
    alternate = make.reviewer()
    asked = standing_by(alternate)

    inviting.unassign(asked.pk, by=make.editor(), reason="Enough")

    assert waiting() == [(1, alternate.pk)]


def test_a_refused_decline_lets_nobody_step_in(db: None) -> None:
    asked = standing_by(make.reviewer())
    by = make.fresh(asked.reviewer)

    with traces.nothing_left(Refused, "needs a reason"):
        reviewing.decline(asked.pk, by=by, reason=" ")
    gone(asked, "decline")
    with traces.nothing_left(MovedOn):
        reviewing.decline(asked.pk, by=by, reason="Again")


def test_who_named_alternates_handles_the_version(db: None) -> None:
    handler = make.reviewer()
    handler.groups.add(*make.editor().groups.all())
    asked = standing_by()
    inviting.name_alternates(
        asked.version_id, by=make.fresh(handler), alternates=[make.reviewer().pk]
    )

    with traces.nothing_left(Refused, "An editor cannot review a version they handle"):
        inviting.invite(asked.version_id, by=asked.invited_by, reviewers=[handler.pk])
