"""How large and how deep a text may be."""

import re
from collections import Counter

from articles.content.citations import MARKED
from articles.content.elements import MAX_KEYS_PER_MARKER

MAX_BYTES = 400_000
MAX_INLINE_BYTES = 20_000
MAX_INPUT_BYTES = 4 * MAX_BYTES
MAX_DEPTH = 50
MAX_CITATIONS = 2_000

_NESTING = re.compile(
    r"<(/?)(h[2-4]|ul|ol|table|blockquote|aside|strong|em|sub|sup|a)(?=[ >])"
)


class TooLargeError(ValueError):
    """A limit was passed; the message says which."""


def check(html: str, *, inline: bool) -> None:
    check_bytes(html, MAX_INLINE_BYTES if inline else MAX_BYTES)
    check_depth(html)
    _check_citations(MARKED.findall(html))


def check_bytes(html: str, limit: int) -> None:
    if len(html) > limit or len(html.encode(errors="surrogatepass")) > limit:
        raise TooLargeError(f"The text is longer than {limit:,} bytes.")


def check_depth(html: str) -> None:
    if is_too_deep(html):
        raise TooLargeError(f"The text is nested deeper than {MAX_DEPTH} levels.")


def is_too_deep(html: str) -> bool:
    """
    Whether more elements stand open at once than anybody means.

    Counted before the sanitiser reads the text, because time to read it grows with
    the square of the depth; an end tag closes only elements of its own name, because
    any other may be ignored.
    """
    depth = 0
    open_elements: Counter[str] = Counter()
    for closing, tag in _NESTING.findall(html):
        step = 1 if not closing else -1 if open_elements[tag] else 0
        open_elements[tag] += step
        depth += step
        if depth > MAX_DEPTH:
            return True
    return False


def _check_citations(markers: list[str]) -> None:
    if len(markers) > MAX_CITATIONS:
        raise TooLargeError(f"The text has more than {MAX_CITATIONS:,} citations.")
    if any(keys.count(" ") >= MAX_KEYS_PER_MARKER for keys in markers):
        raise TooLargeError(f"A citation names more than {MAX_KEYS_PER_MARKER} works.")
