"""
The demonstration library: fictional people, real works, every state of the lifecycle.

Each article is brought where it stands by the deeds themselves, one person after the
other, so the library is also a walk through the whole workflow.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from articles import content
from articles.glossary import TermText
from articles.models import Article, Term, Version
from articles.vocabulary import Origin, Reason, Stance
from editorial import ledger, linting, proof, reports, roles, trust
from editorial.actions import (
    answering,
    authoring,
    deciding,
    defining,
    desk,
    library,
    publishing,
    reviewing,
    standing,
)
from editorial.actions import interests as declaring
from editorial.actions.accounts import enroll
from editorial.actions.authoring import DraftText, Reference
from editorial.actions.standing import Said
from editorial.ledger import Deed, Subject
from editorial.models import BoardMember, Event, User
from editorial.people import system
from editorial.reports import Check, Findings, Remark
from reviews import checklist, interests
from reviews.states import Verdict, Vote
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
MACHINE = "A large language model"
SOURCE = "The demonstration library"
SCHEDULED_IN = dt.timedelta(days=30)
PASSWORD_LENGTH = 16
DECLARED_WITHIN = 180


@dataclass(frozen=True, slots=True)
class Piece:
    """One article of the library, as its file tells it."""

    data: dict[str, Any]

    @property
    def demo(self) -> dict[str, Any]:
        return dict(self.data["demo"])

    @property
    def external_id(self) -> str:
        return str(self.data["external_id"])

    def text(self, **changes: Any) -> DraftText:
        data = self.data | changes
        renditions = {data["audience"]: data["body"], **data.get("renditions", {})}
        return DraftText(
            question=data["question"],
            headline=data.get("headline", ""),
            key_answer=data.get("key_answer", ""),
            audience=data["audience"],
            renditions=renditions,
            references=tuple(_cited(data, renditions)),
            **self._made(),
            evidence_searched_on=dt.date.fromisoformat(
                self.demo["evidence_searched_on"]
            ),
            change_summary=data.get("change_summary", ""),
            topics=tuple(data["topics"]),
        )

    def _made(self) -> dict[str, Any]:
        """Where a machine took part the text names it and the day."""
        if not self.data["ai_assisted"]:
            return {"origin": Origin.HUMAN}
        day = dt.date.fromisoformat(self.demo["evidence_searched_on"])
        return {
            "origin": Origin.MACHINE_ASSISTED,
            "origin_tool": MACHINE,
            "origin_on": day,
        }


def _cited(data: dict[str, Any], renditions: dict[str, str]) -> Iterator[Reference]:
    """The references that this very text cites; an earlier one cites fewer."""
    texts = [data.get("key_answer", ""), *renditions.values()]
    cited = {key for text in texts for key in content.cited_keys(text)}
    for item in data["references"]:
        if item["id"] in cited:
            yield Reference(item["id"], item)


def load(password_file: Path) -> str | None:
    """Load what is missing; returns the accounts' password, or None if all was there."""
    missing, unexplained = _missing(), _unexplained()
    if trust.is_demonstration() and not (missing or unexplained):
        return None
    _mark()
    password = kept_password(password_file)
    _people(password)
    for term in unexplained:
        _explain(term)
    for piece in missing:
        STORIES[piece.demo["story"]](piece)
    return password


def _missing() -> list[Piece]:
    known = set(Article.objects.values_list("external_id", flat=True))
    return [piece for piece in pieces() if piece.external_id not in known]


def _unexplained() -> list[dict[str, Any]]:
    """The terms of the library's glossary that were never proposed here."""
    known = set(Term.objects.values_list("name", flat=True))
    terms: list[dict[str, Any]] = json.loads((HERE / "glossary.json").read_text())[
        "terms"
    ]
    return [term for term in terms if term["name"] not in known]


def _explain(term: dict[str, Any]) -> None:
    """Proposed by one and approved by another, but for one that still waits."""
    text = TermText(
        name=term["name"],
        definition=term["definition"],
        spellings=tuple(term["spellings"]),
        source=term.get("source", ""),
    )
    row = defining.propose(by=who(term["by"]), text=text)
    if approver := term.get("approved_by"):
        defining.approve_term(row.pk, by=who(approver))


