"""Each call of the bot fails in each way: the person is answered or gets an error, and public
messages are posted once, when Slack is back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import product

import pytest

from bot.delivery import dispatcher
from bot.newsroom import Newsroom
from bot.slack import channels
from bot.slack.gate import people
from bot.slack.local import ALICE, BOT, NEWSROOM, LocalSlack
from tests.outlet_site import OutletSite
from tests.slack.conversations.long_talk import Talk, recorded
from tests.slack.conversations.recorded_desk import RecordedDesk
from tests.slack.conversations.recording_proxy import BotOutput
from tests.slack.desk import Json

FAULTS = ("429", "500", "cut", "lost", "token_revoked")

Flow = Callable[[RecordedDesk], Awaitable[list[BotOutput]]]


async def ask(desk: RecordedDesk) -> list[BotOutput]:
    return await desk.type_command("/claim harbour")


async def open_context(desk: RecordedDesk) -> list[BotOutput]:
    await desk.type_command("/claim harbour")
    return await desk.press_button("context")


async def share(desk: RecordedDesk) -> list[BotOutput]:
    await desk.type_command("/claim harbour")
    await desk.press_button("share")
    return await desk.submit_modal({})


async def mention(desk: RecordedDesk) -> list[BotOutput]:
    return await desk.write_message(f"<@{BOT}> harbour")


async def open_form(desk: RecordedDesk) -> list[BotOutput]:
    return await desk.type_command("/claim")


async def open_home(desk: RecordedDesk) -> list[BotOutput]:
    return await desk.outputs_of(desk._control("open-home", user=ALICE))


async def watch(desk: RecordedDesk) -> list[BotOutput]:
    return await desk.type_command("/watch quayside")


FLOWS: list[tuple[Flow, tuple[str, ...]]] = [
    (ask, ("users.info", "response_url")),
    (open_context, ("views.open",)),
    (share, ("chat.postMessage",)),
    (mention, ("users.info", "chat.postMessage")),
    (open_form, ("views.open",)),
    (open_home, ("users.info", "views.publish")),
    (watch, ("conversations.info", "users.info")),
]
PUBLIC = (share, mention)


@pytest.mark.parametrize("local_slack", ["socket"], indirect=True)
async def test_a_fault_at_any_call_loses_and_repeats_nothing(
    talked_with: Newsroom,
    local_slack: LocalSlack,
    site: OutletSite,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dispatcher, "AWAIT_SECONDS", 0.2)
    async with recorded(talked_with, local_slack, doubled=False) as desk:
        talk = Talk(desk, talked_with, site)
        for flow, methods in FLOWS:
            for method, fault in product(methods, FAULTS):
                await _check_fault(talk, flow, method, fault)
        await desk.drop_sockets()
        assert await ask(desk), "after the sockets were cut"
    assert desk.refused == []


async def _check_fault(talk: Talk, flow: Flow, method: str, fault: str) -> None:
    desk, what = talk.desk, f"{flow.__name__}, {method}: {fault}"
    people.clear_cache()
    channels.clear_cache()
    before, struck = await _public_messages(desk), len(desk.used_faults)
    desk.next_faults = [(method, fault)]
    outputs = await flow(desk)
    assert desk.used_faults[struck:] == [(method, fault)], what
    heard = [output for output in outputs if output.person == ALICE]
    posted = len(await _public_messages(desk)) - len(before)
    assert heard or posted, f"{what}: nobody heard anything"
    wait = timedelta(minutes=6 if fault == "token_revoked" else 1)
    for _ in range(2):
        await talk.run_jobs(later=wait)
    expected = int(flow in PUBLIC and (method != "users.info" or posted > 0))
    assert len(await _public_messages(desk)) - len(before) == expected, what


async def _public_messages(desk: RecordedDesk) -> list[Json]:
    """Return the bot's public messages in the channel."""
    return [
        message
        for message in await desk.messages(NEWSROOM)
        if message.get("bot_id") and not message.get("ephemeral_to")
    ]
