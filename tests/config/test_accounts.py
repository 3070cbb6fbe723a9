import pytest
from django.test import Client, RequestFactory

from config.accounts import AccountAdapter


def test_nobody_makes_an_account_for_themselves(rf: RequestFactory) -> None:
    assert AccountAdapter().is_open_for_signup(rf.get("/accounts/signup/")) is False


@pytest.mark.django_db
def test_the_admin_has_no_door_of_its_own(client: Client) -> None:
    answer = client.get("/admin/login/")

    door = "/accounts/login/?next=%2Fadmin%2Flogin%2F"
    assert (answer.status_code, answer.headers["Location"]) == (302, door)
