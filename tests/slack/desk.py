"""What a person does and sees in a local Slack, with a gate through which the bot's calls go."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web

from bot.slack.local import ALICE, NEWSROOM, LocalSlack
from bot.slack.mrkdwn import GAP, JOINER
from tests.slack import blockkit

Json = dict[str, Any]


class Desk:
    """What a person does and sees in a local Slack, and a gate through which the bot's calls go.

    `calls` are the bot's calls of the Web API, `faults` what the gate answers instead of Slack;
    `refused` is what Slack would have refused of what the bot showed.
    """

    def __init__(self, slack: LocalSlack) -> None:
        self.slack = slack
        self.calls: list[tuple[str, Json]] = []
        self.faults: dict[str, str | Json] = {}
        self.refused: list[str] = []

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[Desk]:
        gate = web.Application()
        gate.router.add_route("*", "/api/{method}", self._pass)
        self._add_routes(gate)
        runner = web.AppRunner(gate)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        self.settings = replace(self.slack.settings, api_url=f"http://127.0.0.1:{port}/api/")
        async with aiohttp.ClientSession() as self._web:
            await self._control("reset")
            yield self
        await runner.cleanup()

    def _add_routes(self, gate: web.Application) -> None:
        """Let more pass through the gate than calls of the Web API."""

    async def _pass(self, request: web.Request) -> web.Response:
        """Pass a call on, and count it once it is answered: who then looks at the page finds the
        modal open already, and does not take its opening for what comes of sending it."""
        method, body = request.match_info["method"], await request.read()
        sent = (
            json.loads(body) if "json" in request.content_type else dict(parse_qsl(body.decode()))
        )
        answer = await self._answered(request, method, sent, body)
        self.calls.append((method, sent))
        return answer

    async def _answered(
        self, request: web.Request, method: str, sent: Json, body: bytes
    ) -> web.Response:
        if method == "views.open":
            self.refused += blockkit.view_problems(sent["view"])
        if method == "views.publish":
            self.refused += blockkit.home_problems(sent["view"])
        fault = self.faults.get(method)
        if fault == "500":
            return web.Response(status=500, text="upstream failed")
        if fault:
            answer = {"ok": False, "error": fault} if isinstance(fault, str) else fault
            return web.json_response(answer)
        headers = {
            k: v for k, v in request.headers.items() if k in ("Authorization", "Content-Type")
        }
        url = f"{self.slack.url}{request.path_qs}"
        async with self._web.request(request.method, url, data=body, headers=headers) as answer:
            return web.json_response(await answer.json())

    def called(self, method: str) -> list[Json]:
        """What the bot sent in its calls of a method."""
        return [sent for name, sent in self.calls if name == method]

    async def connected(self) -> None:
        """Wait until the local Slack can reach the bot."""
        if self.settings.app_token:
            async with self._web.ws_connect(f"{self.slack.url}/ui") as page:
                await self._online(page)
            return
        for _ in range(500):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.settings.port)).close()
                return
            await asyncio.sleep(0.02)

    @staticmethod
    async def _online(page: aiohttp.ClientWebSocketResponse) -> None:
        async for message in page:
            event = message.json()
            apps = event["state"]["apps"] if event["t"] == "init" else []
            if event.get("connected") or any(app["connected"] for app in apps):
                return

    async def _control(self, what: str, **sent: Any) -> None:
        async with self._web.post(f"{self.slack.url}/_control/{what}", json=sent) as answer:
            assert answer.status == 200, await answer.text()

    async def messages(self, channel: str = NEWSROOM) -> list[Json]:
        """What stands in a channel, ephemeral messages too."""
        async with self._web.get(f"{self.slack.url}/_control/messages/{channel}") as answer:
            return list((await answer.json())["messages"])

    async def _next(self, known: list[Json], channel: str) -> Json:
        """The message that is new or changed beside the `known` ones."""
        for _ in range(500):
            for message in await self.messages(channel):
                if message not in known and message.get("bot_id"):
                    self.refused += blockkit.problems(message["blocks"])
                    return message
            await asyncio.sleep(0.02)
        raise AssertionError("the bot did not answer")

    async def types(self, typed: str, *, channel: str = NEWSROOM, person: str = ALICE) -> Json:
        """Type a command and return the message that answers it."""
        known = await self.messages(channel)
        command, _, text = typed.partition(" ")
        await self._control("command", user=person, channel=channel, command=command, text=text)
        return await self._next(known, channel)

    async def says(
        self, text: str, *, channel: str = NEWSROOM, person: str = ALICE, thread_ts: str = ""
    ) -> Json:
        """Write a message and return what the bot makes of it."""
        known = await self.messages(channel)
        more = {"thread_ts": thread_ts} if thread_ts else {}
        await self._control("message", user=person, channel=channel, text=text, **more)
        return await self._next(known, channel)

    async def calls_up(self, command: str, *, person: str = ALICE) -> Json:
        """Type a command that opens a modal, and return the modal."""
        number = len(self.called("views.open")) + 1
        sent = {"user": person, "channel": NEWSROOM, "command": command, "text": ""}
        await self._control("command", **sent)
        return dict((await self.call_of("views.open", number))["view"])

    async def opens_home(self, *, person: str = ALICE) -> Json:
        """Open the Home tab and return it."""
        number = len(self.called("views.publish")) + 1
        await self._control("open-home", user=person)
        return dict((await self.call_of("views.publish", number))["view"])

    async def presses_at_home(self, action: str, value: str, *, person: str = ALICE) -> None:
        """Press a button of the Home tab."""
        pressed = {"type": "button", "action_id": action, "block_id": "b1", "value": value}
        there = {"t": "block_action", "channel": "", "messageTs": "", "user": person}
        async with self._web.ws_connect(f"{self.slack.url}/ui") as page:
            await page.send_json({**there, "action": pressed})

    async def comes(self, known: list[Json], channel: str = NEWSROOM) -> Json:
        """Wait for the message that is new beside the `known` ones."""
        return await self._next(known, channel)

    async def types_and_waits(self, typed: str, *, person: str = ALICE) -> Json:
        """Type a command that takes a while and return the message that answers it. The local
        Slack shows it below the one that it is to replace."""
        known = [one["ts"] for one in await self.messages()]
        await self.types(typed, person=person)
        for _ in range(1000):
            new = [one for one in await self.messages() if one["ts"] not in known]
            if over := [one for one in new if one.get("bot_id") and "Reading " not in read(one)]:
                self.refused += blockkit.problems(over[0]["blocks"])
                return over[0]
            await asyncio.sleep(0.02)
        raise AssertionError("the bot did not come to an end")

    async def clicks(
        self, message: Json, action: str, *, value: str | None = None, person: str = ALICE
    ) -> None:
        """Press the first button of a message that has this action_id."""
        place, button = next(
            (f"b{n}", element)
            for n, block in enumerate(message["blocks"])
            for element in [*block.get("elements", []), block.get("accessory", {})]
            if element.get("action_id") == action
        )
        pressed = {"type": "button", "action_id": action, "block_id": place}
        pressed["value"] = button["value"] if value is None else value
        await self._control(
            "interact",
            user=person,
            channel=message["channel"],
            messageTs=message["ts"],
            action=pressed,
        )

    async def answer_to_choice(self, message: Json, value: str) -> Json:
        """Choose an option of a message's menu and return the message that comes of it."""
        known = await self.messages(message["channel"])
        place, menu = next(
            (f"b{n}", element)
            for n, block in enumerate(message["blocks"])
            for element in block.get("elements", [])
            if element.get("type") == "static_select"
        )
        chosen = {"text": {"type": "plain_text", "text": "chosen"}, "value": value}
        action = {"type": "static_select", "action_id": menu["action_id"], "block_id": place}
        await self._control(
            "interact",
            user=ALICE,
            channel=message["channel"],
            messageTs=message["ts"],
            action={**action, "selected_option": chosen},
        )
        return await self._next(known, message["channel"])

    async def chooses(self, message: Json, action: str, value: str) -> None:
        """Choose from the first menu of a message that has this action_id."""
        place = next(
            f"b{n}"
            for n, block in enumerate(message["blocks"])
            for element in block.get("elements", [])
            if element.get("action_id") == action
        )
        option = {"text": {"type": "plain_text", "text": "chosen"}, "value": value}
        chosen = {"type": "overflow", "action_id": action, "block_id": place}
        await self._control(
            "interact",
            user=ALICE,
            channel=message["channel"],
            messageTs=message["ts"],
            action={**chosen, "selected_option": option},
        )

    async def answer_to_click(
        self, message: Json, action: str, *, value: str | None = None, person: str = ALICE
    ) -> Json:
        """Press a button and return the message that comes or changes because of it."""
        known = await self.messages(message["channel"])
        await self.clicks(message, action, value=value, person=person)
        return await self._next(known, message["channel"])

    async def sends(self, *, person: str = ALICE, **written: str) -> Json:
        """Send the modal that is open with what was written into its inputs, and return what
        becomes of it: an event "view" or "view_errors"."""
        values = {
            name: {name: {"type": "plain_text_input", "value": value}}
            for name, value in written.items()
        }
        return await self.fills_in(values, person=person)

    async def fills_in(self, values: Json, *, person: str = ALICE) -> Json:
        """Send the modal that is open with the states of its inputs ({block: {action: state}}),
        and return what becomes of it."""
        async with self._web.ws_connect(f"{self.slack.url}/ui") as page:
            await page.send_json({"t": "view_submit", "user": person, "values": values})
            async for message in page:
                event: Json = message.json()
                if event["t"] in ("view", "view_errors"):
                    return event
        raise AssertionError("the bot did not answer")

    async def answer_to_sending(self, *, person: str = ALICE, **written: str) -> Json:
        """Send the modal that is open, and return the message that comes or changes of it."""
        known = await self.messages()
        await self.sends(person=person, **written)
        return await self._next(known, NEWSROOM)

    async def call_of(self, method: str, number: int = 1) -> Json:
        """Wait for the bot's first call of a method, or a later one."""
        for _ in range(500):
            if len(sent := self.called(method)) >= number:
                return sent[number - 1]
            await asyncio.sleep(0.02)
        raise AssertionError(f"{method} was not called")


def shown(message: Json) -> str:
    """All text of a message's or a modal's blocks."""
    texts = (
        text.get("text", "")
        for block in message["blocks"]
        for text in [block.get("text", {}), *block.get("elements", [])]
    )
    return "\n".join(text for text in texts if isinstance(text, str))


def read(message: Json) -> str:
    """The same as a person reads it, without the invisible characters that keep text inert."""
    return shown(message).replace(JOINER, "").replace(GAP, "")
