"""The desk: what stands on it for whom, in which order, at what cost."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial import desk_lists, roles
from editorial.actions import authoring, desk, inviting, reviewing
from editorial.actions.accounts import record_change
from editorial.actions.handling import change_editor
from editorial.models import Outbox, User
from reviews.models import Assignment
from tests import make, traces
from tests.editorial.views.visitors import found, text

if TYPE_CHECKING:
    from articles.models import Version
    from tests.editorial.views.conftest import Visit

MOST_QUERIES = 12


def rows(response: object, heading: str) -> list[str]:
    """The first cell's link of each row under a heading."""
    where = f'//section[@aria-labelledby="{heading}"]//tbody//td'
    path = f'{where}/a[@class="what"]' if heading == "waiting" else f"{where}[1]/a"
    return [link.text_content() for link in found(response, path)]


def says(response: object, heading: str) -> list[str]:
    """The buttons of the rows under a heading."""
    cells = f'//section[@aria-labelledby="{heading}"]//td[@class="act"]'
    links = found(response, f"{cells}//a | {cells}//button")
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

    page = visit(author).get("/desk/")
    assert says(page, "mine") == ["Write"]
    assert groups(page) == ["Waits for you"]


def groups(response: object) -> list[str]:
    return [th.text_content() for th in found(response, '//th[@scope="rowgroup"]')]


def test_what_asks_for_nothing_is_set_apart_on_an_authors_desk(visit: Visit) -> None:
    author = make.author()
    done, draft = make.approved(by=author), make.draft(by=author)

    page = visit(author).get("/desk/")

    assert rows(page, "mine") == [draft.question, done.question]
    assert groups(page) == ["Waits for you", "Nothing to do now"]


def test_a_version_given_up_hides_no_other(visit: Visit) -> None:
    author = make.author()
    back = make.submitted(by=author)
    desk.return_for_changes(back.pk, by=make.editor(), reason="Shorter, please.")
    given_up = authoring.revise(back.pk, by=author)
    authoring.withdraw(given_up.pk, by=author, reason="I began in a wrong way.")

    assert len(rows(visit(author).get("/desk/"), "mine")) == 2


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


def why(response: object) -> list[str]:
    """What the rows of the desk say of why they are there."""
    path = '//section[@aria-labelledby="waiting"]//tbody//td[span]/small[1]'
    return [element.text_content() for element in found(response, path)]


def test_an_editor_finds_the_oldest_promise_first_with_its_next_step(
    visit: Visit,
) -> None:
    editor = make.editor(name="Ada Quill", credentials="")
    fresh, back = make.submitted(), make.under_review(editor=editor, tier="C")
    late = back.assignments.select_related("reviewer").get()
    make.accepted(late)
    a_while_ago = timezone.now() - dt.timedelta(days=5)
    Assignment.objects.filter(pk=late.pk).update(due_at=a_while_ago)
    decide = make.reviewed()

    page = visit(editor).get("/desk/")

    wanted = [back, *sorted([fresh, decide], key=lambda v: v == decide)]
    assert rows(page, "waiting")[0] == wanted[0].question
    assert sorted(why(page)) == sorted(
        [
            f"{late.reviewer.printed_name} is 5 days overdue",
            "No editor yet",
            "Quorum reached, 2 of 2 reviews in: 2 approve",
        ]
    )
    assert sorted(says(page, "waiting")) == sorted(
        ["Remind", "Take it", "Send to review", "Decide"]
    )


def test_no_quorum_is_claimed_that_could_not_be_decided_on(visit: Visit) -> None:
    strangers = [make.reviewer(specialties=[]) for _ in range(2)]
    version = make.under_review(tier="B", reviewers=strangers)
    first, second = version.assignments.select_related("reviewer").order_by("pk")
    make.reported(first)
    make.reported(second, vote="changes", comments=(make.blocking(),))

    page = visit(make.editor()).get("/desk/?bucket=to_decide")

    [said] = why(page)
    assert said == (
        "2 of 2 reviews in: 1 approves, 1 asks for changes; nobody from cardiology; "
        "1 blocking comment"
    )
    assert says(page, "waiting") == ["Weigh the reviews"]


