"""The decision screen: all there is to weigh, for those who decide and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Version
from editorial import letters, roles
from editorial.actions import (
    answering,
    authoring,
    deciding,
    desk,
    inviting,
    reopening,
    reviewing,
)
from editorial.letters import Request
from editorial.models import Event
from editorial.views import weighing
from reviews import checklist
from tests import make, traces
from tests.editorial.views.visitors import found, notices, parsed, step_names, text

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

ANSWERS = {line.code: "yes" for line in checklist.ITEMS}


def split(count: int = 3) -> Version:
    """Two for it, the rest against it, who also doubt a line of the checklist."""
    asked = [
        make.reviewer(name=f"Reviewer {n}", credentials="") for n in range(1, count + 1)
    ]
    version = make.under_review(reviewers=asked)
    rows = version.assignments.select_related("reviewer").order_by("pk")
    for place, assignment in enumerate(rows):
        against = place > 1
        make.reported(
            assignment,
            vote="changes" if against else "approve",
            remarks="The dose is wrong." if against else "",
        )
    return make.again(version)


def address(version: Version, step: str = "") -> str:
    return f"/desk/versions/{version.pk}/decide/{step}"


def test_votes_that_differ_stand_side_by_side_and_first(visit: Visit) -> None:
    version = split()

    [difference] = weighing.differences(version.assignments.order_by("pk"))

    page = visit(make.editor()).get(address(version))
    assert difference == weighing.Difference(
        "Vote",
        (
            ("Reviewer 1", "Approve"),
            ("Reviewer 2", "Approve"),
            ("Reviewer 3", "Changes needed"),
        ),
    )
    headings = [h.text_content() for h in found(page, "//main//h2")]
    assert headings == [
        *("Where reviewers differ", "Quorum", "State of the text", "Decide"),
    ]
    assert "21 of 21 pairs of answers agree (100 %)" in text(page)


def test_lines_of_the_checklist_are_compared_too(db: None) -> None:
    version = split()
    one, *_, last = version.assignments.order_by("pk").select_related("report")
    one.report.checklist = ANSWERS | {"doses": "na"}

    differences = weighing.differences([one, last])

    assert [(d.question, d.answers) for d in differences] == [
        ("Vote", (("Reviewer 1", "Approve"), ("Reviewer 3", "Changes needed"))),
        (
            "Doses, units and populations are right",
            (("Reviewer 1", "Not applicable"), ("Reviewer 3", "Yes")),
        ),
    ]


def test_it_says_of_each_whether_they_count_and_why_not(visit: Visit) -> None:
    version = split()
    editor = make.editor()
    extra = [make.reviewer(name=f"Reviewer {n}", credentials="") for n in (4, 5)]
    inviting.invite(version.pk, by=editor, reviewers=[p.pk for p in extra])
    reading = version.assignments.get(reviewer=extra[0])
    make.accepted(reading)
    first = version.assignments.order_by("pk")[0]
    reopening.reopen(version.pk, by=editor, assignment_id=first.pk, reason="Look again")

    judged = weighing.judged(make.again(version))

    assert [(one.who, one.counts, one.why) for one in judged] == [
        ("Reviewer 1", False, "earlier report, taken up again"),
        ("Reviewer 2", True, "counts"),
        ("Reviewer 3", False, "is not in favour"),
        ("Reviewer 4", False, "is reading"),
        ("Reviewer 5", False, "has not answered yet"),
        ("Reviewer 1", False, "is reading"),
    ]


def test_it_names_everything_that_an_approval_waits_for(visit: Visit) -> None:
    said = make.Remark("blocking", "Ten times too much.", "Offer the treatment")
    version = make.under_review()
    first = version.assignments.select_related("reviewer").order_by("pk")[0]
    make.reported(first, vote="changes", comments=(said,))

    page = visit(make.chief()).get(address(version))

    waiting = found(page, '//*[@id="quorum"]/../ul/li')
    assert [str(li.text).strip() for li in waiting] == [
        "Tier B needs 2 reviews in favour; 0 received.",
        "1 blocking comment still open.",
    ]
    assert "Blocking: 1" in text(page)


def test_more_in_favour_than_needed_are_told_beside_it(visit: Visit) -> None:
    version = make.under_review(tier="C", reviewers=[make.reviewer(), make.reviewer()])
    make.report_all(version)

    assert "2 in favour, 1 needed" in text(visit(make.chief()).get(address(version)))


def test_what_blocks_is_linked_to_where_it_stands(visit: Visit) -> None:
    version = make.under_review()
    first = version.assignments.select_related("reviewer").order_by("pk")[0]
    make.reported(first, comments=(make.blocking(),))
    comment = version.comments.get()
    page = f"/desk/versions/{version.pk}/"

    for visitor in (visit(make.chief()), visit(make.user(roles.AUDITOR))):
        links = found(visitor.get(address(version)), '//*[@id="quorum"]/..//li//a')

        known = [(a.text, a.get("href")) for a in links]
        assert known == [("The dose is wrong.", f"{page}#comment-{comment.pk}")]
        assert found(visitor.get(page), f'//*[@id="comment-{comment.pk}"]')


def test_it_says_if_who_objected_is_in_favour_since(visit: Visit) -> None:
    author, one, other = make.author(), make.reviewer(), make.reviewer()
    first = make.under_review(by=author, reviewers=[one, other])
    for asked in first.assignments.select_related("reviewer"):
        make.reported(asked, vote="changes", comments=(make.blocking(),))
    desk.return_for_changes(first.pk, by=make.editor(), reason="Mend it.")
    second = make.resubmitted(make.again(first), by=author)
    second = make.send(second, reviewers=[one, other])
    rows = second.assignments.select_related("reviewer")
    make.reported(rows.get(reviewer=one))
    make.reported(rows.get(reviewer=other), vote="changes", remarks="Not yet.")

    page = visit(make.chief()).get(address(second))

    waits = found(page, '//section[@aria-labelledby="quorum"]//li/ul/li')
    assert sorted(" ".join(li.text_content().split()) for li in waits) == [
        "The dose is wrong.",
        "The dose is wrong. Its author has since voted “Approve”, and can still settle it.",
    ]


def test_the_chief_editor_reads_the_advice_first(visit: Visit) -> None:
    version = split()
    deciding.recommend(
        version.pk,
        by=make.editor(name="Otto Paperfield", credentials=""),
        advice="return",
        reason="The dose first.",
        letter="Dear authors",
    )

    page = visit(make.chief()).get(address(version))

    headings = [h.text_content() for h in found(page, "//main//h2")]
    assert headings[0] == "An editor recommends"
    assert "Otto Paperfield" in text(page)
    assert found(page, '//*[@id="return_for_changes-reason"]')[0].text_content() == (
        "\nDear authors"
    )


def test_an_advice_that_fell_with_a_later_report_is_told_of_as_past(
    visit: Visit,
) -> None:
    version, person = split(), make.reviewer()
    inviting.invite(version.pk, by=make.editor(), reviewers=[person.pk])
    deciding.recommend(
        version.pk,
        by=make.editor(),
        advice="return",
        reason="The dose first.",
        letter="Dear authors",
    )
    make.reported(version.assignments.get(reviewer=person))

    page = visit(make.chief()).get(address(version))

    headings = [h.text_content() for h in found(page, "//main//h2")]
    assert headings[0] == "An editor recommended"
    assert "It fell with a later report" in text(page)
    letter = found(page, '//*[@id="return_for_changes-reason"]')[0].text_content()
    assert letter == f"\n{letters.OPENING}"


def test_a_late_review_stands_apart(visit: Visit) -> None:
    version = split(2)
    extra = make.reviewer(name="Slow Reviewer", credentials="")
    inviting.invite(version.pk, by=make.editor(), reviewers=[extra.pk])
    late = make.accepted(version.assignments.get(reviewer=extra))
    make.approve(make.again(version))
    by = make.fresh(extra)
    reviewing.report_late(late.pk, by=by, findings=make.findings(remarks="Too late"))

    page = visit(make.editor()).get(address(version))

    apart = found(page, '//section[@aria-labelledby="late"]')[0].text_content()
    assert "Slow Reviewer" in apart
    assert "Too late" in apart
    assert "came late" in apart


def test_the_steps_are_those_of_the_seat(visit: Visit) -> None:
    version = split()

    editor = step_names(visit(make.editor()).get(address(version)))
    chief = step_names(visit(make.chief()).get(address(version)))

    assert editor == ["return_for_changes", "recommend", "invite"]
    assert chief == ["approve", "return_for_changes", "reject", "recommend", "invite"]
    assert step_names(visit(make.user("auditor")).get(address(version))) == []


def test_only_the_desk_and_the_auditor_see_it(visit: Visit) -> None:
    version = split()
    author = make.fresh(version.article.authorships.order_by("pk")[0].user)
    reviewer = make.fresh(version.assignments.order_by("pk")[0].reviewer)
    reviewer.groups.add(*make.editor().groups.all())
    outsider = make.reviewer()

    codes = {
        who.pk: visit(who).get(address(version)).status_code
        for who in (author, reviewer, outsider)
    }

    assert set(codes.values()) == {404}
    draft = make.draft()
    assert visit(make.editor()).get(address(draft)).status_code == 404


@pytest.mark.parametrize(
    ("name", "fields"),
    [("withdraw", {"reason": ""}), ("recall", {"seen": ""}), ("approve", {})],
)
def test_no_refused_step_shows_it_to_an_author(
    name: str, fields: dict[str, str], visit: Visit
) -> None:
    author = make.author()
    version = make.reviewed(by=author)
    events = Event.objects.count()

    sent = {"seen": "1", **fields}
    answer = visit(author).post(address(version, f"{name}/"), **sent)

    assert answer.status_code == 404
    assert Event.objects.count() == events


def test_a_letter_says_which_requests_are_remarks_of_reviewers(visit: Visit) -> None:
    version = make.under_review(tier="C")
    make.report_all(version, vote="changes", remarks="The dose.\nFirst.\n\nA table.")
    chief = visit(make.chief())
    kept = {"request-1-text": "The dose.\r\nFirst.", "request-2-text": "Two tables."}

    drawn = chief.get(address(version))
    redrawn = chief.post(address(version, "return_for_changes/"), seen=1, **kept)

    heads = '//*[@id="return_for_changes"]//fieldset//div/header/span'
    said = [[head.text for head in found(page, heads)] for page in (drawn, redrawn)]
    own = "Request of the editor"
    assert said[0] == [
        *("1. Remark of a reviewer", "2. Remark of a reviewer"),
        *(f"3. {own}", f"4. {own}"),
    ]
    assert said[1][:2] == ["1. Remark of a reviewer", f"2. {own}"]


def test_a_step_is_taken_there_and_comes_back_there(visit: Visit) -> None:
    version = split()
    editor = visit(make.editor())
    first = version.assignments.order_by("pk")[0]
    sent = {"seen": version.revision, "assignment_id": first.pk, "reason": " "}

    refused = editor.post(address(version, "reopen/"), **sent)
    done = editor.post(address(version, "reopen/"), **sent | {"reason": "Look again"})

    assert refused.status_code == 422
    [again] = [f for f in parsed(refused).forms if "reopen" in f.action][:1]
    assert again.xpath('.//ul[@class="errorlist"]/li')
    assert (done.status_code, done["Location"]) == (302, address(version))
    assert notices(editor.get(address(version))) == [
        "Asked again. The earlier report stays, and counts no more."
    ]


def test_a_decision_taken_there_is_the_same_deed(visit: Visit) -> None:
    version = split()

    done = visit(make.editor()).post(
        address(version, "return_for_changes/"),
        seen=version.revision,
        reason="Mend the dose.",
    )

    assert done.status_code == 302
    assert make.again(version).state == "returned"


def test_before_signing_one_sees_the_hash_the_votes_and_what_is_public(
    visit: Visit,
) -> None:
    author = make.author()
    first = make.published(by=author)
    second = make.send(make.resubmitted(first, by=author))
    make.report_all(second)

    page = visit(make.chief()).get(address(second))

    box = found(page, '//*[@id="approve"]//dl')[0]
    assert second.sha256 in box.text_content()
    assert box.text_content().count("Approve\n") >= 2
    since = f"/desk/versions/{second.pk}/changes/?from="
    assert [a.get("href") for a in box.iter("a")] == [f"{since}1", f"{since}live"]


def test_the_answers_of_the_authors_are_weighed_too(visit: Visit) -> None:
    author, editor = make.author(), make.editor()
    first = make.under_review(by=author, tier="C", editor=editor)
    make.report_all(first, comments=(make.blocking("Ten times too much."),))
    asked = [Request("Name the trial."), Request("Add a table.", required=False)]
    desk.return_for_changes(first.pk, by=editor, reason="Mend it.", requests=asked)
    draft = authoring.revise(first.pk, by=author)
    said = {1: ("done", "Halved."), 2: ("not_done", "The trial has no name.")}
    for number, (answer, why) in said.items():
        item = draft.comments.get(number=number).pk
        answering.answer_comment(
            draft.pk, by=author, comment_id=item, answer=answer, text=why
        )
    second = make.send(authoring.submit(draft.pk, by=author), tier="C")

    page = visit(make.chief()).get(address(second))

    said_of = found(page, '//section[@aria-labelledby="answered"]/div')
    assert [" ".join(note.text_content().split()) for note in said_of] == [
        "1. Blocking: Ten times too much. open Done Halved.",
        "2. Request of the editor: Name the trial. open Not done The trial has no name.",
        "3. Request of the editor: Add a table. open Without an answer, which was optional",
    ]
    assert "1 done, 1 not done, 1 without an answer." in text(page)
    [link] = found(page, '//dt[text()="Hash"]/following-sibling::dd[1]/a')
    assert link.get("href") == f"/desk/versions/{second.pk}/changes/?from=1"


def test_where_nothing_was_asked_before_no_answers_are_told_of(visit: Visit) -> None:
    page = visit(make.chief()).get(address(make.reviewed()))

    assert found(page, '//section[@aria-labelledby="answered"]') == []
    assert "What changed since version" not in text(page)


@pytest.mark.parametrize("count", [2, 5])
def test_it_takes_the_same_queries_however_many_reviewed(
    visit: Visit, count: int
) -> None:
    version = split(count)
    desk.change_tier(
        version.article_id, by=make.editor(), tier=version.article.tier, reason="Same"
    )
    chief = visit(make.chief())
    chief.get(address(version))

    with CaptureQueriesContext(
        connection,
    ) as asked:
        chief.get(address(version))

    assert len(asked) == QUERIES


QUERIES = 9


def test_where_nothing_is_left_to_decide_nobody_is_asked_to(visit: Visit) -> None:
    version, editor = split(), make.editor()
    desk.return_for_changes(version.pk, by=editor, reason="Mend the dose.")

    said = text(visit(editor).get(address(version)))

    assert f"Weighed: {version.question}" in said
    assert "You can invite one more" not in said


def test_over_a_split_one_more_is_called_who_sees_no_vote(visit: Visit) -> None:
    version = split()
    extra = make.reviewer()
    editor = visit(make.editor())

    page = editor.get(address(version))
    editor.post(
        address(version, "invite/"), seen=version.revision, reviewers=[extra.pk]
    )

    asked = version.assignments.select_related("reviewer").get(reviewer=extra)
    make.accepted(asked)
    seen = text(visit(extra).get(asked.get_absolute_url()))
    event = asked.version.events.get(kind="invited")
    assert "The reviewers are split." in text(page)
    assert traces.said(event)["facts"]["split"] is True
    assert "Changes needed" in text(editor.get(address(version)))
    assert "The dose is wrong." not in seen
    assert "Reviewer 3" not in seen


def test_who_is_called_while_all_agree_is_not_marked(db: None) -> None:
    version = make.reviewed()

    inviting.invite(version.pk, by=make.editor(), reviewers=[make.reviewer().pk])

    assert "split" not in traces.said()["facts"]


def test_claims_whose_checks_cannot_count_are_told_beside_those_that_do(
    visit: Visit,
) -> None:
    version = make.reviewed(tier="C")
    Article.objects.filter(pk=version.article_id).update(entities="Acme")
    make.declaration(version.assignments.get().reviewer, shares=["Acme"])
    visitor = visit(make.chief())

    pages = [
        text(visitor.get(page))
        for page in (address(version), version.get_absolute_url())
    ]

    told = "0 of 4, and 4 more by somebody with an interest; "
    assert [told in page for page in pages] == [True, True]
