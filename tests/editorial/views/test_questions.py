"""Questions sent to the editors without an account, and what the desk sees of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from editorial.actions import questions
from editorial.forms.questions import NOT_NOW, OF_ONE
from editorial.models import Question
from tests import make, traces
from tests.editorial.views.test_desk import MOST_QUERIES
from tests.editorial.views.visitors import complaints, found, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.editorial.views.conftest import Visit

pytestmark = pytest.mark.django_db
WORDS = "Is coffee bad for the heart?"
SEND = "/ask/send/"


@pytest.fixture(autouse=True)
def nobody_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sent(client: Client, **fields: Any) -> Any:
    return client.post(SEND, {"words": WORDS} | fields)


def test_what_is_not_answered_can_be_sent_to_the_editors(client: Client) -> None:
    page = client.get("/ask/", {"q": WORDS})

    (form,) = found(page, f"//form[@action='{SEND}']")
    assert form.get("method", "get") == "get"
    assert form.xpath(".//input/@value") == [WORDS]
    drawn = client.get(SEND, {"q": WORDS})
    assert found(drawn, "//textarea/text()") == [f"\n{WORDS}"]
    assert Question.objects.count() == 0


def test_a_question_without_an_account_reaches_the_desk(client: Client) -> None:
    answer = sent(client, words=f" {WORDS}\r\n")

    assert answer.headers["Location"] == "/ask/sent/"
    assert Question.objects.get().words == WORDS
    assert "Your question is with the editors." in text(client.get("/ask/sent/"))


def test_the_form_asks_for_no_health_data_and_is_kept_by_nobody(client: Client) -> None:
    for page, referrer in (
        (client.get(SEND), "same-origin"),  # else browsers send the form as nobody's
        (sent(client, words=""), "same-origin"),
        (client.get("/ask/sent/"), "no-referrer"),
    ):
        assert page["Cache-Control"] == "private, no-store"
        assert page["Referrer-Policy"] == referrer
        assert found(page, "//meta[@name='robots']/@content") == ["noindex"]

    page = client.get(SEND)
    assert "Nothing about yourself or a patient, please" in text(page)
    assert "in at most 500 characters" in text(page)
    assert [i.get("name") for i in found(page, "//main//form//*[@name]")] == [
        *("csrfmiddlewaretoken", "words", "website"),
    ]


def test_looking_and_asking_store_nothing(client: Client) -> None:
    before = traces.everything()

    for path in ("/ask/", SEND, "/ask/sent/"):
        client.get(path, {"q": WORDS, "words": WORDS})

    assert traces.everything() == before


def test_a_form_of_another_house_is_refused() -> None:
    answer = sent(Client(enforce_csrf_checks=True))

    assert answer.status_code == 403
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("I am 54 and I take lithium, is coffee bad?", OF_ONE),
        ("My blood pressure is 160 over 95, what now?", OF_ONE),
        ("Born on 3 March 1961, which vaccine?", "This may tell who somebody is"),
        ("MRN 00123456, what does it mean?", "This may tell who somebody is"),
        ("Write to me@example.org what helps", "This may tell who somebody is"),
        ("Call +44 20 7946 0018 about a rash", "This may tell who somebody is"),
    ],
)
def test_what_tells_of_a_person_is_not_stored(
    words: str, told: str, client: Client
) -> None:
    answer = sent(client, words=words)

    (complaint,) = complaints(answer)
    assert complaint.startswith(told)
    assert complaint.endswith("Nothing has been stored.")
    assert words in answer.content.decode()  # for their sender alone, to change
    assert not Question.objects.exists()


def test_who_may_be_in_danger_gets_help_before_anything_is_stored(
    client: Client,
) -> None:
    words = "How many paracetamol tablets are an overdose?"

    shown = client.get(SEND, {"q": words})
    first = sent(client, words=words)
    stored = Question.objects.count()
    sent(client, words=words, is_safe="on")

    for page in (shown, first):
        help_at, words_at = (
            text(page).index(said) for said in ("get help first", "The question")
        )
        assert help_at < words_at
    assert complaints(shown) == []
    assert complaints(first) == [NOT_NOW]
    assert (stored, Question.objects.get().words) == (0, words)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (" ", ["Say what you want to know."]),
        ("x" * 500, []),
        ("x" * 501, ["Use at most 500 characters; these are 501."]),
    ],
)
def test_how_much_may_be_asked_is_told(
    words: str, complaint: list[str], client: Client
) -> None:
    answer = sent(client, words=words)

    assert (complaints(answer) if complaint else []) == complaint
    assert Question.objects.count() == (0 if complaint else 1)


def test_a_program_that_fills_in_everything_is_thanked_and_not_heard(
    client: Client,
) -> None:
    answer = sent(client, website="https://example.org")

    assert answer.headers["Location"] == "/ask/sent/"
    assert not Question.objects.exists()


def test_one_place_asks_so_often_and_no_more(client: Client) -> None:
    for _ in range(5):
        assert sent(client).status_code == 302

    answer = sent(client)

    assert answer.status_code == 429
    assert "Keep your words, and send them again later:" in text(answer)
    assert WORDS in text(answer)
    assert Question.objects.count() == 5


def test_the_desk_lists_what_readers_ask(visit: Visit) -> None:
    asked, *_ = (questions.ask(WORDS) for _ in range(3))

    page = visit(make.editor()).get("/desk/?bucket=questions")

    (row,) = found(page, "//section[@aria-labelledby='waiting']//tbody/tr")
    assert WORDS in row.text_content()
    assert "Asked 3 times; no article answers it" in row.text_content()
    (link,) = row.xpath(".//td[@class='act']/a")
    assert link.get("href") == asked.get_absolute_url()
    assert "What readers ask 1" in text(page)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(count: int, visit: Visit) -> None:
    for number in range(count):
        questions.ask(f"Is {10 * number} mg of caffeine bad?")
        make.submitted()
    editor = visit(make.editor())
    editor.get("/desk/")

    with CaptureQueriesContext(connection) as asked:
        editor.get("/desk/")

    assert Question.objects.filter(group=None).count() == count
    assert len(asked) <= MOST_QUERIES


@pytest.mark.parametrize(
    ("looked", "number"),
    [
        ("q=coffee", 1),
        ("q=tea", 0),
        ("tier=A", 0),
        ("mine=1", 0),
        ("days=3", 0),
    ],
)
def test_the_desk_looks_for_questions_by_their_words(
    looked: str, number: int, visit: Visit
) -> None:
    questions.ask(WORDS)

    page = visit(make.editor()).get(f"/desk/?bucket=questions&{looked}")

    rows = found(page, "//section[@aria-labelledby='waiting']//tbody/tr")
    assert len(rows) == number


@pytest.mark.parametrize("role", ["editor", "chief editor", "auditor"])
def test_the_desk_and_auditors_read_them(role: str, visit: Visit) -> None:
    first, again = questions.ask(WORDS), questions.ask("Does coffee harm the heart?")
    person = visit(make.user(role))

    page = person.get(first.get_absolute_url())

    assert WORDS in text(page)
    assert again.words in text(page)
    led = person.get(again.get_absolute_url())
    assert led.headers["Location"] == first.get_absolute_url()
    assert person.get("/desk/questions/999999/").status_code == 404


@pytest.mark.parametrize("role", ["author", "reviewer", "administrator"])
def test_nobody_else_reads_what_readers_ask(role: str, visit: Visit) -> None:
    asked = questions.ask(WORDS)

    assert visit(make.user(role)).get(asked.get_absolute_url()).status_code == 404


def test_the_file_of_the_desk_has_them_too(visit: Visit) -> None:
    questions.ask(WORDS)

    lines = visit(make.editor()).get("/desk/export/?bucket=questions")

    assert WORDS in lines.content.decode()
