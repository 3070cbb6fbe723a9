"""Every address that the contract names answers as it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from articles.models import Article, Version
from articles.states import Standing
from articles.vocabulary import Audience
from editorial.urls import FILES
from reviews.models import Assignment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import APIRequestContext

    from tests.journeys.browsing import Browsing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.everywhere,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("printed"),
]


def test_every_address_of_the_contract_answers(browsers: Browsing) -> None:
    http = browsers.open().request
    public = Article.objects.get(versions__state="superseded")
    hidden = Article.objects.filter(standing=Standing.UNPUBLISHED)
    path = f"/articles/{public.slug}/"

    assert statuses(http, *lists(), *of_an_article(path)) == {200}
    assert statuses(http, *not_there(path)) == {404}
    assert statuses(http, *(f"/articles/{article.slug}/" for article in hidden)) == {
        404
    }
    assert whom_it_is_for(http, path) == {
        "clinician": (200, None),
        "patient": (200, None),
        "nurse": (302, f"{path}for/clinician/#instead-of-nurse"),
        "student": (302, f"{path}for/clinician/#instead-of-student"),
        "caregiver": (302, f"{path}for/patient/#instead-of-caregiver"),
    }
    for audience in ("nurse", "student", "caregiver"):
        told = http.get(f"{path}for/{audience}/").text()
        assert f'id="instead-of-{audience}"' in told
    assert where_to(http, *at_the_desk()) == {
        address: f"/accounts/login/?next={address}" for address in at_the_desk()
    }


def lists() -> Iterator[str]:
    yield from ("/", "/articles/", "/editorial-policy/", "/medical-advisory-board/")
    yield from (
        "/glossary/",
        "/healthz",
        "/accounts/login/",
        "/accounts/password/reset/",
    )
    yield from ("/robots.txt", "/sitemap.xml", "/feeds/articles.atom")
    yield from ("/corrections/", "/corrections/hold/", "/feeds/corrections.atom")
    yield from ("/api/articles", "/api/openapi.json", "/oai/?verb=Identify")


def of_an_article(path: str) -> Iterator[str]:
    yield from (path, f"{path}versions/", f"{path}record/", f"{path[:-1]}.pdf")
    yield from (f"{path.rstrip('/')}{tail}" for tail in FILES)
    yield from (f"/api{path.rstrip('/')}{tail}" for tail in ("", "/record"))
    for number in (1, 2):
        yield from (
            f"{path}versions/{number}/",
            f"{path}versions/{number}/canonical.json",
        )


def not_there(path: str) -> Iterator[str]:
    yield from ("/articles/nothing/", "/topics/nothing/", "/editorial-policy/99/")
    yield from (f"{path}versions/3/", f"{path}versions/0/", f"{path}for/everybody/")
    yield from ("/articles/?page=2", "/articles/?page=nothing", "/accounts/signup/")


def statuses(http: APIRequestContext, *addresses: str) -> set[int]:
    return {http.get(address).status for address in addresses}


def whom_it_is_for(
    http: APIRequestContext, path: str
) -> dict[str, tuple[int, str | None]]:
    answers = {
        audience: http.get(f"{path}for/{audience}/", max_redirects=0)
        for audience in Audience.values
    }
    return {a: (r.status, r.headers.get("location")) for a, r in answers.items()}


def at_the_desk() -> Iterator[str]:
    version = Version.objects.filter(state="under_review")[0].get_absolute_url()
    assignment = Assignment.objects.order_by("pk")[0].get_absolute_url()
    yield from ("/desk/", "/desk/articles/new/", "/desk/notices/", "/desk/effects/")
    yield from (version, f"{version}edit/", f"{version}approve/", assignment)
    yield from (f"{assignment}report/", "/desk/versions/999999/")


def where_to(http: APIRequestContext, *addresses: str) -> dict[str, str | None]:
    answers = {a: http.get(a, max_redirects=0) for a in addresses}
    return {a: answer.headers.get("location") for a, answer in answers.items()}
