"""The public address of a text follows the question that somebody has read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from editorial.actions import authoring, citing, desk, publishing
from tests import make

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.models import User

QUESTION = "Does treatment help?"


def asked_anew(version: Version, question: str, *, by: User) -> Version:
    text = replace(citing.stored(make.again(version)), question=question)
    return authoring.edit(version.pk, by=by, text=text, seen=None).version


def slug(version: Version) -> str:
    return make.article(version).slug


def test_the_address_is_that_of_the_question_that_is_submitted(db: None) -> None:
    by = make.author()
    draft = make.draft(by=by, question="Is the board a fraud?")
    asked_anew(draft, QUESTION, by=by)
    assert slug(draft) == "is-the-board-a-fraud"

    authoring.submit(draft.pk, by=by)

    assert slug(draft) == "does-treatment-help"


def test_it_follows_until_the_public_can_use_it(db: None) -> None:
    by = make.author()
    first = make.under_review(by=by, tier="C", question=QUESTION)
    desk.return_for_changes(first.pk, by=make.editor(), reason="Mend it")
    second = make.answered(authoring.revise(first.pk, by=by), by=by)
    asked_anew(second, "Does this treatment help?", by=by)
    second = authoring.submit(second.pk, by=by)
    assert slug(second) == "does-this-treatment-help"

    make.report_all(make.send(second, tier="C"))
    make.approve(make.again(second))
    publishing.publish(second.article_id, by=make.chief())
    third = authoring.revise(second.pk, by=by)
    asked_anew(third, "Will treatment help?", by=by)
    authoring.submit(make.answered(third, by=by).pk, by=by)

    assert slug(third) == "does-this-treatment-help"


def test_a_preview_fixes_the_address(db: None) -> None:
    by = make.author()
    first = make.under_review(by=by, tier="C", question=QUESTION)
    editor = make.editor()
    publishing.show_preview(first.article_id, by=editor, reason="Asked for")
    desk.return_for_changes(first.pk, by=editor, reason="Mend it")
    second = make.answered(authoring.revise(first.pk, by=by), by=by)
    asked_anew(second, "Does this treatment help?", by=by)

    authoring.submit(second.pk, by=by)

    assert slug(second) == "does-treatment-help"


def test_a_numbered_address_stays_while_its_question_does(db: None) -> None:
    make.draft(question=QUESTION)
    by = make.author()
    draft = make.draft(by=by, question=QUESTION)

    authoring.submit(draft.pk, by=by)

    assert slug(draft) == "does-treatment-help-2"
