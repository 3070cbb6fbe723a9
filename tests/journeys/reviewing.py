"""The page of a review in its reviewer's tab, as journeys use it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from editorial.actions import desk
from reviews import checklist
from reviews.models import Assignment, ReviewDraft
from tests import make
from tests.journeys.desks import LATER, SETTLED

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.journeys.browsing import Browsing

PHONE = {"width": 390, "height": 844}
LONG = "".join(f"<p>Sentence {n} of many.</p>" for n in range(60)) + make.BODY
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
