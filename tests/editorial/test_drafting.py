"""What an author writes, made ready and stored."""

from __future__ import annotations

from typing import Any

import pytest

from articles import content
from editorial import drafting, ledger
from editorial.actions import authoring
from editorial.errors import Refused
from tests import make

pytestmark = pytest.mark.django_db


def test_a_text_is_cleaned_once_and_before_anything_is_locked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    author = make.author()
    version = make.draft(by=author)
    happened: list[str] = []

    def telling(name: str, deed: Any) -> Any:
        def told(*given: Any, **named: Any) -> Any:
            happened.append(name)
            return deed(*given, **named)

        return told

    monkeypatch.setattr(content, "clean", telling("cleaned", content.clean))
    monkeypatch.setattr(ledger, "drafting", telling("locked", ledger.drafting))
    bodies = {"clinician": "<p>It may.</p>", "patient": "<p>Perhaps.</p>"}

    authoring.edit(version.pk, by=author, text=make.text(renditions=bodies), seen=None)

    assert happened == ["cleaned", "cleaned", "cleaned", "locked"]


def test_what_is_left_out_is_told_and_an_empty_text_is_none() -> None:
    text = make.text(
        question=" Does\u200b it  help? ",
        key_answer="",
        renditions={"clinician": "<p>Yes<script>x</script></p>", "patient": " "},
    )

    ready = drafting.prepared(text)

    assert ready.columns["question"] == "Does it help?"
    assert ready.bodies == {"clinician": "<p>Yes</p>"}
    assert ready.dropped == (
        "In the text for clinicians: <script> was removed with its content.",
    )


def test_a_text_too_large_to_store_is_refused() -> None:
    text = make.text(renditions={"clinician": f"<p>{'x' * 400_001}</p>"})

    with pytest.raises(Refused, match="longer than 400,000 bytes"):
        drafting.prepared(text)
