"""What the record holds is found whole, and what is not is named, with an exit code."""

from __future__ import annotations

import getpass
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import (
    Article,
    Citation,
    Page,
    Passage,
    Printout,
    Rendition,
    SearchEntry,
    Version,
)
from articles.reading import learning
from editorial import checkpoints, database, linting, policy_texts, roles, verification
from editorial.actions import accounts, authoring, authors, desk
from editorial.models import Chain, Checkpoint, Event, Policy, User
from editorial.verification import Broken, entries
from reviews.models import Signature
from tests import make, tampering, traces

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.db.models import Model


@pytest.fixture
def anchors(settings: Any, tmp_path: Path) -> Path:
    settings.CHECKPOINT_FILE = tmp_path / "checkpoints"
    return tmp_path / "checkpoints"


def found(anchors: Path | None = None) -> list[Broken]:
    return traces.problems(anchors)


def test_a_whole_record_has_no_problems(
    db: None, anchors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make.published()
    checkpoints.take()

    assert found(anchors) == []
    call_command("verify_ledger", anchors=anchors)

    count = Event.objects.count()
    assert capsys.readouterr().out == f"The record holds: {count} events verified.\n"


def test_a_frozen_version_keeps_its_works_and_its_answers(db: None) -> None:
    ungraded = {"clinician": make.BODY.replace(" (strong recommendation)", "")}
    by = make.author()
    draft = make.draft(by=by, renditions=ungraded)
    for finding in linting.of(make.again(draft)):
        if finding.is_open:
            make.answering.answer_finding(
                draft.pk, by=by, finding_id=finding.finding.id, reason="Nobody does."
            )
    version = authoring.submit(draft.pk, by=by)
    make.draft()  # another work
    answer = version.finding_answers.order_by("pk")[0]
    assert found() == []
    database.drop(connection)

    for row, column in [
        (version.citations.order_by("pk")[0], "work_id"),
        (answer, "reason"),
        (answer, "code"),
    ]:
        assert tampering.first_after(row, column) == f"version {version.pk}"


def test_a_comment_may_be_answered_in_a_draft_and_not_later(db: None) -> None:
    by = make.author()
    first = make.under_review(by=by, tier="C")
    make.report_all(first, comments=(make.blocking(),))
    desk.return_for_changes(first.pk, by=make.editor(), reason="Mend it")
    second = make.answered(authoring.revise(first.pk, by=by), by=by)
    assert found() == []
    second = authoring.submit(second.pk, by=by)
    authoring.recall(second.pk, by=by)
    make.answered(second, by=by)
    assert found() == []
    authoring.withdraw(second.pk, by=by, reason="No")
    assert found() == []
    database.drop(connection)

    comment = second.comments.order_by("pk")[0]
    assert tampering.first_after(comment, "answer_text") == f"comment {comment.pk}"


def test_an_invitation_to_write_leaves_no_row_and_no_complaint(db: None) -> None:
    by, one, two = make.author(), make.author(), make.author()
    article = make.draft(by=by).article
    for person in (one, two):
        authors.invite_author(article.pk, by=by, email=person.email)
    authors.decline_to_write(article.pk, by=one)
    authors.join(article.pk, by=two)
    authors.invite_author(article.pk, by=by, email=one.email)
    row = article.authorships.get(user=one)
    authors.uninvite_author(article.pk, by=by, authorship_id=row.pk)

    assert found() == []


@pytest.mark.parametrize("column", ["is_superuser", "is_staff", "is_active", "groups"])
def test_what_an_account_may_do_is_on_record(column: str, db: None) -> None:
    person = make.author()
    accounts.record_change(person, by=make.chief(), what="Made an author")
    assert found() == []

    if column == "groups":
        person.groups.add(*make.editor().groups.all())
    else:
        tampering.by_sql(person, column, not getattr(person, column))

    assert [b.row for b in found()] == [f"account {person.pk}"]


@pytest.mark.parametrize(
    "power",
    ["is_superuser", "is_staff", *sorted(roles.PERMISSIONS.keys() - {roles.AUTHOR})],
)
def test_whoever_may_do_more_than_write_and_was_let_in_by_nobody_is_found(
    power: str, db: None
) -> None:
    person = make.author()
    if power in roles.PERMISSIONS:
        person.groups.add(Group.objects.get(name=power))
    else:
        tampering.by_sql(person, power, True)  # noqa: FBT003  the value of a column

    said = [Broken(f"account {person.pk}", "the record does not say who let it in")]
    assert found() == said


def test_a_reviewer_whom_nobody_let_in_is_found_whatever_they_declared(
    db: None,
) -> None:
    make.reviewer()
    by = make.author()
    by.groups.add(Group.objects.get(name=roles.REVIEWER))
    make.declaration(by)

    assert traces.problems() == [
        Broken(f"account {by.pk}", "the record does not say who let it in")
    ]


def test_a_superuser_made_on_the_machine_is_on_record(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", make.PASSWORD)
    who = {"email": "first@example.org", "name": "First"}

    call_command("createsuperuser", interactive=False, verbosity=0, **who)

    assert User.objects.get(email=who["email"]).is_superuser
    assert traces.said()["reason"] == "Made a superuser on the machine"
    assert found() == []


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_what_is_typed_about_a_superuser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    typed = []

    def ask(_command: object, field: Any, *_: object) -> str:
        typed.append((field.name, connection.in_atomic_block))
        return f"first.{field.name}@example.org"

    def ask_password(*_: object) -> str:
        typed.append(("password", connection.in_atomic_block))
        return make.PASSWORD

    monkeypatch.setattr(createsuperuser.Command, "get_input_data", ask)
    monkeypatch.setattr(getpass, "getpass", ask_password)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)

    call_command("createsuperuser", verbosity=0)

    again = ("password", False)
    assert typed == [("email", False), ("name", False), again, again]
    assert traces.said()["reason"] == "Made a superuser on the machine"
    assert found() == []


def test_an_approval_without_its_quorum_is_found(db: None) -> None:
    version = make.approved(tier="B")
    name = f"version {version.pk}"
    asked = list(version.assignments.values_list("reviewer", flat=True).order_by("pk"))
    facts = {"tier": "B", "specialty": "cardiology"}
    witness = verification.Witness()

    def said(**more: Any) -> list[str]:
        witness.approved = {version.pk: facts | more}
        return [f"{b.row}: {b.why}" for b in verification.quorums(witness)]

    assert said(from_specialty=asked[:1]) == []
    assert said() == []  # approved before approvals named the specialists
    lacks = f"{name}: it was approved in tier B with no review in favour"
    assert said(from_specialty=[]) == [f"{lacks} from its specialty"]
    alone = said(from_specialty=asked[:1], counted=asked[:1])
    assert alone == [f"{name}: it was approved in tier B with 1 review in favour"]
    witness.handled = {version.pk: {asked[0]}}
    assert said(from_specialty=asked[:1]) == alone


@pytest.mark.parametrize("edition", ["", "0" * 64])
@pytest.mark.parametrize("count", [1, 3])
def test_what_is_quoted_is_asked_at_once_of_all_texts(
    count: int, edition: str, db: None, django_assert_num_queries: Any
) -> None:
    both = {"clinician": make.BODY, "patient": make.PATIENT_BODY}
    for _ in range(count):
        make.published(renditions=both)
    learning.learn_new()
    if edition:
        Page.objects.update(edition=edition)

    with django_assert_num_queries(9):
        problems = list(entries(verification.Witness()))

    assert problems == []


def test_lines_between_blocks_are_no_words_of_a_quote(db: None) -> None:
    table = "<table><tbody><tr><th>Age</th><td>75</td></tr></tbody></table>"
    aside = '<aside class="safety"><p>Stop and call.</p></aside>'
    make.published(renditions={"clinician": f"{make.BODY}\n{table}\n{aside}\n{aside}"})
    learning.learn_new()
    Page.objects.update(edition="0" * 64)
    assert Passage.objects.filter(html__contains="</table><aside").exists()

    assert list(entries(verification.Witness())) == []


def test_an_empty_house_has_no_problems(db: None) -> None:
    assert found() == []


def test_a_new_policy_is_in_the_record(db: None) -> None:
    policy_texts.issue(
        Policy.Kind.LAY, title="Second", body="<p>Ask.</p>", by=make.chief()
    )

    assert found() == []


def ruin(model: type[Model]) -> str:
    """Change one byte of a row and give the name the command must print."""
    row: Any = traces.rows(model).order_by("pk")[0]
    database.drop(connection)
    names: dict[type[Model], tuple[str, Callable[[], str]]] = {
        Version: ("headline", lambda: f"version {row.pk}"),
        Signature: ("value", lambda: f"signature {row.pk}"),
        Event: ("payload", lambda: f"event {row.chain.name}:{row.seq}"),
        Page: ("body", lambda: f"page {row.path}"),
    }
    column, name = names[model]
    tampering.by_sql(row, column, tampering.flipped(row, column))
    return name()


@pytest.mark.parametrize("model", [Version, Signature, Event, Page])
def test_the_command_exits_with_1_and_names_the_row(
    model: type[Model], db: None
) -> None:
    make.published()
    traces.put_declarations_on_record()
    name = ruin(model)

    with pytest.raises(CommandError, match=f"^Broken: {name}: ") as caught:
        call_command("verify_ledger")

    assert caught.value.returncode == 1


def test_the_command_names_every_row_when_asked(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    make.published()
    names = [ruin(Event), ruin(Version), ruin(Page)]

    with pytest.raises(CommandError) as caught:
        call_command("verify_ledger", all=True)

    said = f"{caught.value}\n{capsys.readouterr().err}"
    assert [name for name in names if name not in said] == []


@pytest.mark.parametrize(
    ("count", "told"), [(1, "1 article waits"), (2, "2 articles wait")]
)
def test_the_command_says_of_what_it_asked_less(
    count: int, told: str, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    make.published()
    for _ in range(count):
        article = make.published().article
        Page.objects.filter(article=article).update(edition="0" * 64)
    traces.put_declarations_on_record()

    call_command("verify_ledger")

    assert capsys.readouterr().out == (
        f"{told} to be rebuilt: of what search and answers print of them, only the "
        f"quoted words were checked.\nThe record holds: {Event.objects.count()} events "
        "verified.\n"
    )


def test_the_program_exits_with_1_and_names_the_row(
    child_environment: dict[str, str],
) -> None:
    make.published()
    traces.put_declarations_on_record()
    command = [sys.executable, "manage.py", "verify_ledger"]

    whole = subprocess.run(
        command, env=child_environment, capture_output=True, text=True, check=False
    )
    name = ruin(Signature)
    broken = subprocess.run(
        command, env=child_environment, capture_output=True, text=True, check=False
    )

    assert (whole.returncode, broken.returncode) == (0, 1)
    assert whole.stdout.startswith("The record holds: ")
    assert f"Broken: {name}: " in broken.stderr


def test_every_kept_table_is_verified_or_named_here() -> None:
    verified = {
        *(Version, Rendition, Citation, Signature, Event, Checkpoint, Page, Chain),
        *(SearchEntry, Passage, Printout),
        *verification.RECORDED,
    }
    not_kept = {
        *("Topic", "Authorship", "Work", "Comment", "Opening"),
        *("Outbox", "Notification", "FindingAnswer"),
        *("Absence", "LastLook", "MailChoice", "ReviewDraft", "SavedFilter"),
        *("WordKey", "ReaderReport", "Question", "Asker"),
    }

    kept = {m for m in traces.models() if not m.__name__.startswith("Historical")}

    assert {m.__name__ for m in kept - verified} == not_kept
    assert Article in kept
