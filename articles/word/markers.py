"""
Numbers that cite, in a clean text: `[1]`, `[2-4]`, raised `1,2`, or `a sentence. 3`.

A text cites in one way. Where it has brackets, a raised number is an exponent; numbers
that merely follow a sentence are looked at only where nothing else cites.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from articles.content.elements import MAX_KEYS_PER_MARKER
from articles.content.limits import MAX_CITATIONS

MAX_RUN = 100
TAIL = 60

_GAP = r"(?:\s|&nbsp;){0,3}"
_DASH = r"[-\u2010-\u2015\u2212]"
_ITEM = rf"[0-9]{{1,3}}(?:{_GAP}{_DASH}{_GAP}[0-9]{{1,3}})?"
_LIST = rf"{_ITEM}(?:{_GAP}[,;]{_GAP}{_ITEM}){{0,40}}"
_LINK = r"<a [^>]*>[^<]*(?:<(?!/?a\b)[^<]*)*</a>"
_BRACKET = rf"\[{_GAP}{_LIST}{_GAP}\]"
_BLOCK = r"</?(?:p|li|t[dh]|h[2-4]|blockquote|aside|caption|[uo]l)\b[^>]*>|<br>"
_BRACKETS = re.compile(
    rf"{_LINK}|(?P<gap>{_GAP})(?P<list><sup>{_GAP}{_BRACKET}{_GAP}</sup>|{_BRACKET})",
    re.DOTALL,
)
_RAISED = re.compile(
    rf"{_LINK}|(?P<gap>{_GAP})(?P<list><sup>{_GAP}{_LIST},?{_GAP}</sup>)", re.DOTALL
)
_TRAILING = re.compile(
    rf"{_LINK}|(?<=[\w.!?:;,)])(?P<gap> )(?P<list>[0-9]{{1,3}}(?:, ?[0-9]{{1,3}}){{0,40}})"
    rf"(?:(?={_GAP}(?:{_BLOCK}|$|•))|(?=\s+(?P<capital>[A-Z])))",
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")
_BLOCK_TAG = re.compile(_BLOCK)
_RUN = re.compile(rf"([0-9]+)(?:{_GAP}{_DASH}{_GAP}([0-9]+))?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\s*$")
_QUANTITY = re.compile(r"[0-9]\s*%?\s*$")
_INTERVAL = re.compile(rf"\[{_GAP}[0-9]+{_GAP}(?:{_DASH}|[,;]){_GAP}[0-9]+{_GAP}\]")
_BASE = re.compile(r"(?:[0-9]|(?<![^\W_])(?:[^\W\d_]|[cdkmµ]m))\s*$")
_AFTER_SENTENCE = re.compile(r"[.!?:;,]$")
_LABELS = """
    age appendix box case chapter class criterion day dose figure fig figs grade group
    hour item level line month no number page part phase rule score section stage step
    table tables type version visit week year
"""
_NAMED = re.compile(rf"\b(?:{'|'.join(_LABELS.split())})s?\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marked:
    """
    The text with its markers, and what looked like one and stayed as it is.

    `form` says how the text cites: "brackets", "raised", "trailing" or not at all.
    """

    html: str
    form: str = ""
    cited: int = 0
    left: tuple[str, ...] = ()


def mark(html: str, keys: Mapping[int, str]) -> Marked:
    """
    A clean text with markers for the numbers of its references.

    A group stays text unless every number in it is one of `keys`.
    """
    left: list[str] = []
    for form, pattern, fits in _FORMS:
        marking = _Marking(keys, fits, cited=html.count("<cite "))
        marked = pattern.sub(marking.replace, html)
        if form != "trailing":
            left += marking.left
        if marking.groups:
            return Marked(marked, form, marking.groups, tuple(left))
    return Marked(html, left=tuple(left))


def numbers(text: str) -> list[int]:
    """`1, 3-5` as 1, 3, 4 and 5; empty when a range makes no sense."""
    found: list[int] = []
    for first, last in _RUN.findall(text):
        start, end = int(first), int(last or first)
        if not start <= end <= start + MAX_RUN or (last and start == end):
            return []
        found += range(start, end + 1)
    return list(dict.fromkeys(found))


Fits = Callable[[str, "re.Match[str]"], bool]


@dataclass(slots=True)
class _Marking:
    keys: Mapping[int, str]
    fits: Fits
    cited: int
    groups: int = 0
    left: list[str] = field(default_factory=list)

    def replace(self, found: re.Match[str]) -> str:
        if not found["list"] or not self.fits(_before(found), found):
            return found[0]
        shown = _TAG.sub("", found["list"]).strip()
        cited = numbers(shown)
        markers = self._markers(cited)
        if not markers or self.cited + len(markers) > MAX_CITATIONS:
            self.left.append(shown)
            return found[0]
        self.cited += len(markers)
        self.groups += 1
        return "".join(markers)

    def _markers(self, cited: list[int]) -> list[str]:
        if not all(number in self.keys for number in cited):
            return []
        keys = list(dict.fromkeys(self.keys[number] for number in cited))
        return [
            f'<cite data-ref="{" ".join(keys[start : start + MAX_KEYS_PER_MARKER])}">'
            "</cite>"
            for start in range(0, len(keys), MAX_KEYS_PER_MARKER)
        ]


def _before(found: re.Match[str]) -> str:
    start = found.start("list")
    tail = found.string[max(0, start - TAIL) : start]
    return _TAG.sub("", _BLOCK_TAG.split(tail)[-1])


def _is_bracket(before: str, found: re.Match[str]) -> bool:
    """`median 7 [5-10]` is an interval, `in 2018 [5-10]` is not."""
    if not _INTERVAL.search(found["list"]) or _YEAR.search(before):
        return True
    return not _QUANTITY.search(before)


def _is_raised(before: str, found: re.Match[str]) -> bool:  # noqa: ARG001  # all are called alike
    """`10³`, `m²` and `I²` are powers."""
    return not _BASE.search(before)


def _is_trailing(before: str, found: re.Match[str]) -> bool:
    before = before.rstrip()
    if _AFTER_SENTENCE.search(before):
        return not _NAMED.search(before)
    return not found["capital"] and not _NAMED.search(before)


_FORMS: tuple[tuple[str, re.Pattern[str], Fits], ...] = (
    ("brackets", _BRACKETS, _is_bracket),
    ("raised", _RAISED, _is_raised),
    ("trailing", _TRAILING, _is_trailing),
)
