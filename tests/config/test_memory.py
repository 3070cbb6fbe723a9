import gc
from collections.abc import Iterator

import pytest

from config import memory


@pytest.fixture
def as_before() -> Iterator[None]:
    found = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*found)


def test_what_the_start_made_is_left_alone_and_the_rest_is_still_collected(
    as_before: None,
) -> None:
    memory.settle()

    assert gc.isenabled()
    assert gc.get_freeze_count() > 0
    assert gc.get_threshold() == (50_000, 20, 20)
