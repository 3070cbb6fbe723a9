"""A clinician who has never seen the program writes a whole article and submits it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from articles.models import Version
from articles.states import VersionState
from articles.works.lookup import Recorded
from tests import make
from tests.journeys import axe
from tests.journeys.desks import Desk
from tests.journeys.doing import look_and_submit
from tests.journeys.test_references import FOUR, an_export, read_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from tests.journeys.browsing import Browsing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]

DOI = "10.5555/kilns.2022"
ANSWER = {
    "message": {
        "DOI": DOI,
        "type": "journal-article",
        "title": ["Slow cooling after firing: a randomised trial"],
        "author": [{"family": "Ember", "given": "Sol"}],
        "container-title": ["Journal of Psychoceramics"],
        "issued": {"date-parts": [[2022, 5]]},
        "volume": "11",
        "page": "31-40",
    }
}

BODIES = {
    "clinician": (
        "<h2>What is known</h2><p>In 80 of 200 pots the crack did not return."
        '<cite data-ref="carberry2019 ember2022"></cite></p>'
        "<h2>Whom to offer it</h2><ul><li>Owners of pots that never leave the table."
        '<cite data-ref="inkwell2021"></cite></li></ul>'
        '<aside class="safety"><p>Do not glaze pots that children eat from.'
        '<cite data-ref="fictional2023"></cite></p></aside>'
        "<table><caption>Cracks by number of coats</caption><thead><tr>"
        '<th scope="col">Glaze</th><th scope="col">Cracks</th></tr></thead>'
        "<tbody><tr><td>One coat</td><td>120 of 200</td></tr></tbody></table>"
    ),
    "patient": (
        "<p>Your pot can be glazed again. It held in 80 of 200 pots."
        '<cite data-ref="carberry2019"></cite></p>'
        '<aside class="safety"><p>Do not let children eat from it.'
        '<cite data-ref="fictional2023"></cite></p></aside>'
    ),
}


@pytest.fixture
def crossref(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    """Let one DOI be looked up, in a recorded answer."""
    settings.WORK_LOOKUP = True
    (tmp_path / "doi").mkdir()
    recorded = tmp_path / "doi" / f"{quote(DOI, safe='')}.json"
    recorded.write_text(json.dumps(ANSWER))
    client = Recorded(tmp_path)
    monkeypatch.setattr("articles.works.lookup.client", lambda **_: client)


def test_a_whole_article_is_written_from_nothing_and_submitted(
    browsers: Browsing, crossref: None, photograph: Callable[..., None]
) -> None:
    author = browsers.seat(make.author(name="Josiah Carberry", credentials="MD"))
    desk = Desk(author)
    author.fill("Question", "Should cracked pots be glazed twice?")
    author.fill("Headline", "Glaze them twice, unless they are to hold food")
    desk.saved()
    version = Version.objects.get()
    begun = f"/desk/versions/{version.pk}/edit/"

    bring_references(author, version)
    author.tab.goto(begun)
    write(desk)
    photograph(author.tab, "written")
    photograph(author.tab, "written", width=360)
    wrong = axe.violations(author.tab)
    answer_findings(desk)
    photograph(author.tab, "answered")
    look_and_submit(author)

    version.refresh_from_db()
    assert version.state == VersionState.SUBMITTED
    titles = [c.csl["title"] for c in version.citations.order_by("position")]
    assert [title.split()[0] for title in titles] == [
        *("Glazes", "Cracked", "Slow", "Kilns", "Clay"),
    ]
    assert {r.audience: r.body for r in version.renditions.all()} == BODIES
    assert [a.reason for a in version.finding_answers.all()] == [
        "They stand on it day and night."
    ]
    assert wrong == []


def bring_references(author: Any, version: Version) -> None:
    author.tab.goto(f"/desk/versions/{version.pk}/references/")
    read_file(author, "pubmed.nbib", an_export().encode())
    author.press("Read them")
    author.press("Add to the draft")
    assert author.told == [f"{len(FOUR)} references added."]
    author.fill("Or paste here", f"https://doi.org/{DOI}")
    author.press("Read them")
    author.press("Look them up")
    author.press("Add to the draft")
    assert author.told == ["1 reference added."]


def write(desk: Desk) -> None:
    desk.text("key_answer").focus()
    desk.type("Offer a second glaze (strong recommendation, moderate certainty).")
    desk.cite("glazes")
    desk.text().focus()
    desk.type("## What is known", "In 80 of 200 pots the crack did not return.")
    desk.cite("cracked")
    desk.cite("slow cool")
    desk.key("Enter")
    desk.type("## Whom to offer it", "- Owners of pots that never leave the table.")
    desk.cite("eight hundred")
    desk.key("Enter", "Enter")
    desk.key("Control+Alt+s")
    desk.type("Do not glaze pots that children eat from.")
    desk.cite("clay")
    desk.key("Enter", "Enter")
    desk.tool("Table").click()
    for place, cell in enumerate(("Glaze", "Cracks", "One coat", "120 of 200")):
        if place:
            desk.key("Tab")
        desk.type(cell)
    desk.key("Tab")
    desk.tool("Remove row", "Table in: Text").click()
    desk.tool("Caption", "Table in: Text").click()
    desk.tab.get_by_label("What the table shows").fill("Cracks by number of coats")
    desk.key("Enter")
    desk.tab.get_by_role("tab", name="Patients").click()
    desk.text("body_patient").focus()
    desk.type("Your pot can be glazed again. It held in 80 of 200 pots.")
    desk.cite("cracked")
    desk.key("Enter", "Control+Alt+s")
    desk.type("Do not let children eat from it.")
    desk.cite("clay")
    desk.key("Control+s")
    desk.saved()


def answer_findings(desk: Desk) -> None:
    """Give a reason for what may stay; nothing of what was written blocks."""
    desk.tab.reload()
    found = desk.tab.locator("[data-found]")
    assert found.get_by_text("Blocks the submission").count() == 0
    told = found.locator(".note").filter(has_text="ABSOLUTE_TERM")
    told.locator("summary").click()
    told.get_by_label("Why it may stay").fill("They stand on it day and night.")
    told.get_by_role("button", name="Save the reason").click()
    desk.tab.wait_for_load_state()
