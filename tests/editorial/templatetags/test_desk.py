"""Moments, states and hashes in words."""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django.template.defaultfilters import register as built_in

from editorial.templatetags import desk

NOW = dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (-1, "yesterday"),
        (1, "tomorrow"),
        (-10, "10 days ago"),
        (14, "in 14 days"),
        (-61, "2 months ago"),
        (400, "in 13 months"),
        (-1000, "2 years ago"),
    ],
)
def test_moments_are_told_from_today(days: int, words: str) -> None:
    assert desk.relative(NOW + dt.timedelta(days=days), NOW) == words


def test_days_are_days_of_the_calendar() -> None:
    assert desk.relative(NOW + dt.timedelta(hours=1), NOW) == "tomorrow"


def test_a_day_is_told_at_length_or_in_short() -> None:
    said = [desk.on(NOW), desk.on(NOW, "short"), desk.due(NOW, "short")]

    days = [re.findall(r">(.+?)</time>", words)[0] for words in said]
    assert days == ["22 November 2026", "22 Nov 2026", "22 Nov 2026"]


def test_no_moment_is_no_words() -> None:
    assert (desk.on(None), desk.at(None), desk.due(None)) == ("", "", "")


def test_a_state_has_a_word_and_a_shape() -> None:
    said = desk.badge("under_review", "Under <review>")

    assert said == '<span class="badge half">Under &lt;review&gt;</span>'


def test_a_work_has_the_number_that_its_readers_see() -> None:
    cited = [SimpleNamespace(key="ants"), SimpleNamespace(key="bees")]
    text = SimpleNamespace(references=cited)

    assert [desk.number_of(text, key) for key in ("bees", "gone")] == ["2", "gone"]


def test_a_heading_of_the_library_is_written_as_ours_are() -> None:
    assert desk.sentence("\n  Activate Authenticator App ") == (
        "Activate authenticator app"
    )


def test_no_filter_takes_the_name_of_one_of_djangos_own() -> None:
    assert set(desk.register.filters) & set(built_in.filters) == set()
