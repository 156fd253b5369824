"""The bot's app with a stub of Slack in this process, which records the bot's calls and messages,
and answers each method as the test says."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt import BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.config import SlackSettings
from bot.newsroom import Newsroom
from bot.slack.app import build_app, make_client
from bot.slack.local import ALICE, BOT, NEWSROOM, TEAM
from tests.slack import blockkit
from tests.slack.desk import PATIENCE, chosen, pressed

Json = dict[str, Any]

ME = AuthorizeResult(
    enterprise_id=None, team_id=TEAM, bot_user_id=BOT, bot_id="B0BOT", bot_token="xoxb-1"
)
SENDER: Json = {"team": {"id": TEAM}, "user": {"id": ALICE, "team_id": TEAM}}
_numbers = itertools.count(1)


def member(person: str = ALICE, **fields: Any) -> Json:
    """Return the response of users.info about a person."""
    user = {"id": person, "team_id": TEAM, "name": "alice", "tz": "Europe/London", **fields}
    return {"ok": True, "user": user}


def _is_of_the_bot(task: asyncio.Task[Any]) -> bool:
    """Tell whether a task belongs to the bot, not to a connection of the stub's server."""
    coroutine = task.get_coro()
    return not getattr(coroutine, "__qualname__", "").startswith("RequestHandler.")


