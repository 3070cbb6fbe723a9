"""A version keeps its text, its hash, and its way along the drawn arrows."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.db import connection

from articles.models import (
    Version,
)
from articles.states import VersionState
from editorial import database
from tests import make, tampering
from tests.editorial.database.house import House
from tests.editorial.database.writes import (
    accepted,
    dropped,
    updates,
)

TEXT = tampering.columns(
    Version,
    but=(
        *("state", "revision", "review_started_at", "decided_at"),
        *("decision_reason", "publish_at", "review_due_on"),
    ),
)


@pytest.mark.parametrize("name", ["first", "second"])
def test_no_column_of_a_submitted_text_changes(name: str, house: House) -> None:
    version = getattr(house, name)
    writes = {k: w for c in TEXT for k, w in updates(version, c).items()}

    assert accepted(writes) == []
    assert len(writes) == 4 * len(TEXT) == 4 * 19
    unique = (" article_id", " number")
    others = {n: w for n, w in writes.items() if not any(u in n for u in unique)}
    assert dropped(others) == list(others)


def test_the_same_columns_of_a_draft_change(house: House) -> None:
    names = [c for c in TEXT if c != "article_id"]  # another article has its own 1
    writes = {k: w for c in names for k, w in updates(house.draft, c).items()}

    assert accepted(writes) == list(writes)


ARROWS: set[tuple[str, str]] = {
    ("draft", "submitted"),
    ("draft", "withdrawn"),
    ("submitted", "draft"),
    ("submitted", "under_review"),
    ("submitted", "returned"),
    ("submitted", "rejected"),
    ("submitted", "withdrawn"),
    ("under_review", "approved"),
    ("under_review", "returned"),
    ("under_review", "rejected"),
    ("under_review", "withdrawn"),
    ("approved", "superseded"),
}


def test_the_database_draws_the_arrows_of_the_model() -> None:
    field: Any = Version._meta.get_field("state")
    moves = {(m.source, m.target) for m in field.get_all_transitions(Version)}
    drawn = {(str(s), str(t)) for s, ts in database.ARROWS.items() for t in ts}

    assert drawn == ARROWS == {(str(s), str(t)) for s, t in moves}


@pytest.mark.parametrize("source", VersionState.values)
def test_a_state_moves_only_along_the_arrows(source: str, db: None) -> None:
    version = make.again(make.approved(tier="C"))
    put(version, source)
    version = make.again(version)
    targets = [t for t in VersionState.values if t != source]
    writes = {t: partial(tampering.by_sql, version, "state", t) for t in targets}

    assert accepted(writes) == [t for t in targets if (source, t) in ARROWS]
    assert dropped(writes) == targets


def put(version: Version, state: str) -> None:
    """Put a version where the test wants it, with the guards aside."""
    database.drop(connection)
    Version.objects.filter(pk=version.pk).update(state=state)
    database.install(connection)


def test_no_state_moves_off_the_arrows_by_any_road(house: House) -> None:
    writes = updates(house.second, "state", "draft") | updates(
        house.first, "state", "returned"
    )

    assert accepted(writes) == []
    assert len(writes) == 8
    assert dropped(writes) == list(writes)


def test_nothing_is_approved_without_a_signature_under_its_hash(house: House) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_version SET state = 'superseded' WHERE id = %s",
            [house.first.pk],
        )
    writes = updates(house.second, "state", "approved")

    assert accepted(writes) == []
    house.signature().save()
    assert accepted(writes) == list(writes)


DECIDED = ("decided_at", "decision_reason", "publish_at", "review_due_on")


def test_what_was_decided_does_not_change(house: House) -> None:
    writes = {k: w for c in DECIDED for k, w in updates(house.first, c).items()}

    assert accepted(writes) == []
    assert len(writes) == 16
    assert dropped(writes) == list(writes)


def test_an_article_has_one_open_review_and_one_approved_version(house: House) -> None:
    database.drop(connection)
    third = Version.objects.create(
        article=house.first.article,
        number=3,
        question="Why?",
        sha256="a" * 64,
        state="rejected",
    )
    submitted = updates(third, "state", "submitted")
    approved = updates(third, "state", "approved")

    assert accepted(submitted | approved) == []
    assert len(submitted | approved) == 8
