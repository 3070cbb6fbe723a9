"""Names that people declare, held against what a text is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from articles.models import Article
from editorial import matching
from tests import make

if TYPE_CHECKING:
    from articles.models import Version


@pytest.mark.parametrize(
    ("declared", "named"),
    [
        ("Acme", "Acme"),
        ("ACME Inc.", "acme"),
        ("Acme", "Acme Pharma GmbH & Co. KG"),
        ("Acme UK", "Acme"),
        ("Société Générique S.A.", "societe generique"),
        ("Vivitrol", "Vivitrol (naltrexone)"),
        ("Li", "Li"),
    ],
)
def test_a_name_is_found_however_it_is_written(declared: str, named: str) -> None:
    assert matching.touches(declared, named=[matching.fold(named)], text="")


@pytest.mark.parametrize(
    ("declared", "named"),
    [("Acme", "Acmeville"), ("Brown", "Green"), ("", "Acme"), (" . ", "Acme")],
)
def test_another_name_is_not(declared: str, named: str) -> None:
    assert not matching.touches(declared, named=[matching.fold(named)], text="")


def test_a_name_of_two_letters_is_not_looked_for_in_the_text() -> None:
    assert matching.touches("Acm", named=[], text="as acm says")
    assert not matching.touches("Ac", named=[], text="as ac says")


def test_a_legal_form_alone_stays_a_name() -> None:
    assert matching.fold("Limited") == "limited"
    assert matching.fold("Acme Co., Ltd.") == "acme"


def about(entities: str, **fields: str) -> Version:
    version = make.draft(**fields)
    Article.objects.filter(pk=version.article_id).update(entities=entities)
    return make.again(version)


def test_what_is_declared_is_held_against_entities_and_text(db: None) -> None:
    version = about("Acme Ltd\n\nFoo", headline="What Bar costs")
    answers = make.answers(shares=["ACME", "Baz"], travel=["bar inc."], gifts=["foo"])

    found = matching.found(version, answers, make.answers(grants=["Foo"]), None)

    assert found == ["bar inc.", "ACME", "foo", "Foo"]


@pytest.mark.parametrize("place", ["question", "key_answer", "renditions"])
def test_every_part_of_the_text_is_looked_through(place: str, db: None) -> None:
    parts: dict[str, object] = {
        "question": "Does Acmedin help?",
        "key_answer": 'Offer <b>Acmedin</b>.<cite data-ref="trial"></cite>',
        "renditions": {
            "clinician": make.BODY,
            "patient": make.PATIENT_BODY.replace("medicine", "Acmedin"),
        },
    }
    version = make.again(make.draft(**{place: parts[place]}))

    assert matching.found(version, make.answers(shares=["acmedin"])) == ["acmedin"]
    assert matching.found(version, make.answers(shares=["acme"])) == []


def test_who_declared_nothing_costs_no_query(
    db: None, django_assert_num_queries: object
) -> None:
    version = make.again(make.draft())

    with django_assert_num_queries(0):  # type: ignore[operator]
        assert matching.found(version, make.answers(), None) == []
