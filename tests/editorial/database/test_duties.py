"""Nobody reviews, signs or approves what they should not."""

from __future__ import annotations

from tests.editorial.database.house import House
from tests.editorial.database.writes import (
    accepted,
    dropped,
    happens,
    inserts,
    updates,
)


def test_duties_stay_separate(house: House) -> None:
    reviewer = house.second.assignments.order_by("pk")[0].reviewer
    earlier = house.first.assignments.order_by("pk")[0].reviewer
    writes = {
        **inserts(lambda: house.assignment(reviewer=house.author), "author reviews"),
        **inserts(
            lambda: house.assignment(reviewer=house.second.article.editor),
            "the editor in charge reviews",
        ),
        **inserts(lambda: house.assignment(reviewer=house.chief), "the asker reviews"),
        **inserts(lambda: house.signature(signer=house.author), "author approves"),
        **inserts(
            lambda: house.signature(signer=house.author, meaning="review"),
            "author signs a review",
        ),
        **inserts(lambda: house.signature(signer=reviewer), "reviewer approves"),
        **inserts(
            lambda: house.signature(signer=earlier), "an earlier reviewer approves"
        ),
        **inserts(lambda: house.signature(sha256="c" * 64), "another hash"),
        **inserts(
            lambda: house.signature(sha256=house.first.sha256), "an earlier hash"
        ),
        **inserts(
            lambda: house.signature(
                version=house.first, sha256=house.first.sha256, meaning="review"
            ),
            "after the decision",
        ),
        **inserts(
            lambda: house.signature(version=house.draft, sha256=house.draft.sha256),
            "a draft",
        ),
    }

    assert accepted(writes) == []
    assert len(writes) == 33
    assert len(dropped(writes)) >= 27
    assert happens(lambda: house.signature().save())


def test_an_assignment_keeps_its_version_and_its_reviewer(house: House) -> None:
    asked = house.second.assignments.order_by("pk")[0]
    writes = updates(asked, "reviewer_id", house.author.pk) | updates(
        asked, "version_id", house.draft.pk
    )

    assert accepted(writes) == []
    assert len(writes) == 8
    assert dropped(writes) == list(writes)
