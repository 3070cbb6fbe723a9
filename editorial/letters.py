"""
The letter that sends a version back: its words, and what it asks for by number.

Everything open that was said of the version is numbered with it, reviewers' comments
as the text is read and then the editor's own requests, on through all rounds of an
article, so that no two things asked for share a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Max

from articles import characters, freezing
from articles.canonical import sha256_hex
from articles.passages import Reader
from editorial import ledger
from editorial.errors import Refused
from reviews import items, panel
from reviews.models import Comment, Recommendation
from reviews.standing import Places
from reviews.states import IN_FAVOUR, Advice, AssignmentState, CommentKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from articles.models import Version
    from editorial.ledger import Noted
    from editorial.models import User
    from reviews.models import Assignment

MOST_REQUESTS = 50
REQUEST_LENGTH = 5_000
OPENING = (
    "Thank you for this text. The reviewers have read it; before it can go on, please "
    "answer what is asked for below, point by point, in the next draft."
)


@dataclass(frozen=True, slots=True)
class Request:
    """Something an editor asks of the authors; an optional one may stay unanswered."""

    text: str
    required: bool = True


class Point(NamedTuple):
    """A comment as a letter asks for it, and the number it has or will have."""

    number: int
    kind_label: str
    must_be_answered: bool
    passage: str
    text: str
    replacement: str


def cleaned(requests: Sequence[Request]) -> list[Request]:
    """The requests that say something, within bounds; raises Refused."""
    said = [
        Request(text, request.required)
        for request in requests
        if (text := characters.visible(request.text).strip())
    ]
    if len(said) > MOST_REQUESTS:
        message = f"Ask for at most {MOST_REQUESTS} things; join some of them."
        raise Refused(message)
    if any(len(request.text) > REQUEST_LENGTH for request in said):
        message = f"Keep each request within {REQUEST_LENGTH:,} characters."
        raise Refused(message)
    return said


def number(
    version: Version, requests: Sequence[Request], *, by: User, noted: Noted
) -> None:
    """Number what is open on the version, and put the editor's requests behind it."""
    wanted = [*_fresh(version), *_asked(version, requests, by=by)]
    for place, comment in enumerate(wanted, start=last_number(version) + 1):
        comment.number = place
        ledger.attribute(comment, by=by)
        comment.save()
    noted.rows += wanted
    _forget(version)
    made = [comment.pk for comment in wanted if comment.kind == CommentKind.REQUEST]
    noted.facts |= {"requests": made} if requests else {}


def _forget(version: Version) -> None:
    for name in ("said", "last_number"):
        version.__dict__.pop(name, None)


def last_number(version: Version) -> int:
    """The highest number that a letter of the article gave; read once for a version."""
    known = version.__dict__
    if "last_number" not in known:
        said = Comment.objects.filter(version__article=version.article_id)
        known["last_number"] = said.aggregate(last=Max("number"))["last"]
    return known["last_number"] or 0


def said(version: Version) -> list[Comment]:
    """What is said of it and still open; read once for a version."""
    known = version.__dict__
    if "said" not in known:
        rows = Comment.objects.filter(version=version, resolved_at=None)
        known["said"] = list(rows.order_by("pk"))
    found: list[Comment] = known["said"]
    return found


def points(version: Version) -> list[Point]:
    """What a letter asks for before the editor adds anything, in its order."""
    before = sorted((c.number, c.pk, c) for c in said(version) if c.number)
    fresh = enumerate(_fresh(version), start=last_number(version) + 1)
    numbered = [*((number, row) for number, _, row in before), *fresh]
    return [_point(number, comment) for number, comment in numbered]


def _point(number: int, comment: Comment) -> Point:
    return Point(
        number,
        str(comment.get_kind_display()),
        items.must_be_answered(comment),
        comment.passage,
        comment.text,
        comment.replacement,
    )


def _fresh(version: Version) -> list[Comment]:
    """What has no number yet, in the order of the text; it tells not who said it."""
    found = [c for c in said(version) if c.number is None]
    return _in_order(version, found) if found else []


def _in_order(version: Version, found: Iterable[Comment]) -> list[Comment]:
    freezing.read(version)
    bodies = {r.audience: r.body for r in version.renditions.all()}
    places = Places(Reader(version.key_answer, bodies, str(version.audience)))

    def as_read(comment: Comment) -> tuple[bool, tuple[int, int], str]:
        spot = places.spot(places.anchor(comment))
        place = spot.place if spot else (0, 0)
        return spot is None, place, sha256_hex(comment.text.encode())

    return sorted(found, key=as_read)


def _asked(
    version: Version, requests: Sequence[Request], *, by: User
) -> Iterator[Comment]:
    for request in requests:
        yield Comment(
            version=version,
            author=by,
            kind=CommentKind.REQUEST,
            text=request.text,
            required=request.required,
        )


def opening(version: Version, advice: Advice) -> str:
    """The words a letter begins with: an editor's draft of it, or the house's."""
    drafted = standing(version)
    if drafted and drafted.advice == advice and drafted.letter:
        return drafted.letter
    return OPENING if advice == Advice.RETURN and _reported(version) else ""


def advised(version: Version) -> list[Recommendation]:
    """What editors recommended, the newest first; read once for a version."""
    known = version.__dict__
    if "advised" not in known:
        rows = Recommendation.objects.filter(version=version).select_related("editor")
        known["advised"] = list(rows.order_by("-pk"))
    found: list[Recommendation] = known["advised"]
    return found


def standing(version: Version) -> Recommendation | None:
    """
    The newest advice, unless it fell; as `desk_lists` tells what to decide.

    It fell with a report that came after it, and with a reviewer asked again.
    """
    newest = next(iter(advised(version)), None)
    fell = newest and any(_came_after(row, newest) for row in panel.of(version))
    return None if fell else newest


def _came_after(asked: Assignment, advice: Recommendation) -> bool:
    is_in = asked.state == AssignmentState.REPORTED
    moments = (
        asked.ended_at if is_in else None,
        asked.invited_at if asked.reopens_id else None,
    )
    return any(at > advice.made_at for at in moments if at)


def proposed(version: Version) -> list[Request]:
    """
    What reviewers' remarks ask for, a paragraph each, for the editor to go through.

    A remark of somebody in favour is optional. They stand in no order of reviewers.
    """
    found = {
        paragraph: assignment.report.vote not in IN_FAVOUR
        for assignment in _reported(version)
        for part in assignment.report.remarks.split("\n\n")
        if (paragraph := part.strip())
    }
    ordered = sorted(found, key=lambda text: sha256_hex(text.encode()))
    return [Request(text, found[text]) for text in ordered][:MOST_REQUESTS]


def _reported(version: Version) -> list[Assignment]:
    return [a for a in panel.of(version) if a.state == AssignmentState.REPORTED]
