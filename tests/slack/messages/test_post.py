"""Whatever Slack, or somebody on the way to it, answers: is it sure that nothing was posted?"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import SlackSettings
from bot.delivery.transport import MaybePosted, NotPosted, PostedMessage
from bot.slack.app import make_client
from bot.slack.messages.post import FailureWords, post
from bot.slack.parts import notice


class Answering:
    """A server that gives one answer to every call of Slack's Web API."""

    status: int = 200
    body: bytes = b""
    content_type = "application/json"
    asked = 0

    async def answer(self, request: web.Request) -> web.Response:
        self.asked += 1
        headers = {"Content-Type": self.content_type, "Retry-After": "77"}
        return web.Response(status=self.status, body=self.body, headers=headers)


@pytest.fixture
def slack() -> Answering:
    return Answering()


@pytest.fixture
async def client(slack: Answering) -> AsyncIterator[AsyncWebClient]:
    app = web.Application()
    app.router.add_post("/{method}", slack.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    yield make_client(SlackSettings(bot_token="xoxb-1", api_url=f"http://127.0.0.1:{port}/"))
    await runner.cleanup()


async def posted(client: AsyncWebClient) -> PostedMessage:
    words = FailureWords(failure="It was not posted", next_step="try", outcome="No loss.")
    return await post(client, "C1", notice("Hello"), words, key="k")


async def test_a_posted_message_has_its_ts(client: AsyncWebClient, slack: Answering) -> None:
    slack.body = b'{"ok": true, "ts": "1.5"}'
    assert await posted(client) == ("C1", "1.5")
    slack.body = b'{"ok": true, "ts": "1.5", "channel": "D1"}'
    assert await posted(client) == ("D1", "1.5")


@pytest.mark.parametrize(
    ("error", "why"),
    [
        ("not_in_channel", "rejected"),
        ("is_archived", "rejected"),
        ("msg_too_long", "rejected"),
        ("invalid_auth", "unauthorised"),
        ("missing_scope", "unauthorised"),
        ("ratelimited", "rate limited"),
    ],
)
async def test_a_refused_message_was_not_posted(
    client: AsyncWebClient, slack: Answering, error: str, why: str
) -> None:
    slack.body = json.dumps({"ok": False, "error": error}).encode()
    with pytest.raises(NotPosted) as refused:
        await posted(client)
    assert (refused.value.code, refused.value.kind) == (error, why)
    assert str(refused.value).startswith("It was not posted: ")
    assert str(refused.value).endswith(" No loss.")


async def test_a_rate_limit_is_a_refusal_whatever_the_body(
    client: AsyncWebClient, slack: Answering
) -> None:
    slack.status, slack.body, slack.content_type = 429, b"slow down", "text/plain"
    with pytest.raises(NotPosted) as refused:
        await posted(client)
    assert refused.value.wait == timedelta(seconds=77)
    assert slack.asked == 1  # it is not for this call to wait so long


@pytest.mark.parametrize(
    "error",
    ["fatal_error", "internal_error", "service_unavailable", "request_timeout", "never_heard_of"],
)
async def test_an_unknown_error_leaves_the_message_uncertain(
    client: AsyncWebClient, slack: Answering, error: str
) -> None:
    slack.body = json.dumps({"ok": False, "error": error}).encode()
    with pytest.raises(MaybePosted, match=f"didn't say whether it worked .{error}"):
        await posted(client)


ANSWERS: list[dict[str, Any]] = [
    {"body": b'{"ok": true, "ts": "1'},
    {"body": b""},
    {"body": b"[1]"},
    {"body": b"null"},
    {"body": b'"not_in_channel"'},
    {"body": b'{"ok": true}'},
    {"body": b'{"ok": false}'},
    {"body": b'{"ok": false, "error": ["not_in_channel"]}'},
    {"body": b'{"ok": true, "ts": "\xff"}'},
    {"body": b"<html>Welcome to the hotel</html>", "content_type": "text/html"},
    {"body": b"OK", "content_type": "text/plain"},
    {"body": b"OK", "content_type": "application/gzip"},
    {"body": b"<html>Bad gateway</html>", "content_type": "text/html", "status": 502},
    {"body": b"<html>Log in</html>", "content_type": "text/html", "status": 407},
    {"body": b'{"ok": false, "error": "not_in_channel"}', "status": 500},
]


@pytest.mark.parametrize("answer", ANSWERS, ids=str)
async def test_any_other_response_leaves_the_outcome_unknown(
    client: AsyncWebClient, slack: Answering, answer: dict[str, Any]
) -> None:
    for name, value in answer.items():
        setattr(slack, name, value)
    with pytest.raises(MaybePosted, match="or it was and I can't tell"):
        await posted(client)


async def test_an_unreachable_slack_posts_nothing() -> None:
    away = make_client(SlackSettings(bot_token="xoxb-1", api_url="http://127.0.0.1:9/"))
    with pytest.raises(NotPosted, match="couldn't be reached"):
        await posted(away)
