"""The read API: what it answers, and that its own description says so."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import jsonschema
import openapi_spec_validator
import pytest
import time_machine
from django.test import Client

from articles.canonical import sha256_hex
from articles.models import Page
from articles.reading.outlets import openapi, schemas
from editorial.actions import authoring, publishing
from tests import make

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from articles.models import Version

HOST = "http://localhost:8000"
LIST = "/api/articles"
OF_ONE = ["", "/versions", "/versions/1", "/references", "/record"]
TAILS = {
    "": ".json",
    "/versions": "/versions.json",
    "/versions/1": "/versions/1/canonical.json",
    "/references": "/references.csl.json",
    "/record": "/record.json",
}


def address(version: Version, tail: str = "") -> str:
    return f"{LIST}/{version.article.slug}{tail}"


def slugs(found: Any) -> list[str]:
    return [row["slug"] for row in found["articles"]]


def check(found: Any, name: str) -> None:
    """Hold an answer against the schema that the description names for it."""
    schema = {
        "$ref": f"#/components/schemas/{name}",
        "components": {"schemas": schemas.ALL},
    }
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.FormatChecker()
    )
    assert [error.message for error in validator.iter_errors(found)] == []


def test_the_description_is_valid(client: Client) -> None:
    found = client.get("/api/openapi.json").json()

    openapi_spec_validator.validate(found)
    assert [*found["paths"]] == [
        LIST,
        *sorted(f"{LIST}/{{slug}}{tail}" for tail in openapi.OF_ONE),
    ]


def test_a_description_that_is_wrong_would_be_seen() -> None:
    wrong = {**openapi.described(), "paths": {LIST: {"get": {"responses": 1}}}}

    with pytest.raises(jsonschema.ValidationError):
        openapi_spec_validator.validate(wrong)


@pytest.mark.parametrize(
    ("tail", "name"),
    [(tail, told[0]) for tail, told in openapi.OF_ONE.items()],
)
def test_each_answer_about_an_article_is_what_the_description_says(
    tail: str, name: str, db: None, client: Client
) -> None:
    version = make.published(
        evidence_searched_on=dt.date(2026, 1, 2),
        renditions={"clinician": make.BODY, "patient": make.PATIENT_BODY},
    )

    response = client.get(address(version, tail.format(number=1)))

    assert response.status_code == 200
    (media_type,) = openapi.described()["paths"][f"{LIST}/{{slug}}{tail}"]["get"][
        "responses"
    ]["200"]["content"]
    assert response["Content-Type"].partition(";")[0] == media_type
    check(response.json(), name)


def test_an_answer_of_another_shape_would_be_seen(db: None, client: Client) -> None:
    found = client.get(address(make.published())).json()

    with pytest.raises(AssertionError, match="Additional"):
        check(found | {"more": 1}, "Article")
    with pytest.raises(AssertionError, match="not a 'date-time'"):
        check(found | {"published_at": "soon"}, "Article")


def test_the_list_says_what_the_articles_say(db: None, client: Client) -> None:
    versions = [make.published(topics=("Heart", "Lungs")) for _ in range(2)]

    found = client.get(LIST).json()

    check(found, "Articles")
    assert found["next"] is None
    whole = [client.get(address(version)).json() for version in reversed(versions)]
    assert found["articles"] == [
        {name: one[name] for name in schemas.SUMMARY} for one in whole
    ]


def test_nothing_pending_is_listed_or_answered(db: None, client: Client) -> None:
    control = make.published()
    hidden = [make.draft(), make.submitted(), make.approved(), make.under_review()]
    publishing.show_preview(hidden[-1].article_id, by=make.editor(), reason="Asked for")

    assert slugs(client.get(LIST).json()) == [control.article.slug]
    for tail in OF_ONE:
        answers = [client.get(address(version, tail)) for version in hidden]
        assert [found.status_code for found in answers] == [404] * 4
        assert client.get(address(control, tail)).status_code == 200
        check(answers[0].json(), "Problem")


def test_the_next_draft_of_a_published_article_stays_hidden(
    db: None, client: Client
) -> None:
    author = make.author()
    version = make.published(by=author)
    draft = authoring.revise(version.pk, by=author)

    found = client.get(address(version)).json()

    assert (found["version"], draft.number) == (1, 2)
    assert client.get(address(version, "/versions/2")).status_code == 404


@pytest.mark.parametrize("tail", OF_ONE)
def test_an_article_is_answered_with_the_bytes_that_are_stored(
    tail: str,
    db: None,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    version = make.published()
    page = Page.objects.get(path=f"/articles/{version.article.slug}{TAILS[tail]}")

    with django_assert_num_queries(2):  # the page, and what the record says of it
        found = client.get(address(version, tail))

    assert (found.content, found["ETag"]) == (bytes(page.body), f'"{page.sha256}"')
    seen = {"If-None-Match": found["ETag"]}
    assert client.get(address(version, tail), headers=seen).status_code == 304


def test_the_bytes_of_a_version_hash_to_what_was_signed(
    db: None, client: Client
) -> None:
    version = make.published()

    found = client.get(address(version, "/versions/1"))

    assert sha256_hex(found.content) == version.sha256


def test_a_damaged_file_is_withheld(db: None, client: Client) -> None:
    version = make.published()
    Page.objects.filter(path__endswith=".json").update(body=b"{}")

    found = client.get(address(version))

    assert found.status_code == 503
    check(found.json(), "Problem")


def test_a_list_goes_on_where_it_ended(db: None, client: Client) -> None:
    versions = [make.published() for _ in range(5)]

    first = client.get(LIST, {"limit": 2}).json()
    make.published()
    pages, further = [first], first["next"]
    while further:
        pages.append(client.get(further.removeprefix(HOST)).json())
        further = pages[-1]["next"]

    assert [slugs(page) for page in pages] == [
        [versions[n].article.slug for n in places] for places in ((4, 3), (2, 1), (0,))
    ]


def test_a_list_is_of_one_topic(db: None, client: Client) -> None:
    version = make.published(topics=("Heart failure",))
    make.published(topics=("Lungs",))

    found = client.get(LIST, {"topic": "heart-failure", "limit": 1}).json()

    assert (slugs(found), found["next"]) == ([version.article.slug], None)


@pytest.mark.parametrize(
    ("since", "count"),
    [
        ("2026-03-05", 1),
        ("2026-03-05T10:00:01Z", 0),
        ("2026-03-05T11:00:00+01:00", 1),
        ("2026-03-05T10:00:00", 1),
    ],
)
def test_a_list_begins_at_a_time(
    since: str, count: int, db: None, client: Client
) -> None:
    version = make.approved()
    with time_machine.travel("2026-03-05T10:00:00Z", tick=False):
        publishing.publish(version.article_id, by=make.chief())

    assert len(slugs(client.get(LIST, {"since": since}).json())) == count


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"limit": "0"}, "limit is a number from 1 to 100."),
        ({"limit": "101"}, "limit is a number from 1 to 100."),
        ({"limit": "x"}, "limit is not one of ours."),
        ({"after": "-1"}, "after is not one of ours."),
        ({"after": "9" * 40}, "after is not one of ours."),
        ({"since": "soon"}, "since is a date, or a time, as ISO 8601 writes it."),
        ({"since": "2026-02-30"}, "since is no day of any calendar."),
        ({"since": "0001-01-01T00:00:00+14:00"}, "since is no day of any calendar."),
        ({"since": "9999-12-31T23:59:59-14:00"}, "since is no day of any calendar."),
    ],
)
def test_a_parameter_that_says_nothing_is_refused(
    asked: dict[str, str], said: str, db: None, client: Client
) -> None:
    found = client.get(LIST, asked)

    assert (found.status_code, found["Content-Type"]) == (
        *(400, "application/problem+json"),
    )
    check(found.json(), "Problem")
    assert found.json()["detail"] == said


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_the_same_whatever_there_is(
    count: int,
    db: None,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        make.published()

    with django_assert_num_queries(2):
        found = client.get(LIST)

    seen = {"If-None-Match": found["ETag"]}
    assert client.get(LIST, headers=seen).status_code == 304


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_written(method: str, db: None, client: Client) -> None:
    version = make.published()

    for path in (LIST, address(version), "/api/openapi.json"):
        assert getattr(client, method)(path).status_code == 405
