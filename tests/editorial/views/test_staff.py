"""What holds on every page of the desk."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session

from editorial import tasks
from editorial.views import keeping
from tests import make
from tests.editorial.views.visitors import found, notices, parsed

if TYPE_CHECKING:
    from django.test import Client

    from editorial.models import User
    from tests.editorial.views.conftest import Visit

START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
PAGES = (
    "/desk/",
    "/desk/notices/",
    "/desk/effects/",
    "/desk/articles/new/",
    "/desk/versions/1/",
    "/desk/versions/1/edit/",
    "/desk/assignments/1/",
)


@pytest.mark.parametrize("page", PAGES)
def test_strangers_are_asked_to_sign_in_and_led_back(
    client: Client, db: None, page: str
) -> None:
    response = client.get(page)

    assert response.status_code == 302
    assert response["Location"] == f"/accounts/login/?next={page}"


@pytest.mark.parametrize("page", PAGES)
def test_nobody_keeps_a_copy(visit: Visit, client: Client, page: str) -> None:
    answers = [visit(make.author()).get(page), client.get(page)]

    assert {a["Cache-Control"] for a in answers} == {"private, no-store"}


@pytest.mark.parametrize(
    ("address", "method", "back"),
    [
        ("versions/{}/response/", "put", "/desk/versions/{}/answers/"),
        (
            "versions/{}/references/remove/",
            "get",
            "/desk/versions/{}/references/",
        ),
        ("versions/{}/submit/", "put", "/desk/versions/{}/"),
        ("notices/read/", "delete", "/desk/"),
    ],
)
def test_an_address_that_only_takes_forms_says_so_and_leads_back(
    address: str, method: str, back: str, visit: Visit
) -> None:
    author = make.author()
    version = make.draft(by=author)

    answer = getattr(visit(author).client, method)(
        "/desk/" + address.format(version.pk)
    )

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert answer["Cache-Control"] == "private, no-store"
    assert found(answer, "//h1/text()") == ["Nothing can be done from here"]
    [way] = found(answer, "//main//a[@class='button']/@href")
    assert way == back.format(version.pk)
    assert make.again(version).revision == version.revision


def test_a_closed_account_is_signed_out(visit: Visit) -> None:
    user = make.author()
    visitor = visit(user)
    user.is_active = False
    user.save()

    assert visitor.get("/desk/").status_code == 302


@pytest.mark.parametrize(
    "path",
    ["/accounts/signup/", "/accounts/email/", "/accounts/confirm-email/MQ:x/"],
)
def test_nobody_makes_an_account_or_moves_its_address(visit: Visit, path: str) -> None:
    assert visit(make.author()).get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/1-bad/",
        "/accounts/password/reset/key/done/",
        "/accounts/inactive/",
    ],
)
def test_the_account_pages_wear_our_frame(client: Client, db: None, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 200
    assert found(response, '//header[@class="top"]//a[@class="brand"]')


def test_somebody_signs_in_with_address_and_password(client: Client, db: None) -> None:
    user = make.author()

    response = client.post(
        "/accounts/login/", {"login": user.email, "password": make.PASSWORD}
    )

    assert response["Location"] == "/desk/"


def test_what_was_sent_after_the_session_ended_is_kept(
    client: Client, db: None
) -> None:
    author = make.author()
    client.force_login(author)
    client.get("/desk/articles/new/")
    end_session(client)

    sent = client.post(
        "/desk/articles/new/", {"question": "Is it lost?", "body": "<p>Long work</p>"}
    )
    client.post(sent["Location"], {"login": author.email, "password": make.PASSWORD})
    page = client.get("/desk/articles/new/")

    [question] = found(page, '//input[@name="question"]')
    [body] = found(page, '//textarea[@name="body"]')
    assert question.get("value") == "Is it lost?"
    assert body.text_content().strip() == "<p>Long work</p>"
    assert notices(page) == [
        "You had been signed out; nothing was saved. Here is what you wrote."
    ]


def test_a_step_that_was_sent_too_late_is_kept_without_its_password(
    client: Client, db: None
) -> None:
    chief = make.chief()
    version = make.reviewed()
    page = f"/desk/versions/{version.pk}/"
    client.force_login(chief)
    client.get(page)
    end_session(client)

    sent = client.post(
        f"{page}approve/",
        {"password": make.PASSWORD, "reason": "As agreed.", "sha256": version.sha256},
    )
    client.post(sent["Location"], {"login": chief.email, "password": make.PASSWORD})
    shown = client.get(page)

    document = parsed(shown)
    kept = document.get_element_by_id("approve-reason").text_content().strip()
    assert kept == "As agreed."
    assert make.PASSWORD not in shown.content.decode()
    assert make.PASSWORD not in str(dict(client.session))
    assert make.again(version).state == "under_review"


def test_what_was_kept_is_shown_to_nobody_else(client: Client, db: None) -> None:
    client.force_login(make.author())
    client.get("/desk/articles/new/")
    end_session(client)
    another = make.author()

    sent = client.post("/desk/articles/new/", {"question": "Is it secret?"})
    client.post(sent["Location"], {"login": another.email, "password": make.PASSWORD})
    page = client.get("/desk/articles/new/")

    assert found(page, '//input[@name="question"]/@value') == []


@pytest.mark.parametrize("cookie", [keeping.COOKIE, settings.SESSION_COOKIE_NAME])
def test_a_browser_that_nobody_worked_in_has_nothing_kept(
    client: Client, db: None, cookie: str
) -> None:
    client.cookies[cookie] = "1:invented"
    client.post("/desk/articles/new/", {"question": "Spam?"})

    assert Session.objects.count() == 0


@pytest.fixture
def left(client: Client, db: None) -> User:
    """Somebody whose session has ended in this browser, and who is gone."""
    user = make.author()
    with time_machine.travel(START, tick=False):
        client.force_login(user)
        client.get("/desk/articles/new/")
    end_session(client)
    return user


def send(client: Client, *, days: float = 0, length: int = 5) -> int:
    """How many sessions hold something once this was sent."""
    with time_machine.travel(START + dt.timedelta(days=days), tick=False):
        client.post("/desk/articles/new/", {"question": "x" * length})
    client.cookies.pop(settings.SESSION_COOKIE_NAME, None)
    return Session.objects.count()


def test_nothing_is_kept_for_a_session_that_ended_long_ago(
    client: Client, left: User
) -> None:
    assert [send(client, days=4.1), send(client, days=3.9)] == [0, 1]


def test_nothing_is_kept_for_a_closed_account(client: Client, left: User) -> None:
    left.is_active = False
    left.save()

    assert send(client) == 0


def test_only_so_much_is_kept_for_one_person(client: Client, left: User) -> None:
    sent = [send(client) for _ in range(12)]
    next_hours = [send(client, days=hour / 24) for hour in range(1, 24) for _ in "12"]

    assert max(sent) == 10
    assert max(next_hours) == 30


def test_what_is_too_large_is_not_kept(client: Client, left: User) -> None:
    assert send(client, length=keeping.LARGEST) == 0


def test_what_nobody_comes_back_for_is_forgotten(client: Client, left: User) -> None:
    send(client)

    with time_machine.travel(START, tick=False) as clock:
        tasks.forget_sessions()
        before = Session.objects.count()
        clock.shift(settings.SESSION_COOKIE_AGE + 1)
        tasks.forget_sessions()

    assert (before, Session.objects.count()) == (1, 0)


def test_whoever_works_on_is_remembered_on(client: Client, db: None) -> None:
    client.force_login(make.author())
    with time_machine.travel(START, tick=False) as clock:
        first = client.get("/desk/").cookies
        soon = client.get("/desk/").cookies
        clock.shift(keeping.RENEWED + 1)
        later = client.get("/desk/").cookies

    assert [keeping.COOKIE in got for got in (first, soon, later)] == [
        *(True, False, True)
    ]


def end_session(client: Client) -> None:
    """As when it expires: the row and the browser's cookie are gone."""
    client.session.flush()
    del client.cookies[settings.SESSION_COOKIE_NAME]
