"""
Every deed, on a scene where it is due and has as much to do as it can have.

Each entry prepares its scene and returns the deed as a request or a task would do it:
from ids, with the person read anew, from a form drawn when the scene was ready.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from articles.models import Page, Version
from articles.vocabulary import Audience, Tier
from editorial import checkpoints, roles
from editorial.actions import (
    accounts,
    authoring,
    caring,
    deciding,
    desk,
    effects,
    inviting,
    listening,
    publishing,
    replying,
    reviewing,
    withholding,
)
from editorial.models import Outbox, ReaderReport, User
from reviews import reminders
from reviews.models import Assignment, Comment
from reviews.tiers import QUORUM
from tests import make
from tests.editorial.faults import standing, writing

Deed = Callable[[], object]

REASON = "Because it must be so."
DUE = dt.timedelta(days=QUORUM[Tier.B].review_days + 1)
"""A review that was accepted now is due by then, and a day late."""


def reviewing_scene() -> tuple[User, Version]:
    """An editor, and a version under review that the public sees a preview of."""
    editor = make.editor()
    version = make.under_review(editor=editor)
    make.reported(first_assignment(version), comments=(make.blocking(),))
    publishing.show_preview(version.article_id, by=make.fresh(editor), reason=REASON)
    return editor, make.again(version)


def first_assignment(version: Version) -> Assignment:
    return version.assignments.select_related("reviewer").order_by("pk")[0]


def invitation() -> Assignment:
    """The only one, so that the clock has nobody else to remind."""
    return first_assignment(make.under_review(reviewers=[make.reviewer()]))


def review() -> Assignment:
    return make.accepted(invitation())


def revision(assignment: Assignment) -> int:
    return Assignment.objects.get(pk=assignment.pk).revision


def open_article() -> Deed:
    author, text = make.author(), make.text()
    return lambda: authoring.open_article(by=make.fresh(author), text=text)


def edit() -> Deed:
    author = make.author()
    text = make.text(renditions={"clinician": make.BODY, "patient": make.PATIENT_BODY})
    version = authoring.open_article(by=author, text=text).version
    other = replace(
        text,
        headline="It does not",
        audience=Audience.PATIENT,
        renditions={"patient": make.PATIENT_BODY, "nurse": make.BODY},
        references=(text.references[0], authoring.Reference("review", make.item())),
        topics=("Cardiology", "Haematology"),
    )
    return lambda: authoring.edit(
        version.pk, by=make.fresh(author), text=other, seen=version.revision
    )


def submit() -> Deed:
    author = make.author()
    version = make.draft(by=author)
    return lambda: authoring.submit(
        version.pk, by=make.fresh(author), seen=version.revision
    )


def recall() -> Deed:
    author = make.author()
    version = make.submitted(by=author)
    return lambda: authoring.recall(
        version.pk, by=make.fresh(author), seen=version.revision
    )


def withdraw() -> Deed:
    _editor, version = reviewing_scene()
    author = version.article.authorships.get().user
    return lambda: authoring.withdraw(
        version.pk, by=make.fresh(author), reason=REASON, seen=version.revision
    )


def revise() -> Deed:
    author, editor = make.author(), make.editor()
    version = make.under_review(by=author, editor=editor)
    make.reported(first_assignment(version), comments=(make.blocking(),))
    version = desk.return_for_changes(version.pk, by=make.fresh(editor), reason=REASON)
    return lambda: authoring.revise(
        version.pk, by=make.fresh(author), seen=version.revision
    )


def send_to_review() -> Deed:
    editor, version = make.editor(), make.submitted()
    reviewers = [make.reviewer().pk for _ in range(3)]
    return lambda: desk.send_to_review(
        version.pk,
        by=make.fresh(editor),
        tier=Tier.B,
        specialty=make.CARDIOLOGY,
        reviewers=reviewers,
        seen=version.revision,
    )


def invite() -> Deed:
    editor, version = reviewing_scene()
    reviewers = [make.reviewer().pk, make.reviewer().pk]
    return lambda: inviting.invite(
        version.pk, by=make.fresh(editor), reviewers=reviewers, seen=version.revision
    )


def accept() -> Deed:
    asked = invitation()
    return lambda: reviewing.accept(
        asked.pk,
        by=make.fresh(asked.reviewer),
        answers=make.answers(shares=["The maker"]),
        seen=asked.revision,
    )


def decline() -> Deed:
    asked = invitation()
    return lambda: reviewing.decline(
        asked.pk, by=make.fresh(asked.reviewer), reason=REASON, seen=asked.revision
    )


def recuse() -> Deed:
    mine = review()
    seen = revision(mine)
    return lambda: reviewing.recuse(
        mine.pk, by=make.fresh(mine.reviewer), reason=REASON, seen=seen
    )


def report() -> Deed:
    _editor, version = reviewing_scene()
    mine = make.accepted(
        version.assignments.select_related("reviewer").order_by("-pk")[0]
    )
    seen = revision(mine)
    findings = make.findings(comments=(make.blocking(), make.blocking("And late.")))
    return lambda: reviewing.report(
        mine.pk,
        by=make.fresh(mine.reviewer),
        findings=findings,
        proven=make.proven(mine.reviewer),
        seen=seen,
    )


def unassign() -> Deed:
    asked = invitation()
    return lambda: inviting.unassign(
        asked.pk, by=make.fresh(asked.invited_by), reason=REASON, seen=asked.revision
    )


def expire() -> Deed:
    late = review()
    seen = revision(late)
    return lambda: inviting.expire(
        late.pk, by=make.fresh(late.invited_by), reason=REASON, seen=seen
    )


def resolve() -> Deed:
    editor, version = reviewing_scene()
    comment = Comment.objects.get(version=version)
    return lambda: desk.resolve(
        version.pk,
        by=make.fresh(editor),
        comment_id=comment.pk,
        reason=REASON,
        seen=version.revision,
    )


def settle_comment() -> Deed:
    """By who asked something of the version before, and reviews this one."""
    author, one = make.author(), make.reviewer()
    first = make.under_review(by=author, tier=Tier.C, reviewers=[one])
    make.reported(first_assignment(first), comments=(make.blocking(),))
    desk.return_for_changes(first.pk, by=make.editor(), reason=REASON)
    second = make.resubmitted(make.again(first), by=author)
    make.send(second, tier=Tier.C, reviewers=[one])
    asked = make.accepted(first_assignment(second))
    comment = Comment.objects.get(version=second, carried_from__isnull=False)
    return lambda: replying.settle(
        asked.pk, by=make.fresh(one), comment_id=comment.pk, seen=revision(asked)
    )


def return_for_changes() -> Deed:
    editor, version = reviewing_scene()
    return lambda: desk.return_for_changes(
        version.pk, by=make.fresh(editor), reason=REASON, seen=version.revision
    )


def reject() -> Deed:
    chief = make.chief()
    _editor, version = reviewing_scene()
    return lambda: desk.reject(
        version.pk, by=make.fresh(chief), reason=REASON, seen=version.revision
    )


def second_reviewed(editor: User | None = None) -> Version:
    """A second version with its quorum in, while the public reads the first."""
    author = make.author()
    first = make.published(by=author, editor=editor)
    draft = authoring.revise(first.pk, by=make.fresh(author))
    submitted = authoring.submit(draft.pk, by=make.fresh(author))
    version = make.send(submitted, editor=editor)
    make.report_all(version)
    return make.again(version)


def approve() -> Deed:
    """The second version of a public article, with one invitation left open."""
    chief, editor, idle = make.chief(), make.editor(), make.reviewer()
    version = second_reviewed(editor=editor)
    inviting.invite(version.pk, by=make.fresh(editor), reviewers=[idle.pk])
    seen = make.again(version).revision
    return lambda: deciding.approve(
        version.pk,
        by=make.fresh(chief),
        sha256=version.sha256,
        proven=make.proven(chief),
        seen=seen,
    )


def change_tier() -> Deed:
    editor, version = reviewing_scene()
    desk.change_tier(
        version.article_id, by=make.chief(), tier=Tier.C, reason="It is harmless."
    )
    seen = make.article(version).revision
    return lambda: desk.change_tier(
        version.article_id,
        by=make.fresh(editor),
        tier=Tier.B,
        reason=REASON,
        seen=seen,
    )


def show_preview() -> Deed:
    editor = make.editor()
    version = make.under_review(editor=editor)
    seen = make.article(version).revision
    return lambda: publishing.show_preview(
        version.article_id, by=make.fresh(editor), reason=REASON, seen=seen
    )


def end_preview() -> Deed:
    editor, version = reviewing_scene()
    seen = make.article(version).revision
    return lambda: publishing.end_preview(
        version.article_id, by=make.fresh(editor), seen=seen
    )


def publish() -> Deed:
    chief, version = make.chief(), make.approve(second_reviewed())
    seen = make.article(version).revision
    return lambda: publishing.publish(
        version.article_id, by=make.fresh(chief), seen=seen
    )


def publish_due() -> Deed:
    make.approve(second_reviewed())
    return publishing.publish_due


def rebuild() -> Deed:
    version = make.published()
    system = User.objects.get(is_machine=True, groups=None)
    return lambda: publishing.rebuild(version.article_id, by=make.fresh(system))


def withhold() -> Deed:
    version = make.published()
    page = Page.objects.get(path=version.article.get_absolute_url())
    return lambda: withholding.report(page)


def remind() -> Deed:
    review()
    return caring.remind_due


def settle() -> Deed:
    editor = make.editor()
    make.submitted()
    held = Outbox.objects.filter(topic=Outbox.Topic.MAIL).order_by("pk")[0]
    Outbox.objects.filter(pk=held.pk).update(status=Outbox.Status.UNKNOWN)
    return lambda: effects.settle(held.pk, by=make.fresh(editor), delivered=True)


def checkpoint() -> Deed:
    make.under_review()
    return checkpoints.take


def reported_by_a_reader() -> ReaderReport:
    said = listening.Said("It says 5 mg.", "Key answer", "reader@example.org")
    return listening.hear(make.published(), said)


def close_reader_report() -> Deed:
    editor, report = make.editor(), reported_by_a_reader()
    return lambda: listening.close_reader_report(
        report.pk,
        by=make.fresh(editor),
        disposition=ReaderReport.Disposition.PERSONAL,
        reason=REASON,
    )


def empty_reader_report() -> Deed:
    editor, report = make.editor(), reported_by_a_reader()
    listening.close_reader_report(
        report.pk,
        by=make.fresh(editor),
        disposition=ReaderReport.Disposition.CORRECT,
        reason=REASON,
    )
    return lambda: listening.empty_reader_report(
        report.pk, by=make.fresh(editor), reason=REASON
    )


def change_account() -> Deed:
    administrator, person = make.user(is_superuser=True), make.author()

    def change() -> None:
        with transaction.atomic():
            person.groups.add(Group.objects.get(name=roles.EDITOR))
            changed = make.fresh(person)
            changed.affiliation = "Elsewhere"
            changed.save()
            by = make.fresh(administrator)
            accounts.record_change(changed, by=by, what="Made an editor")

    return change


BY_PEOPLE: dict[str, Callable[[], Deed]] = {
    "open_article": open_article,
    "edit": edit,
    "submit": submit,
    "recall": recall,
    "withdraw": withdraw,
    "revise": revise,
    "send_to_review": send_to_review,
    "invite": invite,
    "accept": accept,
    "decline": decline,
    "recuse": recuse,
    "report": report,
    "unassign": unassign,
    "expire": expire,
    "resolve": resolve,
    "settle_comment": settle_comment,
    "return_for_changes": return_for_changes,
    "reject": reject,
    "approve": approve,
    "change_tier": change_tier,
    "show_preview": show_preview,
    "end_preview": end_preview,
    "publish": publish,
    "settle": settle,
    "close_reader_report": close_reader_report,
    "empty_reader_report": empty_reader_report,
    "change_account": change_account,
}
BY_THE_HOUSE: dict[str, Callable[[], Deed]] = {
    "publish_due": publish_due,
    "rebuild": rebuild,
    "withhold": withhold,
    "remind": remind,
    "report_overdue": remind,
    "let_expire": standing.let_expire,
    "checkpoint": checkpoint,
}
DEEDS = BY_PEOPLE | writing.BY_WRITERS | standing.OF_NOTICES | BY_THE_HOUSE
WITHOUT_EVENT = writing.WITHOUT_EVENT | {"edit"}


def time_of(name: str) -> dt.datetime:
    """When a deed is done whose scene is ready now."""
    overdue = dt.timedelta(days=reminders.OVERDUE if name == "report_overdue" else 0)
    late = standing.LATE.get(name, DUE + overdue)
    return timezone.now() + late
