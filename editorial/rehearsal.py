"""A step taken for a look at what it would leave, and undone before anybody sees it."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from editorial.models import Event

    Look = Callable[[Event], None]

_LOOK: ContextVar[Look | None] = ContextVar("look", default=None)


class RehearsedError(Exception):
    """Ends the transaction of a step that was only rehearsed."""


@contextmanager
def rehearsing(look: Look) -> Iterator[None]:
    """
    The step taken inside is looked at, with all that it wrote, and then undone.

    `look` is given the event inside the step's own transaction, which never commits; a
    step that is refused is refused as ever, and nothing is looked at.
    """
    token = _LOOK.set(look)
    try:
        with suppress(RehearsedError):
            yield
    finally:
        _LOOK.reset(token)


def end(event: Event) -> None:
    """For the ledger, when everything is written: go no further if it is a rehearsal."""
    if look := _LOOK.get():
        look(event)
        raise RehearsedError
