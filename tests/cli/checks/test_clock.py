from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.cli.checks.clock import check_clock

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "verdict", "message"),
    [
        (3, "ok", "agrees with Slack's"),
        (-3, "ok", "agrees with Slack's"),
        (40, "note", "40 s ahead of Slack's"),
        (-90, "problem", "90 s behind Slack's"),
        (600, "problem", "10 minutes ahead of Slack's"),
    ],
)
def test_the_verdict_depends_on_the_difference(seconds: int, verdict: str, message: str) -> None:
    found = check_clock(NOON + timedelta(seconds=seconds), NOON, whose="Slack's")
    assert (found.part, found.verdict) == ("clock", verdict)
    assert message in found.message
