"""What hangs on a version is frozen with it."""

from __future__ import annotations

from articles.models import (
    Citation,
    FindingAnswer,
    Rendition,
)
from editorial.actions import authoring
from tests import make, tampering
from tests.editorial.database.house import House
from tests.editorial.database.writes import (
    accepted,
    deletes,
    dropped,
    inserts,
    updates,
)


def test_parts_of_a_submitted_text_are_neither_added_changed_nor_taken_away(
    house: House,
) -> None:
    rendition = house.second.renditions.get()
    citation = house.second.citations.order_by("pk")[0]
    for own in house.draft.citations.all():
        own.key = f"own-{own.key}"
        own.save()
    free = house.draft.citations.order_by("pk")[0]
    work = citation.work
    writes = {
        **deletes(rendition),
        **deletes(citation),
        **updates(free, "version_id", house.second.pk),
        **updates(citation, "version_id", house.draft.pk),
        **inserts(
            lambda: Rendition(version=house.second, audience="patient", body="<p>x"),
            "rendition",
        ),
        **inserts(
            lambda: Citation(version=house.second, work=work, key="x", position=9),
            "citation",
        ),
    }
    for row in (rendition, citation):
        for column in tampering.columns(type(row), but=("version_id",)):
            writes |= updates(row, column)

    assert accepted(writes) == []
    assert len(writes) == 48
    assert dropped(writes) == list(writes)


def test_the_reasons_for_findings_are_frozen_with_their_text(house: House) -> None:
    by = house.draft.article.authorships.get().user
    answer = FindingAnswer(
        version=house.draft, finding="a" * 16, code="X", reason="So", answered_by=by
    )
    answer.save()
    free = {**updates(answer, "reason", "Because"), **deletes(answer)}
    assert accepted(free) == list(free)

    authoring.submit(house.draft.pk, by=by)
    writes = {
        **updates(answer, "reason", "Because"),
        **updates(answer, "version_id", make.draft().pk),
        **deletes(answer),
        **inserts(
            lambda: FindingAnswer(
                version=house.draft, finding="b", code="X", reason="", answered_by=by
            ),
            "late reason",
        ),
    }

    assert accepted(writes) == []
    assert len(writes) == 14
    assert dropped(writes) == list(writes)
