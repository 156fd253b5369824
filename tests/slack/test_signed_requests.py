"""Signed HTTP: the requests that Bolt reads before our gate sees them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.newsroom import Newsroom
from bot.slack.local import ALICE, TEAM
from tests.slack.desk import Desk
from tests.slack.fake_slack import signed
from tests.slack.slack_stub import SlackStub

COMMAND = {"command": "/claim", "text": "yuan payload", "team_id": TEAM, "user_id": ALICE}
CHECK = {**COMMAND, "ssl_check": "1"}


@pytest.fixture
async def stub(newsroom: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(newsroom) as opened:
        yield opened


async def send(stub: SlackStub, body: str, *, secret: str = "s") -> int:
    """Send a request over signed HTTP, and return the status of the response."""
    request = AsyncBoltRequest(body=body, headers=signed(secret, body))
    return int((await stub.app.async_dispatch(request)).status)


async def test_a_command_about_a_payload_is_answered(stub: SlackStub) -> None:
    command = {**COMMAND, "trigger_id": "t", "response_url": f"{stub.url}/hook"}
    assert await send(stub, urlencode(command)) == 200
    assert "payload" in (await stub.words())[0]


async def test_such_a_command_still_needs_its_signature(stub: SlackStub) -> None:
    assert await send(stub, urlencode(COMMAND), secret="another secret") == 401
    await stub.wait_until_idle()
    assert stub.calls == []


@pytest.mark.parametrize("local_slack", ["http"], indirect=True)
async def test_a_payload_is_searched_for_in_the_local_slack(desk: Desk) -> None:
    answer = await desk.answer_to_command("/claim yuan payload")
    assert "payload" in answer["text"]


@pytest.mark.parametrize(
    "body", [urlencode(CHECK), json.dumps(CHECK), urlencode({"payload": json.dumps(CHECK)})]
)
async def test_an_unsigned_certificate_check_reaches_no_listener(
    stub: SlackStub, body: str
) -> None:
    assert await send(stub, body, secret="another secret") == 200
    await stub.wait_until_idle()
    assert stub.calls == []
    assert stub.shown == []


@pytest.mark.parametrize("value", [1, True, "true", "0", "", None, ["1"]])
async def test_what_only_resembles_a_certificate_check_is_refused(
    stub: SlackStub, value: object
) -> None:
    body = json.dumps({**COMMAND, "ssl_check": value})
    assert await send(stub, body, secret="another secret") == 401
