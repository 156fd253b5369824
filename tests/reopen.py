"""Reopen a newsroom with other settings or another clock."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.newsroom import Newsroom
from bot.newsroom.clock import CheckedClock, MachineClocks
from bot.newsroom.providers import Clock


def reopen(newsroom: Newsroom, now: Clock | None = None, **sections: Any) -> None:
    """Change a newsroom's clock or sections of its settings; keep the extractor, which is slow to
    load."""
    extractor = vars(newsroom.extractions).get("extractor")
    newsroom.close()
    newsroom.settings = replace(newsroom.settings, **sections)
    if now:
        newsroom.now, newsroom.clock = now, CheckedClock(MachineClocks.in_step(now))
    if extractor:
        newsroom.extractions.extractor = extractor
