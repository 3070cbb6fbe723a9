"""The ledger: what an event says, how events are linked, and who was first."""

from __future__ import annotations

import json
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from articles.canonical import canonical_json, sha256_hex
from articles.models import (
    Article,
    Authorship,
    Citation,
    FindingAnswer,
    Rendition,
    Topic,
    Version,
)
from editorial import ledger, workflow
from editorial.actions import (
    answering,
    authoring,
    desk,
    handling,
    inviting,
    reviewing,
)
from editorial.errors import MovedOn, Refused
from editorial.ledger import Subject, digests, taking
from editorial.models import Chain, Event, User
from editorial.verification import RECORDED
from reviews import signing
from reviews.models import Assignment, Comment, Signature
from tests import make, traces


def events(version: Version) -> list[Event]:
    return list(Event.objects.filter(article=version.article_id).order_by("seq"))


def test_an_event_says_who_what_when_why_and_on_which_bytes(db: None) -> None:
    by = make.author(name="Ada Ames", credentials="MD")
    version = make.submitted(by=by)
    event = traces.last()

    assert json.loads(event.payload) == {
        "form": "imprimatur-event/1",
        "chain": f"article:{version.article_id}",
        "seq": 2,
        "prev": events(version)[0].hash,
        "at": signing.moment(event.at),
        "kind": "submitted",
        "actor": {"id": by.pk, "name": "Ada Ames, MD", "roles": ["author"]},
        "article": version.article_id,
        "version": {"id": version.pk, "number": 1, "sha256": version.sha256},
        "assignment": None,
        "from": "draft",
        "to": "submitted",
        "reason": "",
        "facts": {"parts": ledger.parts_digest(make.again(version))},
        "rows": {
            f"article:{version.article_id}": ledger.row_digest(make.article(version)),
            f"version:{version.pk}": ledger.row_digest(make.again(version)),
        },
    }


def test_an_event_is_kept_as_it_was_hashed(db: None) -> None:
    make.published()

    for event in Event.objects.all():
        said = json.loads(event.payload)
        assert event.payload.encode() == canonical_json(said)
        assert event.hash == sha256_hex(event.payload.encode())


def test_events_of_an_article_are_linked_without_a_gap(db: None) -> None:
    version = make.published()
    make.published()
    found = events(version)

    assert [e.seq for e in found] == list(range(1, len(found) + 1))
    assert [e.prev for e in found] == ["0" * 64, *(e.hash for e in found[:-1])]
    assert Chain.objects.get(article=version.article_id).head_seq == len(found)


def test_the_name_is_kept_as_it_was_printed_then(db: None) -> None:
    by = make.author(name="Ada Ames", credentials="")
    make.submitted(by=by)
    event = traces.last()
    by.name = "Ada Baker"
    by.save()

    assert traces.said(Event.objects.get(pk=event.pk))["actor"]["name"] == "Ada Ames"


def test_a_deed_leaves_one_row_of_history_with_who_and_why(db: None) -> None:
    version, chief = make.under_review(), make.chief()
    before = Version.history.filter(id=version.pk).count()

    desk.return_for_changes(version.pk, by=chief, reason="Mend the dose")

    rows = Version.history.filter(id=version.pk).order_by("history_id")
    newest: Any = rows.last()
    assert rows.count() == before + 1
    assert (newest.state, newest.history_user_id, newest.history_change_reason) == (
        "returned",
        chief.pk,
        "Mend the dose",
    )


@pytest.mark.parametrize("model", [Article, Version, Assignment])
def test_what_is_not_there_is_not_found(model: Any, db: None) -> None:
    step = next(step for step in workflow.STEPS if step.model is model)

    with pytest.raises(model.DoesNotExist), taking(step, 404, by=make.chief()):
        pytest.fail("nothing was locked")


def test_anything_raised_inside_leaves_no_trace(db: None) -> None:
    version, by = make.submitted(), make.editor()

    with (
        traces.nothing_left(ZeroDivisionError),
        taking(workflow.RETURN, version.pk, by=by, reason="x") as locked,
    ):
        locked.return_for_changes(reason="x")
        make.Article.objects.filter(pk=locked.article_id).update(specialty="surgery")
        raise ZeroDivisionError


def test_a_deed_inside_a_deed_is_a_mistake(db: None) -> None:
    version, by = make.submitted(), make.editor()

    with (
        traces.nothing_left(RuntimeError, "durable"),
        taking(workflow.RETURN, version.pk, by=by, reason="x"),
    ):
        desk.reject(version.pk, by=make.chief(), reason="x")


