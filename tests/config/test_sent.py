"""Everything that comes in can be stored, whichever form or address it comes by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.http import HttpResponse, UnreadablePostError
from django.test import Client, RequestFactory

from config.sent import Storable
from editorial.models import Event, SavedFilter
from reviews.models import ReviewDraft
from tests import make, traces

if TYPE_CHECKING:
    from django.http import HttpRequest

    from editorial.models import User


def passed(request: HttpRequest) -> HttpRequest:
    Storable(lambda _: HttpResponse()).process_view(request, None, (), {})
    return request


def test_it_is_taken_out_of_names_and_of_each_of_several_texts() -> None:
    sent = {"a\0b": ["x\0y", "\0"], "c": ["whole"]}

    request = passed(RequestFactory().post("/?q=%00a%00", sent))

    assert dict(request.POST.lists()) == {"ab": ["xy", ""], "c": ["whole"]}
    assert request.GET.dict() == {"q": "a"}
    with pytest.raises(AttributeError, match="immutable"):
        request.POST["c"] = "other"


def test_what_is_without_it_is_left_as_it_came() -> None:
    request = RequestFactory().post("/?q=a", {"c": "whole"})
    before = request.GET, request.POST

    passed(request)

    assert (request.GET is before[0], request.POST is before[1]) == (True, True)


def test_fields_that_nobody_can_read_are_no_matter_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Broken(RequestFactory().get("/").__class__):
        @property
        def POST(self) -> object:  # noqa: N802  Django's name
            raise UnreadablePostError

    request = RequestFactory().get("/")
    request.__class__ = Broken

    assert passed(request) is request


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_no_form_filter_or_script_of_the_desk_stores_it(db: None) -> None:
    editor, version = make.editor(), make.under_review(tier="C")
    asked = version.assignments.select_related("reviewer").get()
    make.accepted(asked)
    kept = {"name": "My\0 filter", "query": "state=\0submitted"}
    typed = {"saves": 0, "remarks": "One\0 two", "attempt": "x\0y"}

    signed_in(editor).post("/desk/filters/save/", kept)
    signed_in(asked.reviewer).post(f"{asked.get_absolute_url()}save/", typed)
    signed_in(editor).post(
        f"/desk/versions/{version.pk}/return_for_changes/",
        {"seen": make.again(version).revision, "reason": "Shorten\0 it"},
    )

    assert SavedFilter.objects.values_list("name").get() == ("My filter",)
    assert ReviewDraft.objects.get().content == {"remarks": "One two", "attempt": "xy"}
    assert traces.step() == (*("returned", "under_review", "returned", "Shorten it"),)
    assert not Event.objects.filter(payload__contains="\\u0000").exists()
