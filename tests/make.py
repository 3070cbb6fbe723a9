"""
People and texts for tests, made by the deeds themselves, so that every row is real.

Each maker returns rows as the database has them; names count up, so two are never
the same person or question.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.utils import timezone

from articles.models import Article, Notice, Version
from articles.vocabulary import MACHINE_MADE, Origin, Specialty, Stance, Tier
from editorial import noticing, people, proof, reports, roles
from editorial.actions import (
    accounts,
    answering,
    authoring,
    deciding,
    desk,
    library,
    publishing,
    reviewing,
    standing,
)
from editorial.actions.authoring import DraftText, Reference
from editorial.actions.blinding import change_blinding
from editorial.models import BoardMember, User
from editorial.reports import Check, Findings, Remark
from reviews import checklist, interests, items
from reviews.models import Assignment, CitationCheck, Declaration, Report
from reviews.states import AssignmentState, Verdict, Vote
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from collections.abc import Iterable

PASSWORD = "correct horse battery staple"
ENROLLED = "Was there from the first day"
TAKE_PART = frozenset({roles.REVIEWER, *roles.DESK})
"""Roles in which nobody acts without a declaration of interests."""

CARDIOLOGY = Specialty.CARDIOLOGY

declared: set[tuple[int, str]] = set()
"""What `declaration` made without its deed: its key, and whose it is by the address."""

unrecorded: dict[tuple[int, str], frozenset[str]] = {}
"""The roles that `user` gave without an event: to a key and the address it has."""

_count = itertools.count(1)

BODY = (
    "<h2>What to do</h2><p>Offer the treatment that the trial tested."
    '<cite data-ref="trial"></cite> Watch for bleeding (strong recommendation).'
    '<cite data-ref="review"></cite></p>'
    '<aside class="safety"><p>Stop it before surgery.<cite data-ref="trial"></cite></p>'
    "</aside>"
)
PATIENT_BODY = (
    "<p>Your doctor may offer you this medicine."
    '<cite data-ref="review"></cite></p>'
    '<aside class="safety"><p>Stop it before an operation.'
    '<cite data-ref="review"></cite></p></aside>'
)


def item(**fields: Any) -> dict[str, Any]:
    """A CSL-JSON item of a trial that nobody ran."""
    number = next(_count)
    return {
        "type": "article-journal",
        "title": f"A trial of treatment {number}",
        "author": [{"family": "Carberry", "given": "Josiah"}],
        "issued": {"date-parts": [[2024, 5]]},
        "container-title": "Journal of Psychoceramics",
        "volume": "12",
        "page": "101-109",
        "DOI": f"10.5555/{number}",
    } | fields


def references() -> tuple[Reference, ...]:
    return (Reference("trial", item()), Reference("review", item()))


def text(**fields: Any) -> DraftText:
    """A text that can be submitted as it is."""
    written: dict[str, Any] = {
        "question": f"Does treatment {next(_count)} help?",
        "headline": "It does, in the people who were studied",
        "key_answer": 'Offer it.<cite data-ref="trial"></cite>',
        "renditions": {"clinician": BODY},
        "references": references(),
        "topics": ("Cardiology",),
    }
    return DraftText(**written | fields)


def user(*names: str, **fields: Any) -> User:
    """An account in the groups named, with PASSWORD."""
    number = next(_count)
    found = User.objects.create_user(
        fields.pop("email", f"person{number}@example.org"),
        fields.pop("password", PASSWORD),
        **{"name": f"Person {number}", "credentials": "MD"} | fields,
    )
    found.groups.set(Group.objects.filter(name__in=names))
    if TAKE_PART & set(names):
        declaration(found)
    if roles.decides(found) or found.is_staff or roles.AUDITOR in names:
        accounts.enroll(found, by=people.system(), what=ENROLLED)
    else:
        unrecorded[found.pk, found.email] = frozenset(names)
    return found


def declaration(of: User, **has: list[str]) -> Declaration:
    """What they declared: nothing, but on the lines named, and with whom."""
    answers = interests.none(interests.GENERAL)
    for code, who in has.items():
        answers[code] = {"has": True, "who": who}
    made = Declaration.objects.create(person=of, answers=answers)
    declared.add((made.pk, of.email))
    return made


def answers(**has: list[str]) -> interests.Answers:
    """Every line answered: “none”, but on those named."""
    return interests.none() | {
        code: interests.Answer(has=True, who=who) for code, who in has.items()
    }


def author(**fields: Any) -> User:
    return user(roles.AUTHOR, **fields)


def editor(**fields: Any) -> User:
    return user(roles.EDITOR, **fields)


def chief(**fields: Any) -> User:
    return user(roles.CHIEF_EDITOR, **fields)


def reviewer(
    *also: str,
    specialties: Iterable[str] = (CARDIOLOGY,),
    named: bool = True,
    **fields: Any,
) -> User:
    """A member of the board, who may hold other roles also."""
    found = user(roles.REVIEWER, *also, **fields)
    BoardMember.objects.create(
        user=found,
        specialties=list(specialties),
        named=named,
        since=timezone.localdate() - dt.timedelta(days=30),
    )
    return found


def proven(by: User) -> proof.Proof:
    return proof.Proof(by.pk, timezone.now())


def findings(**fields: Any) -> Findings:
    """A report in favour, with every line of the checklist answered yes."""
    answers = {line.code: "yes" for line in checklist.ITEMS}
    return Findings(**{"checklist": answers, "vote": Vote.APPROVE} | fields)


def blocking(words: str = "The dose is wrong.") -> Remark:
    return Remark("blocking", words, "Offer the treatment")


def by_machine(**fields: Any) -> dict[str, Any]:
    """What a text says of the machine that took part in it."""
    said = {"origin": Origin.MACHINE_ASSISTED, "origin_tool": "A model"}
    return {**said, "origin_on": dt.date(2026, 11, 2)} | fields


def draft(*, by: User | None = None, **fields: Any) -> Version:
    by, written = by or author(), text(**fields)
    if written.origin in MACHINE_MADE:
        library.take_in(by=by, references=written.references, source="A file")
    return authoring.open_article(by=by, text=written).version


def submitted(*, by: User | None = None, **fields: Any) -> Version:
    by = by or author()
    written = draft(by=by, **fields)
    return authoring.submit(written.pk, by=by, takes_responsibility=True)


def answered(version: Version, *, by: User) -> Version:
    """The draft, every item in it answered."""
    for item in items.of(version):
        answering.answer_comment(version.pk, by=by, comment_id=item.pk, answer="done")
    return version


def resubmitted(version: Version, *, by: User) -> Version:
    """The next version of a returned or a public one, with every item answered."""
    draft = answered(authoring.revise(version.pk, by=by), by=by)
    return authoring.submit(draft.pk, by=by)


def blinded(version: Version, blinding: str) -> Version:
    """The same, with who knows whom settled before anybody is asked."""
    article = Article.objects.get(pk=version.article_id)
    if article.blinding != blinding:
        change_blinding(article.pk, by=editor(), blinding=blinding, reason="Asked for")
    return again(version)


def under_review(
    *,
    by: User | None = None,
    tier: str = Tier.B,
    reviewers: Iterable[User] | None = None,
    editor: User | None = None,
    **fields: Any,
) -> Version:
    """A version whose reviewers are invited; as many as the quorum if none are given."""
    version = submitted(by=by, **fields)
    return send(version, tier=tier, reviewers=reviewers, editor=editor)


def send(
    version: Version,
    *,
    tier: str = Tier.B,
    reviewers: Iterable[User] | None = None,
    editor: User | None = None,
) -> Version:
    asked = (
        [reviewer() for _ in range(QUORUM[tier].reviewers)]
        if reviewers is None
        else list(reviewers)
    )
    return desk.send_to_review(
        version.pk,
        by=editor or article(version).editor or user(roles.EDITOR),
        tier=tier,
        specialty=CARDIOLOGY,
        reviewers=[person.pk for person in asked],
    )


def accepted(assignment: Assignment) -> Assignment:
    return reviewing.accept(
        assignment.pk, by=fresh(assignment.reviewer), answers=answers()
    )


def checks(version: Version) -> tuple[Check, ...]:
    """Every claim of the text, found in the works it cites."""
    found = reports.claims(version)
    return tuple(Check(claim.key, claim.text, Verdict.SUPPORTS) for claim in found)


def reported(assignment: Assignment, **fields: Any) -> Report:
    """Accepted, read and signed; the first of a version checks its citations."""
    accepted(assignment)
    version = assignment.version
    signed = CitationCheck.objects.filter(
        assignment__version=version, assignment__state=AssignmentState.REPORTED
    )
    if "checks" not in fields and not signed.exists():
        fields["checks"] = checks(version)
    by = fresh(assignment.reviewer)
    return reviewing.report(
        assignment.pk, by=by, findings=findings(**fields), proven=proven(by)
    )


def reviewed(**fields: Any) -> Version:
    """A version under review with its quorum in."""
    version = under_review(**fields)
    report_all(version)
    return Version.objects.select_related("article").get(pk=version.pk)


def report_all(version: Version, **fields: Any) -> None:
    for assignment in version.assignments.select_related("reviewer").order_by("pk"):
        reported(assignment, **fields)


def approve(version: Version, *, by: User | None = None, **fields: Any) -> Version:
    by = by or chief()
    return deciding.approve(
        version.pk, by=by, sha256=version.sha256, proven=proven(by), **fields
    )


def approved(*, chief: User | None = None, **fields: Any) -> Version:
    return approve(reviewed(**fields), by=chief)


def published(**fields: Any) -> Version:
    version = approved(**fields)
    publishing.publish(version.article_id, by=user(roles.CHIEF_EDITOR))
    return Version.objects.select_related("article").get(pk=version.pk)


def said(step: str, **fields: Any) -> standing.Said:
    """What a notice of that step says: the first reason there is, and a few words."""
    kind = standing.MOVES[step].kind
    given: dict[str, Any] = {
        "words": "The dose is not the one of the trial.",
        "reasons": noticing.REASONS[kind][:1],
        "stance": Stance.AGREE,
    }
    return standing.Said(**given | fields)


def proposed(version: Version, step: str, *, by: User | None = None) -> Notice:
    """A notice that waits for its second signature; an editor's, unless told."""
    by = by or editor_or_chief(step)
    deed = getattr(standing, step)
    notice: Notice = deed(version.article_id, by=by, said=said(step), proven=proven(by))
    return notice


