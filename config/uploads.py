"""What is sent with files in it has an end, before any of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 16 * 1024 * 1024


class Bounded(FileUploadHandler):
    """Stands before the handlers that keep files, and keeps nothing itself."""

    def handle_raw_input(  # the framework calls it so
        self,
        input_data: object,  # noqa: ARG002
        META: Mapping[str, Any],  # noqa: ARG002, N803
        content_length: int,
        boundary: Any,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        if content_length > MOST:
            message = "What was sent is larger than any form of this house takes."
            raise RequestDataTooBig(message)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
