"""Answers in Slack to queries for a role."""

from __future__ import annotations

from tests.slack.desk import Desk, shown


async def test_the_only_holder_of_a_role_is_named_first(desk: Desk) -> None:
    answer = await desk.answer_to_command('/claim by:"harbour master"')
    assert shown(answer).splitlines()[0] == "harbour master: *Ingrid Solvane*"


async def test_one_of_several_role_holders_can_be_chosen(desk: Desk) -> None:
    answer = await desk.answer_to_command("/claim by:director")
    first, *_ = shown(answer).splitlines()
    assert first == "“director” is *Petra Vandry* (2 claims, 4 Nov 2026) and *Sun Yun* (2 claims)"
    chosen = shown(await desk.answer_to_click(answer, "suggest_1"))
    assert "Sun Yun" in chosen
    assert "Vandry" not in chosen


async def test_a_speaker_is_found_by_role(desk: Desk) -> None:
    assert "*Ingrid Solvane*" in shown(await desk.answer_to_command("/speaker harbour master"))
