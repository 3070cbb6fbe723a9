"""What authors and reviewers do on their pages, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviews import checklist
from tests import make
from tests.journeys import writing

if TYPE_CHECKING:
    from tests.journeys.seats import Seat


def write(author: Seat, *, body: str = writing.BODY) -> None:
    """Fill the plain form: two references pasted as CSL-JSON, one typed."""
    plainly(author)
    author.fill("Question", writing.QUESTION)
    author.fill("Headline", writing.HEADLINE)
    author.fill("Key answer", writing.KEY_ANSWER)
    author.fill("Text", body)
    author.unfold("Texts for other audiences")
    author.fill("Text for patients", writing.PATIENT_BODY)
    author.fill("Evidence searched on", "2026-10-31")
    author.fill("Topics", "Haematology, Clots")
    author.fill("References as CSL-JSON", writing.PASTED)
    author.unfold("Type one reference")
    author.tab.get_by_label("Kind of evidence").select_option("Guideline")
    for label, text in writing.TYPED.items():
        author.fill(label, text)


def plainly(author: Seat) -> None:
    """Go to the plain form, where scripts run and the editor is there instead."""
    author.tab.goto(f"{author.tab.url.partition('#')[0]}?plain")


def answer_everything(author: Seat) -> None:
    """Say of each request that stands beside the draft that it is done."""
    items = author.tab.locator("[id^=comment-].note")
    for place in range(items.count()):
        items.nth(place).get_by_label("Done", exact=True).check()
        items.nth(place).get_by_role("button", name="Save the answer").click()
        author.tab.wait_for_load_state()
        assert author.told == ["Saved."]


def look_and_submit(author: Seat) -> None:
    author.tab.get_by_role("link", name="Look at it as a reader would").click()
    author.press("Submit")
    assert author.told == ["Submitted. The desk has been told."]


def accept(reviewer: Seat, *, conflict: str = "") -> None:
    line = "Support for this work"
    reviewer.choose(line, "yes" if conflict else "none")
    if conflict:
        reviewer.fill(f"{line}: With whom", conflict)
    reviewer.press("Accept and read the text")
    assert reviewer.told == ["Accepted. Thank you; here is the text."]


def report(reviewer: Seat, *, vote: str) -> None:
    fill_report(reviewer, vote=vote)
    sign(reviewer)


def fill_report(reviewer: Seat, *, vote: str) -> None:
    for item in checklist.ITEMS:
        reviewer.choose(item.text, "yes")
    check_citations(reviewer)
    reviewer.choose("My vote", vote.lower())


def check_citations(reviewer: Seat) -> None:
    """Say of each claim that the work it cites supports it."""
    for claim in reviewer.tab.locator("[data-check]").all():
        claim.get_by_label("supports", exact=True).check()


def sign(reviewer: Seat) -> None:
    look_twice(reviewer)
    reviewer.fill("Your password", make.PASSWORD)
    reviewer.press("Sign and submit")
    assert reviewer.told == ["Signed and handed in. Thank you."]


def look_twice(reviewer: Seat) -> None:
    """Where scripts run, what is to be signed is shown once more."""
    opening = reviewer.tab.get_by_role("button", name="Sign and submit…")
    if opening.count() and not reviewer.tab.locator("dialog[open]").count():
        opening.click()


def comment(reviewer: Seat, *, kind: str, passage: str, text: str) -> None:
    """Fill a new card of the comments; the first row, where no script runs."""
    adding = reviewer.tab.get_by_role("button", name="Add a comment")
    if adding.count():
        adding.click()
    row = reviewer.tab.locator("details.note[open]").last
    if adding.count():
        row.locator(".change > summary").click()
    row.get_by_label("Kind").select_option(kind)
    row.get_by_label("Passage, as it stands in the text").fill(passage)
    row.get_by_label("What you say of it").fill(text)