def _mark() -> None:
    """From now on every page says that this is a demonstration."""
    if trust.is_demonstration():
        return
    with transaction.atomic(durable=True):
        link = ledger.lock_named(trust.DEMONSTRATION)
        ledger.record(link, Subject(), Deed(Event.Kind.LIBRARY_LOADED, system()))


def kept_password(file: Path) -> str:
    """The accounts' common password, made once and kept where only we can read it."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(get_random_string(PASSWORD_LENGTH))
    return file.read_text().strip()


def pieces() -> Iterator[Piece]:
    for file in sorted((HERE / "articles").glob("*.json")):
        yield Piece(json.loads(file.read_text()))


def accounts() -> list[dict[str, Any]]:
    """The people of the library, as their file lists them."""
    return list(json.loads((HERE / "people.json").read_text())["people"])


def _people(password: str) -> None:
    known = set(User.objects.values_list("email", flat=True))
    for person in accounts():
        if person["email"] not in known:
            _arrive(person, password)
    _declare()


def _declare() -> None:
    """Whoever judges has said this year that they have no interests."""
    since = timezone.now() - dt.timedelta(days=DECLARED_WITHIN)
    silent = User.objects.filter(
        email__endswith="@demo.example",
        groups__name__in=[roles.REVIEWER, *roles.DESK],
    ).exclude(declarations__made_at__gt=since)
    for person in silent.distinct().order_by("pk"):
        declaring.declare(by=person, answers=interests.none(interests.GENERAL))


def _arrive(person: dict[str, Any], password: str) -> None:
    user = User.objects.create_user(
        person["email"],
        password,
        name=person["name"],
        credentials=person.get("credentials", ""),
        affiliation=person.get("affiliation", ""),
        is_staff="administrator" in person["roles"],
    )
    user.groups.set(Group.objects.filter(name__in=person["roles"]))
    enroll(user, by=system(), what=SOURCE)
    if board := person.get("board"):
        since = dt.date.fromisoformat(board["since"])
        BoardMember.objects.create(user=user, **board | {"since": since})


def who(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.example")


def _author(piece: Piece) -> User:
    return User.objects.get(email=piece.demo["author"])


def _draft(piece: Piece) -> Version:
    by, text = _author(piece), piece.text()
    library.take_in(by=by, references=text.references, source=SOURCE)
    return authoring.open_article(
        by=by, text=text, external_id=piece.external_id
    ).version


def _submitted(piece: Piece) -> Version:
    return _submit(_draft(piece), piece)


def _submit(version: Version, piece: Piece) -> Version:
    by = _author(piece)
    _answer(version, piece, by=by)
    return authoring.submit(version.pk, by=by, takes_responsibility=True)


def _answer(version: Version, piece: Piece, *, by: User) -> None:
    """Give the reasons that the piece's file has for what is found in it."""
    reasons = piece.demo.get("answers", {})
    for found in linting.of(
        Version.objects.select_related("article").get(pk=version.pk)
    ):
        if found.is_open:
            answering.answer_finding(
                version.pk,
                by=by,
                finding_id=found.finding.id,
                reason=reasons[found.finding.code],
            )


def _withdrawn(piece: Piece) -> None:
    reason = piece.demo["withdraw_reason"]
    authoring.withdraw(_submitted(piece).pk, by=_author(piece), reason=reason)


def _sent(version: Version, piece: Piece) -> Version:
    """Ask as many as the quorum needs, those of the specialty first."""
    tier, specialty = piece.demo["tier"], piece.demo["specialty"]
    board = BoardMember.objects.filter(user__email__endswith="@demo.example")
    fit = sorted(
        board.select_related("user"),
        key=lambda m: (specialty not in m.specialties, m.user.email),
    )
    return desk.send_to_review(
        version.pk,
        by=who("editor"),
        tier=tier,
        specialty=specialty,
        reviewers=[m.user_id for m in fit[: QUORUM[tier].reviewers]],
    )


def _under_review(piece: Piece) -> Version:
    """One reviewer has reported, one has accepted, the others are still asked."""
    version = _sent(_submitted(piece), piece)
    first, second, *_ = version.assignments.select_related("reviewer").order_by("pk")
    _report(first.pk, first.reviewer, piece.demo["remarks"])
    reviewing.accept(second.pk, by=second.reviewer, answers=interests.none())
    return version


