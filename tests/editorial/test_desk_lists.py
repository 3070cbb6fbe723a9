"""What needs a hand: which rows, in which order, counted how far, for whom."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from editorial import buckets, desk_lists, letters, roles
from editorial.actions import deciding, inviting, reopening
from editorial.desk_lists import Key, Wanted
from editorial.models import Outbox
from reviews.models import Assignment, Recommendation
from tests import make

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.models import User

SIZE = 50


def found(user: User, **wanted: Any) -> list[tuple[str, int]]:
    asked = desk_lists.survey(
        user, Wanted(**wanted), size=SIZE, after=None, before=None
    )
    return [(entry.bucket.code, entry.key.pk) for entry in asked.entries]


def late(assignment: Assignment, days: int) -> None:
    """Move the day a review is due into the past."""
    due = timezone.now() - dt.timedelta(days=days)
    Assignment.objects.filter(pk=assignment.pk).update(due_at=due)


def test_each_thing_stands_in_the_bucket_of_its_next_step(db: None) -> None:
    editor = make.editor()
    fresh = make.submitted()
    invited = make.under_review(tier="C", editor=editor).assignments.get()
    overdue = make.accepted(make.under_review(tier="C").assignments.get())
    late(overdue, 2)
    asking = make.accepted(make.under_review(tier="C").assignments.get())
    late(asking, 2)
    tomorrow = timezone.now() + dt.timedelta(days=1)
    Assignment.objects.filter(pk=asking.pk).update(asked_until=tomorrow)
    decide = make.reviewed()

    assert set(found(editor)) == {
        ("more_time", asking.pk),
        ("unassigned", fresh.pk),
        ("unanswered", invited.pk),
        ("overdue", overdue.pk),
        ("to_decide", decide.pk),
    }


def test_a_review_is_overdue_again_once_the_day_it_asked_for_is_past(db: None) -> None:
    asking = make.accepted(make.under_review(tier="C").assignments.get())
    late(asking, 12)
    yesterday = timezone.now() - dt.timedelta(days=1)
    Assignment.objects.filter(pk=asking.pk).update(asked_until=yesterday)

    assert found(make.editor()) == [("overdue", asking.pk)]


def test_counting_stops_where_it_is_told_to(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_lists, "COUNTED", 2)
    for _ in range(4):
        make.submitted()

    asked = desk_lists.survey(
        make.editor(), Wanted(), size=SIZE, after=None, before=None
    )

    assert asked.counts["unassigned"] == 3


def test_a_filter_changes_no_count(db: None) -> None:
    make.submitted()

    asked = desk_lists.survey(
        make.editor(), Wanted(words="nobody"), size=SIZE, after=None, before=None
    )

    assert (asked.entries, asked.counts["unassigned"]) == ([], 1)


def test_pages_by_key_leave_nothing_out_and_show_nothing_twice(db: None) -> None:
    editor = make.editor()
    for _ in range(3):
        make.submitted()
        make.under_review(tier="C")
    make.reviewed(tier="C")
    everything = desk_lists.survey(
        editor, Wanted(), size=SIZE, after=None, before=None
    ).entries

    forth = list(walked(editor, "after", None))
    back = list(walked(editor, "before", Key(LATER, 99, 0)))

    assert forth == everything
    assert back == everything[::-1]
    assert len({(e.bucket.code, e.key.pk) for e in everything}) == len(everything) == 7


LATER = dt.datetime(2199, 1, 1, tzinfo=dt.UTC)


def walked(user: User, way: str, key: Key | None) -> Any:
    """One row at a time, each found from the key of the one before."""
    while True:
        ends = {"after": None, "before": None} | {way: key}
        page = desk_lists.survey(user, Wanted(), size=1, **ends).entries
        if not page:
            return
        yield page[0]
        key = page[0].key


def test_all_of_it_is_asked_by_one_statement_after_what_is_ones_own(
    db: None, django_assert_num_queries: Any
) -> None:
    editor = make.editor()
    make.reviewed()

    with django_assert_num_queries(2):
        desk_lists.survey(editor, Wanted(), size=SIZE, after=None, before=None)


def test_an_advice_waits_for_a_chief_editor(db: None) -> None:
    version = make.reviewed(tier="C")
    Recommendation.objects.create(
        version=version, editor=make.editor(), advice="approve", reason="Sound."
    )

    assert found(make.chief()) == [("approvals", version.pk)]


def test_a_publication_that_did_not_happen_stands_on_the_desk(db: None) -> None:
    version = make.approved(tier="C")
    editor = make.editor()
    assert found(editor) == []
    an_hour_ago = timezone.now() - buckets.GRACE - dt.timedelta(minutes=1)
    Outbox.objects.filter(topic="publish").update(available_at=an_hour_ago)

    pk = Outbox.objects.get(topic="publish", event__version=version).pk
    assert found(editor) == [("publishing", pk)]


def on_the_desk_too(person: User) -> User:
    person.groups.add(person.groups.model.objects.get(name=roles.EDITOR))
    return person


def test_what_is_ones_own_is_asked_anew_for_each_look(db: None) -> None:
    version, person = make.submitted(), on_the_desk_too(make.reviewer())
    before = found(person)

    make.send(version, tier="C", reviewers=[person])

    assert (before, found(person)) == ([("unassigned", version.pk)], [])


@pytest.mark.parametrize("few", [500, 1])
def test_however_many_articles_are_ones_own_none_of_them_is_found(
    few: int, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_lists, "FEW", few)
    reviewer, author = make.reviewer(), make.author()
    judged = {make.reviewed(tier="C", reviewers=[reviewer]).pk for _ in range(2)}
    wrote = {make.submitted(by=author).pk for _ in range(2)}
    everything = {("to_decide", pk) for pk in judged} | {
        ("unassigned", pk) for pk in wrote
    }

    assert set(found(make.editor())) == everything
    assert {pk for _, pk in found(on_the_desk_too(reviewer))} == wrote
    assert {pk for _, pk in found(on_the_desk_too(author))} == judged


@pytest.mark.parametrize("few", [500, 1])
def test_a_statement_names_no_more_than_a_few_articles_of_ones_own(
    few: int, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_lists, "FEW", few)
    author = make.author()
    own = {make.submitted(by=author).article_id for _ in range(2)}

    others = desk_lists.Others.than(author)

    assert (others.own and set(others.own)) == (own if few > 1 else None)


def test_authors_and_reviewers_find_nothing_of_their_articles(db: None) -> None:
    reviewer = make.reviewer()
    version = make.reviewed(tier="C", reviewers=[reviewer])
    author = version.article.authorships.get().user

    people = (on_the_desk_too(reviewer), on_the_desk_too(author))

    assert [found(person) for person in people] == [[], []]
    assert found(make.editor()) == [("to_decide", version.pk)]


def advised(version: Version, *advice: str) -> None:
    for one in advice:
        deciding.recommend(
            version.pk, by=make.editor(), advice=one, reason="As I see it."
        )


@pytest.mark.parametrize(
    ("advice", "bucket"),
    [
        (["return"], "to_decide"),
        (["reject"], "to_decide"),
        (["approve"], "approvals"),
        (["approve", "return"], "to_decide"),
        (["return", "approve"], "approvals"),
    ],
)
def test_only_the_newest_advice_waits_and_only_to_approve(
    advice: list[str], bucket: str, db: None
) -> None:
    version = make.reviewed(tier="C")

    advised(version, *advice)

    assert found(make.chief()) == [(bucket, version.pk)]
    stands = letters.standing(make.again(version))
    assert stands
    assert stands.advice == advice[-1]


def test_an_advice_falls_with_a_report_that_comes_after_it(db: None) -> None:
    version, person = make.reviewed(tier="C"), make.reviewer()
    advised(version, "approve")
    inviting.invite(version.pk, by=make.editor(), reviewers=[person.pk])
    asked = version.assignments.get(reviewer=person)

    assert letters.standing(make.again(version))
    make.reported(asked, vote="changes", remarks="The dose is wrong.")

    assert found(make.chief()) == [("to_decide", version.pk)]
    assert letters.standing(make.again(version)) is None


def test_an_advice_falls_with_a_reviewer_who_is_asked_again(db: None) -> None:
    version = make.reviewed(tier="C")
    advised(version, "approve")

    again = reopening.reopen(
        version.pk,
        by=make.editor(),
        assignment_id=version.assignments.get().pk,
        reason="Look at the dose",
    )

    assert ("approvals", version.pk) not in found(make.chief())
    assert letters.standing(make.again(version)) is None
    by = make.fresh(again.reviewer)
    make.reviewing.report(
        again.pk, by=by, findings=make.findings(), proven=make.proven(by)
    )
    assert found(make.chief()) == [("to_decide", version.pk)]


def test_a_report_that_just_came_shows_its_version_behind_any_number_of_others(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_lists, "WEIGHED", 2)
    editor = make.editor()
    for _ in range(2):
        make.under_review(tier="C")
    ready = make.reviewed(tier="C")

    asked = desk_lists.survey(editor, Wanted(), size=SIZE, after=None, before=None)

    assert ("to_decide", ready.pk) in found(editor)
    assert ("to_decide", ready.pk) in found(editor, tier="C")
    assert (asked.counts["to_decide"], asked.unweighed) == (1, True)


def test_what_is_found_both_ways_is_told_once(db: None) -> None:
    ready = make.reviewed(tier="C")

    asked = desk_lists.survey(
        make.editor(), Wanted(), size=SIZE, after=None, before=None
    )

    assert [entry.key.pk for entry in asked.entries] == [ready.pk]
    assert (asked.counts["to_decide"], asked.unweighed) == (1, False)
