"""No template claims by itself that somebody reviewed or approved a text."""

import re
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(settings.BASE_DIR, "templates")
PUBLIC = sorted([*FOLDER.glob("*.html"), *FOLDER.glob("public/*.html")])
CLAIM = re.compile(
    r"(?:peer[- ])?reviewed by|approved by|(?:is|was|are|were|been) (?:reviewed|approved)"
    r"|board[- ]approved|medically reviewed|fact[- ]checked|certified",
    re.IGNORECASE,
)
COMPUTED = re.compile(r"<(\w+)[^>]* data-trust[^>]*>[^<]*\{\{[^<]*</\1>")


def claims(template: str) -> list[str]:
    """What is claimed outside an element that is marked and prints a fact."""
    return CLAIM.findall(COMPUTED.sub("", template))


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.name)
def test_a_public_template_claims_nothing_of_its_own(path: Path) -> None:
    assert claims(path.read_text()) == []


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("<p data-trust>Approved by {{ version.approver }}</p>", []),
        ("<p>Approved by {{ version.approver }}</p>", ["Approved by"]),
        ("<p data-trust>Approved by our board</p>", ["Approved by"]),
        ("<p>All articles are reviewed for accuracy</p>", ["are reviewed"]),
        ("<p data-trust>{{ a }}</p><p>Reviewed by</p>", ["Reviewed by"]),
    ],
)
def test_the_scan_sees_a_static_claim(template: str, expected: list[str]) -> None:
    assert claims(template) == expected


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.name)
def test_a_public_template_holds_no_inline_style_or_script(path: Path) -> None:
    template = path.read_text()

    assert (
        re.findall(r"""\sstyle=|<style|<script(?![^>]*\ssrc=)|\son\w+=""", template)
        == []
    )


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.name)
def test_a_public_template_stays_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 120
