"""
Phrases that editors write down, as a pattern that finds them in a text.

One phrase to a line. A hyphen and a space are the same, any run of spaces is one, and
“…” or three points stand for a few words of the same sentence. Editors write no
patterns of their own: a wrong one could find everything, or never end.
"""

from __future__ import annotations

import re

MOST_PHRASES = 30
LONGEST_PHRASE = 120
SHORTEST_PHRASE = 4
MOST_GAPS = 2

_GAP = re.compile(r"\s*(?:…|\.\.\.)\s*")
_SPACE = re.compile(r"[\s-]+")
_GAP_PATTERN = r"[^.]{0,80}?"


def lines(phrases: str) -> list[str]:
    return [line for text in phrases.splitlines() if (line := " ".join(text.split()))]


def objection(phrases: str) -> str | None:
    """Why these phrases cannot be looked for, in a sentence."""
    found = lines(phrases)
    if not found:
        return "Give at least one phrase."
    if len(found) > MOST_PHRASES:
        return f"Give at most {MOST_PHRASES} phrases."
    for phrase in found:
        parts = _GAP.split(phrase)
        if len(phrase) > LONGEST_PHRASE:
            return f"Keep each phrase within {LONGEST_PHRASE} characters."
        if min(map(_letters, parts)) < 1 or _letters(phrase) < SHORTEST_PHRASE:
            return f"“{phrase}” is too short to mean anything."
        if len(parts) > MOST_GAPS + 1:
            return f"A phrase has at most {MOST_GAPS} gaps."
    return None


def pattern_of(phrases: str) -> str:
    """A regular expression that finds any of the phrases where a word begins."""
    return rf"(?<!\w)(?:{'|'.join(map(_pattern, lines(phrases)))})(?:s|es)?(?!\w)"


def _pattern(phrase: str) -> str:
    return _GAP_PATTERN.join(_words(part) for part in _GAP.split(phrase))


def _words(part: str) -> str:
    words = [re.escape(word) for word in _SPACE.split(part) if word]
    return r"[\s-]{1,4}".join(words)


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
