"""The texts on and around a digest's chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from bot.digest import chart
from bot.model import Trend
from bot.slack.surfaces.digests import chart as charting


def trend(language: str) -> Trend:
    days = [date(2026, 11, 14) + timedelta(days=n) for n in range(14)]
    counted = tuple((day, n % 4) for n, day in enumerate(days))
    return Trend(speakers=("Ida Marsh",), days=counted, language=language)


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("en", "14 Nov", "27 Nov"),
        ("de", "14.11.", "27.11."),
        ("fr", "14/11", "27/11"),
        ("es", "14/11", "27/11"),
    ],
)
def test_the_chart_can_be_drawn_in_every_language(
    language: str, first: str, last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def draw_bars(title: str, days: Sequence[tuple[str, int]]) -> bytes:
        drawn.extend(label for label, _ in days)
        return b""

    monkeypatch.setattr(chart, "draw_bars", draw_bars)
    charting.draw(trend(language))
    assert (drawn[0], drawn[-1]) == (first, last)
    assert all(map(chart.can_draw, drawn))


def test_dates_are_in_the_digests_language() -> None:
    assert charting.caption(trend("fr")) == "Claims per day, 14 nov. to 27 nov.: Ida Marsh"
    assert charting.alt_text(trend("fr")).endswith("3 on 17 nov., 1 on 27 nov.")
    assert charting.alt_text(trend("en")).endswith("3 on 17 Nov, 1 on 27 Nov.")
