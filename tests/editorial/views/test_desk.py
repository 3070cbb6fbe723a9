"""The desk: what stands on it for whom, in which order, at what cost."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial import roles
from editorial.actions import authoring, desk
from editorial.models import User
from reviews.models import Assignment
from tests import make
from tests.editorial.views.visitors import found, text

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

MOST_QUERIES = 12


def rows(response: object, heading: str) -> list[str]:
    """The first cell's link of each row under a heading."""
    links = found(response, f'//section[@aria-labelledby="{heading}"]//tbody//td[1]/a')
    return [link.text_content() for link in links]


def says(response: object, heading: str) -> list[str]:
    """The buttons of the rows under a heading."""
    links = found(
        response, f'//section[@aria-labelledby="{heading}"]//td[@class="act"]/a'
    )
    return [link.text_content().partition(":")[0] for link in links]


def test_somebody_without_a_role_is_told_so(visit: Visit) -> None:
    assert "Your account has no role yet." in text(visit(make.user()).get("/desk/"))


def test_an_author_finds_the_returned_first_then_drafts_then_the_rest(
    visit: Visit,
) -> None:
    author = make.author()
    approved = make.approved(by=author)
    back = make.submitted(by=author)
    desk.return_for_changes(back.pk, by=make.editor(), reason="Shorter, please.")
    draft = make.draft(by=author)
    waiting = make.submitted(by=author)

    page = visit(author).get("/desk/")

    wanted = [back, draft, waiting, approved]
    assert rows(page, "mine") == [version.question for version in wanted]
    assert says(page, "mine") == ["Answer", "Write", "Open", "Open"]
    assert "Shorter, please." in text(page)


def test_what_was_answered_by_a_next_draft_asks_for_nothing_more(
    visit: Visit,
) -> None:
    author = make.author()
    back = make.submitted(by=author)
    desk.return_for_changes(back.pk, by=make.editor(), reason="Shorter, please.")
    authoring.revise(back.pk, by=author)

    assert says(visit(author).get("/desk/"), "mine") == ["Write", "Open"]


def test_a_reviewer_finds_the_earliest_promise_first(visit: Visit) -> None:
    reviewer = make.reviewer()
    late = make.under_review(reviewers=[reviewer], tier="C").assignments.get()
    new = make.under_review(reviewers=[reviewer], tier="C").assignments.get()
    make.accepted(late)
    a_while_ago = timezone.now() - dt.timedelta(days=20)
    Assignment.objects.filter(pk=late.pk).update(due_at=a_while_ago)

    page = visit(reviewer).get("/desk/")

    assert rows(page, "reviews") == [late.version.question, new.version.question]
    assert says(page, "reviews") == ["Review", "Answer"]
    assert [e.text_content() for e in found(page, '//*[@class="late nowrap"]')] == [
        "20 days ago"
    ]


def test_an_editor_sees_how_far_each_version_is(visit: Visit) -> None:
    make.submitted()
    waiting = make.under_review()
    make.reported(waiting.assignments.order_by("pk")[0])
    make.reviewed()

    page = visit(make.editor()).get("/desk/")

    path = '//section[@aria-labelledby="waiting"]//td[2]/small'
    assert [e.text_content() for e in found(page, path)] == [
        "No editor yet",
        "1 of 2 reviews in",
        "Quorum reached, 2 of 2 reviews in",
    ]
    assert says(page, "waiting") == ["Send to review", "Open", "Decide"]


def test_an_editor_filters_by_state_and_by_their_own(visit: Visit) -> None:
    editor = make.editor()
    submitted = make.submitted()
    mine = make.under_review(editor=editor)
    decide = make.reviewed()
    draft = make.draft()
    visitor = visit(editor)

    shown = {
        query: rows(visitor.get(f"/desk/?{query}"), "waiting")
        for query in ("state=submitted", "state=to_decide", "mine=1", "state=draft")
    }

    assert shown == {
        "state=submitted": [submitted.question],
        "state=to_decide": [decide.question],
        "mine=1": [mine.question],
        "state=draft": [draft.question],
    }


def test_an_editor_does_not_find_their_own_text_on_the_desk(visit: Visit) -> None:
    both = make.user(roles.EDITOR, roles.AUTHOR)
    make.submitted(by=both)

    assert rows(visit(both).get("/desk/"), "waiting") == []


def test_an_auditor_looks_without_buttons_that_act(visit: Visit) -> None:
    make.submitted()
    make.reviewed()

    page = visit(make.user(roles.AUDITOR)).get("/desk/")

    assert says(page, "waiting") == ["Open", "Open"]


def test_an_administrator_finds_the_accounts_and_nothing_else(visit: Visit) -> None:
    make.submitted()

    page = visit(make.user(roles.ADMINISTRATOR)).get("/desk/")

    assert found(page, '//main//a[@href="/admin/"]')
    assert found(page, "//main//table") == []


@pytest.mark.parametrize(
    "query",
    [
        *("page=-1", "page=0", "page=abc", "page=", "page=1.5", "page=%00"),
        *("page=²", "state=gone", "state=%00", "mine=perhaps", "drafts=-1"),
    ],
)
def test_an_address_that_makes_no_sense_shows_the_beginning(
    visit: Visit, query: str
) -> None:
    version = make.submitted()

    response = visit(make.editor()).get(f"/desk/?{query}")

    assert response.status_code == 200
    assert rows(response, "waiting") == [version.question]


@pytest.mark.parametrize("page", [2, 10**6, 10**30])
def test_a_page_after_the_last_is_empty_or_the_first(visit: Visit, page: int) -> None:
    make.submitted()

    assert visit(make.editor()).get(f"/desk/?page={page}").status_code == 200


def test_long_lists_come_in_pages_of_fifty(visit: Visit) -> None:
    author = make.author()
    for _ in range(51):
        make.draft(by=author, references=())
    visitor = visit(author)

    first, second = visitor.get("/desk/"), visitor.get("/desk/?drafts=2")

    assert (len(rows(first, "mine")), len(rows(second, "mine"))) == (50, 1)
    assert [a.get("href") for a in found(first, '//a[@rel="next"]')] == ["?drafts=2"]
    assert [a.get("href") for a in found(second, '//a[@rel="prev"]')] == ["?drafts=1"]


def fill(user: User) -> None:
    """One of everything that can stand on a desk."""
    make.submitted()
    make.reviewed(reviewers=[make.reviewer(), make.reviewer()])
    make.draft(by=user)
    make.under_review(by=user)
    make.under_review(reviewers=[user], tier="C")


def test_the_desk_of_all_roles_asks_as_often_for_two_rows_as_for_one(
    visit: Visit,
) -> None:
    counts = []
    for rounds in (1, 2):
        person = make.reviewer()
        person.groups.set(person.groups.model.objects.all())
        for _ in range(rounds):
            fill(person)
        visitor = visit(person)
        with CaptureQueriesContext(connection) as asked:
            visitor.get("/desk/")
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[0] <= MOST_QUERIES
