"""An editor recommends, a chief editor decides: what an advice leaves and lacks."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from articles.models import Version
from editorial.actions import deciding, desk, inviting
from editorial.errors import MovedOn, Refused
from editorial.models import User
from reviews.models import Recommendation
from tests import make, traces


def recommend(version: Version, by: User, **fields: Any) -> Recommendation:
    given: dict[str, Any] = {"advice": "approve", "reason": "Both are in favour."}
    return deciding.recommend(version.pk, by=by, **given | fields)


def test_an_advice_is_kept_and_the_chief_editors_hear_of_it(db: None) -> None:
    version, editor, chief = make.reviewed(), make.editor(), make.chief()

    with traces.one_event():
        recommend(version, editor, letter="Well done.\u200b ")

    advised = Recommendation.objects.get()
    assert (advised.version_id, advised.editor_id) == (version.pk, editor.pk)
    assert (advised.advice, advised.reason, advised.letter) == (
        "approve",
        "Both are in favour.",
        "Well done.",
    )
    assert traces.step() == (
        *("recommended", "under_review", "under_review"),
        "Both are in favour.",
    )
    assert traces.said()["facts"] == {"advice": "approve"}
    assert f"recommendation:{advised.pk}" in traces.said()["rows"]
    assert traces.told() == {chief.pk: "An editor recommends a decision"}


def test_a_chief_editor_who_may_not_decide_hears_nothing(db: None) -> None:
    reviewing = make.reviewer()
    version = make.under_review(reviewers=[reviewing])
    reviewing.groups.add(*make.chief().groups.all())

    recommend(version, make.editor(), advice="return")

    assert reviewing.pk not in traces.told()


def test_it_makes_a_decision_drawn_before_it_stale(db: None) -> None:
    version, chief = make.reviewed(), make.chief()

    recommend(version, make.editor(), advice="reject")

    with traces.nothing_left(MovedOn):
        make.approve(version, by=chief, seen=version.revision)


def test_an_editor_may_advise_again(db: None) -> None:
    version, editor = make.reviewed(), make.editor()

    recommend(version, editor, advice="return")
    recommend(version, editor)

    said = Recommendation.objects.order_by("pk").values_list("advice", flat=True)
    assert list(said) == ["return", "approve"]


@pytest.mark.parametrize("advice", ["return", "reject"])
def test_a_version_nobody_has_reviewed_can_go_back(advice: str, db: None) -> None:
    advised = recommend(make.submitted(), make.editor(), advice=advice)

    assert advised.advice == advice


def test_an_approval_is_advised_only_once_it_could_be_given(db: None) -> None:
    editor = make.editor()
    asked, waiting = make.under_review(), make.submitted()

    with traces.nothing_left(Refused, "Tier B needs 2 reviews in favour; 0 received"):
        recommend(asked, editor)
    with traces.nothing_left(Refused, "Nobody has reviewed it"):
        recommend(waiting, editor)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"advice": "publish"}, "Choose what you recommend"),
        ({"reason": "  "}, "“Recommend a decision” needs a reason"),
        ({"letter": "x" * 20_001}, "Keep the letter within 20,000 characters"),
    ],
)
def test_an_advice_that_says_too_little_or_too_much(
    fields: dict[str, str], sentence: str, db: None
) -> None:
    version, editor = make.reviewed(), make.editor()

    with traces.nothing_left(Refused, sentence):
        recommend(version, editor, **fields)


def test_nobody_advises_on_a_text_they_wrote_or_review(db: None) -> None:
    version = make.reviewed()
    author = make.fresh(version.article.authorships.order_by("pk")[0].user)
    reviewer = make.fresh(version.assignments.order_by("pk")[0].reviewer)

    for person in (author, reviewer, make.user("auditor")):
        with traces.nothing_left(PermissionDenied):
            recommend(version, person)


def test_what_was_decided_takes_no_advice(db: None) -> None:
    version, editor = make.reviewed(), make.editor()
    desk.return_for_changes(version.pk, by=editor, reason="Mend it")

    with traces.nothing_left(MovedOn):
        recommend(version, make.editor())


def test_who_advised_handles_it_and_does_not_review_it(db: None) -> None:
    version = make.under_review()
    both = make.reviewer()
    both.groups.add(*make.editor().groups.all())
    recommend(version, make.fresh(both), advice="return")

    editor = make.editor()

    with traces.nothing_left(Refused, "cannot review a version they handle"):
        inviting.invite(version.pk, by=editor, reviewers=[both.pk])
