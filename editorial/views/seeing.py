"""
Who sees which fields of a version: one allow-list for each seat at the table.

Templates print what they are given; nothing reaches them that is not listed here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from articles import freezing, passages
from articles.canonical import sha256_hex
from articles.states import WITH_THE_DESK, VersionState
from editorial import blinding, queries
from editorial.actions import answering
from editorial.blinding import Seat, seat_of
from editorial.models import Event
from reviews import items, panel, standing
from reviews.anchors import Selector
from reviews.models import Comment, Report
from reviews.standing import Places
from reviews.states import AssignmentState, CommentKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from articles.models import Version
    from articles.passages import Spot
    from editorial.blinding import Sight
    from editorial.models import User
    from reviews.anchors import Anchor
    from reviews.models import Assignment

__all__ = ["Seat", "seat_of"]

K = Event.Kind


NOWHERE = Selector("")
REASON_IS_FOR_AUTHORS = frozenset({K.RETURNED, K.REJECTED, K.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class EventSeen:
    """`suggested` is whom somebody named who declined, for the desk alone."""

    label: str
    who: str
    at: dt.datetime
    reason: str
    hash: str
    suggested: str = ""


@dataclass(frozen=True, slots=True)
class CommentSeen:
    """
    A comment with the authors' answer to it.

    `who` and `answered_by` are empty for those who must not know, and so is `state_word`,
    which says whether it is open; `anchor` is where the
    passage stands in this text, and `spot` the block it begins in.
    """

    pk: int
    kind: str
    kind_label: str
    who: str
    text: str
    passage: str
    carried: bool
    resolved_at: dt.datetime | None
    resolution: str
    must_be_answered: bool = False
    answer: str = ""
    answer_label: str = ""
    answer_text: str = ""
    answered_by: str = ""
    answered_at: dt.datetime | None = None
    stamp: str = ""
    replacement: str = ""
    anchor: Anchor | None = None
    spot: Spot | None = None
    part: str = ""
    selector: Selector = NOWHERE
    number: int | None = None
    state_word: str = ""

    @property
    def is_gone(self) -> bool:
        """Whether it was about words that stand here no longer."""
        return bool(self.passage) and self.anchor is None

    @property
    def is_reworded(self) -> bool:
        """Whether other words stand in the place of the passage."""
        return self.anchor is not None and self.anchor.span.reworded


@dataclass(frozen=True, slots=True)
class PeerSeen:
    """Another reviewer's review, as a reviewer sees it who has handed in their own."""

    who: str
    vote: str
    remarks: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class RemarkSeen:
    """What a reviewer wrote to the authors, and the name by which they know them."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class ReviewSeen:
    """An assignment as the desk sees it."""

    pk: int
    who: str
    state: str
    state_label: str
    in_specialty: bool
    promised: dt.datetime | None
    vote: str
    remarks: str
    note: str
    conflict: str


def events(seat: Seat, user: User, version: Version) -> list[EventSeen]:
    known = blinding.sight(user, version)
    return [
        _event(seat, event, known.name(event.actor))
        for event in queries.timeline(version)
        if blinding.shows(seat, user, event)
    ]


def _event(seat: Seat, event: Event, who: str) -> EventSeen:
    reason_is_open = seat.sees_all or (
        seat is Seat.AUTHOR and event.kind in REASON_IS_FOR_AUTHORS
    )
    return EventSeen(
        label=_label(seat, event),
        who=who,
        at=event.at,
        reason=json.loads(event.payload)["reason"] if reason_is_open else "",
        hash=event.hash if seat.sees_all else "",
        suggested=_suggested(event) if seat.sees_all else "",
    )


def _suggested(event: Event) -> str:
    declined = event.assignment if event.kind == K.DECLINED else None
    return declined.suggested if declined else ""


def _label(seat: Seat, event: Event) -> str:
    about = event.assignment if seat.sees_all else None
    if about and about.reviewer_id != event.actor_id:
        return f"{event.get_kind_display()}: {about.reviewer}"
    return str(event.get_kind_display())


def comments(seat: Seat, user: User, version: Version) -> list[CommentSeen]:
    """
    All of them for the desk; for an author, when released; for a reviewer their own.

    Once their own review is in, reviewers see the others' too. What a letter numbered
    stands in its order; the rest, but for the desk, as the text is read, so that no
    order tells who wrote which.
    """
    found = Comment.objects.filter(version=version)
    if seat is Seat.REVIEWER and not blinding.has_submitted(user, version):
        found = found.filter(author=user)
    if seat is Seat.AUTHOR and version.decided_at is None:
        found = found.filter(items.ITEM)
    rows = list(found.select_related("author", "answered_by").order_by("pk"))
    if seat.sees_all:
        version.__dict__["said"] = [r for r in rows if not r.resolved_at]
    return told(seat, user, version, rows)


def told(
    seat: Seat, user: User, version: Version, found: Iterable[Comment]
) -> list[CommentSeen]:
    """
    These comments as somebody in this seat may see them.

    That a reviewer is content with one would tell the authors how they may vote.
    """
    places = Places(_reader(version))
    known = blinding.sight(user, version)
    seen = [_comment(seat, row, places, known) for row in found]
    if seat is Seat.AUTHOR and version.state in WITH_THE_DESK:
        seen = [replace(one, resolved_at=None, state_word="") for one in seen]
    in_order = seen if seat.sees_all else sorted(seen, key=_as_read)
    return sorted(in_order, key=_by_letter)


def _by_letter(comment: CommentSeen) -> tuple[bool, int]:
    """What a letter asked for comes first, in the order of its numbers."""
    return comment.number is None, comment.number or 0


def numbered(found: list[CommentSeen]) -> list[CommentSeen]:
    """What a letter asked for and nobody had closed, in the order of its numbers."""
    return [c for c in found if c.number is not None and c.resolved_at is None]


def decision(seat: Seat, version: Version) -> str:
    """Why it was returned or rejected, for its authors and the desk."""
    reads_it = seat is Seat.AUTHOR or seat.sees_all
    return version.decision_reason if reads_it else ""


def _as_read(comment: CommentSeen) -> tuple[bool, tuple[int, int], str]:
    spot = comment.spot
    shuffled = sha256_hex(comment.text.encode())
    return spot is None, spot.place if spot else (0, 0), shuffled


def response(seat: Seat, version: Version) -> str:
    """The letter to the reviewers; they read it once it is handed in."""
    if seat is Seat.REVIEWER and version.state == VersionState.DRAFT:
        return ""
    return version.response


def _reader(version: Version) -> passages.Reader:
    freezing.read(version)
    bodies = {r.audience: r.body for r in version.renditions.all()}
    return passages.Reader(version.key_answer, bodies, str(version.audience))


def _comment(seat: Seat, row: Comment, places: Places, known: Sight) -> CommentSeen:
    is_request = row.kind == CommentKind.REQUEST
    anchor = places.anchor(row)
    return CommentSeen(
        pk=row.pk,
        kind=row.kind,
        kind_label=str(row.get_kind_display()),
        who="" if is_request and not seat.sees_all else known.name(row.author),
        text=row.text,
        passage=row.passage,
        carried=row.carried_from_id is not None,
        resolved_at=row.resolved_at,
        resolution=row.resolution if seat.sees_all else "",
        must_be_answered=items.must_be_answered(row),
        number=row.number,
        state_word="closed" if row.resolved_at else "open",
        **answer(seat, row),
        stamp=answering.stamp(row),
        replacement=row.replacement,
        anchor=anchor,
        spot=places.spot(anchor),
        part=row.part,
        selector=standing.of(row),
    )


def answer(seat: Seat, row: Comment) -> dict[str, Any]:
    """What the authors answered to it; of whom among them, reviewers are not told."""
    knows_who = bool(row.answer) and seat is not Seat.REVIEWER
    return {
        "answer": row.answer,
        "answer_label": str(row.get_answer_display()) if row.answer else "",
        "answer_text": row.answer_text,
        "answered_by": str(row.answered_by) if knows_who else "",
        "answered_at": row.answered_at,
    }


def reviews(seat: Seat, version: Version) -> list[ReviewSeen]:
    """Every assignment, for the desk and the auditor alone."""
    if not seat.sees_all:
        return []
    specialty = version.article.specialty
    return [_review(row, specialty) for row in panel.of(version)]


def peers(seat: Seat, user: User, version: Version) -> list[PeerSeen]:
    """The other reviews that are in, for a reviewer whose own is; no private note."""
    if seat is not Seat.REVIEWER or not blinding.has_submitted(user, version):
        return []
    known = blinding.sight(user, version)
    found = Report.objects.filter(assignment__version=version)
    others = found.exclude(assignment__reviewer=user)
    rows = others.select_related("assignment__reviewer")
    seen = [
        PeerSeen(
            who=known.name(row.assignment.reviewer),
            vote=row.get_vote_display(),
            remarks=row.remarks,
            is_late=row.late,
        )
        for row in rows
    ]
    return sorted(seen, key=lambda peer: (peer.who, peer.vote))


def remarks_for_author(
    seat: Seat, user: User, version: Version, said: Iterable[CommentSeen] = ()
) -> list[RemarkSeen]:
    """
    What reviewers wrote to the author, once it is decided, by whom; no votes.

    What became a request, word for word, is among `said` and not told twice.
    """
    if seat is not Seat.AUTHOR or version.decided_at is None:
        return []
    reported = version.assignments.filter(state=AssignmentState.REPORTED)
    rows = reported.exclude(report__remarks="").order_by("report__remarks")
    known = blinding.sight(user, version)
    asked = {_one_line(c.text) for c in said if c.kind == CommentKind.REQUEST}
    left = (
        RemarkSeen(known.name(row.reviewer), _but(asked, row.report.remarks))
        for row in rows.select_related("report", "reviewer")
    )
    return [remark for remark in left if remark.text]


def _but(asked: set[str], remarks: str) -> str:
    """The paragraphs that say something which was not `asked`."""
    kept = (p for p in remarks.split("\n\n") if _one_line(p) not in asked)
    return "\n\n".join(kept).strip()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _review(row: Assignment, specialty: str) -> ReviewSeen:
    report = getattr(row, "report", None)
    disclosure = getattr(row, "disclosure", None)
    return ReviewSeen(
        pk=row.pk,
        who=row.reviewer.printed_name,
        state=str(row.state),
        state_label=str(AssignmentState(row.state).label),
        in_specialty=panel.is_from(row, specialty),
        promised=row.due_at or row.respond_by,
        vote=report.get_vote_display() if report else "",
        remarks=report.remarks if report else "",
        note=report.note_to_editor if report else "",
        conflict=disclosure.statement if disclosure else "",
    )
