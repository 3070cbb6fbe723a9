"""The page of a version, shown for a day."""

import datetime as dt
from typing import Any

import pytest

from articles.reading import page, then
from tests.articles.reading import samples

DAY = dt.date(2026, 3, 3)


def exact() -> bytes:
    text = samples.text()
    built = page.build(text, samples.trust(text.sha256))
    return next(p.body for p in built if p.path.endswith("/versions/2/"))


@pytest.fixture(autouse=True)
def short_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    def written(_template: str, said: dict[str, Any]) -> str:
        return f"[{said['day']}]"

    monkeypatch.setattr(then, "render_to_string", written)


def test_the_notice_stands_before_the_text_and_nothing_else_changes() -> None:
    before = exact()

    shown = then.shown(before, DAY, {})

    assert b'data-audience="clinician">[2026-03-03]' in shown
    assert b"<title>On 3 Mar 2026: Version 2 of" in shown
    restored = shown.replace(b"[2026-03-03]", b"").replace(b"On 3 Mar 2026: ", b"")
    assert restored == before