def _report(assignment_id: int, by: User, remarks: list[dict[str, Any]]) -> None:
    accepted = reviewing.accept(assignment_id, by=by, answers=interests.none())
    blocks = any(remark["kind"] == "blocking" for remark in remarks)
    findings = Findings(
        checklist={item.code: "yes" for item in checklist.ITEMS},
        vote=Vote.CHANGES if blocks else Vote.MINOR if remarks else Vote.APPROVE,
        comments=tuple(Remark(**remark) for remark in remarks),
        checks=tuple(
            Check(claim.key, claim.text, Verdict.SUPPORTS)
            for claim in reports.claims(accepted.version)
        ),
    )
    proven = proof.Proof(by.pk, timezone.now())
    reviewing.report(assignment_id, by=by, findings=findings, proven=proven)


def _reviewed(version: Version, piece: Piece) -> Version:
    remarks = piece.demo.get("remarks", [])
    for assignment in version.assignments.select_related("reviewer").order_by("pk"):
        _report(assignment.pk, assignment.reviewer, remarks)
        remarks = []
    return Version.objects.select_related("article").get(pk=version.pk)


def _returned(piece: Piece) -> None:
    version = _reviewed(_sent(_submitted(piece), piece), piece)
    reason = piece.demo["return_reason"]
    desk.return_for_changes(version.pk, by=who("editor"), reason=reason)


def _rejected(piece: Piece) -> None:
    version = _reviewed(_sent(_submitted(piece), piece), piece)
    desk.reject(version.pk, by=who("chief"), reason=piece.demo["reject_reason"])


def _approved(version: Version, publish_at: dt.datetime | None = None) -> Version:
    chief = who("chief")
    return deciding.approve(
        version.pk,
        by=chief,
        sha256=version.sha256,
        proven=proof.Proof(chief.pk, timezone.now()),
        publish_at=publish_at,
    )


def _scheduled(piece: Piece) -> None:
    version = _reviewed(_sent(_submitted(piece), piece), piece)
    _approved(version, publish_at=timezone.now() + SCHEDULED_IN)


def _published(piece: Piece) -> Version:
    version = _approved(_reviewed(_sent(_submitted(piece), piece), piece))
    publishing.publish(version.article_id, by=system())
    if said := piece.demo.get("notices"):
        _doubted(version, **said)
    return version


def _doubted(version: Version, *, concern: str, lifted: str) -> None:
    """A concern that two people expressed, and lifted again."""
    of_concern = Said(concern, (Reason.DATA,), Stance.SILENT)
    cleared = Said(lifted, (Reason.CLEARED,), Stance.AGREE)
    for deed, said in (
        (standing.express_concern, of_concern),
        (standing.lift_concern, cleared),
    ):
        first, second = who("editor"), who("chief")
        notice = deed(version.article_id, by=first, said=said, proven=_proof(first))
        standing.confirm(
            version.article_id,
            by=second,
            sha256=notice.sha256,
            proven=_proof(second),
        )


def _proof(by: User) -> proof.Proof:
    return proof.Proof(by.pk, timezone.now())


def _published_twice(piece: Piece) -> None:
    first = {"renditions": {}, "change_summary": "", **piece.demo["first"]}
    earlier = Piece(piece.data | first | {"demo": piece.demo | {"remarks": []}})
    version = _published(earlier)
    author = _author(piece)
    draft = authoring.revise(version.pk, by=author)
    text = piece.text(change_summary=piece.demo["change_summary"])
    library.take_in(by=author, references=text.references, source=SOURCE)
    authoring.edit(draft.pk, by=author, text=text, seen=None)
    again = _submit(draft, piece)
    _approved(_reviewed(_sent(again, piece), piece))
    publishing.publish(version.article_id, by=system())


def _previewed(piece: Piece) -> None:
    version = _sent(_submitted(piece), piece)
    reason = "Shown as an example of a preview; the review is going on."
    publishing.show_preview(version.article_id, by=who("editor"), reason=reason)


STORIES: dict[str, Callable[[Piece], Any]] = {
    "draft": _draft,
    "submitted": _submitted,
    "withdrawn": _withdrawn,
    "under_review": _under_review,
    "returned": _returned,
    "rejected": _rejected,
    "preview": _previewed,
    "approved_scheduled": _scheduled,
    "published": _published,
    "published_second_version": _published_twice,
}
