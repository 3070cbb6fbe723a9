"""Markup of any origin, rewritten in the vocabulary, with a count of what did not fit."""

import html as entities
from collections import Counter

from articles import characters
from articles.content import elements, markup

SHOWN = 60
_WITHIN_A_LINE = (
    "abbr acronym bdi bdo big code data del dfn font ins kbd label mark nobr o:p q s "
    "samp small span strike time tt u var wbr script style"
)
_PHRASING = elements.INLINE | frozenset(_WITHIN_A_LINE.split())


def rewrite(html: str, tags: frozenset[str]) -> tuple[str, Counter[str]]:
    """Nothing but what the vocabulary lacks is lost; the text never is."""
    rewriting = _Rewriting(tags)
    for token in markup.tokens(html):
        rewriting.add(token)
    return "".join(rewriting.parts), rewriting.dropped


class _Rewriting:
    def __init__(self, tags: frozenset[str]) -> None:
        self.parts: list[str] = []
        self.dropped: Counter[str] = Counter()
        self._tags = tags
        self._kept: dict[str, list[bool]] = {tag: [] for tag in elements.REQUIRED}

    def add(self, token: markup.Token) -> None:
        match token:
            case markup.Text(text):
                self.parts.append(entities.escape(text, quote=False))
            case markup.Start(tag, attributes):
                self._start(elements.RENAMED.get(tag, tag), attributes)
            case markup.End(tag):
                self._end(elements.RENAMED.get(tag, tag))
            case markup.Comment():
                self.dropped["A comment was removed."] += 1

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag not in self._tags:
            self._stay_apart(tag)
            self.dropped[_refused_element(tag)] += 1
            return
        allowed = self._allowed(tag, attributes)
        required = elements.REQUIRED.get(tag)
        if required is None:
            self.parts.append(elements.start_tag(tag, allowed))
            return
        if required not in attributes:
            self.dropped[f"<{tag}> without {required}; its text was kept."] += 1
        self._start_with(tag, allowed, complete=required in allowed)

    def _start_with(self, tag: str, allowed: dict[str, str], *, complete: bool) -> None:
        if complete:
            self.parts.append(elements.start_tag(tag, allowed))
        if complete and tag == "cite":
            self.parts.append("</cite>")
        self._kept[tag].append(complete and tag != "cite")

    def _end(self, tag: str) -> None:
        if tag not in self._tags:
            self._stay_apart(tag)
        elif tag in self._kept:
            kept = self._kept[tag].pop() if self._kept[tag] else False
            self.parts.append(f"</{tag}>" if kept else "")
        elif tag != "br":
            self.parts.append(f"</{tag}>")

    def _allowed(self, tag: str, attributes: dict[str, str]) -> dict[str, str]:
        values = {
            name: elements.attribute_value(tag, name, value)
            for name, value in attributes.items()
        }
        for name, value in values.items():
            if value is None:
                self.dropped[_refused_attribute(tag, name, attributes[name])] += 1
        if keys := values.get("data-ref"):
            for key in set(attributes["data-ref"].split()) - set(keys.split()):
                self.dropped[f"The citation key “{_short(key)}” was refused."] += 1
        return {name: value for name, value in values.items() if value}

    def _stay_apart(self, tag: str) -> None:
        """Words on both sides of a dropped block do not become one."""
        if tag not in _PHRASING:
            self.parts.append("\n")


def _refused_element(tag: str) -> str:
    if tag in elements.WITHOUT_CONTENT:
        return f"<{tag}> was removed with its content."
    return f"<{_short(tag)}> is not allowed here; its text was kept."


def _refused_attribute(tag: str, name: str, value: str) -> str:
    if name in elements.ATTRIBUTES.get(tag, ()):
        return f"The {name} “{_short(value)}” of <{tag}> was refused."
    return f"The attribute {_short(name)} of <{tag}> was removed."


def _short(text: str) -> str:
    line = characters.one_line(text)
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
