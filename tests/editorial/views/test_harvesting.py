"""OAI-PMH, as a harvester that somebody else wrote meets it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import httpx2
import oaipmh_scythe.exceptions as mistakes
import pytest
import time_machine
from django.test import Client
from lxml import etree
from oaipmh_scythe import Scythe

from articles.canonical import sha256_hex
from articles.models import Article, Page, Version
from articles.reading.harvest import writing
from editorial.actions import publishing
from editorial.models import Event
from editorial.views import harvesting
from tests import make, tampering, traces
from tests.articles.reading.elsewhere.jats import publishing as publishing_dtd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
PATH = "/oai/"
NAMES = {"o": writing.NAMESPACE, "dc": writing.DC, "j": writing.JATS}
DAY = "2026-03-05"
EMAIL_TYPE = r"\S+@(\S+\.)+\S+"
"""The pattern of emailType in the schema of the protocol."""


def told(request: httpx2.Request) -> httpx2.Response:
    """What this process answers to a request on its way out."""
    response = Client().get(f"{PATH}?{request.url.query.decode()}")
    headers = dict(response.items())
    return httpx2.Response(
        response.status_code, content=response.content, headers=headers
    )


@pytest.fixture
def harvester() -> Iterator[Scythe]:
    """The package's own, but that it asks this process."""
    with Scythe("http://localhost:8000/oai/") as found:
        found._client = httpx2.Client(transport=httpx2.MockTransport(told))  # noqa: SLF001  it offers no other way
        yield found


def asked(**arguments: Any) -> Any:
    response = Client().get(PATH, arguments)
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    return etree.fromstring(response.content)


def error(**arguments: Any) -> str:
    (found,) = asked(**arguments).xpath("o:error/@code", namespaces=NAMES)
    return str(found)


def identifier(version: Version) -> str:
    return f"oai:localhost:articles/{version.article.slug}"


def published_on(day: str, **fields: Any) -> Version:
    version = make.approved(**fields)
    with time_machine.travel(f"{day}T10:00:00Z", tick=False):
        publishing.publish(version.article_id, by=make.chief())
    return make.again(version)


def gone(version: Version) -> None:
    """As a removal will leave it: no longer published, its last publication ended."""
    publication = version.publication
    publication.ended_at = publication.published_at
    publication.save()
    Page.objects.filter(article=version.article_id).delete()


def test_it_says_who_it_is(harvester: Scythe) -> None:
    published_on(DAY)

    found = harvester.identify()

    assert (found.repositoryName, found.protocolVersion) == ("Imprimatur", "2.0")
    assert found.baseURL == "http://localhost:8000/oai/"
    assert found.earliestDatestamp == f"{DAY}T10:00:00Z"
    assert (found.deletedRecord, found.granularity) == (
        *("persistent", "YYYY-MM-DDThh:mm:ssZ"),
    )


@pytest.mark.parametrize(
    ("sender", "told"),
    [
        (None, "desk@demo.example"),
        ("The House <house@example.org>", "house@example.org"),
        ("house@example.org", "house@example.org"),
        ("house@localhost", "house@localhost.localdomain"),
    ],
)
def test_it_says_whom_to_write_to_as_its_schema_wants(
    sender: str | None, told: str, settings: Any
) -> None:
    settings.DEFAULT_FROM_EMAIL = sender or settings.DEFAULT_FROM_EMAIL

    (address,) = asked(verb="Identify").xpath("//o:adminEmail/text()", namespaces=NAMES)

    assert address == told
    assert re.fullmatch(EMAIL_TYPE, address)


def test_it_lists_its_formats_and_sets(harvester: Scythe) -> None:
    version = make.published()

    formats = [found.metadataPrefix for found in harvester.list_metadata_formats()]
    of_one = harvester.list_metadata_formats(identifier=identifier(version))
    sets = [found.setSpec for found in harvester.list_sets()]

    assert formats == [found.metadataPrefix for found in of_one] == ["oai_dc", "jats"]
    assert sets[:8] == [
        "status",
        "status:approved",
        *("status:concern", "status:held", "status:retracted", "status:archived"),
        "specialty",
        "specialty:addiction_medicine",
    ]


