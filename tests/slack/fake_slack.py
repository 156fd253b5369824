"""A fake of Slack's Web API on loopback, which can fail in every way that Slack and networks do.

`accepted` has the messages that it accepted, even if their responses failed. Faults are set with
`fail`, or generated from a seed by `RandomFaults`.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import parse_qsl

from aiohttp import web

from bot.config import SlackSettings

Json = dict[str, Any]
Fault = Literal["429", "500", "error", "unheard", "lost", "dropped"]
"""How a call may fail. Before it is accepted: rate limit, bad gateway, `internal_error`, connection
cut ("unheard"). After that: no response ("lost"), or half of one ("dropped")."""
FAULTS_BEFORE: tuple[Fault, ...] = ("429", "500", "error", "unheard")
FAULTS_AFTER: tuple[Fault, ...] = ("lost", "dropped")

TEAM, BOT = "T1", "UBOT"


@dataclass(frozen=True)
class Message:
    """A message that Slack accepted."""

    channel: str
    ts: str
    sent: Json
    at: datetime

    @property
    def key(self) -> str | None:
        """Return the key in the metadata, by which the bot recognises the message."""
        payload: Json = (self.sent.get("metadata") or {}).get("event_payload") or {}
        return payload.get("key")


@dataclass
class RandomFaults:
    """Generates faults of some methods at a rate, the same for the same seed."""

    rate: float
    seed: int = 0
    methods: tuple[str, ...] = ("chat.postMessage", "chat.update", "conversations.history")

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    def fault(self, method: str) -> Fault | None:
        """Return how a call fails, or None if it succeeds."""
        fails = method in self.methods and self._chance.random() < self.rate
        return self._chance.choice((*FAULTS_BEFORE, *FAULTS_AFTER)) if fails else None


@dataclass
class FakeSlack:
    """A workspace; `now` is the clock of its messages."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    random_faults: RandomFaults | None = None
    retry_after: int = 30
    methods_without_scope: set[str] = field(default_factory=set)
    """Methods that fail with missing_scope."""
    errors: dict[str, str] = field(default_factory=dict)
    """Errors by method, or by method and channel ("chat.postMessage C1")."""
    keeps_metadata: bool = True

    def __post_init__(self) -> None:
        self.accepted: list[Message] = []
        self.updates: list[Json] = []
        self.calls: Counter[str] = Counter()
        self.port = 0
        self._next_faults: list[tuple[str, Fault]] = []
        self._number = 0

    @property
    def settings(self) -> SlackSettings:
        """Return the settings of a bot that connects to this workspace."""
        api_url = f"http://127.0.0.1:{self.port}/api/"
        return SlackSettings(bot_token="xoxb-1", signing_secret="s", api_url=api_url)

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method fail with these faults in turn."""
        self._next_faults += [(method, fault) for fault in faults]

    def messages_in(self, channel: str, thread_ts: str | None = None) -> list[Message]:
        """Return the messages in a channel or a thread, in order."""
        messages = [message for message in self.accepted if message.channel == channel]
        return [message for message in messages if message.sent.get("thread_ts") == thread_ts]

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[FakeSlack]:
        """Serve until the end of the block."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._answer)
        self._add_routes(app)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", self.port).start()
            self.port = runner.addresses[0][1]
            yield self
        finally:
            await runner.cleanup()

    def _add_routes(self, app: web.Application) -> None:
        """Add a subclass's routes."""

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method, sent = request.match_info["method"], _sent(await request.read(), request)
        self.calls[method] += 1
        fault = self._fault(method)
        if fault == "429":
            limited = {"ok": False, "error": "ratelimited"}
            headers = {"Retry-After": str(self.retry_after)}
            return web.json_response(limited, status=429, headers=headers)
        if fault == "500":
            return web.Response(status=502, text="<html>Bad gateway</html>")
        if fault == "error":
            return web.json_response({"ok": False, "error": "internal_error"})
        if fault == "unheard":
            return _cut(request)
        answer = self._respond(method, sent)
        if fault == "lost":
            return _cut(request)
        if fault == "dropped":
            broken = json.dumps(answer)[:-7]
            return web.Response(text=broken, content_type="application/json")
        return web.json_response(answer)

    def _fault(self, method: str) -> Fault | None:
        for n, (name, fault) in enumerate(self._next_faults):
            if name == method:
                del self._next_faults[n]
                return fault
        return self.random_faults.fault(method) if self.random_faults else None

    def _respond(self, method: str, sent: Json) -> Json:
        error = self.errors.get(f"{method} {sent.get('channel')}") or self.errors.get(method)
        if method in self.methods_without_scope:
            error = "missing_scope"
        if error:
            return {"ok": False, "error": error}
        return {"ok": True} | ANSWERS[method](self, sent)

    def _post(self, sent: Json) -> Json:
        self._number += 1
        at = self.now()
        ts = f"{int(at.timestamp())}.{self._number:06d}"
        channel = _conversation(sent["channel"])
        self.accepted.append(Message(channel, ts, sent, at))
        return {"channel": channel, "ts": ts, "message": {"ts": ts}}

    def _update(self, sent: Json) -> Json:
        if len(sent.get("text") or "") > 4_000:  # whatever the blocks are
            return {"ok": False, "error": "msg_too_long"}
        for n, message in enumerate(self.accepted):
            if (message.channel, message.ts) == (sent["channel"], sent["ts"]):
                updated = {"metadata": message.sent.get("metadata")} | sent
                self.accepted[n] = replace(message, sent=updated)
                self.updates.append(sent)
                return {"channel": message.channel, "ts": message.ts}
        return {"ok": False, "error": "message_not_found"}

    def _delete(self, sent: Json) -> Json:
        for message in self.accepted:
            if (message.channel, message.ts) == (sent["channel"], sent["ts"]):
                self.accepted.remove(message)
                return {"channel": message.channel, "ts": message.ts}
        return {"ok": False, "error": "message_not_found"}

    def _history(self, sent: Json) -> Json:
        oldest = float(sent.get("oldest") or 0)
        messages = self.messages_in(sent["channel"], sent.get("ts"))
        newest = [message for message in reversed(messages) if float(message.ts) > oldest]
        limit, start = int(sent.get("limit") or 100), int(sent.get("cursor") or 0)
        page = newest[start : start + limit]
        has_more = start + limit < len(newest)
        cursor = str(start + limit) if has_more else ""
        with_metadata = self.keeps_metadata and sent.get("include_all_metadata") in (
            True,
            "1",
            "true",
        )
        return {
            "messages": [_history_entry(m, with_metadata=with_metadata) for m in page],
            "has_more": has_more,
            "response_metadata": {"next_cursor": cursor},
        }


