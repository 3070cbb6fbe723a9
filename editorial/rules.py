"""What must be true: functions from a thing to an objection in words, or None."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from articles import content, freezing
from articles.lint import Weight
from articles.models import Version
from articles.prepared import Prepared
from articles.states import WITH_THE_DESK, Standing, VersionState
from articles.vocabulary import MACHINE_MADE, Blinding, Specialty, Tier
from editorial import impartiality, linting, noticing
from editorial.models import Event
from reviews import coverage, items, panel, reminders, signing, tiers
from reviews.models import Assignment, Signature
from reviews.states import AssignmentState, Meaning
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

    from articles.models import Article


MOST_AUTHORS = 30
LATE_DAYS = 30
REVIEWED = "Reviewers have been asked about this article; its authors stay as they are."
AGREED = (
    "Reviewers have been asked about this article; who knows whom stays as they were "
    "told."
)
WAITING = "comments and requests still wait"
NO_TEXT = "The text is empty; write the body before submitting it."
NO_REFERENCE = "There is no reference; an article needs at least one."


def no_version_is_with_the_desk(article: Article) -> str | None:
    if _is_with_the_desk(article):
        return "A version is with the desk; the authors can change once it is back."
    return None


def states(article: Article) -> list[tuple[int, str]]:
    """The number and state of each version; read once for an article."""
    known = article.__dict__
    if "states" not in known:
        known["states"] = list(article.versions.values_list("number", "state"))
    found: list[tuple[int, str]] = known["states"]
    return found


def _is_with_the_desk(article: Article) -> bool:
    return any(state in WITH_THE_DESK for _, state in states(article))


def _was_judged(article: Article) -> bool:
    """Whether anybody was ever asked about any version of it."""
    known: bool | None = article.__dict__.get("was_judged")  # as a page has read it
    if known is None:
        return Assignment.objects.filter(version__article=article).exists()
    return known


def there_is_room_for_an_author(article: Article) -> str | None:
    if article.authorships.count() >= MOST_AUTHORS:
        return f"An article has at most {MOST_AUTHORS} authors."
    return None


def the_text_is_complete(version: Version) -> str | None:
    """A question, a text, and references that agree with the citations."""
    freezing.read(version)
    bodies = {r.audience: r.body for r in version.renditions.all()}
    return text_objection(
        question=version.question,
        main=bodies.get(version.audience, ""),
        texts=[version.key_answer, *bodies.values()],
        titles={c.key: c.work.named for c in version.citations.all()},
    )


def lacking(version: Version) -> list[str]:
    """All that bars a submission and is no finding, for who reads those beside it."""
    freezing.read(version)
    bodies = {r.audience: r.body for r in version.renditions.all()}
    is_empty = not content.plain_text(bodies.get(version.audience, "")).strip()
    bars = (
        NO_TEXT if is_empty else None,
        None if version.citations.all() else NO_REFERENCE,
        every_item_is_answered(version),
    )
    return [said for said in bars if said]


def nobody_has_been_asked_to_review(article: Article) -> str | None:
    """To refuse one person then, and not another, would tell who reviewed."""
    if _was_judged(article):
        return REVIEWED
    return None


def nobody_agreed_to_other_eyes(article: Article) -> str | None:
    """Who was asked, and who wrote for them, was told who would know whom."""
    if _was_judged(article):
        return AGREED
    return None


def a_machines_text_names_its_tool(version: Version) -> str | None:
    is_named = version.origin_tool.strip() and version.origin_on
    if version.origin in MACHINE_MADE and not is_named:
        return (
            "A machine took part in this text; name the tool and the day it was used."
        )
    return None


def every_item_is_answered(version: Version) -> str | None:
    if version.number > 1 and (count := items.unanswered(version).count()):
        what = "comment or request still waits" if count == 1 else WAITING
        return f"{count} {what} for an answer."
    return None


def no_finding_is_open(version: Version) -> str | None:
    """Nothing found in the text blocks it, and what must be answered is."""
    waiting = [f.finding for f in linting.of(version) if f.is_open]
    if not waiting:
        return None
    blocking = sum(finding.weight is Weight.BLOCKS for finding in waiting)
    counted = {"block": blocking, "must be answered": len(waiting) - blocking}
    told = " and ".join(
        f"{n} finding{'s' if n > 1 else ''} {_agreeing(verb, n)}"
        for verb, n in counted.items()
        if n
    )
    first = waiting[0]
    return f"{told}; the first is {first.code}: {first.message}"


def _agreeing(verb: str, count: int) -> str:
    return "blocks" if (verb, count) == ("block", 1) else verb


def text_objection(
    *, question: str, main: str, texts: Iterable[str], titles: Mapping[str, str]
) -> str | None:
    """
    What a text lacks to be submitted; `main` is the default rendition's body.

    The `titles` are those of its references, by key.
    """
    if not question.strip():
        return "The title is empty; it should be the question that the text answers."
    if not content.plain_text(main).strip():
        return NO_TEXT
    cited = {key for text in texts for key in content.cited_keys(text)}
    if not titles:
        return NO_REFERENCE
    if missing := sorted(cited - titles.keys()):
        keys = ", ".join(f"“{key}”" for key in missing)
        return f"The text cites by a key that no reference has, shown as [?]: {keys}."
    if idle := sorted(titles[key] for key in titles.keys() - cited):
        return f"These references are never cited: {_quoted(idle)}."
    return None


def no_work_is_retracted(version: Version) -> str | None:
    freezing.read_citations(version)
    cited = version.citations.all()
    if titles := sorted(c.work.named for c in cited if c.work.retracted_on):
        return f"A cited work has been retracted: {_quoted(titles)}."
    return None


def _quoted(titles: Iterable[str]) -> str:
    """Titles in a sentence."""
    return ", ".join(f"“{title}”" for title in titles)


def the_quorum_is_in(version: Version) -> str | None:
    """Enough reports in favour on this very hash, one in the specialty if asked."""
    quorum = QUORUM.get(version.article.tier)
    if quorum is None:
        return "The risk tier is not set."
    for_it = impartiality.in_favour(version)
    if len(for_it) < quorum.reviewers:
        return (
            f"Tier {version.article.tier} needs {tiers.in_favour(quorum.reviewers)}; "
            f"{len(for_it)} received.{_beside(impartiality.discounted(version))}"
        )
    specialty = version.article.specialty
    if quorum.in_specialty and not specialty:
        return "The specialty is not set; name it when you change the risk tier."
    if quorum.in_specialty and not any(panel.is_from(a, specialty) for a in for_it):
        name = Specialty(specialty).label.lower()
        return f"One of the reviewers in favour must be from {name}."
    return None


def _beside(discounted: int) -> str:
    if not discounted:
        return ""
    who = "whoever gave it has" if discounted == 1 else "those who gave them have"
    return (
        f" {discounted} more cannot count: {who} an interest in what the text is about."
    )


def nothing_blocks(version: Version) -> str | None:
    if version.__dict__.get("is_blocked") is False:
        return None  # as it was read under the lock
    blocking = version.__dict__.get("blocking")  # as a page has counted them
    if blocking is None:
        blocking = items.blocking().filter(version=version).count()
    if blocking:
        return f"{blocking} blocking comment{'s' if blocking > 1 else ''} still open."
    return None


def the_citations_are_checked(version: Version) -> str | None:
    """As many claims as the tier asks for were held against the works they cite."""
    return coverage.objection(impartiality.covered(version))


def an_editor_is_named(version: Version) -> str | None:
    if version.article.editor_id is None:
        return "No editor is responsible for the article."
    return None


def was_published_if_approved(version: Version) -> str | None:
    """A next draft opens from a returned version or from the one that is public."""
    if version.state == VersionState.APPROVED and not hasattr(version, "publication"):
        return "The approved version is not public yet; publish it first."
    return None


def there_is_no_later_version(version: Version) -> str | None:
    """
    A later one that was withdrawn is out of the way.

    So is one that was rejected for whoever revises what is public; no returned
    version is taken up again once the chief editor has ended a later one for good.
    """
    over = [VersionState.WITHDRAWN]
    if version.state == VersionState.APPROVED:
        over.append(VersionState.REJECTED)
    later = [
        (number, state)
        for number, state in states(version.article)
        if number > version.number and state not in over
    ]
    if not later:
        return None
    newest, state = max(later)
    if state == VersionState.REJECTED:
        return f"Version {newest} was rejected; its text ends there."
    return f"Version {newest} is already there; go on with that one."


def approved_version(article: Article) -> Version | None:
    """The approved version with its publication, if any; read once for an article."""
    known = article.__dict__
    if "approved" not in known:
        known["approved"] = next(iter(APPROVED(article.pk)), None)
    found: Version | None = known["approved"]
    return found


def _approved(article: int) -> QuerySet[Version]:
    approved = Version.objects.filter(article=article, state=VersionState.APPROVED)
    return approved.select_related("publication")


APPROVED = Prepared(_approved, count=1)


def approval_of(version: Version) -> Signature | None:
    """The version's approval signature, if there is one and it verifies."""
    signed = signing.valid_signatures(version)
    return next((s for s in signed if s.meaning == Meaning.APPROVAL), None)


