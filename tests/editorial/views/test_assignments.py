"""The invitation and the review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from editorial import roles
from editorial.actions import desk, reopening, reviewing
from editorial.reports import Check
from reviews import checklist
from reviews.models import Assignment, Comment, Disclosure, Report
from reviews.states import Vote
from tests import make
from tests.editorial.views.visitors import complaints, found, parsed, text

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

TEXT = "Offer the treatment that the trial tested."


@pytest.fixture
def invited(db: None) -> Assignment:
    return make.under_review(tier="C").assignments.get()


@pytest.fixture
def accepted(invited: Assignment) -> Assignment:
    make.accepted(invited)
    return Assignment.objects.select_related("version", "reviewer").get(pk=invited.pk)


def address(assignment: Assignment) -> str:
    return f"/desk/assignments/{assignment.pk}/"


def review(assignment: Assignment, **fields: Any) -> dict[str, Any]:
    answers = {f"check_{item.code}": "yes" for item in checklist.ITEMS}
    return (
        {
            "seen": assignment.revision,
            "vote": "approve",
            "password": make.PASSWORD,
        }
        | answers
        | fields
    )


def test_the_invitation_shows_the_question_and_not_the_text(
    visit: Visit, invited: Assignment
) -> None:
    page = text(visit(invited.reviewer).get(address(invited)))

    assert invited.version.question in page
    assert TEXT not in page


def test_a_reviewer_accepts_and_reads(visit: Visit, invited: Assignment) -> None:
    visitor = visit(invited.reviewer)
    page = address(invited)

    response = visitor.send(page, f"{page}accept/", has_support="none")

    assert (response.status_code, response["Location"]) == (302, page)
    assert TEXT in text(visitor.get(page))
    assert [d.has_conflict for d in Disclosure.objects.all()] == [False]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (
            {"has_support": ""},
            "Answer “Support for this work”; “none” is an answer.",
        ),
        ({"has_support": "some"}, "Say with whom: “Support for this work”."),
        (
            {"has_support": "none", "has_shares": ""},
            "Answer “Stock or options”; “none” is an answer.",
        ),
    ],
)
def test_nobody_accepts_while_a_line_is_blank(
    visit: Visit, invited: Assignment, sent: dict[str, str], said: str
) -> None:
    page = address(invited)

    response = visit(invited.reviewer).send(page, f"{page}accept/", **sent)

    assert response.status_code == 422
    assert complaints(response) == [said]
    assert not Disclosure.objects.exists()


def test_a_reviewer_declines_with_a_reason(visit: Visit, invited: Assignment) -> None:
    visitor = visit(invited.reviewer)
    page = address(invited)

    visitor.send(page, f"{page}decline/", reason="On leave until March.")

    assert "On leave until March." in text(visitor.get(page))
    assert Assignment.objects.get().state == "declined"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (roles.EDITOR, 200),
        (roles.AUDITOR, 200),
        (roles.REVIEWER, 404),
        (roles.AUTHOR, 404),
        (roles.ADMINISTRATOR, 404),
    ],
)
def test_only_the_reviewer_and_the_desk_see_an_assignment(
    visit: Visit, accepted: Assignment, role: str, status: int
) -> None:
    response = visit(make.user(role)).get(address(accepted))

    assert response.status_code == status


def test_the_author_of_the_text_sees_no_assignment_even_as_an_editor(
    visit: Visit, accepted: Assignment
) -> None:
    author = accepted.version.article.authorships.get().user
    author.groups.add(author.groups.model.objects.get(name=roles.EDITOR))

    assert visit(author).get(address(accepted)).status_code == 404


def test_nobody_answers_for_the_reviewer(visit: Visit, accepted: Assignment) -> None:
    response = visit(make.editor()).post(
        f"{address(accepted)}report/", **review(accepted)
    )

    assert response.status_code == 403
    assert not Report.objects.exists()


SAID = "I own shares in it"
SEEN = "I own \u202eshares\u200b in it"


def test_what_nobody_sees_is_taken_out_of_what_reviewers_write(
    visit: Visit, invited: Assignment
) -> None:
    visitor, page = visit(invited.reviewer), address(invited)
    visitor.send(page, f"{page}accept/", has_support="some", who_support=SEEN)
    typed = {
        "comment-1-kind": "question",
        "comment-1-text": SEEN,
        "comment-1-passage": SEEN,
        "remarks": SEEN,
        "note_to_editor": SEEN,
    }
    accepted = Assignment.objects.get(pk=invited.pk)
    visitor.send(page, f"{page}report/", **review(accepted, **typed))

    report = Report.objects.select_related("assignment__disclosure").get()
    comment = invited.version.comments.get()
    texts = [report.assignment.disclosure.statement, comment.text, comment.passage]
    texts += [report.remarks, report.note_to_editor]
    assert texts == [f"Support for this work: {SAID}.", *[SAID] * 4]


def test_a_reason_of_what_nobody_sees_is_none(
    visit: Visit, invited: Assignment
) -> None:
    visitor, page = visit(invited.reviewer), address(invited)

    response = visitor.send(page, f"{page}decline/", reason=" \u200b\u202e ")

    assert response.status_code == 422
    assert complaints(response) == ["Give a reason; it goes into the record."]


def test_a_reviewer_signs_by_the_form_of_the_page(
    visit: Visit, accepted: Assignment
) -> None:
    visitor = visit(accepted.reviewer)
    page = address(accepted)
    typed = {
        "comment-2-kind": "blocking",
        "comment-2-passage": "Offer the treatment",
        "comment-2-text": "To whom?",
        "remarks": "Say to whom.",
        "note_to_editor": "Fine otherwise.",
    }

    response = visitor.send(page, f"{page}report/", **review(accepted, **typed))

    signed = text(visitor.get(page))
    comment = accepted.version.comments.get()
    assert response.status_code == 302
    assert (comment.kind, comment.text) == ("blocking", "To whom?")
    assert accepted.version.sha256 in signed
    assert "Say to whom." in signed
    assert found(visitor.get(page), "//form[@id='report-form']") == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"vote": ""}, "Choose your vote."),
        ({"vote": "perhaps"}, None),
        ({"check_doses": ""}, "Answer “Doses, units and populations are right”."),
        ({"check_doses": "maybe"}, None),
        ({"password": "wrong"}, "The password is not right; nothing was signed."),
        ({"password": ""}, "Type your password to sign."),
        ({"remarks": "x" * 20_001}, None),
        ({"comment-1-kind": "rude", "comment-1-text": "x"}, None),
        ({"comment-1-passage": "Offer"}, "Say what you found in this passage."),
        (
            {"check_doses": "no"},
            f"“{checklist.ITEMS[2].text}” is answered “No”: {checklist.WHERE}",
        ),
    ],
)
def test_a_review_that_is_not_whole_comes_back_as_it_was_written(
    visit: Visit, accepted: Assignment, wrong: dict[str, str], said: str | None
) -> None:
    sent = review(accepted, **{"note_to_editor": "Typed with care."} | wrong)

    response = visit(accepted.reviewer).post(f"{address(accepted)}report/", **sent)

    assert response.status_code == 422
    assert complaints(response)
    assert said is None or complaints(response) == [said]
    assert "Typed with care." in response.content.decode()
    assert not Report.objects.exists()


def test_a_reviewer_steps_back(visit: Visit, accepted: Assignment) -> None:
    page = address(accepted)

    visit(accepted.reviewer).send(page, f"{page}recuse/", reason="I know the author.")

    assert Assignment.objects.get().state == "recused"


def test_a_review_signed_twice_is_signed_once(
    visit: Visit, accepted: Assignment
) -> None:
    visitor = visit(accepted.reviewer)
    sent = review(accepted)
    visitor.post(f"{address(accepted)}report/", **sent)

    response = visitor.post(f"{address(accepted)}report/", **sent)

    assert response.status_code == 302
    assert Report.objects.count() == 1


def test_a_comment_is_answered_from_the_page_and_names_nobody(
    visit: Visit, accepted: Assignment
) -> None:
    visitor, page = visit(accepted.reviewer), address(accepted)
    typed = {"comment-1-text": "Which dose?"}
    visitor.send(page, f"{page}report/", **review(accepted, **typed))
    editor = visit(make.editor())
    pk = accepted.version.comments.get().pk

    wrong = editor.send(page, f"{page}reply/", comment=pk, text=" ")
    done = editor.send(page, f"{page}reply/", comment=pk, text="The label says 5 mg.")
    visitor.send(page, f"{page}reply/", comment=pk, text="Then say so.")

    said = text(visitor.get(page))
    assert (wrong.status_code, complaints(wrong)) == (422, ["Write what you answer."])
    assert done.status_code == 302
    assert said.index("The desk,") < said.index("The label says 5 mg.")
    assert said.index("You,") < said.index("Then say so.")
    assert "The reviewer," in text(editor.get(page))
    author = accepted.version.article.authorships.get().user
    assert "5 mg" not in text(visit(author).get(accepted.version.get_absolute_url()))


def test_the_desk_sees_how_far_the_citations_are_checked(visit: Visit) -> None:
    version = make.under_review(tier="A")
    first, second, _ = version.assignments.select_related("reviewer").order_by("pk")
    trial, review_ = "Offer the treatment that the trial tested.", "Offer it."
    make.reported(first, checks=(Check("trial", trial, "supports"),))
    both = (Check("trial", trial, "partly"), Check("trial", review_, "supports"))
    make.reported(second, checks=both)

    said = text(visit(make.editor()).get(version.get_absolute_url()))

    assert (
        "Citations checked: 2 of 4; the tier asks for 2 more. Tier A: every claim."
    ) in said
    own = text(visit(second.reviewer).get(address(second)))
    assert "Citations answered, 2" in own


def test_another_review_after_the_signed_one_is_not_lost_unseen(
    visit: Visit, accepted: Assignment
) -> None:
    visitor = visit(accepted.reviewer)
    visitor.post(f"{address(accepted)}report/", **review(accepted))
    other = review(accepted, remarks="Typed in another window.")

    response = visitor.post(f"{address(accepted)}report/", **other)

    assert response.status_code == 409
    assert "Typed in another window." in text(response)
    assert Report.objects.get().remarks == ""


def test_nothing_typed_in_a_review_that_came_too_late_is_lost(
    visit: Visit, accepted: Assignment
) -> None:
    sent = review(
        accepted,
        **{
            "vote": "changes",
            "check_doses": "na",
            "comment-2-kind": "blocking",
            "comment-2-text": "Ten times too much.",
            "cite-1-verdict": "partly",
            "cite-1-locator": "p. 412",
        },
    )
    desk.return_for_changes(accepted.version_id, by=make.editor(), reason="Shorten it")

    response = visit(accepted.reviewer).post(f"{address(accepted)}report/", **sent)

    told = [
        (h.text_content(), h.getnext().text_content())
        for h in found(response, '//section[@aria-labelledby="written"]//h3')
    ]
    votes, answers = dict(Vote.choices), checklist.ANSWERS
    [doses] = [item.text for item in checklist.ITEMS if item.code == "doses"]
    assert response.status_code == 409
    assert {
        ("My vote", str(votes["changes"])),
        (doses, answers["na"]),
        ("Comment 2: Kind", "Blocking"),
        ("Comment 2: What you say of it", "Ten times too much."),
        ("Citation 1: The work", "Supports it in part"),
        ("Citation 1: Where in the work, such as p. 412", "p. 412"),
    } <= set(told)
    assert make.PASSWORD not in response.content.decode()


def test_signed_comments_stand_in_the_order_of_the_text(
    visit: Visit, accepted: Assignment
) -> None:
    passages = ["", "bleeding", "Offer it.", "Offer the treatment"]
    said = {
        f"comment-{n}-{name}": words
        for n, passage in enumerate(passages, 1)
        for name, words in (("passage", passage), ("text", f"On {passage}"))
    }
    visitor = visit(accepted.reviewer)

    visitor.post(f"{address(accepted)}report/", **review(accepted, **said))

    notes = found(visitor.get(address(accepted)), "//*[@data-kind]")
    assert [note.get("data-passage") for note in notes] == [
        *("Offer it.", "Offer the treatment", "bleeding", None),
    ]


def test_each_report_stands_over_its_own_signature(visit: Visit) -> None:
    version = make.reviewed(tier="C")
    first = version.assignments.select_related("reviewer").get()
    again = reopening.reopen(
        version.pk, by=make.editor(), assignment_id=first.pk, reason="Look again"
    )
    by = make.fresh(first.reviewer)
    make.reviewing.report(
        again.pk, by=by, findings=make.findings(), proven=make.proven(by)
    )

    pages = [visit(by).get(row.get_absolute_url()) for row in (first, again)]

    signed = [page.context["signed"]["signature"] for page in pages]
    assert [signature.number for signature in signed] == [1, 2]


@pytest.fixture
def second(db: None) -> Assignment:
    """Accepted by who asked something of the version before, which was answered."""
    author, one = make.author(), make.reviewer()
    first = make.under_review(by=author, tier="C", reviewers=[one])
    make.reported(first.assignments.get(), comments=(make.blocking(),))
    desk.return_for_changes(first.pk, by=make.editor(), reason="Mend it.")
    text = make.resubmitted(make.again(first), by=author)
    asked = make.send(text, tier="C", reviewers=[one])
    return make.accepted(asked.assignments.get())


def test_a_reviewer_settles_what_they_asked_of_the_version_before(
    visit: Visit, second: Assignment
) -> None:
    visitor, page = visit(second.reviewer), address(second)
    said = Comment.objects.get(version=second.version, kind="blocking")

    button = found(visitor.get(page), f"//button[@data-settle][@value='{said.pk}']")
    response = visitor.send(page, f"{page}settle/", comment=said.pk)

    assert [words.text for words in button] == ["Settled"]
    assert (response.status_code, response["Location"]) == (302, page)
    after = visitor.get(page)
    assert "Settled. The comment is closed" in text(after)
    assert not found(after, "//button[@data-settle]")


def test_without_scripts_what_is_typed_is_saved_when_a_comment_is_settled(
    visit: Visit, second: Assignment
) -> None:
    visitor, page = visit(second.reviewer), address(second)
    said = Comment.objects.get(version=second.version, kind="blocking")
    drawn = parsed(visitor.get(page))
    [button] = drawn.xpath("//button[@data-settle]")
    [form] = drawn.xpath("//form[@id='report-form']")
    typed = dict(form.form_values()) | {"remarks": "Typed so far", "comment": said.pk}

    visitor.post(button.get("formaction"), **typed)

    after = visitor.get(page)
    assert Comment.objects.get(pk=said.pk).resolved_at is not None
    assert "Settled. The comment is closed" in text(after)
    assert "Typed so far" in text(after)


def test_no_comment_is_settled_by_pressing_enter_in_a_field(
    visit: Visit, second: Assignment
) -> None:
    drawn = parsed(visit(second.reviewer).get(address(second)))

    # A browser presses the first button of the form.
    mine = "self::button[@form='report-form' or (not(@form) and ancestor::form[@id='report-form'])]"
    first = drawn.xpath(f"//button[@type='submit'][{mine}]")[0]

    assert first.get("data-settle") is None


def test_what_was_carried_over_stays_in_sight_of_a_signed_review(
    visit: Visit, second: Assignment
) -> None:
    by = make.fresh(second.reviewer)
    reviewing.report(second.pk, by=by, findings=make.findings(), proven=make.proven(by))

    mine = visit(by).get(address(second))
    desks = visit(make.editor()).get(address(second))

    assert "You · Blocking · from the version before" in text(mine)
    assert f"{by.printed_name} · Blocking · from the version before" in text(desks)
    assert not found(desks, "//button[starts-with(@form, 'settle-')]")


def test_it_can_be_settled_beside_a_signed_review_too(
    visit: Visit, second: Assignment
) -> None:
    by = make.fresh(second.reviewer)
    reviewing.report(second.pk, by=by, findings=make.findings(), proven=make.proven(by))
    visitor, page = visit(make.fresh(by)), address(second)
    said = Comment.objects.get(version=second.version, kind="blocking")

    button = found(visitor.get(page), f"//button[@form='settle-{said.pk}']")
    response = visitor.send(page, f"{page}settle/", comment=said.pk)

    assert ["Settled" in words.text for words in button] == [True]
    assert (response.status_code, response["Location"]) == (302, page)
    after = visitor.get(page)
    assert "Settled. The comment is closed" in text(after)
    assert not found(after, "//button[starts-with(@form, 'settle-')]")


ROUND = "Round 2; you reviewed version 1; 1 of your comments was answered."


def test_a_further_invitation_says_what_was_reviewed_before(
    visit: Visit, second: Assignment
) -> None:
    Assignment.objects.filter(pk=second.pk).update(
        state="invited", accepted_at=None, due_at=None
    )
    visitor = visit(second.reviewer)

    assert ROUND in text(visitor.get(address(second)))
    assert ROUND in text(visitor.get("/desk/"))


def test_a_further_round_begins_with_what_changed(
    visit: Visit, second: Assignment
) -> None:
    page = visit(second.reviewer).get(address(second))

    first = found(page, '//*[@id="the-text"]//a')[0]
    assert first.text_content() == "See what changed since version 1"
    assert first.get("href") == f"/desk/versions/{second.version_id}/changes/?from=1"
    assert ROUND in text(page)


def test_an_editor_reads_nothing_as_if_they_had_reviewed(
    visit: Visit, second: Assignment
) -> None:
    assert "you reviewed" not in text(visit(make.editor()).get(address(second)))
