"""Addresses: readable, bounded, and none twice."""

from __future__ import annotations

import pytest

from articles import slugs
from articles.models import SLUG_LENGTH, Article, Topic


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Does aspirin help?", "does-aspirin-help"),
        ("  Ménière disease?  ", "meniere-disease"),
        ("疼痛?", "article"),
        ("???", "article"),
        ("-", "article"),
    ],
)
def test_a_question_becomes_an_address(text: str, slug: str) -> None:
    assert slugs.stem(text, "article") == slug


def test_a_long_question_is_cut_at_a_word() -> None:
    assert slugs.stem("word " * 40, "article") == "-".join(["word"] * 16)
    assert slugs.stem("x" * 200, "article") == "x" * (SLUG_LENGTH - slugs.ROOM)


def test_equal_questions_are_told_apart_by_a_number() -> None:
    taken = {"why", "why-2", "why-4"}

    assert [slugs.numbered("why", taken) for _ in range(3)] == [
        "why-3",
        "why-5",
        "why-6",
    ]
    assert slugs.numbered("how", taken) == "how"


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("does-it-help", True),
        ("does-it-help-2", True),
        ("does-it-help-2-b", False),
        ("does-it-help22", False),
        ("does-it-helpx", False),
        ("does-it", False),
    ],
)
def test_an_address_fits_its_question_with_or_without_a_number(
    slug: str,
    expected: bool,  # noqa: FBT001  a table of them
) -> None:
    assert slugs.fits(slug, "Does it help?") is expected


def test_a_free_address_is_none_that_an_article_has(db: None) -> None:
    assert slugs.free("Why?") == "why"
    Article.objects.create(slug="why")
    Article.objects.create(slug="why-not")
    assert slugs.free("Why?") == "why-2"


def test_a_number_never_makes_an_address_too_long() -> None:
    base = slugs.stem("x" * 200, "article")

    longest = slugs.numbered(base, {base, *(f"{base}-{n}" for n in range(2, 99_999))})

    assert len(longest) <= SLUG_LENGTH


def test_a_topic_is_made_once_whatever_its_case_and_spaces(db: None) -> None:
    first = slugs.topic("Heart  failure ")
    again = slugs.topic("heart failure")

    assert (first.pk, first.name, first.slug) == (
        again.pk,
        "Heart failure",
        "heart-failure",
    )
    assert Topic.objects.count() == 1


def test_two_topics_never_share_an_address(db: None) -> None:
    assert [slugs.topic(name).slug for name in ("C", "C+", "C++", "痛")] == [
        "c",
        "c-2",
        "c-3",
        "topic",
    ]
