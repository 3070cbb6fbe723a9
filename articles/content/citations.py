"""
Which works a text cites, where, and how their numbers are written together.

A marker is `<cite data-ref="a b"></cite>`: the keys of the works it points to. Numbers
are never stored; they follow from the order in which keys first appear.
"""

import re
from collections import Counter
from collections.abc import Iterable

MARKER = r'<cite data-ref="[^"]*"></cite>'
GROUP = rf"{MARKER}(?:\s*{MARKER})*"

SHORTEST_RUN = 3

MARKED = re.compile(r'<cite data-ref="([^"]*)"></cite>')
"""A marker, and in its first group the keys."""


def keys_in(html: str) -> list[str]:
    """Every key at every place it is cited, from left to right."""
    return [key for keys in MARKED.findall(html) for key in keys.split()]


def cited_keys(html: str) -> list[str]:
    """The keys in order of first appearance."""
    return list(dict.fromkeys(keys_in(html)))


def citation_counts(texts: Iterable[str]) -> dict[str, int]:
    """How often each key is cited, in order of first appearance."""
    return dict(Counter(key for html in texts for key in keys_in(html)))


def anchors(html: str, prefix: str = "") -> dict[str, list[str]]:
    """The ids under which `render` shows each key, for links back from a reference."""
    counts: Counter[str] = Counter()
    found: dict[str, list[str]] = {}
    for key in keys_in(html):
        found.setdefault(key, []).append(anchor(key, counts, prefix))
    return found


def anchor(key: str, counts: Counter[str], prefix: str) -> str:
    """The id of the next occurrence of this key."""
    counts[key] += 1
    return f"{prefix}cite-{key}-{counts[key]}"


def collapse(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """
    Runs from first to last, as AMA writes them: three or more in a row make one.

    [5, 1, 2, 3] gives (1, 3) and (5, 5); [1, 2] gives (1, 1) and (2, 2).
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [pair for run in runs for pair in _pairs(run)]


def _pairs(run: list[int]) -> list[tuple[int, int]]:
    if len(run) >= SHORTEST_RUN:
        return [(run[0], run[-1])]
    return [(number, number) for number in run]
