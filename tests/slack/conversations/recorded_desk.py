"""A desk behind the recording proxy: what a person does there, and what they see of it.

What the local Slack has no means for is brought to the bot as Slack would: presses in modals and in
the Home tab, shortcuts, requests for options, events of all kinds.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Iterator
from typing import Any

from bot.slack.local import ALICE, BOT, NEWSROOM, TEAM
from tests.slack.conversations.recording_proxy import RecordingProxy, Told
from tests.slack.desk import Json

_numbers = itertools.count(1)


class RecordedDesk(RecordingProxy):
    """With `doubled` each delivery comes twice, and each button is pressed twice."""

    async def seen_of(self, doing: Awaitable[object]) -> list[Told]:
        """What the bot shows because of something that is done."""
        count, delivered = len(self.told), self.delivered
        await doing
        for _ in range(250):
            if self.delivered > delivered:
                break
            await asyncio.sleep(0.02)
        else:
            raise AssertionError("nothing was delivered")
        await self.settled()
        return self.told[count:]

    async def typed(self, text: str, *, person: str = ALICE, channel: str = NEWSROOM) -> list[Told]:
        """Type a command."""
        command, _, words = text.partition(" ")
        sent = {"user": person, "channel": channel, "command": command, "text": words}
        return await self.seen_of(self._control("command", **sent))

    async def written(
        self, text: str, *, person: str = ALICE, channel: str = NEWSROOM, **more: str
    ) -> list[Told]:
        """Write a message."""
        sent = {"user": person, "channel": channel, "text": text, **more}
        return await self.seen_of(self._control("message", **sent))

    async def last_with(
        self, action: str, *, channel: str = NEWSROOM, public: bool = False
    ) -> Json:
        """The last message of a channel that has something with this action_id."""
        for message in reversed(await self.messages(channel)):
            has_it = any(one.get("action_id") == action for one in _pressable(message))
            if has_it and not (public and message.get("ephemeral_to")):
                return message
        raise AssertionError(f"no message has {action}")

    async def pressed(
        self,
        action: str,
        *,
        value: str | None = None,
        person: str = ALICE,
        message: Json | None = None,
        channel: str = NEWSROOM,
    ) -> list[Told]:
        """Press a button of a message, the last one that has it unless another is given."""
        message = message or await self.last_with(action, channel=channel)

        async def press() -> None:
            for _ in range(1 + self.doubled):
                await self.clicks(message, action, value=value, person=person)

        return await self.seen_of(press())

    async def chosen(
        self, action: str, choice: str, *, person: str = ALICE, message: Json | None = None
    ) -> list[Told]:
        """Choose from a menu of a message: by what the option's value begins with, or a value."""
        message = message or await self.last_with(action)
        (menu, *_) = [e for e in _pressable(message) if e.get("action_id") == action]
        options = [one for one in menu["options"] if one["value"].startswith(choice)]
        option = options[0] if options else {"value": choice}
        option = {"text": {"type": "plain_text", "text": "chosen"}, **option}
        acted = {
            "type": menu["type"],
            "action_id": action,
            "block_id": "b",
            "selected_option": option,
        }
        sent = {"user": person, "channel": message["channel"], "messageTs": message["ts"]}

        async def choose() -> None:
            for _ in range(1 + self.doubled):
                await self._control("interact", **sent, action=acted)

        return await self.seen_of(choose())

    async def sent(self, values: Json, *, person: str = ALICE) -> list[Told]:
        """Send the modal that is open, with what was filled in by block: a text, or a state."""
        states = {
            name: {_action(self.stack[-1], name): {"value": one} if isinstance(one, str) else one}
            for name, one in values.items()
        }
        self.errors = {}

        async def send() -> None:
            async with self._web.ws_connect(f"{self.slack.url}/ui") as page:
                await page.send_json({"t": "view_submit", "user": person, "values": states})
                async for message in page:
                    if message.json()["t"] in ("view", "view_errors"):
                        return

        return await self.seen_of(send())

    def _base(self, person: str) -> Json:
        return {"team": {"id": TEAM}, "user": {"id": person, "team_id": TEAM, "name": person}}

    async def presses_inside(
        self,
        view: Json,
        action: str,
        *,
        person: str = ALICE,
        state: Json | None = None,
        **more: Any,
    ) -> None:
        """Press or choose something in a modal or in the Home tab."""
        pressed = {"action_id": action, "block_id": "b", "type": "button", **more}
        shown = {
            "id": "V0",
            **view,
            "app_installed_team_id": TEAM,
            "state": {"values": state or {}},
        }
        for _ in range(1 + self.doubled):
            body = {
                **self._base(person),
                "type": "block_actions",
                "view": shown,
                "container": {"type": "view", "view_id": shown["id"]},
                "actions": [pressed],
                "trigger_id": await self.trigger(person),
            }
            await self.brings(body)

    async def calls_shortcut(
        self,
        callback: str,
        *,
        person: str = ALICE,
        message: Json | None = None,
        channel: str = NEWSROOM,
    ) -> None:
        """Use a shortcut, a message's where there is one."""
        body = {
            **self._base(person),
            "type": "shortcut",
            "callback_id": callback,
            "trigger_id": await self.trigger(person),
        }
        if message:
            body |= {
                "type": "message_action",
                "message": message,
                "message_ts": message["ts"],
                "channel": {"id": channel, "name": "x"},
            }
        await self.brings(body)

    async def options_for(self, typed: str, *, person: str = ALICE) -> list[str]:
        """What is offered while a speaker's name is typed."""
        body = {
            **self._base(person),
            "type": "block_suggestion",
            "action_id": "speaker_options",
            "block_id": "speaker",
            "value": typed,
        }
        return [one["value"] for one in (await self.brings(body)).get("options", [])]

    async def hears(self, kind: str, event_id: str = "", **event: Any) -> None:
        """Let the bot hear of something."""
        event_id = event_id or f"Ev{next(_numbers)}"
        body = {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": event_id,
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
            "event": {"type": kind, **event},
        }
        await self.brings(body)


def _pressable(message: Json) -> Iterator[Json]:
    for block in message.get("blocks") or ():
        yield from block.get("elements", ())
        yield block.get("accessory") or {}


def _action(view: Json, name: str) -> str:
    """The action_id of a modal's input."""
    found = [one["element"]["action_id"] for one in view["blocks"] if one.get("block_id") == name]
    return str(found[0])
