"""Answering by plain forms: what comes back, who sees which answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import FindingAnswer
from editorial import letters, linting
from editorial.actions import answering, authoring, desk
from reviews.models import Comment
from tests import make
from tests.editorial.views.visitors import complaints, found, text

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.models import User
    from tests.editorial.views.conftest import Visit

UNGRADED = {"clinician": make.BODY.replace(" (strong recommendation)", "")}
LETTER = "Dear reviewers, thank you."
QUOTED = "patients must watch", "given by"
ANSWER = "The dose is five milligrams now."


@pytest.fixture
def ada(db: None) -> User:
    return make.author(name="Ada Ames")


@pytest.fixture
def reviewers(db: None) -> list[User]:
    return [make.reviewer(name="Rosalind Hale"), make.reviewer(name="Petra Voss")]


@pytest.fixture
def draft(ada: User, reviewers: list[User]) -> Version:
    """The next draft; each reviewer asked something, the editor something more."""
    version = make.under_review(by=ada, reviewers=reviewers, editor=make.editor())
    for assignment in version.assignments.select_related("reviewer").order_by("pk"):
        who = assignment.reviewer.name.split()[0]
        remark = make.Remark("question", f"{who} asks.", "Offer the treatment")
        make.reported(assignment, vote="changes", comments=(remark,))
    desk.return_for_changes(version.pk, by=make.editor(), reason="Answer them both.")
    return make.again(authoring.revise(version.pk, by=ada))


@pytest.mark.parametrize("asked", [("Alpha", "Beta"), ("Beta", "Alpha")])
def test_what_a_letter_asks_for_stands_in_its_order_on_every_page(
    visit: Visit, ada: User, asked: tuple[str, str]
) -> None:
    reviewer, editor = make.reviewer(), make.editor()
    version = make.under_review(by=ada, reviewers=[reviewer], editor=editor, tier="C")
    said = [make.Remark("question", "Late?", "Watch for"), make.blocking("First.")]
    make.reported(version.assignments.get(), vote="changes", comments=tuple(said))
    requests = [letters.Request(text) for text in asked]
    by = make.fresh(editor)
    desk.return_for_changes(version.pk, by=by, reason="See below.", requests=requests)
    draft = authoring.revise(version.pk, by=ada)

    letter = ["First.", "Late?", *asked]
    assert words(visit(ada).get(page(draft)), "to-answer") == letter
    for person in (ada, make.editor()):
        shown = visit(person).get(version.get_absolute_url())
        assert words(shown, "comments") == letter


def words(response: Any, section: str) -> list[str]:
    """What each of the notes in that section says."""
    notes = found(response, f'//section[@aria-labelledby="{section}"]/div')
    return [note.xpath("string(./p[not(@class)])") for note in notes]


def page(draft: Version, tail: str = "answers/") -> str:
    return f"/desk/versions/{draft.pk}/{tail}"


def item(draft: Version, words: str) -> Comment:
    return Comment.objects.get(version=draft, text__startswith=words)


def to(draft: Version, words: str) -> str:
    return page(draft, f"comments/{item(draft, words).pk}/answer/")


def test_each_item_is_answered_where_it_stands(
    visit: Visit, draft: Version, ada: User
) -> None:
    visitor = visit(ada)

    answer = visitor.send(
        page(draft), to(draft, "Rosalind"), answer="done", text=ANSWER
    )

    pk = item(draft, "Rosalind").pk
    assert answer.headers["Location"] == f"{page(draft)}#comment-{pk}"
    assert item(draft, "Rosalind").answer_text == ANSWER
    shown = text(visitor.get(page(draft)))
    assert "2 still need an answer" in shown
    assert "Stands in: Text for clinicians : “Offer the treatment that" in shown


def test_a_form_on_the_writing_page_leads_back_to_it(
    visit: Visit, draft: Version, ada: User
) -> None:
    answer = visit(ada).post(
        to(draft, "Rosalind"), answer="done", text="", seen="", back="edit"
    )

    pk = item(draft, "Rosalind").pk
    assert answer.headers["Location"] == f"{page(draft, 'edit/')}#comment-{pk}"


def test_a_passage_that_is_gone_is_said_to_be_gone(
    visit: Visit, draft: Version, ada: User
) -> None:
    body = make.BODY.replace("Offer the treatment", "Give the treatment")
    authoring.edit(
        draft.pk, by=ada, text=make.text(renditions={"clinician": body}), seen=None
    )

    shown = text(visit(ada).get(page(draft)))

    assert shown.count("The passage is gone from the text.") == 2


def test_author_reviewer_and_desk_are_led_to_the_same_words(
    visit: Visit, ada: User
) -> None:
    body = make.BODY + "<p>Elsewhere: patients must watch.</p>"
    key = "The drug was new, given by hand at first; its patients must watch for signs of it."
    bodies: dict[str, Any] = {"renditions": {"clinician": body}, "key_answer": key}
    version = make.under_review(by=ada, tier="C", **bodies)
    asked = version.assignments.get()
    remarks = [make.Remark("question", "How?", q) for q in QUOTED]
    make.reported(asked, vote="changes", comments=tuple(remarks))
    desk.return_for_changes(version.pk, by=make.editor(), reason="See there.")
    draft = make.again(authoring.revise(version.pk, by=ada))
    new = key.replace("must watch", "have to watch").replace("given by hand", "sold")
    fields = make.text(**bodies | {"key_answer": new})
    authoring.edit(draft.pk, by=ada, text=fields, seen=None)

    author = text(visit(ada).get(page(draft)))
    second = authoring.submit(make.answered(draft, by=ada).pk, by=ada)
    sent = make.send(second, tier="C", reviewers=[asked.reviewer])
    review = make.accepted(sent.assignments.get())
    reviewer = text(visit(asked.reviewer).get(review.get_absolute_url()))
    staff = text(visit(make.editor()).get(draft.get_absolute_url()))

    for shown in (author, reviewer, staff):
        assert shown.count("The passage was reworded. Stands in:") == 1
        assert shown.count("The passage is gone") == 1
        assert "Elsewhere: patients must watch.”" not in shown


def test_an_answer_without_its_reason_comes_back_with_what_was_chosen(
    visit: Visit, draft: Version, ada: User
) -> None:
    answer = visit(ada).send(page(draft), to(draft, "Petra"), answer="not_done")

    assert answer.status_code == 422
    assert complaints(answer) == ["Say why it is not done; the reviewers read it."]
    [chosen] = found(answer, '//input[@type="radio"][@checked]')
    assert chosen.get("value") == "not_done"
    assert item(draft, "Petra").answer == ""


def test_an_answer_that_came_second_gets_its_words_back(
    visit: Visit, draft: Version, ada: User
) -> None:
    address = to(draft, "Petra")
    answering.answer_comment(
        draft.pk, by=ada, comment_id=item(draft, "Petra").pk, answer="done"
    )

    answer = visit(ada).post(
        address, answer="not_done", text="Off the point", seen="", back=""
    )

    assert answer.status_code == 409
    assert "Off the point" in text(answer)


def test_the_letter_is_written_on_the_same_page(
    visit: Visit, draft: Version, ada: User
) -> None:
    answer = visit(ada).send(page(draft), page(draft, "response/"), text=LETTER)

    assert answer.headers["Location"] == f"{page(draft)}#letter"
    assert make.again(draft).response == LETTER


def test_what_was_written_after_the_session_ended_is_not_lost(
    visit: Visit, draft: Version, ada: User
) -> None:
    visitor = visit(ada)
    visitor.get(page(draft))
    visitor.client.session.flush()
    sent = {"answer": "done", "text": ANSWER, "seen": "", "back": ""}

    visitor.post(to(draft, "Petra"), **sent)
    visitor.client.force_login(ada)
    again = visitor.get(page(draft))

    pk = item(draft, "Petra").pk
    [area] = found(again, f'//textarea[@id="comment-{pk}-text"]')
    assert area.text.strip() == ANSWER
    assert item(draft, "Petra").answer == ""


@pytest.mark.parametrize("tail", ["answers/", "response/", "comment", "finding"])
def test_nobody_but_an_author_answers(
    tail: str, visit: Visit, draft: Version, reviewers: list[User]
) -> None:
    address = {
        "comment": to(draft, "Petra"),
        "finding": page(draft, "findings/abc/answer/"),
    }.get(tail, page(draft, tail))

    def status(who: User) -> int:
        visitor = visit(who)
        if tail == "answers/":
            return visitor.get(address).status_code
        return visitor.post(address, answer="done", text="x", reason="x").status_code

    assert status(make.editor()) == 403
    assert [status(reviewers[0]), status(make.author())] == [404, 404]


def test_a_text_that_is_submitted_is_answered_no_more(
    visit: Visit, draft: Version, ada: User
) -> None:
    address = to(draft, "Petra")
    authoring.submit(make.answered(draft, by=ada).pk, by=ada)

    answers = visit(ada).get(page(draft))
    late = visit(ada).post(address, answer="done", text="", seen="", back="")

    assert answers.headers["Location"] == draft.get_absolute_url()
    assert late.status_code == 409


def resubmitted(draft: Version, ada: User, reviewers: list[User]) -> Version:
    for comment in Comment.objects.filter(version=draft).order_by("pk"):
        answering.answer_comment(
            draft.pk,
            by=ada,
            comment_id=comment.pk,
            answer="done",
            text=f"To “{comment.text}”: {ANSWER}",
        )
    answering.respond(draft.pk, by=ada, text=LETTER)
    return make.send(authoring.submit(draft.pk, by=ada), reviewers=reviewers)


def test_the_desk_sees_request_answer_and_letter_side_by_side(
    visit: Visit, draft: Version, ada: User, reviewers: list[User]
) -> None:
    version = resubmitted(draft, ada, reviewers)

    shown = text(visit(make.editor()).get(version.get_absolute_url()))

    wanted = [f"To “{c.text}”: {ANSWER}" for c in draft.comments.all()]
    assert len(wanted) == 3
    assert [w for w in [*wanted, LETTER, "Rosalind Hale"] if w not in shown] == []


def test_a_reviewer_sees_their_own_answer_and_the_letter_and_no_other(
    visit: Visit, draft: Version, ada: User, reviewers: list[User]
) -> None:
    version = resubmitted(draft, ada, reviewers)
    mine = version.assignments.get(reviewer=reviewers[0])
    make.accepted(mine)
    visitor = visit(reviewers[0])

    for address in (mine.get_absolute_url(), version.get_absolute_url()):
        shown = text(visitor.get(address))
        assert f"To “Rosalind asks.”: {ANSWER}" in shown
        assert LETTER in shown
        hidden = ("Petra", "Answer them both.", "Ada Ames, MD · ")
        assert [w for w in hidden if w in shown] == []


def test_an_author_sees_every_answer_and_no_reviewers_name(
    visit: Visit, draft: Version, ada: User, reviewers: list[User]
) -> None:
    version = resubmitted(draft, ada, reviewers)

    shown = text(visit(ada).get(version.get_absolute_url()))

    assert shown.count(ANSWER) == 3
    assert [w for w in ("Hale", "Voss") if w in shown] == []


@pytest.fixture
def ungraded(ada: User) -> Version:
    return make.draft(by=ada, renditions=UNGRADED)


def finding_of(version: Version) -> str:
    return linting.of(make.again(version))[0].finding.id


def test_a_finding_is_answered_and_the_reason_taken_back(
    visit: Visit, ungraded: Version, ada: User
) -> None:
    finding, visitor = finding_of(ungraded), visit(ada)
    address = page(ungraded, f"findings/{finding}/answer/")

    answer = visitor.send(page(ungraded), address, reason="Nobody grades it.")
    assert answer.headers["Location"] == f"{page(ungraded)}#finding-{finding}"
    assert FindingAnswer.objects.get().reason == "Nobody grades it."
    assert "Answered: Nobody grades it." in text(visitor.get(page(ungraded)))

    visitor.post(page(ungraded, f"findings/{finding}/open/"), seen="", back="")
    assert FindingAnswer.objects.exists()  # the form was older than the answer
    stamp = answering.stamp(FindingAnswer.objects.get())
    visitor.post(page(ungraded, f"findings/{finding}/open/"), seen=stamp, back="")
    assert not FindingAnswer.objects.exists()


def test_words_about_what_is_asked_no_more_are_shown_to_be_copied(
    visit: Visit, ungraded: Version, ada: User
) -> None:
    address = page(ungraded, "findings/0123456789abcdef/answer/")

    answer = visit(ada).post(address, reason="Nobody grades it.", seen="", back="")

    assert answer.status_code == 422
    assert [e.text for e in found(answer, "//pre")] == ["Nobody grades it."]


def test_a_reason_without_words_comes_back(
    visit: Visit, ungraded: Version, ada: User
) -> None:
    finding = finding_of(ungraded)

    answer = visit(ada).post(
        page(ungraded, f"findings/{finding}/answer/"), reason=" ", seen="", back=""
    )

    assert answer.status_code == 422
    assert complaints(answer) == ["Give the reason; reviewers read it."]


def test_the_fragment_shows_what_is_stored_with_its_forms_for_authors(
    visit: Visit, ungraded: Version, ada: User
) -> None:
    address = page(ungraded, "findings/")

    mine = visit(ada).get(f"{address}?on=edit")
    desks = visit(make.editor()).get(f"{address}?on=edit")

    codes = [e.text for e in found(mine, "//code")]
    assert codes == ["REC_UNGRADED", "REC_UNGRADED"]
    assert len(found(mine, "//form")) == 2
    [first, *_] = found(mine, "//a[@data-part]")
    assert (first.get("href"), first.get("data-part")) == ("#id-body", "clinician")
    assert first.get("data-excerpt") == "Offer the treatment that the trial tested."
    [around, _] = found(mine, "//blockquote")
    assert around.xpath("b/text()") == ["Offer the treatment that the trial tested."]
    assert around.xpath("b")[0].tail == " Watch for bleeding.…"
    assert found(desks, "//form") == []
    assert [e.text for e in found(desks, "//code")] == codes


def said_of(visit: Visit, ada: User, version: Version) -> list[str]:
    """What the panel says beside the findings themselves."""
    panel = visit(ada).get(page(version, "findings/?on=edit"))
    return [" ".join(p.text_content().split()) for p in found(panel, "//section//p")]


def test_whoever_writes_is_told_all_that_bars_the_submission(
    visit: Visit, ada: User, draft: Version
) -> None:
    bare = make.draft(by=ada, renditions={"clinician": ""}, references=())
    whole = make.draft(by=ada)

    assert said_of(visit, ada, bare)[:2] == [
        "The text is empty; write the body before submitting it.",
        "There is no reference; an article needs at least one.",
    ]
    assert said_of(visit, ada, draft) == [
        "3 comments and requests still wait for an answer.",
        "Nothing else was found.",
    ]
    assert said_of(visit, ada, whole) == [
        "Nothing left to mend. You can look at it and submit."
    ]


def test_whoever_does_not_write_is_told_of_the_text_alone(
    visit: Visit, ada: User
) -> None:
    version = make.draft(by=ada)

    assert said_of(visit, make.editor(), version) == ["Nothing was found in the text."]


def test_nothing_that_a_submission_needs_is_called_optional(
    visit: Visit, ada: User
) -> None:
    labels = found(visit(ada).get(page(make.draft(by=ada), "edit/")), "//label[span]")

    optional = {label.text.strip() for label in labels}
    assert optional.isdisjoint({"Key answer", "Text", "References as CSL-JSON"})
    assert {"Headline", "Topics"} <= optional


def test_strangers_find_no_findings(visit: Visit, ungraded: Version) -> None:
    assert visit(make.author()).get(page(ungraded, "findings/")).status_code == 404
    assert Client().get(page(ungraded, "findings/")).status_code == 302


def test_the_desk_and_reviewers_read_the_reasons_on_the_page(
    visit: Visit, ungraded: Version, ada: User, reviewers: list[User]
) -> None:
    for found_ in linting.of(make.again(ungraded)):
        answering.answer_finding(
            ungraded.pk, by=ada, finding_id=found_.finding.id, reason="Nobody does."
        )
    version = make.send(authoring.submit(ungraded.pk, by=ada), reviewers=reviewers)
    mine = version.assignments.get(reviewer=reviewers[0])
    make.accepted(mine)

    desks = text(visit(make.editor()).get(version.get_absolute_url()))
    theirs = text(visit(reviewers[0]).get(mine.get_absolute_url()))

    assert desks.count("It may stay, says Ada Ames, MD: Nobody does.") == 2
    assert theirs.count("It may stay: Nobody does.") == 2


@pytest.mark.parametrize("kind", ["answers/", "findings/"])
def test_the_pages_ask_as_often_for_three_as_for_one(
    kind: str, visit: Visit, ada: User
) -> None:
    counts = []
    for number in (1, 3):
        version = make.under_review(
            by=ada,
            tier="C",
            renditions={"clinician": make.BODY + "<p>Said.</p>" * number},
        )
        remarks = tuple(make.Remark("question", f"{n}?") for n in range(number))
        make.report_all(version, vote="changes", comments=remarks)
        desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it")
        draft = authoring.revise(version.pk, by=ada)
        visitor = visit(ada)
        visitor.get(page(draft, kind))
        with CaptureQueriesContext(connection) as asked:
            visitor.get(page(draft, kind))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_machines_text_is_submitted_with_a_tick(visit: Visit, ada: User) -> None:
    draft = make.draft(by=ada, **make.by_machine())
    visitor, address = visit(ada), page(draft, "submit/")

    without = visitor.send(page(draft, ""), address)
    assert without.status_code == 422
    assert complaints(without) == [
        "Tick that you have checked every claim and take responsibility."
    ]
    visitor.send(page(draft, ""), address, responsible="on")

    assert make.again(draft).state == "submitted"
    assert make.again(draft).responsibility.startswith("Ada Ames, MD has checked")


def test_what_a_person_wrote_is_submitted_with_one_button(
    visit: Visit, ada: User
) -> None:
    draft = make.draft(by=ada)

    shown = visit(ada).get(page(draft, ""))

    assert found(shown, '//*[@id="submit"]//input[@type="checkbox"]') == []
    assert len(found(shown, '//form[@id="submit"]//button')) == 1
