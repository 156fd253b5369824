"""Answers in Slack if the archive has all the words, but no claim has all of them."""

from __future__ import annotations

from bot.slack.local import BOT
from tests.slack.desk import Desk, read, shown


async def test_words_not_found_together_are_not_replaced(desk: Desk) -> None:
    answer = await desk.answer_to_command("/claim quay wall is sound")
    assert "Nothing for" not in shown(answer)
    assert "*wall* *is* *sound.*" in shown(answer)


async def test_words_of_a_question_are_not_replaced(desk: Desk) -> None:
    answer = await desk.answer_to_command("/claim is the quay wall sound?")
    assert not shown(answer).startswith("No claim")
    assert "*wall* is *sound.*" in shown(answer)


async def test_words_are_not_replaced_in_public_answers(desk: Desk) -> None:
    answer = await desk.answer_to_message(f"<@{BOT}> quay wall is sound")
    assert "Nothing for" not in read(answer)


async def test_possible_typos_get_a_button(desk: Desk) -> None:
    answer = await desk.answer_to_command("/claim dockworkers unpaid")
    assert "Nothing on dockworkers unpaid" in shown(answer)
    assert "*dockworkers* are *paid*" in shown(await desk.answer_to_click(answer, "suggest_0"))
