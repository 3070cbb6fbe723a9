"""What an article is about: named by the desk, and not unnamed by who it touches."""

from __future__ import annotations

import pytest

from articles.states import VersionState
from articles.vocabulary import Tier
from editorial import roles
from editorial.actions import desk, entities
from editorial.errors import Refused
from tests import make, traces
from tests.editorial.actions.test_impartiality import about_acme, undeclared

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("left", ["", "Brown", "Acme\nBrown"])
def test_nobody_takes_out_a_name_they_have_an_interest_in(left: str) -> None:
    version, chief = about_acme(), make.chief()
    desk.return_for_changes(version.pk, by=make.editor(), reason="So")
    make.declaration(chief, shares=["Acme"])

    with traces.nothing_left(Refused, "declared an interest in Acme; another editor"):
        entities.name_entities(
            version.article_id, by=chief, entities=left, reason="Not about it"
        )

    entities.name_entities(
        version.article_id, by=make.editor(), entities=left, reason="Not about it"
    )
    assert make.article(version).entities == left


def test_who_has_declared_nothing_takes_out_no_name() -> None:
    version, editor = about_acme(), undeclared(roles.EDITOR)
    desk.return_for_changes(version.pk, by=make.editor(), reason="So")

    with traces.nothing_left(Refused, "Declare your interests first"):
        entities.name_entities(
            version.article_id, by=editor, entities="", reason="Not about it"
        )


def test_under_review_names_are_added_and_none_is_taken_out() -> None:
    version, editor = about_acme(), make.editor()

    with traces.nothing_left(Refused, "taken out only after the decision"):
        entities.name_entities(
            version.article_id, by=editor, entities="Brown", reason="Not about it"
        )

    entities.name_entities(
        version.article_id, by=editor, entities="Acme AG\nBrown\nFoo"
    )
    assert make.again(version).state == VersionState.UNDER_REVIEW
    assert make.article(version).entities == "Acme AG\nBrown\nFoo"


def test_a_name_is_taken_out_with_a_reason_and_the_record_tells_it() -> None:
    version, editor = about_acme(), make.editor()
    desk.return_for_changes(version.pk, by=editor, reason="So")

    with traces.nothing_left(Refused, "To take out Acme AG needs a reason"):
        entities.name_entities(version.article_id, by=editor, entities="Brown")

    entities.name_entities(
        version.article_id, by=editor, entities="Brown", reason="Not about it"
    )
    said = traces.said()
    assert said["reason"] == "Not about it"
    assert said["facts"] == {
        "entities": ["Brown"],
        "entities_before": ["Acme AG", "Brown"],
    }


def test_at_the_triage_too_a_name_goes_with_a_reason_alone() -> None:
    version, editor = make.submitted(), make.editor()
    entities.name_entities(version.article_id, by=editor, entities="Acme")
    given = {"tier": Tier.C, "specialty": "", "reviewers": [make.reviewer().pk]}

    with traces.nothing_left(Refused, "To take out Acme needs a reason"):
        desk.send_to_review(version.pk, by=editor, entities="", **given)

    desk.send_to_review(version.pk, by=editor, entities="", reason="An error", **given)
    facts = traces.said()["facts"]
    assert (facts["entities"], facts["entities_before"]) == ([], ["Acme"])


def test_companies_and_products_are_named_later_too() -> None:
    version = make.under_review()

    with traces.one_event():
        entities.name_entities(
            version.article_id, by=make.editor(), entities="Acme\r\n Foo\n"
        )

    assert traces.step()[0] == "entities_named"
    assert traces.said()["facts"] == {
        "entities": ["Acme", "Foo"],
        "entities_before": [],
    }
    assert traces.told() == {}
    with traces.nothing_left(Refused, "Name at most 50"):
        names = "\n".join(str(n) for n in range(51))
        entities.name_entities(version.article_id, by=make.editor(), entities=names)
