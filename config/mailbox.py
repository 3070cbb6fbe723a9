"""
Mail for development and tests: every message is one file in EMAIL_FILE_PATH.

The file is named after the Message-ID, so the folder is also the journal of what
went out, and the same message sent twice is there once.
"""

import hashlib
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage  # noqa: TID251  a backend takes them
from django.core.mail.backends.base import BaseEmailBackend  # noqa: TID251  it is one


class EmailBackend(BaseEmailBackend):
    def __init__(self, *args: Any, file_path: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)  # type: ignore[misc]  # EMAIL_URL's

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        addressed = [message for message in email_messages if message.recipients()]
        for message in addressed:
            self.keep(message)
        return len(addressed)

    def keep(self, message: EmailMessage) -> None:
        """Write the whole file or none; it is on the disk when this returns."""
        built = message.message()
        path = self.path(str(built["Message-ID"]))
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        try:
            with draft.open("xb") as file:
                file.write(built.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        self.remember()

    def remember(self) -> None:
        """Let the folder itself survive a loss of power with the new name in it."""
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def has_message(self, message_id: str) -> bool:
        """Whether a message of that Message-ID went out."""
        return self.path(message_id).exists()

    def path(self, message_id: str) -> Path:
        digest = hashlib.sha256(message_id.strip().encode()).hexdigest()
        return self.folder / f"{digest[:32]}.eml"