class SlackStub:
    """A stub of Slack: `calls` are the bot's calls, `shown` its messages to response_urls.

    `answers` has the responses of methods other than {"ok": true}: a body, a status, or "cut" to
    break the connection; "hook" is for response_urls. A method in `held` answers only once its
    event is set. `files` has the status, media type and contents of files by name, and `tokens` the
    headers that authorised their downloads.
    """

    def __init__(self) -> None:
        self.calls: list[tuple[str, Json]] = []
        self.shown: list[Json] = []
        self.uploaded: list[bytes] = []
        self.files: dict[str, tuple[int, str, bytes]] = {}
        self.tokens: list[str | None] = []
        self.answers: dict[str, Any] = {"users.info": member()}
        self.headers: dict[str, str] = {}
        self.held: dict[str, asyncio.Event] = {}

    @contextlib.asynccontextmanager
    async def opened(self, newsroom: Newsroom) -> AsyncIterator[SlackStub]:
        slack = web.Application()
        slack.router.add_route("*", "/api/{method}", self._called)
        slack.router.add_post("/hook", self._hooked)
        slack.router.add_get("/files/{name}", self._downloaded)
        runner = web.AppRunner(slack)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.newsroom = newsroom
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self.client = make_client(SlackSettings(bot_token="xoxb-1", api_url=f"{self.url}/api/"))
        self.app = build_app(SlackSettings(signing_secret="s"), newsroom, self.client, ME)
        yield self
        await runner.cleanup()

    async def _called(self, request: web.Request) -> web.StreamResponse:
        method, raw = request.match_info["method"], await request.read()
        if method == "upload":  # a URL that files.getUploadURLExternal may return
            self.uploaded.append(raw)
            return self._answer(request, self.answers[method])
        body = raw.decode() or request.query_string
        sent = json.loads(body) if "json" in request.content_type else dict(parse_qsl(body))
        self.calls.append((method, sent))
        if method in self.held:
            await self.held[method].wait()
        return self._answer(request, self.answers.get(method, {"ok": True, "ts": "1.0"}))

    async def _hooked(self, request: web.Request) -> web.StreamResponse:
        sent, answer = await request.json(), self.answers.get("hook", 200)
        if answer == 200:
            self.shown.append(sent)
        return self._answer(request, answer)

    async def _downloaded(self, request: web.Request) -> web.Response:
        self.tokens.append(request.headers.get("Authorization"))
        status, media_type, contents = self.files[request.match_info["name"]]
        return web.Response(status=status, body=contents, content_type=media_type)

    def _answer(self, request: web.Request, answer: Any) -> web.StreamResponse:
        if answer == "cut":
            assert request.transport
            request.transport.abort()
        if isinstance(answer, int):
            return web.Response(status=answer, text="", headers=self.headers)
        return web.json_response(answer, headers=self.headers)

    def called(self, method: str) -> list[Json]:
        """Return the arguments of the bot's calls of a method."""
        return [sent for name, sent in self.calls if name == method]

    async def answer_to(self, body: Json) -> Json:
        """Return the private answer to a delivery; check it against Slack's limits."""
        number = len(self.shown) + 1
        assert (await self.deliver(body)).status == 200
        async with asyncio.timeout(PATIENCE):
            while len(self.shown) < number:
                await asyncio.sleep(0.01)
        shown = self.shown[number - 1]
        assert shown["response_type"] == "ephemeral"
        assert blockkit.problems(shown["blocks"]) == []
        return shown

    async def view_opened_by(self, body: Json) -> Json:
        """Return the modal that a delivery opens; check it against Slack's limits."""
        number = len(self.called("views.open"))
        await self.deliver(body)
        async with asyncio.timeout(PATIENCE):
            while len(self.called("views.open")) <= number:
                await self.wait_until_idle()
        view: Json = self.called("views.open")[number]["view"]
        assert blockkit.view_problems(view) == []
        return view

    async def deliver(self, body: Json) -> BoltResponse:
        """Deliver a request to the bot, and return its acknowledgement."""
        request = AsyncBoltRequest(body=json.loads(json.dumps(body)), mode="socket_mode")
        return await self.app.async_dispatch(request)

    async def words(self, number: int = 1) -> list[str]:
        """Wait for `number` private answers, and return their texts: messages to response_urls,
        ephemeral and direct messages."""
        async with asyncio.timeout(PATIENCE):
            while True:
                texts = [message["text"] for message in self.shown]
                for method in ("chat.postEphemeral", "chat.postMessage"):
                    if isinstance(self.answers.get(method, {}), dict):
                        texts += [message["text"] for message in self.called(method)]
                if len(texts) >= number:
                    return texts
                await asyncio.sleep(0.01)

    async def post(self, body: Json) -> BoltResponse:
        """Open the modal of a press, and post what it shows."""
        view = await self.view_opened_by(body)
        metadata = view["private_metadata"]
        return await self.deliver(self.submission(view["callback_id"], private_metadata=metadata))

    async def wait_until_idle(self) -> None:
        """Wait until the bot is idle."""
        async with asyncio.timeout(PATIENCE):
            while True:
                await asyncio.sleep(0.01)
                if not any(map(_is_of_the_bot, asyncio.all_tasks() - {asyncio.current_task()})):
                    return

    # -- deliveries, in Slack's format

    def command(self, text: str = "yuan", command: str = "/claim", **fields: Any) -> Json:
        body = {"command": command, "text": text, "team_id": TEAM, "user_id": ALICE}
        return {**body, "channel_id": NEWSROOM, **self._reply_fields(), **fields}

    def press(self, action: str, value: str = "", **fields: Any) -> Json:
        return self._act(pressed(action, value), fields)

    def choose(self, menu: str, value: str, **fields: Any) -> Json:
        return self._act(chosen(menu, value), fields)

    def _act(self, action: Json, fields: Json) -> Json:
        ts = f"1.{next(_numbers)}"
        container = {"type": "message", "message_ts": ts, "channel_id": NEWSROOM}
        body = {"type": "block_actions", **SENDER, "channel": {"id": NEWSROOM}}
        sent = {"container": container, "actions": [action]}
        return body | sent | self._reply_fields() | fields

    def submission(self, callback: str, **fields: Any) -> Json:
        view = {"id": "V1", "callback_id": callback, "type": "modal", "state": {"values": {}}}
        body = {"type": "view_submission", **SENDER, "view": {**view, **fields}}
        return {**body, "trigger_id": f"t{next(_numbers)}"}

    def options(self) -> Json:
        return {"type": "block_suggestion", **SENDER, "action_id": "speaker", "value": "X"}

    def shortcut(self) -> Json:
        body = {"type": "shortcut", **SENDER, "callback_id": "find"}
        return {**body, "trigger_id": f"t{next(_numbers)}"}

    def event(self, kind: str, **fields: Any) -> Json:
        body = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{next(_numbers)}"}
        event = {"type": kind, "user": ALICE, "channel": NEWSROOM, "ts": "2.2", **fields}
        return {**body, "authorizations": [{"team_id": TEAM}], "event": event}

    def _reply_fields(self) -> Json:
        return {"trigger_id": f"t{next(_numbers)}", "response_url": f"{self.url}/hook"}
