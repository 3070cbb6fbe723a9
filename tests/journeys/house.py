"""Houses for the stories: the demonstration library, and a small one with everything."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils import timezone

from articles.glossary import TermText
from editorial import roles
from editorial.actions import (
    authoring,
    deciding,
    defining,
    desk,
    listening,
    minding,
    publishing,
    questions,
    reviewing,
)
from editorial.demonstration import loader
from editorial.models import Asker, Outbox, Publication
from tests import make

if TYPE_CHECKING:
    from pathlib import Path

    from articles.models import Version
    from editorial.models import User
    from reviews.models import Assignment

SONG = {
    "question": "Would a canary sing of what is not yet approved?",
    "headline": "It would, if there were a hole in the cage",
}
"""What a pending version says whose article is public."""

TABLE = (
    "<h3>Points</h3><table><caption>Risk</caption><thead><tr>"
    '<th scope="col">Finding</th><th scope="col">Points</th></tr></thead>'
    "<tbody><tr><td>Age over 75</td><td>1</td></tr></tbody></table>"
    '<ul><li>Ask again.</li></ul><blockquote><p>As <a href="https://example.org">they'
    "</a> said.</p></blockquote>"
)


def open_library(password: Path) -> None:
    """Load the demonstration library, with a next draft and a preview of its own topic."""
    loader.load(password)
    author, editor = loader.who("author2"), loader.who("editor")
    pending = authoring.revise(make.published(by=author).pk, by=author)
    text = make.text(**SONG)
    authoring.edit(pending.pk, by=author, text=text, seen=None)
    words = {"topics": ("Never published",), "headline": "As a preview alone says"}
    shown = make.under_review(by=author, **words)
    reason = "Readers ask for it."
    publishing.show_preview(shown.article_id, by=editor, reason=reason)


A_FACT = minding.FactText(
    name="Dose of a tablet",
    statement="A tablet held half as much.",
    phrases="half a tablet",
    jurisdiction="Nowhere",
    source="https://example.org/rule",
)


@dataclass(frozen=True)
class Staff:
    """One of each; their articles stand in every state there is."""

    author: User
    reviewer: User
    editor: User
    chief: User
    auditor: User
    administrator: User


def staffed() -> Staff:
    """People at work: versions and assignments in every state, and mail that is held."""
    staff = Staff(
        author=make.author(affiliation="Samplebury Clinic"),
        reviewer=make.reviewer(),
        editor=make.editor(),
        chief=make.chief(),
        auditor=make.user(roles.AUDITOR),
        administrator=make.user(roles.ADMINISTRATOR, is_staff=True),
    )
    make.draft(by=staff.author, renditions=_bodies())
    make.submitted(by=staff.author, renditions=_bodies())
    _withdrawn(staff)
    _returned(staff)
    _rejected(staff)
    _superseded(staff)
    _scheduled(staff)
    for state in (_invited, _accepted, _reported, _declined, _recused):
        state(staff)
    _held()
    _heard(staff)
    _asked(staff)
    minding.record_fact(by=staff.editor, text=A_FACT)
    _explained(staff)
    return staff


def _explained(staff: Staff) -> None:
    """A term that readers see, and other words for it that wait."""
    text = TermText("operation", "A doctor cuts to treat.", ("surgery",))
    first = defining.propose(by=staff.author, text=text)
    defining.approve_term(first.pk, by=staff.chief)
    other = replace(text, definition="To treat by cutting, as a surgeon does.")
    defining.propose(by=staff.author, text=other, instead_of=first.pk)


def _bodies() -> dict[str, str]:
    return {"clinician": make.BODY + TABLE, "patient": make.PATIENT_BODY}


def _sent(staff: Staff) -> Version:
    """A version whose first reviewer is the one on the staff."""
    return make.under_review(
        by=staff.author,
        editor=staff.editor,
        reviewers=[staff.reviewer, make.reviewer()],
        renditions=_bodies(),
    )


def _invited(staff: Staff) -> None:
    _sent(staff)


def _accepted(staff: Staff) -> None:
    make.accepted(_own(_sent(staff), staff))


def _reported(staff: Staff) -> None:
    """One vote in favour and one that blocks."""
    version = _sent(staff)
    make.reported(_own(version, staff), comments=(make.blocking(),))
    make.reported(version.assignments.exclude(reviewer=staff.reviewer).get())


def _declined(staff: Staff) -> None:
    own = _own(_sent(staff), staff)
    reviewing.decline(own.pk, by=staff.reviewer, reason="No time this week.")


def _recused(staff: Staff) -> None:
    own = make.accepted(_own(_sent(staff), staff))
    reviewing.recuse(own.pk, by=make.fresh(staff.reviewer), reason="I know them.")


def _own(version: Version, staff: Staff) -> Assignment:
    found = version.assignments.select_related("reviewer", "version__article")
    return found.get(reviewer=staff.reviewer)


def _withdrawn(staff: Staff) -> None:
    version = make.submitted(by=staff.author)
    authoring.withdraw(version.pk, by=staff.author, reason="It is answered elsewhere.")


def _returned(staff: Staff) -> None:
    """Returned with a blocking comment, and a next draft that carries it."""
    version = make.under_review(by=staff.author, editor=staff.editor, tier="C")
    make.report_all(version, comments=(make.blocking(),), remarks="Nearly there.")
    desk.return_for_changes(version.pk, by=staff.editor, reason="Mend the dose.")
    authoring.revise(version.pk, by=staff.author)


def _rejected(staff: Staff) -> None:
    version = make.reviewed(by=staff.author, tier="C", editor=staff.editor)
    desk.reject(version.pk, by=staff.chief, reason="Not our question.")


def _superseded(staff: Staff) -> None:
    first = make.published(by=staff.author, tier="C")
    text = make.text(question=first.question, change_summary="A dose is named.")
    draft = authoring.revise(first.pk, by=staff.author)
    authoring.edit(draft.pk, by=staff.author, text=text, seen=None)
    again = authoring.submit(draft.pk, by=staff.author)
    make.send(again, tier="C")
    make.report_all(again)
    make.approve(make.again(again))


def _scheduled(staff: Staff) -> None:
    version = make.reviewed(by=staff.author, tier="C", editor=staff.editor)
    deciding.approve(
        version.pk,
        by=staff.chief,
        sha256=version.sha256,
        proven=make.proven(staff.chief),
        publish_at=timezone.now() + dt.timedelta(days=30),
    )


def _heard(staff: Staff) -> None:
    """Two reports of readers, one of them closed."""
    version = Publication.objects.order_by("pk")[0].version
    said = listening.Said("The dose is wrong.", "What to do", "reader@example.org")
    listening.hear(version, said)
    closed = listening.hear(version, listening.Said("A word is missing."))
    listening.close_reader_report(
        closed.pk, by=staff.editor, disposition="correct", reason="It was."
    )


def _asked(staff: Staff) -> None:
    """Two questions of readers, one of them closed; the other was sent twice."""
    for words in ("Is coffee bad for the heart?", "Does coffee harm the heart?"):
        questions.ask(words, address="reader@example.org")
    Asker.objects.update(confirmed_at=timezone.now())
    closed = questions.ask("Which bread is the best?")
    verdict = questions.Verdict("out_of_scope", "It is about cooking.")
    questions.settle(closed.pk, by=staff.editor, verdict=verdict)


def _held() -> None:
    """A mail of which nobody knows, and one that was given up."""
    held = Outbox.objects.filter(topic=Outbox.Topic.MAIL).order_by("pk")[:2]
    for row, status in zip(held, ("unknown", "parked"), strict=True):
        Outbox.objects.filter(pk=row.pk).update(
            status=status, last_error="SMTPServerDisconnected: connection lost"
        )
