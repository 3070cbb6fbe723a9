"""Questions sent to the editors without an account, and what the desk sees of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Version
from editorial import replies
from editorial.actions import questions
from editorial.actions.questions import Verdict
from editorial.forms.questions import NOT_NOW, OF_ONE
from editorial.models import Asker, Outbox, Question
from tests import make, traces
from tests.editorial.views.test_desk import MOST_QUERIES
from tests.editorial.views.visitors import complaints, found, notices, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.editorial.views.conftest import Visit

pytestmark = pytest.mark.django_db
WORDS = "Is coffee bad for the heart?"
SEND = "/ask/send/"
READER = "reader@example.org"
CLOSED = Verdict("out_of_scope", "It is about cooking.")


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
        *("csrfmiddlewaretoken", "words", "email", "website"),
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


def test_an_editor_closes_a_question_with_a_reason(visit: Visit) -> None:
    page, editor = questions.ask(WORDS).get_absolute_url(), visit(make.editor())

    answer = editor.send(page, page, disposition="out_of_scope", reason="Cooking.")

    assert answer.headers["Location"] == "/desk/"
    shown = editor.get(page)
    assert notices(shown) == ["Decided. What became of it is on record."]
    assert "This library does not take it up. Cooking." in text(shown)
    forms = found(shown, "//main//form[@method='post']/@action")
    assert forms == [f"{page}empty/"]
    assert WORDS not in text(editor.get("/desk/?bucket=questions"))


def test_what_is_missing_is_said(visit: Visit) -> None:
    page = questions.ask(WORDS).get_absolute_url()
    questions.ask("Which vaccines does a baby need?")
    editor = visit(make.editor())

    for sent, told in (
        (
            {},
            ["Say what becomes of it.", "Give a reason; it goes into the record."],
        ),
        (
            {"disposition": "answered", "reason": "So."},
            ["Give the address of the article."],
        ),
        (
            {"disposition": "answered", "reason": "So.", "article": "/articles/no/"},
            ["No article is public at that address."],
        ),
        (
            {"disposition": "duplicate", "reason": "So."},
            ["Choose the question that it repeats."],
        ),
    ):
        assert complaints(editor.send(page, page, **sent)) == told
    assert Question.objects.filter(decided_at=None).count() == 2


def test_the_article_that_answers_is_named_by_its_address(visit: Visit) -> None:
    page, article = questions.ask(WORDS).get_absolute_url(), make.published().article
    editor = visit(make.editor())

    address = f"https://example.org{article.get_absolute_url()}versions/"
    editor.send(page, page, disposition="answered", reason="So.", article=address)

    assert Question.objects.get().answer == article


def test_others_that_may_ask_the_same_are_offered(visit: Visit) -> None:
    asked = questions.ask(WORDS)
    other = questions.ask("Is coffee bad for the liver?")
    page, editor = other.get_absolute_url(), visit(make.editor())
    offered = found(editor.get(page), "//input[@name='same_as']/@value")

    editor.send(page, page, disposition="duplicate", reason="So.", same_as=asked.pk)

    assert offered == [str(asked.pk)]
    led = editor.get(page)
    assert led.headers["Location"] == asked.get_absolute_url()
    assert "put here: So." in text(editor.get(asked.get_absolute_url()))


def test_a_draft_is_opened_in_one_step(visit: Visit) -> None:
    page, author = questions.ask(WORDS).get_absolute_url(), make.author()
    editor = visit(make.editor())

    wrong = editor.send(page, f"{page}draft/", email="nobody@example.org")
    answer = editor.send(page, f"{page}draft/", email=author.email)

    assert complaints(wrong) == [
        "There is no account with the author role at that address."
    ]
    assert answer.headers["Location"] == page
    assert "An article is being written." in text(editor.get(page))
    assert WORDS in text(visit(author).get("/desk/"))


def test_an_editor_who_writes_goes_to_their_own_draft(visit: Visit) -> None:
    page, person = (
        questions.ask(WORDS).get_absolute_url(),
        make.user("author", "editor"),
    )

    answer = visit(person).send(page, f"{page}draft/")

    version = Version.objects.get()
    assert version.article.authorships.get().user == person
    assert answer.headers["Location"] == version.get_absolute_url()


def test_one_that_asks_something_else_is_taken_out(visit: Visit) -> None:
    page = questions.ask(WORDS).get_absolute_url()
    again = questions.ask("Does coffee harm the heart?").get_absolute_url()
    editor = visit(make.editor())

    answer = editor.send(page, f"{again}separate/")

    assert answer.headers["Location"] == again
    assert notices(editor.get(again)) == [
        "It stands alone now, and waits for a decision."
    ]


def test_the_words_are_deleted_by_the_desk(visit: Visit) -> None:
    asked, editor = questions.ask(WORDS), make.editor()
    questions.settle(asked.pk, by=editor, verdict=CLOSED)
    page, desk = asked.get_absolute_url(), visit(editor)

    unsaid = desk.send(page, f"{page}empty/")
    desk.send(page, f"{page}empty/", reason="It tells of a person.")

    assert complaints(unsaid) == ["Give a reason; it goes into the record."]
    shown = desk.get(page)
    assert WORDS not in text(shown)
    assert "Its words were deleted." in text(shown)
    assert found(shown, "//main//form[@method='post']") == []


def test_who_comes_second_is_told_who_was_first(visit: Visit) -> None:
    asked, first = questions.ask(WORDS), make.editor()
    page, second = asked.get_absolute_url(), visit(make.chief())
    questions.settle(asked.pk, by=first, verdict=CLOSED)

    sent = {"disposition": "out_of_scope", "reason": "No.", "seen": asked.pk}
    answer = second.post(page, **sent)

    assert answer.status_code == 409
    assert first.printed_name in text(answer)


def test_an_auditor_reads_and_decides_nothing(visit: Visit) -> None:
    asked, again = questions.ask(WORDS), questions.ask("Does coffee harm the heart?")
    auditor, page = visit(make.user("auditor")), asked.get_absolute_url()

    assert found(auditor.get(page), "//main//form[@method='post']") == []
    for path in (page, f"{page}draft/", f"{page}empty/"):
        assert auditor.post(path, seen=again.pk, reason="I").status_code == 403
    separate = f"{again.get_absolute_url()}separate/"
    assert auditor.post(separate).status_code == 403


@pytest.mark.parametrize("step", ["draft", "separate", "empty"])
def test_nobody_else_finds_the_steps(step: str, visit: Visit) -> None:
    page = questions.ask(WORDS).get_absolute_url()

    assert visit(make.author()).post(f"{page}{step}/").status_code == 404
    assert visit(make.editor()).get(f"{page}{step}/").status_code == 405


def test_an_address_is_kept_apart_and_no_editor_sees_it(
    client: Client, visit: Visit
) -> None:
    sent(client, email=READER)
    asked = Question.objects.get()
    Asker.objects.update(confirmed_at=timezone.now())

    for role in ("editor", "chief editor", "auditor"):
        page = visit(make.user(role)).get(asked.get_absolute_url())
        assert "1 reader confirmed an address" in text(page)
        assert READER not in page.content.decode()
    assert asked.asker.address == READER


def test_an_address_that_is_none_is_told_and_nothing_stored(client: Client) -> None:
    answer = sent(client, email="me")

    assert complaints(answer) == ["Give an address such as name@example.org."]
    assert not Question.objects.exists()


def test_an_address_is_written_to_so_often_and_no_more(client: Client) -> None:
    for number in range(3):
        sent(client, words=f"Is {10 * number} mg enough?", email=READER)

    answer = sent(client, words="Is 90 mg enough?", email=READER.upper())

    assert answer.status_code == 429
    assert Asker.objects.count() == 3
    assert Question.objects.count() == 3


def confirm_page() -> str:
    question = questions.ask(WORDS, address=READER)
    return f"/ask/confirm/{replies.token(question.asker)}/"


def test_a_link_confirms_nothing_before_a_button_is_pressed(client: Client) -> None:
    page = confirm_page()

    shown = client.get(page)
    before = Asker.objects.get().confirmed_at
    done = client.post(page, {"deed": "confirm"})

    assert "Do you want to be told?" in text(shown)
    assert shown["Cache-Control"] == "private, no-store"
    assert (before, "Confirmed" in text(done)) == (None, True)
    assert Asker.objects.get().confirmed_at is not None
    assert "Confirmed" in text(client.get(page))


def test_a_link_deletes_the_address_as_well(client: Client) -> None:
    page = confirm_page()

    done = client.post(page, {"deed": "forget"})

    assert "Your address is deleted." in text(done)
    assert Asker.objects.get().address == ""
    over = client.get(page)
    assert (over.status_code, "This link is over" in text(over)) == (404, True)
    assert client.post(page, {"deed": "confirm"}).status_code == 410


def test_a_form_of_another_house_confirms_nothing() -> None:
    page = confirm_page()

    assert Client(enforce_csrf_checks=True).post(page).status_code == 403
    assert Asker.objects.get().confirmed_at is None


def test_a_letter_that_is_held_up_is_on_the_desk_without_the_address(
    visit: Visit,
) -> None:
    confirm_page()
    Outbox.objects.filter(topic="letter").update(status="parked")

    page = visit(make.editor()).get("/desk/?bucket=mail")
    held = visit(make.editor()).get("/desk/effects/")

    assert "Letter to a reader" in text(page)
    for shown in (page, held):
        assert READER not in shown.content.decode()
