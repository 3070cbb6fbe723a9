"""Templates hold structure: named alike, opened alike, and never too long."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR) / "templates"
NOT_OURS = ("account", "allauth", "mfa", "admin")
"""Named and laid out by the libraries that ask for them."""


@cache
def templates() -> dict[str, str]:
    return {
        str(path.relative_to(ROOT)): path.read_text()
        for path in sorted(ROOT.rglob("*"))
        if path.suffix in (".html", ".txt")
    }


def ours(suffix: str = ".html") -> list[str]:
    names = [name for name in templates() if name.endswith(suffix)]
    return [name for name in names if not name.startswith(NOT_OURS)]


def that(pattern: str, names: list[str]) -> list[str]:
    return [name for name in names if re.search(pattern, templates()[name])]


def test_names_are_words_in_small_letters() -> None:
    good = r"^(\w+/)*_?[a-z0-9_]+(\.subject)?\.(html|txt)$"

    assert [name for name in templates() if not re.match(good, name)] == []


def partials() -> list[str]:
    return [name for name in ours() if Path(name).name.startswith("_")]


def test_partials_say_what_they_need_before_anything_else() -> None:
    silent = [name for name in partials() if not templates()[name].startswith("{#")]

    assert silent == []


def test_nothing_is_included_that_is_not_a_partial() -> None:
    included = {
        name
        for text in templates().values()
        for name in re.findall(r'{% include "([^"]+)"', text)
    }

    whole = [n for n in sorted(included) if not Path(n).name.startswith("_")]
    assert [n for n in whole if not n.startswith(NOT_OURS)] == []


def test_what_extends_says_so_first() -> None:
    extending = that(r"{% extends", ours())
    late = [n for n in extending if not templates()[n].startswith("{% extends")]

    assert late == []


def unnamed_ends(text: str) -> list[str]:
    """Blocks of more than a line whose end does not say which block it ends."""
    found, opened = [], []
    for number, line in enumerate(text.splitlines()):
        for start, end, name in re.findall(
            r"{% (?:(block)|(endblock)) ?(\w*) %}", line
        ):
            if start:
                opened.append((name, number))
            elif end and opened:
                block, begun = opened.pop()
                if begun != number and name != block:
                    found.append(block)
    return found


def test_the_end_of_a_block_has_its_name() -> None:
    assert unnamed_ends("{% block a %}\n{% endblock %}") == ["a"]
    assert {n: f for n in ours() if (f := unnamed_ends(templates()[n]))} == {}


def test_no_template_is_too_long() -> None:
    lengths = {name: len(text.splitlines()) for name, text in templates().items()}

    assert {name: n for name, n in lengths.items() if n > 120} == {}


def test_nothing_is_trusted_that_people_wrote() -> None:
    assert that(r"\|safe\b|{% autoescape off", ours()) == []
    assert that(r"{% autoescape off", ours(".txt")) != []  # mail in plain text


def test_no_template_asks_for_rights() -> None:
    asking = that(r"\bperms\b|\.is_superuser|\.is_staff|\.groups", ours())

    assert asking == ["desk/_rail.html"]  # the way to the accounts, for who has it


def test_no_template_carries_a_script_or_a_style_of_its_own() -> None:
    inline = r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon[a-z]+=\""

    assert that(inline, [n for n in ours() if not n.startswith("emails")]) == []


@pytest.mark.parametrize("name", templates())
def test_every_template_can_be_read(name: str) -> None:
    assert get_template(name)
