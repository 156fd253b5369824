"""A desk behind the recording proxy: what a person does in Slack, and what the bot shows.

Deliveries that the local Slack does not make are sent to the bot as Slack would: clicks in modals
and in the Home tab, shortcuts, requests for options, and events.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable
from typing import Any

from bot.slack.local import ALICE, BOT, NEWSROOM, TEAM
from tests.slack.conversations.recording_proxy import BotOutput, RecordingProxy
from tests.slack.desk import PATIENCE, Json, controls

_numbers = itertools.count(1)


class RecordedDesk(RecordingProxy):
    """With `doubled`, each delivery comes twice, and each button is clicked twice."""

    async def outputs_of(self, doing: Awaitable[object]) -> list[BotOutput]:
        """Do something, and return what the bot shows in response."""
        count, delivered = len(self.outputs), self.delivered
        await doing
        async with asyncio.timeout(PATIENCE):
            while self.delivered == delivered:
                await asyncio.sleep(0.02)
        await self.wait_until_idle()
        return self.outputs[count:]

    async def type_command(
        self, text: str, *, person: str = ALICE, channel: str = NEWSROOM
    ) -> list[BotOutput]:
        """Type a command."""
        command, _, words = text.partition(" ")
        sent = {"user": person, "channel": channel, "command": command, "text": words}
        return await self.outputs_of(self._control("command", **sent))

    async def write_message(
        self, text: str, *, person: str = ALICE, channel: str = NEWSROOM, **more: str
    ) -> list[BotOutput]:
        """Write a message."""
        sent = {"user": person, "channel": channel, "text": text, **more}
        return await self.outputs_of(self._control("message", **sent))

    async def last_with(
        self, action: str, *, channel: str = NEWSROOM, public: bool = False
    ) -> Json:
        """Return the last message of a channel with this control; see desk.controls()."""
        for message in reversed(await self.messages(channel)):
            shown = controls(message.get("blocks") or ())
            has_it = any(action in (one.name, one.element["action_id"]) for one in shown)
            if has_it and not (public and message.get("ephemeral_to")):
                return message
        raise AssertionError(f"no message has {action}")

    async def press_button(
        self,
        action: str,
        *,
        value: str | None = None,
        person: str = ALICE,
        message: Json | None = None,
        channel: str = NEWSROOM,
    ) -> list[BotOutput]:
        """Click a button, in the last message that has it unless another is given."""
        message = message or await self.last_with(action, channel=channel)

        async def press() -> None:
            for _ in range(1 + self.doubled):
                await self.click(message, action, value=value, person=person)

        return await self.outputs_of(press())

    async def choose_option(
        self, action: str, choice: str, *, person: str = ALICE, message: Json | None = None
    ) -> list[BotOutput]:
        """Choose an option of a menu, by its value or the start of it."""
        message = message or await self.last_with(action)
        shown = controls(message["blocks"])
        menu = next(one.element for one in shown if one.element["action_id"] == action)
        options = [option for option in menu["options"] if option["value"].startswith(choice)]
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

        return await self.outputs_of(choose())

    async def submit_modal(self, values: Json, *, person: str = ALICE) -> list[BotOutput]:
        """Submit the open modal, with a text or a state for each block."""
        states = {
            name: {
                _action(self.stack[-1], name): {"value": state} if isinstance(state, str) else state
            }
            for name, state in values.items()
        }
        self.errors = {}

        async def send() -> None:
            async with self._web.ws_connect(f"{self.slack.url}/ui") as page:
                await page.send_json({"t": "view_submit", "user": person, "values": states})
                async for message in page:
                    if message.json()["t"] in ("view", "view_errors"):
                        return

        return await self.outputs_of(send())

    def _base(self, person: str) -> Json:
        return {"team": {"id": TEAM}, "user": {"id": person, "team_id": TEAM, "name": person}}

    async def press_in_view(
        self,
        view: Json,
        action: str,
        *,
        person: str = ALICE,
        state: Json | None = None,
        **more: Any,
    ) -> None:
        """Use a button or menu in a modal or in the Home tab."""
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
            await self.deliver(body)

    async def use_shortcut(
        self,
        callback: str,
        *,
        person: str = ALICE,
        message: Json | None = None,
        channel: str = NEWSROOM,
    ) -> None:
        """Use a shortcut, or a message shortcut if a message is given."""
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
        await self.deliver(body)

    async def suggested_names(self, typed: str, *, person: str = ALICE) -> list[str]:
        """Return the names offered while a speaker's name is typed."""
        body = {
            **self._base(person),
            "type": "block_suggestion",
            "action_id": "speaker_options",
            "block_id": "speaker",
            "value": typed,
        }
        return [option["value"] for option in (await self.deliver(body)).get("options", [])]

    async def send_event(self, kind: str, event_id: str = "", **event: Any) -> None:
        """Send an event to the bot."""
        event_id = event_id or f"Ev{next(_numbers)}"
        body = {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": event_id,
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
            "event": {"type": kind, **event},
        }
        await self.deliver(body)


def _action(view: Json, name: str) -> str:
    """Return the action_id of a modal's input."""
    block = next(block for block in view["blocks"] if block.get("block_id") == name)
    return str(block["element"]["action_id"])
