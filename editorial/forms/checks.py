"""
What a reviewer says of each claim: a bounded number on one page, none of them lost.

A text can have more claims than a page can show. A claim of which nothing was sent
stays as it was saved, so that pages of claims can be answered one after the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms

from editorial.forms.base import Prose
from editorial.reports import Check
from editorial.rounds import Former
from reviews.models.reports import LOCATOR_LENGTH
from reviews.states import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.forms.boundfield import BoundField, BoundWidget

    from reviews.coverage import Claim

MOST_SHOWN = 200
"""Claims on one page; with the comments they stay below what a form may send."""

NOTE_LENGTH = 2_000

WORDS = {
    Verdict.SUPPORTS: "supports",
    Verdict.PARTLY: "partly",
    Verdict.DOES_NOT: "does not",
    Verdict.NOT_ACCESSIBLE: "no access",
}
"""The verdicts in so few words that all of them stand in one row."""

_NAME = re.compile(r"cite-([1-9][0-9]{0,5})-(?:verdict|locator|note)")


def in_words(former: Former) -> str:
    """Such as “supports, p. 412”."""
    return ", ".join(filter(None, (WORDS[Verdict(former.verdict)], former.locator)))


class CheckForm(forms.Form):
    """What the work says of one claim; unanswered, it was not looked up."""

    verdict = forms.ChoiceField(
        label="The work",
        choices=[("", "Not checked"), *((v.value, v.label) for v in Verdict)],
        required=False,
        widget=forms.RadioSelect,
    )
    locator = forms.CharField(
        label="Where in the work, such as p. 412",
        required=False,
        max_length=LOCATOR_LENGTH,
    )
    note = Prose(label="Note", required=False, max_length=NOTE_LENGTH, rows=2)

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.claim = claim

    def clean(self) -> None:
        given = self.cleaned_data
        is_said = given.get("locator") or given.get("note")
        if is_said and not given.get("verdict") and "verdict" not in self.errors:
            self.add_error("verdict", "Say whether the work supports the claim.")

    @property
    def check(self) -> Check | None:
        given = self.cleaned_data
        if not given.get("verdict"):
            return None
        return Check(self.claim.key, self.claim.text, **given)

    @property
    def number(self) -> int:
        """Its place among the claims, as the names of its fields say it."""
        return int(str(self.prefix).rpartition("-")[2])

    def says(self, former: Former | None) -> bool:
        """Whether it answers as it was answered before."""
        said = (self[name].value() or "" for name in Former._fields)
        return former is not None and former == tuple(map(str, said))

    @property
    def is_checked(self) -> bool:
        verdict = self["verdict"].value()
        return bool(verdict) and verdict != Verdict.NOT_ACCESSIBLE

    @property
    def answers(self) -> list[tuple[BoundWidget, str]]:
        """A radio button for each verdict, with its short word."""
        buttons = {button.data["value"]: button for button in self["verdict"]}
        return [(buttons[verdict], word) for verdict, word in WORDS.items()]

    @property
    def unfolds(self) -> bool:
        """Whether more is to be said, or is: anything but that the work supports it."""
        told = self["locator"].value() or self["note"].value() or self.errors
        return bool(told) or self["verdict"].value() not in (
            *(None, "", Verdict.SUPPORTS),
        )


@dataclass(frozen=True, slots=True)
class Portion:
    """A page of claims: its number, and the first and last of them."""

    number: int
    first: int
    last: int


@dataclass(slots=True)
class Checks:
    """
    The claims of a text with what was `sent` of some of them and `stored` of others.

    `shown` are the forms on the page, `kept` those of the other claims that have an
    answer.
    """

    claims: Sequence[Claim]
    stored: Mapping[str, str]
    sent: Mapping[str, str] | None
    options: Mapping[str, Any]
    portion: int = 1
    shown: list[CheckForm] = field(default_factory=list)
    kept: list[CheckForm] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.turn_to(self.portion)

    def turn_to(self, portion: int) -> None:
        """Show another page of them; what was sent is shown again whole."""
        self.portion = min(max(portion, 1), max(len(self.portions), 1))
        numbers = sorted(self._numbers(self.sent or {})) or self._on_page()
        others = sorted(self._numbers(self.stored) - set(numbers))
        self.shown = [self._form(number) for number in numbers]
        self.kept = [self._form(number) for number in others]

    @property
    def all(self) -> list[CheckForm]:
        return [*self.shown, *self.kept]

    @property
    def total(self) -> int:
        return len(self.claims)

    @property
    def answered_elsewhere(self) -> int:
        return sum(bool(form["verdict"].value()) for form in self.kept)

    @property
    def checked_elsewhere(self) -> int:
        return sum(form.is_checked for form in self.kept)

    @property
    def checked(self) -> int:
        """The claims of which the work was opened; only they are checked."""
        return sum(form.is_checked for form in self.all)

    @property
    def unanswered(self) -> BoundField | None:
        """The first verdict on this page that nobody has given."""
        verdicts = (form["verdict"] for form in self.shown)
        return next((field for field in verdicts if not field.value()), None)

    @property
    def portions(self) -> list[Portion]:
        starts = range(0, len(self.claims), MOST_SHOWN)
        ends = [min(start + MOST_SHOWN, len(self.claims)) for start in starts]
        pairs = zip(starts, ends, strict=True)
        return [Portion(n, first + 1, end) for n, (first, end) in enumerate(pairs, 1)]

    @property
    def neighbours(self) -> list[Portion]:
        """The page before and the one after."""
        beside = (self.portion - 1, self.portion + 1)
        return [page for page in self.portions if page.number in beside]

    def unsent(self) -> dict[str, str]:
        """What was stored of the claims of which nothing was sent."""
        sent = self._numbers(self.sent or {})
        return {
            name: text
            for name, text in self.stored.items()
            if (found := _NAME.fullmatch(name)) and int(found[1]) not in sent
        }

    def _on_page(self) -> list[int]:
        pages = {page.number: page for page in self.portions}
        page = pages.get(self.portion)
        return list(range(page.first, page.last + 1)) if page else []

    def _numbers(self, content: Mapping[str, str]) -> set[int]:
        found = {int(n[1]) for name in content if (n := _NAME.fullmatch(name))}
        return {number for number in found if number <= len(self.claims)}

    def _form(self, number: int) -> CheckForm:
        prefix = f"cite-{number}"
        given: dict[str, Any] = {
            "initial": {
                name: text
                for name in CheckForm.base_fields
                if (text := self.stored.get(f"{prefix}-{name}"))
            }
        }
        if self.sent is not None:
            is_sent = any(
                f"{prefix}-{name}" in self.sent for name in CheckForm.base_fields
            )
            given["data"] = self.sent if is_sent else self.stored
        claim = self.claims[number - 1]
        return CheckForm(prefix=prefix, claim=claim, **given, **self.options)
