"""The clinical checklist every report answers, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

ANSWERS = {"yes": "Yes", "no": "No", "na": "Not applicable"}

WHERE = (
    "comment on the passage where it fails, or where something is missing, and name "
    "this line there."
)


@dataclass(frozen=True, slots=True)
class Item:
    code: str
    text: str
    help: str


ITEMS = (
    Item(
        "answers",
        "It answers the question",
        "The key answer settles the question in the title, for the audience named.",
    ),
    Item(
        "sources",
        "Claims match the cited works",
        "I opened the works that carry the weight; they say what the text says.",
    ),
    Item(
        "doses",
        "Doses, units and populations are right",
        "Numbers, routes, intervals, limits, pregnancy, children, kidney and liver.",
    ),
    Item(
        "harms",
        "Harms are stated",
        "Side effects, interactions and what to watch for stand beside the benefits.",
    ),
    Item(
        "evidence",
        "The evidence is graded honestly",
        "The wording is no stronger than the studies behind it.",
    ),
    Item(
        "guidance",
        "It does not conflict with current guidance",
        "Or it says where it does, and why.",
    ),
    Item(
        "wording",
        "The wording fits its readers",
        "Every rendition can be understood and followed by those it is written for.",
    ),
)


def objection(answers: dict[str, str]) -> str | None:
    """Why these answers are not a complete checklist, in a sentence, or None."""
    missing = [item.text for item in ITEMS if answers.get(item.code) not in ANSWERS]
    if missing:
        return f"Answer every line of the checklist; still open: {'; '.join(missing)}."
    return None


def unshown(answers: Mapping[str, str], shown: Container[str]) -> dict[str, str]:
    """What is asked of each line answered “No” of which no passage is `shown`."""
    return {
        item.code: f"“{item.text}” is answered “No”: {WHERE}"
        for item in ITEMS
        if answers.get(item.code) == "no" and item.code not in shown
    }
