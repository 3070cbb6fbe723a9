"""The page for questions: what it quotes, what it says first, and that it keeps nothing."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from articles.asking import emergencies
from articles.reading import learning
from editorial import serving, shopfront
from editorial.ledger import Noted
from tests import make
from tests.articles.asking.samples import answered

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody signed the samples; what is proven of a passage is tested by itself."""
    monkeypatch.setattr(
        serving, "proven_quotes", lambda rows: serving.Quoted(rows, [], [])
    )


ASKED = "Does aspirin help?"
ANSWER = 'Aspirin helps.<cite data-ref="trial"></cite>'
NARROW = "In asthma the airways of the lungs swell and become narrow."


def page(client: Client, asked: str = "", **headers: str) -> Any:
    response = client.get("/ask/", {"q": asked} if asked else {}, headers=headers)
    assert response.status_code == 200
    return html.document_fromstring(response.content.decode())


def said(tree: Any, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in tree.xpath(path)]


def test_an_answer_is_quoted_with_its_citation_its_article_and_its_day(
    client: Client,
) -> None:
    entry = answered("What is asthma?", NARROW)

    tree = page(client, "what happens in asthma")

    [quote] = tree.xpath("//article[@class='quote']")
    assert said(quote, "./*[not(self::ul)]") == [
        "What is asthma?",
        f"{NARROW}1",
        "Last reviewed 31 Mar 2026",
        "Written for clinicians, version 1",
    ]
    assert said(quote, ".//li") == ["1 Randomised trial Carberry J. Cracks."]
    assert said(quote, ".//*[@data-trust]") == ["Last reviewed 31 Mar 2026"]
    assert quote.xpath(".//a/@href") == [
        entry.path,
        f"{entry.path}#ref-1",
        f"{entry.path}#ref-1",
    ]


def test_what_is_quoted_stands_so_in_the_article(client: Client) -> None:
    version = make.published(question=ASKED, key_answer=ANSWER)
    learning.learn_new()
    path = f"/articles/{version.article.slug}/"

    tree = page(client, ASKED)

    article = client.get(path).content.decode()
    [quoted] = said(tree, "//article[@class='quote']//blockquote")
    read = html.document_fromstring(article)
    assert quoted in " ".join(read.text_content().split())
    links = tree.xpath("//article[@class='quote']//a/@href")
    ours = [link.partition("#") for link in links if link.startswith("/")]
    assert {at for at, _, _ in ours} == {path}
    assert [anchor for _, _, anchor in ours] == ["key-answer", "ref-1", "ref-1"]
    assert all(read.xpath(f"//*[@id='{anchor}']") for _, _, anchor in ours)


def test_an_article_is_quoted_until_it_is_taken_down(client: Client) -> None:
    version = make.published(question=ASKED, key_answer=ANSWER)
    learning.learn_new()
    before = said(page(client, ASKED), "//h2")

    shopfront.take_down(version.article, noted=Noted())

    assert before == ["What approved articles say"]
    assert said(page(client, ASKED), "//h2") == ["Not answered yet"]


def test_ids_are_the_passages_own_however_many_stand_on_the_page(
    client: Client,
) -> None:
    for n in range(3):
        answered(f"What is asthma of kind {n}?", NARROW)

    tree = page(client, "asthma")

    ids = tree.xpath("//@id")
    assert len(tree.xpath("//blockquote")) == 3
    assert len(ids) == len(set(ids))


def test_where_nothing_is_known_it_says_so(client: Client) -> None:
    answered("What is asthma?", NARROW)

    tree = page(client, "how do volcanoes erupt")

    assert said(tree, "//main//h2") == ["Not answered yet"]
    assert tree.xpath("//main//section//a/@href") == [
        "/search/?q=how%20do%20volcanoes%20erupt"
    ]


def test_who_has_not_asked_is_told_the_limits(client: Client) -> None:
    tree = page(client)

    assert said(tree, "//main//h2") == []
    [limits] = said(tree, "//*[@id='ask-limits']")
    assert "Do not write who you are. Your question is not kept." in limits
    assert tree.xpath("//input[@name='q']/@aria-describedby") == ["ask-limits"]


@pytest.mark.parametrize("known", ["What is chest pain?", ""])
def test_help_comes_before_anything_else(known: str, client: Client) -> None:
    if known:
        answered(known, "Chest pain has many causes.")

    tree = page(client, "my chest hurts", **{"accept-language": "en-NZ"})

    first, second = said(tree, "//main//h2")
    assert first == "If this is happening now, get help first"
    assert second == ("What approved articles say" if known else "Not answered yet")
    assert tree.xpath("//main/*[2]/@role") == ["alert"]
    assert said(tree, "//tbody/tr[1]/*") == ["New Zealand", "111"]


def test_a_crisis_and_a_poison_have_numbers_of_their_own(client: Client) -> None:
    tree = page(
        client, "I took an overdose, I want to die", **{"accept-language": "en-US"}
    )

    assert said(tree, "//thead//th") == [
        *("Where you are", "Emergency", "Somebody to talk to", "Poison advice")
    ]
    assert said(tree, "//tbody/tr[1]/*") == [
        *("United States", "911", "988", "1-800-222-1222")
    ]
    assert len(said(tree, "//*[@role='alert']/p")) == 2
    none_known = "We know of no line; call 112"
    assert said(tree, "//tbody/tr[last()]/td") == ["112", none_known, none_known]


