"""The review page as a reviewer works in it: by keys, by thumb, and through mishaps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.sessions.models import Session

from editorial import reports
from editorial.actions import desk
from reviews import checklist
from reviews.models import Assignment, Comment, Report, ReviewDraft
from tests import make
from tests.journeys import axe, doing
from tests.journeys.desks import LATER, SETTLED
from tests.journeys.seats import Seat

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.journeys.browsing import Browsing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
RING = 8
"""Pixels around a field within which its ring is drawn, and some air."""
NEAR = 8
"""Pixels by which a page may move while its bars are drawn anew."""
FIELD = 200
"""Pixels of width that a comment needs to be written in."""
SCROLLED = 900
"""Milliseconds after which a page has scrolled, smoothly, to where a link leads."""
LONG = "".join(f"<p>Sentence {n} of many.</p>" for n in range(60)) + make.BODY
OVER = "You vote “Approve” over 1 blocking comment of your own."
SUGGESTED = {"Suggestion": "Offer the treatment", "Question": "Watch for bleeding"}
DOSE = [item.code for item in checklist.ITEMS].index("doses") + 1


def accepted(body: str) -> Assignment:
    bodies = {"clinician": body, "patient": make.PATIENT_BODY}
    version = make.under_review(tier="C", renditions=bodies)
    return make.accepted(version.assignments.get())


class Review:
    """The page of an accepted review, in its reviewer's tab."""

    def __init__(
        self, browsers: Browsing, assignment: Assignment | None = None, **options: Any
    ) -> None:
        body = options.pop("body", make.BODY)
        self.assignment = assignment or accepted(body)
        self.seat = browsers.seat(make.fresh(self.assignment.reviewer), **options)
        self.tab = self.seat.tab
        self.size = options.get("viewport", {"width": 1280, "height": 800})
        self.open()

    def open(self) -> None:
        self.tab.set_viewport_size(self.size)
        self.tab.goto(self.assignment.get_absolute_url())
        self.state.filter(has_text=re.compile("saved|Saved")).wait_for()

    @property
    def state(self) -> Locator:
        return self.tab.locator("[data-saving]")

    def key(self, *keys: str) -> None:
        for key in keys:
            self.tab.keyboard.press(key)
            self.tab.evaluate(SETTLED)

    def saved(self) -> None:
        self.state.filter(has_text="Saved at").wait_for(timeout=LATER)

    def select(self, words: str) -> None:
        """Select words of one paragraph, as a mouse or a finger would."""
        self.tab.locator(".reading article p").filter(has_text=words).first.evaluate(
            """(paragraph, words) => {
              const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
              for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf(words);
                if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + words.length);
              }
            }""",
            words,
        )

    def write_about(self, words: str) -> bool:
        """Write a question about words; whether they and the writing are in sight."""
        self.select(words)
        self.tab.get_by_role("button", name="Question", exact=True).click()
        self.tab.keyboard.type("For whom?")
        return self.is_in_sight(words) and self.writing_is_in_sight()

    def is_in_sight(self, words: str) -> bool:
        """Whether these marked words stand on the screen with nothing over them."""
        return bool(
            self.tab.evaluate(
                """(words) => {
                  const marked = [...CSS.highlights.values()].flatMap((all) => [...all]);
                  const range = marked.find((found) => String(found) === words);
                  const { left, top, height } = range.getBoundingClientRect();
                  const over = document.elementFromPoint(left + 2, top + height / 2);
                  return over !== null && over.contains(range.startContainer);
                }""",
                words,
            )
        )

    def writing_is_in_sight(self) -> bool:
        """Whether the field in which one types stands on the screen."""
        return bool(
            self.tab.evaluate(
                """() => {
                  const field = document.activeElement;
                  const { left, top } = field.getBoundingClientRect();
                  return document.elementFromPoint(left + 4, top + 8) === field;
                }"""
            )
        )

    @property
    def claims(self) -> Locator:
        return self.tab.locator("[data-check]")

    @property
    def verdicts(self) -> dict[str, str]:
        """What is saved of the citations."""
        content = ReviewDraft.objects.get().content.items()
        return {name: said for name, said in content if name.endswith("-verdict")}

    @property
    def marks(self) -> dict[str, list[str]]:
        """The words that are marked in the text, by kind."""
        found: dict[str, list[str]] = self.tab.evaluate(
            """() => Object.fromEntries([...CSS.highlights].map(([name, ranges]) =>
              [name.replace("review-", ""), [...ranges].map(String)])
              .filter(([, ranges]) => ranges.length))"""
        )
        return found


