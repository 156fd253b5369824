"""The texts on and around a digest's chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from bot.digest import chart
from bot.model import Trend
from bot.slack.surfaces.digests import chart as charting

DAYS = [date(2026, 11, 14) + timedelta(days=n) for n in range(14)]
TREND = Trend(speakers=("Ida Marsh",), days=tuple((day, n % 4) for n, day in enumerate(DAYS)))


def test_the_chart_has_a_label_for_each_day(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def draw_bars(title: str, days: Sequence[tuple[str, int]]) -> bytes:
        drawn.extend(label for label, _ in days)
        return b""

    monkeypatch.setattr(chart, "draw_bars", draw_bars)
    charting.draw(TREND)
    assert (drawn[0], drawn[-1], len(drawn)) == ("14 Nov", "27 Nov", 14)
    assert all(map(chart.can_draw, drawn))


def test_its_texts_say_when_and_how_many() -> None:
    assert charting.caption(TREND) == "Claims per day, 14 Nov to 27 Nov: Ida Marsh"
    assert charting.alt_text(TREND).endswith("3 on 17 Nov, 1 on 27 Nov.")
