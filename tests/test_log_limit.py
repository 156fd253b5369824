from __future__ import annotations

import logging

import pytest

from bot.log_limit import LogLimit
from tests.logs import records_of


class ManualSeconds:
    now = 0.0


def test_repeated_failures_are_one_line_a_minute_with_a_count(
    caplog: pytest.LogCaptureFixture,
) -> None:
    moments = [0.0, 1.0, 59.0, 61.0, 62.0, 500.0]
    clock = ManualSeconds()
    limit = LogLimit(logging.getLogger("limited"), clock=lambda: clock.now)
    for clock.now in moments:
        limit.warning("no room: %s", "disk")
    assert [record.message for record in records_of(caplog, "limited")] == [
        "no room: disk",
        "no room: disk (3 times since the last line)",
        "no room: disk (2 times since the last line)",
    ]


def test_a_traceback_is_logged_if_given(caplog: pytest.LogCaptureFixture) -> None:
    LogLimit(logging.getLogger("limited")).warning("broken", error=ValueError("inside"))
    assert "ValueError: inside" in caplog.text
