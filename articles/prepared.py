"""
Queries whose SQL is made once and then asked with other numbers.

Every deed reads its thing by the same query over four tables; Django would compose it
anew each time, which takes longer than the database takes to answer it.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models

if TYPE_CHECKING:
    from collections.abc import Callable

Row = TypeVar("Row")

FIRST_MARK = -1_700_000_000
"""Where the marks begin that stand for the numbers while the SQL is made."""


class Prepared(Generic[Row]):
    """
    The rows of a queryset that depends on nothing but numbers, such as primary keys.

    They are of the kind that the queryset gives: models, or tuples of `values_list`.

    `build` makes the queryset of `count` numbers; no other number of it may lie
    among the marks.
    """

    def __init__(
        self, build: Callable[..., models.QuerySet[Any, Row]], *, count: int
    ) -> None:
        self._build = build
        self._marks = tuple(range(FIRST_MARK, FIRST_MARK + count))
        self._here = threading.local()  # as a connection belongs to one thread

    def __call__(self, *numbers: int) -> list[Row]:
        made = getattr(self._here, "made", None)
        if made is None or made.connection is not connections[DEFAULT_DB_ALIAS]:
            made = self._here.made = _Made(self._build(*self._marks))
        return made.rows(dict(zip(self._marks, numbers, strict=True)))


class _Made:
    """A queryset with its SQL on one connection; what composes SQL is told to stop."""

    def __init__(self, queryset: models.QuerySet[Any]) -> None:
        compiler: Any = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, self._params = compiler.as_sql()
        self._asked = self._params
        compiler.as_sql = lambda *_: (sql, self._asked)
        queryset.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        self._queryset = queryset
        self._iterate: Any = queryset._iterable_class  # noqa: SLF001
        self.connection = compiler.connection

    def rows(self, numbers: dict[int, int]) -> list[Any]:
        self._asked = tuple(numbers.get(param, param) for param in self._params)
        return list(self._iterate(self._queryset))


def keep(
    owner: models.Model, relation: str, rows: list[Row], *, back: str = ""
) -> None:
    """
    Leave the rows of a relation with their owner, as prefetch_related does.

    `back` is the name by which each row knows its owner, where it has but one.
    """
    for row in rows if back else ():
        setattr(row, back, owner)
    held = getattr(owner, relation).all()
    held._result_cache, held._prefetch_done = rows, True  # noqa: SLF001  as Django itself
    owner.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = held