def test_a_whole_review_by_keyboard_alone(browsers: Browsing) -> None:
    review = Review(browsers)

    review.key("t", "ArrowRight", "Shift+ArrowRight")
    review.tab.get_by_role("toolbar").wait_for()
    review.key("b")
    review.tab.keyboard.type("Whom, and how much?")
    review.tab.keyboard.press("Shift+Tab")
    for number in range(1, len(checklist.ITEMS) + 1):
        review.key(str(number), "Space")
    review.key("v", "Space")
    review.key("j", "k")
    review.key("s")
    review.tab.get_by_role("dialog").wait_for()
    assert "1, 1 of them blocking" in review.tab.get_by_role("dialog").inner_text()
    review.tab.get_by_label("Your password").wait_for()
    assert review.tab.get_by_text(OVER).is_visible()
    review.tab.keyboard.type(make.PASSWORD)
    review.tab.keyboard.press("Tab")
    review.tab.keyboard.press("Enter")

    review.tab.get_by_text("Signed and handed in. Thank you.").wait_for()
    report, comment = Report.objects.get(), Comment.objects.get()
    assert report.checklist == {item.code: "yes" for item in checklist.ITEMS}
    assert (report.vote, comment.kind, comment.part) == (
        *("approve", "blocking", "key_answer"),
    )
    assert comment.passage in "Offer it."
    assert comment.text == "Whom, and how much?"


def test_the_text_is_gone_through_by_key_block_by_block(browsers: Browsing) -> None:
    review = Review(browsers)
    keys = ["t", "t", "t", "t", "Shift+T", "ArrowRight", "Shift+ArrowRight"]

    selected = []
    for key in keys:
        review.key(key)
        selected.append(review.tab.evaluate("String(getSelection()).trim()"))
    review.key("c")
    review.tab.keyboard.type("Which?")
    review.tab.keyboard.press("Shift+Tab")
    review.key("t", "t")

    assert selected == [
        *("Offer", "What", "Offer", "Stop", "Offer", "the", "the treatment"),
    ]
    assert review.marks == {"question": ["the treatment"]}
    assert review.tab.evaluate("String(getSelection()).trim()") == "Stop"


def test_asked_where_a_line_fails_one_stays_where_one_was_reading(
    browsers: Browsing,
) -> None:
    review = Review(browsers, body=LONG)
    review.tab.mouse.wheel(0, 1200)
    review.tab.wait_for_timeout(SCROLLED)
    line = review.tab.locator("[data-line]").nth(2)
    line.get_by_role("radio", name="no", exact=True).check(force=True)
    here = review.tab.evaluate("scrollY")
    line.get_by_role("button", name="Comment on where it fails").click()
    review.tab.wait_for_timeout(SCROLLED)
    wide = review.tab.evaluate("scrollY") - here

    review.tab.set_viewport_size({"width": 390, "height": 844})
    review.tab.evaluate("scrollTo({ top: 1000, behavior: 'instant' })")
    review.tab.wait_for_timeout(SCROLLED)
    line.get_by_role("button", name="Comment on where it fails").click()
    review.tab.wait_for_timeout(SCROLLED)

    assert here > 0
    assert wide == 0
    assert abs(review.tab.evaluate("scrollY") - 1000) < NEAR