def test_a_deed_inside_a_transaction_is_a_mistake(db: None) -> None:
    version, by = make.submitted(), make.editor()

    with traces.nothing_left(RuntimeError, "durable"), transaction.atomic():
        desk.return_for_changes(version.pk, by=by, reason="x")


def test_two_instances_of_one_row_the_second_loses(db: None) -> None:
    version, by = make.submitted(), make.editor()

    with (
        traces.nothing_left(MovedOn),
        taking(workflow.RETURN, version.pk, by=by, reason="Second") as locked,
    ):
        first = Version.objects.get(pk=locked.pk)
        first.return_for_changes(reason="First")
        first.save()
        locked.return_for_changes(reason="Second")


def test_who_was_first_is_named_with_what_and_when(db: None) -> None:
    version, first = make.submitted(), make.editor()
    seen = make.again(version).revision
    desk.return_for_changes(version.pk, by=first, reason="x")
    event = traces.last()

    with pytest.raises(MovedOn) as caught:
        desk.reject(version.pk, by=make.chief(), reason="x", seen=seen)

    assert (caught.value.what, caught.value.who, caught.value.when) == (
        "Returned for changes meanwhile",
        first.printed_name,
        event.at,
    )


def told(by: User, version: Version) -> tuple[str, str, bool]:
    """What somebody with a stale form reads: what, who, and whether a time."""
    with pytest.raises(MovedOn) as caught:
        authoring.withdraw(version.pk, by=by, reason="x", seen=999)
    return caught.value.what, caught.value.who, caught.value.when is not None


def test_an_author_learns_nothing_of_the_reviewers_from_a_stale_form(
    db: None,
) -> None:
    by, editor = make.author(), make.editor()
    version = make.under_review(by=by, editor=editor)
    one, two = version.assignments.select_related("reviewer").order_by("pk")
    nothing = ("Changed meanwhile", "those who judge it", False)
    sent = ("Sent to review meanwhile", str(editor), True)
    assert told(by, version) == sent

    make.accepted(one)
    assert told(by, version) == nothing
    reviewing.decline(two.pk, by=make.fresh(two.reviewer), reason="No")
    assert told(by, version) == nothing
    reviewing.report(
        one.pk,
        by=make.fresh(one.reviewer),
        findings=make.findings(),
        proven=make.proven(one.reviewer),
    )
    assert told(by, version) == nothing
    inviting.invite(version.pk, by=editor, reviewers=[make.reviewer().pk])
    assert told(by, version) == nothing


def test_a_stale_form_tells_authors_no_deed_that_their_timeline_hides(
    db: None,
) -> None:
    by, editor, chief = make.author(), make.editor(), make.chief()
    version = make.under_review(by=by, editor=editor)
    handling.change_editor(version.article_id, by=chief, editor=chief.pk)

    assert told(by, version) == ("Changed meanwhile", "those who judge it", False)
    with pytest.raises(MovedOn, match="Editor changed meanwhile"):
        desk.return_for_changes(version.pk, by=chief, reason="x", seen=999)


def test_the_desk_learns_from_a_stale_form_who_did_what(db: None) -> None:
    version = make.under_review()
    asked = version.assignments.select_related("reviewer").order_by("pk")[0]
    make.accepted(asked)

    with pytest.raises(MovedOn) as caught:
        desk.return_for_changes(version.pk, by=make.editor(), reason="x", seen=999)

    assert (caught.value.what, caught.value.who) == (
        "Invitation accepted meanwhile",
        str(asked.reviewer),
    )


def test_a_draft_was_saved_by_who_wrote_the_text_and_not_the_letter(db: None) -> None:
    by, other = make.author(name="Ada"), make.author(name="Bea")
    version = make.under_review(by=by)
    desk.return_for_changes(version.pk, by=make.editor(), reason="x")
    draft = authoring.revise(version.pk, by=by)
    Authorship.objects.create(article=draft.article, user=other)
    authoring.edit(draft.pk, by=by, text=make.text(), seen=draft.revision)
    answering.respond(draft.pk, by=other, text="Dear reviewers")

    assert ledger.draft_moved_on(draft.pk).who == str(by)


def test_whoever_writes_on_learns_when_the_text_left_and_not_what_came_then(
    db: None,
) -> None:
    by, editor = make.author(), make.editor()
    version = make.under_review(by=by, editor=editor)
    sent = traces.last()
    inviting.invite(version.pk, by=make.editor(), reviewers=[make.reviewer().pk])

    moved = ledger.draft_moved_on(version.pk)

    assert (moved.what, moved.who) == ("Under review meanwhile", str(editor))
    assert moved.when
    assert abs((moved.when - sent.at).total_seconds()) < 1


