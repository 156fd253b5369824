"""The parts of a message that show a claim."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.model import Hit, Passage
from bot.slack import claim_parts
from tests.samples import hit


def test_the_time_in_a_recording_is_shown_under_its_claim() -> None:
    found = hit()
    passage = Passage(spans=((0, 5),), text=found.claim.text, time="00:14:05")
    timed = replace(found, passage=passage)
    assert _printed(timed).count("3 Nov 2026 · at 00:14:05 · ") == 2
    assert " · at " not in _printed(found)


def _printed(found: Hit) -> str:
    """What Slack draws; a word joiner keeps ":14:" from becoming an emoji."""
    drawn = json.dumps(claim_parts.claim_blocks(found), ensure_ascii=False)
    return f"{claim_parts.claim_text(found)} {drawn}".replace("\u2060", "")