def something_is_approved(article: Article) -> str | None:
    if approved_version(article) is None:
        return "No version is approved."
    return None


def is_public_already(article: Article) -> bool:
    """Whether the approved version has been published."""
    version = approved_version(article)
    return version is not None and hasattr(version, "publication")


def may_be_previewed(article: Article) -> str | None:
    if article.tier in ("", Tier.A):
        return "A text of risk tier A, or of none yet, is never shown before approval."
    if not _is_with_the_desk(article):
        return "No version is with the desk."
    if article.blinding == Blinding.DOUBLE:
        return (
            "This article is judged double blind, and a preview would name its authors."
        )
    return None


def a_reminder_is_due(assignment: Assignment) -> str | None:
    """Of all reminders whose day has come only the latest counts, and only once."""
    slot = reminders.slot(assignment)
    if slot is None or slot == assignment.last_reminder:
        return "No reminder is due."
    return None


def waiting_for_authors() -> QuerySet[Any]:
    """Versions after which their authors sent none, each with when they were `told_at`."""
    later = Version.objects.filter(
        article=OuterRef("article"), number__gt=OuterRef("number")
    ).exclude(state=VersionState.DRAFT)
    told = Event.objects.filter(
        version=OuterRef("pk"), kind=Event.Kind.AUTHORS_REMINDED
    ).order_by("-pk")
    told_at = Subquery(told.values("at")[:1])
    return Version.objects.filter(~Exists(later)).annotate(told_at=told_at)


