"""A server shaped like Slack's Web API, which fails in every way that Slack and networks do.

It listens on loopback and answers what the bot calls; `accepted` is what it has taken, whatever it
answered then. Faults come by rule (`fail`) or by chance (`Chance`), from a seed.
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
"""What may go wrong. Before a call is taken: too many calls, a bad gateway, an `internal_error`, a
connection that is cut. After it was taken: an answer that does not come, one that breaks off."""
BEFORE: tuple[Fault, ...] = ("429", "500", "error", "unheard")
AFTER: tuple[Fault, ...] = ("lost", "dropped")

TEAM, BOT = "T1", "UBOT"


@dataclass(frozen=True)
class Message:
    """A message that Slack has taken."""

    channel: str
    ts: str
    sent: Json
    at: datetime

    @property
    def key(self) -> str | None:
        """By which the bot knows it."""
        payload: Json = (self.sent.get("metadata") or {}).get("event_payload") or {}
        return payload.get("key")


@dataclass
class Chance:
    """Faults of some methods at a rate, the same for the same seed."""

    rate: float
    seed: int = 0
    methods: tuple[str, ...] = ("chat.postMessage", "chat.update", "conversations.history")
    faults: tuple[Fault, ...] = (*BEFORE, *AFTER)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    def fault(self, method: str) -> Fault | None:
        """What goes wrong with a call, if anything does."""
        ill = method in self.methods and self._chance.random() < self.rate
        return self._chance.choice(self.faults) if ill else None


@dataclass
class FakeSlack:
    """One workspace. `now` is its clock, which stamps messages."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    chance: Chance | None = None
    retry_after: int = 30
    scopes_lacking: set[str] = field(default_factory=set)
    """Methods that answer missing_scope."""
    errors: dict[str, str] = field(default_factory=dict)
    """What methods answer, by method or by (channel's) "method C1"."""
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
        """What a bot needs to connect to it."""
        api_url = f"http://127.0.0.1:{self.port}/api/"
        return SlackSettings(bot_token="xoxb-1", signing_secret="s", api_url=api_url)

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method fail, one after the other."""
        self._next_faults += [(method, fault) for fault in faults]

    def standing(self, channel: str, thread_ts: str | None = None) -> list[Message]:
        """What stands in a channel, or in one of its threads, in order."""
        there = [one for one in self.accepted if one.channel == channel]
        return [one for one in there if one.sent.get("thread_ts") == thread_ts]

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
        """Let more be reached than the Web API."""

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
        answer = self._take(method, sent)
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
        return self.chance.fault(method) if self.chance else None

    def _take(self, method: str, sent: Json) -> Json:
        why = self.errors.get(f"{method} {sent.get('channel')}") or self.errors.get(method)
        if method in self.scopes_lacking:
            why = "missing_scope"
        if why:
            return {"ok": False, "error": why}
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
        for n, one in enumerate(self.accepted):
            if (one.channel, one.ts) == (sent["channel"], sent["ts"]):
                kept = {"metadata": one.sent.get("metadata")} | sent
                self.accepted[n] = replace(one, sent=kept)
                self.updates.append(sent)
                return {"channel": one.channel, "ts": one.ts}
        return {"ok": False, "error": "message_not_found"}

    def _history(self, sent: Json) -> Json:
        oldest = float(sent.get("oldest") or 0)
        found = [one for one in self.accepted if one.channel == sent["channel"]]
        found = [one for one in found if one.sent.get("thread_ts") == sent.get("ts")]
        newest = [one for one in reversed(found) if float(one.ts) > oldest]
        limit, start = int(sent.get("limit") or 100), int(sent.get("cursor") or 0)
        page = newest[start : start + limit]
        more = start + limit < len(newest)
        cursor = str(start + limit) if more else ""
        shows = self.keeps_metadata and sent.get("include_all_metadata") in (True, "1", "true")
        return {
            "messages": [_shown(one, with_metadata=shows) for one in page],
            "has_more": more,
            "response_metadata": {"next_cursor": cursor},
        }


def signed(secret: str, body: str, *, age: int = 0) -> dict[str, str]:
    """The headers with which Slack delivers a body, so many seconds ago."""
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
    """Where a message stands: one to a person in the conversation with them."""
    return f"D{channel}" if channel.startswith("U") else channel


def _shown(one: Message, *, with_metadata: bool) -> Json:
    message = {"type": "message", "ts": one.ts, "text": one.sent.get("text"), "user": BOT}
    message["blocks"] = one.sent.get("blocks") or []
    if with_metadata and one.sent.get("metadata"):
        message["metadata"] = one.sent["metadata"]
    return message


def _cut(request: web.Request) -> web.StreamResponse:
    """Cut the connection without an answer."""
    if request.transport:
        request.transport.abort()
    raise asyncio.CancelledError
