"""
The whole story: five people, five browsers, one worker, and a reader in the end.

A draft is written, reviewed, returned, mended, reviewed again, approved, published
and checked, with nothing but what the pages and the mails offer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

from articles.models import Version
from articles.states import Standing
from editorial.models import Event
from reviews.models import Signature
from reviews.states import Meaning
from tests import make, traces
from tests.journeys import doing, writing
from tests.journeys.post import Post
from tests.journeys.seats import Seat

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.conftest import Start
    from tests.journeys.browsing import Browsing

K = Event.Kind
pytestmark = [
    pytest.mark.browser,
    pytest.mark.everywhere,
    pytest.mark.django_db(transaction=True),
]

Photograph = Callable[..., None]
PHONE = 360
REASON = "Say what changes when the kidneys are weak; a reviewer asks for it."


@dataclass
class Cast:
    """Who plays, each at a browser of their own, and where their mail arrives."""

    author: Seat
    editor: Seat
    reviewers: tuple[Seat, Seat]
    chief: Seat
    reader: Page
    post: Post
    photograph: Photograph

    def opens_mail(self, seat: Seat, subject: str) -> None:
        """Follow the link of the newest mail of that subject."""
        seat.tab.goto(self.post.link(seat.user.email, subject))


@pytest.fixture
def worker(
    start_worker: Start,
    live_server: LiveServer,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A real worker whose mails lead to this very server."""
    settings.SITE_URL = live_server.url
    monkeypatch.setenv("SITE_URL", live_server.url)
    monkeypatch.setenv("WORKER_PROCESSES", "1")
    start_worker()


@pytest.fixture
def cast(
    worker: None, browsers: Browsing, mail_folder: Path, photograph: Photograph
) -> Cast:
    people = (
        make.author(name="Marguerite Inkwell", credentials="PharmD"),
        make.editor(name="Otto Paperfield", credentials=""),
        make.reviewer(name="Percival Testcase", specialties=["haematology"]),
        make.reviewer(name="Cordelia Samplewright", specialties=["pharmacy"]),
        make.chief(name="Theodora Galley", credentials="MD, PhD"),
    )
    seats = [Seat(browsers.open(), person) for person in people]
    return Cast(
        author=seats[0],
        editor=seats[1],
        reviewers=(seats[2], seats[3]),
        chief=seats[4],
        reader=browsers.open(),
        post=Post(mail_folder),
        photograph=photograph,
    )


@pytest.mark.long
def test_a_draft_becomes_an_approved_public_article(cast: Cast) -> None:
    everybody_signs_in(cast)
    the_author_writes_and_submits(cast)
    the_editor_sends_it_to_review(cast)
    both_reviewers_report_one_of_them_blocking(cast)
    the_editor_returns_it(cast)
    the_author_answers_with_the_next_version(cast)
    the_editor_sends_the_second_version_and_shows_a_preview(cast)
    a_reader_is_cautioned(cast)
    both_reviewers_are_content(cast)
    the_editor_closes_what_blocked(cast)
    the_chief_editor_approves(cast)
    the_worker_publishes(cast)
    a_reader_finds_every_mark(cast)
    a_reader_follows_a_citation_and_its_way_back(cast)
    a_reader_checks_the_bytes(cast)
    the_record_is_whole(cast)


def everybody_signs_in(cast: Cast) -> None:
    for seat in (cast.author, cast.editor, *cast.reviewers, cast.chief):
        seat.sign_in()
        assert seat.heading in ("My work", "Needs a hand")
        assert seat.tab.url.endswith("/desk/")


def the_author_writes_and_submits(cast: Cast) -> None:
    author = cast.author
    cast.photograph(author.tab, "author-empty-desk")
    author.tab.get_by_role("main").get_by_role("link", name="Write an article").click()
    cast.photograph(author.tab, "author-empty-form")
    doing.write(author, body=writing.BODY + writing.CARELESS)
    cast.photograph(author.tab, "author-filled-form")
    author.press("Save")

    assert author.told == ["Saved.", *writing.DROPPED]
    cast.photograph(author.tab, "author-told-what-was-dropped")
    author.press("Save, then look and submit")
    cast.photograph(author.tab, "author-looks")
    author.press("Submit")
    assert author.told == ["Submitted. The desk has been told."]
    cast.photograph(author.tab, "author-submitted")


