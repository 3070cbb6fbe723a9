"""Articles by the thousand: idempotent, restartable, refused by line number."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Page, Rendition, Topic, Version, Work
from articles.states import VersionState
from editorial.actions import batches, importing
from editorial.models import Event, Notification, Outbox
from tests import make, traces

pytestmark = pytest.mark.django_db


def line(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "external_id": f"test:{number}",
        "question": f"What is condition {number}?",
        "topics": ["Condition"],
        "concepts": ["mesh:D009271"],
        "audience": "patient",
        "body": '<p>A condition.<cite data-ref="source"></cite></p>',
        "references": [{"id": "source", "type": "webpage", "title": f"Page {number}"}],
        "ai_assisted": False,
    } | changes


def test_a_machines_text_is_imported_as_a_draft_and_never_handed_in(
    db: None, tmp_path: Any
) -> None:
    machines = line(1, ai_assisted=True)

    _, refused, status = run(tmp_path, machines, line(2), submit=True)
    assert "a machine took part in it" in refused
    assert status != 0
    assert [v.state for v in Version.objects.all()] == ["submitted"]
    run(tmp_path, machines)

    states = Version.objects.order_by("pk").values_list("origin", "state")
    assert list(states) == [("imported", "submitted"), ("machine_assisted", "draft")]


def run(tmp_path: Any, *lines: dict[str, Any], **options: Any) -> tuple[str, str, int]:
    """Output, errors and exit status of the command over these lines."""
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in lines))
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("import_articles", str(file), stdout=out, stderr=err, **options)
    except SystemExit as stop:
        status = int(stop.code or 0)
    return out.getvalue(), err.getvalue(), status


def last_line(output: str) -> str:
    return output.splitlines()[-1]


def test_each_line_becomes_a_draft_of_the_import_account(tmp_path):
    out, err, status = run(tmp_path, line(1), line(2))

    assert (last_line(out), err, status) == ("2 created, 0 unchanged, 0 refused", "", 0)
    drafts = Version.objects.order_by("pk")
    assert [str(v.state) for v in drafts] == ["draft", "draft"]
    assert [v.question for v in drafts] == [
        "What is condition 1?",
        "What is condition 2?",
    ]
    author = drafts[0].article.authorships.get().user
    assert author.email == "import@imprimatur.invalid"


def test_a_second_import_creates_nothing(tmp_path):
    run(tmp_path, line(1), line(2))
    before = Event.objects.count()

    out, _, status = run(tmp_path, line(1), line(2))

    assert (last_line(out), status) == ("0 created, 2 unchanged, 0 refused", 0)
    assert (Article.objects.count(), Event.objects.count()) == (2, before)


def test_a_known_id_with_other_content_is_refused_by_line_and_the_first_stays(tmp_path):
    out, err, status = run(tmp_path, line(1), line(1, headline="Other"), line(2))

    assert last_line(out) == "2 created, 0 unchanged, 1 refused"
    assert err == "line 2: “test:1” is known with other content\n"
    assert status == 1
    assert Version.objects.get(article__external_id="test:1").headline == ""


def test_a_bad_line_is_refused_by_number_and_the_rest_goes_on(tmp_path):
    file = tmp_path / "articles.jsonl"
    file.write_text(f"{json.dumps(line(1))}\nnot json\n{json.dumps(line(2))}\n")
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(SystemExit) as stop:
        call_command("import_articles", str(file), stdout=out, stderr=err)

    assert stop.value.code == 1
    assert last_line(out.getvalue()) == "2 created, 0 unchanged, 1 refused"
    assert err.getvalue().startswith("line 2: The line is not JSON")


def test_submitted_versions_are_frozen_and_the_record_holds(tmp_path):
    out, _, _ = run(tmp_path, line(1), line(2), submit=True)

    assert last_line(out) == "2 created, 0 unchanged, 0 refused"
    states = set(Version.objects.values_list("state", flat=True))
    assert states == {VersionState.SUBMITTED}
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert [k for k in kinds if k in ("imported", "submitted")] == [
        "imported",
        "submitted",
    ] * 2
    assert traces.problems() == []


def test_an_import_sends_nobody_mail(tmp_path):
    make.editor()

    run(tmp_path, line(1), submit=True)

    assert (Outbox.objects.count(), Notification.objects.count()) == (0, 0)


def test_equal_questions_get_addresses_of_their_own(tmp_path):
    same = "What is gout?"

    run(tmp_path, *(line(n, question=same) for n in range(1, 4)))
    run(tmp_path, line(4, question=same))

    assert list(Article.objects.order_by("pk").values_list("slug", flat=True)) == [
        "what-is-gout",
        "what-is-gout-2",
        "what-is-gout-3",
        "what-is-gout-4",
    ]


def test_a_work_cited_by_many_articles_is_stored_once(tmp_path):
    cited = [{"id": "source", "type": "webpage", "title": "One page"}]

    run(tmp_path, line(1, references=cited), line(2, references=cited))
    run(tmp_path, line(3, references=cited))

    assert Work.objects.count() == 1
    assert Work.objects.get().citations.count() == 3
    assert Topic.objects.count() == 1


def test_every_row_people_edit_has_a_history_with_the_author(tmp_path):
    author = make.author()

    run(tmp_path, line(1), author=author.email)

    for model in (Article, Version, Rendition, Work):
        [row] = model.history.all()
        assert (row.history_user, row.history_change_reason) == (author, "Imported")


def test_lines_may_name_their_author_and_an_unknown_one_is_refused(tmp_path):
    author = make.author()

    out, err, _ = run(
        tmp_path, line(1, author=author.email), line(2, author="who@example.org")
    )

    assert last_line(out) == "1 created, 0 unchanged, 1 refused"
    assert err == "line 2: no author has the address who@example.org\n"
    assert Article.objects.get().authorships.get().user == author


def test_a_text_that_cannot_be_submitted_is_refused_whole(tmp_path):
    uncited = line(1, body="<p>A condition.</p>", references=[])

    out, err, _ = run(tmp_path, uncited, submit=True)

    assert last_line(out) == "0 created, 0 unchanged, 1 refused"
    assert "at least one" in err
    assert Article.objects.count() == 0


def test_an_unknown_author_or_file_is_one_sentence(tmp_path):
    with pytest.raises(
        CommandError, match=r"No author has the address no@example\.org"
    ):
        run(tmp_path, line(1), author="no@example.org")
    with pytest.raises(CommandError, match="nowhere"):
        call_command("import_articles", str(tmp_path / "nowhere.jsonl"))


def test_an_import_that_was_stopped_goes_on_where_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    real = batches._record  # noqa: SLF001  where a power cut would hit
    calls = []

    def fails_in_the_second_batch(*args: Any) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(*args)

    monkeypatch.setattr(batches, "_record", fails_in_the_second_batch)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, *(line(n) for n in range(1, 6)))
    assert Article.objects.count() == 2

    out, _, _ = run(tmp_path, *(line(n) for n in range(1, 6)))

    assert last_line(out) == "3 created, 2 unchanged, 0 refused"
    assert traces.problems() == []


def test_an_imported_article_goes_the_whole_way_to_the_public(tmp_path):
    run(tmp_path, line(1), submit=True)
    version = Version.objects.get()

    make.report_all(make.send(version, tier="C"))
    approved = make.approve(make.again(version))
    make.publishing.publish(approved.article_id, by=make.chief())

    assert Page.objects.filter(path="/articles/what-is-condition-1/").exists()
    assert traces.problems() == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_lines(
    tmp_path, count, django_assert_num_queries
):
    with django_assert_num_queries(26):
        run(tmp_path, *(line(n) for n in range(count)))
