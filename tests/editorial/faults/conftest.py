"""What is done here is committed, in a database that is thrown away as a whole."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from reviews import pseudonyms
from tests.editorial.faults import stage as stages
from tests.editorial.faults.stage import Stage


@pytest.fixture
def transactional_db(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    settings: Any,
) -> Iterator[Stage]:
    """A copy of the migrated database in place of one that is emptied afterwards."""
    settings.CHECKPOINT_FILE = tmp_path / "checkpoints.jsonl"
    with django_db_blocker.unblock(), stages.raised() as found:
        yield found


@pytest.fixture
def stage(transactional_db: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Nothing is drawn by lot, so that a deed done again leaves the same rows."""
    first = SimpleNamespace(choice=lambda letters: letters[0])
    monkeypatch.setattr(pseudonyms, "secrets", first)
    return transactional_db