def editor_or_chief(step: str) -> User:
    return chief() if step.startswith("release") else editor()


def confirmed(notice: Notice, *, by: User | None = None) -> Notice:
    """The same, issued by a chief editor, or a member of the board after one."""
    by = by or (reviewer() if notice.before == "held" else chief())
    if notice.after in ("retracted", "removed"):
        by = chief()
    return standing.confirm(
        notice.article_id, by=by, sha256=notice.sha256, proven=proven(by)
    )


def noticed(version: Version, step: str) -> Notice:
    return confirmed(proposed(version, step))


def held(version: Version) -> Notice:
    return standing.hold(version.article_id, by=reviewer(), reason="Ten times the dose")


def archived(version: Version) -> Notice:
    by, what = chief(), said("archive")
    return standing.archive(version.article_id, by=by, said=what, proven=proven(by))


def article(version: Version) -> Article:
    """The article as the database has it now."""
    return Article.objects.get(pk=version.article_id)


def again(version: Version) -> Version:
    """The version as the database has it now."""
    return Version.objects.select_related("article").get(pk=version.pk)


def fresh(person: User) -> User:
    """The account read anew, as a new request would."""
    return User.objects.get(pk=person.pk)


STAND = {
    "published": again,
    "concern": lambda version: noticed(version, "express_concern"),
    "held": held,
    "retracted": lambda version: noticed(version, "retract"),
    "removed": lambda version: noticed(version, "remove"),
    "archived": archived,
}
"""How a published article comes to each standing, from its public version."""