@pytest.mark.parametrize("seen", [-1, 0, 999])
def test_a_form_of_another_revision_is_stale(seen: int, db: None) -> None:
    version = make.submitted()

    with traces.nothing_left(MovedOn):
        desk.return_for_changes(version.pk, by=make.editor(), reason="x", seen=seen)


def test_the_wrong_person_is_told_nothing_else_first(db: None) -> None:
    version = make.submitted()

    with traces.nothing_left(PermissionDenied):
        desk.return_for_changes(version.pk, by=make.author(), reason="", seen=999)


@pytest.mark.parametrize("reason", ["", " ", "\n\t", "\u00a0"])
def test_a_reason_is_more_than_white_space(reason: str, db: None) -> None:
    version = make.submitted()

    with traces.nothing_left(Refused, "“Return for changes” needs a reason"):
        desk.return_for_changes(version.pk, by=make.editor(), reason=reason)


def test_a_subject_is_one_of_three_things(db: None) -> None:
    version = make.under_review()
    asked = version.assignments.select_related("version__article").order_by("pk")[0]

    assert Subject.of(asked) == Subject(version.article, version, asked)
    assert Subject.of(version) == Subject(version.article, version)
    assert Subject.of(version.article) == Subject(version.article)
    with pytest.raises(TypeError, match="No chain keeps the deeds of"):
        Subject.of(Topic())  # type: ignore[arg-type]


def test_a_digest_covers_every_column(db: None) -> None:
    version = make.again(make.submitted())
    before = ledger.row_digest(version)

    changed = {}
    for field in Version._meta.concrete_fields:
        copy = make.again(version)
        copy.__dict__[field.attname] = "x"
        changed[field.attname] = ledger.row_digest(copy) != before

    assert changed == dict.fromkeys(changed, True)
    assert ledger.row_digest(make.again(version)) == before


def test_a_digest_notices_a_column_that_is_emptied(db: None) -> None:
    version = make.under_review()
    before = ledger.row_digest(make.article(version))

    emptied = {}
    for name in ("tier", "specialty", "editor_id", "concepts"):
        copy = make.article(version)
        copy.__dict__[name] = dict(ledger.columns(Article))[name]
        emptied[name] = ledger.row_digest(copy) != before

    assert emptied == {
        "tier": True,
        "specialty": True,
        "editor_id": True,
        "concepts": False,  # they were empty before
    }


LEFT_OUT = {
    "article.blinding": "single",
    "article.standing": "unpublished",
    "assignment.state": "invited",
    "authorship.position": 1,
    "comment.required": True,
    "signature.number": 1,
    "version.audience": "clinician",
    "version.origin": "human",
    "version.state": "draft",
}
"""
What a column holds when it is left out of a digest.

Whoever changes a default makes every older row look forged: only add.
"""


def test_the_defaults_that_digests_leave_out_stay_what_they_were() -> None:
    models = {*RECORDED, *(Authorship, Comment, Rendition, Citation, FindingAnswer)}

    defaults = {
        f"{model._meta.model_name}.{name}": default
        for model in {*models, Signature, Version}
        for name, default in ledger.columns(model)
        if default and default is not ...
    }

    assert defaults == LEFT_OUT


def test_a_column_that_is_added_later_changes_no_digest(db: None) -> None:
    article = make.article(make.under_review())
    before = ledger.row_digest(article)
    later: models.Field[Any, Any] = models.DateTimeField(null=True)
    later.set_attributes_from_name("later")
    article.__dict__["later"] = None

    with_it = [*ledger.columns(Article), ("later", ledger.default_of(later))]
    with mock.patch.object(digests, "columns", return_value=with_it):
        after = ledger.row_digest(article)

    assert after == before


def test_a_digest_is_the_same_before_and_after_storing(db: None) -> None:
    version = make.published()

    said = [traces.said(event)["rows"] for event in events(version)]

    last = {name: digest for rows in said for name, digest in rows.items()}
    assert last[f"version:{version.pk}"] == ledger.row_digest(make.again(version))


def test_an_event_costs_no_more_in_a_long_chain(
    db: None, django_assert_max_num_queries: Any
) -> None:
    by = make.author()
    version = make.draft(by=by)
    counts = []
    for _ in range(3):
        authoring.submit(version.pk, by=by)
        with django_assert_max_num_queries(30) as captured:
            authoring.recall(version.pk, by=by)
        counts.append(len(captured))

    assert len(set(counts)) == 1
