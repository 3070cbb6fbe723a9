"""Notices: proposed by one, issued by two, or at once where harm is near."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.models import Notice, NoticeSignature, Page, SearchEntry
from articles.vocabulary import Issuer, Stance
from editorial import noticing, people, roles, workflow
from editorial.actions import publishing, standing
from editorial.errors import MovedOn, Refused
from editorial.models import Publication
from editorial.proof import Proof
from reviews import notices
from tests import make, traces

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.models import User

STEPS = [step.name for step in workflow.PROPOSE]
STARTS = {
    "express_concern": "published",
    "lift_concern": "concern",
    "release": "held",
    "release_to_concern": "held",
    "retract": "published",
    "reinstate": "retracted",
    "remove": "published",
}


def confirm(notice: Notice, by: User, **other: Any) -> Notice:
    given = {"sha256": notice.sha256, "proven": make.proven(by)} | other
    return standing.confirm(notice.article_id, by=by, **given)


def approved_anew(version: Version) -> Version:
    """The next version, approved and not yet public."""
    author = make.fresh(version.article.authorships.get().user)
    second = make.send(make.resubmitted(version, by=author))
    make.report_all(second)
    return make.approve(make.again(second))


def on(step: str) -> Version:
    """A public version of an article that stands where the step starts."""
    version = make.published()
    if step == "reinstate":
        approved_anew(version)
    make.STAND[STARTS[step]](version)
    return make.again(version)


def test_every_step_is_tried_here() -> None:
    assert STARTS.keys() == set(STEPS)


@pytest.mark.parametrize("step", STEPS)
def test_a_proposal_changes_nothing_that_readers_see(step: str, db: None) -> None:
    version = on(step)
    before = list(Page.objects.order_by("pk").values_list("path", "sha256"))

    with traces.one_event():
        notice = make.proposed(version, step)

    assert make.article(version).standing == STARTS[step]
    assert list(Page.objects.order_by("pk").values_list("path", "sha256")) == before
    assert (notice.number, notice.issued_at) == (None, None)
    assert traces.step()[0] == "notice_proposed"
    assert traces.problems() == []


@pytest.mark.parametrize("step", STEPS)
def test_the_second_signature_moves_standing_pages_and_record_at_once(
    step: str, db: None
) -> None:
    version = on(step)
    notice = make.proposed(version, step)

    with traces.one_event():
        make.confirmed(notice)

    move = standing.MOVES[step]
    assert make.article(version).standing == move.after
    assert traces.step()[:3] == (move.event, STARTS[step], move.after)
    kept = Notice.objects.get(pk=notice.pk)
    assert (kept.issued_at is not None, kept.ended_at) == (True, None)
    assert [s.signer_id for s in kept.signatures.order_by("pk")] == [
        notice.proposed_by_id,
        traces.last().actor_id,
    ]
    assert traces.problems() == []


def test_a_notice_answers_the_one_before_it_and_ends_it(db: None) -> None:
    version = make.published()
    concern = make.noticed(version, "express_concern")

    lifting = make.noticed(version, "lift_concern")

    rows = Notice.objects.filter(article=version.article_id).order_by("number")
    assert [(n.number, n.kind, n.answers_id) for n in rows] == [
        (1, "concern", None),
        (2, "lifting", concern.pk),
    ]
    assert [n.ended_at is None for n in rows] == [False, True]
    assert lifting.before == "concern"


def test_what_is_signed_is_what_the_notice_says(db: None) -> None:
    notice = make.noticed(make.published(), "retract")

    rows = NoticeSignature.objects.select_related("notice__version")
    assert [notices.is_valid(row) for row in rows] == [True, True]
    notice.words = "All is well."
    assert notices.sha256_of(notice) != notice.sha256


@pytest.mark.parametrize("step", STEPS)
def test_nobody_signs_twice(step: str, db: None) -> None:
    notice = make.proposed(on(step), step, by=make.chief())

    with traces.nothing_left(PermissionDenied):
        confirm(notice, make.fresh(notice.proposed_by))


def test_one_of_the_two_is_a_chief_editor(db: None) -> None:
    notice = make.proposed(make.published(), "retract", by=make.editor())

    with traces.nothing_left(PermissionDenied):
        confirm(notice, make.editor())
    assert confirm(notice, make.chief()).number == 1


def test_an_editor_confirms_what_a_chief_editor_proposed(db: None) -> None:
    notice = make.proposed(make.published(), "remove", by=make.chief())

    assert confirm(notice, make.editor()).number == 1


def test_whoever_has_a_part_in_the_text_signs_nothing(db: None) -> None:
    author = make.user(roles.AUTHOR, roles.CHIEF_EDITOR)
    judge = make.reviewer(roles.CHIEF_EDITOR)
    version = make.published(by=author, reviewers=[judge, make.reviewer()])
    notice = make.proposed(version, "retract")

    for by in (author, judge):
        with traces.nothing_left(PermissionDenied):
            confirm(notice, make.fresh(by))
        with traces.nothing_left(PermissionDenied):
            standing.retract(
                version.article_id,
                by=make.fresh(by),
                said=make.said("retract"),
                proven=make.proven(by),
            )


def test_only_the_notice_that_was_shown_is_signed(db: None) -> None:
    notice = make.proposed(make.published(), "retract")

    with traces.nothing_left(Refused, match="not the one you were shown"):
        confirm(notice, make.chief(), sha256="a" * 64)


def test_a_signature_needs_the_password_again(db: None) -> None:
    notice = make.proposed(make.published(), "retract")
    by = make.chief()
    old = Proof(by.pk, timezone.now() - dt.timedelta(hours=1))

    with traces.nothing_left(Refused, match="password"):
        confirm(notice, by, proven=old)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"reasons": ()}, "at least one of the reasons"),
        ({"reasons": ("privacy",)}, "at least one of the reasons"),
        ({"words": " \u200b"}, "in words"),
        ({"words": "x" * 5001}, "within 5,000"),
        ({"stance": "unsure"}, "what the authors say"),
        ({"issuer": "nobody"}, "in whose name"),
    ],
)
def test_a_notice_says_all_it_must(wrong: dict[str, Any], why: str, db: None) -> None:
    version, by = make.published(), make.editor()

    with traces.nothing_left(Refused, match=why):
        standing.retract(
            version.article_id,
            by=by,
            said=make.said("retract", **wrong),
            proven=make.proven(by),
        )


def test_one_proposal_waits_at_a_time(db: None) -> None:
    version = make.published()
    make.proposed(version, "express_concern")

    with traces.nothing_left(Refused, match="waits for its second signature"):
        make.proposed(version, "retract")


def test_a_notice_is_about_the_text_that_readers_see(db: None) -> None:
    version = make.published()
    notice = make.proposed(version, "retract")
    approved_anew(version)
    publishing.publish(version.article_id, by=make.chief())

    with traces.nothing_left(Refused, match="another version by now"):
        confirm(notice, make.chief())


def test_a_board_member_stops_an_article_alone_and_at_once(db: None) -> None:
    version, by = make.published(), make.reviewer()

    with traces.one_event():
        notice = standing.hold(version.article_id, by=by, reason="Ten times the dose")

    assert make.article(version).standing == "held"
    assert traces.step() == ("held", "published", "held", "Ten times the dose")
    assert (notice.number, notice.words) == (1, "Ten times the dose")
    assert (notice.issuer, notice.stance) == (Issuer.BOARD, Stance.NOT_ASKED)
    assert [s.signer_id for s in notice.signatures.all()] == [by.pk]
    assert traces.problems() == []


def test_who_left_the_board_stops_nothing(db: None) -> None:
    version, by = make.published(), make.reviewer()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    by.board_member.until = yesterday
    by.board_member.save()

    with traces.nothing_left(PermissionDenied):
        standing.hold(version.article_id, by=make.fresh(by), reason="Ten times")


def test_a_hold_asked_for_twice_happens_once(db: None) -> None:
    version = make.published()
    make.held(version)

    with traces.nothing_left(MovedOn, match="Put on hold"):
        make.held(version)


def test_a_hold_overtakes_a_proposed_concern_and_no_retraction(db: None) -> None:
    doubted, wrong = make.published(), make.published()
    make.proposed(doubted, "express_concern")
    retraction = make.proposed(wrong, "retract")

    make.held(doubted)
    make.held(wrong)

    ended = Notice.objects.exclude(end="").values_list("kind", "end")
    assert list(ended) == [("concern", "overtaken")]
    issued = confirm(retraction, make.chief())
    assert (issued.before, issued.answers.kind) == ("held", "hold")  # type: ignore[union-attr]
    assert traces.problems() == []


def test_the_board_and_a_chief_editor_release_together(db: None) -> None:
    version, member, chief = make.published(), make.reviewer(), make.chief()
    make.held(version)
    notice = make.proposed(version, "release", by=member)

    with traces.nothing_left(PermissionDenied):
        confirm(notice, make.reviewer())
    confirm(notice, chief)

    assert make.article(version).standing == "published"


def test_what_was_doubted_before_is_released_into_the_doubt(db: None) -> None:
    version = make.published()
    make.noticed(version, "express_concern")
    make.held(version)

    with traces.nothing_left(Refused, match="release it into that"):
        make.proposed(version, "release")
    make.noticed(version, "release_to_concern")

    assert make.article(version).standing == "concern"
    assert traces.problems() == []


def test_a_retracted_text_comes_back_only_approved_anew(db: None) -> None:
    version = make.published()
    make.noticed(version, "retract")

    with traces.nothing_left(Refused, match="approved anew"):
        make.proposed(version, "reinstate")
    second = approved_anew(version)
    make.noticed(version, "reinstate")

    assert make.article(version).standing == "published"
    current = Publication.objects.get(article=version.article_id, ended_at=None)
    assert current.version_id == second.pk
    assert publishing.publish_due() == (0, 0)
    assert traces.problems() == []


@pytest.mark.parametrize("at", ["concern", "held", "retracted", "removed"])
def test_nothing_is_published_while_an_article_is_stopped(at: str, db: None) -> None:
    version = make.published()
    make.STAND[at](version)
    approved_anew(version)

    assert publishing.publish_due() == (0, 0)
    with traces.nothing_left(MovedOn):
        publishing.publish(version.article_id, by=make.chief())


def test_a_new_version_revives_what_was_no_longer_kept_up(db: None) -> None:
    version = make.published()
    make.archived(version)
    approved_anew(version)

    assert publishing.publish_due() == (1, 0)
    assert make.article(version).standing == "published"
    assert noticing.in_force(make.article(version)) is None
    assert traces.problems() == []


def test_a_removed_text_is_on_no_page_and_found_by_no_search(db: None) -> None:
    version = make.published()

    make.noticed(version, "remove")

    body = b"".join(bytes(body) for body in Page.objects.values_list("body", flat=True))
    assert b"Watch for bleeding" not in body
    assert not SearchEntry.objects.exists()
    assert traces.problems() == []


def test_a_proposal_is_taken_back_by_who_made_it_or_who_will_not_sign(
    db: None,
) -> None:
    version, by = make.published(), make.editor()
    for who in (by, make.chief()):
        make.proposed(version, "retract", by=by)
        with traces.one_event():
            standing.take_back(version.article_id, by=who, reason="It was right")

        with traces.nothing_left(MovedOn):
            standing.take_back(version.article_id, by=who, reason="It was right")

    make.proposed(version, "retract", by=by)
    with traces.nothing_left(PermissionDenied):
        standing.take_back(version.article_id, by=make.editor(), reason="Mine")
    assert Notice.objects.filter(end="taken_back").count() == 2
    assert traces.problems() == []


def test_a_proposal_that_nobody_confirms_expires(db: None) -> None:
    notice = make.proposed(make.published(), "retract")
    with traces.nothing_left(Refused, match="still time"):
        standing.let_expire(notice.article_id)
    assert standing.expire_due() == 0

    with time_machine.travel(timezone.now() + dt.timedelta(days=14, minutes=1)):
        assert (standing.expire_due(), standing.expire_due()) == (1, 0)

    assert Notice.objects.get(pk=notice.pk).end == "expired"
    assert traces.told() == {
        notice.proposed_by_id: "Your proposed notice was not issued"
    }
    assert traces.last().actor_id == people.system().pk


def test_authors_judges_and_the_desk_hear_of_it_at_once(db: None) -> None:
    author, editor, chief = make.author(), make.editor(), make.chief()
    judges = [make.reviewer(), make.reviewer()]
    version = make.published(by=author, reviewers=judges, editor=editor)

    make.held(version)

    told = traces.told()
    assert set(told.values()) == {"An article was put on hold"}
    assert {author.pk, editor.pk, chief.pk, *(j.pk for j in judges)} <= told.keys()


def test_the_desk_hears_of_a_proposal_and_nobody_else_does(db: None) -> None:
    version = make.published()
    editor, chief = make.editor(), make.chief()

    make.proposed(version, "retract", by=editor)

    told = traces.told()
    assert chief.pk in told
    assert set(told.values()) == {"A notice waits for a second signature"}
    assert version.article.authorships.get().user_id not in told
