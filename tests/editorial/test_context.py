"""What every page knows of the house and its visitor."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

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

    assert house(request) == {"demonstration": True, "unread": 1}
