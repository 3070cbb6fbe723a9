"""The page on which people declare interests and note days away."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from editorial import impartiality, workflow
from editorial.actions import standing
from editorial.forms.interests import HAS
from editorial.models import BoardMember
from reviews import interests
from reviews.models import Absence, Declaration
from tests import make
from tests.editorial.views.visitors import complaints, found, notices, text

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

PAGE = "/desk/interests/"
AWAY = "/desk/interests/away/"
NAMED = "/desk/interests/name/"
NONE = {f"{HAS}{line.code}": "none" for line in interests.GENERAL}
TODAY = timezone.localdate()


def test_strangers_are_asked_who_they_are(db: None) -> None:
    assert Client().get(PAGE).status_code == 302


TOLD_AS = {
    "send_to_review": "sends to review",
    "invite": "invites",
    "reopen": "asks again",
    "name_alternates": "names alternates",
    "unassign": "lets reviewers go",
    "expire": "lets reviewers go",
    "recommend": "recommends",
    "return_for_changes": "returns",
    "reject": "rejects",
    "approve": "approves",
    "resolve": "resolves comments",
    "extend": "moves dates",
    "change_tier": "or tiers",
    "show_preview": "shows a preview",
    **dict.fromkeys(standing.MOVES, "proposes or issues a notice"),
    "confirm": "proposes or issues a notice",
    "archive": "archives",
}
"""Each step that needs a declaration, in the words of the page."""


def test_somebody_declares_for_the_first_time(visit: Visit) -> None:
    by = make.author()
    visitor = visit(by)
    page = text(visitor.get(PAGE))
    assert "You have declared nothing yet." in page
    steps = (s for s in workflow.STEPS if impartiality.who_acts_has_declared in s.rules)
    assert [step.name for step in steps if TOLD_AS[step.name] not in page] == []

    sent = NONE | {"has_shares": "some", "who_shares": "Acme\n Brown "}
    answer = visitor.send(PAGE, PAGE, **sent)

    made = Declaration.objects.get(person=by)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert interests.named(made.answers) == ["Acme", "Brown"]
    assert "holds until" in text(visitor.get(PAGE))
    assert notices(visitor.get(PAGE)) == []


def test_the_last_answers_come_back_to_be_looked_over(visit: Visit) -> None:
    by = make.author()
    make.declaration(by, shares=["Acme"])
    visitor = visit(by)

    visitor.send(PAGE, PAGE, has_travel="some", who_travel="A fund")

    made = Declaration.objects.filter(person=by).latest("made_at")
    assert interests.named(made.answers) == ["A fund", "Acme"]


def test_no_line_stays_blank(visit: Visit) -> None:
    answer = visit(make.author()).send(PAGE, PAGE, **NONE | {"has_other": ""})

    assert answer.status_code == 422
    assert complaints(answer) == [
        "Answer “Any other interest, financial or not”; “none” is an answer."
    ]
    assert not Declaration.objects.filter(person__name="x").exists()


def test_a_reviewer_chooses_whether_to_be_named(visit: Visit) -> None:
    by = make.reviewer()
    visitor = visit(by)
    chosen = '//input[@name="named" and @checked]/@value'
    assert found(visitor.get(PAGE), chosen) == ["named"]

    visitor.send(PAGE, NAMED, named="not")

    assert not BoardMember.objects.get(user=by).named
    assert found(visitor.get(PAGE), chosen) == ["not"]


def test_no_choice_is_told_and_changes_nothing(visit: Visit) -> None:
    by = make.reviewer()

    answer = visit(by).post(NAMED)

    assert (answer.status_code, complaints(answer)) == (
        *(422, ["Choose whether you are named."]),
    )
    assert BoardMember.objects.get(user=by).named


def test_who_is_not_on_the_board_is_not_asked(visit: Visit) -> None:
    visitor = visit(make.author())

    answer = visitor.post(NAMED, named="not")

    assert "Your name" not in text(visitor.get(PAGE))
    assert answer.status_code == 302


def test_days_away_are_noted_and_struck(visit: Visit) -> None:
    by = make.reviewer()
    visitor = visit(by)
    last = TODAY + dt.timedelta(days=9)

    visitor.send(PAGE, AWAY, first_day=str(TODAY), last_day=str(last))
    noted = Absence.objects.get(person=by)
    visitor.send(PAGE, f"{AWAY}{noted.pk}/end/")

    assert (noted.first_day, noted.last_day) == (TODAY, last)
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, ["Give a day, such as 2026-11-30."] * 2),
        (
            {"first_day": "2020-01-02", "last_day": "2020-01-01"},
            ["The last day comes before the first."],
        ),
    ],
)
def test_days_that_cannot_be_come_back(
    visit: Visit, sent: dict[str, str], said: list[str]
) -> None:
    answer = visit(make.reviewer()).send(PAGE, AWAY, **sent)

    assert answer.status_code == 422
    assert complaints(answer) == said


def test_days_of_somebody_else_are_not_struck(visit: Visit) -> None:
    absence = Absence.objects.create(
        person=make.reviewer(), first_day=TODAY, last_day=TODAY
    )

    visit(make.reviewer()).post(f"{AWAY}{absence.pk}/end/")

    assert Absence.objects.filter(pk=absence.pk).exists()


def test_looking_changes_nothing(visit: Visit, django_assert_num_queries: Any) -> None:
    visitor = visit(make.reviewer())
    visitor.get(PAGE)

    with django_assert_num_queries(6):
        visitor.get(PAGE)

    assert visitor.get(AWAY).status_code == 405
    assert not Absence.objects.exists()
