"""Charts as numbers: how long each bar is, and what it says to who does not see it."""

from __future__ import annotations

from editorial.figures import Share, Stage
from editorial.views import charts


def test_the_longest_ninetieth_percentile_fills_the_drawing() -> None:
    chart = charts.stages([Stage("Short", 1, 2, 30), Stage("Long", 2, 8, 30)])

    assert [(bar.width, bar.further) for bar in chart.bars] == [(58, 115), (115, 460)]
    assert chart.sentence == (
        "Short: median 1.0, 90th 2.0 days. Long: median 2.0, 90th 8.0 days"
    )


def test_minutes_are_drawn_as_a_part_of_a_day() -> None:
    chart = charts.stages([Stage("Fast", 0.01, 0.1, 30)])

    assert [(bar.width, bar.further) for bar in chart.bars] == [(5, 46)]


def test_what_took_no_time_at_all_is_a_short_bar_and_what_never_was_none() -> None:
    chart = charts.stages(
        [Stage("At once", 0.0, 0.0, 3), Stage("Never", None, None, 0)]
    )

    assert [(bar.width, bar.further) for bar in chart.bars] == [(3, 0), (0, 0)]


def test_a_share_stands_in_an_outline_of_all() -> None:
    chart = charts.shares([Share("Kept", 1, 4), Share("None", 0, 0)])

    assert [(bar.width, bar.further) for bar in chart.bars] == [(115, 460), (0, 460)]
    assert chart.sentence == "Kept: 25 % of 4. None: nothing to count yet"


def test_nothing_to_draw_has_no_bars() -> None:
    assert charts.stages([]).bars == []
