"""The daily digest: when one is due, and what it holds. Pure: clock and claims are handed in."""

from __future__ import annotations

from bot.digest.plan import plan, what_is_left
from bot.digest.schedule import (
    EVERY_DAY,
    FIRST_WINDOW,
    LONGEST_WINDOW,
    SETTLING,
    Due,
    due,
    exists,
    last_posting_time,
    next_posting,
    posting_time,
    wanted,
)
from bot.digest.statements import Known, is_about

__all__ = [
    "EVERY_DAY",
    "FIRST_WINDOW",
    "LONGEST_WINDOW",
    "SETTLING",
    "Due",
    "Known",
    "due",
    "exists",
    "is_about",
    "last_posting_time",
    "next_posting",
    "plan",
    "posting_time",
    "wanted",
    "what_is_left",
]
