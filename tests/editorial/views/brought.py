"""References on their way into a draft, as tests send them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Citation, Version
from articles.works.lookup import NotLookedUp
from editorial.actions.authoring import Reference
from tests import make
from tests.editorial.views.visitors import parsed

if TYPE_CHECKING:
    from editorial.models import User
    from tests.editorial.views.visitors import Visitor

NBIB = """\
PMID- 31000001
TI  - Cracked pots and the people who mend them.
FAU - Carberry, Josiah
AU  - Carberry J
TA  - J Psychoceramics
JT  - Journal of psychoceramics
DP  - 2019 Mar
VI  - 7
IP  - 2
PG  - 11-9
PT  - Randomized Controlled Trial
AID - 10.5555/pots.2019 [doi]

PMID- 31000002
TI  - Glazes for the long run: a systematic review.
FAU - Margin, Lou
AU  - Margin L
TA  - J Psychoceramics
JT  - Journal of psychoceramics
DP  - 2020
VI  - 8
PG  - 1-14
PT  - Systematic Review
"""


def a_draft(by: User | None = None, **fields: Any) -> tuple[User, Version, str]:
    author = by or make.author()
    version = make.draft(by=author, **fields)
    return author, version, f"/desk/versions/{version.pk}/references/"


def file(data: str | bytes, name: str = "export.nbib") -> SimpleUploadedFile:
    given = data.encode() if isinstance(data, str) else data
    return SimpleUploadedFile(name, given)


def keys(version: Version) -> list[str]:
    rows = Citation.objects.filter(version=version).order_by("position")
    return list(rows.values_list("key", flat=True))


def in_the_library(*items: dict[str, Any]) -> None:
    given = tuple(Reference(f"k{n}", item) for n, item in enumerate(items))
    make.draft(references=given, key_answer="", renditions={"clinician": "<p>x</p>"})


def sent(review: Any) -> dict[str, Any]:
    """The form of the review, as a browser sends it when nothing is touched."""
    form = next(f for f in parsed(review).forms if "add/" in f.get("action", ""))
    return {name: value for name, value in form.form_values() if name}


def add(visitor: Visitor, page: str, given: str, **typed: Any) -> Any:
    review = visitor.post(f"{page}read/", text=given)
    return visitor.post(f"{page}add/", **sent(review) | typed)


class Recorded:
    """Knows one work, and a host that is down."""

    def __init__(self, **_given: Any) -> None:
        self.asked: list[str] = []

    def look_up(self, identifier: str) -> Any:
        self.asked.append(identifier)
        if identifier == "10.5555/down":
            raise NotLookedUp("Crossref did not answer in time.")
        known = identifier == "10.5555/known"
        return make.item(DOI=identifier, title="From afar") if known else None
