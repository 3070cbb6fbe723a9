"""Who hears of what: each once, never the actor, and nothing that unmasks."""

from __future__ import annotations

import pytest

from articles.models import Authorship
from editorial import noticing, notifications, roles
from editorial.actions import authoring, desk, publishing
from editorial.models import Event, Notification, Outbox, User
from tests import make, traces

K = Event.Kind
NEVER_OLD = {
    *(K.AUTHOR_INVITED, K.AUTHOR_UNINVITED, K.UNASSIGNED, K.EXPIRED, K.REOPENED),
    *(K.DECLARED, K.RETURNED, K.REJECTED, K.PUBLISHED, K.WITHDRAWN, K.ACCOUNT_CHANGED),
    *(K.EDITOR_CHANGED, K.PAGE_WITHHELD),
    *(K.PROPOSAL_ENDED, *noticing.ISSUED),
}
"""What stays worth knowing, or is asked about anew by its audience, whatever happens."""


def test_what_is_told_at_once_grows_old_or_is_known_never_to() -> None:
    told = {
        kind
        for kind, audiences in notifications.AUDIENCES.items()
        if any(not audience.waits for audience in audiences)
    }

    assert told - notifications.SUPERSEDED_BY.keys() == NEVER_OLD


def test_nobody_hears_of_their_own_deed(db: None) -> None:
    chief = make.chief()
    version = make.published(chief=chief)
    make.authoring.revise(version.pk, by=author(version))

    for event in Event.objects.all():
        assert event.actor_id not in traces.told(event)


def author(version: make.Version) -> make.User:
    return make.fresh(version.article.authorships.order_by("pk")[0].user)


def test_an_editor_in_two_groups_hears_once(db: None) -> None:
    both = make.user(roles.EDITOR, roles.CHIEF_EDITOR)

    make.submitted()

    assert traces.told() == {both.pk: "A version was submitted"}


def test_a_former_editor_hears_nothing(db: None) -> None:
    make.editor(is_active=False)

    make.submitted()

    assert traces.told() == {}


def test_an_editor_who_wrote_it_is_not_the_desk(db: None) -> None:
    writing = make.user(roles.AUTHOR, roles.EDITOR)
    other = make.editor()
    version = make.draft()
    Authorship.objects.create(article=version.article, user=writing, position=2)

    authoring.submit(version.pk, by=author(version))

    assert traces.told() == {other.pk: "A version was submitted"}


def test_who_reviewed_an_earlier_round_hears_nothing_of_the_next(db: None) -> None:
    both, other = make.reviewer(roles.CHIEF_EDITOR), make.chief()
    by = make.author()
    first = make.reviewed(by=by, tier="C", reviewers=[both], editor=make.editor())
    desk.return_for_changes(first.pk, by=make.editor(), reason="More, please")
    second = make.resubmitted(make.again(first), by=by)
    make.send(second, tier="C", reviewers=[make.reviewer()])

    make.report_all(second)

    told = traces.told(Event.objects.filter(kind="reported").latest("pk"))
    editor = make.article(second).editor_id
    assert told == {other.pk: "Ready for a decision", editor: "A review was signed"}
    User.objects.filter(pk=editor).update(is_active=False)
    authoring.withdraw(second.pk, by=by, reason="Overtaken")
    assert both.pk not in traces.told()
    assert other.pk in traces.told()


def test_the_other_authors_hear_too(db: None) -> None:
    second = make.author()
    version = make.draft()
    Authorship.objects.create(article=version.article, user=second, position=2)
    authoring.submit(version.pk, by=author(version))
    Notification.objects.all().delete()

    version = make.send(version)

    heard = {
        pk for pk, text in traces.told().items() if text.startswith("Your article")
    }
    assert heard == {author(version).pk, second.pk}


def test_the_editor_in_charge_hears_alone(db: None) -> None:
    in_charge = make.editor()
    make.editor()
    version = make.under_review(editor=in_charge)

    authoring.withdraw(version.pk, by=author(version), reason="Overtaken")

    told = traces.told()
    assert told.pop(in_charge.pk) == "The author withdrew a version"
    assert set(told.values()) == {"Your review is no longer needed"}


@pytest.mark.parametrize("how", ["left the house", "left the desk"])
def test_the_desk_hears_where_the_editor_in_charge_is_gone(how: str, db: None) -> None:
    in_charge, other = make.editor(), make.editor()
    version = make.under_review(editor=in_charge)
    if how == "left the house":
        User.objects.filter(pk=in_charge.pk).update(is_active=False)
    else:
        in_charge.groups.clear()

    authoring.withdraw(version.pk, by=author(version), reason="Overtaken")

    told = traces.told()
    assert (in_charge.pk in told, told[other.pk]) == (
        False,
        "The author withdrew a version",
    )


def test_a_notice_points_to_the_page_that_asks_or_shows(db: None) -> None:
    version = make.under_review()
    event = traces.last()
    asked = {a.reviewer_id: a for a in version.assignments.all()}

    paths = {n.recipient_id: n.path for n in event.notifications.all()}

    assert paths == {
        **{pk: a.get_absolute_url() for pk, a in asked.items()},
        author(version).pk: version.get_absolute_url(),
    }


def test_no_author_reads_a_reviewers_name_or_address(db: None) -> None:
    people = [
        make.reviewer(
            name=f"Rosalind Secret{n}", email=f"secret{n}@example.org", named=n > 0
        )
        for n in range(2)
    ]
    by = make.author()
    version = make.reviewed(by=by, reviewers=people)
    make.approve(version)
    publishing.publish(version.article_id, by=make.chief())

    notices = Notification.objects.filter(recipient=by)
    words = [f"{n.text} {n.path}" for n in notices]
    assert len(words) == 3
    assert [w for w in words if "ecret" in w or "assignment" in w] == []
    spoken = " ".join(Notification.objects.values_list("text", flat=True))
    assert "ecret" not in spoken


@pytest.mark.parametrize("topic", ["mail", "publish"])
def test_an_effect_is_named_by_what_happened(topic: str, db: None) -> None:
    make.editor()
    version = make.approved()
    row = Outbox.objects.filter(topic=topic).order_by("-pk")[0]

    names = {
        "mail": f"mail:{row.event.hash[:16]}:{row.event_id}:{row.recipient_id}",
        "publish": f"publish:{version.pk}",
    }
    assert row.dedupe_key == names[topic]
