"""What reaches the public, when, and what keeps it away."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles.canonical import sha256_hex
from articles.models import Page, Rendition, Version
from articles.vocabulary import Tier
from editorial import database, people, roles, shopfront
from editorial.actions import authoring, desk, effects, publishing
from editorial.errors import MovedOn, Refused
from editorial.models import Event, Outbox, Publication, User
from reviews.models import Signature
from tests import make, traces


def system() -> User:
    return people.system()


def author_of(version: Version) -> User:
    return make.fresh(version.article.authorships.order_by("pk")[0].user)


def stored(version: Version) -> dict[str, str]:
    rows = Page.objects.filter(article=version.article_id)
    assert all(row.sha256 == sha256_hex(bytes(row.body)) for row in rows)
    return {row.path: shopfront.page_digest(row) for row in rows}


def owed(version: Version) -> Outbox:
    return Outbox.objects.get(dedupe_key=f"publish:{version.pk}")


def test_publication_stores_the_pages_and_says_so_in_the_record(db: None) -> None:
    version = make.approved()
    editor = version.article.editor_id

    with traces.one_event():
        publishing.publish(version.article_id, by=system())

    publication = Publication.objects.get()
    assert (publication.version_id, publication.sha256, publication.ended_at) == (
        version.pk,
        version.sha256,
        None,
    )
    assert publication.approval.meaning == "approval"
    assert make.article(version).standing == "published"
    assert traces.step() == ("published", "unpublished", "published", "")
    assert traces.said()["version"]["sha256"] == version.sha256
    assert traces.said()["facts"]["pages"] == stored(version)
    assert traces.told() == {
        author_of(version).pk: "Your article is public",
        editor: "An article is public",
    }
    assert owed(version).status == "done"


def test_the_stored_page_is_the_approved_text(db: None) -> None:
    version = make.published(renditions={"clinician": make.BODY})

    page = Page.objects.get(path=version.article.get_absolute_url())

    assert sha256_hex(bytes(page.body)) == page.sha256
    assert version.question in bytes(page.body).decode()
    assert page.indexable
    canonical = Page.objects.get(path__endswith="canonical.json")
    assert sha256_hex(bytes(canonical.body)) == version.sha256


def test_a_chief_editor_publishes_ahead_of_time_and_the_scheduler_does_not(
    db: None,
) -> None:
    later = timezone.now() + dt.timedelta(days=3)
    version = make.approve(make.reviewed(), publish_at=later)

    with traces.nothing_left(Refused, "It is to be published at"):
        publishing.publish(version.article_id, by=system())
    publishing.publish(version.article_id, by=make.chief())

    assert owed(version).status == "done"


def test_an_editor_does_not_publish(db: None) -> None:
    version = make.approved()

    with traces.nothing_left(PermissionDenied):
        publishing.publish(version.article_id, by=make.editor())


def test_a_chief_editor_does_not_publish_their_own_text(db: None) -> None:
    chief = make.user(roles.AUTHOR, roles.CHIEF_EDITOR)
    version = make.approved(by=chief)

    with traces.nothing_left(PermissionDenied):
        publishing.publish(version.article_id, by=chief)


@pytest.mark.parametrize("maker", [make.submitted, make.under_review, make.reviewed])
def test_what_is_not_approved_is_not_published(maker: Any, db: None) -> None:
    version = maker()

    with traces.nothing_left(Refused, "No version is approved"):
        publishing.publish(version.article_id, by=make.chief())


def test_a_publication_asked_for_twice_happens_once(db: None) -> None:
    version = make.published()

    with traces.nothing_left(MovedOn) as caught:
        publishing.publish(version.article_id, by=make.chief())

    assert isinstance(caught.value, MovedOn)
    assert caught.value.what == "Published meanwhile"


def test_a_stale_publication_is_refused(db: None) -> None:
    version = make.approved()
    seen = make.article(version).revision
    desk.change_tier(version.article_id, by=make.editor(), tier=Tier.A, reason="Dose")

    with traces.nothing_left(MovedOn):
        publishing.publish(version.article_id, by=make.chief(), seen=seen)


def test_a_text_changed_after_its_approval_is_not_published(db: None) -> None:
    version = make.approved()
    database.drop(connection)
    Rendition.objects.filter(version=version).update(body="<p>Never.</p>")

    with traces.nothing_left(Refused, "no longer has the hash that was approved"):
        publishing.publish(version.article_id, by=system())


def test_a_text_changed_together_with_its_hash_is_not_published(db: None) -> None:
    version = make.approved()
    database.drop(connection)
    Version.objects.filter(pk=version.pk).update(sha256="b" * 64)

    with traces.nothing_left(Refused, "The approval signature does not verify"):
        publishing.publish(version.article_id, by=system())


@pytest.mark.parametrize("column", ["value", "printed_name", "public_key"])
def test_an_approval_that_does_not_verify_publishes_nothing(
    column: str, db: None
) -> None:
    version = make.approved()
    database.drop(connection)
    Signature.objects.filter(meaning="approval").update(**{column: "ab" * 32})

    with traces.nothing_left(Refused, "The approval signature does not verify"):
        publishing.publish(version.article_id, by=system())


def test_everything_due_is_published_at_its_time(db: None) -> None:
    now = timezone.now()
    soon = make.approve(make.reviewed(), publish_at=now + dt.timedelta(hours=1))
    later = make.approve(make.reviewed(), publish_at=now + dt.timedelta(hours=3))

    assert publishing.publish_due() == (0, 0)
    with time_machine.travel(now + dt.timedelta(hours=2), tick=False):
        assert publishing.publish_due() == (1, 0)
        assert publishing.publish_due() == (0, 0)

    assert [make.article(v).standing for v in (soon, later)] == [
        "published",
        "unpublished",
    ]
    assert traces.said()["actor"]["name"] == "The system"


def broken(version: Version) -> None:
    database.drop(connection)
    Rendition.objects.filter(version=version).update(body="<p>Never.</p>")


def test_one_failing_article_does_not_stop_the_others(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    versions = [make.approved() for _ in range(3)]
    broken(versions[1])

    with caplog.at_level(logging.ERROR):
        assert publishing.publish_due() == (2, 1)

    assert [make.article(v).standing for v in versions] == [
        "published",
        "unpublished",
        "published",
    ]
    assert [owed(v).status for v in versions] == ["done", "pending", "done"]
    assert owed(versions[1]).last_error == (
        "The text no longer has the hash that was approved."
    )


def test_a_failure_is_tried_again_after_pauses_that_double_then_parked(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    version = make.approved()
    broken(version)
    now, pauses = timezone.now(), []

    with time_machine.travel(now, tick=False) as clock, caplog.at_level("CRITICAL"):
        while owed(version).status == "pending":
            assert publishing.publish_due() == (0, 1)
            wait = owed(version).available_at - timezone.now()
            pauses.append(wait // dt.timedelta(minutes=1))
            clock.shift(wait - dt.timedelta(seconds=1))
            assert publishing.publish_due() == (0, 0)
            clock.shift(dt.timedelta(seconds=1))

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert (owed(version).status, owed(version).attempts) == ("parked", 8)


def test_a_parked_publication_is_done_again_when_an_editor_says_so(db: None) -> None:
    version = make.approved()
    row = owed(version)
    row.status, row.attempts = Outbox.Status.PARKED, 8
    row.save()

    effects.settle(row.pk, by=make.editor(), delivered=False)

    assert publishing.publish_due() == (1, 0)
    assert make.article(version).standing == "published"


def test_what_was_published_by_hand_is_no_longer_owed(db: None) -> None:
    version = make.published()
    Outbox.objects.filter(pk=owed(version).pk).update(
        status=Outbox.Status.PENDING, settled_at=None
    )
    events = Event.objects.count()

    assert publishing.publish_due() == (0, 0)

    assert owed(version).status == "moot"
    assert Event.objects.count() == events


def test_the_command_says_what_it_did_and_fails_when_one_failed(
    db: None, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    good, bad = make.approved(), make.approved()
    call_command("publish_due")
    assert capsys.readouterr().out == "2 published, 0 failed\n"
    assert {make.article(v).standing for v in (good, bad)} == {"published"}

    broken(make.approved())
    with pytest.raises(CommandError), caplog.at_level("CRITICAL"):
        call_command("publish_due")
    assert capsys.readouterr().out == "0 published, 1 failed\n"


def test_a_preview_is_shown_with_a_reason(db: None) -> None:
    version, editor = make.under_review(tier=Tier.B), make.editor()

    with traces.nothing_left(Refused, "needs a reason"):
        publishing.show_preview(version.article_id, by=editor, reason=" ")
    with traces.one_event():
        publishing.show_preview(version.article_id, by=editor, reason="Asked for")

    assert make.article(version).standing == "preview"
    assert traces.step() == ("preview_shown", "unpublished", "preview", "Asked for")
    assert traces.said()["facts"]["pages"] == stored(version)
    assert traces.told() == {
        author_of(version).pk: "A preview of your article is public"
    }
    assert not Page.objects.filter(indexable=True).exists()
    page = Page.objects.get(path=version.article.get_absolute_url())
    assert version.question in bytes(page.body).decode()


@pytest.mark.parametrize("tier", [Tier.A, ""])
def test_a_text_of_tier_a_or_of_none_is_never_previewed(tier: str, db: None) -> None:
    version = make.under_review(tier=tier) if tier else make.submitted()

    with traces.nothing_left(Refused, "A text of risk tier A, or of none yet"):
        publishing.show_preview(version.article_id, by=make.chief(), reason="x")


def test_there_is_no_preview_of_a_draft(db: None) -> None:
    version = make.draft()
    desk.change_tier(version.article_id, by=make.editor(), tier=Tier.C, reason="x")

    with traces.nothing_left(Refused, "No version is with the desk"):
        publishing.show_preview(version.article_id, by=make.editor(), reason="x")


def test_a_published_article_has_no_preview(db: None) -> None:
    by = make.author()
    version = make.published(by=by, tier=Tier.C)
    authoring.submit(authoring.revise(version.pk, by=by).pk, by=by)

    with traces.nothing_left(MovedOn):
        publishing.show_preview(version.article_id, by=make.editor(), reason="x")


def test_a_preview_ends_and_its_pages_are_gone(db: None) -> None:
    version = make.under_review(tier=Tier.C)
    publishing.show_preview(version.article_id, by=make.editor(), reason="x")

    with traces.one_event():
        publishing.end_preview(version.article_id, by=make.editor())

    assert stored(version) == {}
    assert make.article(version).standing == "unpublished"
    assert traces.step() == ("preview_ended", "preview", "unpublished", "")
    assert traces.said()["facts"] == {"pages": {}}
    assert traces.told() == {}


def test_a_preview_follows_the_review(db: None) -> None:
    version = make.submitted()
    editor = make.editor()
    desk.change_tier(version.article_id, by=editor, tier=Tier.C, reason="x")
    publishing.show_preview(version.article_id, by=editor, reason="x")
    path = version.article.get_absolute_url()
    before = stored(version)[path]

    make.send(version, tier=Tier.C, editor=editor)

    assert stored(version)[path] != before
    assert traces.said()["facts"]["pages"] == stored(version)


def test_an_approved_preview_becomes_the_publication(db: None) -> None:
    version = make.under_review(tier=Tier.C)
    publishing.show_preview(version.article_id, by=make.editor(), reason="x")
    make.report_all(version)
    make.approve(make.again(version))

    publishing.publish(version.article_id, by=system())

    assert traces.step() == ("published", "preview", "published", "")
    assert Page.objects.get(path=version.article.get_absolute_url()).indexable


@pytest.mark.parametrize("standing", ["preview", "published"])
def test_public_pages_are_rebuilt_from_what_they_show(standing: str, db: None) -> None:
    if standing == "published":
        version = make.published(tier=Tier.C)
    else:
        version = make.under_review(tier=Tier.C)
        publishing.show_preview(version.article_id, by=make.editor(), reason="x")
    before = stored(version)
    Page.objects.filter(article=version.article_id).delete()

    with traces.one_event():
        publishing.rebuild(version.article_id, by=system())

    assert stored(version).keys() == before.keys()
    assert traces.said()["facts"]["pages"] == stored(version)
    assert traces.told() == {}


def test_a_rebuilt_page_shows_the_version_that_is_public_not_the_newest(
    db: None,
) -> None:
    by = make.author()
    version = make.published(by=by, tier=Tier.C)
    draft = authoring.revise(version.pk, by=by)
    text = make.text(question="Should you offer it again?")
    authoring.edit(draft.pk, by=by, text=text, seen=None)
    second = make.send(authoring.submit(draft.pk, by=by), tier=Tier.C)
    make.report_all(second)
    make.approve(make.again(second))

    publishing.rebuild(version.article_id, by=system())

    page = Page.objects.get(path=version.article.get_absolute_url())
    assert version.question in bytes(page.body).decode()
    assert "Should you offer it again?" not in bytes(page.body).decode()


def test_an_earlier_version_stays_on_its_own_page(db: None) -> None:
    by = make.author()
    first = make.published(by=by, tier=Tier.C)
    draft = authoring.revise(first.pk, by=by)
    second = make.send(authoring.submit(draft.pk, by=by), tier=Tier.C)
    make.report_all(second)
    make.approve(make.again(second))
    publishing.publish(first.article_id, by=system())

    base = first.article.get_absolute_url()
    for version in (first, second):
        number = make.again(version).number
        page = Page.objects.get(path=f"{base}versions/{number}/canonical.json")
        assert sha256_hex(bytes(page.body)) == version.sha256


def test_a_publication_that_fails_half_way_leaves_nothing(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = make.approved()
    show = shopfront.show

    def broken_show(version: Version, **fields: Any) -> dict[str, str]:
        show(version, **fields)
        message = "The disk is full"
        raise OSError(message)

    monkeypatch.setattr(shopfront, "show", broken_show)
    with traces.nothing_left(OSError, "The disk is full"):
        publishing.publish(version.article_id, by=system())
