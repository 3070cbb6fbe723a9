"""An approved text as answers are quoted from it."""

from __future__ import annotations

from typing import Any

import pytest

from articles.asking import meaning
from articles.models import Page, Passage, SearchEntry, Version
from articles.reading import learning
from tests import make

pytestmark = pytest.mark.django_db
BOTH = {"clinician": make.BODY, "patient": make.PATIENT_BODY}


def learned(**text: Any) -> Version:
    version = make.published(**text)
    learning.learn_new()
    return version


def test_each_rendition_is_quoted_and_the_key_answer_once() -> None:
    version = learned(renditions=BOTH)

    clinician, patient = SearchEntry.objects.order_by("audience")
    path = f"/articles/{version.article.slug}/"
    assert (clinician.path, patient.path) == (path, f"{path}for/patient/")
    assert [p.heading for p in clinician.passages.order_by("pk")] == [
        "Key answer",
        "What to do",
    ]
    assert [p.html for p in patient.passages.all()] == [make.PATIENT_BODY]


def test_a_passage_has_its_works_as_the_article_numbers_and_prints_them() -> None:
    version = learned()

    answer, body = Passage.objects.order_by("pk")
    assert [source[:3] for source in body.sources] == [
        [1, "trial", "Journal article"],
        [2, "review", "Journal article"],
    ]
    assert [source[0] for source in answer.sources] == [1]
    stored = Page.objects.get(path=f"/articles/{version.article.slug}/")
    page = bytes(stored.body).decode()
    assert [html in page for _, _, _, html in body.sources] == [True, True]


def test_a_passage_means_what_its_article_asks_and_what_it_says() -> None:
    version = learned()

    body = Passage.objects.get(heading="What to do")
    [vector] = meaning.unpacked([body.vector])
    assert float(vector @ meaning.vector(version.question)) > 0.5
    assert (
        float(vector @ meaning.vector("Offer the treatment, watch for bleeding")) > 0.5
    )
