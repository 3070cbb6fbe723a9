"""PDFs, made by WeasyPrint and read back: pages, words, metadata, and no request."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from articles.reading import page, paged, press
from articles.reading.terms import Glossary
from articles.states import Standing
from tests.articles.reading import samples
from tests.articles.reading.test_terms import term

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from articles.reading.facts import Trust

PATH = "/articles/after-naltrexone/"
HERE = f"http://localhost:8000{PATH}"
BASE = "http://localhost:8000/articles/after-naltrexone.pdf"
LONG = samples.BODY + "<h2>More</h2>" + "<p>One more claim, at some length.</p>" * 80
TEXT = samples.text(bodies={"clinician": LONG})
TRUST = samples.trust(TEXT.sha256)
LABELS = {
    Standing.CONCERN: "EXPRESSION OF CONCERN:",
    Standing.HELD: "ON HOLD:",
    Standing.RETRACTED: "RETRACTED:",
    Standing.REMOVED: "REMOVED:",
    Standing.ARCHIVED: "NO LONGER MAINTAINED:",
}
UNRELIABLE = {Standing.ARCHIVED: "do not rely on it alone."}
"""How far, where it is not "any version of it"."""


def document(trust: Trust = TRUST) -> str:
    built = {found.path: found for found in page.build(TEXT, trust)}
    return paged.document(built[PATH].body)


def printed(trust: Trust = TRUST) -> PdfReader:
    return PdfReader(
        io.BytesIO(press.pdf(document(trust), style=paged.style(), base=BASE))
    )


@pytest.fixture(scope="module")
def approved() -> PdfReader:
    return printed()


def words(pdf: PdfReader) -> list[str]:
    """What each page says."""
    return [" ".join(found.extract_text().split()) for found in pdf.pages]


def test_each_page_says_what_stands_behind_it_and_which_it_is(
    approved: PdfReader,
) -> None:
    said = words(approved)

    count = len(said)
    assert count > 3
    for number, text in enumerate(said, start=1):
        assert f"Page {number} of {count}" in text
        assert "Published, version 2, last reviewed 18 Dec 2025" in text
        assert TEXT.question in text
        assert "Demonstration." in text
        assert HERE in text


def test_the_text_its_people_and_its_references_are_there(approved: PdfReader) -> None:
    said = " ".join(words(approved))

    for expected in (
        "Demonstration library. The people are fictional; the works cited are real.",
        *("WRITTEN FOR CLINICIANS", "Agonist treatment is the usual next step"),
        *("Approved by", "Ada Quill, MD, chief editor, 18 Dec 2025", "None declared"),
        *("Tolerance is lower than before.", "Clinical judgement comes first."),
        "Extended-release naltrexone versus buprenorphine-naloxone",
    ):
        assert (expected, expected in said) == (expected, True)
    assert "Cited" not in said


@pytest.mark.parametrize("standing", LABELS)
def test_a_notice_is_on_every_page_and_a_review_on_none(standing: str) -> None:
    pdf = printed(replace(TRUST, standing=standing))

    label = LABELS[Standing(standing)]
    assert [label in text for text in words(pdf)] == [True] * len(pdf.pages)
    assert [text for text in words(pdf) if ", last reviewed" in text] == []
    assert UNRELIABLE.get(Standing(standing), "any version of it.") in words(pdf)[0]
    assert pdf.metadata is not None
    assert pdf.metadata.title == f"{label} {TEXT.question}"


def test_a_caution_is_on_every_page_of_a_text_nobody_approved() -> None:
    pdf = printed(samples.pending(TEXT.sha256))

    said = words(pdf)
    assert ["NOT APPROVED:" in text for text in said] == [True] * len(said)
    assert "Caution: this text is not approved" in said[0]
    assert [text for text in said if "last reviewed" in text.lower()] == []


def test_a_house_with_real_people_does_not_call_itself_a_demonstration() -> None:
    pdf = printed(replace(TRUST, demonstration=False))

    assert "emonstration" not in " ".join(words(pdf))


def test_it_says_what_it_is_to_programs(approved: PdfReader) -> None:
    told = approved.metadata

    assert told == {
        "/Title": TEXT.question,
        "/Author": "Josiah Carberry, MD, Brown University",
        "/Subject": TEXT.headline,
        "/Keywords": f"Published, version 2, SHA-256 {TEXT.sha256}",
        "/Creator": "Imprimatur",
        "/Producer": "WeasyPrint 70.0",
        "/CreationDate": "D:20250204",
        "/ModDate": "D:20251218",
    }


def test_it_is_universally_accessible_as_far_as_it_can_be_read(
    approved: PdfReader,
) -> None:
    """Tagged, in a language, titled, and declared as ISO 14289-1."""
    root: Any = approved.root_object

    assert root["/Lang"] == "en"
    assert root["/MarkInfo"] == {"/Marked": True}
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712  pypdf's own type
    assert root["/StructTreeRoot"]["/K"]
    xmp = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part(>|=\")1", xmp)
    assert [bool(p.get("/StructParents") is not None) for p in approved.pages] == [
        True
    ] * len(approved.pages)


def test_headings_lists_and_tables_are_told_apart(approved: PdfReader) -> None:
    root: Any = approved.root_object

    found = set(tags(root["/StructTreeRoot"]))

    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TH", "/TD"} <= found


def tags(element: Any) -> Iterator[str]:
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        for each in element:
            yield from tags(each)
    elif isinstance(element, dict):
        if "/S" in element:
            yield str(element["/S"])
        yield from tags(element.get("/K", []))


def test_the_same_document_makes_the_same_bytes_anywhere_on_this_machine() -> None:
    given = {"document": document(), "style": paged.style(), "base": BASE}
    program = (
        "import json, sys; from articles.reading import press; "
        "sys.stdout.buffer.write(press.pdf(**json.load(sys.stdin)))"
    )

    made = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            input=json.dumps(given).encode(),
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }

    assert made == {press.pdf(**given)}


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server of somebody else: its address, and what it was asked for."""
    paths: list[str] = []

    class Somebody(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Somebody) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()


