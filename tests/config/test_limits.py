"""What is counted of visitors says nothing of who they were, and is forgotten."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection

from editorial import tasks

pytestmark = pytest.mark.django_db
ADDRESS = "203.0.113.7"
START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def nobody_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def rows() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        return list(cursor.fetchall())


def test_what_was_counted_is_found_and_the_table_names_nobody() -> None:
    cache.set(f"report_error:ip:{ADDRESS}", [1.0], 60)

    [(key, value)] = rows()

    assert cache.get(f"report_error:ip:{ADDRESS}") == [1.0]
    assert len(key) == 64
    assert ADDRESS not in f"{key}{value}"


def test_the_hash_of_an_address_is_another_in_another_house(settings: Any) -> None:
    ours = cache.make_key(ADDRESS)

    settings.SECRET_KEY = "another"

    assert cache.make_key(ADDRESS) != ours


def test_what_is_over_is_deleted_though_nobody_asks_for_it() -> None:
    with time_machine.travel(START, tick=False) as clock:
        cache.set("short", 1, 60)
        cache.set("long", 1, 3600)
        tasks.forget_limits()
        before = len(rows())
        clock.shift(61)
        tasks.forget_limits()

        assert (before, len(rows()), cache.get("long")) == (2, 1, 1)