def test_a_record_is_in_dublin_core(harvester: Scythe) -> None:
    version = published_on(DAY)
    slug = version.article.slug

    found = harvester.get_record(
        identifier=identifier(version), metadata_prefix="oai_dc"
    )

    assert found.header.datestamp == f"{DAY}T10:00:00Z"
    assert found.header.setSpecs == ["status:approved", "specialty:cardiology"]
    assert found.metadata == {
        "title": [version.question],
        "creator": [version.byline[0]["name"]],
        "subject": ["Cardiology"],
        "description": [version.headline],
        "publisher": ["Imprimatur"],
        "date": [DAY],
        "type": ["Text"],
        "format": ["text/html"],
        "identifier": [f"http://localhost:8000/articles/{slug}/"],
        "relation": [f"http://localhost:8000/articles/{slug}/versions/1/"],
        "language": ["en"],
    }


def test_a_record_is_in_jats(harvester: Scythe) -> None:
    version = make.published()
    page = Page.objects.get(path=f"/articles/{version.article.slug}.xml")

    tree = asked(
        verb="GetRecord", identifier=identifier(version), metadataPrefix="jats"
    )

    (article,) = tree.xpath("//o:metadata/j:article", namespaces=NAMES)
    stored = etree.fromstring(bytes(page.body))
    assert "".join(article.itertext()) == "".join(stored.itertext())
    assert publishing_dtd.problems(bytes(page.body)) == []
    assert {etree.QName(part).namespace for part in article.iter()} == {writing.JATS}


@pytest.mark.parametrize("prefix", ["oai_dc", "jats"])
def test_a_harvest_goes_through_everything_in_pieces(
    prefix: str, harvester: Scythe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harvesting, "AT_ONCE", 2)
    versions = [make.published() for _ in range(5)]

    found = harvester.list_records(metadata_prefix=prefix)
    headers = harvester.list_identifiers(metadata_prefix=prefix)

    names = [identifier(version) for version in versions]
    assert [record.header.identifier for record in found] == names
    assert [header.identifier for header in headers] == names


def test_pieces_are_counted_and_the_last_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(harvesting, "AT_ONCE", 2)
    for _ in range(3):
        make.published()

    first = asked(verb="ListIdentifiers", metadataPrefix="oai_dc")
    (token,) = first.xpath("//o:resumptionToken", namespaces=NAMES)
    last = asked(verb="ListIdentifiers", resumptionToken=token.text)
    (end,) = last.xpath("//o:resumptionToken", namespaces=NAMES)

    assert [(token.get("cursor"), bool(token.text)), (end.get("cursor"), end.text)] == [
        *(("0", True), ("2", None)),
    ]


def test_nothing_pending_is_a_record(harvester: Scythe) -> None:
    control = make.published()
    hidden = [make.draft(), make.submitted(), make.approved(), make.under_review()]
    publishing.show_preview(hidden[-1].article_id, by=make.editor(), reason="Asked for")

    found = harvester.list_identifiers(metadata_prefix="oai_dc")

    assert [header.identifier for header in found] == [identifier(control)]
    for version in hidden:
        arguments = {"identifier": identifier(version), "metadataPrefix": "oai_dc"}
        assert error(verb="GetRecord", **arguments) == "idDoesNotExist"


def test_a_new_version_is_the_same_record_anew(harvester: Scythe) -> None:
    author = make.author()
    first = published_on(DAY, by=author)
    second = make.resubmitted(first, by=author)
    make.report_all(make.send(second))
    make.approve(make.again(second))
    with time_machine.travel("2026-03-08T10:00:00Z", tick=False):
        publishing.publish(first.article_id, by=make.chief())

    (header,) = harvester.list_identifiers(metadata_prefix="oai_dc")

    assert header.identifier == identifier(first)
    assert header.datestamp == "2026-03-08T10:00:00Z"