@pytest.mark.parametrize(
    ("day", "told"),
    [(None, []), (dt.date(2026, 11, 20), ["Numbers checked on 20 November 2026"])],
)
def test_when_the_numbers_were_checked_is_said_where_it_is_known(
    day: dt.date | None, told: list[str], client: Client, settings: Any
) -> None:
    settings.NUMBERS_CHECKED_ON = day

    tree = page(client, "my chest hurts")

    assert said(tree, "//*[@role='alert']/p[@class='soft']") == told


def test_help_comes_also_where_the_question_is_too_long(client: Client) -> None:
    tree = page(client, "I want to die " * 40)

    assert said(tree, "//main//h2") == [
        "If this is happening now, get help first",
        "The question needs a change",
    ]


def test_no_more_is_looked_through_than_ten_questions_may_hold(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(emergencies, "sounds_like", lambda q: heard.append(q) or [])

    page(client, "x" * 4_000)

    assert [len(said) for said in heard] == [3_000]


def test_who_tells_who_they_are_is_told_so(client: Client) -> None:
    tree = page(client, "my name is Josiah, have I got asthma")

    [told] = said(tree, "//*[@class='caution']")
    assert told.startswith("Your question may tell who somebody is. It is not kept.")
    assert not page(client, "have I got asthma").xpath("//*[@class='caution']")


def test_a_question_that_is_too_long_is_refused_in_words(client: Client) -> None:
    tree = page(client, "a" * 301)

    [told] = said(tree, "//*[@role='alert']//a")
    assert told.endswith("Use at most 300 characters; these are 301.")
    assert tree.xpath("//*[@role='alert']//a/@href") == ["#ask-q"]


def test_nobody_keeps_a_question(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    answered("What is asthma?", NARROW)

    with caplog.at_level(logging.DEBUG):
        response = client.get("/ask/?q=my+overdose")

    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert b'content="noindex"' in response.content
    assert not response.cookies
    told = [r.getMessage() for r in caplog.records if r.name != "django.db.backends"]
    assert not [text for text in told if "overdose" in text]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_asking_changes_nothing(method: str, client: Client) -> None:
    assert getattr(client, method)("/ask/").status_code == 405


@pytest.mark.parametrize(
    "junk",
    ["%00", "%FF%FE", "%ED%A0%80", "+", "%22", "%3Cscript%3E", "%E2%80%AE", "%F0%9F"],
)
def test_junk_is_answered(junk: str, client: Client) -> None:
    answered("What is asthma?", NARROW)

    response = client.get(f"/ask/?q=asthma+{junk}")

    assert response.status_code == 200
    assert b"<blockquote" in response.content
    assert b"<script>" not in response.content


def follow_up(client: Client, slug: str, asked: str = "") -> Any:
    response = client.get("/ask/", {"about": slug, "q": asked})
    assert response.status_code == 200
    return html.document_fromstring(response.content.decode())


def test_a_follow_up_is_answered_from_the_article_first_and_says_so(
    client: Client,
) -> None:
    for n in range(3):
        answered(f"What is asthma of kind {n}?", NARROW)
    own = answered("What is asthma called elsewhere?", NARROW)

    tree = follow_up(client, own.article.slug, "what happens to the airways in asthma")

    first, *more = tree.xpath("//article[@class='quote']")
    assert said(first, "./p[@class='label']") == ["From the article you were reading"]
    assert said(first, "./h3") == [own.question]
    assert [said(quote, "./p[@class='label']") for quote in more] == [[], []]
    assert tree.xpath("//input[@name='about']/@value") == [own.article.slug]
    assert own.question in said(tree, "//main//p")[0]


def test_a_follow_up_that_others_answer_says_so(client: Client) -> None:
    answered("What is asthma?", NARROW)
    own = answered("How is a broken leg set?", "The bones of the leg are put in line.")

    tree = follow_up(client, own.article.slug, "what happens in asthma")

    told = "The article you were reading does not answer it. Others do."
    assert told in said(tree, "//section/p")
    assert said(tree, "//article/h3") == ["What is asthma?"]


@pytest.mark.parametrize("slug", ["nothing", "", "a/b", "\x00", "x" * 999])
def test_a_follow_up_to_nothing_is_a_question_like_others(
    slug: str, client: Client
) -> None:
    answered("What is asthma?", NARROW)

    tree = follow_up(client, slug, "what happens in asthma")

    assert said(tree, "//article/h3") == ["What is asthma?"]
    assert tree.xpath("//input[@name='about']") == []


def test_an_article_asks_for_follow_ups_and_leads_to_answers(client: Client) -> None:
    version = make.published(question=ASKED, key_answer=ANSWER)
    learning.learn_new()
    path = f"/articles/{version.article.slug}/"

    article = html.document_fromstring(client.get(path).content.decode())

    [form] = article.xpath("//form[@action='/ask/']")
    assert form.method == "GET"
    assert sorted(form.fields) == ["about", "q"]
    tree = follow_up(client, form.fields["about"], ASKED)
    told = ["From the article you were reading"]
    assert said(tree, "//article/p[@class='label']") == told
    assert tree.xpath("//main/p/a/@href")[0] == path
