"""The page of what changed: between which versions, for whom, and what is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.actions import answering, authoring, desk, looking, reviewing
from editorial.models import Event
from reviews.models import LastLook
from tests import make
from tests.editorial.views.visitors import found, notices, text

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.models import User
    from tests.editorial.views.conftest import Visit

BEFORE = "Offer the treatment that the trial tested."
AFTER = "Do not offer the treatment that the trial tested."


@pytest.fixture
def author(db: None) -> User:
    return make.author()


@pytest.fixture
def reviewer(db: None) -> User:
    return make.reviewer()


@pytest.fixture
def first(author: User, reviewer: User) -> Version:
    """A version that was returned, after a review with two comments."""
    asked = [reviewer, make.reviewer()]
    version = make.under_review(by=author, reviewers=asked)
    make.reported(
        version.assignments.get(reviewer=reviewer),
        vote="changes",
        comments=(
            make.blocking("Is this so?"),
            make.Remark("question", "Why before?", "Stop it before surgery."),
        ),
    )
    desk.return_for_changes(version.pk, by=make.editor(), reason="See the comments.")
    return make.again(version)


@pytest.fixture
def second(first: Version, author: User, reviewer: User) -> Version:
    """The next one under review, in which one sentence says the opposite."""
    draft = make.answered(authoring.revise(first.pk, by=author), by=author)
    written = make.text(
        question=draft.question,
        renditions={"clinician": make.BODY.replace(BEFORE, AFTER)},
        references=tuple(
            make.Reference(c.key, c.work.csl)
            for c in first.citations.select_related("work").order_by("position")
        ),
    )
    authoring.edit(draft.pk, by=author, text=written, seen=make.again(draft).revision)
    sent = authoring.submit(draft.pk, by=author)
    version = make.send(sent, reviewers=[reviewer, make.reviewer()])
    make.accepted(version.assignments.get(reviewer=reviewer))
    return make.again(version)


def page(version: Version, since: str = "") -> str:
    asked = f"?from={since}" if since else ""
    return f"/desk/versions/{version.pk}/changes/{asked}"


def offered(visit: Visit, user: User, version: Version) -> list[str]:
    links = '//nav[@class="changed-since"]//li'
    return [
        e.text_content().strip() for e in found(visit(user).get(page(version)), links)
    ]


def test_a_changed_quantity_is_counted_and_named(
    visit: Visit, reviewer: User, second: Version
) -> None:
    answer = visit(reviewer).get(page(second, "round"))

    assert "1 negation changed" in text(answer)
    marked = found(answer, '//ins[@class="quantity"]')
    assert [element.text_content().split() for element in marked] == [
        ["not", "negation"]
    ]


def test_who_reviewed_both_rounds_is_shown_what_changed_since_they_signed(
    visit: Visit, reviewer: User, second: Version
) -> None:
    assert offered(visit, reviewer, second) == [
        "Since I last looked, since the last round (version 1)",
    ]
    assert "compared with version 1" in text(visit(reviewer).get(page(second)))


def test_a_review_of_a_second_round_leads_to_each_difference_once(
    visit: Visit, reviewer: User, second: Version
) -> None:
    assignment = second.assignments.get(reviewer=reviewer)
    path = assignment.get_absolute_url()
    links = '//main//a[contains(@href, "/changes/")]'

    writing = found(visit(reviewer).get(path), links)
    looking.look(make.again(second), by=reviewer)
    looked = found(visit(reviewer).get(path), links)
    reviewing.report(
        assignment.pk,
        by=make.fresh(reviewer),
        findings=make.findings(),
        proven=make.proven(reviewer),
    )
    signed = found(visit(make.fresh(reviewer)).get(path), links)

    told = [
        [(a.text_content(), a.get("href")) for a in some] for some in (writing, looked)
    ]
    assert told == [[("See what changed since version 1", page(second, "1"))]] * 2
    assert {a.get("href") for a in signed} == {page(second, "round")}


def test_a_version_that_one_may_not_read_is_compared_with_nothing(
    visit: Visit, second: Version
) -> None:
    newcomer = second.assignments.exclude(state="accepted").get().reviewer
    make.accepted(second.assignments.get(reviewer=newcomer))

    assert offered(visit, newcomer, second) == []
    assert visit(newcomer).get(page(second, "1")).status_code == 404
    assert BEFORE not in text(visit(newcomer).get(page(second, "round")))


def test_a_stranger_finds_no_page(visit: Visit, second: Version) -> None:
    stranger = visit(make.reviewer())

    assert stranger.get(page(second)).status_code == 404
    assert stranger.post(f"/desk/versions/{second.pk}/looked/").status_code == 404


@pytest.mark.parametrize("since", ["99", "2", "nothing", "-1", "1e3", "²"])
def test_a_version_that_is_not_there_is_not_found(
    visit: Visit, second: Version, since: str
) -> None:
    assert visit(make.editor()).get(page(second, since)).status_code == 404


def test_what_is_live_may_be_compared_with_by_whoever_reads_the_next(
    visit: Visit, author: User
) -> None:
    live = make.published(by=author)
    again = make.send(
        make.resubmitted(live, by=author), reviewers=[make.reviewer()] * 1
    )
    newcomer = again.assignments.get().reviewer
    make.accepted(again.assignments.get())

    answer = visit(newcomer).get(page(again, "live"))

    assert offered(visit, newcomer, again)[0] == (
        "Since the last round, against what is live (version 1)"
    )
    assert "compared with version 1" in text(answer)


def test_comments_of_the_earlier_round_stand_at_their_place_or_are_gone(
    visit: Visit, reviewer: User, second: Version
) -> None:
    answer = visit(reviewer).get(page(second, "round"))

    notes = [
        " ".join(e.text_content().split())
        for e in found(answer, '//section[@aria-labelledby="said-before"]/div')
    ]
    assert [("gone" in note, "Why before?" in note) for note in notes] == [
        (True, False),
        (False, True),
    ]


def test_who_writes_a_review_is_led_back_to_it_from_top_and_bottom(
    visit: Visit, reviewer: User, second: Version
) -> None:
    own = second.assignments.get(reviewer=reviewer)
    link = f'//main//a[@href="{own.get_absolute_url()}"]'

    writing = found(visit(reviewer).get(page(second)), link)
    others = found(visit(make.editor()).get(page(second)), link)
    reviewing.report(
        own.pk, by=reviewer, findings=make.findings(), proven=make.proven(reviewer)
    )
    signed = found(visit(make.fresh(reviewer)).get(page(second)), link)

    assert [a.text_content() for a in writing] == ["Back to your review"] * 2
    assert (others, signed) == ([], [])


def test_what_was_said_stands_beside_what_the_authors_answered(
    visit: Visit, author: User, reviewer: User, first: Version
) -> None:
    draft = authoring.revise(first.pk, by=author)
    asked, other = draft.comments.exclude(carried_from=None).order_by("-kind")
    letter = draft.comments.get(carried_from=None)
    answers = {asked: ("done", "Because of bleeding."), other: ("not_done", "It is.")}
    answers[letter] = ("done", "Mended.")
    for comment, (became, why) in answers.items():
        answering.answer_comment(
            draft.pk, by=author, comment_id=comment.pk, answer=became, text=why
        )
    version = make.send(authoring.submit(draft.pk, by=author), reviewers=[reviewer])
    make.accepted(version.assignments.get())

    for person in (reviewer, make.editor()):
        answer = visit(person).get(page(version, "1"))
        notes = found(answer, '//section[@aria-labelledby="said-before"]/div')
        said = [" ".join(note.text_content().split()) for note in notes]
        assert ["Done" in said[1], "Because of bleeding." in said[1]] == [True, True]
        assert ["Not done" in said[0], "It is." in said[0]] == [True, True]
        assert ("says " in said[0]) is (person is not reviewer)


def test_nothing_is_noted_because_a_page_was_fetched(
    visit: Visit, second: Version
) -> None:
    editor = make.editor()

    visit(editor).get(page(second))

    assert not LastLook.objects.filter(person=editor).exists()


def test_a_look_is_noted_when_somebody_says_so(visit: Visit, second: Version) -> None:
    editor = make.editor()
    events = Event.objects.count()

    answer = visit(editor).post(f"/desk/versions/{second.pk}/looked/")

    shown = visit(editor).get(answer.url)
    look = LastLook.objects.get(person=editor)
    assert look.version_id == second.pk
    assert "You have seen this version." in text(shown)
    assert Event.objects.count() == events


@pytest.mark.parametrize("address", ["changes", "looked"])
def test_each_address_answers_to_its_own_method(
    visit: Visit, second: Version, address: str
) -> None:
    here = f"/desk/versions/{second.pk}/{address}/"
    editor = visit(make.editor())

    answers = {"changes": editor.post(here), "looked": editor.get(here)}

    assert answers[address].status_code == 405


def test_saying_it_twice_says_it_once(visit: Visit, second: Version) -> None:
    editor = make.editor()
    here = f"/desk/versions/{second.pk}/looked/"

    answers = [visit(editor).post(here) for _ in range(2)]

    assert notices(visit(editor).get(answers[1].url)) == []
    assert LastLook.objects.filter(person=editor).count() == 1


def test_the_page_takes_twelve_queries_at_most(
    visit: Visit, reviewer: User, second: Version
) -> None:
    visitor = visit(reviewer)
    visitor.get(page(second, "round"))

    with CaptureQueriesContext(connection) as queries:
        visitor.get(page(second, "round"))

    assert len(queries) <= 12, "\n".join(q["sql"][:160] for q in queries)
