"""Claims that stand as they stood, to be answered as in the review of the round before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from editorial.forms.checks import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from editorial.forms.checks import CheckForm, Checks
    from editorial.rounds import Before, Former

AS_BEFORE, ALL = "as_before", "all"
"""Names the button that answers claims as before, and is its answer for all of them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A claim as the page shows it, with what its reviewer said of it before."""

    check: CheckForm
    former: Former | None

    @property
    def told(self) -> str:
        return in_words(self.former) if self.former else ""

    @property
    def is_repeated(self) -> bool:
        return self.check.says(self.former)


@dataclass(frozen=True, slots=True)
class Repeating:
    """What is said of claims, beside what was said `before`, if anything was."""

    checks: Checks
    before: Before | None

    @property
    def number(self) -> int:
        """The number of the version that was reviewed before."""
        return self.before.number if self.before else 0

    @property
    def shown(self) -> list[Shown]:
        """The claims of the page."""
        return list(self._beside(self.checks.shown))

    @property
    def left(self) -> int:
        """How many claims were answered before, and are not yet."""
        answered = {c.number for c in self.checks.all if c["verdict"].value()}
        return len(self._known().keys() - answered)

    @property
    def count(self) -> int:
        """How many claims are answered as before; they are checked, and counted so."""
        return self._count(self.checks.all)

    @property
    def elsewhere(self) -> int:
        """The same, of claims on other pages."""
        return self._count(self.checks.kept)

    def answered(self, content: Mapping[str, str], pressed: str) -> dict[str, str]:
        """
        What a press says: the number of a claim, or all of which nothing is said.

        Words that are typed already stay.
        """
        return {
            f"cite-{number}-{name}": text
            for number, former in self._known().items()
            if pressed == str(number)
            or (pressed == ALL and not content.get(f"cite-{number}-verdict"))
            for name, text in former._asdict().items()
            if name == "verdict" or not content.get(f"cite-{number}-{name}")
        }

    def _known(self) -> dict[int, Former]:
        """What was said before of each claim, by its number."""
        said = self.before.said if self.before else {}
        claims = enumerate(self.checks.claims, start=1)
        return {n: said[claim.name] for n, claim in claims if claim.name in said}

    def _beside(self, checks: Iterable[CheckForm]) -> Iterator[Shown]:
        known = self._known()
        return (Shown(check, known.get(check.number)) for check in checks)

    def _count(self, checks: Iterable[CheckForm]) -> int:
        beside = self._beside(checks)
        return sum(one.check.is_checked and one.is_repeated for one in beside)
