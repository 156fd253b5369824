"""A proxy between the local Slack and the bot, which records all deliveries and the bot's answers.

It can double deliveries, let calls fail, and make deliveries that the local Slack does not make.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import re
import socket
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote, urlencode

import aiohttp
from aiohttp import web

from bot.slack.local import NEWSROOM, SIGNING_SECRET, LocalSlack
from tests.slack import blockkit
from tests.slack.desk import PATIENCE, Desk, Json
from tests.slack.fake_slack import signed

TRIGGER = "/trigger"
"""A command that is not passed on to the bot: its trigger_id is for our own deliveries."""
IDLE = re.compile(r"RequestHandler|^(?:Socket\.run|_ping|serve_sockets|connect)$")
"""The coroutines of idle servers and connections."""

_numbers = itertools.count(1)


@dataclass(frozen=True)
class BotOutput:
    """Something that the bot has shown, and to whom; None means everybody in the channel."""

    method: str
    person: str | None
    channel: str
    body: Json

    @property
    def text(self) -> str:
        return json.dumps(self.body, ensure_ascii=False)


class RecordingProxy(Desk):
    """Records all `outputs` of the bot, and in `acks` how long each acknowledgement took.
    With `doubled`, each delivery comes twice."""

    def __init__(self, slack: LocalSlack, *, doubled: bool = False) -> None:
        super().__init__(slack)
        self.doubled = doubled
        self.outputs: list[BotOutput] = []
        self.acks: list[tuple[str, float]] = []
        self.next_faults: list[tuple[str, str]] = []
        """The fault of the next call of a method: "429", "500", "cut", "lost" or an error code."""
        self.used_faults: list[tuple[str, str]] = []
        self.delivered = 0
        self._answers: dict[str, tuple[str, str]] = {}
        self._triggers: dict[str, str] = {}
        self._new_triggers: asyncio.Queue[str] = asyncio.Queue()
        self._viewers: dict[str, str] = {}
        self._used_triggers: set[str] = set()
        self._of_one: dict[str, str] = {}
        """The person in each direct conversation."""
        self._sockets: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._ours: set[str] = set()
        self.stack: list[Json] = []
        self.errors: Json = {}

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[RecordingProxy]:
        async with super().opened(), contextlib.AsyncExitStack() as stack:
            self._gate = str(self.settings.api_url).removesuffix("/api/")
            if not self.settings.app_token:
                line = web.Application()
                line.router.add_post("/slack/events", self._over_http)
                runner = web.AppRunner(line)
                await runner.setup()
                stack.push_async_callback(runner.cleanup)
                await web.TCPSite(runner, "127.0.0.1", self.settings.port).start()
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", 0))
                    free = int(probe.getsockname()[1])
                self.settings = replace(self.settings, port=free)
            page = await stack.enter_async_context(self._web.ws_connect(f"{self.slack.url}/ui"))
            looking = asyncio.create_task(self._look(page))
            stack.callback(looking.cancel)
            for method in ("chat.unfurl", "assistant.threads.setStatus"):
                self.faults[method] = {"ok": True}
            yield self

    async def _look(self, page: aiohttp.ClientWebSocketResponse) -> None:
        async for message in page:
            event = message.json()
            if event["t"] == "view":
                self.stack, self.errors = event["stack"], {}
            elif event["t"] == "view_errors":
                self.errors = event["errors"]

    def note_idle_tasks(self) -> None:
        """Note the tasks of an idle bot; all later tasks are work."""
        self._resting = asyncio.all_tasks()

    async def wait_until_idle(self) -> None:
        """Wait until the bot has finished all its work."""
        await asyncio.sleep(0.03)
        busy: list[asyncio.Task[Any]] = []
        try:
            async with asyncio.timeout(PATIENCE):
                while busy := self._work():
                    await asyncio.wait(busy, timeout=0.05)
        except TimeoutError as error:
            raise AssertionError(f"the bot does not finish: {busy}") from error

    def _work(self) -> list[asyncio.Task[Any]]:
        tasks = asyncio.all_tasks() - self._resting
        return [t for t in tasks if _is_work(t) and t is not asyncio.current_task()]

    # -- what the bot sends

    def _add_routes(self, proxy: web.Application) -> None:
        proxy.router.add_post("/_hooks/{rest:.*}", self._hooked)
        proxy.router.add_get("/{rest:(?!api/).*}", self._over_socket)

    async def _pass(self, request: web.Request) -> web.StreamResponse:  # type: ignore[override]
        method, body = request.match_info["method"], await request.read()
        fault = self._fault(method)
        if fault and fault != "lost":
            self.calls.append((method, {}))
            return _failed_response(request, fault)
        answer = await super()._pass(request)
        if fault:
            return _failed_response(request, "cut")
        sent = (
            json.loads(body) if "json" in request.content_type else dict(parse_qsl(body.decode()))
        )
        known = json.loads(answer.body or b"{}")  # type: ignore[arg-type]
        if method == "apps.connections.open" and known.get("ok"):
            known["url"] = re.sub(r"^ws://[^/]+", self._gate.replace("http", "ws"), known["url"])
            return web.json_response(known)
        if known.get("ok"):
            self._note(method, {**request.query, **sent}, known)
        return answer

    def _fault(self, method: str) -> str | None:
        for n, (name, fault) in enumerate(self.next_faults):
            if name == method:
                del self.next_faults[n]
                self.used_faults.append((name, fault))
                return fault
        return None

    def _note(self, method: str, sent: Json, answer: Json) -> None:
        """Record what somebody is shown, and check that Slack would accept it."""
        shown = {**sent}
        for name in ("blocks", "view"):
            if isinstance(shown.get(name), str):
                shown[name] = json.loads(shown[name])
        channel = str(shown.get("channel") or "")
        if method == "conversations.open":
            self._of_one[answer["channel"]["id"]] = shown["users"]
        if channel.startswith("U"):
            self._of_one[str(answer.get("channel"))] = channel
        if "blocks" in shown:
            self.refused += blockkit.problems(shown["blocks"])
        match method:
            case "chat.postMessage" | "chat.update":
                person = channel if channel.startswith("U") else self._of_one.get(channel)
                self.outputs.append(BotOutput(method, person, channel, shown))
            case "chat.postEphemeral":
                self.outputs.append(BotOutput(method, shown["user"], channel, shown))
            case "views.open" | "views.update" | "views.push":
                if method != "views.open":
                    self.refused += blockkit.view_problems(shown["view"])
                known = answer.get("view") or {}
                person = self._triggers.get(shown.get("trigger_id", ""))
                person = person or self._viewers.get(shown.get("view_id", ""), "?")
                self._viewers[str(known.get("id"))] = person
                self.outputs.append(BotOutput(method, person, "", shown["view"]))
            case "views.publish":
                self.outputs.append(BotOutput(method, shown["user_id"], "", shown["view"]))

    async def _hooked(self, request: web.Request) -> web.StreamResponse:
        sent = json.loads(await request.read())
        self.calls.append(("response_url", sent))
        fault = self._fault("response_url")
        if fault and fault != "lost":
            return _failed_response(request, fault)
        # Without a response_type, Slack shows an answer to one person, the local Slack to all.
        body = {"response_type": "ephemeral", **sent}
        self.refused += blockkit.problems(body["blocks"])
        person, channel = self._answers.get(request.path, ("?", "?"))
        self.outputs.append(BotOutput("response_url", person, channel, body))
        url = f"{self.slack.url}{request.path_qs}"
        async with self._web.post(url, json=body) as answer:
            text = await answer.text()
        return (
            _failed_response(request, "cut")
            if fault
            else web.Response(text=text, status=answer.status)
        )

    # -- what is delivered

    def _redirect_to_proxy(self, body: str) -> str:
        """Return a delivery with our address in place of Slack's, so that answers come to us."""
        slack_host, our_host = (url.removeprefix("http://") for url in (self.slack.url, self._gate))
        for level in (str, quote, lambda text: quote(quote(text))):
            body = body.replace(level(slack_host), level(our_host))
        return body

    def _record_recipient(self, body: Json) -> None:
        """Record who gets the answers to a delivery."""
        self.delivered += 1
        who = body.get("user_id") or (body.get("user") or {}).get("id") or ""
        channel = body.get("channel_id") or (body.get("channel") or {}).get("id") or ""
        self._triggers[str(body.get("trigger_id"))] = who
        if url := str(body.get("response_url") or ""):
            self._answers["/" + url.split("/", 3)[-1]] = who, channel

    async def _over_http(self, request: web.Request) -> web.Response:
        raw = self._redirect_to_proxy((await request.read()).decode())
        kind = request.headers["Content-Type"]
        body = _body_of(raw, kind)
        if body.get("command") == TRIGGER:
            self._new_triggers.put_nowait(body["trigger_id"])
            return web.Response()
        self._record_recipient(body)
        answer = await self._deliver_signed(raw, kind, body)
        if self.doubled:
            await self._deliver_signed(raw, kind, body)
        return answer

    async def _deliver_signed(self, raw: str, kind: str, body: Json) -> web.Response:
        headers = signed(SIGNING_SECRET, raw) | {"Content-Type": kind}
        url, start = f"http://127.0.0.1:{self.settings.port}/slack/events", time.monotonic()
        async with self._web.post(url, data=raw.encode(), headers=headers) as answer:
            text = await answer.text()
        self.acks.append((_label(body), time.monotonic() - start))
        assert answer.status == 200, (answer.status, _label(body))
        return web.Response(text=text, content_type=answer.content_type)

    async def _over_socket(self, request: web.Request) -> web.WebSocketResponse:
        down = web.WebSocketResponse()
        await down.prepare(request)
        url = f"{self.slack.url.replace('http', 'ws')}{request.path_qs}"
        async with self._web.ws_connect(url) as up:
            self._sockets.append(down)
            pump = asyncio.create_task(self._forward_deliveries(up, down), name="line")
            try:
                async for message in down:
                    if message.type is aiohttp.WSMsgType.TEXT:
                        await self._forward_ack(message.data, up)
            finally:
                pump.cancel()
                self._sockets.remove(down)
        return down

    async def _forward_deliveries(
        self, up: aiohttp.ClientWebSocketResponse, down: web.WebSocketResponse
    ) -> None:
        async for message in up:
            text = self._redirect_to_proxy(message.data)
            envelope = json.loads(text)
            body = envelope.get("payload") or {}
            if body.get("command") == TRIGGER:
                self._new_triggers.put_nowait(body["trigger_id"])
                await up.send_json({"envelope_id": envelope["envelope_id"]})
                continue
            self._record_recipient(body)
            self._start_ack(envelope)
            await down.send_str(text)
            if self.doubled and "envelope_id" in envelope:
                copy = {**envelope, "envelope_id": f"again-{next(_numbers)}"}
                self._ours.add(copy["envelope_id"])
                await down.send_json(copy)
        await down.close()

    def _start_ack(self, envelope: Json) -> None:
        if "envelope_id" in envelope:
            ack = asyncio.get_running_loop().create_future()
            self._waiting.setdefault(envelope["envelope_id"], ack)
            label, start = _label(envelope["payload"]), time.monotonic()
            ack.add_done_callback(lambda _: self.acks.append((label, time.monotonic() - start)))

    async def _forward_ack(self, text: str, up: aiohttp.ClientWebSocketResponse) -> None:
        message = json.loads(text)
        ack = self._waiting.get(message.get("envelope_id"))
        if ack and not ack.done():
            ack.set_result(message.get("payload"))
        if message.get("envelope_id") not in self._ours:
            await up.send_str(text)

    async def deliver(self, body: Json) -> Json:
        """Make a delivery that the local Slack does not make, and return the acknowledgement."""
        self._record_recipient(body)
        answer: Any = None
        for _ in range(1 + self.doubled):
            if self.settings.app_token:
                kind = "events_api" if "event" in body else "interactive"
                envelope = {"envelope_id": f"ours-{next(_numbers)}", "type": kind, "payload": body}
                self._ours.add(envelope["envelope_id"])
                self._start_ack(envelope)
                await self._sockets[-1].send_json({**envelope, "accepts_response_payload": True})
                answer = answer or await asyncio.wait_for(
                    self._waiting[envelope["envelope_id"]], PATIENCE
                )
            else:
                form = "event" not in body
                raw = urlencode({"payload": json.dumps(body)}) if form else json.dumps(body)
                kind = "application/x-www-form-urlencoded" if form else "application/json"
                text = (await self._deliver_signed(raw, kind, body)).text
                answer = answer or (json.loads(text) if text else None)
        await self.wait_until_idle()
        return dict(answer or {})

    async def trigger(self, person: str) -> str:
        """Return a new trigger_id of a person."""
        sent = {"user": person, "channel": NEWSROOM, "command": TRIGGER, "text": ""}
        await self._control("command", **sent)
        while (
            trigger_id := await asyncio.wait_for(self._new_triggers.get(), PATIENCE)
        ) in self._used_triggers:
            pass  # each socket delivers it
        self._used_triggers.add(trigger_id)
        return trigger_id

    async def drop_sockets(self) -> None:
        """Close the bot's connections, and wait until it has new ones."""
        for web_socket in list(self._sockets):
            await web_socket.close()
        async with asyncio.timeout(PATIENCE):
            while len(self._sockets) < 2:
                await asyncio.sleep(0.02)
        self.note_idle_tasks()


def _failed_response(request: web.Request, fault: str) -> web.StreamResponse:
    if fault == "cut":
        assert request.transport
        request.transport.abort()
        return web.Response()
    if fault == "429":
        limited = {"ok": False, "error": "ratelimited"}
        return web.json_response(limited, status=429, headers={"Retry-After": "9"})
    if fault == "500":
        return web.Response(status=500, text="upstream failed")
    return web.json_response({"ok": False, "error": fault})


def _is_work(task: asyncio.Task[Any]) -> bool:
    name = getattr(task.get_coro(), "__qualname__", "")
    return task.get_name() != "line" and not IDLE.search(name)


def _body_of(raw: str, kind: str) -> Json:
    if "json" in kind:
        return dict(json.loads(raw))
    form = parse_qs(raw, keep_blank_values=True)
    if "payload" in form:
        return dict(json.loads(form["payload"][0]))
    return {name: values[0] for name, values in form.items()}


def _label(body: Json) -> str:
    actions = body.get("actions") or [{}]
    event = body.get("event") or {}
    return str(
        body.get("command") or event.get("type") or actions[0].get("action_id") or body.get("type")
    )
