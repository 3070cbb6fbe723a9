"""The whole article in JATS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from articles.reading.elsewhere import house, standing
from articles.reading.elsewhere.jats import front, references
from articles.reading.elsewhere.jats.body import Body
from articles.reading.elsewhere.jats.elements import XLINK, Element, element, filled
from articles.vocabulary import Audience

if TYPE_CHECKING:
    from articles.reading.facts import Trust
    from articles.reading.text import Text

DOCTYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.3'
    ' 20210610//EN" "JATS-journalpublishing1-3.dtd">'
)
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def write(text: Text, trust: Trust) -> bytes:
    numbers = {row.key: n for n, row in enumerate(text.references, start=1)}
    body = Body(numbers)
    article = etree.Element("article", nsmap={"xlink": XLINK})
    article.set("article-type", "review-article")
    article.set(LANGUAGE, house.LANGUAGE)
    cited = references.listed(text.references)
    filled(
        article,
        [
            front.write(text, trust, body),
            body.sections(text.bodies.get(text.audience, "")),
            element("back", cited) if cited is not None else None,
            *_others(text, trust, body),
        ],
    )
    return etree.tostring(
        article, xml_declaration=True, encoding="UTF-8", doctype=DOCTYPE
    )


def _others(text: Text, trust: Trust, body: Body) -> list[Element]:
    titled = standing.titled(text.question, trust.standing)
    return [
        _rendition(text, titled, audience, body)
        for audience in text.bodies
        if audience != text.audience
    ]


def _rendition(text: Text, titled: str, audience: str, body: Body) -> Element:
    label = str(Audience(audience).label)
    title = element("article-title", f"{titled} For {label.lower()}")
    return element(
        "sub-article",
        element("front-stub", element("title-group", title)),
        body.sections(text.bodies[audience]),
        article_type="other",
        specific_use=f"rendition-{audience}",
        id=f"for-{audience}",
    )