def the_authors_are_to_be_reminded(version: Version) -> str | None:
    found = waiting_for_authors().filter(pk=version.pk)
    moments = found.values_list("decided_at", "told_at").first()
    if moments is None:
        return "The authors went on already."
    if not reminders.is_authors_turn(*moments):
        return "No reminder is due."
    return None


def is_past_handing_in(assignment: Assignment) -> bool:
    """
    Whether what a reviewer wrote comes too late even to be kept as late.

    Only who was still at work when the version left review, or when their time was up,
    hands anything in then, once and within `LATE_DAYS`.
    """
    ended, decided = assignment.ended_at, assignment.version.decided_at
    if ended is None or assignment.accepted_at is None:
        return True
    was_let_go = assignment.state == AssignmentState.WITHDRAWN
    if was_let_go and (decided is None or ended < decided):
        return True
    if timezone.now() > ended + dt.timedelta(days=LATE_DAYS):
        return True
    return hasattr(assignment, "report")


def is_given_up(assignment: Assignment) -> str | None:
    if not reminders.is_given_up(assignment):
        return "There is still time to answer."
    return None


REMINDED_EVERY = dt.timedelta(hours=48)
"""The least time between a reminder, by clock or hand, and the next by hand."""


def was_not_reminded_lately(assignment: Assignment) -> str | None:
    """People who are reminded every day stop reading."""
    told = Event.objects.filter(assignment=assignment, kind=Event.Kind.REMINDED)
    last = told.order_by("-pk").values_list("at", flat=True).first()
    if last is None or last <= timezone.now() - REMINDED_EVERY:
        return None
    again = last + REMINDED_EVERY
    return (
        f"Reminded on {last:%-d %B at %H:%M} UTC already; "
        f"the next can go on {again:%-d %B at %H:%M}."
    )


def is_overdue(assignment: Assignment) -> str | None:
    """An invitation is answered by its day, a review is handed in by its own."""
    if (assignment.due_at or assignment.respond_by) > timezone.now():
        return "The review is not overdue."
    return None


def no_notice_is_proposed(article: Article) -> str | None:
    if noticing.proposal(article) is not None:
        return "A proposed notice waits for its second signature; settle that first."
    return None


def nothing_is_proposed(article: Article) -> bool:
    """Whether there is no notice that waits for its second signature."""
    return noticing.proposal(article) is None


def the_doubts_are_over(article: Article) -> str | None:
    """What was under concern before it was held is released into that concern."""
    held = noticing.in_force(article)
    was_doubted = held is not None and held.before == Standing.CONCERN
    if was_doubted and newly_approved(article) is None:
        return (
            "It was under an expression of concern before; release it into that, or "
            "approve a corrected version first."
        )
    return None


def was_approved_anew(article: Article) -> str | None:
    """What was retracted comes back as a version that was approved after that."""
    if newly_approved(article) is None:
        return (
            "No version was approved since; a retracted text comes back approved anew."
        )
    return None


def newly_approved(article: Article) -> Version | None:
    """The version that was approved and is due, but is not the one readers see."""
    version = approved_version(article)
    if version is None or hasattr(version, "publication"):
        return None
    is_due = version.publish_at is None or version.publish_at <= timezone.now()
    return version if is_due else None
