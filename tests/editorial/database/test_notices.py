"""Notices are signed by two, say what they said, and move the standing."""

from __future__ import annotations

from functools import partial

from django.utils import timezone

from articles.models import Notice
from articles.states import Standing
from tests import make
from tests.editorial.database.house import House
from tests.editorial.database.writes import (
    accepted,
    dropped,
    happens,
    inserts,
    updates,
)


def issue(notice: Notice) -> None:
    now = timezone.now()
    Notice.objects.filter(pk=notice.pk).update(issued_at=now, number=1)


def test_a_notice_is_issued_when_two_have_signed_it(house: House) -> None:
    assert not happens(partial(issue, house.notice))
    house.notice_signature(signer=house.chief).save()

    assert happens(partial(issue, house.notice))


def test_an_issued_notice_is_born_of_one_hand_only_where_one_is_enough(
    house: House,
) -> None:
    now = {"issued_at": timezone.now(), "number": 1}
    by_two = [k for k in Notice.Kind.values if k not in ("hold", "archiving")]
    writes = {
        name: write
        for kind in by_two
        for name, write in inserts(
            partial(house.notice_of, kind=kind, **now),
            kind,
        ).items()
    }

    assert accepted(writes) == []
    assert len(writes) == 3 * 6
    assert happens(house.notice_of(kind="hold", **now).save)


def test_what_a_notice_says_stays(house: House) -> None:
    fixed = ("kind", "after", "words", "stance", "issuer", "sha256")
    writes = {k: w for c in fixed for k, w in updates(house.notice, c).items()}

    assert accepted(writes) == []
    assert dropped(writes) == list(writes)


def test_a_notice_that_holds_no_longer_stays_as_it_is(house: House) -> None:
    Notice.objects.filter(pk=house.notice.pk).update(ended_at=timezone.now())
    ended = Notice.objects.get(pk=house.notice.pk)

    assert accepted(updates(ended, "end", "expired")) == []


def test_nobody_signs_a_notice_on_their_own_text(house: House) -> None:
    writes = inserts(partial(house.notice_signature, signer=house.author), "author")

    assert accepted(writes) == []
    assert dropped(writes) == list(writes)


def test_a_signature_is_under_what_the_notice_says(house: House) -> None:
    writes = inserts(partial(house.notice_signature, sha256="d" * 64), "another hash")

    assert accepted(writes) == []
    assert dropped(writes) == list(writes)


def test_no_standing_moves_without_a_notice(house: House) -> None:
    public = house.first.article
    stopped = [
        s
        for s in Standing.values
        if s not in (Standing.UNPUBLISHED, Standing.PREVIEW, Standing.PUBLISHED)
    ]
    writes = {k: w for s in stopped for k, w in updates(public, "standing", s).items()}

    assert accepted(writes) == []
    assert dropped(writes) == list(writes)


def test_what_is_retracted_does_not_come_back_by_itself(house: House) -> None:
    version = make.published()
    make.noticed(version, "retract")
    retracted = make.article(version)
    writes = updates(retracted, "standing", "published")

    assert accepted(writes) == []
    assert dropped(writes) == list(writes)


def test_no_notice_leads_off_the_drawn_arrows(house: House) -> None:
    version = make.published()
    make.noticed(version, "remove")
    removed = make.article(version)
    writes = {
        k: w
        for s in ("published", "concern", "preview", "unpublished")
        for k, w in updates(removed, "standing", s).items()
    }

    assert accepted(writes) == []
