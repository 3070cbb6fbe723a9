"""The inbox, and what waits for a hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from editorial import roles
from editorial.models import Event, Notification, Outbox
from tests import make
from tests.editorial.views.visitors import found, text

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit


@pytest.fixture
def held(db: None) -> Outbox:
    """A mail of which nobody knows whether it went out."""
    make.editor()
    version = make.submitted()
    mail = Outbox.objects.filter(topic="mail", event__version=version)[0]
    Outbox.objects.filter(pk=mail.pk).update(status="unknown")
    return mail


def test_the_inbox_shows_my_notices_and_nobody_else_s(visit: Visit) -> None:
    editor, author = make.editor(), make.author()
    version = make.submitted(by=author)

    mine = text(visit(editor).get("/desk/notices/"))
    other = text(visit(author).get("/desk/notices/"))

    assert f"A version was submitted: {version.question}" in mine
    assert version.question not in other


def test_looking_marks_nothing_as_read(visit: Visit) -> None:
    editor = make.editor()
    make.submitted()

    visit(editor).get("/desk/notices/")

    assert [n.read_at for n in Notification.objects.filter(recipient=editor)] == [None]


def test_one_notice_is_marked_as_read(visit: Visit) -> None:
    editor = make.editor()
    make.submitted()
    make.submitted()
    first, second = Notification.objects.filter(recipient=editor).order_by("pk")

    visit(editor).post("/desk/notices/read/", notice=first.pk)

    unread = Notification.objects.filter(recipient=editor, read_at=None)
    assert [n.pk for n in unread] == [second.pk]


def test_a_notice_that_is_opened_is_read_and_leads_to_its_page(visit: Visit) -> None:
    editor = make.editor()
    version, _ = make.submitted(), make.submitted()
    visitor = visit(editor)
    notice = Notification.objects.get(recipient=editor, event__version=version)

    response = visitor.send("/desk/notices/", f"/desk/notices/{notice.pk}/open/")

    assert response["Location"] == version.get_absolute_url()
    unread = Notification.objects.filter(recipient=editor, read_at=None)
    assert [n.event.version_id for n in unread] == [version.pk + 1]
    [again] = found(visitor.get("/desk/notices/"), "//td/a")
    assert again.get("href") == version.get_absolute_url()


@pytest.mark.parametrize("pk", [None, 0, 2**70])
def test_nobody_opens_the_notice_of_another(visit: Visit, pk: int | None) -> None:
    editor = make.editor()
    make.submitted()
    notice = Notification.objects.get(recipient=editor)

    address = f"/desk/notices/{notice.pk if pk is None else pk}/open/"
    answer = visit(make.author()).post(address)

    assert answer.status_code == 404
    assert Notification.objects.get(pk=notice.pk).read_at is None


def test_to_open_a_notice_is_a_post(visit: Visit) -> None:
    assert visit(make.author()).get("/desk/notices/1/open/").status_code == 405


@pytest.mark.parametrize("notice", ["abc", "-1", str(2**70), "a\0"])
def test_a_notice_that_is_none_marks_nothing(visit: Visit, notice: str) -> None:
    editor = make.editor()
    make.submitted()

    response = visit(editor).post("/desk/notices/read/", notice=notice)

    assert response.status_code == 302
    assert Notification.objects.filter(read_at=None, recipient=editor).count() == 1


def test_nobody_reads_for_another(visit: Visit) -> None:
    editor = make.editor()
    make.submitted()
    notice = Notification.objects.get(recipient=editor)

    visit(make.author()).post("/desk/notices/read/", notice=notice.pk)
    visit(make.author()).post("/desk/notices/read/")

    assert Notification.objects.get(pk=notice.pk).read_at is None


def test_reading_is_a_post(visit: Visit) -> None:
    assert visit(make.author()).get("/desk/notices/read/").status_code == 405


@pytest.mark.parametrize(("answer", "status"), [("yes", "done"), ("no", "pending")])
def test_an_editor_settles_what_is_held(
    visit: Visit, held: Outbox, answer: str, status: str
) -> None:
    visitor = visit(make.editor())
    assert found(visitor.get("/desk/effects/"), "//button[@name='delivered']")

    response = visitor.post(f"/desk/effects/{held.pk}/settle/", delivered=answer)

    assert response.status_code == 302
    assert Outbox.objects.get(pk=held.pk).status == status
    assert Event.objects.filter(kind="effect_settled").count() == 1


def test_what_somebody_else_settled_has_moved_on(visit: Visit, held: Outbox) -> None:
    address = f"/desk/effects/{held.pk}/settle/"
    visit(make.editor()).post(address, delivered="yes")

    assert visit(make.editor()).post(address, delivered="no").status_code == 409


@pytest.mark.parametrize(
    ("role", "looks", "acts"),
    [
        (roles.AUDITOR, 200, 403),
        (roles.AUTHOR, 404, 404),
        (roles.REVIEWER, 404, 404),
        (roles.ADMINISTRATOR, 404, 404),
    ],
)
def test_only_the_desk_settles(
    visit: Visit, held: Outbox, role: str, looks: int, acts: int
) -> None:
    visitor = visit(make.user(role))

    looked = visitor.get("/desk/effects/").status_code
    acted = visitor.post(f"/desk/effects/{held.pk}/settle/", delivered="yes")

    assert (looked, acted.status_code) == (looks, acts)
    assert Outbox.objects.get(pk=held.pk).status == "unknown"


@pytest.mark.parametrize("pk", [0, 10**9, 2**70])
def test_an_effect_that_is_none_is_not_there(visit: Visit, pk: int) -> None:
    response = visit(make.editor()).post(f"/desk/effects/{pk}/settle/", delivered="no")

    assert response.status_code == 404


def test_without_an_answer_nothing_is_settled(visit: Visit, held: Outbox) -> None:
    visit(make.editor()).post(f"/desk/effects/{held.pk}/settle/", delivered="maybe")

    assert Outbox.objects.get(pk=held.pk).status == "unknown"
