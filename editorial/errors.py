"""How the workflow says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


class Refused(Exception):
    """Something is missing; the message is a sentence for the user."""


class MovedOn(Exception):
    """
    Somebody else was first, or the form was drawn before the last change.

    `who` and `when` name the change; `mine` says that it was this very step by
    this very person, so that a repeated click is no error.
    """

    def __init__(
        self, what: str, *, who: str, when: dt.datetime | None, mine: bool = False
    ) -> None:
        super().__init__(what)
        self.what = what
        self.who = who
        self.when = when
        self.mine = mine
