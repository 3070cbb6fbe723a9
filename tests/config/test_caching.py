"""Who may keep a copy: of the public pages anybody, of everything else nobody."""

import pytest
from django.test import Client

from tests import make

PRIVATE = [
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/login/",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/password/reset/key/1-bad/",
    "/accounts/reauthenticate/",
    "/admin/",
    "/desk/",
    "/nowhere/",
]


@pytest.mark.parametrize("path", PRIVATE)
def test_no_private_answer_is_kept(client: Client, db: None, path: str) -> None:
    user = make.chief(is_staff=True)
    client.post("/accounts/login/", {"login": user.email, "password": make.PASSWORD})

    said = [visitor.get(path)["Cache-Control"] for visitor in (client, Client())]

    assert all("private" in one and "no-store" in one for one in said)


def test_a_page_with_the_secret_of_a_second_factor_is_not_kept(
    client: Client, db: None
) -> None:
    user = make.author()
    client.post("/accounts/login/", {"login": user.email, "password": make.PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": make.PASSWORD})

    response = client.get("/accounts/2fa/totp/activate/")

    assert "secret" in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "path", ["/", "/articles/", "/editorial-policy/", "/medical-advisory-board/"]
)
def test_a_public_page_says_so(client: Client, db: None, path: str) -> None:
    make.published()

    response = client.get(path)

    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
