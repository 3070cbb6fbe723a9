"""A text made ready for its pages: rendered once, printed on several."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from articles import content
from articles.vocabulary import Audience, RefType
from articles.works.ama import ama

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from articles.reading.text import Text

DESCRIPTION_LENGTH = 155


class Choice(NamedTuple):
    """An audience and the address of its text."""

    code: str
    label: str
    path: str


class Section(NamedTuple):
    """The text for one audience; ids in it begin with `prefix`."""

    audience: str
    prefix: str
    label: str
    body: SafeString
    headings: list[content.Heading]
    anchors: dict[str, list[str]]


class Entry(NamedTuple):
    """A reference as it stands in the list, with the places that cite it."""

    number: int
    key: str
    kind: str
    kind_label: str
    html: SafeString
    retracted_on: dt.date | None
    anchors: list[str]


class Printed:
    def __init__(self, text: Text) -> None:
        self.text = text
        self.path = f"/articles/{text.slug}/"
        self.bodies = {text.audience: ""} | text.bodies
        self._numbers = {r.key: n for n, r in enumerate(text.references, start=1)}
        self._sections: dict[tuple[str, str], Section] = {}
        self._references: dict[tuple[tuple[str, str], ...], SafeString] = {}

    @cached_property
    def key_answer(self) -> SafeString:
        html = content.render(
            self.text.key_answer, numbers=self._numbers, prefix="answer-"
        )
        return SafeString(html)

    @cached_property
    def description(self) -> str:
        words = self.text.headline or strip_tags(self.text.key_answer)
        return (words or self.text.question)[:DESCRIPTION_LENGTH]

    @cached_property
    def exact(self) -> str:
        """The address of this very text, for ever."""
        return f"{settings.SITE_URL}{self.path}versions/{self.text.number}/"

    @property
    def choices(self) -> list[Choice]:
        """The audiences that have a text, the default one first."""
        return [Choice(code, label(code), self.path_for(code)) for code in self.bodies]

    @property
    def missing(self) -> list[Choice]:
        others = (a for a in Audience.values if a not in self.bodies)
        return [Choice(code, label(code), "") for code in others]

    def path_for(self, audience: str) -> str:
        if audience == self.text.audience:
            return self.path
        return f"{self.path}for/{audience}/"

    def answer_for(self, section: Section) -> str:
        """Whom the key answer is written for, where this text is for somebody else."""
        main = self.text.audience
        return "" if section.audience == main else label(main)

    def section(self, audience: str, prefix: str = "") -> Section:
        """The text for one audience."""
        if (audience, prefix) not in self._sections:
            self._sections[audience, prefix] = self._section(audience, prefix)
        return self._sections[audience, prefix]

    def sections(self) -> list[Section]:
        """The texts for all audiences, to stand under one another on one page."""
        return [
            self.section(code, "" if code == self.text.audience else f"{code}-")
            for code in self.bodies
        ]

    def references(self, *sections: Section) -> SafeString:
        """The list of references, with links back into these sections; may be empty."""
        if not self.text.references:
            return SafeString()
        places = tuple((section.audience, section.prefix) for section in sections)
        if places not in self._references:
            context = {"entries": self._cited_in(sections)}
            html = render_to_string("public/_references.html", context)
            self._references[places] = SafeString(html)
        return self._references[places]

    def _cited_in(self, sections: Iterable[Section]) -> list[Entry]:
        answer = content.anchors(self.text.key_answer, "answer-")
        parts = [answer, *(section.anchors for section in sections)]
        return [
            entry._replace(
                anchors=[a for part in parts for a in part.get(entry.key, ())]
            )
            for entry in self._entries
        ]

    @cached_property
    def _entries(self) -> list[Entry]:
        return [
            Entry(
                number=number,
                key=reference.key,
                kind=reference.kind,
                kind_label=str(RefType(reference.kind).label),
                html=SafeString(ama(reference.csl)),
                retracted_on=reference.retracted_on,
                anchors=[],
            )
            for number, reference in enumerate(self.text.references, start=1)
        ]

    def _section(self, audience: str, prefix: str) -> Section:
        body = self.bodies[audience]
        return Section(
            audience=audience,
            prefix=prefix,
            label=label(audience),
            body=SafeString(content.render(body, numbers=self._numbers, prefix=prefix)),
            headings=content.outline(body, prefix),
            anchors=content.anchors(body, prefix),
        )


def house_text(html: str) -> SafeString:
    """A text of the house, in the same vocabulary as a body."""
    return SafeString(content.render(html, numbers={}))


def label(audience: str) -> str:
    return str(Audience(audience).label)
