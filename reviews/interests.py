"""
What people are asked about their interests, line by line, and what they answered.

The lines are those of the disclosure form of the ICMJE; each is answered, and “none”
is an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from reviews.tiers import add_months

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

LOOK_BACK_MONTHS = 36
GOOD_FOR_MONTHS = 12
MOST_NAMES = 20
NAME_LENGTH = 200

SUPPORT = "support"
"""The line about the text itself, which no general declaration can answer."""


class Answer(TypedDict):
    """Whether somebody has what the line asks for, and with whom."""

    has: bool
    who: list[str]


Answers = dict[str, Answer]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the form; `help` says what counts."""

    code: str
    text: str
    help: str = ""


LINES = (
    Line(
        SUPPORT,
        "Support for this work",
        "Money, material, help with writing or fees, from its planning on.",
    ),
    Line("grants", "Grants or contracts"),
    Line("royalties", "Royalties or licences"),
    Line("consulting", "Consulting fees"),
    Line(
        "honoraria",
        "Payment for lectures, speaking, writing or teaching",
        "Speaking for a firm, and educational events, too.",
    ),
    Line("testimony", "Payment for expert testimony"),
    Line("travel", "Support for meetings or travel"),
    Line("patents", "Patents planned, issued or pending"),
    Line("safety_board", "A seat on a data safety or advisory board"),
    Line(
        "leadership",
        "A leading or fiduciary role in a board, society or group",
        "Paid or unpaid.",
    ),
    Line("shares", "Stock or options"),
    Line("gifts", "Equipment, materials, drugs, writing, gifts or services"),
    Line(
        "other",
        "Any other interest, financial or not",
        "Friendship, rivalry, conviction, or a paper of your own that is cited.",
    ),
)
GENERAL = tuple(line for line in LINES if line.code != SUPPORT)
"""What is asked once a year."""


def none(lines: tuple[Line, ...] = LINES) -> Answers:
    """“None” on every line."""
    return {line.code: Answer(has=False, who=[]) for line in lines}


def objection(answers: Answers, lines: tuple[Line, ...] = LINES) -> str | None:
    """The first line that is blank, or that names nobody where somebody is meant."""
    for line in lines:
        given = answers.get(line.code)
        if given is None or not isinstance(given["has"], bool):
            return f"Answer “{line.text}”; “none” is an answer."
        if given["has"] and not names(given):
            return f"Say with whom: “{line.text}”."
        if wrong := _wrong_names(given["who"]):
            return f"{wrong}: “{line.text}”."
    return None


def _wrong_names(who: list[str]) -> str | None:
    if len(who) > MOST_NAMES:
        return f"Name at most {MOST_NAMES}"
    if any(len(name) > NAME_LENGTH for name in who):
        return f"Keep each name within {NAME_LENGTH} characters"
    return None


def clean(answers: Answers, lines: tuple[Line, ...] = LINES) -> Answers:
    """The answers to `lines` alone; whoever has none of it names nobody."""
    return {
        line.code: Answer(
            has=answers[line.code]["has"],
            who=names(answers[line.code]) if answers[line.code]["has"] else [],
        )
        for line in lines
    }


def names(answer: Answer) -> list[str]:
    return [name.strip() for name in answer["who"] if name.strip()]


def has_any(answers: Answers) -> bool:
    return any(answer["has"] for answer in answers.values())


def named(answers: Answers | None) -> list[str]:
    """Everybody whom the answers name, each once, in the order of the lines."""
    given = answers or {}
    found = (
        name for line in LINES if line.code in given for name in given[line.code]["who"]
    )
    return list(dict.fromkeys(found))


def statement(answers: Answers) -> str:
    """What somebody has, in words for those who read the review."""
    return " ".join(_sentences(answers))


def _sentences(answers: Answers) -> Iterator[str]:
    for line in LINES:
        given = answers.get(line.code)
        if given and given["has"]:
            yield f"{line.text}: {', '.join(given['who']).rstrip('.')}."


def is_current(made_at: dt.datetime, today: dt.date) -> bool:
    """Whether a declaration made then still holds."""
    return add_months(made_at.date(), GOOD_FOR_MONTHS) > today
