"""
Characters that a reader cannot see, and one spelling for those that can be seen.

What a reviewer signs must be what a reviewer saw: controls, direction overrides and
invisible characters are taken out wherever text comes in. Joiners stay where a script
needs them, and so does the selector that chooses how a symbol is drawn.
"""

import re
from collections import Counter
from unicodedata import combining, is_normalized, name, normalize

_JOINING_SCRIPTS = "\u0620-\u10ff\u1200-\u17b3\u1810-\u1cff\ua800-\uabff"
_SYMBOLS = "\u00a9\u00ae\u2010-\u2027\u2030-\u205e\u2100-\u3163\U0001f000-\U0001faff"
_NONCHARACTERS = "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}"
    for plane in range(0, 0x110000, 0x10000)
)
_NEVER_SEEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff"
    "\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff" + _NONCHARACTERS
)
_JOINERS = "\u200c\u200d"
_SELECTORS = "\ufe0e\ufe0f"
_LINE_BREAKS = "\r\x0b\x0c\x85\u2028\u2029"
_SUSPECT = re.compile(  # everything but the most common, because it is quick to find
    "[^\t\n -~\xa0-\xac\xae-\u034e\u0350-\u061b\u061d-\u10ff\u2000-\u200a"
    "\u2010-\u2027\u2030-\u205f\u2070-\u3163\u3400-\ud7ff]"
)
_INVISIBLE = re.compile(
    f"[{_NEVER_SEEN}]"
    f"|(?<![{_JOINING_SCRIPTS}])[{_JOINERS}]"
    f"|(?<![{_SYMBOLS}])[{_SELECTORS}]"
)
_LINE_BREAK = re.compile(f"\r\n|[{_LINE_BREAKS}]")
_AFTER_TAG = re.compile(">([^\x00-\x7f]+)")
_SOLIDUS = "\u0338"
_MOST_MARKS = 30
"""Marks over one letter, after UAX 15; a pile of more takes ages to put in order."""
_MARKS = "".join(
    character for character in map(chr, range(0x300, 0x1E944)) if combining(character)
)
_PILE = re.compile(f"([{_MARKS}]{{{_MOST_MARKS}}})([{_MARKS}]+)")
_PILED = f"Of more than {_MOST_MARKS} marks over one letter the rest was removed."


def visible(text: str, removed: Counter[str] | None = None) -> str:
    """The text without what cannot be seen; `removed` counts what went, in sentences."""
    if not _SUSPECT.search(text):
        return text
    text = _LINE_BREAK.sub("\n", text)
    if removed is not None:
        removed.update(_sentence(found) for found in _INVISIBLE.findall(text))
    return _INVISIBLE.sub("", text)


def composed(text: str, removed: Counter[str] | None = None) -> str:
    """The text in normalisation form C, with no letter under more than thirty marks."""
    if text.isascii():
        return text
    text, piles = _PILE.subn(r"\1", text)
    if piles and removed is not None:
        removed[_PILED] += piles
    return text if is_normalized("NFC", text) else normalize("NFC", text)


def composed_markup(html: str, removed: Counter[str]) -> str:
    """
    Markup in normalisation form C.

    A solidus overlay at the start of a text would melt with the `>` of the tag before
    it into a “not greater than” sign and eat the tag, so it is taken out.
    """
    if _SOLIDUS in html:
        html = _AFTER_TAG.sub(lambda run: ">" + _without_overlay(run[1], removed), html)
    return composed(html, removed)


def one_line(text: str) -> str:
    """The text as it stands in a title: visible, composed, single spaces."""
    return composed(" ".join(visible(text).split()))


def _without_overlay(run: str, removed: Counter[str]) -> str:
    marks = next(
        (at for at, character in enumerate(run) if not combining(character)), len(run)
    )
    overlays = run.count(_SOLIDUS, 0, marks)
    if overlays:
        removed[_sentence(_SOLIDUS)] += overlays
    return run[:marks].replace(_SOLIDUS, "") + run[marks:]


def _sentence(character: str) -> str:
    title = f"U+{ord(character):04X} {name(character, '')}".rstrip()
    return f"The invisible character {title} was removed."