def the_editor_sends_it_to_review(cast: Cast) -> None:
    editor = cast.editor
    editor.tab.reload()
    cast.photograph(editor.tab, "editor-desk")
    cast.photograph(editor.tab, "editor-desk", width=PHONE)
    cast.opens_mail(editor, "A version was submitted")
    editor.tab.goto("/desk/")
    editor.take_up(writing.QUESTION, "Send to review")
    send(cast)
    assert editor.told == ["Sent to review. The reviewers have been invited."]
    cast.photograph(editor.tab, "editor-sent")


def send(cast: Cast) -> None:
    editor = cast.editor
    steps = editor.unfold("Send to review")
    editor.choose("Risk tier", "B: treatment or diagnosis")
    steps.get_by_label("Specialty").select_option("Haematology")
    for reviewer in cast.reviewers:
        asked = steps.get_by_role("group", name="Reviewers")
        asked.get_by_label(reviewer.user.name).check()
    cast.photograph(editor.tab, "editor-chooses-reviewers")
    editor.press("Send to review")


def both_reviewers_report_one_of_them_blocking(cast: Cast) -> None:
    content, strict = cast.reviewers
    for reviewer in cast.reviewers:
        cast.opens_mail(reviewer, "You are invited to review")
        assert reviewer.heading == writing.QUESTION
    cast.photograph(content.tab, "reviewer-invited")
    cast.photograph(content.tab, "reviewer-invited", width=PHONE)
    doing.accept(content)
    doing.accept(strict, conflict="I wrote one of the works that are cited.")
    cast.photograph(strict.tab, "reviewer-reads")
    doing.report(content, vote="Approve")
    doing.fill_report(strict, vote="Changes needed")
    doing.comment(
        strict,
        kind="Blocking",
        passage="Half the dose after six months.",
        text="Not when the kidneys are weak; say so.",
    )
    strict.fill("Remarks for the author", "A clear text. One thing must be mended.")
    strict.fill("Private note to the editor", "I can look again within two days.")
    cast.photograph(strict.tab, "reviewer-filled-report")
    cast.photograph(strict.tab, "reviewer-filled-report", width=PHONE)
    doing.sign(strict)
    cast.photograph(strict.tab, "reviewer-signed")


def the_editor_returns_it(cast: Cast) -> None:
    editor = cast.editor
    editor.tab.reload()
    cast.photograph(editor.tab, "editor-sees-reviews")
    step = editor.unfold("Return for changes")
    step.get_by_label("Letter to the authors").fill(REASON)
    editor.press("Return for changes")
    assert editor.told == ["Returned. The author has been told."]


def the_author_answers_with_the_next_version(cast: Cast) -> None:
    author = cast.author
    cast.opens_mail(author, "Your article was returned for changes")
    page = author.tab.get_by_role("main").inner_text()
    assert REASON in page
    assert "Not when the kidneys are weak; say so." in page
    assert "A clear text. One thing must be mended." in page
    names = [reviewer.user.name for reviewer in cast.reviewers]
    assert [name for name in names if name in page] == []
    cast.photograph(author.tab, "author-returned")
    cast.photograph(author.tab, "author-returned", width=PHONE)
    author.press("Open the next draft")
    cast.photograph(author.tab, "author-next-draft")
    doing.plainly(author)
    author.fill("Question", writing.SHARPER_QUESTION)
    author.fill("Text", writing.MENDED)
    author.fill("What changed since the version before", "Weak kidneys are named.")
    author.press("Save")
    assert author.told == ["Saved."]
    doing.answer_everything(author)
    cast.photograph(author.tab, "author-answered")
    doing.look_and_submit(author)


def the_editor_sends_the_second_version_and_shows_a_preview(cast: Cast) -> None:
    editor = cast.editor
    cast.opens_mail(editor, "A version was submitted")
    send(cast)
    step = editor.unfold("Show a preview to the public")
    step.get_by_label("Reason").fill("Readers ask for it.")
    editor.press("Show a preview to the public")
    assert editor.told == ["The preview is public, under a caution banner."]


