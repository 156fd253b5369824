"""The daily digest: when it is due, and what it contains. No I/O: clock and claims are passed
in."""

from __future__ import annotations

from bot.digest.plan import plan, plan_rest
from bot.digest.schedule import (
    COMPOSE_DELAY,
    EVERY_DAY,
    FIRST_WINDOW,
    MAX_WINDOW,
    DueDigest,
    day_exists,
    find_due,
    is_wanted,
    last_posting_time,
    next_posting,
    posting_time,
)
from bot.digest.statements import DayFacts, matches_title

__all__ = [
    "COMPOSE_DELAY",
    "EVERY_DAY",
    "FIRST_WINDOW",
    "MAX_WINDOW",
    "DayFacts",
    "DueDigest",
    "day_exists",
    "find_due",
    "is_wanted",
    "last_posting_time",
    "matches_title",
    "next_posting",
    "plan",
    "plan_rest",
    "posting_time",
]
