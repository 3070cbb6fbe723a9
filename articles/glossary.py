"""
What a term of the glossary may be: its name, its spellings and what it means.

All of it is plain text. Bounds are told where somebody writes, and kept here.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import slugify

from articles import characters, content
from articles.works import identifiers

MOST_TERMS = 500
"""Terms that a house keeps: each publication reads them, and each reader the list."""

MOST_ON_A_PAGE = 30
MOST_SPELLINGS = 12
SHORTEST_SPELLING = 2
LONGEST_SPELLING = 80
LONGEST_DEFINITION = 400
LONGEST_SOURCE = 500
SPELLINGS_LENGTH = MOST_SPELLINGS * (LONGEST_SPELLING + 2)


@dataclass(frozen=True, slots=True)
class TermText:
    """A term as somebody writes it; `spellings` are those beside its name."""

    name: str
    definition: str
    spellings: tuple[str, ...] = ()
    source: str = ""

    @property
    def slug(self) -> str:
        """What makes it this term and no other: its name, as an address has it."""
        return slugify(self.name)

    @property
    def all_spellings(self) -> tuple[str, ...]:
        return (self.name, *self.spellings)

    def tidied(self) -> TermText:
        """Every part on one line, without what nobody sees."""
        lines = map(characters.one_line, self.spellings)
        others = dict.fromkeys(line for line in lines if line)
        name = characters.one_line(self.name)
        others.pop(name, None)
        return TermText(
            name=name,
            definition=characters.one_line(self.definition),
            spellings=tuple(others),
            source=self.source.strip(),
        )


def lines(spellings: str) -> tuple[str, ...]:
    """The spellings that stand one to a line."""
    return tuple(filter(None, map(characters.one_line, spellings.splitlines())))


def objection(text: TermText) -> str | None:
    """Why this cannot be a term, in a sentence."""
    if not text.slug:
        return "Give it a name with a letter from A to Z."
    if not text.definition:
        return "Say what it means."
    if len(text.definition) > LONGEST_DEFINITION:
        return f"Keep what it means within {LONGEST_DEFINITION} characters."
    if len(text.spellings) > MOST_SPELLINGS:
        return f"Give at most {MOST_SPELLINGS} other spellings."
    if len(text.source) > LONGEST_SOURCE or not _leads_somewhere(text.source):
        return "Give a whole address as its source, such as https://www.example.org/."
    complaints = map(_spelling_objection, text.all_spellings)
    return next(filter(None, complaints), None)


def _leads_somewhere(source: str) -> bool:
    """Nothing, or a whole address of the web."""
    return not source or identifiers.web_address(source) == source


def _spelling_objection(spelling: str) -> str | None:
    if len(spelling) > LONGEST_SPELLING:
        return f"Keep each spelling within {LONGEST_SPELLING} characters."
    if len(spelling) < SHORTEST_SPELLING:
        return f"“{spelling}” is too short to be found."
    if not content.is_whole(spelling):
        return f"“{spelling}” must begin and end with a letter or a digit."
    return None


def shared(one: TermText, other: TermText) -> str | None:
    """A spelling by which both would be found."""
    taken = _found_by(other)
    return next((s for s in one.all_spellings if _keys(s) & taken), None)


def _found_by(text: TermText) -> set[str]:
    return {key for spelling in text.all_spellings for key in _keys(spelling)}


def _keys(spelling: str) -> set[str]:
    return set(content.as_written(spelling))