def a_reader_is_cautioned(cast: Cast) -> None:
    reader, version = cast.reader, the_version()
    reader.goto(f"/articles/{version.article.slug}/")

    cast.photograph(reader, "reader-preview")
    cast.photograph(reader, "reader-preview", width=PHONE)
    assert marks(reader) == {
        "standing": "preview",
        "status": "under-review",
        "current": ["Under review"],
        "cautions": 1,
        "version": "2",
        "sha256": version.sha256,
    }
    assert caution_comes_first(reader)
    reader.goto("/articles/")
    assert writing.SHARPER_QUESTION not in reader.content()


def marks(reader: Page) -> dict[str, Any]:
    """The trust parts of the page, by the attributes that tools find them by."""
    article = reader.locator("article[data-standing]")
    bar = reader.locator("ol[data-review-status]")
    return {
        "standing": article.get_attribute("data-standing"),
        "status": bar.get_attribute("data-review-status"),
        "current": bar.locator('[aria-current="step"] b').all_inner_texts(),
        "cautions": reader.locator("[data-caution]").count(),
        "version": article.get_attribute("data-version"),
        "sha256": article.get_attribute("data-sha256"),
    }


def caution_comes_first(reader: Page) -> bool:
    """Whether the caution stands before the first word of the text itself."""
    return bool(
        reader.evaluate(
            """() => {
              const caution = document.querySelector("[data-caution]");
              const words = [...document.querySelectorAll(".answer, .text")];
              const after = Node.DOCUMENT_POSITION_FOLLOWING;
              return words.length > 1
                && words.every((w) => caution.compareDocumentPosition(w) & after);
            }"""
        )
    )


def both_reviewers_are_content(cast: Cast) -> None:
    for reviewer in cast.reviewers:
        cast.opens_mail(reviewer, "Round 2: your review is asked again")
        assert reviewer.heading == writing.SHARPER_QUESTION
        doing.accept(reviewer)
        doing.report(reviewer, vote="Approve")
    cast.photograph(cast.reviewers[1].tab, "reviewer-second-round")


def the_editor_closes_what_blocked(cast: Cast) -> None:
    editor = cast.editor
    editor.tab.reload()
    cast.photograph(editor.tab, "editor-quorum-reached")
    step = editor.unfold("Close it").first
    step.get_by_label("Reason").fill("Weak kidneys are named now.")
    editor.press("Close the comment")
    assert editor.told == ["The comment is closed."]


def the_chief_editor_approves(cast: Cast) -> None:
    chief = cast.chief
    chief.tab.reload()
    cast.photograph(chief.tab, "chief-desk")
    chief.take_up(writing.SHARPER_QUESTION, "Decide")
    step = chief.unfold("Approve and sign")
    assert the_version().sha256 in step.inner_html()
    chief.fill("Your password", make.PASSWORD)
    cast.photograph(chief.tab, "chief-signs")
    cast.photograph(chief.tab, "chief-signs", width=PHONE)
    chief.press("Approve and sign")
    assert chief.told == [
        "Approved and signed. It is published at once, or at the time you set."
    ]
    cast.photograph(chief.tab, "chief-approved")


def the_version() -> Version:
    return Version.objects.select_related("article").get(number=2)


def the_worker_publishes(cast: Cast) -> None:
    """The author hears of it by mail, and only then can it be read as approved."""
    link = cast.post.link(cast.author.user.email, "Your article is public")
    cast.author.tab.goto(link)
    cast.photograph(cast.author.tab, "author-published")
    assert the_version().article.standing == Standing.PUBLISHED