def test_each_bucket_says_how_many_wait_in_it(visit: Visit) -> None:
    make.submitted()
    make.submitted()
    make.under_review()

    page = visit(make.editor()).get("/desk/")

    path = '//nav[@class="rail"]//li[@class="place"]/a'
    counted = [" ".join(a.text_content().split()) for a in found(page, path)]
    assert counted == [
        *("Needs a hand 4", "To assign 2", "To send to review 0", "Revisions in 0"),
        *("Invitations unanswered 2", "More time asked for 0"),
        *("Reviews due 0", "Reviews overdue 0"),
        *("To decide 0", "Approvals waiting 0", "Publishing held up 0"),
        *("Notices to sign 0", "On hold 0", "Concerns to settle 0"),
        "What readers report 0",
        "What readers ask 0",
        "Mail not delivered 0",
    ]


@pytest.mark.parametrize(
    ("alternates", "end"), [(1, "an alternate asked"), (0, "the editor told")]
)
def test_the_next_promised_steps_of_a_chase_are_told(
    visit: Visit, alternates: int, end: str
) -> None:
    version = make.under_review(tier="C")
    row = version.assignments.select_related("reviewer").get()
    make.accepted(row)
    due = timezone.now() + dt.timedelta(days=2)
    Assignment.objects.filter(pk=row.pk).update(due_at=due)
    named(version, count=alternates)

    page = visit(make.editor()).get("/desk/?bucket=due")

    told = due + dt.timedelta(days=10)
    wanted = f"Reminder on {due:%-d %b}; {end} on {told:%-d %b}"
    assert wanted in text(page)


@pytest.mark.parametrize(
    ("alternates", "end"),
    [(1, "it lapses and an alternate is asked"), (0, "it lapses")],
)
def test_nobody_is_said_to_step_in_where_nobody_stands_by(
    visit: Visit, alternates: int, end: str
) -> None:
    version = make.under_review(tier="C")
    row = version.assignments.get()
    named(version, count=alternates)

    page = visit(make.editor()).get("/desk/?bucket=unanswered")

    assert f"; {end} on {row.respond_by:%-d %b}" in text(page)


@pytest.mark.parametrize("alternates", [0, 1])
@pytest.mark.parametrize("listed", ["bucket=unanswered", "state=under_review"])
def test_a_panel_too_small_for_its_quorum_is_told_with_the_way_to_invite(
    visit: Visit, alternates: int, listed: str
) -> None:
    version = make.under_review(tier="B")
    against = version.assignments.select_related("reviewer").order_by("pk")[0]
    make.reported(against, vote="changes", remarks="Look at the doses.")
    named(version, count=alternates)
    told = "Short of reviewers: tier B needs 2 in favour, and at most 1 can still come."

    page = visit(make.editor()).get(f"/desk/?{listed}")

    assert says(page, "waiting") == ["Invite a reviewer"]
    assert told in text(page)
    [link] = found(page, '//td[@class="act"]/a/@href')
    assert link == f"{version.get_absolute_url()}?step=invite#invite"


def test_a_version_that_nobody_reviews_any_longer_is_not_lost(visit: Visit) -> None:
    version = make.under_review(tier="B")
    for asked in version.assignments.select_related("reviewer"):
        reviewing.decline(asked.pk, by=make.fresh(asked.reviewer), reason="Away")

    page = visit(make.editor()).get("/desk/")

    assert rows(page, "waiting") == [version.question]
    assert says(page, "waiting") == ["Invite a reviewer"]
    told = "Short of reviewers: tier B needs 2 in favour, and none can still come."
    assert told in text(page)


def test_of_a_panel_that_is_against_the_desk_says_who_was_told(visit: Visit) -> None:
    editor, chief = make.editor(), make.chief()
    version = make.under_review(tier="C", editor=editor)
    make.report_all(version, vote="changes", remarks="Look at the doses.")
    event = traces.last()

    page = visit(chief).get("/desk/?bucket=to_decide")

    assert [notice.recipient for notice in event.notifications.all()] == [editor]
    assert "Nobody is reminded of it; its editor was told of each review" in text(page)


def test_nobody_who_stands_by_steps_in_where_nobody_is_asked(visit: Visit) -> None:
    version = make.under_review(tier="C")
    named(version, count=1)
    asked = version.assignments.get()
    inviting.unassign(asked.pk, by=make.editor(), reason="A mistake")

    page = visit(make.editor()).get("/desk/")

    assert [row.state for row in version.assignments.all()] == ["withdrawn"]
    assert says(page, "waiting") == ["Invite a reviewer"]
    told = "Short of reviewers: tier C needs 1 in favour, and none can still come."
    assert told in text(page)


