"""Walking through the house as somebody: every page, mail and file they can reach."""

from __future__ import annotations

import datetime as dt
import html as entities
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client
from django.utils import timezone
from lxml import html

from editorial import digests, mails
from editorial.models import Outbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpResponse

    from editorial.models import User

STARTS = ("/", "/desk/", "/desk/notices/", "/articles/", "/accounts/2fa/")
LINKS = "//a/@href | //form/@action | //*[@data-href]/@data-href | //link/@href"
LEAVES_ALONE = re.compile(r"^/(static|accounts/logout|medical-advisory-board)")
PRIVATE = re.compile(r"^/(desk|accounts)/")
"""What is no page; and the roster, which names whoever wants to be named as such."""

NARROWED = re.compile(r"^/desk/\?.*&")
"""Several filters at once: fewer of the rows that each of them shows alone."""

FILTER = re.compile(r"^/desk/\?(?!bucket=|state=)\w+=")
"""One of each kind is walked; the others only show other rows in the same way."""

ENOUGH = 600


@dataclass(slots=True)
class Walk:
    """
    The texts that one person gets, by where they got them.

    Public pages know of nobody's part in an article: not everybody has to read them.
    """

    person: User
    in_public: bool = True
    client: Client = field(default_factory=Client)
    texts: dict[str, str] = field(default_factory=dict)
    _shown: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client.force_login(self.person)

    def follow(self, *addresses: str) -> None:
        """Every address that these lead to, on and on."""
        waiting = list(addresses)
        while waiting:
            address = urldefrag(waiting.pop())[0]
            if address in self.texts or self._leaves_alone(address):
                continue
            assert len(self.texts) < ENOUGH
            waiting += self._visit(address)

    def _leaves_alone(self, address: str) -> bool:
        if LEAVES_ALONE.match(address) or NARROWED.match(address):
            return True
        if not self.in_public and not PRIVATE.match(address):
            return True
        kind = FILTER.match(address)
        return bool(kind) and any(seen.startswith(kind[0]) for seen in self.texts)

    def _visit(self, address: str) -> list[str]:
        answer = self.client.get(address)
        self.keep(address, answer)
        leads = [answer.url] if answer.status_code in (301, 302) else []
        return [*leads, *self._links(address, answer)]

    def keep(self, where: str, answer: HttpResponse) -> None:
        body = b"".join(answer) if answer.streaming else answer.content
        headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
        shown = body.decode("utf-8", "replace")
        self.texts[where] = f"{headers}\n{entities.unescape(shown)}"
        self._shown[where] = (answer.get("Content-Type", ""), shown)

    def _links(self, address: str, answer: HttpResponse) -> Iterator[str]:
        if "text/html" not in answer.get("Content-Type", "") or not answer.content:
            return
        for link in html.fromstring(answer.content.decode()).xpath(LINKS):
            target = urljoin(address, str(link))
            if not urlsplit(target).netloc and not urlsplit(target).scheme:
                yield target

    def read_mail(self) -> None:
        """Every mail that is owed or was sent to them, with its headers."""
        digests.owe(timezone.now() + dt.timedelta(days=1))
        for row in Outbox.objects.filter(
            recipient=self.person, topic__in=("mail", "digest")
        ):
            mail = mails.compose(row)
            parts = [mail.subject, mail.body, *mail.to]
            parts += [str(part[0]) for part in mail.alternatives]
            read = entities.unescape("\n".join(parts))
            self.texts[f"mail {row.pk}"] = f"{mail.message()}{read}"

    def try_steps(self, addresses: Iterable[str]) -> None:
        """Send what is stale to each step, and keep the sentence of the refusal."""
        for address in addresses:
            answer = self.client.post(address, {"seen": "999999", "reason": "So"})
            self.keep(f"POST {address}", answer)

    def reached(self, secret: str, *, beside_forms: bool = False) -> list[str]:
        """Where they saw it; a vote counts only where it is not theirs to choose."""
        if beside_forms:
            return [where for where in self._shown if self._is_beside(where, secret)]
        return [where for where, text in self.texts.items() if secret in text]

    def _is_beside(self, where: str, secret: str) -> bool:
        kind, shown = self._shown[where]
        # To read without forms is slow, and in vain where a word of it is missing.
        has_words = all(word in self.texts[where] for word in secret.split())
        return has_words and secret in _without_forms(kind, shown)


def _without_forms(kind: str, shown: str) -> str:
    if "text/html" not in kind or not shown.strip():
        return shown
    document = html.fromstring(shown)
    for form in document.xpath("//form"):
        form.drop_tree()
    return str(document.text_content())
