import datetime as dt

import pytest
import time_machine
from django.test import Client, RequestFactory
from lxml import html

from config.accounts import AccountAdapter, network
from editorial import roles
from tests import make


def test_nobody_makes_an_account_for_themselves(rf: RequestFactory) -> None:
    assert AccountAdapter().is_open_for_signup(rf.get("/accounts/signup/")) is False


@pytest.mark.django_db
def test_the_admin_has_no_door_of_its_own(client: Client) -> None:
    answer = client.get("/admin/login/")

    door = "/accounts/login/?next=%2Fadmin%2Flogin%2F"
    assert (answer.status_code, answer.headers["Location"]) == (302, door)


@pytest.mark.django_db
def test_the_door_says_once_what_to_do_without_a_password(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()

    assert page.count("/accounts/password/reset/") == 1
    assert "Stay signed in on this device" in page
    assert "Remember Me" not in page


@pytest.mark.django_db
def test_the_pages_of_the_second_factor_are_headed_as_ours_are(client: Client) -> None:
    client.force_login(make.author())

    page = html.fromstring(client.get("/accounts/2fa/").content.decode())

    heads = [" ".join(h.text_content().split()) for h in page.xpath("//h1 | //h2")]
    assert heads[:2] == ["Two-factor authentication", "Authenticator app"]


@pytest.mark.django_db
def test_the_administrators_pages_say_what_they_are_for(client: Client) -> None:
    client.force_login(make.user(roles.ADMINISTRATOR, is_staff=True))

    page = client.get("/admin/").content.decode()

    assert "Imprimatur: accounts and the board" in page
    assert "Django" not in page


START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


def signed_in(email: str, password: str, *, address: str) -> bool:
    client = Client(REMOTE_ADDR=address)
    sent = {"login": email, "password": password}
    return client.post("/accounts/login/", sent).status_code == 302


@pytest.mark.django_db
def test_strangers_lock_nobody_out() -> None:
    user = make.author()

    for _ in range(6):
        signed_in(user.email, "a wrong password", address="192.0.2.9")

    assert not signed_in(user.email, make.PASSWORD, address="192.0.2.77")
    assert signed_in(user.email, make.PASSWORD, address="198.51.100.7")


@pytest.mark.django_db
def test_an_account_is_guessed_ten_times_an_hour_from_a_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user, guesses = make.author(), []
    check = type(user).check_password
    monkeypatch.setattr(
        type(user),
        "check_password",
        lambda self, raw: guesses.append(raw) or check(self, raw),
    )

    with time_machine.travel(START, tick=False) as clock:
        for number in range(55):
            address = f"2001:db8::{number:x}"
            signed_in(user.email, f"a wrong password {number}", address=address)
            clock.shift(60)

    assert len(guesses) == 10


def test_a_network_is_what_one_customer_has() -> None:
    addresses = ["192.0.2.9", "192.0.2.255", "2001:db8::1", "2001:db8:0:1::1"]

    assert [network(address) for address in addresses] == [
        "192.0.2.0/24",
        "192.0.2.0/24",
        "2001:db8::/64",
        "2001:db8:0:1::/64",
    ]