def signed(secret: str, body: str, *, age: int = 0) -> dict[str, str]:
    """Return the headers of a delivery that Slack signed `age` seconds ago."""
    stamp = str(int(time.time()) - age)
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256)
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest.hexdigest()}",
    }


def _person(slack: FakeSlack, sent: Json) -> Json:
    person = {"id": sent["user"], "team_id": TEAM, "tz": "Europe/London", "name": "reader"}
    return {"user": person}


def _channel(slack: FakeSlack, sent: Json) -> Json:
    return {"channel": {"id": sent["channel"], "name": "planning", "is_member": True}}


ANSWERS: Mapping[str, Callable[[FakeSlack, Json], Json]] = {
    "auth.test": lambda slack, sent: {
        **{"team_id": TEAM, "team": "Newsroom", "user": "claimdesk", "user_id": BOT},
        "bot_id": "B1",
    },
    "chat.postMessage": FakeSlack._post,
    "chat.update": FakeSlack._update,
    "chat.delete": FakeSlack._delete,
    "chat.postEphemeral": lambda slack, sent: {"message_ts": "1.1"},
    "conversations.history": FakeSlack._history,
    "conversations.replies": FakeSlack._history,
    "conversations.info": _channel,
    "conversations.open": lambda slack, sent: {"channel": {"id": _conversation(sent["users"])}},
    "users.info": _person,
    "views.open": lambda slack, sent: {"view": {"id": "V1"}},
}


def _sent(body: bytes, request: web.Request) -> Json:
    if "json" in request.content_type:
        return dict(json.loads(body))
    fields: Json = dict(request.query) | dict(parse_qsl(body.decode()))
    for name in ("blocks", "metadata", "view"):
        if isinstance(fields.get(name), str):
            fields[name] = json.loads(fields[name])
    return fields


def _conversation(channel: str) -> str:
    """Return the channel of a message: for a person, the direct messages with them."""
    return f"D{channel}" if channel.startswith("U") else channel


def _history_entry(message: Message, *, with_metadata: bool) -> Json:
    sent = message.sent
    entry = {"type": "message", "ts": message.ts, "text": sent.get("text"), "user": BOT}
    entry["blocks"] = sent.get("blocks") or []
    if with_metadata and sent.get("metadata"):
        entry["metadata"] = sent["metadata"]
    return entry


def _cut(request: web.Request) -> web.StreamResponse:
    """Cut the connection without a response."""
    if request.transport:
        request.transport.abort()
    raise asyncio.CancelledError
