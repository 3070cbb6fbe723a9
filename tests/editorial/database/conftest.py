"""
What the database itself refuses: each illegal write, by every road.

A write that is refused is then done with the guards dropped, so that no test passes
because the write could not have happened anyway.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.editorial.database.house import House


@pytest.fixture
def house(db: None, settings: Any, tmp_path: Any) -> House:
    settings.CHECKPOINT_FILE = tmp_path / "checkpoints"
    return House()
