"""People signed in, each with a browser of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.editorial.views.brought import Recorded
from tests.editorial.views.visitors import Visitor

if TYPE_CHECKING:
    from collections.abc import Callable

    from editorial.models import User

    Visit = Callable[[User], Visitor]


@pytest.fixture
def visit(db: None) -> Visit:
    """Sign somebody in."""

    def signed_in(user: User) -> Visitor:
        client = Client()
        client.force_login(user)
        return Visitor(client)

    return signed_in


@pytest.fixture
def afar(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Recorded:
    """Let works be looked up, in a record of our own."""
    settings.WORK_LOOKUP = True
    client = Recorded()
    monkeypatch.setattr("articles.works.lookup.client", lambda **_: client)
    return client
