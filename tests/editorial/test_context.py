"""What every page knows of the house and its visitor."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from editorial.context import house
from editorial.models import Chain
from editorial.trust import DEMONSTRATION
from tests import make

pytestmark = pytest.mark.django_db


def test_a_stranger_has_no_notices() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    assert house(request) == {"demonstration": False, "unread": 0}


def test_notices_are_counted_and_a_demonstration_says_so() -> None:
    editor = make.editor()
    make.submitted()
    Chain.objects.create(name=DEMONSTRATION)
    request = RequestFactory().get("/")
    request.user = editor
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "theirs"

    assert house(request) == {"demonstration": True, "unread": 1}


@pytest.mark.parametrize(
    "path",
    ["/", "/articles/", "/topics/heart/", "/editorial-policy/", "/search/?q=x"],
)
def test_a_page_for_everybody_varies_by_nobodys_cookies(
    path: str, client: Client
) -> None:
    make.published(topics=("Heart",))

    stranger = client.get(path)
    client.force_login(make.editor())
    editor = client.get(path)

    assert (stranger.status_code, stranger.get("Vary")) == (200, None)
    assert editor["Vary"] == "Cookie"