@pytest.mark.parametrize("prefix", ["oai_dc", "jats"])
def test_what_was_published_once_is_deleted_for_ever(
    prefix: str, harvester: Scythe
) -> None:
    removed, kept = make.published(), make.published()
    gone(removed)

    found = list(harvester.list_records(metadata_prefix=prefix))
    live = harvester.list_records(metadata_prefix=prefix, set_="status:approved")

    assert [(record.header.identifier, record.header.deleted) for record in found] == [
        (identifier(removed), True),
        (identifier(kept), False),
    ]
    assert [record.header.identifier for record in live] == [identifier(kept)]
    one = harvester.get_record(identifier=identifier(removed), metadata_prefix=prefix)
    assert one.header.deleted


@pytest.mark.parametrize(
    ("times", "count"),
    [
        ({}, 2),
        ({"from_": "2026-03-05"}, 2),
        ({"from_": "2026-03-05T10:00:00Z"}, 2),
        ({"from_": "2026-03-05T10:00:01Z"}, 1),
        ({"until": "2026-03-05"}, 1),
        ({"until": "2026-03-05T10:00:00Z"}, 1),
        ({"from_": "2026-03-06", "until": "2026-03-08"}, 1),
        ({"until": "9999-12-30"}, 2),
    ],
)
def test_records_are_chosen_by_their_time(
    times: dict[str, str], count: int, harvester: Scythe
) -> None:
    published_on("2026-03-05")
    published_on("2026-03-08")

    found = harvester.list_identifiers(metadata_prefix="oai_dc", **times)

    assert len(list(found)) == count


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("specialty", 1),
        ("specialty:cardiology", 1),
        ("status", 1),
        ("status:approved", 1),
    ],
)
def test_records_are_chosen_by_their_set(
    name: str, count: int, harvester: Scythe
) -> None:
    make.published()

    found = harvester.list_identifiers(metadata_prefix="oai_dc", set_=name)

    assert len(list(found)) == count


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        ("badVerb", {}),
        ("badVerb", {"verb": "Listen"}),
        ("badVerb", {"verb": ["Identify", "Identify"]}),
        ("badArgument", {"verb": "Identify", "set": "status"}),
        ("badArgument", {"verb": "GetRecord", "identifier": "oai:x"}),
        ("badArgument", {"verb": "ListRecords"}),
        ("badArgument", {"verb": "ListRecords", "metadataPrefix": ["oai_dc", "jats"]}),
        *(
            (
                "badArgument",
                {"verb": "ListRecords", "metadataPrefix": "oai_dc", **times},
            )
            for times in (
                {"from": "soon"},
                {"from": "2026-02-30"},
                {"from": "2026-3-5"},
                {"until": "9999-12-31"},
                {"until": "2026-03-05T10:00:00"},
                {"from": "2026-03-06", "until": "2026-03-05"},
                {"from": "2026-03-05", "until": "2026-03-05T10:00:00Z"},
            )
        ),
        (
            "badArgument",
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "resumptionToken": "x"},
        ),
        ("badResumptionToken", {"verb": "ListRecords", "resumptionToken": "x"}),
        ("badResumptionToken", {"verb": "ListSets", "resumptionToken": "x"}),
        ("cannotDisseminateFormat", {"verb": "ListRecords", "metadataPrefix": "marc"}),
        (
            "idDoesNotExist",
            {"verb": "GetRecord", "identifier": "oai:x", "metadataPrefix": "oai_dc"},
        ),
        ("idDoesNotExist", {"verb": "ListMetadataFormats", "identifier": "oai:x"}),
        *(
            (
                "idDoesNotExist",
                {
                    "verb": "GetRecord",
                    "identifier": f"oai:{unseen}",
                    "metadataPrefix": "oai_dc",
                },
            )
            for unseen in ("\x01", "\x1f", "\ufffe", "\x85")
        ),
        (
            "noRecordsMatch",
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "nobody's"},
        ),
        (
            "noRecordsMatch",
            {"verb": "ListRecords", "metadataPrefix": "jats", "from": "2999-01-01"},
        ),
    ],
)
def test_every_mistake_has_its_name(code: str, arguments: Any) -> None:
    make.published()

    tree = asked(**arguments)

    assert tree.xpath("o:error/@code", namespaces=NAMES) == [code]
    assert [etree.QName(part).localname for part in tree] == [
        *("responseDate", "request", "error")
    ]
    (request,) = tree.xpath("o:request", namespaces=NAMES)
    is_repeated = code not in {"badVerb", "badArgument"}
    assert bool(request.attrib) == is_repeated


