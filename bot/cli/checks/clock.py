"""Compare this machine's clock with another one."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.cli.checks.finding import Finding
from bot.wording.answers import with_noun

TOLERANCE = timedelta(seconds=5)
"""Slack's `Date` has no fractions of a second, and a response takes a while."""
MAX_SKEW = timedelta(minutes=1)
"""Slack's signatures expire after five minutes (docs.slack.dev/authentication)."""


def check_clock(here: datetime, there: datetime, *, whose: str) -> Finding:
    """Compare the time `here` with the time `there`; `whose` clock that is ("Slack's")."""
    skew = here - there
    if abs(skew) <= TOLERANCE:
        return Finding("clock", "ok", f"agrees with {whose}")
    seconds = abs(skew) // timedelta(seconds=1)
    amount = with_noun(seconds // 60, "minute") if seconds >= 120 else f"{seconds} s"
    direction = "ahead of" if skew > timedelta() else "behind"
    message = (
        f"This machine's clock is {amount} {direction} {whose}. Digests and embargoes go by it, "
        "and beyond 5 minutes every signed request from Slack is refused. Set it by a time server."
    )
    return Finding("clock", "problem" if abs(skew) > MAX_SKEW else "note", message)