def named(version: Version, *, count: int) -> None:
    """So many people stand by, should a reviewer stay silent."""
    people = [make.reviewer().pk for _ in range(count)]
    by = make.user(roles.EDITOR)
    inviting.name_alternates(version.pk, by=by, alternates=people)


def about(word: str) -> dict[str, str]:
    """A text whose question and answer have a word in common."""
    answer = f'Offer {word}.<cite data-ref="trial"></cite>'
    return {"question": f"Does {word} help?", "key_answer": answer}


def test_an_editor_filters_by_what_the_address_says(visit: Visit) -> None:
    editor = make.editor(name="Ada Quill")
    wool = make.submitted(topics=("Textiles",), **about("wool"))
    mine = make.under_review(editor=editor, tier="A")
    reviewer = make.reviewer(name="Tomas Reed")
    asked = make.under_review(reviewers=[reviewer], tier="C")
    writer = make.author(name="Lena Okafor")
    hers = make.submitted(by=writer)
    draft = make.draft()
    visitor = visit(editor)
    wanted = {
        "bucket=unassigned": {wool, hers},
        "q=wool+help": {wool},
        "q=nobody": set(),
        "mine=1": {mine},
        "editor=quill": {mine},
        "reviewer=reed": {asked},
        "author=okafor": {hers},
        "topic=textil": {wool},
        "tier=A": {mine},
        "days=3": set(),
        "state=draft": {draft},
        "state=submitted&author=okafor": {hers},
    }

    shown = {q: set(rows(visitor.get(f"/desk/?{q}"), "waiting")) for q in wanted}

    assert shown == {q: {v.question for v in them} for q, them in wanted.items()}


def test_a_specialty_narrows_the_list(visit: Visit) -> None:
    make.submitted()
    heart = make.under_review(tier="C")
    visitor = visit(make.editor())

    page = visitor.get(f"/desk/?specialty={make.CARDIOLOGY}")

    assert rows(page, "waiting") == [heart.question]


def test_an_editor_finds_nothing_they_wrote_or_were_asked_to_review(
    visit: Visit,
) -> None:
    both = make.reviewer()
    both.groups.set(both.groups.model.objects.all())
    both = make.fresh(both)
    make.submitted(by=both)
    make.under_review(reviewers=[both, make.reviewer()])
    make.submitted()

    page = visit(both).get("/desk/")

    assert len(rows(page, "waiting")) == 1
    assert "Needs a hand 1" in " ".join(text(page).split())
    for state in ("submitted", "under_review"):
        here = visit(both).get(f"/desk/?state={state}")
        assert len(rows(here, "waiting")) == (state == "submitted")


def test_an_auditor_looks_without_buttons_that_act(visit: Visit) -> None:
    make.submitted()
    make.reviewed()

    page = visit(make.user(roles.AUDITOR)).get("/desk/")

    assert says(page, "waiting") == ["Open", "Open"]
    assert found(page, '//main//form[@method="post"]') == []


def test_mail_that_was_given_up_stands_on_the_desk(visit: Visit) -> None:
    make.submitted()
    make.editor()
    version = make.submitted(**about("post"))
    Outbox.objects.filter(event__version=version).update(status="parked")

    page = visit(make.editor()).get("/desk/?bucket=mail")

    assert set(rows(page, "waiting")) == {version.question}
    assert set(says(page, "waiting")) == {"Settle it"}


def test_what_another_editor_has_is_opened_and_not_sent(visit: Visit) -> None:
    has_it, chief = make.editor(), make.chief()
    version = make.submitted()
    change_editor(version.article_id, by=has_it, editor=has_it.pk)

    seen = [
        says(visit(person).get("/desk/?bucket=to_send"), "waiting")
        for person in (has_it, chief, make.editor())
    ]

    assert seen == [["Send to review"], ["Send to review"], ["Open"]]
    has_it.groups.clear()
    page = visit(make.editor()).get("/desk/?bucket=to_send")
    assert says(page, "waiting") == ["Send to review"]


def test_what_others_have_is_asked_about_as_often_for_two_as_for_one(
    visit: Visit,
) -> None:
    visitor, counts = visit(make.editor()), []
    for _ in range(2):
        has_it, version = make.editor(), make.submitted()
        change_editor(version.article_id, by=has_it, editor=has_it.pk)
        with CaptureQueriesContext(connection) as asked:
            page = visitor.get("/desk/?bucket=to_send")
        counts.append((len(says(page, "waiting")), len(asked)))

    assert [rows for rows, _ in counts] == [1, 2]
    assert len({count for _, count in counts}) == 1


