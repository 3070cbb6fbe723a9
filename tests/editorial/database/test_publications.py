"""The public sees a text with a live approval, and nothing else."""

from __future__ import annotations

from functools import partial

from django.db import connection
from django.utils import timezone

from articles.models import (
    Version,
)
from editorial import database
from editorial.models import Publication
from reviews.models import Signature
from tests import make, tampering
from tests.editorial.database.house import House
from tests.editorial.database.writes import (
    accepted,
    dropped,
    happens,
    inserts,
    updates,
)


def test_only_the_newest_version_is_published_on_a_live_approval(house: House) -> None:
    approval = Signature.objects.get(version=house.first, meaning="approval")
    review = Signature.objects.filter(version=house.second).order_by("pk")[0]
    own = house.signature()
    other = make.approved()
    live = Signature.objects.get(version=other, meaning="approval")
    own.save()
    end_current(house)
    writes = {
        **inserts(house.publication, "superseded by a newer version"),
        **inserts(
            lambda: house.publication(
                version=house.second, approval=own, sha256=house.second.sha256
            ),
            "not approved",
        ),
        **inserts(
            lambda: house.publication(
                version=house.second, approval=review, sha256=house.second.sha256
            ),
            "on a review",
        ),
        **inserts(
            lambda: house.publication(version=house.second, approval=approval),
            "on another's approval",
        ),
        **inserts(
            lambda: house.publication(
                version=other, approval=live, sha256=other.sha256
            ),
            "under another article",
        ),
        **inserts(
            lambda: house.publication(
                article=other.article, version=other, approval=live, sha256="d" * 64
            ),
            "another hash",
        ),
    }
    good = Publication(
        article=other.article, version=other, approval=live, sha256=other.sha256
    )

    assert accepted(writes) == []
    assert len(writes) == 18
    assert happens(good.save)


def end_current(house: House) -> None:
    Publication.objects.filter(article=house.first.article).update(
        ended_at=timezone.now()
    )


def test_an_article_has_one_current_publication(house: House) -> None:
    database.drop(connection)
    Version.objects.filter(pk=house.second.pk).update(number=77)
    writes = inserts(
        lambda: house.publication(
            version=house.second, approval=Signature.objects.order_by("pk")[0]
        ),
        "second",
    )

    assert accepted(writes) == []


def test_the_author_does_not_publish_on_their_own_approval(db: None) -> None:
    version = make.approved()
    approval = Signature.objects.get(version=version, meaning="approval")
    with tampering.unguarded():
        make.article(version).authorships.create(user=approval.signer, position=2)
    row = Publication(
        article=version.article,
        version=version,
        approval=approval,
        sha256=version.sha256,
    )

    assert not happens(row.save)


def test_a_publication_can_only_end(house: House) -> None:
    row = Publication.objects.get()
    fixed = tampering.columns(Publication, but=("ended_at",))
    values = {"article_id": house.draft.article_id, "version_id": house.second.pk}
    writes = {k: w for c in fixed for k, w in updates(row, c, values.get(c)).items()}

    assert accepted(writes) == []
    assert len(writes) == 20
    assert happens(partial(tampering.by_sql, row, "ended_at", timezone.now()))
    end_current(house)
    again = updates(Publication.objects.get(), "ended_at")
    assert accepted(again) == []


def test_an_article_counts_as_published_only_by_a_publication(house: House) -> None:
    writes = updates(house.draft.article, "standing", "published")

    assert accepted(writes) == []
    assert dropped(writes) == list(writes)
