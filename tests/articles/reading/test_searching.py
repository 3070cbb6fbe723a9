"""The search page: what it shows, to whom it tells nothing, and what it refuses."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from lxml import html

from articles.models import SearchEntry
from articles.reading import searching
from articles.search import finding
from articles.states import Standing
from editorial.actions import authoring, publishing
from tests import make
from tests.articles.search.samples import public, rendered

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def page(client: Client, **asked: Any) -> Any:
    response = client.get("/search/", asked)
    assert response.status_code == 200
    return html.document_fromstring(response.content.decode())


def links(client: Client, **asked: Any) -> list[str]:
    tree = page(client, **asked)
    return [str(found) for found in tree.xpath("//ul[@class='listing']//a/@href")]


def said(tree: Any, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in tree.xpath(path)]


def about(question: str) -> dict[str, str]:
    """A text that answers the question, and says no other word of it elsewhere."""
    answer = f'{question.removesuffix("?")}: yes.<cite data-ref="trial"></cite>'
    return {"question": question, "key_answer": answer}


def test_an_article_is_found_from_the_moment_it_is_public(client: Client) -> None:
    version = make.approved(**about("Does aspirin help?"))
    before = links(client, q="aspirin")

    publishing.publish(version.article_id, by=make.chief())

    path = f"/articles/{version.article.slug}/"
    assert (before, links(client, q="aspirin")) == ([], [path])
    assert client.get(path).status_code == 200


def test_nothing_is_found_that_the_public_cannot_see(client: Client) -> None:
    make.draft(**about("Does aspirin help in drafts?"))
    make.submitted(**about("Does aspirin help when submitted?"))
    make.under_review(**about("Does aspirin help under review?"))
    make.approved(**about("Does aspirin help when approved?"))

    assert links(client, q="aspirin", standing="any") == []
    assert not SearchEntry.objects.exists()


def preview(question: str) -> str:
    """The address of a text that is shown before anybody approved it."""
    pending = make.under_review(**about(question))
    publishing.show_preview(pending.article_id, by=make.editor(), reason="Asked for")
    return f"/articles/{pending.article.slug}/"


def test_a_pending_text_is_found_by_who_asks_for_such_and_is_called_so(
    client: Client,
) -> None:
    path = preview("Does aspirin help?")

    tree = page(client, q="aspirin", standing="preview")

    assert links(client, q="aspirin") == []
    assert links(client, q="aspirin", standing="preview") == [path]
    assert links(client, q="aspirin", standing="any") == [path]
    assert said(tree, "//ul[@class='listing']/li/*") == [
        "Does aspirin help?",  # and no word of its text
        "Not approved: preview of a pending text",
        "Written for clinicians, version 1",
    ]


def test_a_preview_that_ended_is_not_found(client: Client) -> None:
    preview("Does aspirin help?")
    article = SearchEntry.objects.get().article_id

    publishing.end_preview(article, by=make.editor())

    assert links(client, q="aspirin", standing="any") == []


def test_a_publication_that_fails_leaves_nothing_to_find(client: Client) -> None:
    version = make.approved(**about("Does aspirin help?"))
    author = make.author()

    with pytest.raises(PermissionDenied):
        publishing.publish(version.article_id, by=author)

    assert links(client, q="aspirin", standing="any") == []


def test_a_new_version_is_found_by_its_own_words_only(client: Client) -> None:
    author = make.author()
    first = make.published(by=author, **about("Does aspirin help?"))
    draft = authoring.revise(first.pk, by=author)
    text = make.text(**about("Does heparin help?"))
    authoring.edit(draft.pk, by=author, text=text, seen=None)
    second = make.send(authoring.submit(draft.pk, by=author))
    make.report_all(second)
    make.approve(make.again(second))

    publishing.publish(second.article_id, by=make.chief())

    path = f"/articles/{first.article.slug}/"
    assert (links(client, q="aspirin"), links(client, q="heparin")) == ([], [path])


def test_a_hit_says_what_is_proven_of_it_and_no_more(client: Client) -> None:
    rendered("Does aspirin help?", {"patient": "It <may>."})

    tree = page(client, q="aspirin")

    [item] = tree.xpath("//ul[@class='listing']/li")
    assert said(item, "./*") == [
        "Does aspirin help?",
        "It <may>.",
        "Last reviewed 31 Mar 2026",
        "Written for patients, version 1",
    ]
    assert said(item, ".//mark") == ["aspirin"]
    assert said(item, ".//*[@data-trust]") == ["Last reviewed 31 Mar 2026"]


def test_the_filters_narrow_what_is_found_and_stay_chosen(client: Client) -> None:
    heart = public("Aspirin for the heart", topics=("Heart",))
    public("Aspirin for the head", topics=("Head",))
    asked = {"q": "aspirin", "topic": "heart", "since": "2026-01-01"}

    tree = page(client, **asked, audience="clinician", standing="any")

    assert tree.xpath("//ul[@class='listing']//a/@href") == [heart.path]
    assert tree.xpath("//option[@selected]/@value") == ["heart", "clinician", "any"]
    assert tree.xpath("//input/@value") == ["aspirin", "2026-01-01"]
    assert tree.xpath("//details/@open") == [""]


def test_topics_are_offered_as_what_was_found_has_them(client: Client) -> None:
    public("Aspirin one", topics=("Heart", "Head"))
    public("Aspirin two", topics=("Heart",))
    public("Heparin", topics=("Blood",))

    tree = page(client, q="aspirin")

    offered = said(tree, "//select[@name='topic']/option")
    assert offered == ["Any", "Head (1)", "Heart (2)"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"q": "a" * 201}, "Search: Use at most 200 characters; these are 201."),
        (
            {"since": "yesterday"},
            "Reviewed since: Write the day like this: 2026-03-31.",
        ),
        ({"topic": "nothing"}, "Topic: There is no such topic."),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_looked_for(
    asked: dict[str, str], told: str, client: Client
) -> None:
    public("Aspirin")

    tree = page(client, **{"q": "aspirin"} | asked)

    assert said(tree, "//*[@role='alert']//a") == [told]
    [target] = tree.xpath("//*[@role='alert']//a/@href")
    [field] = tree.xpath(f"//*[@id='{target[1:]}']")
    [described] = tree.xpath(f"//*[@id='{field.get('aria-describedby')}']")
    assert told.endswith(described.text_content().strip())
    assert field.get("aria-invalid") == "true"
    assert tree.xpath("//ul[@class='listing']") == []


def test_the_topic_of_a_text_that_is_not_public_is_none(client: Client) -> None:
    make.submitted(topics=("Undisclosed",))
    public("Aspirin", topics=("Heart",))

    hidden = page(client, q="aspirin", topic="undisclosed")
    known = page(client, q="aspirin", topic="heart")

    assert said(hidden, "//*[@role='alert']//a") == ["Topic: There is no such topic."]
    assert "Undisclosed" not in hidden.text_content()
    assert said(known, "//option[@selected]")[0] == "Heart (1)"


@pytest.mark.parametrize(
    ("since", "shown"),
    [
        *(("2026-03-31", ["2026-03-31"]), ("2026-3-1", ["2026-03-01"])),
        *(("yesterday", []), ("2026-02-30", []), ("", [])),
    ],
)
def test_a_field_for_a_day_holds_a_day_or_nothing(
    since: str, shown: list[str], client: Client
) -> None:
    tree = page(client, q="aspirin", since=since)

    assert tree.xpath("//input[@name='since']/@value") == shown


@pytest.mark.parametrize("asked", [{"audience": "king"}, {"standing": "unpublished"}])
def test_a_choice_that_is_none_is_refused(
    asked: dict[str, str], client: Client
) -> None:
    tree = page(client, q="aspirin", **asked)

    assert len(tree.xpath("//*[@role='alert']//a")) == 1


def test_what_was_done_to_a_question_is_told(client: Client) -> None:
    public("What is hypertension?")
    words = " ".join(f"word{n % 2}" for n in range(15))

    tree = page(client, q=f"hipertention {words} two more")

    told = said(tree, "//section[@aria-labelledby='found']/p")
    assert told == [
        "Only the first 16 words were looked for; 2 more were left out.",
        "No article has the word “hipertention”. “hypertension” was looked for instead.",
        "No article has “word0”, “word1”, or a word like it.",
    ]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("", "Type a question or a few words"),
        ("what is it", "These words are in every text."),
        ("xyzzyplugh", "No text fits. Try other words, or choose a topic."),
    ],
)
def test_an_empty_answer_says_what_would_fill_it(
    asked: str, told: str, client: Client
) -> None:
    [empty] = said(page(client, q=asked), "//p[@class='empty']")

    assert empty.startswith(told)


def test_who_finds_nothing_is_led_out_of_the_filters(client: Client) -> None:
    public("Aspirin & more")

    tree = page(client, q="aspirin & more", audience="patient")

    [plain, _topics] = tree.xpath("//p[@class='empty']//a/@href")
    assert client.get(plain).context["found"].entries
    assert client.get(plain).context["form"].data.dict() == {"q": "aspirin & more"}


def test_who_finds_nothing_approved_is_led_to_what_waits_for_it(client: Client) -> None:
    path = preview("Does aspirin help?")

    [empty] = page(client, q="aspirin").xpath("//p[@class='empty']")

    assert empty.text_content().startswith("No approved text fits; one that waits")
    leads_to = empty.xpath(".//a/@href")[0]
    assert leads_to == "/search/?q=aspirin&standing=any"
    found = html.document_fromstring(client.get(leads_to).content.decode())
    assert found.xpath("//ul[@class='listing']//a/@href") == [path]


def test_long_answers_come_in_pages_that_keep_the_question(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "PER_PAGE", 2)
    for n in range(3):
        public(f"Aspirin & more {n}")

    first = page(client, q="aspirin & more", audience="clinician")
    [more] = first.xpath("//nav[@class='pager']/a/@href")

    assert more == "?q=aspirin+%26+more&audience=clinician&page=2"
    assert (
        len(
            html.document_fromstring(client.get(f"/search/{more}").content).xpath(
                "//ul[@class='listing']/li"
            )
        )
        == 1
    )


@pytest.mark.parametrize(
    "page", ["2", "0", "-1", "1000000000", "9" * 3000, "x", "1.5", "%00", "%FF", ""]
)
def test_a_page_that_is_none_is_not_found(page: str, client: Client) -> None:
    public("Aspirin")

    response = client.get(f"/search/?q=aspirin&page={page}")

    assert response.status_code == 404


def test_an_answer_that_was_cut_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_RANKED", 2)
    public("Aspirin one")
    public("Aspirin two")

    tree = page(client, q="aspirin")

    assert said(tree, "//h2") == ["The 2 articles that fit best"]


@pytest.mark.parametrize(
    "query",
    [
        *("q=" + "a" * 10_000, "topic=" + "a" * 10_000, "audience=%FF", "standing=%22"),
        *("since=2026-02-30", "since=0000-00-00", "since=99999-01-01"),
        *("since=03/04/2026", "since=%D9%A1", "since=now"),
    ],
)
def test_nonsense_is_refused_in_words(query: str, client: Client) -> None:
    public("Aspirin")

    response = client.get(f"/search/?q=aspirin&{query}")

    assert response.status_code == 200
    tree = html.document_fromstring(response.content.decode())
    assert len(tree.xpath("//*[@role='alert']//a")) == 1
    assert tree.xpath("//ul[@class='listing']") == []


@pytest.mark.parametrize(
    "junk",
    [
        *(
            "%",
            "%00",
            "%00&topic=%00&since=%00",
            "%zz",
            "%u2026",
            "%FF%FE",
            "%ED%A0%80",
            "%F0%9F",
            "+",
            "%0D%0A",
            "%09",
        ),
        *(
            "%22",
            "%27",
            "%5C",
            "%25s",
            "{0}",
            "OR",
            "AND+NOT",
            "NEAR(",
            "a:*",
            "%3C%3E",
        ),
        *("%E2%80%AE", "%D7%A9%D7%9C%D7%95%D7%9D", "what+is+the", "&page=1", "&q2[]=1"),
    ],
)
def test_junk_beside_a_word_hides_nothing(junk: str, client: Client) -> None:
    entry = public("Aspirin")

    response = client.get(f"/search/?q=aspirin+{junk}")

    assert response.status_code == 200
    assert f'href="{entry.path}"' in response.content.decode()


def test_a_question_is_shown_as_text(client: Client) -> None:
    response = client.get("/search/", {"q": '"><script>alert(1)</script>'})

    assert b"<script>alert" not in response.content


def test_nobody_keeps_a_question(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    public("Aspirin")

    with caplog.at_level(logging.DEBUG):
        response = client.get("/search/?q=my+overdose")

    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    told = [r.getMessage() for r in caplog.records if r.name != "django.db.backends"]
    assert not [text for text in told if "overdose" in text]


@pytest.mark.parametrize(
    ("asked", "robots"),
    [
        ({}, None),
        ({"q": "aspirin"}, "noindex"),
        ({"q": "a" * 201}, "noindex"),
        ({"standing": "any"}, "noindex"),
    ],
)
def test_only_the_empty_page_is_for_other_search_engines(
    asked: dict[str, str], robots: str | None, client: Client
) -> None:
    public("Aspirin")

    response = client.get("/search/", asked)

    assert response.get("X-Robots-Tag") == robots
    assert (b'content="noindex"' in response.content) == (robots is not None)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_searching_changes_nothing(method: str, client: Client) -> None:
    assert getattr(client, method)("/search/").status_code == 405


@pytest.mark.parametrize("path", ["/", "/articles/", "/search/", "/editorial-policy/"])
def test_every_page_has_one_box(path: str, client: Client) -> None:
    public("Aspirin")
    tree = html.document_fromstring(client.get(path).content.decode())

    assert tree.xpath("//form[@role='search']/@action") == [reverse("search")]
    assert len(tree.xpath("//input[@type='search'][@name='q']")) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_hits_does_not_ask_more_as_it_grows(
    count: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(count):
        public(f"Aspirin {n}", topics=("Heart",), standing=Standing.PUBLISHED)

    with django_assert_num_queries(7):
        tree = page(client, q="aspirin", topic="heart")

    assert len(tree.xpath("//ul[@class='listing']/li")) == count
