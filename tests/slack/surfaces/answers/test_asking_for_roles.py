"""Answers in Slack to queries for a role."""

from __future__ import annotations

from tests.slack.desk import Desk, shown


async def test_a_speaker_is_found_by_role(desk: Desk) -> None:
    assert "*Ingrid Solvane*" in shown(await desk.answer_to_command("/speaker harbour master"))
