"""Kept filters: one's own, named, few, and only for the desk."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from editorial.actions import filters
from editorial.errors import Refused
from editorial.models import SavedFilter
from tests import make, traces

pytestmark = pytest.mark.django_db


def kept() -> list[tuple[int, str, str]]:
    return list(
        SavedFilter.objects.order_by("pk").values_list("owner", "name", "query")
    )


def test_a_name_again_changes_the_filter_and_another_is_added() -> None:
    editor = make.editor()

    for name, query in (("Mine ", "tier=A"), (" Mine", "tier=B"), ("Late", "age=30")):
        filters.keep_filter(by=editor, name=name, query=query)

    assert kept() == [(editor.pk, "Mine", "tier=B"), (editor.pk, "Late", "age=30")]


@pytest.mark.parametrize(
    ("name", "query"),
    [(" ", "tier=A"), ("x" * 61, "tier=A"), ("Mine", ""), ("Mine", "q" * 501)],
)
def test_what_is_unnamed_empty_or_too_long_is_not_kept(name: str, query: str) -> None:
    editor = make.editor()

    with pytest.raises(Refused):
        filters.keep_filter(by=editor, name=name, query=query)

    assert kept() == []


def test_a_filter_is_forgotten_by_its_owner_alone() -> None:
    owner, other = make.editor(), make.chief()
    found = filters.keep_filter(by=owner, name="Mine", query="tier=A")

    assert not filters.forget_filter(found.pk, by=other)
    assert kept() == [(owner.pk, "Mine", "tier=A")]
    assert filters.forget_filter(found.pk, by=owner)
    assert kept() == []


def test_nobody_but_the_desk_keeps_or_forgets() -> None:
    found = filters.keep_filter(by=make.editor(), name="Mine", query="tier=A")
    for person in (make.author(), make.reviewer(), make.editor(is_active=False)):
        with traces.nothing_left(PermissionDenied):
            filters.keep_filter(by=person, name="Mine", query="tier=B")
        with traces.nothing_left(PermissionDenied):
            filters.forget_filter(found.pk, by=person)
