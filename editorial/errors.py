"""How the workflow says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


class Refused(Exception):
    """Something is missing; the message is a sentence for the user."""


class Conflicted(Refused):
    """Somebody who would review a text has an interest in what it is about."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__(
            f"This text is about {' and '.join(names)}, in which you have an interest. "
            "You cannot review it; please decline. The editor has been told."
        )


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


class SavedElsewhere(MovedOn):
    """Another window of the same person saved other words since."""
