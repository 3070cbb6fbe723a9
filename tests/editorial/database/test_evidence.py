"""Who wrote, and what was objected and answered, stays as the desk saw it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils import timezone

from articles.models import (
    Authorship,
)
from editorial.actions import authoring, desk
from reviews.models import Comment
from tests import make, tampering
from tests.editorial.database.house import House
from tests.editorial.database.writes import (
    Named,
    accepted,
    deletes,
    dropped,
    happens,
    inserts,
    updates,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from editorial.models import User


def test_the_authors_of_a_text_with_the_desk_stand_fast(house: House) -> None:
    row = Authorship.objects.get(article=house.first.article)
    row.position = 7
    other = make.author()
    writes = {
        **updates(row, "position", 2),
        **updates(row, "contributions", ["software"]),
        **deletes(row),
        **inserts(
            lambda: Authorship(article=house.first.article, user=other), "late author"
        ),
    }

    assert accepted(writes) == []
    assert len(writes) == 14
    assert dropped(writes) == list(writes)


def test_an_author_of_a_draft_stays_who_they_are_and_stays(house: House) -> None:
    row = Authorship.objects.get(article=house.draft.article)
    writes = {
        **updates(row, "article_id", make.draft().article_id),
        **updates(row, "user_id", make.author().pk),
        **{
            f"unjoined {road.__name__}": partial(road, row, "joined_at", None)
            for road in tampering.UPDATES
        },
        **deletes(row),
    }

    assert accepted(writes) == []
    assert len(writes) == 15
    assert dropped(writes) == list(writes)


def test_nobody_who_judged_an_article_becomes_its_author(house: House) -> None:
    version = make.under_review(tier="B")
    asked, signed = version.assignments.select_related("reviewer").order_by("pk")
    make.reported(signed)
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it")
    people = {"was asked": asked.reviewer, "signed": signed.reviewer}
    writes: Named = {}
    for name, person in people.items():
        for joined in (None, timezone.now()):
            writes |= inserts(
                lambda person=person, joined=joined: Authorship(  # type: ignore[misc]
                    article=version.article, user=person, joined_at=joined
                ),
                f"{name} {joined is None}",
            )

    assert accepted(writes) == []
    assert len(writes) == 12
    assert dropped(writes) == list(writes)
    assert happens(
        Authorship(article=version.article, user=make.author(), joined_at=None).save
    )


def test_what_was_answered_stays_as_the_desk_saw_it(house: House) -> None:
    comment = Comment(
        version=house.draft, author=house.chief, kind="request", text="Mend it"
    )
    comment.save()
    words = {"answer_text": "Mended", "answered_at": timezone.now(), "answer": "done"}
    writes = {k: w for c, v in words.items() for k, w in updates(comment, c, v).items()}
    assert accepted(writes) == list(writes)

    make.answered(house.draft, by=house.draft.article.authorships.get().user)
    authoring.submit(house.draft.pk, by=house.draft.article.authorships.get().user)
    other = {"answer_text": "No", "answered_at": timezone.now(), "answer": "not_done"}
    late = {k: w for c, v in other.items() for k, w in updates(comment, c, v).items()}

    assert accepted(late) == []
    assert len(late) == 12
    assert len(dropped(late)) == 8  # a thing not done has a reason, whatever the guards


def test_no_author_closes_a_comment_on_their_own_text(house: House) -> None:
    comment = Comment(
        version=house.draft, author=house.chief, kind="blocking", text="It harms."
    )
    comment.save()
    author = house.draft.article.authorships.get().user

    def closed(by: User) -> Callable[[], object]:
        rows = Comment.objects.filter(pk=comment.pk)
        return lambda: rows.update(resolved_at=timezone.now(), resolved_by=by)

    writes = {"by the author": closed(author)}
    assert accepted(writes) == []
    assert dropped(writes) == list(writes)
    assert happens(closed(house.chief))


def test_an_invitation_to_write_is_arranged_accepted_or_gone(house: House) -> None:
    row = Authorship(article=house.draft.article, user=make.author(), joined_at=None)
    row.save()
    writes = {
        **updates(row, "position", 2),
        **updates(row, "contributions", ["software"]),
        **updates(row, "joined_at", timezone.now()),
        **deletes(row),
    }

    assert accepted(writes) == list(writes)