def test_mail_about_an_account_stands_on_the_desk_of_who_watches_over_roles(
    visit: Visit,
) -> None:
    chief, administrator = make.chief(), make.user(roles.ADMINISTRATOR, is_staff=True)
    proposed = make.author()
    record_change(proposed, by=administrator, what="Proposed", proposes=[roles.EDITOR])
    Outbox.objects.filter(event__account=proposed).update(status="parked")

    seen = []
    for person in (chief, make.editor(), make.user(roles.AUDITOR)):
        page = visit(person).get("/desk/?bucket=mail")
        file = visit(person).get("/desk/export/?bucket=mail").content.decode()
        seen.append((says(page, "waiting"), "An account of this house" in file))

    assert seen == [(["Settle it"], True), ([], False), ([], False)]


def test_an_administrator_finds_the_accounts_and_nothing_else(visit: Visit) -> None:
    make.submitted()

    page = visit(make.user(roles.ADMINISTRATOR)).get("/desk/")

    assert found(page, '//main//a[@href="/admin/"]')
    assert found(page, "//main//table") == []


@pytest.mark.parametrize(
    "query",
    [
        *(
            "after=-1",
            "after=a_b_c",
            "after=1_2_3_4",
            "after=1e400_0_0",
            "after=nan_0_1",
        ),
        *("before=9999999999999_0_1", "after=1700000000_99_1", "after=%00"),
        *("state=gone", "state=%00", "mine=perhaps", "bucket=%00", "tier=Z"),
        *("days=abc", "days=-1", "specialty=none", "days=99999999999999"),
    ],
)
def test_an_address_that_makes_no_sense_shows_the_beginning(
    visit: Visit, query: str
) -> None:
    version = make.submitted()

    response = visit(make.editor()).get(f"/desk/?{query}")

    assert response.status_code == 200
    assert rows(response, "waiting") == [version.question]


def test_a_list_is_read_by_key_forth_and_back(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("desk", "paging"):
        monkeypatch.setattr(f"editorial.views.{module}.PER_PAGE", 2)
    for _ in range(3):
        make.submitted()
    make.under_review(tier="B")
    visitor = visit(make.editor())

    def walk(way: str, start: str) -> list[list[str]]:
        pages, address = [], start
        while address:
            page = visitor.get(f"/desk/{address}")
            pages.append(rows(page, "waiting"))
            links = found(page, f'//a[@rel="{way}"]/@href')
            address = links[0] if links else ""
        return pages

    forth = walk("next", "?")
    third = visitor.get(
        "/desk/" + found(visitor.get("/desk/"), '//a[@rel="next"]/@href')[0]
    )
    last = "/desk/" + found(third, '//a[@rel="next"]/@href')[0]
    back = walk("prev", last.removeprefix("/desk/"))

    assert [len(page) for page in forth] == [2, 2, 1]
    assert back == forth[::-1]


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
    make.under_review(tier="C")
    make.published(tier="C")
    held = make.submitted()
    Outbox.objects.filter(event__version=held).update(status="parked")


def test_the_desk_of_all_roles_asks_as_often_for_two_rows_as_for_one(
    visit: Visit,
) -> None:
    counts = []
    for rounds in (1, 2):
        person = make.reviewer()
        person.groups.set(person.groups.model.objects.all())
        person = make.fresh(person)
        for _ in range(rounds):
            fill(person)
        visitor = visit(person)
        for page in PAGES:
            with CaptureQueriesContext(connection) as asked:
                assert visitor.get(page).status_code == 200
            counts.append((page, len(asked)))

    assert counts[: len(PAGES)] == counts[len(PAGES) :]
    assert max(count for _, count in counts) <= MOST_QUERIES


PAGES = (
    *("/desk/", "/desk/own/", "/desk/?mine=1&tier=C", "/desk/?state=under_review"),
    *("/desk/?editor=a&reviewer=b&author=c&topic=d&q=e", "/desk/?bucket=to_decide"),
    *("/desk/figures/", "/desk/figures/?period=all", "/desk/export/"),
    "/desk/figures/table/",
)


def test_the_desk_says_when_not_all_in_review_were_looked_at(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = visit(make.editor())
    make.under_review(tier="C")
    make.under_review(tier="C")
    all_of_them = text(client.get("/desk/"))
    monkeypatch.setattr(desk_lists, "WEIGHED", 1)

    some = text(client.get("/desk/"))

    assert "is neither listed nor counted here" not in all_of_them
    assert "is neither listed nor counted here" in some
