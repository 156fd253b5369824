"""A real `claimdesk slack` process over signed HTTP, and a fake Slack that keeps its answers."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from bot.slack.local import free_port
from bot.words import say
from tests.slack.fake_slack import TEAM, FakeSlack, Json, signed

SECRET = "real"
OVERLOADED = say("access.overloaded")
TRIES = 5
"""Another process may take a port that was free before the bot listens there."""


class AnsweredSlack(FakeSlack):
    """A fake Slack that keeps what is sent to each command's response_url."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.answers: defaultdict[str, list[Json]] = defaultdict(list)
        self._changed = asyncio.Condition()

    def _add_routes(self, app: web.Application) -> None:
        app.router.add_post("/answers/{name}", self._keep_answer)

    async def _keep_answer(self, request: web.Request) -> web.Response:
        answer = await request.json()
        async with self._changed:
            self.answers[request.match_info["name"]].append(answer)
            self._changed.notify_all()
        return web.Response(text="ok")

    async def until(self, is_enough: Callable[[], bool]) -> None:
        """Wait until the answers are enough."""
        async with self._changed:
            await self._changed.wait_for(is_enough)

    def texts(self, name: str) -> list[str]:
        """Return the texts of the answers to a command."""
        return [answer["text"] for answer in self.answers[name]]


class RealBot:
    """A running bot; `log` is what it has written to its log so far."""

    def __init__(self, slack: AnsweredSlack, process: Process, port: int) -> None:
        self._slack, self.process, self._port = slack, process, port
        self.log = ""
        self.is_ready = asyncio.Event()
        self._has_logged = asyncio.Condition()
        self._reading = asyncio.ensure_future(self._read())

    async def _read(self) -> None:
        assert self.process.stderr
        while line := await self.process.stderr.readline():
            async with self._has_logged:
                self.log += line.decode()
                self._has_logged.notify_all()
            if "listening on port" in self.log:
                self.is_ready.set()
        self.is_ready.set()  # it has ended

    async def until_logged(self, text: str) -> None:
        """Wait until the log has a text: an answer may be there before what is logged of it."""
        async with self._has_logged:
            await self._has_logged.wait_for(lambda: text in self.log)

    async def command(self, name: str, text: str, command: str = "/claim") -> None:
        """Deliver a command, again if a busy bot refuses it; its answers are those of `name`."""
        told = {"command": command, "text": text, "team_id": TEAM, "user_id": "U1"}
        url = f"http://127.0.0.1:{self._slack.port}/answers/{name}"
        told |= {"channel_id": "C1", "response_url": url}
        address = f"http://127.0.0.1:{self._port}/slack/events"
        async with aiohttp.ClientSession() as session:
            for attempt in itertools.count():
                body = urlencode({**told, "trigger_id": f"{name}/{attempt}"})
                headers = signed(SECRET, body)
                async with session.post(address, data=body, headers=headers) as response:
                    assert response.status == 200
                    if OVERLOADED not in await response.text():
                        return
                await asyncio.sleep(0.5)

    async def stop(self) -> int:
        """Stop the bot as a supervisor does, and return its exit code."""
        self.process.terminate()
        code = await self.process.wait()
        await self._reading
        return code

    async def answer(self, name: str, text: str) -> str:
        """Deliver `/claim text` and return the text of its first answer."""
        await self.command(name, text)
        await self._slack.until(lambda: bool(self._slack.answers[name]))
        return self._slack.texts(name)[0]


@contextlib.asynccontextmanager
async def running_bot(
    data: Path, slack: AnsweredSlack, environ: Mapping[str, str] | None = None
) -> AsyncIterator[RealBot]:
    """Run `claimdesk slack` with a data folder, until the end of the block."""
    for _ in range(TRIES):
        bot = await _start(data, slack, environ or {})
        try:
            await bot.is_ready.wait()
            if bot.process.returncode is None and "listening" in bot.log:
                yield bot
                return
        finally:
            with contextlib.suppress(ProcessLookupError):
                bot.process.kill()
            await bot.process.wait()
    raise AssertionError(f"the bot ended before it was ready:\n{bot.log}")


async def _start(data: Path, slack: AnsweredSlack, environ: Mapping[str, str]) -> RealBot:
    port = free_port()
    environment = {
        **os.environ,
        "CLAIMDESK_DATA": str(data),
        "DATABASE_URL": "",
        "SLACK_API_URL": str(slack.settings.api_url),
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "",
        "SLACK_SIGNING_SECRET": SECRET,
        "PORT": str(port),
        **environ,
    }
    command = [sys.executable, "-m", "bot", "slack"]
    process = await asyncio.create_subprocess_exec(*command, env=environment, stderr=PIPE)
    return RealBot(slack, process, port)
