"""Interests: who cannot act, whose vote cannot count, which names cannot be taken out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.models import Article
from articles.states import VersionState
from articles.vocabulary import Tier
from editorial import impartiality, roles
from editorial.actions import (
    deciding,
    desk,
    entities,
    handling,
    inviting,
    publishing,
    timing,
)
from editorial.errors import Refused
from editorial.models import Event, User
from reviews.models import Assignment, Comment
from tests import make, traces

if TYPE_CHECKING:
    from collections.abc import Callable

    from articles.models import Version

pytestmark = pytest.mark.django_db

IN_TEN_DAYS = timezone.localdate() + dt.timedelta(days=10)
TOUCHES = "declared an interest; another editor must take this step"


def about_acme(**fields: object) -> Version:
    """Under review with one review in favour, about Acme; nobody is tied to it yet."""
    version = make.reviewed(tier=Tier.C, **fields)
    Article.objects.filter(pk=version.article_id).update(entities="Acme AG\nBrown")
    return make.again(version)


def undeclared(group: str) -> User:
    """Somebody in a role of the desk who never declared anything."""
    person = make.user()
    person.groups.add(Group.objects.get(name=group))
    return make.fresh(person)


def still_asked(version: Version) -> Assignment:
    """Somebody who has accepted and not reported."""
    person = make.reviewer()
    inviting.invite(version.pk, by=make.editor(), reviewers=[person.pk])
    assignment = version.assignments.get(reviewer=person)
    return make.accepted(assignment)


def comment_of(version: Version) -> int:
    by = version.assignments.order_by("pk")[0].reviewer
    made = Comment.objects.create(version=version, author=by, kind="question", text="?")
    return made.pk


DEEDS: dict[str, Callable[[Version, User], object]] = {
    "invite": lambda v, by: inviting.invite(
        v.pk, by=by, reviewers=[make.reviewer().pk]
    ),
    "name_alternates": lambda v, by: inviting.name_alternates(
        v.pk, by=by, alternates=[make.reviewer().pk]
    ),
    "return_for_changes": lambda v, by: desk.return_for_changes(
        v.pk, by=by, reason="So"
    ),
    "reject": lambda v, by: desk.reject(v.pk, by=by, reason="So"),
    "resolve": lambda v, by: desk.resolve(
        v.pk, by=by, comment_id=Comment.objects.get().pk, reason="So"
    ),
    "unassign": lambda v, by: inviting.unassign(
        v.assignments.latest("pk").pk, by=by, reason="So"
    ),
    "expire": lambda v, by: inviting.expire(
        v.assignments.latest("pk").pk, by=by, reason="So"
    ),
    "extend": lambda v, by: timing.extend(
        v.assignments.latest("pk").pk, by=by, until=IN_TEN_DAYS
    ),
    "change_tier": lambda v, by: desk.change_tier(
        v.article_id, by=by, tier=Tier.B, reason="So"
    ),
    "change_editor": lambda v, by: handling.change_editor(
        v.article_id, by=by, editor=make.editor().pk
    ),
    "show_preview": lambda v, by: publishing.show_preview(
        v.article_id, by=by, reason="So"
    ),
    "approve": lambda v, by: deciding.approve(
        v.pk, by=by, sha256=v.sha256, proven=make.proven(by)
    ),
}


@pytest.mark.parametrize("name", DEEDS)
@pytest.mark.parametrize("why", ["an interest", "no declaration"])
def test_nobody_tied_to_a_text_touches_how_it_is_judged(name: str, why: str) -> None:
    version = about_acme()
    assigned = still_asked(version)
    Assignment.objects.filter(pk=assigned.pk).update(due_at=assigned.accepted_at)
    comment_of(version)
    chief = make.chief()
    if why == "an interest":
        make.declaration(chief, shares=["Acme"])
    else:
        chief = undeclared(roles.CHIEF_EDITOR)
    expected = TOUCHES if why == "an interest" else "Declare your interests first"

    with traces.nothing_left(Refused, expected), traces.undone():
        DEEDS[name](make.again(version), chief)

    with traces.undone():
        DEEDS[name](make.again(version), make.chief())


def test_nobody_with_an_interest_in_a_text_publishes_it_by_hand() -> None:
    version, chief = make.approve(about_acme()), make.chief()
    make.declaration(chief, shares=["Acme"])

    with traces.nothing_left(Refused, TOUCHES):
        publishing.publish(version.article_id, by=chief)

    assert publishing.publish_due() == (1, 0)


def test_who_is_in_charge_hands_a_text_over_whatever_their_interest() -> None:
    chief, other = make.chief(), make.editor()
    version = make.submitted()
    handling.change_editor(version.article_id, by=chief, editor=chief.pk)
    Article.objects.filter(pk=version.article_id).update(entities="Acme")
    make.declaration(chief, shares=["Acme"])

    handling.change_editor(version.article_id, by=chief, editor=other.pk)

    assert make.send(make.again(version), editor=other).state == "under_review"
    with traces.nothing_left(Refused, TOUCHES):
        handling.change_editor(version.article_id, by=chief, editor=make.editor().pk)


def test_what_nobody_has_is_handed_over_by_nobody_who_declared_nothing() -> None:
    article = make.submitted().article
    article.__dict__ |= {"asked_about": None, "asker_declared_at": None}

    objection = impartiality.who_acts_may_hand_it_over(article)

    assert (article.editor_id, objection) == (None, impartiality.UNDECLARED)


def gone(editor: User, how: str) -> None:
    if how == "left the house":
        User.objects.filter(pk=editor.pk).update(is_active=False)
    else:
        editor.groups.set([Group.objects.get(name=roles.AUTHOR)])


@pytest.mark.parametrize("how", ["left the house", "left the desk"])
def test_any_editor_takes_what_was_left_by_somebody_who_is_gone(how: str) -> None:
    before, editor = make.editor(), make.editor()
    version = make.submitted()
    handling.change_editor(version.article_id, by=before, editor=before.pk)
    with traces.nothing_left(PermissionDenied):
        handling.change_editor(version.article_id, by=editor, editor=editor.pk)

    gone(before, how)
    handling.change_editor(version.article_id, by=editor, editor=editor.pk)

    assert make.article(version).editor == editor


@pytest.mark.parametrize("how", ["left the house", "left the desk"])
def test_any_editor_sends_what_was_left_by_somebody_who_is_gone(how: str) -> None:
    before, editor = make.editor(), make.editor()
    version = make.submitted()
    handling.change_editor(version.article_id, by=before, editor=before.pk)
    with traces.nothing_left(PermissionDenied):
        make.send(make.again(version), editor=editor)

    gone(before, how)
    sent = make.send(make.again(version), editor=editor)

    assert (sent.state, make.article(version).editor) == ("under_review", editor)
    assert traces.said()["facts"]["editor"] == editor.pk


@pytest.mark.parametrize("why", ["an interest", "no declaration"])
def test_nobody_tied_to_a_text_is_put_in_charge_of_it(why: str) -> None:
    version, chosen, chief = about_acme(), make.editor(), make.chief()
    if why == "an interest":
        make.declaration(chosen, shares=["Acme"])
    else:
        chosen = undeclared(roles.EDITOR)
    told = "interest in Acme" if why == "an interest" else "has declared no interests"

    with traces.nothing_left(Refused, told):
        handling.change_editor(version.article_id, by=chief, editor=chosen.pk)

    other = make.editor()
    handling.change_editor(version.article_id, by=chief, editor=other.pk)
    assert make.article(version).editor == other


@pytest.mark.parametrize("how", ["declares it later", "is named later"])
def test_a_vote_whose_interest_comes_to_light_later_does_not_count(how: str) -> None:
    version, chief = make.reviewed(tier=Tier.C), make.chief()
    judge = version.assignments.get().reviewer
    make.declaration(judge, shares=["Acme"])
    if how == "declares it later":
        Article.objects.filter(pk=version.article_id).update(entities="Acme")
    else:
        entities.name_entities(version.article_id, by=make.editor(), entities="Acme")
    version = make.again(version)

    with traces.nothing_left(
        Refused, "needs 1 review in favour; 0 received. 1 more cannot count"
    ):
        make.approve(version, by=chief)

    other = make.reviewer()
    inviting.invite(version.pk, by=make.editor(), reviewers=[other.pk])
    make.reported(version.assignments.get(reviewer=other), checks=make.checks(version))
    make.approve(make.again(version), by=chief)
    facts = traces.said(Event.objects.get(kind="approved"))["facts"]
    assert (facts["counted"], facts["from_specialty"]) == ([other.pk], [other.pk])


def test_citations_checked_by_somebody_with_an_interest_are_not_checked() -> None:
    version = make.reviewed(tier=Tier.C, reviewers=[make.reviewer(), make.reviewer()])
    first, second = version.assignments.select_related("reviewer").order_by("pk")
    Article.objects.filter(pk=version.article_id).update(entities="Acme")
    make.declaration(first.reviewer, shares=["Acme"])

    with traces.nothing_left(Refused, "0 of 4 claims are checked") as caught:
        make.approve(make.again(version), by=make.chief())
    assert str(caught.value).endswith(
        "4 more cannot count: whoever checked them has an interest in what the text is "
        "about."
    )

    make.declaration(first.reviewer)
    make.declaration(second.reviewer, shares=["Acme"])
    approved = make.approve(make.again(version))
    assert approved.state == VersionState.APPROVED


def test_a_vote_counts_again_with_a_newer_declaration() -> None:
    version = about_acme()
    judge = version.assignments.get().reviewer
    make.declaration(judge, shares=["Acme"])
    make.declaration(judge)

    approved = make.approve(version)

    assert approved.state == VersionState.APPROVED
