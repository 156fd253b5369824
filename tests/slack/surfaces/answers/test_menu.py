"""The menu beside a claim: all that can be done with a claim is at most two presses away."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.newsroom import Newsroom
from tests.slack.desk import CLAIM_MENU, Control, controls
from tests.slack.slack_stub import Json, SlackStub

OPEN_MODALS = {"context": "context", "share": "share", "cite": "cite", "elsewhere": "elsewhere"}
"""The choices of the menu that open a modal, and the modal's callback_id."""
OTHERS = {
    "claim_article": "paragraph",
    "claim_by": "by:",
    **{
        f"correct_{kind}": f"correct_{kind}"
        for kind in ("speaker", "rejected", "words", "article", "somebody")
    },
}
"""The buttons that the last choice shows, and what their answer has or their modal is called."""


@pytest.fixture
async def stub(newsroom: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(newsroom) as opened:
        yield opened


async def menu_of(stub: SlackStub, query: str) -> dict[str, Control]:
    """Search, and return the choices of the first claim's menu."""
    blocks = (await stub.answer_to(stub.command(query)))["blocks"]
    (menu, *_) = [one["accessory"] for one in blocks if "accessory" in one]
    return {one.name: one for one in controls(blocks) if one.element is menu}


def press(stub: SlackStub, control: Control) -> Json:
    return {**stub.press(control.name), "actions": [control.sent()]}


@pytest.mark.parametrize("choice", OPEN_MODALS)
async def test_a_choice_opens_its_modal(stub: SlackStub, choice: str) -> None:
    menu = await menu_of(stub, '"No vessel will berth"')
    assert list(menu) == [*OPEN_MODALS, "other"]
    view = await stub.view_opened_by(press(stub, menu[choice]))
    assert view["callback_id"] == OPEN_MODALS[choice]


@pytest.mark.parametrize("action", OTHERS)
async def test_what_is_rarer_is_two_presses_away(stub: SlackStub, action: str) -> None:
    is_own_words = action == "correct_somebody"
    query = "type:statement" if is_own_words else '"No vessel will berth"'
    told = await stub.answer_to(press(stub, (await menu_of(stub, query))["other"]))
    button = next(one for one in controls(told["blocks"]) if one.name == action)
    if action.startswith("correct_"):
        view = await stub.view_opened_by(press(stub, button))
        assert view["callback_id"] == OTHERS[action]
    else:
        assert OTHERS[action] in str((await stub.answer_to(press(stub, button)))["blocks"])


@pytest.mark.parametrize("query", ["harbour", "by:hallas", "yuan ruble", "type:statement"])
async def test_an_answer_has_a_menu_for_each_claim_and_three_controls_below(
    stub: SlackStub, query: str
) -> None:
    blocks = (await stub.answer_to(stub.command(query)))["blocks"]
    claims = [n for n, one in enumerate(blocks) if CLAIM_MENU in str(one.get("accessory"))]
    assert claims
    assert len([*controls([one for one in blocks[claims[0] :] if "accessory" not in one])]) <= 3
