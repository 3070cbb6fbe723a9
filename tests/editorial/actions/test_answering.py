"""What authors answer in a draft: items, the letter, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from articles.lint import Draft, Finding, Weight
from articles.models import FindingAnswer, Version
from editorial import linting
from editorial.actions import answering, authoring, desk
from editorial.errors import MovedOn, Refused
from editorial.models import Event
from reviews.models import Comment
from tests import make, traces

if TYPE_CHECKING:
    from editorial.models import User

UNGRADED = {"clinician": make.BODY.replace(" (strong recommendation)", "")}


@pytest.fixture
def ada(db: None) -> User:
    return make.author(name="Ada Ames")


@pytest.fixture
def editor(db: None) -> User:
    return make.editor(name="Ed Itor")


@pytest.fixture
def draft(ada: User, editor: User) -> Version:
    """The next draft of a version returned with a question and a suggestion."""
    version = make.under_review(by=ada, editor=editor, tier="C")
    remarks = (
        make.Remark("question", "Which dose?"),
        make.Remark("suggestion", "Shorter."),
    )
    make.report_all(version, vote="changes", comments=remarks)
    desk.return_for_changes(version.pk, by=editor, reason="Answer the reviewer.")
    return make.again(authoring.revise(version.pk, by=ada))


def item(draft: Version, kind: str = "question") -> Comment:
    return Comment.objects.get(version=draft, kind=kind)


def test_a_returned_version_asks_its_next_draft_what_the_editor_asked(
    draft: Version, editor: User
) -> None:
    request = item(draft, "request")

    assert (request.text, request.author_id) == ("Answer the reviewer.", editor.pk)
    assert request.carried_from_id is None
    assert sorted(c.kind for c in draft.comments.all()) == [
        *("question", "request", "suggestion"),
    ]


def test_a_revision_of_a_public_text_asks_nothing(ada: User) -> None:
    version = make.published(by=ada)

    assert not authoring.revise(version.pk, by=ada).comments.exists()


def test_an_answer_is_kept_by_the_history_and_not_by_the_ledger(
    draft: Version, ada: User
) -> None:
    events, revision = Event.objects.count(), draft.revision

    answered = answering.answer_comment(
        draft.pk, by=ada, comment_id=item(draft).pk, answer="done", text=" 5 mg\u200b "
    )

    row = Comment.objects.get(pk=answered.pk)
    assert (row.answer, row.answer_text, row.answered_by_id) == ("done", "5 mg", ada.pk)
    assert row.answered_at is not None
    assert Event.objects.count() == events
    assert make.again(draft).revision == revision
    newest = Comment.history.filter(id=row.pk).latest("history_id")
    assert (newest.answer, newest.history_user_id) == ("done", ada.pk)


@pytest.mark.parametrize(
    ("answer", "text", "sentence"),
    [
        ("", "", "Say whether it is done or not done"),
        ("later", "x", "Say whether it is done or not done"),
        ("not_done", " \u200b", "Say why it is not done"),
        ("done", "x" * 5001, "Keep it within 5,000 characters"),
    ],
)
def test_an_answer_that_says_too_little_or_too_much_is_refused(
    answer: str, text: str, sentence: str, draft: Version, ada: User
) -> None:
    with traces.nothing_left(Refused, sentence):
        answering.answer_comment(
            draft.pk, by=ada, comment_id=item(draft).pk, answer=answer, text=text
        )


def test_only_an_open_item_of_this_draft_is_answered(
    draft: Version, ada: User, editor: User
) -> None:
    closed = item(draft, "suggestion")
    desk.resolve(draft.pk, by=editor, comment_id=closed.pk, reason="Never mind")
    before = item(draft).carried_from
    assert before is not None

    for comment in (closed, before):
        with traces.nothing_left(Refused, "nothing to answer"):
            answering.answer_comment(
                draft.pk, by=ada, comment_id=comment.pk, answer="done"
            )


def test_nobody_but_an_author_answers(draft: Version, editor: User) -> None:
    for who in (editor, make.author(), make.user(is_superuser=True)):
        with traces.nothing_left(PermissionDenied):
            answering.answer_comment(
                draft.pk, by=who, comment_id=item(draft).pk, answer="done"
            )
        with traces.nothing_left(PermissionDenied):
            answering.respond(draft.pk, by=who, text="x")


def test_of_two_who_answer_at_once_the_second_is_told(
    draft: Version, ada: User
) -> None:
    row = item(draft)
    seen = answering.stamp(row)
    answering.answer_comment(
        draft.pk, by=ada, comment_id=row.pk, answer="done", seen=seen
    )

    with traces.nothing_left(MovedOn, "Answered meanwhile") as caught:
        answering.answer_comment(
            draft.pk,
            by=ada,
            comment_id=row.pk,
            answer="not_done",
            text="Off the point",
            seen=seen,
        )
    with traces.nothing_left(MovedOn) as same:
        answering.answer_comment(
            draft.pk, by=ada, comment_id=row.pk, answer="done", seen=seen
        )

    assert isinstance(caught.value, MovedOn)
    assert isinstance(same.value, MovedOn)
    assert (caught.value.who, caught.value.mine) == (str(ada), False)
    assert same.value.mine


def test_nothing_is_submitted_before_each_required_item_is_answered(
    draft: Version, ada: User
) -> None:
    with traces.nothing_left(Refused, "^2 comments and requests still wait"):
        authoring.submit(draft.pk, by=ada)
    answering.answer_comment(draft.pk, by=ada, comment_id=item(draft).pk, answer="done")
    with traces.nothing_left(Refused, "^1 comment or request still waits"):
        authoring.submit(draft.pk, by=ada)
    answering.answer_comment(
        draft.pk,
        by=ada,
        comment_id=item(draft, "request").pk,
        answer="not_done",
        text="There is nothing to answer.",
    )

    assert authoring.submit(draft.pk, by=ada).state == "submitted"
    with traces.nothing_left(MovedOn, "Submitted meanwhile"):
        answering.answer_comment(
            draft.pk, by=ada, comment_id=item(draft).pk, answer="done"
        )


def test_what_the_desk_closed_needs_no_answer(
    draft: Version, ada: User, editor: User
) -> None:
    for kind in ("question", "request"):
        desk.resolve(
            draft.pk, by=editor, comment_id=item(draft, kind).pk, reason="Settled"
        )

    assert authoring.submit(draft.pk, by=ada).state == "submitted"


def test_closing_a_comment_makes_no_text_stale_and_is_not_stale_by_one(
    draft: Version, ada: User, editor: User
) -> None:
    drawn = draft.revision
    authoring.edit(draft.pk, by=ada, text=make.text(), seen=drawn)
    before = make.again(draft).revision

    with traces.one_event():
        desk.resolve(
            draft.pk,
            by=editor,
            comment_id=item(draft).pk,
            reason="Settled",
            seen=drawn,
        )

    assert item(draft).resolved_by_id == editor.pk
    assert make.again(draft).revision == before
    saved = authoring.edit(draft.pk, by=ada, text=make.text(), seen=before)
    assert saved.version.revision == before + 1


def test_the_letter_is_kept_and_makes_no_open_text_stale(
    draft: Version, ada: User
) -> None:
    events = Event.objects.count()

    answering.respond(draft.pk, by=ada, text="Dear reviewers,\n")

    now = make.again(draft)
    assert (now.response, now.revision) == ("Dear reviewers,", draft.revision)
    assert Event.objects.count() == events
    newest = Version.history.filter(id=draft.pk).latest("history_id")
    assert (newest.response, newest.history_user_id) == ("Dear reviewers,", ada.pk)
    authoring.edit(draft.pk, by=ada, text=make.text(), seen=draft.revision)
    assert make.again(draft).response == "Dear reviewers,"


def test_of_two_letters_the_second_is_told(draft: Version, ada: User) -> None:
    seen = answering.letter_stamp(draft)
    answering.respond(draft.pk, by=ada, text="One", seen=seen)

    with traces.nothing_left(MovedOn, "letter was changed meanwhile") as caught:
        answering.respond(draft.pk, by=ada, text="Two", seen=seen)

    assert isinstance(caught.value, MovedOn)
    assert (caught.value.who, caught.value.mine) == (str(ada), False)


def test_a_letter_has_somebody_to_read_it_and_an_end(draft: Version, ada: User) -> None:
    first = make.draft(by=ada)

    with traces.nothing_left(Refused, "nobody to answer"):
        answering.respond(first.pk, by=ada, text="Dear all")
    with traces.nothing_left(Refused, "within 20,000 characters"):
        answering.respond(draft.pk, by=ada, text="x" * 20_001)


@pytest.fixture
def ungraded(ada: User) -> Version:
    """A draft with two recommendations that say nothing of their strength."""
    return make.draft(by=ada, renditions=UNGRADED)


def codes(version: Version) -> list[tuple[str, bool]]:
    return [(f.finding.code, f.is_open) for f in linting.of(make.again(version))]


def ids(version: Version) -> list[str]:
    return [f.finding.id for f in linting.of(make.again(version))]


def test_what_must_be_answered_stands_in_the_way_until_it_is(
    ungraded: Version, ada: User
) -> None:
    with traces.nothing_left(
        Refused, "^2 findings must be answered; the first is REC_UNGRADED: This is"
    ):
        authoring.submit(ungraded.pk, by=ada)
    for finding in ids(ungraded):
        answering.answer_finding(
            ungraded.pk, by=ada, finding_id=finding, reason="No guideline grades it."
        )

    assert codes(ungraded) == [("REC_UNGRADED", False)] * 2
    assert authoring.submit(ungraded.pk, by=ada).state == "submitted"


def test_what_blocks_is_counted_apart_and_named_first(ada: User) -> None:
    body = UNGRADED["clinician"].replace("before surgery", "and give .5 mg")
    version = make.draft(by=ada, renditions={"clinician": body})

    with traces.nothing_left(
        Refused, "^1 finding blocks and 1 finding must be answered; the first is DOSE"
    ):
        authoring.submit(version.pk, by=ada)


def test_a_reason_is_kept_by_the_history_and_can_be_taken_back(
    ungraded: Version, ada: User
) -> None:
    events = Event.objects.count()
    [first, _] = ids(ungraded)

    answering.answer_finding(ungraded.pk, by=ada, finding_id=first, reason=" So. ")
    row = FindingAnswer.objects.get(version=ungraded)
    answering.take_back_answer(ungraded.pk, by=ada, finding_id=first)

    assert (row.finding, row.code, row.reason) == (first, "REC_UNGRADED", "So.")
    assert not FindingAnswer.objects.exists()
    kept = FindingAnswer.history.filter(id=row.pk).order_by("history_id")
    assert [h.history_type for h in kept] == ["+", "-"]
    assert Event.objects.count() == events
    with traces.nothing_left(Refused, "no answer to take back"):
        answering.take_back_answer(ungraded.pk, by=ada, finding_id=first)


@pytest.mark.parametrize(
    ("finding", "reason", "sentence"),
    [
        ("f" * 16, "So.", "no longer found"),
        ("", "So.", "no longer found"),
        ("first", " \u200b", "Give the reason"),
        ("first", "x" * 5001, "within 5,000 characters"),
    ],
)
def test_only_what_is_found_is_answered_and_in_words(
    finding: str, reason: str, sentence: str, ungraded: Version, ada: User
) -> None:
    known = ids(ungraded)[0] if finding == "first" else finding

    with traces.nothing_left(Refused, sentence):
        answering.answer_finding(ungraded.pk, by=ada, finding_id=known, reason=reason)


def test_what_only_mending_removes_takes_no_reason(ada: User) -> None:
    body = make.BODY.replace("before surgery", "and give .5 mg")
    version = make.draft(by=ada, renditions={"clinician": body})
    [found] = [
        f.finding
        for f in linting.of(make.again(version))
        if f.finding.weight is Weight.BLOCKS
    ]

    with traces.nothing_left(Refused, f"{found.code} cannot be answered"):
        answering.answer_finding(
            version.pk, by=ada, finding_id=found.id, reason="It is so."
        )


def test_nobody_but_an_author_gives_a_reason(ungraded: Version) -> None:
    [first, _] = ids(ungraded)

    for who in (make.editor(), make.author(), make.user(is_superuser=True)):
        with traces.nothing_left(PermissionDenied):
            answering.answer_finding(
                ungraded.pk, by=who, finding_id=first, reason="So."
            )


def test_of_two_reasons_at_once_the_second_is_told(
    ungraded: Version, ada: User
) -> None:
    [first, _] = ids(ungraded)
    answering.answer_finding(
        ungraded.pk, by=ada, finding_id=first, reason="One", seen=""
    )

    with traces.nothing_left(MovedOn, "Answered meanwhile"):
        answering.answer_finding(
            ungraded.pk, by=ada, finding_id=first, reason="Two", seen=""
        )


def test_nothing_is_looked_for_in_a_text_while_it_is_locked(
    ungraded: Version, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite the lock is everybody's, and a long text takes seconds."""
    outside, found = len(connection.atomic_blocks), ids(ungraded)
    looked: list[int] = []
    look = linting.lint

    def counted(draft: Draft) -> list[Finding]:
        looked.append(len(connection.atomic_blocks))
        return look(draft)

    monkeypatch.setattr(linting, "lint", counted)
    monkeypatch.setattr(linting, "LONG", 1)
    for finding in found:
        answering.answer_finding(ungraded.pk, by=ada, finding_id=finding, reason="So.")
    version = make.send(authoring.submit(ungraded.pk, by=ada), tier="C")
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it")
    authoring.revise(version.pk, by=ada)

    assert looked == [outside] * 4


def test_what_was_found_before_somebody_saved_does_not_count(
    ungraded: Version, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linting, "LONG", 1)
    with linting.ahead(ungraded.pk, by=ada):
        before = codes(ungraded)
        authoring.edit(ungraded.pk, by=ada, text=make.text(), seen=None)
        after = codes(ungraded)

    assert before == [("REC_UNGRADED", True)] * 2
    assert after == []


def test_reasons_come_along_as_long_as_the_finding_does(
    ungraded: Version, ada: User
) -> None:
    for finding in ids(ungraded):
        answering.answer_finding(
            ungraded.pk, by=ada, finding_id=finding, reason="Nobody grades it."
        )
    FindingAnswer.objects.create(
        version=ungraded, finding="gone", code="X", reason="Old", answered_by=ada
    )
    version = make.send(authoring.submit(ungraded.pk, by=ada), tier="C")
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it")

    draft = authoring.revise(version.pk, by=ada)

    carried = FindingAnswer.objects.filter(version=draft)
    assert sorted(a.finding for a in carried) == sorted(ids(ungraded))
    assert {a.reason for a in carried} == {"Nobody grades it."}
    assert FindingAnswer.objects.filter(version=version).count() == 3
