"""The vocabulary of a body: which elements, with which attributes, holding what."""

import html
import re
from collections.abc import Callable

from articles import characters
from articles.works import identifiers
from articles.works.keys import KEY

MAX_KEYS_PER_MARKER = 20
MAX_SPAN = 100

INLINE = frozenset({"strong", "em", "sub", "sup", "a", "cite"})
_BLOCKS = "h2 h3 h4 p ul ol li table caption thead tbody tr th td blockquote aside"
BLOCKS = frozenset(_BLOCKS.split())
BODY = INLINE | BLOCKS | {"br"}
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href"},
    "aside": {"class"},
    "cite": {"data-ref"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
REQUIRED = {"a": "href", "aside": "class", "cite": "data-ref"}
RENAMED = {"b": "strong", "i": "em", "h1": "h2", "h5": "h4", "h6": "h4"}
WITHOUT_CONTENT = frozenset({"script", "style"})

_KEY = re.compile(KEY)
_SITE_PATH = re.compile(r"/(?!/)\S*")
_UNSAFE = re.compile(r"""["'<>\\^`{|} ]""")
_PLAIN = "|".join(sorted(BODY - ATTRIBUTES.keys() - {"br"}))
_SPANS = r'(?: colspan="[0-9]+")?(?: rowspan="[0-9]+")?'
_CANONICAL = re.compile(
    rf"</?(?:{_PLAIN})>|<br>|</(?:a|aside|t[dh])>"
    r'|<a href="[^"<>]*">|<aside class="safety">'
    rf'|<cite data-ref="{KEY}(?: {KEY})*"></cite>'
    rf'|<td{_SPANS}>|<th{_SPANS}(?: scope="[a-z]+")?>'
)


def tags_are_canonical(markup: str) -> bool:
    """Whether every `<` opens a tag of the vocabulary in its one spelling."""
    opened = markup.count("<") - markup.count("</cite>")
    return opened == len(_CANONICAL.findall(markup))


def attribute_value(tag: str, name: str, value: str) -> str | None:
    """
    The one spelling of an attribute's value, or None when it is refused.

    Empty when it says only what holds without it.
    """
    if name not in ATTRIBUTES.get(tag, ()):
        return None
    return _VALUES[name](value)


def filtered_attribute(tag: str, name: str, value: str) -> str | None:
    return attribute_value(tag, name, value) or None


def start_tag(tag: str, attributes: dict[str, str]) -> str:
    pairs = (
        f' {name}="{html.escape(value)}"' for name, value in sorted(attributes.items())
    )
    return f"<{tag}{''.join(pairs)}>"


def _address(value: str) -> str | None:
    text = characters.composed(characters.visible(value)).strip()
    text = re.sub(r"[\t\n]", "", text)
    if not text.startswith("/"):
        return identifiers.web_address(text)
    path = _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", text)
    if len(path) > identifiers.MAX_ADDRESS or not _SITE_PATH.fullmatch(path):
        return None
    return path


def _safety(value: str) -> str | None:
    return "safety" if "safety" in value.split() else None


def _keys(value: str) -> str | None:
    return " ".join(dict.fromkeys(filter(_KEY.fullmatch, value.split()))) or None


def _scope(value: str) -> str | None:
    scope = value.strip().lower()
    return scope if scope in {"col", "row", "colgroup", "rowgroup"} else None


def _span(value: str) -> str | None:
    digits = value.strip()
    if not re.fullmatch("[0-9]{1,9}", digits) or not 1 <= int(digits) <= MAX_SPAN:
        return None
    return "" if int(digits) == 1 else str(int(digits))


_VALUES: dict[str, Callable[[str], str | None]] = {
    "href": _address,
    "class": _safety,
    "data-ref": _keys,
    "scope": _scope,
    "colspan": _span,
    "rowspan": _span,
}
