"""A person in a local Slack, and a proxy between the bot and Slack."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web

from bot.slack.local import ALICE, NEWSROOM, LocalSlack
from bot.slack.mrkdwn import GAP, JOINER
from tests.slack import blockkit

Json = dict[str, Any]

SLOW_NOTE = "I'm still working on it."
CLAIM_MENU = "claim_menu"
MENU_CHOICES = ("context", "share", "cite", "other")
PATIENCE = 60
"""Seconds after which a test fails instead of waiting for ever."""


class Desk:
    """What a person does and sees in a local Slack, and a proxy for the bot's calls.

    `calls` are the bot's calls of the Web API, `faults` responses by method that the proxy gives
    instead of Slack's; `refused` lists the parts of messages that Slack would refuse.
    """

    def __init__(self, slack: LocalSlack) -> None:
        self.slack = slack
        self.calls: list[tuple[str, Json]] = []
        self.faults: dict[str, str | Json] = {}
        self.refused: list[str] = []

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[Desk]:
        proxy = web.Application()
        proxy.router.add_route("*", "/api/{method}", self._pass)
        self._add_routes(proxy)
        runner = web.AppRunner(proxy)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        self.settings = replace(self.slack.settings, api_url=f"http://127.0.0.1:{port}/api/")
        async with aiohttp.ClientSession() as self._web:
            await self._control("reset")
            yield self
        await runner.cleanup()

    def _add_routes(self, proxy: web.Application) -> None:
        """Add a subclass's routes."""

    async def _pass(self, request: web.Request) -> web.Response:
        """Pass a call on, and record it once it is answered: by then a modal is open, and is not
        mistaken for the result of its submission."""
        method, body = request.match_info["method"], await request.read()
        sent = (
            json.loads(body) if "json" in request.content_type else dict(parse_qsl(body.decode()))
        )
        answer = await self._forward(request, method, sent, body)
        self.calls.append((method, sent))
        return answer

    async def _forward(
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
        """Return the arguments of the bot's calls of a method."""
        return [sent for name, sent in self.calls if name == method]

    async def wait_until_connected(self) -> None:
        """Wait until the local Slack can reach the bot."""
        if self.settings.app_token:
            async with self._web.ws_connect(f"{self.slack.url}/ui") as page:
                await self._wait_for_app(page)
            return
        async with asyncio.timeout(PATIENCE):
            while True:
                with contextlib.suppress(OSError):
                    socket.create_connection(("127.0.0.1", self.settings.port)).close()
                    return
                await asyncio.sleep(0.02)

    @staticmethod
    async def _wait_for_app(page: aiohttp.ClientWebSocketResponse) -> None:
        async for message in page:
            event = message.json()
            apps = event["state"]["apps"] if event["t"] == "init" else []
            if event.get("connected") or any(app["connected"] for app in apps):
                return

    async def _control(self, operation: str, **sent: Any) -> None:
        async with self._web.post(f"{self.slack.url}/_control/{operation}", json=sent) as answer:
            assert answer.status == 200, await answer.text()

    async def messages(self, channel: str = NEWSROOM) -> list[Json]:
        """Return the messages in a channel, including ephemeral ones."""
        async with self._web.get(f"{self.slack.url}/_control/messages/{channel}") as answer:
            return list((await answer.json())["messages"])

    async def _next(self, known: list[Json], channel: str) -> Json:
        """Wait for a message of the bot that is not among the `known` ones, or has changed."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for message in await self.messages(channel):
                    if message not in known and message.get("bot_id") and not is_note(message):
                        self.refused += blockkit.problems(message["blocks"])
                        return message
                await asyncio.sleep(0.02)

    async def answer_to_command(
        self, typed: str, *, channel: str = NEWSROOM, person: str = ALICE
    ) -> Json:
        """Type a command and return the message that answers it."""
        known = await self.messages(channel)
        command, _, text = typed.partition(" ")
        await self._control("command", user=person, channel=channel, command=command, text=text)
        return await self._next(known, channel)

    async def answer_to_message(
        self, text: str, *, channel: str = NEWSROOM, person: str = ALICE, thread_ts: str = ""
    ) -> Json:
        """Write a message and return the bot's answer."""
        known = await self.messages(channel)
        thread = {"thread_ts": thread_ts} if thread_ts else {}
        await self._control("message", user=person, channel=channel, text=text, **thread)
        return await self._next(known, channel)

    async def open_modal(self, command: str, *, person: str = ALICE) -> Json:
        """Type a command that opens a modal, and return the modal."""
        number = len(self.called("views.open")) + 1
        sent = {"user": person, "channel": NEWSROOM, "command": command, "text": ""}
        await self._control("command", **sent)
        return dict((await self.call_of("views.open", number))["view"])

    async def open_home(self, *, person: str = ALICE) -> Json:
        """Open the Home tab and return it."""
        known = len(self.called("views.publish"))
        await self._control("open-home", user=person)
        async with asyncio.timeout(PATIENCE):
            while True:
                # A delivery of an earlier test may publish another person's Home first.
                for sent in self.called("views.publish")[known:]:
                    if sent["user_id"] == person:
                        return dict(sent["view"])
                await asyncio.sleep(0.02)

    async def press_at_home(self, action: str, value: str, *, person: str = ALICE) -> None:
        """Press a button of the Home tab."""
        button = {"type": "button", "action_id": action, "block_id": "b1", "value": value}
        event = {"t": "block_action", "channel": "", "messageTs": "", "user": person}
        async with self._web.ws_connect(f"{self.slack.url}/ui") as page:
            await page.send_json({**event, "action": button})

    async def next_message(self, known: list[Json], channel: str = NEWSROOM) -> Json:
        """Wait for a message that is not among the `known` ones, or has changed."""
        return await self._next(known, channel)

    async def final_answer_to_command(self, typed: str, *, person: str = ALICE) -> Json:
        """Type a command that takes a while, and return the final answer, which the local Slack
        shows below the interim message."""
        known = await self.messages()
        await self.answer_to_command(typed, person=person)
        return await self._final(known)

    async def final_answer_to_click(
        self, message: Json, action: str, *, person: str = ALICE
    ) -> Json:
        """Press a button that starts what takes a while, and return the final answer."""
        known = await self.messages()
        await self.click(message, action, person=person)
        return await self._final(known)

    async def _final(self, known: Sequence[Json]) -> Json:
        """Wait for a message of the bot that is new or changed, and not an interim one."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for message in await self.messages():
                    is_new = message not in known and message.get("bot_id")
                    if is_new and not is_note(message) and "Reading " not in read(message):
                        self.refused += blockkit.problems(message["blocks"])
                        return message
                await asyncio.sleep(0.02)

    async def click(
        self, message: Json, action: str, *, value: str | None = None, person: str = ALICE
    ) -> None:
        """Press a message's first control with this name; see controls()."""
        control = next((one for one in controls(message["blocks"]) if one.name == action), None)
        assert control, f"the message has no {action}"
        await self._interact(message, control.sent(value), person)

    async def answer_to_choice(self, message: Json, value: str) -> Json:
        """Choose an option of a message's menu, and return the new or changed message."""
        known = await self.messages(message["channel"])
        (menu, *_) = [
            c for c in controls(message["blocks"]) if c.element["type"] == "static_select"
        ]
        await self._interact(message, menu.sent(value))
        return await self._next(known, message["channel"])

    async def _interact(self, message: Json, action: Json, person: str = ALICE) -> None:
        await self._control(
            "interact",
            user=person,
            channel=message["channel"],
            messageTs=message["ts"],
            action=action,
        )

    async def answer_to_click(
        self, message: Json, action: str, *, value: str | None = None, person: str = ALICE
    ) -> Json:
        """Press a button, and return the new or changed message."""
        known = await self.messages(message["channel"])
        await self.click(message, action, value=value, person=person)
        return await self._next(known, message["channel"])

    async def submit(self, *, person: str = ALICE, **written: str) -> Json:
        """Submit the open modal with texts in its inputs, and return Slack's event: "view" or
        "view_errors"."""
        values = {
            name: {name: {"type": "plain_text_input", "value": value}}
            for name, value in written.items()
        }
        return await self.submit_values(values, person=person)

    async def submit_values(self, values: Json, *, person: str = ALICE) -> Json:
        """Submit the open modal with the states of its inputs ({block: {action: state}}), and
        return Slack's event."""
        async with self._web.ws_connect(f"{self.slack.url}/ui") as page:
            await page.send_json({"t": "view_submit", "user": person, "values": values})
            async for message in page:
                event: Json = message.json()
                if event["t"] in ("view", "view_errors"):
                    return event
        raise AssertionError("the bot did not answer")

    async def answer_to_post(self, message: Json, action: str, *, person: str = ALICE) -> Json:
        """Press a button that shows in a modal what will be posted, submit the modal, and return
        the new or changed message."""
        number = len(self.called("views.open")) + 1
        await self.click(message, action, person=person)
        await self.call_of("views.open", number)
        return await self.answer_to_submission(person=person)

    async def answer_to_submission(self, *, person: str = ALICE, **written: str) -> Json:
        """Submit the open modal, and return the new or changed message."""
        known = await self.messages()
        await self.submit(person=person, **written)
        return await self._next(known, NEWSROOM)

    async def call_of(self, method: str, number: int = 1, **arguments: str) -> Json:
        """Wait for the bot's call number `number` of a method with these arguments."""
        async with asyncio.timeout(PATIENCE):
            while True:
                sent = [one for one in self.called(method) if arguments.items() <= one.items()]
                if len(sent) >= number:
                    return sent[number - 1]
                await asyncio.sleep(0.02)


class Control(NamedTuple):
    """Something that a person can press: a button, or a choice of a claim's menu.

    It is called by the button's action_id, or by the choice ("share" of "share:c1").
    """

    name: str
    value: str
    element: Json
    block_id: str
    label: str

    def sent(self, value: str | None = None) -> Json:
        """Return the action that Slack sends when it is pressed, perhaps with another value."""
        value = self.value if value is None else value
        action = {name: self.element[name] for name in ("type", "action_id")}
        if self.element["type"] == "button":
            return {**action, "block_id": self.block_id, "value": value}
        value = f"{self.name}:{value}" if action["action_id"] == CLAIM_MENU else value
        return {**action, "block_id": self.block_id, "selected_option": option(value)}


def controls(blocks: Sequence[Json]) -> Iterator[Control]:
    """Yield all that a person can press in blocks."""
    for n, block in enumerate(blocks):
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            if element.get("action_id") == CLAIM_MENU:
                for choice in element["options"]:
                    name, _, value = choice["value"].partition(":")
                    yield Control(name, value, element, f"b{n}", choice["text"]["text"])
            elif "action_id" in element:
                label = element.get("text", {}).get("text", "")
                value = element.get("value", "")
                yield Control(element["action_id"], value, element, f"b{n}", label)


def is_note(message: Json) -> bool:
    """Tell whether a message says that an answer takes long, as it may on a busy machine."""
    return str(message.get("text", "")).startswith(SLOW_NOTE)


def pressed(action: str, value: str) -> Json:
    """Return what Slack sends of a pressed button or, for one of MENU_CHOICES, of a choice in a
    claim's menu."""
    if action in MENU_CHOICES:
        return chosen(CLAIM_MENU, f"{action}:{value}")
    return {"type": "button", "action_id": action, "block_id": "b1", "value": value}


def chosen(menu: str, value: str) -> Json:
    """Return what Slack sends of a choice in an overflow menu."""
    selected = {"selected_option": option(value)}
    return {"type": "overflow", "action_id": menu, "block_id": "b1", **selected}


def option(value: str) -> Json:
    """Return an option as Slack sends it when it is chosen."""
    return {"text": {"type": "plain_text", "text": "chosen"}, "value": value}


def shown(message: Json) -> str:
    """Return all text of a message's or a modal's blocks."""
    texts = (
        text.get("text", "")
        for block in message["blocks"]
        for text in [block.get("text", {}), *block.get("elements", [])]
    )
    return "\n".join(text for text in texts if isinstance(text, str))


def read(message: Json) -> str:
    """Return the text without the invisible characters that keep Slack from formatting it."""
    return shown(message).replace(JOINER, "").replace(GAP, "")
