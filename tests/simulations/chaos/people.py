"""What people type in the local Slack, and what they see there."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import aiohttp

from bot.slack.local import ALICE, BOB, NEWSROOM, LocalSlack
from tests.simulations.chaos.front import Command, Front
from tests.simulations.chaos.stories import Story
from tests.simulations.stories import PEOPLE
from tests.slack.fake_slack import Json

ZONE = ZoneInfo("Europe/London")
"""Alice's time zone in the local Slack."""
ANSWER_SECONDS = 60.0
"""How long people wait before the play begins."""
TYPING_INTERVAL = 1.2
"""Seconds between two commands."""
MIN_NOTICE = timedelta(seconds=15)
"""The shortest time from turning a digest on to its first one."""


class People:
    """People who type commands through a local Slack that delivers to `front`."""

    def __init__(self, slack: LocalSlack, front: Front, session: aiohttp.ClientSession) -> None:
        self._slack, self._front, self._session = slack, front, session
        self.typed = 0

    async def set_up(
        self,
        digest_channels: Sequence[str],
        watch_channels: Sequence[str],
        watched: Sequence[Story],
    ) -> None:
        """Watch for stories, then turn digests on, one due in each of the next minutes."""
        for place, story in enumerate(watched):
            channel = watch_channels[place % len(watch_channels)]
            await self._succeed(channel, f"/watch {story.code}")
        due = datetime.now(ZONE) + MIN_NOTICE
        for channel in digest_channels:
            due += timedelta(minutes=1)
            await self._succeed(channel, f"/digest on {due:%H:%M}")

    async def type_commands(self, chance: random.Random, filed: Sequence[Story]) -> None:
        """Type commands, some about stories that have been filed, until cancelled."""
        typing: list[asyncio.Task[None]] = []
        try:
            while True:
                typed, person = self._choose(chance, filed), chance.choice([ALICE, BOB])
                typing.append(asyncio.create_task(self._type(NEWSROOM, typed, person)))
                await asyncio.sleep(TYPING_INTERVAL)
        finally:
            await asyncio.gather(*typing)

    async def messages(self, channel: str) -> list[Json]:
        """Return the bot's messages in a channel that everyone sees, without those in threads."""
        address = f"{self._slack.url}/_control/messages/{channel}"
        async with self._session.get(address) as answer:
            messages = (await answer.json())["messages"]
        return [
            message
            for message in messages
            if message.get("bot_id")
            and message.get("subtype") != "ephemeral"
            and message.get("thread_ts") in (None, message["ts"])
        ]

    async def _succeed(self, channel: str, typed: str) -> None:
        """Type a command, and wait until it is answered."""
        number = len(self._front.commands)
        await self._type(channel, typed, ALICE)
        command = self._front.commands[number]
        async with asyncio.timeout(ANSWER_SECONDS):
            while not command.answers:
                await asyncio.sleep(0.05)
        assert command.is_answered, command

    async def _type(self, channel: str, typed: str, person: str) -> None:
        command, _, text = typed.partition(" ")
        sent = {"user": person, "channel": channel, "command": command, "text": text}
        self.typed += 1
        async with self._session.post(f"{self._slack.url}/_control/command", json=sent) as answer:
            assert answer.status == 200

    @staticmethod
    def _choose(chance: random.Random, filed: Sequence[Story]) -> str:
        about_filed = f"/claim {chance.choice(filed).code}"
        others = [
            f"/claim {chance.choice(PEOPLE)} harbour OR ferry",
            f'/claim by:"{chance.choice(PEOPLE)}"',
            f"/speaker {chance.choice(PEOPLE)}",
            f"/article {chance.choice(filed).title}",
            "/watch list",
            "/feed list",
            "/claim help",
        ]
        return about_filed if chance.random() < 0.5 else chance.choice(others)


def expected_code(command: Command, filed: Sequence[Story]) -> str | None:
    """Return the code word of the claim that must be in a command's answer, if there is one."""
    codes = {f"/claim {story.code}": story.code for story in filed}
    return codes.get(command.typed)
