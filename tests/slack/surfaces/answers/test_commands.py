from __future__ import annotations

from datetime import time

import pytest

from bot.errors import QueryError
from bot.slack.surfaces.answers.commands import parse_clock


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("08:30", time(8, 30)),
        ("8:30", time(8, 30)),
        ("08.30", time(8, 30)),
        ("8am", time(8)),
        ("8:30 PM", time(20, 30)),
        ("12am", time(0)),
        ("12:15pm", time(12, 15)),
        ("00:00", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_parsed_times(typed: str, read: time) -> None:
    assert parse_clock(typed) == read


@pytest.mark.parametrize(
    "typed", ["", "8", "24:00", "8:60", "13pm", "0am", "8:30am x", "٨:٣٠", "-8am"]
)
def test_invalid_times_are_refused_with_an_example(typed: str) -> None:
    with pytest.raises(QueryError, match="A time looks like 08:30"):
        parse_clock(typed)
