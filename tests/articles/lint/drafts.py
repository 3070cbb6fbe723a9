"""A draft with nothing to find in it, to be changed one thing at a time."""

import datetime as dt
from typing import Any

from articles.lint import FACTS, Draft, Provenance, Reference

TODAY = dt.date(2026, 5, 1)
CITE = '<cite data-ref="trial"></cite>'
BOTH = '<cite data-ref="trial review"></cite>'

TRIAL = Reference(
    "trial",
    "rct",
    {
        "type": "article-journal",
        "title": "Warm milk before bed: a randomised trial",
        "author": [{"family": "Carberry", "given": "Josiah"}],
        "container-title": "Journal of Psychoceramics",
        "issued": {"date-parts": [[2022, 3]]},
        "DOI": "10.5555/12345678",
    },
)
REVIEW = Reference(
    "review",
    "systematic_review",
    {
        "type": "article-journal",
        "title": "Drinks and sleep: a systematic review",
        "author": [{"family": "Carberry", "given": "Josiah"}],
        "issued": {"date-parts": [[2024]]},
        "PMID": "1",
    },
)

PERFECT: dict[str, Any] = {
    "question": "Does warm milk shorten the time to fall asleep?",
    "headline": "Warm milk and sleep",
    "key_answer": f"Warm milk did not change how soon adults fell asleep.{BOTH}",
    "bodies": {"clinician": f"<h2>Trials</h2><p>Two trials were found.{BOTH}</p>"},
    "references": (TRIAL, REVIEW),
    "authors": ("Josiah Carberry",),
    "facts": FACTS,
    "publishers": ("Carberry Press",),
    "today": TODAY,
}


def perfect(**changes: Any) -> Draft:
    return Draft(**PERFECT | changes)


def body(html: str, **changes: Any) -> Draft:
    """The main text is this, and cites both works besides."""
    bodies = {"clinician": f"{html}<p>Two trials were found.{BOTH}</p>"}
    return perfect(bodies=bodies, **changes)


def patient(html: str, **changes: Any) -> Draft:
    """A rendition for patients beside the main text."""
    return perfect(bodies=PERFECT["bodies"] | {"patient": html}, **changes)


def renditions(main: str, other: str) -> Draft:
    bodies = {"clinician": f"{main}<p>Two trials were found.{BOTH}</p>"}
    return perfect(bodies=bodies | {"patient": other})


def third(kind: str = "rct", **csl: Any) -> Draft:
    """One more reference, which is cited, beside two that are in order."""
    return cited(work(kind, **csl))


def work(kind: str = "rct", key: str = "third", **csl: Any) -> Reference:
    item = {
        "type": "article-journal",
        "title": "A third work",
        "issued": {"date-parts": [[2023]]},
        "DOI": "10.5555/third",
    }
    given = {name.replace("_", "-"): value for name, value in csl.items()}
    kept = {name: value for name, value in (item | given).items() if value}
    return Reference(key, kind, kept)


def cited(*works: Reference, **changes: Any) -> Draft:
    markers = "".join(f'<cite data-ref="{ref.key}"></cite>' for ref in works)
    bodies = {"clinician": f"<p>Trials were found.{BOTH}{markers}</p>"}
    references = (TRIAL, REVIEW, *works)
    return perfect(bodies=bodies, **{"references": references} | changes)


def by_machine(**provenance: Any) -> Provenance:
    given = {"kind": "machine_generated", "tool": "Scribe 2", "date": TODAY}
    return Provenance(**given | provenance)


def noticed(**notices: list[str]) -> Draft:
    """A third work is cited, of which an index says this."""
    return third(custom={"integrity": notices})
