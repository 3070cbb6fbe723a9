"""Who is in charge, and reminders by hand: who may, what is refused, who hears."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from editorial import relations, roles, rules
from editorial.actions import handling, inviting, replying
from editorial.errors import MovedOn, Refused
from editorial.models import Event, Notification
from reviews.models import Assignment
from tests import make, traces

if TYPE_CHECKING:
    from editorial.models import User

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[tuple[int, str]]:
    """Whom the newest event of a kind was told to, and in which words."""
    event = Event.objects.filter(kind=kind).latest("pk")
    found = Notification.objects.filter(event=event).order_by("recipient")
    return [(n.recipient_id, n.text.partition(":")[0]) for n in found]


def test_an_editor_takes_what_nobody_has() -> None:
    editor, version = make.editor(), make.submitted()

    handling.change_editor(version.article_id, by=editor, editor=editor.pk)

    assert make.article(version).editor == editor
    assert traces.last().kind == Event.Kind.EDITOR_CHANGED
    assert told("editor_changed") == []


def test_whoever_gets_it_and_whoever_had_it_hear_of_it() -> None:
    first, second, chief = make.editor(), make.editor(), make.chief()
    article = make.under_review(editor=first).article

    handling.change_editor(article.pk, by=chief, editor=second.pk)

    assert told("editor_changed") == [
        (first.pk, "Another editor is now in charge"),
        (second.pk, "You are now the editor in charge"),
    ]


def test_another_editor_does_not_take_what_somebody_has() -> None:
    version = make.under_review(editor=make.editor())
    other = make.editor()

    with pytest.raises(PermissionDenied):
        handling.change_editor(version.article_id, by=other, editor=other.pk)


def author_on_the_desk() -> User:
    return make.user(roles.AUTHOR, roles.EDITOR)


def test_who_wrote_it_is_never_in_charge() -> None:
    both = author_on_the_desk()
    version = make.submitted(by=both)

    with pytest.raises(PermissionDenied):
        handling.change_editor(version.article_id, by=both, editor=both.pk)
    with pytest.raises(Refused, match="wrote this article and cannot handle it"):
        handling.change_editor(version.article_id, by=make.editor(), editor=both.pk)

    assert make.article(version).editor is None


def test_who_was_asked_to_review_it_is_never_in_charge() -> None:
    both = make.reviewer()
    both.groups.add(both.groups.model.objects.get(name=roles.EDITOR))
    editor = make.editor()
    version = make.under_review(reviewers=[both], tier="C", editor=editor)

    with pytest.raises(PermissionDenied):
        handling.change_editor(version.article_id, by=make.fresh(both), editor=both.pk)
    with pytest.raises(Refused, match="was asked to review this article"):
        handling.change_editor(version.article_id, by=editor, editor=both.pk)


@pytest.mark.parametrize("who", ["nobody", "an author", "somebody who left"])
def test_only_who_works_on_the_desk_can_be_in_charge(who: str) -> None:
    keys = {
        "nobody": lambda: 0,
        "an author": lambda: make.author().pk,
        "somebody who left": lambda: make.editor(is_active=False).pk,
    }
    version, editor, chosen = make.submitted(), make.editor(), keys[who]()
    count = Event.objects.count()

    with pytest.raises(Refused, match="Choose somebody who works on the desk"):
        handling.change_editor(version.article_id, by=editor, editor=chosen)

    assert Event.objects.count() == count


def test_who_is_in_charge_already_is_not_put_there_again() -> None:
    editor = make.editor()
    version = make.under_review(editor=editor)

    with pytest.raises(Refused, match="is in charge already"):
        handling.change_editor(version.article_id, by=editor, editor=editor.pk)


def test_two_editors_who_take_it_at_once_take_it_once() -> None:
    version, first, second = make.submitted(), make.editor(), make.editor()
    seen = version.article.revision
    handling.change_editor(version.article_id, by=first, editor=first.pk, seen=seen)

    with pytest.raises((MovedOn, PermissionDenied)):
        handling.change_editor(
            version.article_id, by=second, editor=second.pk, seen=seen
        )

    assert make.article(version).editor == first


def test_a_reviewer_is_reminded_by_hand_in_the_words_of_the_clock() -> None:
    editor = make.editor()
    assignment = make.under_review(tier="C", editor=editor).assignments.get()
    make.accepted(assignment)

    handling.nudge(assignment.pk, by=editor)

    assert told("reminded") == [(assignment.reviewer_id, "Your review is due")]


def test_who_has_not_answered_is_reminded_to_answer() -> None:
    editor = make.editor()
    assignment = make.under_review(tier="C", editor=editor).assignments.get()

    handling.nudge(assignment.pk, by=editor)

    wanted = "Your invitation waits for an answer"
    assert told("reminded") == [(assignment.reviewer_id, wanted)]


def test_nobody_is_reminded_by_hand_twice_in_two_days(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    editor = make.editor()
    assignment = make.under_review(tier="C", editor=editor).assignments.get()
    handling.nudge(assignment.pk, by=editor)

    with pytest.raises(Refused, match=r"Reminded on .* already; the next can go on"):
        handling.nudge(assignment.pk, by=editor)
    later = timezone.now() + rules.REMINDED_EVERY + dt.timedelta(seconds=1)
    monkeypatch.setattr("editorial.rules.timezone.now", lambda: later)
    handling.nudge(assignment.pk, by=editor)

    assert Event.objects.filter(kind="reminded").count() == 2


def test_nobody_who_reviews_it_reminds_the_others() -> None:
    both = make.reviewer()
    both.groups.add(both.groups.model.objects.get(name=roles.EDITOR))
    version = make.under_review(reviewers=[both, make.reviewer()])
    other = version.assignments.exclude(reviewer=both).get()

    with pytest.raises(PermissionDenied):
        handling.nudge(other.pk, by=make.fresh(both))


def board_editor() -> User:
    both = make.reviewer()
    both.groups.add(both.groups.model.objects.get(name=roles.EDITOR))
    return make.fresh(both)


@pytest.mark.parametrize("who", ["from", "to"])
def test_who_was_ever_in_charge_is_no_fresh_reviewer(who: str) -> None:
    both, other, chief = board_editor(), make.editor(), make.chief()
    first = both if who == "from" else other
    version = make.under_review(editor=first, tier="C")
    if who == "to":
        handling.change_editor(version.article_id, by=chief, editor=both.pk)
    handling.change_editor(version.article_id, by=chief, editor=make.editor().pk)

    with traces.nothing_left(Refused, "An editor cannot review a version they handle"):
        inviting.invite(version.pk, by=chief, reviewers=[both.pk])
    with pytest.raises(IntegrityError, match="does not review what they handle"):
        Assignment.objects.create(
            version=version,
            reviewer=both,
            invited_by=chief,
            respond_by=timezone.now(),
        )


def test_an_editor_who_answered_a_reviewer_is_no_fresh_one() -> None:
    both, chief = board_editor(), make.chief()
    version = make.under_review(tier="C")
    asked = version.assignments.get()
    make.reported(asked, comments=(make.blocking(),))
    comment = version.comments.get()
    replying.reply(asked.pk, by=both, comment_id=comment.pk, text="In adults.")

    with traces.nothing_left(Refused, "An editor cannot review a version they handle"):
        inviting.invite(version.pk, by=chief, reviewers=[both.pk])


def test_a_reviewer_who_answered_in_their_own_thread_is_still_one() -> None:
    judge, editor = make.reviewer(), make.editor()
    version = make.under_review(tier="C", reviewers=[judge], editor=editor)
    asked = version.assignments.get()
    make.reported(asked, comments=(make.blocking(),))
    comment = version.comments.get()
    replying.reply(asked.pk, by=judge, comment_id=comment.pk, text="In adults.")

    [member] = relations.board(make.again(version), [judge.pk])

    assert relations.unfit(member, make.again(version), by=editor) is None


def test_another_editor_does_not_send_what_somebody_has() -> None:
    version, editor, chief = make.submitted(), make.editor(), make.chief()
    handling.change_editor(version.article_id, by=editor, editor=editor.pk)

    with traces.nothing_left(PermissionDenied):
        make.send(version, editor=make.editor())

    make.send(version, editor=chief)
    assert make.article(version).editor == editor
    assert "editor" not in traces.said()["facts"]
