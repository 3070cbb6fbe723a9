"""A public text as search is given it."""

from __future__ import annotations

import datetime as dt

import pytest

from articles.models import SearchEntry
from articles.reading import indexed
from articles.states import Standing
from editorial.actions import publishing
from tests import make

pytestmark = pytest.mark.django_db
BOTH = {"clinician": make.BODY, "patient": make.PATIENT_BODY}


def test_each_rendition_is_looked_through_without_its_markup() -> None:
    version = make.published(
        question="Should anaemia be treated?",
        key_answer='In anaemia: yes.<cite data-ref="trial"></cite>',
        renditions=BOTH,
        topics=("Blood",),
    )

    clinician, patient = SearchEntry.objects.order_by("audience")
    path = f"/articles/{version.article.slug}/"
    assert (clinician.path, patient.path) == (path, f"{path}for/patient/")
    assert clinician.body == (
        "In anaemia: yes.\nWhat to do\nOffer the treatment that the trial tested. Watch for "
        "bleeding (strong recommendation).\nStop it before surgery."
    )
    assert (clinician.about, clinician.spelt) == ("Blood anemia", "anemia")
    assert (clinician.question, clinician.headline) == (
        version.question,
        version.headline,
    )


def test_a_published_text_has_the_day_of_its_approval() -> None:
    version = make.published()

    entry = SearchEntry.objects.get()
    decided = version.decided_at
    assert (entry.standing, entry.version) == (Standing.PUBLISHED, version)
    assert decided
    assert entry.reviewed_on == decided.astimezone(dt.UTC).date()


def test_a_pending_text_has_no_day() -> None:
    pending = make.under_review()
    publishing.show_preview(pending.article_id, by=make.editor(), reason="Asked for")

    entry = SearchEntry.objects.get()
    assert (entry.standing, entry.reviewed_on) == (Standing.PREVIEW, None)


def test_no_more_of_a_text_is_looked_through_than_can_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(indexed, "MOST", 20)

    make.published()

    assert SearchEntry.objects.get().body == "Offer it.\nWhat to do"
