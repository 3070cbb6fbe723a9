"""Questions decided on, joined and told of at the same moment: each ends in one way."""

from __future__ import annotations

from editorial.actions import questions, telling
from editorial.actions.questions import Verdict
from editorial.models import Asker, Outbox, Question
from tests import make, traces
from tests.editorial.faults.racing import Told, race
from tests.editorial.faults.stage import Stage

ROUNDS = 5
WORDS = "Is coffee bad for the heart?"
OTHER = "Which vaccines does a baby need?"
CLOSED = Verdict("out_of_scope", "It is about cooking.")


def test_two_who_decide_at_once_decide_once(stage: Stage) -> None:
    asked, author = questions.ask(WORDS), make.author()
    one, other = make.editor(), make.chief()
    stage.keep()

    for _ in range(ROUNDS):
        ends = race(
            lambda: questions.settle(asked.pk, by=make.fresh(one), verdict=CLOSED),
            lambda: questions.open_draft(
                asked.pk, by=make.fresh(other), email=author.email
            ),
        )

        winner = Question.objects.get().decided_by
        assert winner in (one, other)
        lost = Told("moved on", winner.printed_name)
        assert ends == ([Told(), lost] if winner == one else [lost, Told()])
        assert traces.problems() == []
        stage.put_back()


def test_no_question_joins_one_that_is_being_closed(stage: Stage) -> None:
    asked, editor = questions.ask(WORDS), make.editor()
    stage.keep()

    for _ in range(ROUNDS):
        ends = race(
            lambda: questions.settle(
                asked.pk, by=make.fresh(editor), verdict=CLOSED, seen=asked.pk
            ),
            lambda: questions.ask(WORDS),
        )

        head, later = Question.objects.order_by("pk")
        if ends[0] == Told():
            assert (head.disposition, later.group) == (CLOSED.disposition, None)
        else:
            assert ends[0] == Told("moved on", "A reader")
            assert (head.disposition, later.group) == ("", head)
        assert ends[1] == Told()
        stage.put_back()


def test_two_questions_are_not_each_the_same_as_the_other(stage: Stage) -> None:
    first, second, editor = questions.ask(WORDS), questions.ask(OTHER), make.editor()
    stage.keep()

    def same(one: Question, as_other: Question) -> object:
        verdict = Verdict("duplicate", "The same.", same_as=as_other.pk)
        return questions.settle(one.pk, by=make.fresh(editor), verdict=verdict)

    for _ in range(ROUNDS):
        ends = race(lambda: same(first, second), lambda: same(second, first))

        assert Question.objects.filter(group=None).count() == 1
        assert sorted(told.how.partition(":")[0] for told in ends) == [
            "done",
            "refused",
        ]
        assert traces.problems() == []
        stage.put_back()


def test_two_sweeps_owe_one_letter(stage: Stage) -> None:
    asked = questions.ask(WORDS, address="reader@example.org")
    telling.confirm(asked.asker.pk)
    questions.settle(asked.pk, by=make.editor(), verdict=CLOSED)
    stage.keep()

    for _ in range(ROUNDS):
        assert race(telling.owe, telling.owe) == [Told(), Told()]

        assert Outbox.objects.filter(dedupe_key__startswith=telling.NEWS).count() == 1
        stage.put_back()


def test_who_asks_twice_at_once_is_written_to_once(stage: Stage) -> None:
    questions.ask(WORDS)
    stage.keep()

    def ask() -> object:
        return questions.ask(WORDS, address="reader@example.org")

    for _ in range(ROUNDS):
        assert race(ask, ask) == [Told(), Told()]

        assert Asker.objects.count() == 1
        assert traces.problems() == []
        stage.put_back()