def a_reader_finds_every_mark(cast: Cast) -> None:
    reader, version = cast.reader, the_version()
    reader.goto("/")
    reader.get_by_role("link", name=writing.SHARPER_QUESTION).click()
    cast.photograph(reader, "reader-article")
    cast.photograph(reader, "reader-article", width=PHONE)
    approval = Signature.objects.get(version=version, meaning=Meaning.APPROVAL)
    assert marks(reader) == {
        "standing": "published",
        "status": "approved",
        "current": ["Approved"],
        "cautions": 0,
        "version": "2",
        "sha256": approval.sha256,
    }
    assert references(reader) == [
        ("ref-1", "paperman2019", "rct"),
        ("ref-2", "margin2021", "systematic_review"),
        ("ref-3", "inkwell2023", "guideline"),
    ]
    assert citations(reader) == [
        ("paperman2019", "1"),
        ("paperman2019", "1"),
        ("margin2021", "2"),
        ("inkwell2023", "3"),
        ("margin2021", "2"),
    ]
    said = " ".join(reader.locator("[data-trust]").all_inner_texts())
    signers = [seat.user.name for seat in (*cast.reviewers, cast.chief)]
    assert [name for name in signers if name in said] == signers


def references(reader: Page) -> list[tuple[str | None, ...]]:
    wanted = ("id", "data-ref", "data-ref-type")
    found = reader.locator("li[data-ref]").all()
    return [tuple(entry.get_attribute(name) for name in wanted) for entry in found]


def citations(reader: Page) -> list[tuple[str | None, str]]:
    found = reader.locator("a[data-citation]").all()
    return [(link.get_attribute("data-citation"), link.inner_text()) for link in found]


def a_reader_follows_a_citation_and_its_way_back(cast: Cast) -> None:
    """From the text to the reference in a popover, to the list, and back to the text."""
    reader = cast.reader
    cited = reader.locator('.text a[data-citation="inkwell2023"]')
    cited.click()
    opened = reader.get_by_role("dialog", name="Reference 3")
    assert "a guideline" in opened.inner_text()
    cast.photograph(reader, "reader-popover")
    opened.get_by_role("link", name="Go to the reference list").click()
    assert reader.url.endswith("#ref-3")
    back = reader.locator("#ref-3 small a")
    back.click()
    assert reader.url.endswith(f"#{cited.get_attribute('id')}")
    assert cited.evaluate("(link) => link.matches(':target')")


def a_reader_checks_the_bytes(cast: Cast) -> None:
    reader = cast.reader
    reader.goto(f"/articles/{the_version().article.slug}/")
    shown = reader.locator("article").get_attribute("data-sha256")
    reader.locator("article").get_by_role("link", name="Record and signatures").click()
    cast.photograph(reader, "reader-record")
    cast.photograph(reader, "reader-record", width=PHONE)
    signed = reader.locator(".signature code").all_inner_texts()
    address = reader.get_by_role("link", name="canonical.json").get_attribute("href")
    assert address
    answer = reader.request.get(address)

    assert hashlib.sha256(answer.body()).hexdigest() == shown
    assert signed.count(shown) == len(["two reviews and", "an approval"]) + 1
    assert writing.SHARPER_QUESTION in answer.json().values()


def the_record_is_whole(cast: Cast) -> None:
    """Every deed once, in order, and not a sign of what is wrong."""
    kinds = Event.objects.filter(article=the_version().article_id).order_by("seq")
    review = [K.ACCEPTED, K.ACCEPTED, K.REPORTED, K.REPORTED]
    again = [K.ACCEPTED, K.REPORTED, K.ACCEPTED, K.REPORTED]
    assert list(kinds.values_list("kind", flat=True)) == [
        *(K.CREATED, K.SUBMITTED, K.SENT_TO_REVIEW, *review, K.RETURNED),
        *(K.REVISED, K.SUBMITTED, K.SENT_TO_REVIEW, K.PREVIEW_SHOWN, *again),
        *(K.COMMENT_RESOLVED, K.APPROVED, K.PUBLISHED),
    ]
    traces.put_declarations_on_record()
    call_command("verify_ledger", stdout=StringIO())
    told = cast.post.subjects(cast.author.user.email)
    # Of the preview a digest tells; the approval may be public before its mail is out.
    assert [subject for subject in told if "approved" not in subject] == sorted(
        [
            "Your article is public",
            "Your article is under review",
            "Your article is under review",
            "Your article was returned for changes",
        ]
    )