def test_the_bar_of_a_review_is_one_row_with_a_request_for_more_time(
    browsers: Browsing,
) -> None:
    assignment = again()
    Assignment.objects.filter(pk=assignment.pk).update(asked_until=assignment.due_at)
    review = Review(browsers, assignment)
    drawn = review.tab.locator(".bar > :visible").evaluate_all(
        """(all) => all.map((one) => one.getBoundingClientRect())
          .map(({ top, height }) => Math.round(top + height / 2))"""
    )

    assert "More time asked for" in review.tab.locator(".bar").inner_text()
    assert max(drawn) - min(drawn) <= 1


def test_a_wrong_password_is_told_clear_of_the_ring_around_its_field(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    browsers.expected.add(422)
    doing.fill_report(review.seat, vote="Approve")
    doing.look_twice(review.seat)
    review.seat.fill("Your password", "not this one")
    review.seat.press("Sign and submit")
    field = review.tab.get_by_label("Your password")
    field.focus()
    told = review.tab.locator("dialog .errorlist li").bounding_box()
    box = field.bounding_box()

    assert told is not None
    assert box is not None
    assert box["y"] - told["y"] - told["height"] >= RING


def test_a_review_killed_in_the_middle_loses_nothing(browsers: Browsing) -> None:
    review = Review(browsers)
    browsers.expected.add(401)
    browsers.ignored.append("net::ERR_INTERNET_DISCONNECTED")
    review.seat.fill("Remarks for the author", "Saved by itself.")
    review.saved()
    Session.objects.all().delete()
    review.seat.fill("Private note to the editor", "Typed after the session died.")
    review.state.filter(has_text="you are signed out").wait_for(timeout=LATER)
    other = Seat(review.tab.context.new_page(), review.seat.user)
    other.sign_in()
    review.saved()
    review.tab.context.set_offline(True)
    review.select("Watch for bleeding")
    review.tab.get_by_role("button", name="Blocking", exact=True).click()
    review.tab.keyboard.type("Typed on a train.")
    review.state.filter(has_text="there is no connection").wait_for(timeout=LATER)
    review.tab.close()

    other.tab.context.set_offline(False)
    review.tab = other.tab
    review.open()
    review.saved()

    draft = ReviewDraft.objects.get().content
    assert draft["remarks"] == "Saved by itself."
    assert draft["note_to_editor"] == "Typed after the session died."
    assert "Typed on a train." in draft.values()
    assert review.marks == {"blocking": ["Watch for bleeding"]}
    assert review.tab.evaluate("Object.keys(localStorage)") == []


def test_a_refused_signature_leaves_a_page_that_goes_on_saving(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    browsers.expected.add(422)
    doing.fill_report(review.seat, vote="Approve")
    doing.look_twice(review.seat)
    review.seat.fill("Your password", "not this one")
    assert review.seat.press("Sign and submit") == 422
    review.saved()
    review.tab.get_by_role("button", name="Go on reading").click()
    review.seat.fill("Remarks for the author", "Typed after the refusal.")

    review.state.filter(has_text="Not saved yet").wait_for()
    review.saved()
    draft = ReviewDraft.objects.get().content
    assert (draft["vote"], draft["remarks"]) == ("approve", "Typed after the refusal.")


def test_the_second_look_leads_to_what_is_missing_before_the_password(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    doing.fill_report(review.seat, vote="Approve")
    review.seat.choose(checklist.ITEMS[DOSE - 1].text, "no")
    review.select("Watch for bleeding")
    review.tab.get_by_role("button", name="Blocking", exact=True).click()
    doing.look_twice(review.seat)
    dialog = review.tab.get_by_role("dialog")
    dialog.get_by_text("Before you can sign:").wait_for()
    said = dialog.get_by_role("listitem").all_inner_texts()
    password = review.tab.get_by_label("Your password")
    asked_at_once = password.is_visible()
    dialog.get_by_role("link", name="Say what you found in this passage.").click()
    review.tab.keyboard.type("For how long?")
    row = review.tab.locator("details.note[open]")
    row.locator(".change > summary").click()
    row.get_by_label("Line that fails here").select_option("doses")

    doing.sign(review.seat)
    assert said == [
        f"“{checklist.ITEMS[DOSE - 1].text}” is answered “No”: {checklist.WHERE}",
        "Say what you found in this passage.",
    ]
    assert not asked_at_once
    assert Comment.objects.get().text == "For how long?"


def test_the_second_look_says_how_many_claims_the_tier_asks_for(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    count = review.claims.count()
    asked = review.tab.locator("[data-asked]")
    review.key("n", "Space", "n", "Space", "ArrowLeft")
    on_the_page = asked.inner_text()
    doing.look_twice(review.seat)
    facts = review.tab.get_by_role("dialog").locator("dl").inner_text()

    said = f"1 of {count} checked; tier C asks for {min(count, 5)}"
    assert on_the_page == f"{said}."
    assert said in facts


def test_without_a_connection_nothing_is_signed_until_it_is_back(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    browsers.ignored.append("net::ERR_INTERNET_DISCONNECTED")
    doing.fill_report(review.seat, vote="Approve")
    review.saved()
    posted: list[str] = []
    review.tab.on("request", lambda sent: posted.append(sent.method))
    review.tab.context.set_offline(True)
    doing.look_twice(review.seat)
    dialog = review.tab.get_by_role("dialog")
    dialog.get_by_text("No connection: you can sign when it is back.").wait_for()
    review.seat.fill("Your password", make.PASSWORD)
    review.tab.keyboard.press("Enter")
    button = dialog.get_by_role("button", name="Sign and submit")
    offered = button.is_enabled()
    sent = posted.copy()

    review.tab.context.set_offline(False)
    dialog.get_by_text("No connection").wait_for(state="hidden")
    review.seat.press("Sign and submit")
    assert (offered, sent) == (False, [])
    assert review.seat.told == ["Signed and handed in. Thank you."]


def test_a_connection_that_breaks_in_the_second_look_takes_the_button_away(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    doing.fill_report(review.seat, vote="Approve")
    review.saved()
    doing.look_twice(review.seat)
    dialog = review.tab.get_by_role("dialog")
    dialog.get_by_text("Looking once more").wait_for(state="hidden")
    review.tab.context.set_offline(True)

    dialog.get_by_text("No connection: you can sign when it is back.").wait_for()
    assert dialog.get_by_role("button", name="Sign and submit").is_disabled()


def test_the_second_look_of_a_window_that_is_behind_leads_to_both_texts(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    browsers.expected.add(409)
    other = review.seat.another_tab()
    other.tab.goto(review.assignment.get_absolute_url())
    other.fill("Remarks for the author", "In the second window.")
    other.tab.locator("[data-saving]").filter(has_text="Saved at").wait_for(
        timeout=LATER
    )

    doing.look_twice(review.seat)
    see = review.tab.get_by_role("dialog").get_by_role("button", name="See both texts")
    see.wait_for()
    asked = review.tab.get_by_label("Your password").is_visible()
    see.click()
    review.tab.get_by_text("From the other window: In the second window.").wait_for()
    assert not asked


def test_who_is_signed_out_is_told_before_a_password_and_signs_once_back(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    browsers.expected.add(401)
    doing.fill_report(review.seat, vote="Approve")
    review.saved()
    review.tab.context.clear_cookies()
    browsers.expected.add(403)
    doing.look_twice(review.seat)
    dialog = review.tab.get_by_role("dialog")
    dialog.get_by_text("You are signed out").wait_for()
    asked = review.tab.get_by_label("Your password").is_visible()

    with review.tab.context.expect_page() as opened:
        dialog.get_by_role("link", name="Sign in").click()
    Seat(opened.value, review.seat.user).type_password()
    review.tab.get_by_label("Your password").wait_for(timeout=LATER)
    review.seat.fill("Your password", make.PASSWORD)
    review.seat.press("Sign and submit")
    assert not asked
    assert review.seat.told == ["Signed and handed in. Thank you."]


def test_the_password_is_empty_whenever_the_second_look_opens(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    doing.fill_report(review.seat, vote="Approve")
    review.saved()
    doing.look_twice(review.seat)
    review.seat.fill("Your password", "letters typed meanwhile")
    review.tab.get_by_role("button", name="Go on reading").click()

    doing.look_twice(review.seat)
    assert review.tab.get_by_label("Your password").input_value() == ""


def test_a_key_without_selected_words_asks_for_them_and_opens_no_card(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    asking = review.tab.get_by_text("Select words first", exact=False)
    for key in "cgb":
        review.key(key)
        asking.locator("visible=true").first.wait_for()
    opened = review.tab.locator("details.note:visible").count()

    review.tab.get_by_role("button", name="Add a comment").click()
    review.tab.keyboard.type("A word about the whole.")
    row = review.tab.locator("details.note[open]")

    assert opened == 0
    assert not review.tab.locator(".asking").is_visible()
    assert row.get_by_label("Passage").input_value() == ""
    assert row.get_by_label("What you say of it").input_value() == (
        "A word about the whole."
    )


@pytest.mark.parametrize("size", [PHONE, None], ids=["phone", "desk"])
def test_a_new_card_says_what_it_is_about_and_asks_only_for_its_words(
    browsers: Browsing, size: Any
) -> None:
    review = Review(browsers, **({"viewport": size} if size else {}))
    review.select("Watch for bleeding")
    review.tab.get_by_role("button", name="Question", exact=True).click()
    row = review.tab.locator("details.note[open]")
    fields = row.locator("textarea:visible, select:visible, input:visible")
    asked = fields.evaluate_all("(all) => all.map((one) => one.labels[0].textContent)")
    in_sight = review.writing_is_in_sight()
    focused = review.tab.evaluate("document.activeElement.name")
    head = " ".join(row.locator("summary").first.inner_text().split())
    review.tab.keyboard.type("For how long?")
    row.locator(".change > summary").click()
    row.get_by_label("Kind").select_option("Blocking")
    review.saved()

    assert [label.strip() for label in asked] == ["What you say of it (optional)"]
    assert focused.endswith("-text")
    assert in_sight
    assert head == "You · question no. 1 Watch for bleeding"
    assert review.marks == {"blocking": ["Watch for bleeding"]}


def test_a_suggestion_stands_in_the_text_and_no_place_is_counted_with_it(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    text = review.tab.locator(".reading .text").first
    for kind, words in SUGGESTED.items():
        review.select(words)
        review.tab.get_by_role("button", name=kind, exact=True).click()
        review.tab.keyboard.type(f"{kind}, in other words")
    review.saved()
    marks, shown = review.marks, text.locator("ins").all_inner_texts()
    text.locator("ins").click()
    card = review.tab.locator("details.note:focus-within [name$=-replacement]")
    went_to = card.input_value()
    content = ReviewDraft.objects.get().content
    plain = reports.parts(review.assignment.version)["clinician"]
    doing.report(review.seat, vote="Approve")
    signed = review.tab.locator(".reading ins").all_inner_texts()

    assert shown == signed == ["Suggestion, in other words"]
    assert marks == {
        "instead": ["Offer the treatment"],
        "question": ["Watch for bleeding"],
    }
    assert went_to == "Suggestion, in other words"
    assert content["comment-2-start"] == str(plain.index(SUGGESTED["Question"]))


def test_a_suggestion_that_is_removed_leaves_the_text_as_it_was(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    text = review.tab.locator(".reading .text").first
    before = text.inner_html()
    review.select("Offer the treatment")
    review.tab.get_by_role("button", name="Suggestion", exact=True).click()
    review.tab.keyboard.type("Give it")
    during = text.inner_html()
    review.tab.get_by_role("button", name="Remove").click()
    review.saved()

    assert during != before
    assert text.inner_html() == before
    assert review.marks == {}


def test_a_refusal_stays_in_sight_and_leads_to_its_field(browsers: Browsing) -> None:
    review = Review(browsers)
    browsers.expected.add(422)
    line = checklist.ITEMS[DOSE - 1].text
    doing.fill_report(review.seat, vote="Approve")
    doing.look_twice(review.seat)
    review.seat.fill("Your password", make.PASSWORD)
    review.tab.locator("[name=check_doses][value=no]").evaluate(
        "(line) => { line.checked = true; }"
    )
    assert review.seat.press("Sign and submit") == 422
    review.saved()
    sentence = f"“{line}” is answered “No”: {checklist.WHERE}"
    complaints = review.seat.complaints
    covered = review.tab.get_by_role("dialog").count()
    summary = review.tab.locator(".errors")
    box = summary.bounding_box()

    review.tab.get_by_role("link", name=sentence).click()
    focused = review.tab.evaluate("document.activeElement.name")
    review.key("ArrowLeft")

    assert sentence in complaints
    assert covered == 0
    assert box
    assert 0 <= box["y"] < review.size["height"]
    assert focused == "check_doses"
    assert sentence not in review.seat.complaints
    assert review.tab.url.endswith(review.assignment.get_absolute_url())


def test_a_tap_says_that_a_work_supports_its_claim_and_more_only_where_it_does_not(
    browsers: Browsing,
) -> None:
    review = Review(browsers, viewport=PHONE, has_touch=True)
    first, second = review.claims.all()[:2]
    answers = first.get_by_role("radio", include_hidden=False)
    offered = answers.evaluate_all("(all) => all.map((one) => one.labels[0].innerText)")
    first.get_by_label("supports", exact=True).tap()
    second.get_by_label("does not", exact=True).tap()
    asked = [claim.get_by_label("Where").is_visible() for claim in (first, second)]
    second.get_by_label("Where").fill("p. 412")
    second.get_by_label("supports", exact=True).tap()
    kept = second.get_by_label("Where").is_visible()
    review.saved()

    assert [word.strip() for word in offered] == [
        *("supports", "partly", "does not", "no access"),
    ]
    assert asked == [False, True]
    assert kept
    assert ReviewDraft.objects.get().content.items() >= {
        ("cite-1-verdict", "supports"),
        ("cite-2-verdict", "supports"),
        ("cite-2-locator", "p. 412"),
    }


def test_claims_are_answered_by_key_and_taken_back(browsers: Browsing) -> None:
    review = Review(browsers)
    count = review.claims.count()
    review.key("n", "Space", "n", "ArrowRight", "ArrowRight", "ArrowLeft")
    review.saved()
    answered = review.verdicts
    review.open()
    review.key("n")
    went_on = review.tab.evaluate("document.activeElement.name")
    [first, *_] = review.claims.all()
    first.locator("summary").click()
    first.get_by_role("button", name="Not checked after all").click()
    review.state.filter(has_text="Not saved yet").wait_for()
    review.saved()
    left = review.verdicts
    for _ in range(1, count):
        review.key("n", "Space")

    assert answered == {"cite-1-verdict": "supports", "cite-2-verdict": "partly"}
    assert went_on == "cite-3-verdict"
    assert left == {"cite-2-verdict": "partly"}
    assert not review.tab.get_by_role("link", name="Next unanswered").is_visible()


def test_an_answer_taken_back_stays_so_when_a_copy_is_brought_back(
    browsers: Browsing,
) -> None:
    review = Review(browsers)
    browsers.ignored.append("net::ERR_INTERNET_DISCONNECTED")
    review.key("n", "Space")
    review.saved()
    review.tab.context.set_offline(True)
    [first, *_] = review.claims.all()
    first.locator("summary").click()
    first.get_by_role("button", name="Not checked after all").click()
    review.state.filter(has_text="there is no connection").wait_for(timeout=LATER)
    other = review.seat.another_tab()
    review.tab.close()
    review.tab = other.tab
    review.tab.context.set_offline(False)
    review.open()
    review.saved()

    assert review.verdicts == {}


def test_two_windows_of_one_review_end_in_a_choice(browsers: Browsing) -> None:
    review = Review(browsers)
    browsers.expected.add(409)
    other = review.seat.another_tab()
    other.tab.goto(review.assignment.get_absolute_url())
    other.fill("Remarks for the author", "In the second window.")
    other.tab.locator("[data-saving]").filter(has_text="Saved at").wait_for(
        timeout=LATER
    )
    review.seat.fill("Remarks for the author", "In the first window.")
    review.tab.get_by_role("button", name="See both texts").click(timeout=LATER)
    review.tab.get_by_label("From the other window").check()
    review.seat.press("Save what I chose")

    assert ReviewDraft.objects.get().content["remarks"] == "In the second window."
    assert (
        review.tab.get_by_label("Remarks for the author").input_value()
        == "In the second window."
    )


def test_a_review_on_a_phone(browsers: Browsing) -> None:
    review = Review(browsers, viewport=PHONE, has_touch=True)
    review.tab.get_by_role("tab", name="For patients").click()
    review.select("Your doctor may offer you this medicine.")
    review.tab.get_by_role("button", name="Suggestion", exact=True).tap()
    review.tab.keyboard.type("Ask your doctor about this medicine.")
    bar = review.tab.get_by_role("navigation", name="Parts of the review")
    bar.get_by_role("link", name="Checklist").tap()
    doing.fill_report(review.seat, vote="Approve with minor changes")
    review.seat.choose(checklist.ITEMS[DOSE - 1].text, "no")
    review.tab.get_by_role("button", name="Comment on where it fails").tap()
    review.tab.get_by_role("tab", name="For clinicians").click()
    review.select("Watch for bleeding")
    review.tab.get_by_role("button", name="Question", exact=True).tap()
    review.tab.keyboard.type("For how long?")
    bar.get_by_role("button", name="Sign").tap()
    review.seat.fill("Your password", make.PASSWORD)
    review.seat.press("Sign and submit")

    assert review.seat.told == ["Signed and handed in. Thank you."]
    found = Comment.objects.order_by("part")
    assert [(c.part, c.kind, c.passage, c.criterion) for c in found] == [
        ("clinician", "question", "Watch for bleeding", "doses"),
        ("patient", "suggestion", "Your doctor may offer you this medicine.", ""),
    ]
    assert Assignment.objects.get().state == "reported"


def test_the_votes_on_a_phone_are_whole_buttons_for_a_thumb(
    browsers: Browsing,
) -> None:
    review = Review(browsers, viewport=PHONE, has_touch=True)

    votes = review.tab.get_by_role("group", name="My vote").locator("label")
    drawn = votes.evaluate_all(
        """(labels) => labels.map((label) => {
          const { borderRadius, fontSize } = getComputedStyle(label);
          const { height, left, top } = label.getBoundingClientRect();
          return [borderRadius, fontSize, height >= 44, `${left} ${top}`];
        })"""
    )
    places = [place.split() for *_, place in drawn]

    assert [style for *style, _ in drawn] == [["6px", "16px", True]] * 4
    assert [len({xy[axis] for xy in places}) for axis in (0, 1)] == [2, 2]


def test_on_a_phone_every_part_of_a_review_is_one_tap_away(browsers: Browsing) -> None:
    review = Review(browsers, body=LONG, viewport=PHONE, has_touch=True)
    bar = review.tab.get_by_role("navigation", name="Parts of the review")
    names = bar.locator("a, button").all_inner_texts()

    reached = []
    for link in bar.get_by_role("link").all():
        link.tap()
        place = review.tab.locator(str(link.get_attribute("href")))
        review.tab.wait_for_timeout(SCROLLED)
        box = place.bounding_box()
        reached.append(box is not None and box["y"] < PHONE["height"] / 2)
    review.tab.set_viewport_size({"width": 320, "height": 700})
    right = [one.bounding_box() for one in bar.locator("a, button").all()][-1]

    assert names == ["Text", "Comments", "Checklist", "Citations", "Vote", "Sign"]
    assert reached == [True] * 5
    assert right is not None
    assert right["x"] + right["width"] == 320


def test_a_review_is_saved_soon_after_typing_stops(browsers: Browsing) -> None:
    review = Review(browsers)

    with review.tab.expect_request("**/save/", timeout=2_500):
        review.seat.fill("Remarks for the author", "Soon.")

    review.saved()
    assert ReviewDraft.objects.get().content["remarks"] == "Soon."


def test_a_signed_claim_has_the_width_of_its_list(browsers: Browsing) -> None:
    review = Review(browsers)
    doing.report(review.seat, vote="Approve")

    lines = review.tab.get_by_role("region", name="Citations checked").locator("li")
    drawn = lines.evaluate_all(
        """(lines) => lines.map((line) =>
          [line, line.firstElementChild].map((one) => one.getBoundingClientRect().width))"""
    )

    assert drawn
    assert [sentence for _, sentence in drawn] == [line for line, _ in drawn]


@pytest.mark.parametrize("size", [PHONE, {"width": 1024, "height": 768}, None])
def test_the_passage_stays_in_sight_while_a_comment_is_written(
    browsers: Browsing, size: Any
) -> None:
    options = {"viewport": size} if size else {}
    review = Review(browsers, body=LONG, **options)
    kept = [review.write_about(words) for words in ("Offer it.", "Watch for bleeding")]
    review.saved()
    if size:
        review.tab.get_by_role("button", name="Done").click()
    again = review.is_in_sight("Watch for bleeding")

    assert kept == [True, True]
    assert again
    assert review.tab.locator(".raised").count() == 0


def again(*said: str) -> Assignment:
    """The accepted review of a second round; in the first its reviewer said this."""
    author = make.author()
    first = make.under_review(by=author, tier="C")
    asked = first.assignments.get()
    comments = tuple(make.Remark("question", words, "Offer the") for words in said)
    make.reported(asked, vote="changes", remarks="For how long?", comments=comments)
    desk.return_for_changes(first.pk, by=make.editor(), reason="See the remarks.")
    second = make.resubmitted(first, by=author)
    sent = make.send(second, tier="C", reviewers=[asked.reviewer])
    return make.accepted(sent.assignments.get())


def test_a_card_that_stands_over_the_page_has_room_for_its_words(
    browsers: Browsing,
) -> None:
    assignment = again(*("How much of it? " * 20 for _ in range(5)))
    review = Review(browsers, assignment)
    review.select("Offer the treatment")
    review.tab.get_by_role("button", name="Question", exact=True).click()

    card = review.tab.locator("details.note.raised")
    field = card.get_by_label("What you say of it").bounding_box()

    assert field is not None
    assert field["width"] >= FIELD
    assert review.writing_is_in_sight()


def test_axe_finds_nothing_on_the_review_of_a_second_round(browsers: Browsing) -> None:
    review = Review(browsers, again())

    assert review.tab.locator(".bar a").all_inner_texts()[:2] == [
        *("To my desk", "Since I last looked"),
    ]
    assert axe.violations(review.tab) == []


def test_axe_finds_nothing_on_a_review(browsers: Browsing) -> None:
    review = Review(browsers)
    review.select("Watch for bleeding")
    review.tab.get_by_role("button", name="Blocking", exact=True).click()
    review.tab.keyboard.type("For how long?")
    review.saved()
    found = axe.violations(review.tab) + axe.violations(review.tab, 1)
    review.open()
    review.tab.get_by_role("button", name="Sign and submit…").click()
    found += axe.violations(review.tab)
    review.open()
    review.tab.get_by_role("button", name="Keys").click()
    found += axe.violations(review.tab)
    review.open()
    doing.report(review.seat, vote="Approve")
    found += axe.violations(review.tab) + axe.violations(review.tab, 1)

    assert found == []
