"""Signed HTTP: requests whose fields Bolt reads wrongly, or that look like Slack's own checks."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.slack.local import ALICE, NEWSROOM, TEAM
from tests.slack.desk import Desk, is_note
from tests.slack.fake_slack import signed

pytestmark = pytest.mark.parametrize("local_slack", ["http"], indirect=True)

COMMAND = {"command": "/claim", "text": "yuan payload", "team_id": TEAM, "user_id": ALICE}
CHECK = {**COMMAND, "ssl_check": "1"}


async def send(desk: Desk, body: str, *, secret: str = "") -> int:
    """Send a request to the bot, and return the status of the response."""
    headers = signed(secret or str(desk.settings.signing_secret), body)
    url = f"http://127.0.0.1:{desk.settings.port}/slack/events"
    async with aiohttp.ClientSession() as web, web.post(url, data=body, headers=headers) as reply:
        return reply.status


async def answers(desk: Desk) -> list[str]:
    """Return the bot's answers in the channel, after one more command has been answered."""
    await desk.answer_to_command("/claim help")
    told = [message for message in await desk.messages() if message.get("bot_id")]
    return [message["text"] for message in told if not is_note(message)]


async def test_a_command_about_a_payload_is_answered(desk: Desk) -> None:
    answer = await desk.answer_to_command("/claim yuan payload")
    assert "payload" in answer["text"]


async def test_such_a_command_still_needs_its_signature(desk: Desk) -> None:
    command = {**COMMAND, "channel_id": NEWSROOM, "trigger_id": "t"}
    assert await send(desk, urlencode(command), secret="another secret") == 401
    assert len(await answers(desk)) == 1


@pytest.mark.parametrize(
    "body", [urlencode(CHECK), json.dumps(CHECK), urlencode({"payload": json.dumps(CHECK)})]
)
async def test_an_unsigned_certificate_check_reaches_no_listener(desk: Desk, body: str) -> None:
    assert await send(desk, body, secret="another secret") in (200, 401)
    assert len(await answers(desk)) == 1


@pytest.mark.parametrize("value", [1, True, "true", "0", "", None, ["1"]])
async def test_what_only_resembles_a_certificate_check_is_refused(
    desk: Desk, value: object
) -> None:
    body = json.dumps({**COMMAND, "ssl_check": value})
    assert await send(desk, body, secret="another secret") == 401