def test_a_format_there_is_none_of_is_named_for_a_record() -> None:
    version = make.published()

    arguments = {"identifier": identifier(version), "metadataPrefix": "marc"}
    assert error(verb="GetRecord", **arguments) == "cannotDisseminateFormat"


def test_a_harvester_hears_of_mistakes(harvester: Scythe) -> None:
    with pytest.raises(mistakes.NoRecordsMatch):
        list(harvester.list_records(metadata_prefix="oai_dc"))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("verb", "prefix", "queries"),
    [
        ("ListIdentifiers", "oai_dc", 2),
        ("ListRecords", "oai_dc", 2),
        ("ListRecords", "jats", 4),
    ],
)
def test_a_list_asks_the_same_whatever_there_is(
    verb: str,
    prefix: str,
    queries: int,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        make.published()

    with django_assert_num_queries(queries):
        asked(verb=verb, metadataPrefix=prefix)


@pytest.mark.parametrize(
    "forged", [{"body": b"<x/>"}, {"body": b"<x/>", "sha256": sha256_hex(b"<x/>")}]
)
def test_a_damaged_file_stops_the_harvest_for_a_while(forged: Any) -> None:
    version = make.published()
    arguments = {"verb": "ListRecords", "metadataPrefix": "jats"}
    file = Page.objects.filter(path=f"/articles/{version.article.slug}.xml")
    file.update(**forged)

    response = Client().get(PATH, arguments)

    assert (response.status_code, response["Retry-After"]) == (503, "600")
    assert (
        Client().get(PATH, {**arguments, "metadataPrefix": "oai_dc"}).status_code == 200
    )


def test_a_text_that_nobody_approved_stops_it_too() -> None:
    version = make.published()
    arguments = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
    assert identifier(version).encode() in Client().get(PATH, arguments).content
    with tampering.unguarded():
        Version.objects.filter(pk=version.pk).update(
            headline="Forged", sha256=sha256_hex(b"Forged")
        )

    response = Client().get(PATH, arguments)

    assert (response.status_code, b"Forged" in response.content) == (503, False)
    assert traces.said()["facts"] == {"damaged_text": 1}


@pytest.mark.parametrize("prefix", ["oai_dc", "jats"])
def test_what_is_damaged_is_left_out_and_the_rest_goes_on(prefix: str) -> None:
    first, damaged, last = [make.published() for _ in range(3)]
    with tampering.unguarded():
        Version.objects.filter(pk=damaged.pk).update(sha256=sha256_hex(b"Forged"))

    listed = Client().get(PATH, {"verb": "ListRecords", "metadataPrefix": prefix})

    there = [identifier(v).encode() in listed.content for v in (first, damaged, last)]
    assert (listed.status_code, there) == (200, [True, False, True])
    assert traces.said()["facts"] == {"damaged_text": 1}


def test_damaged_files_are_left_out_and_the_desk_hears_of_each() -> None:
    published = [make.published() for _ in range(4)]
    for version in published[1:3]:
        path = f"/articles/{version.article.slug}.xml"
        Page.objects.filter(path=path).update(body=b"<x/>")

    listed = Client().get(PATH, {"verb": "ListRecords", "metadataPrefix": "jats"})

    there = [identifier(v).encode() in listed.content for v in published]
    assert (listed.status_code, there) == (200, [True, False, False, True])
    assert Event.objects.filter(kind="page_withheld").count() == 2


def test_a_file_that_is_not_stored_yet_stops_it_too() -> None:
    version = make.published()
    Page.objects.filter(path=f"/articles/{version.article.slug}.xml").delete()

    response = Client().get(PATH, {"verb": "ListRecords", "metadataPrefix": "jats"})

    assert response.status_code == 503


def test_it_may_be_asked_by_post() -> None:
    version = make.published()
    arguments = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}

    response = Client(enforce_csrf_checks=True).post(PATH, arguments)

    assert identifier(version).encode() in response.content
    assert Article.objects.count() == 1