def test_nothing_is_fetched_from_anywhere(
    asked: tuple[str, list[str]], tmp_path: Path
) -> None:
    house, paths = asked
    (tmp_path / "secret.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><text y="9">secret</text></svg>'
    )
    addresses = (f"{house}/x", "/own", f"file://{tmp_path}/secret.svg")
    reaching = "".join(
        f'<link rel="stylesheet" href="{at}"><img alt="x" src="{at}">'
        f'<p style="background: url({at})">x</p><object data="{at}">x</object>'
        f"<style>@import url({at});</style>"
        for at in addresses
    )
    style = "".join(
        f"@font-face {{ font-family: y; src: url({at}) }} "
        f"@page {{ background: url({at}) }}"
        for at in addresses
    )

    made = press.pdf(
        f'<html lang="en"><title>x</title>{reaching}<p style="font-family: y">Read me',
        style=style,
        base=f"{house}/articles/",
    )

    assert paths == []
    said = " ".join(words(PdfReader(io.BytesIO(made))))
    assert ("Read me" in said, "secret" in said) == (True, False)


def test_what_a_document_brings_along_is_shown() -> None:
    picture = (
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='90' "
        "height='20'><text y='15'>brought</text></svg>"
    )

    made = press.pdf(
        f'<html lang="en"><title>x</title><img alt="x" src="{picture}">',
        style="",
        base=BASE,
    )

    assert "brought" in " ".join(words(PdfReader(io.BytesIO(made))))


def test_links_lead_to_the_house_and_into_the_document(approved: PdfReader) -> None:
    outside = {
        str(note.get_object()["/A"]["/URI"])
        for found in approved.pages
        for note in found.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    }

    assert HERE in outside
    assert f"{HERE}record/" in outside
    assert "https://example.org/more" in outside
    assert [link for link in outside if not link.startswith("http")] == []
    assert "ref-1" in approved.named_destinations


def test_terms_are_explained_on_paper() -> None:
    told = Glossary((term("claim", definition="What somebody says is so."),), 2)

    said = " ".join(words(printed(replace(TRUST, glossary=told))))

    assert "Terms in this text claim What somebody says is so." in said
    assert "In the glossary" not in said
