"""What a page knows of its visitor before it is drawn."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group

from editorial import greeting, people, roles
from tests import make

pytestmark = pytest.mark.django_db


def test_roles_and_notices_are_asked_for_together_and_once(
    django_assert_num_queries: Any,
) -> None:
    editor = make.editor()
    editor.groups.add(Group.objects.get(name=roles.AUTHOR))
    make.submitted()
    visitor = make.fresh(editor)

    with django_assert_num_queries(1):
        found = [greeting.of(visitor) for _ in range(2)]
        known = visitor.roles

    assert found[0] is found[1]
    assert (found[0].unread, found[0].is_demonstration) == (1, False)
    assert known == {roles.AUTHOR, roles.EDITOR}


def test_notices_are_counted_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    editor = make.editor()
    monkeypatch.setattr(greeting, "MOST_UNREAD", 1)

    shown = []
    for _ in range(3):
        shown.append(greeting.of(make.fresh(editor)).unread_shown)
        make.submitted()

    assert shown == [0, 1, "1+"]


def test_a_machine_has_no_roles() -> None:
    people.install()
    system = people.system()
    system.groups.add(Group.objects.get(name=roles.EDITOR))

    greeting.of(system)

    assert system.roles == frozenset()
