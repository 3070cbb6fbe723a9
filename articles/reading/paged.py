"""
The stored page of an article as a document for paper.

Pure: the bytes of the page go in, and nothing comes out that does not stand on it. What
a PDF says on every sheet is read from the marks of the page, so that a printed text
cannot claim what its page does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from lxml import html
from lxml.html import builder

from articles.states import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

ON_SCREEN_ONLY = (
    ".//nav | .//button | .//script"
    " | .//*[contains(@class, 'only-when-targeted')]"
    " | .//ol[@class='refs']//small | .//ul[@class='terms']//small"
    " | .//details[@data-folded]/summary"
)
"""What leads elsewhere, or back, and says nothing."""

NOT_APPROVED = "Not approved"

HAPPENED = ("First published", "Content last changed", "Last reviewed")
"""The dates of the trust card that are past."""


class NoArticleError(ValueError):
    """The bytes are not those of an article's page."""


class Sheet(NamedTuple):
    """
    What an article says on paper, beside its own text.

    `reviewed` is empty unless an approval still speaks for the text; `warning` is what
    is to be read before its question.
    """

    language: str
    question: str
    warning: str
    standing: str
    version: str
    sha256: str
    reviewed: str
    written_by: str
    description: str
    address: str
    demonstration: str
    created: str
    modified: str
    article: SafeString

    @property
    def title(self) -> str:
        """The question, after a warning where there is one."""
        return _warned(self.question, self.warning)


def document(page: bytes) -> str:
    return render_to_string("public/paged.html", {"sheet": sheet(page)})


def style() -> str:
    """The style sheet of every document."""
    return render_to_string("public/paged.css")


def sheet(page: bytes) -> Sheet:
    tree = html.document_fromstring(page.decode())
    article = next(iter(_found(tree, "//article[@data-standing]")), None)
    if article is None:
        raise NoArticleError("There is no article on this page.")
    dates = dict(_dates(article))
    warning = _warning(article)
    known = sorted(dates[name][:10] for name in dates if name in HAPPENED)
    return Sheet(
        language=tree.get("lang", ""),
        question=_text(article, ".//h1"),
        warning=warning,
        standing=str(Standing(article.get("data-standing")).label),
        version=article.get("data-version"),
        sha256=article.get("data-sha256"),
        reviewed="" if warning else _text(article, _after("Last reviewed")),
        written_by=_text(article, _after("Written by")),
        description=_attribute(tree, "//meta[@name='description']/@content"),
        address=_attribute(tree, "//link[@rel='canonical']/@href"),
        demonstration=_text(tree, "//aside[@class='demo']"),
        created=dates.get("First published", "")[:10],
        modified=known[-1] if known else "",
        article=_for_paper(article, warning),
    )


def _warned(question: str, warning: str) -> str:
    """After the warning, which the page itself may have said already."""
    said = f"{warning.upper()}: "
    return question if not warning or question.startswith(said) else said + question


def _warning(article: HtmlElement) -> str:
    notice = _text(article, ".//*[@data-notice]/b")
    return notice or (NOT_APPROVED if _found(article, ".//*[@data-caution]") else "")


def _after(label: str) -> str:
    return f".//section[@class='trust']//div[dt='{label}']/dd"


def _dates(article: HtmlElement) -> Iterator[tuple[str, str]]:
    """Each date of the trust card, by what it is the date of."""
    for row in _found(article, ".//dl[@class='dates']/div"):
        yield _text(row, "dt"), _attribute(row, ".//time/@datetime")


def _for_paper(article: HtmlElement, warning: str) -> SafeString:
    """
    The text without what only a screen can use, its question after the warning.

    Where readers choose for whom it is written, paper says for whom this one is.
    """
    for choice in _found(article, ".//nav[@class='for']"):
        audience = _text(choice, "a[@aria-current]")
        choice.addprevious(builder.P(builder.CLASS("label"), f"Written for {audience}"))
    for found in _found(article, ON_SCREEN_ONLY):
        found.drop_tree()
    for folded in _found(article, ".//details[@data-folded]"):
        folded.drop_tag()
    for moment in _found(article, ".//time"):
        moment.drop_tag()  # lines of one piece are broken better
    for heading in _found(article, ".//h1") if warning else ():
        heading.text = _warned(heading.text or "", warning)
    return SafeString(html.tostring(article, encoding="unicode", with_tail=False))


def _text(element: HtmlElement, path: str) -> str:
    found = next(iter(_found(element, path)), None)
    return "" if found is None else " ".join(found.text_content().split())


def _attribute(element: HtmlElement, path: str) -> str:
    return str(next(iter(_found(element, path)), ""))


def _found(element: HtmlElement, path: str) -> list[Any]:
    found = element.xpath(path)
    return found if isinstance(found, list) else []
