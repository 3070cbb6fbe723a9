import email
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage, get_connection  # noqa: TID251  its users

from config import mailbox

MINE = "<1@imprimatur.example>"


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.EMAIL_BACKEND = "config.mailbox.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


def message(message_id: str = MINE, body: str = "Come and see.") -> EmailMessage:
    headers = {"Message-ID": message_id} if message_id else {}
    return EmailMessage("A word", body, to=["ada@example.org"], headers=headers)


def backend() -> mailbox.EmailBackend:
    found = get_connection()
    assert isinstance(found, mailbox.EmailBackend)
    return found


def bodies(folder: Path) -> list[str]:
    found = [email.message_from_bytes(path.read_bytes()) for path in folder.iterdir()]
    return sorted(str(message.get_payload()) for message in found)


def test_a_message_is_one_file(folder: Path) -> None:
    sent = message().send()

    (path,) = folder.iterdir()
    kept = email.message_from_bytes(path.read_bytes())
    assert (sent, path.suffix) == (1, ".eml")
    assert (kept["Message-ID"], kept["To"]) == (MINE, "ada@example.org")
    assert kept.get_payload() == "Come and see."


def test_the_same_message_twice_is_one_file(folder: Path) -> None:
    message().send()
    message().send()

    assert len(list(folder.iterdir())) == 1


def test_messages_that_brought_no_id_are_kept_apart(folder: Path) -> None:
    message("", "One.").send()
    message("", "Two.").send()

    assert bodies(folder) == ["One.", "Two."]


def test_the_journal_knows_what_went_out(folder: Path) -> None:
    before = backend().has_message(MINE)
    message().send()

    known = [backend().has_message(name) for name in (MINE, "<2@imprimatur.example>")]
    assert (before, known) == (False, [True, False])


def test_a_message_to_nobody_is_not_kept(folder: Path) -> None:
    sent = backend().send_messages([EmailMessage("A word", "To whom?", to=[])])

    assert (sent, folder.exists()) == (0, False)


def test_a_message_that_cannot_be_written_whole_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        message().send()

    assert (list(folder.iterdir()), backend().has_message(MINE)) == ([], False)


def test_another_folder_may_be_named(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    connection = get_connection(file_path=str(other))

    connection.send_messages([message()])

    assert (folder.exists(), len(list(other.iterdir()))) == (False, 1)
