"""Word documents into drafts: who may, what is shown, what is asked, what is stored."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Article, Citation, Version
from editorial import roles
from editorial.actions import authoring
from editorial.actions.authoring import Reference
from editorial.forms import carrying
from tests import make
from tests.articles.word import documents
from tests.articles.word.documents import docx, p
from tests.editorial.views.visitors import (
    complaints,
    found,
    notices,
    parsed,
    text,
)

if TYPE_CHECKING:
    from editorial.models import User
    from tests.editorial.views.brought import Recorded
    from tests.editorial.views.conftest import Visit

NEW = "/desk/articles/new/word/"
POTS = (
    "Carberry J. Cracked pots and the people who mend them. J Psychoceramics. "
    "2019;7(2):11-19. doi:10.5555/pots.2019"
)
GLAZES = "Margin L. Glazes for the long run. J Psychoceramics. 2020;8:1-14."
HEARSAY = "Somebody said so at a dinner."
DOCUMENT = docx(
    p("Do pots crack?", style="Title"),
    p("What is known", style="Heading1"),
    p("They do [1], and glazes help [2, 3]."),
    p("References", style="Heading1"),
    p(f"[1] {POTS}"),
    p(f"[2] {GLAZES}"),
    p(f"[3] {HEARSAY}"),
)
KNOWN = make.item(title="As the library has it", DOI="10.5555/Pots.2019")


def file(data: bytes = DOCUMENT, name: str = "text.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def a_draft(by: User | None = None, **fields: Any) -> tuple[User, Version, str]:
    author = by or make.author()
    version = make.draft(by=author, **fields)
    return author, version, f"/desk/versions/{version.pk}/word/"


def in_the_library(*items: dict[str, Any]) -> None:
    given = tuple(Reference(f"k{n}", item) for n, item in enumerate(items))
    make.draft(references=given, key_answer="", renditions={"clinician": "<p>x</p>"})


def sent(preview: Any) -> dict[str, Any]:
    form = next(f for f in parsed(preview).forms if "put/" in f.get("action", ""))
    return {name: value for name, value in form.form_values() if name}


def main_text(version: Version) -> str:
    return str(version.renditions.get(audience=version.audience).body)


def cited(version: Version) -> list[tuple[str, str]]:
    rows = Citation.objects.filter(version=version).order_by("position")
    return [(row.key, row.work.csl["title"]) for row in rows.select_related("work")]


def test_an_article_is_opened_with_a_document(visit: Visit) -> None:
    in_the_library(KNOWN)
    visitor = visit(make.author())
    before = Article.objects.count()

    preview = visitor.post(NEW, file=file())
    assert preview.status_code == 200
    assert Article.objects.count() == before
    response = visitor.post(f"{NEW}put/", **sent(preview))

    version = Version.objects.order_by("-pk")[0]
    assert response["Location"] == f"/desk/versions/{version.pk}/edit/"
    assert version.question == "Do pots crack?"
    assert cited(version) == [
        ("carberry2024", "As the library has it"),
        ("margin2020", "Glazes for the long run"),
    ]
    assert main_text(version) == (
        "<h2>What is known</h2><p>They do"
        '<cite data-ref="carberry2024"></cite>, and glazes help'
        '<cite data-ref="margin2020"></cite> [3].</p>'
        f"<h2>References not matched</h2><p>[3] {HEARSAY}</p>"
    )


def test_the_document_is_shown_with_what_it_cites(visit: Visit) -> None:
    in_the_library(KNOWN)

    preview = visit(make.author()).post(NEW, file=file())

    [body] = found(preview, '//article[@class="text"]')
    assert [h.text_content() for h in body.iter("h2")] == ["What is known"]
    assert [a.get("href") for a in body.iter("a")] == ["#ref-1", "#ref-2", "#ref-3"]
    surely = "Carberry J. As the library has it. Journal of Psychoceramics. 2024"
    choices = [
        [" ".join(label.text_content().split()) for label in row.iter("label")]
        for row in found(preview, '//ol[@class="refs"]/li')
    ]
    assert choices[0] == [
        f"In the library: {surely};12:101-109. doi:10.5555/Pots.2019",
        "Leave it as [1] in the text",
    ]
    assert choices[2] == []
    assert "it stays as [3], with these words at the end" in text(preview)


@pytest.mark.parametrize("where", ["after", "instead"])
def test_a_document_is_put_into_a_draft(visit: Visit, where: str) -> None:
    author, version, page = a_draft()
    visitor = visit(author)
    preview = visitor.post(page, file=file())

    response = visitor.post(f"{page}put/", **sent(preview) | {"where": where})

    after = make.again(version)
    assert response["Location"] == f"/desk/versions/{version.pk}/edit/"
    assert notices(visitor.get(response["Location"])) == [
        "The document is in the draft."
    ]
    assert main_text(after).startswith(make.BODY) == (where == "after")
    assert "<p>They do" in main_text(after)
    assert [key for key, _ in cited(after)] == [
        *("trial", "review", "carberry2019", "margin2020")
    ]
    assert after.question == version.question
    assert after.key_answer == version.key_answer


def test_where_the_text_goes_is_for_the_author_to_say(visit: Visit) -> None:
    author, version, page = a_draft()
    visitor = visit(author)

    response = visitor.post(f"{page}put/", **sent(visitor.post(page, file=file())))

    assert response.status_code == 422
    assert complaints(response) == ["Say where the text goes."]
    assert main_text(version) == make.BODY


def test_what_the_draft_cites_already_keeps_its_key(visit: Visit) -> None:
    references = (Reference("trial", KNOWN), Reference("review", make.item()))
    author, version, page = a_draft(references=references)
    visitor = visit(author)
    preview = visitor.post(page, file=file())

    visitor.post(f"{page}put/", **sent(preview) | {"where": "after"})

    assert '<p>They do<cite data-ref="trial"></cite>' in main_text(version)
    assert [key for key, _ in cited(version)] == ["trial", "review", "margin2020"]


LIKELY = {
    "title": "Glazes for the long run: a study",
    "author": [{"family": "Margin", "given": "Lou"}],
    "issued": {"date-parts": [[2020]]},
    "DOI": "",
}


def test_a_likely_work_is_asked_about(visit: Visit) -> None:
    in_the_library(make.item(**LIKELY))
    author, version, page = a_draft()
    visitor = visit(author)
    given = sent(visitor.post(page, file=file())) | {"where": "after"}

    response = visitor.post(f"{page}put/", **given)

    assert response.status_code == 422
    assert complaints(response) == ["Say what [2] cites."]
    assert "They do" in text(response)
    assert main_text(version) == make.BODY


@pytest.mark.parametrize(
    ("printed", "choices"),
    [
        ("Host H: Dinners that somebody gave, of last year", 2),
        ("Guest G: Dinners that somebody gave, of last year", 0),
        ("Host H: Dinners, of last year", 0),
    ],
)
def test_a_work_whose_title_and_author_are_printed_is_offered(
    visit: Visit, printed: str, choices: int
) -> None:
    host = {"family": "Host", "given": "H"}
    in_the_library(make.item(title="Dinners that somebody gave", author=[host]))
    entry = p(f"[1] {printed}")
    data = docx(p("They do [1]."), p("References", style="Heading1"), entry)

    preview = visit(make.author()).post(NEW, file=file(data))

    labels = found(preview, '//ol[@class="refs"]//label')
    assert len(labels) == choices


def test_another_work_than_those_offered_is_refused(visit: Visit) -> None:
    in_the_library(KNOWN, make.item())
    other = Citation.objects.get(key="k1").work
    author, version, page = a_draft()
    visitor = visit(author)
    given = sent(visitor.post(page, file=file())) | {"where": "after"}

    response = visitor.post(f"{page}put/", **given | {"match-0": f"work-{other.pk}"})

    assert response.status_code == 422
    assert main_text(version) == make.BODY


def test_a_draft_that_moved_on_is_shown_again(visit: Visit) -> None:
    author, version, page = a_draft()
    visitor = visit(author)
    given = sent(visitor.post(page, file=file())) | {"where": "after"}
    authoring.edit(version.pk, by=author, text=make.text(), seen=None)

    response = visitor.post(f"{page}put/", **given)
    again = visitor.post(f"{page}put/", **sent(response))

    assert response.status_code == 409
    assert "Saved meanwhile" in complaints(response)[0]
    assert again.status_code == 302
    assert main_text(version).count("They do") == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7", "This is a PDF, not a .docx file"),
        (b"PK\x03\x04 and nothing", "The file is damaged"),
        (b"x" * 10_000_001, "The file is larger than 10 MB."),
        (
            documents.zipped(
                documents.parts(p("x"), others={"word/vbaProject.bin": b"x"})
            ),
            "The document holds macros.",
        ),
        (
            documents.zipped(
                documents.parts(p("x"))
                | {
                    "word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]>'
                    + documents.part("document", f"<w:body>{p('x')}</w:body>")
                }
            ),
            "“word/document.xml” in the document declares",
        ),
    ],
)
def test_what_is_no_document_is_refused(
    visit: Visit, data: bytes, sentence: str
) -> None:
    author, version, page = a_draft()
    visitor = visit(author)

    for address in (page, NEW):
        response = visitor.post(address, file=file(data))
        assert response.status_code == 422
        assert complaints(response)[0].startswith(sentence)
    assert make.again(version).revision == version.revision


def test_no_document_at_all_is_said(visit: Visit) -> None:
    response = visit(make.author()).post(NEW)

    assert response.status_code == 422
    assert complaints(response) == ["Choose a Word document."]


HOSTILE = (
    '<script>alert(1)</script><p onclick="x()">Fine<img src=x onerror=y>'
    '<a href="javascript:z()">link</a><svg><script>1</script></svg></p>'
)


def test_a_forged_text_is_cleaned_again(visit: Visit) -> None:
    author, version, page = a_draft()
    forged = json.dumps({"body": HOSTILE, "candidates": [], "question": "x"})

    visit(author).post(
        f"{page}put/", seen=version.revision, carried=forged, where="instead"
    )

    assert main_text(version).split() == ["<p>Fine", "link", "</p>"]


@pytest.mark.parametrize(
    "carried", ["", "{", "[]", json.dumps({"body": "<p>x</p>" * 60_000})]
)
def test_a_forged_document_is_asked_for_again(visit: Visit, carried: str) -> None:
    author, version, page = a_draft()
    visitor = visit(author)

    for address, seen in ((f"{page}put/", version.revision), (f"{NEW}put/", "")):
        response = visitor.post(address, seen=seen, carried=carried, where="instead")
        assert response.status_code == 422
        assert complaints(response) == [carrying.DAMAGED]
    assert main_text(version) == make.BODY


def test_forged_candidates_are_read_as_a_strangers(visit: Visit) -> None:
    author, version, page = a_draft()
    candidates = [
        {"key": "<b>", "number": 1, "raw": "x"},
        {"key": "a", "number": -5, "raw": "<i>x</i>", "guess": {"type": "x"}},
        {"key": "b", "number": [], "raw": None, "doi": {}, "guess": "x", "url": 7},
        "no candidate",
    ]
    body = '<p>One<cite data-ref="a b c"></cite></p>'
    forged = json.dumps({"body": body, "candidates": candidates})

    visit(author).post(
        f"{page}put/",
        seen=version.revision,
        carried=forged,
        where="instead",
        **{"match-0": "text", "match-1": "text"},
    )

    assert main_text(version) == (
        "<p>One [0, 0]</p><h2>References not matched</h2>"
        "<p>[0] &lt;i&gt;x&lt;/i&gt;</p><p>[0] </p>"
    )


NAMED = docx(
    p("They do [1] and [2]."),
    p("References", style="Heading1"),
    p("[1] In a paper of ours, doi:10.5555/known"),
    p("[2] In another, doi:10.5555/unknown"),
)


def test_what_only_names_a_doi_is_looked_up_when_asked(
    visit: Visit, afar: Recorded
) -> None:
    author, version, page = a_draft()
    visitor = visit(author)

    preview = visitor.post(page, file=file(NAMED))
    assert afar.asked == []
    given = sent(preview) | {"where": "instead"}
    answered = visitor.post(f"{page}look-up/", **given)
    visitor.post(f"{page}put/", **sent(answered))

    assert afar.asked == ["10.5555/known", "10.5555/unknown"]
    assert "Nobody knows DOI 10.5555/unknown." in text(answered)
    assert cited(version)[2] == ("carberry2024", "From afar")
    assert '<p>They do<cite data-ref="carberry2024"></cite> and [2].' in main_text(
        version
    )


def test_nothing_of_a_document_leaves_the_house_unless_allowed(
    visit: Visit, afar: Recorded, settings: Any
) -> None:
    settings.WORK_LOOKUP = False
    visitor = visit(make.author())

    preview = visitor.post(NEW, file=file(NAMED))
    answered = visitor.post(f"{NEW}look-up/", **sent(preview))

    assert afar.asked == []
    assert found(preview, '//button[contains(text(), "Look")]') == []
    assert "Looking works up is switched off in this house." in text(answered)


def test_only_its_authors_put_a_document_into_a_draft(visit: Visit) -> None:
    _, version, page = a_draft()

    for address in (page, f"{page}put/", f"{page}look-up/"):
        assert visit(make.author()).post(address).status_code == 404
        assert visit(make.editor()).post(address).status_code == 403
    assert main_text(version) == make.BODY


@pytest.mark.parametrize("role", [roles.EDITOR, roles.REVIEWER, roles.ADMINISTRATOR])
def test_only_authors_open_articles(visit: Visit, role: str) -> None:
    visitor = visit(make.user(role))

    assert visitor.get(NEW).status_code == 403
    assert visitor.post(NEW, file=file()).status_code == 403
    assert visitor.post(f"{NEW}put/").status_code == 403
    assert visitor.post(f"{NEW}look-up/").status_code == 403


def test_what_is_submitted_takes_no_document(visit: Visit) -> None:
    author = make.author()
    version = make.submitted(by=author)
    page = f"/desk/versions/{version.pk}/word/"
    visitor = visit(author)

    assert visitor.get(page).status_code == 409
    assert visitor.post(page, file=file()).status_code == 409
    assert visitor.post(f"{page}put/").status_code == 409


def test_fetching_does_nothing(visit: Visit) -> None:
    author, _, page = a_draft()
    visitor = visit(author)

    assert visitor.get(page).status_code == 200
    assert visitor.get(NEW).status_code == 200
    assert visitor.get(f"{page}put/").status_code == 405
    assert visitor.get(f"{NEW}put/").status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_reading_takes_the_same_number_of_queries(
    visit: Visit, django_assert_num_queries: Any, count: int
) -> None:
    author, _, page = a_draft()
    visitor = visit(author)
    entries = [p(f"[{n}] {GLAZES} {n}") for n in range(1, count + 1)]
    data = docx(p("Text [1]."), p("References", style="Heading1"), *entries)

    with django_assert_num_queries(7):
        visitor.post(page, file=file(data))
