"""Files that are sent: how much is taken, and that the rest of the form arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from config import uploads

if TYPE_CHECKING:
    from django.http import HttpRequest


def sent(size: int) -> HttpRequest:
    file = SimpleUploadedFile("a.docx", b"x" * size)
    return RequestFactory().post("/", {"file": file, "word": "beside it"})


@pytest.mark.parametrize("size", [0, 1, 2_000_000])
def test_a_file_arrives_with_the_form_around_it(size: int) -> None:
    request = sent(size)

    assert request.FILES["file"].read() == b"x" * size
    assert request.POST["word"] == "beside it"
    request.close()


def test_more_than_any_form_takes_is_refused_unread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "MOST", 1_000)
    request = sent(1_000)

    with pytest.raises(RequestDataTooBig, match="larger than any form"):
        _ = request.POST
