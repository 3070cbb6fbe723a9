"""
Random notices by random people, in any order: no output is ever other than the standing.

After every deed, done or refused, each address of the article is asked as a reader
would, and so is everything that speaks of it elsewhere.
"""

from __future__ import annotations

import json
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from lxml import etree, html

from articles.models import Article, Notice, Page, Version
from articles.reading.elsewhere.standing import prefix
from articles.states import READABLE, Standing, VersionState
from editorial import roles, workflow
from editorial.actions import publishing, standing
from editorial.errors import MovedOn, Refused
from editorial.models import Event
from tests import make, traces

if TYPE_CHECKING:
    from collections.abc import Callable

    from editorial.models import User

BOTH = {"clinician": make.BODY, "patient": make.PATIENT_BODY}
DEEDS = (
    *(step.name for step in workflow.PROPOSE if step.name != "remove"),
    *("hold", "hold", "archive", "take_back", "publish", "confirm"),
)
STEPS = 40
LIKELY = 0.7


class House:
    """One article, and everybody who might say something of it."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.reached: Counter[str] = Counter()
        self.author = make.author()
        self.first = make.published(by=self.author, renditions=BOTH)
        self.people = [
            *(make.chief(), make.chief(), make.editor(), make.editor()),
            *(make.reviewer(), make.reviewer(), self.author),
            make.user(roles.AUDITOR),
        ]

    @property
    def article(self) -> Article:
        return Article.objects.get(pk=self.first.article_id)

    def try_something(self) -> None:
        """A deed by somebody; what is refused leaves nothing."""
        waits = Notice.objects.filter(issued_at=None, ended_at=None).exists()
        is_next = waits and self.chance.random() < LIKELY
        name = "confirm" if is_next else self.chance.choice(DEEDS)
        by = make.fresh(self.chance.choice(self.people))
        before = (self.article.standing, Event.objects.count())
        try:
            self.deed(name)(by)
        except (PermissionDenied, MovedOn, Refused):
            assert (self.article.standing, Event.objects.count()) == before
        else:
            self.reached[name] += 1
            assert Event.objects.count() == before[1] + 1

    def deed(self, name: str) -> Callable[[User], object]:
        pk, at = self.first.article_id, standing
        proposed = Notice.objects.filter(article=pk, issued_at=None, ended_at=None)
        sha256 = next((notice.sha256 for notice in proposed), "")
        special: dict[str, Callable[[User], object]] = {
            "hold": lambda by: at.hold(pk, by=by, reason="Ten times the dose"),
            "take_back": lambda by: at.take_back(pk, by=by, reason="Unclear"),
            "publish": lambda by: publishing.publish(pk, by=by),
            "confirm": lambda by: at.confirm(
                pk, by=by, sha256=sha256, proven=make.proven(by)
            ),
        }
        return special.get(name) or (
            lambda by: getattr(at, name)(
                pk, by=by, said=make.said(name), proven=make.proven(by)
            )
        )

    def write_on(self) -> None:
        """A next version, approved and not public yet; at most two."""
        newest = Version.objects.filter(article=self.first.article_id).order_by("-pk")
        is_out = hasattr(newest[0], "publication") and newest[0].number < 3
        if newest[0].state != VersionState.APPROVED or not is_out:
            return
        by = make.fresh(self.author)
        second = make.send(make.resubmitted(newest[0], by=by))
        make.report_all(second)
        make.approve(make.again(second))


def asked(path: str, **given: Any) -> bytes:
    answer = Client().get(path, given)
    assert answer.status_code == 200, path
    return bytes(answer.content)


def check(article: Article) -> None:
    """Every output says what the record says."""
    current = Version.objects.get(publication__ended_at=None, publication__gt=0)
    stands = article.standing
    titled = f"{prefix(stands)}{current.question}"
    for page in Page.objects.filter(content_type__startswith="text/html"):
        tree = html.document_fromstring(asked(page.path).decode())
        marks = tree.xpath("//article/@data-standing")
        assert marks in ([stands], []), page.path
        notice = tree.xpath("//*[@data-notice]/@data-notice")
        about = "/notices/" not in page.path
        there = [stands] if about and stands != Standing.PUBLISHED else []
        assert notice == there, page.path
        if marks:
            (heading,) = tree.xpath("//h1")
            assert " ".join(heading.text_content().split()).startswith(prefix(stands))
    check_machines(article, titled)
    check_lists(article, titled)


def check_machines(article: Article, titled: str) -> None:
    path = f"/articles/{article.slug}"
    (data,) = html.document_fromstring(asked(f"{path}/").decode()).xpath(
        "//script[@type='application/ld+json']/text()"
    )
    page = json.loads(data)["@graph"][0]
    assert page["name"] == titled
    assert ("reviewedBy" in page) == (article.standing == Standing.PUBLISHED)
    assert json.loads(asked(f"{path}.json"))["title"] == titled
    assert json.loads(asked(f"{path}.csl.json"))[0]["title"] == titled
    assert f"TI  - {titled}" in asked(f"{path}.ris").decode()
    jats = etree.fromstring(asked(f"{path}.xml"))
    assert jats.xpath("//article-meta//article-title/text()") == [titled]


def check_lists(article: Article, titled: str) -> None:
    (listed,) = json.loads(asked("/api/articles"))["articles"]
    assert (listed["title"], listed["standing"]) == (titled, article.standing)
    feed = etree.fromstring(asked("/feeds/articles.atom"))
    entries = feed.xpath("//*[local-name()='entry']/*[local-name()='title']/text()")
    assert entries == [titled]
    record = etree.fromstring(
        asked("/oai/", verb="ListRecords", metadataPrefix="oai_dc")
    )
    assert record.xpath("//*[local-name()='title']/text()") == [titled]
    question = titled.removeprefix(prefix(article.standing))
    found = html.document_fromstring(
        asked("/search/", q=question, standing="any").decode()
    )
    hits = {" ".join(hit.text_content().split()) for hit in found.xpath("//li/h3")}
    assert hits == {titled}
    issued = Notice.objects.filter(issued_at__isnull=False)
    there = html.document_fromstring(asked("/corrections/").decode())
    addresses = there.xpath("//li[@data-notice-kind]/h2/a/@href")
    assert addresses == [
        n.get_absolute_url() for n in issued.order_by("-issued_at", "-pk")
    ]


@pytest.mark.parametrize("seed", range(4))
def test_every_output_is_as_the_article_stands(seed: int, db: None) -> None:
    house = House(Random(seed))  # noqa: S311  chance, and no secret

    for count in range(STEPS):
        if count % 10 == 5:
            house.write_on()
        house.try_something()
        assert house.article.standing in READABLE
        if count % 3 == 0:
            check(house.article)

    assert traces.problems() == []
    assert house.reached["confirm"] > 1  # or nothing was tried
