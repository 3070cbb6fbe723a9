"""What readers ask: kept with those that ask the same, decided on once, and on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied

from articles.models import Version
from editorial import tasks
from editorial.actions import authoring, desk, publishing, questions
from editorial.actions.questions import Verdict
from editorial.errors import MovedOn, Refused
from editorial.models import Event, Question
from tests import make, traces

if TYPE_CHECKING:
    from editorial.models import User

pytestmark = pytest.mark.django_db
WORDS = "Is coffee bad for the heart?"
AGAIN = "Does coffee harm the heart?"
OTHER = "Which vaccines does a baby need?"
CLOSED = Verdict("out_of_scope", "It is about cooking.")


def now(question: Question) -> Question:
    return Question.objects.get(pk=question.pk)


def drafted(by: User | None = None) -> tuple[Question, Version]:
    """A question that was asked twice, and the draft that is to answer it."""
    asked = questions.ask(WORDS)
    questions.ask(AGAIN)
    author = by or make.author()
    version = questions.open_draft(asked.pk, by=make.editor(), email=author.email)
    return asked, make.again(version)


def test_a_question_waits_for_the_desk() -> None:
    asked = questions.ask(WORDS)

    assert Question.objects.get() == asked
    assert (asked.words, asked.group, asked.disposition) == (WORDS, None, "")


def test_questions_that_ask_the_same_wait_as_one() -> None:
    first = questions.ask(WORDS)
    other = questions.ask(OTHER)

    again = [questions.ask(words) for words in (AGAIN, WORDS.upper())]

    assert [row.group for row in (first, other, *again)] == [None, None, first, first]


def test_what_is_decided_on_takes_no_more_with_it() -> None:
    first = questions.ask(WORDS)
    questions.settle(first.pk, by=make.editor(), verdict=CLOSED)

    assert questions.ask(WORDS).group is None


def test_closing_is_on_record() -> None:
    asked, editor = questions.ask(WORDS), make.editor()
    questions.ask(AGAIN)

    with traces.one_event():
        questions.settle(asked.pk, by=editor, verdict=CLOSED)

    closed = now(asked)
    assert (closed.disposition, closed.reason) == ("out_of_scope", CLOSED.reason)
    assert (closed.decided_by, closed.words, closed.answer) == (editor, WORDS, None)
    assert traces.step() == ("question_settled", "", "out_of_scope", CLOSED.reason)
    facts = {"question": asked.pk, "asked": 2, "article": None}
    assert traces.said()["facts"] == facts
    assert traces.last().chain.name == "questions"
    assert WORDS not in traces.last().payload
    assert traces.problems() == []


def test_a_change_behind_its_back_is_noticed_by_the_record() -> None:
    asked = questions.ask(WORDS)
    questions.settle(asked.pk, by=make.editor(), verdict=CLOSED)

    Question.objects.update(reason="Another.")

    assert [broken.row for broken in traces.problems()] == [f"question {asked.pk}"]


def test_a_public_article_answers_a_question() -> None:
    asked, article = questions.ask(WORDS), make.published().article

    verdict = Verdict("answered", "It does.", article=article.slug)
    questions.settle(asked.pk, by=make.editor(), verdict=verdict)

    assert now(asked).answer == article
    assert traces.said()["facts"]["article"] == article.pk
    assert traces.problems() == []


def test_what_is_not_public_answers_nothing() -> None:
    asked, editor = questions.ask(WORDS), make.editor()
    pending = make.submitted().article.slug

    for slug in (pending, "nothing", ""):
        verdict = Verdict("answered", "It does.", article=slug)
        with traces.nothing_left(Refused, "No article is public"):
            questions.settle(asked.pk, by=editor, verdict=verdict)


def test_the_words_of_whoever_asks_for_advice_are_deleted() -> None:
    asked, again = questions.ask(WORDS), questions.ask(AGAIN)

    verdict = Verdict("personal", "It tells of a person.")
    questions.settle(asked.pk, by=make.editor(), verdict=verdict)

    assert [row.words for row in (now(asked), now(again))] == ["", ""]
    assert traces.problems() == []


def test_what_was_asked_before_waits_with_the_other() -> None:
    first, second = questions.ask(WORDS), questions.ask(OTHER)
    third = questions.ask(OTHER)

    verdict = Verdict("duplicate", "The same.", same_as=first.pk)
    questions.settle(second.pk, by=make.editor(), verdict=verdict)

    assert [now(row).group for row in (first, second, third)] == [None, first, first]
    assert (now(second).disposition, now(third).disposition) == ("duplicate", "")
    assert traces.problems() == []


def test_it_waits_with_the_one_with_which_the_other_waits() -> None:
    first, again, other = (questions.ask(w) for w in (WORDS, AGAIN, OTHER))

    verdict = Verdict("duplicate", "The same.", same_as=again.pk)
    questions.settle(other.pk, by=make.editor(), verdict=verdict)

    assert now(other).group == first


def test_a_question_waits_neither_with_itself_nor_with_what_is_closed() -> None:
    asked, again, other = (questions.ask(w) for w in (WORDS, AGAIN, OTHER))
    editor = make.editor()
    questions.settle(other.pk, by=editor, verdict=CLOSED)

    for key, why in (
        (asked.pk, "Choose another"),
        (again.pk, "Choose another"),
        (None, "Choose another"),
        (other.pk, "That question is closed: “This library does not take it up”"),
    ):
        with traces.nothing_left(Refused, why):
            verdict = Verdict("duplicate", "The same.", same_as=key)
            questions.settle(asked.pk, by=editor, verdict=verdict)


def test_a_draft_is_opened_with_the_question_as_its_own() -> None:
    author = make.author()

    asked, version = drafted(author)

    assert (version.question, version.state) == (WORDS, "draft")
    row = version.article.authorships.get()
    assert (row.user, row.joined_at is None) == (author, False)
    created, settled = Event.objects.order_by("-pk")[:2][::-1]
    assert (created.kind, settled.kind) == ("created", "question_settled")
    assert created.actor == settled.actor != author
    assert traces.told(created) == {author.pk: "An editor asks you to write"}
    assert (now(asked).disposition, now(asked).answer) == ("draft", version.article)
    assert traces.problems() == []


def test_an_editor_who_is_an_author_opens_it_for_themselves() -> None:
    person = make.user("author", "editor")
    asked = questions.ask("x" * 400)

    version = questions.open_draft(asked.pk, by=person, email=person.email.upper())

    assert version.article.authorships.get().user == person
    assert len(version.question) == 300
    assert traces.problems() == []


def test_a_draft_needs_somebody_who_writes_here() -> None:
    asked, editor = questions.ask(WORDS), make.editor()
    gone = make.author(is_active=False)

    for email in (editor.email, gone.email, "nobody@example.org"):
        with traces.nothing_left(Refused, "no account with the author role"):
            questions.open_draft(asked.pk, by=editor, email=email)


def given_up(version: Version, by: User) -> None:
    authoring.withdraw(version.pk, by=by, reason="I have no time.")


def rejected(version: Version, by: User) -> None:
    authoring.edit(version.pk, by=by, text=make.text(), seen=None)
    authoring.submit(version.pk, by=by)
    make.send(make.again(version), tier="C")
    make.report_all(make.again(version))
    desk.reject(version.pk, by=make.chief(), reason="Not ours.")


@pytest.mark.parametrize("lose", [given_up, rejected])
def test_a_question_comes_back_when_its_draft_is_given_up(lose: Any) -> None:
    author = make.author()
    asked, version = drafted(author)
    tasks.sweep()
    assert now(asked).disposition == "draft"

    lose(version, author)
    with traces.one_event():
        assert (questions.follow(), questions.follow()) == (1, 0)

    assert (now(asked).disposition, now(asked).answer) == ("", None)
    assert traces.step()[:3] == ("question_came_back", "", "")
    assert traces.problems() == []


def test_a_question_is_answered_once_its_article_is_public() -> None:
    author = make.author()
    asked, draft = drafted(author)
    authoring.edit(draft.pk, by=author, text=make.text(), seen=None)
    version = authoring.submit(draft.pk, by=author)
    make.send(version, tier="C")
    make.report_all(version)
    make.approve(make.again(version))
    publishing.publish(version.article_id, by=make.chief())

    with traces.one_event():
        assert (questions.follow(), questions.follow()) == (1, 0)

    assert (now(asked).disposition, now(asked).answer) == ("answered", version.article)
    assert traces.step()[:3] == ("question_settled", "draft", "answered")
    assert traces.problems() == []


def test_a_question_that_cannot_be_followed_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    author = make.author()
    first, version = drafted(author)
    given_up(version, author)
    other = questions.ask(OTHER)
    draft = questions.open_draft(other.pk, by=make.editor(), email=author.email)
    given_up(draft, author)
    follow = questions._follow  # noqa: SLF001  what is to fail

    def fail(question_id: int, **known: Any) -> bool:
        return 1 // (question_id - first.pk) >= 0 and follow(question_id, **known)

    monkeypatch.setattr(questions, "_follow", fail)
    assert questions.follow() == 1

    assert (now(first).disposition, now(other).disposition) == ("draft", "")
    assert f"Question {first.pk} was not followed" in caplog.text


def test_one_that_asks_something_else_is_taken_out_of_its_group() -> None:
    asked, again = questions.ask(WORDS), questions.ask(AGAIN)

    with traces.one_event():
        questions.separate(again.pk, by=make.editor())

    assert now(again).group is None
    assert traces.said()["facts"] == {"question": again.pk, "from": asked.pk}
    assert traces.problems() == []


def test_one_that_was_put_with_a_closed_one_waits_again() -> None:
    first, second = questions.ask(WORDS), questions.ask(OTHER)
    editor = make.editor()
    verdict = Verdict("duplicate", "The same.", same_as=first.pk)
    questions.settle(second.pk, by=editor, verdict=verdict)
    questions.settle(first.pk, by=editor, verdict=CLOSED)

    questions.separate(second.pk, by=editor)

    alone = now(second)
    assert (alone.group, alone.disposition, alone.decided_at) == (None, "", None)


def test_what_stands_alone_or_has_no_words_is_not_taken_out() -> None:
    asked, again = questions.ask(WORDS), questions.ask(AGAIN)
    editor = make.editor()

    with traces.nothing_left(MovedOn):
        questions.separate(asked.pk, by=editor)
    verdict = Verdict("personal", "It tells of a person.")
    questions.settle(asked.pk, by=editor, verdict=verdict)
    with traces.nothing_left(Refused, "deleted already"):
        questions.separate(again.pk, by=editor)


def test_words_can_be_deleted_after_the_decision() -> None:
    asked, editor = questions.ask(WORDS), make.editor()
    again = questions.ask(AGAIN)
    with traces.nothing_left(Refused, "It is open"):
        questions.empty(asked.pk, by=editor, reason="It tells of a person.")
    questions.settle(asked.pk, by=editor, verdict=CLOSED)
    with traces.nothing_left(Refused, "Give a reason"):
        questions.empty(asked.pk, by=editor, reason=" ")

    questions.empty(asked.pk, by=editor, reason="It tells of a person.")

    assert [now(asked).words, now(again).words] == ["", ""]
    assert now(asked).disposition == "out_of_scope"
    assert traces.step()[0] == "question_emptied"
    assert traces.problems() == []
    with traces.nothing_left(Refused, "deleted already"):
        questions.empty(asked.pk, by=editor, reason="Again.")


def test_a_question_is_decided_on_once_and_the_second_is_told_by_whom() -> None:
    asked, first = questions.ask(WORDS), make.editor()
    questions.settle(asked.pk, by=first, verdict=CLOSED)

    with traces.nothing_left(MovedOn) as caught:
        questions.open_draft(asked.pk, by=make.chief(), email=make.author().email)

    told: Any = caught.value
    assert (told.who, told.mine) == (first.printed_name, False)
    assert told.when == now(asked).decided_at


def test_what_was_asked_again_meanwhile_is_looked_at_first() -> None:
    asked, editor = questions.ask(WORDS), make.editor()
    questions.ask(AGAIN)

    with traces.nothing_left(MovedOn, "Asked again meanwhile"):
        questions.settle(asked.pk, by=editor, verdict=CLOSED, seen=asked.pk)


def test_a_decision_needs_a_reason() -> None:
    asked, editor = questions.ask(WORDS), make.editor()

    with traces.nothing_left(Refused, "Give a reason"):
        questions.settle(asked.pk, by=editor, verdict=Verdict("personal", " "))


@pytest.mark.parametrize("role", ["author", "reviewer", "auditor", "administrator"])
def test_only_the_desk_decides(role: str) -> None:
    asked, again = questions.ask(WORDS), questions.ask(AGAIN)
    person, author = make.user(role), make.author()

    for deed in (
        lambda: questions.settle(asked.pk, by=person, verdict=CLOSED),
        lambda: questions.open_draft(asked.pk, by=person, email=author.email),
        lambda: questions.separate(again.pk, by=person),
        lambda: questions.empty(asked.pk, by=person, reason="Why not."),
    ):
        with traces.nothing_left(PermissionDenied):
            deed()
