"""A signed-in person as a test drives them: fetch a page, send a form of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import html

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client


@dataclass(frozen=True, slots=True)
class Visitor:
    client: Client

    def get(self, path: str) -> HttpResponse:
        return self.client.get(path)  # type: ignore[return-value]

    def post(self, path: str, **sent: Any) -> HttpResponse:
        return self.client.post(path, sent)  # type: ignore[return-value]

    def send(self, page: str, action: str, **typed: Any) -> HttpResponse:
        """Send the form of `page` that goes to `action`, filled in as a browser would."""
        document = parsed(self.get(page))
        form = next(f for f in document.forms if (f.get("action") or page) == action)
        sent = {key: value for key, value in form.form_values() if key}
        return self.post(action, **sent | typed)


def parsed(response: Any) -> Any:
    return html.fromstring(response.content.decode())


def text(response: Any) -> str:
    """What the page says, with single spaces."""
    return " ".join(parsed(response).text_content().split())


def found(response: Any, xpath: str) -> list[Any]:
    """The elements of the page that an XPath names."""
    return list(parsed(response).xpath(xpath))


def complaints(response: Any) -> list[str]:
    """The sentences of the summary at the top."""
    return [_said(e) for e in found(response, '//div[@class="errors"]//li')]


def notices(response: Any) -> list[str]:
    return [_said(e) for e in found(response, '//ul[@class="messages"]/li')]


def step_names(response: Any) -> list[str]:
    """The steps that the page offers."""
    steps = found(response, '//div[@class="steps"]/*[@id]')
    return [str(element.get("id")) for element in steps]


def _said(element: Any) -> str:
    return " ".join(element.text_content().split())
