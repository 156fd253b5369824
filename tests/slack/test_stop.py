"""Stopping the bot while it handles deliveries: a real process, over HTTP and sockets."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web

from bot import config
from bot.newsroom import Newsroom
from bot.slack.local import free_port
from bot.words import say
from tests.slack.fake_slack import TEAM, FakeSlack, Json, signed
from tests.soak import SOAK

COMMANDS = 60
TURNS = 20 if SOAK else 1
"""In turn 0 the signal comes when all commands are acknowledged, in later turns before that."""
TIMEOUT = 180
"""Seconds after which a test fails."""
SECRET = "stop"
OVERLOADED = say("access.overloaded")
READY = re.compile(b"listening on port|connected over Socket Mode")
TRIES = 5
"""Another process may take a port that was free before the bot listens there."""


class HeldSlack(FakeSlack):
    """A fake Slack that delivers numbered commands, and accepts answers once it is released."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.acknowledged: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()
        self.may_go_on = asyncio.Event()
        self.links: list[web.WebSocketResponse] = []
        self.bot_port: int | None = None
        self._changed = asyncio.Condition()
        self._attempts = itertools.count()
        self._repeats: list[asyncio.Future[None]] = []

    async def until_acknowledged(self, number: int) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: self.acknowledged.total() >= number)

    async def until_unlinked(self) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: all(link.closed for link in self.links))

    def command(self, number: int) -> Json:
        url = f"http://127.0.0.1:{self.port}/answers/{number}"
        told = {"command": "/claim", "text": f"lock {number}", "team_id": TEAM, "channel_id": "C1"}
        attempt = next(self._attempts)
        person = {"user_id": f"U{attempt}", "trigger_id": f"t{attempt}"}
        return {**told, **person, "response_url": url}

    async def deliver_signed(self, web_: aiohttp.ClientSession, number: int) -> None:
        """Deliver a command, again if a busy bot refuses it."""
        url = f"http://127.0.0.1:{self.bot_port}/slack/events"
        is_refused = True
        while is_refused:
            body, is_refused = urlencode(self.command(number)), False
            with contextlib.suppress(aiohttp.ClientError):
                async with web_.post(url, data=body, headers=signed(SECRET, body)) as answer:
                    is_refused = OVERLOADED in await answer.text()
                    if answer.status == 200 and not is_refused:
                        await self._note_acknowledged(str(number))
                await asyncio.sleep(0.5 if is_refused else 0)

    async def deliver_over_link(self, number: int) -> None:
        envelope = {"envelope_id": f"{number}/{next(self._attempts)}", "type": "slash_commands"}
        link = self.links[number % len(self.links)]
        with contextlib.suppress(ConnectionError):
            await link.send_json({**envelope, "payload": self.command(number)})

    async def _repeat_over_link(self, number: int) -> None:
        """Deliver a command again that a busy bot refused."""
        await asyncio.sleep(0.5)
        await self.deliver_over_link(number)

    def _add_routes(self, app: web.Application) -> None:
        app.router.add_post("/answers/{number}", self._take_answer)
        app.router.add_get("/link", self._link)

    def _respond(self, method: str, sent: Json) -> Json:
        if method == "apps.connections.open":
            return {"ok": True, "url": f"ws://127.0.0.1:{self.port}/link"}
        return super()._respond(method, sent)

    async def _note_acknowledged(self, number: str) -> None:
        async with self._changed:
            self.acknowledged[number] += 1
            self._changed.notify_all()

    async def _take_answer(self, request: web.Request) -> web.Response:
        await request.read()
        await self.may_go_on.wait()
        await asyncio.sleep(0.2)  # a bot that does not wait for it is gone by then
        if request.transport:  # the bot is still there
            self.answered[request.match_info["number"]] += 1
        return web.Response(text="ok")

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        link = web.WebSocketResponse()
        await link.prepare(request)
        self.links.append(link)
        async for message in link:
            number = message.json()["envelope_id"].partition("/")[0]
            if OVERLOADED in str(message.json().get("payload")):
                self._repeats.append(asyncio.ensure_future(self._repeat_over_link(int(number))))
            else:
                await self._note_acknowledged(number)
        async with self._changed:
            self._changed.notify_all()
        return link


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with articles."""
    folder = tmp_path_factory.mktemp("stop")
    article = folder / "leak.txt"
    article.write_text("The lock leaks, Jane Roe said.")
    with Newsroom(config.load({"CLAIMDESK_DATA": str(folder / "data")})) as newsroom:
        assert not any(one.errors for one in newsroom.intake.files.ingest([article]))
    return folder / "data"


@contextlib.asynccontextmanager
async def running_bot(data: Path, slack: HeldSlack, *, over_http: bool) -> AsyncIterator[Process]:
    """Run `claimdesk slack` over signed HTTP or Socket Mode."""
    for _ in range(TRIES):
        slack.bot_port = free_port() if over_http else None
        bot = await start(data, slack)
        try:
            if await is_ready(bot):
                yield bot
                return
        finally:
            with contextlib.suppress(ProcessLookupError):
                bot.kill()
            await bot.wait()
    raise AssertionError("the bot ended before it was ready")


async def start(data: Path, slack: HeldSlack, command: str = "slack") -> Process:
    environ = {
        **os.environ,
        "CLAIMDESK_DATA": str(data),
        "DATABASE_URL": "",
        "SLACK_API_URL": str(slack.settings.api_url),
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "" if slack.bot_port else "xapp-1",
        "SLACK_SIGNING_SECRET": SECRET,
        "PORT": str(slack.bot_port or 3000),
    }
    program = [sys.executable, "-m", "bot", command]
    return await asyncio.create_subprocess_exec(*program, env=environ, stderr=PIPE)


async def is_ready(bot: Process) -> bool:
    """Wait until a bot is ready, or has ended."""
    assert bot.stderr
    while line := await bot.stderr.readline():
        if READY.search(line):
            return True
    return False


in_turns = pytest.mark.parametrize("turn", range(TURNS))


@in_turns
async def test_all_acknowledged_over_http_is_answered_once(data: Path, turn: int) -> None:
    async with (
        asyncio.timeout(TIMEOUT),
        HeldSlack().running() as slack,
        running_bot(data, slack, over_http=True) as bot,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as web_,
    ):
        idle, _ = await asyncio.open_connection("127.0.0.1", slack.bot_port)
        sending = [slack.deliver_signed(web_, number) for number in range(COMMANDS)]
        delivered = asyncio.gather(*sending)
        await slack.until_acknowledged(COMMANDS - 3 * turn)
        bot.send_signal(signal.SIGTERM)
        await idle.read()  # the bot closes it when it takes no more
        bot.send_signal(signal.SIGTERM)  # make passes on the one that its whole group got
        await slack.deliver_signed(web_, COMMANDS)
        await check_ending(slack, bot, delivered, at_least=COMMANDS - 3 * turn)


@in_turns
async def test_all_acknowledged_over_sockets_is_answered_once(data: Path, turn: int) -> None:
    async with (
        asyncio.timeout(TIMEOUT),
        HeldSlack().running() as slack,
        running_bot(data, slack, over_http=False) as bot,
    ):
        delivered = asyncio.gather(*map(slack.deliver_over_link, range(COMMANDS)))
        await slack.until_acknowledged(COMMANDS - 3 * turn)
        bot.send_signal(signal.SIGINT)
        await slack.until_unlinked()
        bot.send_signal(signal.SIGTERM)  # foreman sends one after Ctrl-C
        await check_ending(slack, bot, delivered, at_least=COMMANDS - 3 * turn)


async def check_ending(
    slack: HeldSlack, bot: Process, delivered: asyncio.Future[list[None]], *, at_least: int
) -> None:
    """Release the deliveries in flight while the bot stops, and check that each is answered."""
    assert not slack.answered
    assert slack.acknowledged.total() >= at_least
    slack.may_go_on.set()
    await delivered
    await bot.communicate()
    assert slack.answered == slack.acknowledged
    assert set(slack.answered.values()) == {1}
    assert str(COMMANDS) not in slack.acknowledged
    assert bot.returncode == 0


async def test_a_second_ctrl_c_ends_the_bot_at_once(data: Path) -> None:
    async with (
        asyncio.timeout(TIMEOUT),
        HeldSlack().running() as slack,
        running_bot(data, slack, over_http=True) as bot,
        aiohttp.ClientSession() as web_,
    ):
        idle, _ = await asyncio.open_connection("127.0.0.1", slack.bot_port)
        await slack.deliver_signed(web_, 0)
        bot.send_signal(signal.SIGTERM)
        await idle.read()
        bot.send_signal(signal.SIGINT)
        await bot.communicate()
        slack.may_go_on.set()
    assert not slack.answered
    assert bot.returncode == -signal.SIGINT


class MuteSlack(HeldSlack):
    """A fake Slack that answers nothing until it is released."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.was_asked = asyncio.Event()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.was_asked.set()
        await self.may_go_on.wait()
        return await super()._answer(request)


async def test_a_bot_that_is_still_starting_stops_with_0(tmp_path: Path) -> None:
    async with asyncio.timeout(TIMEOUT), MuteSlack().running() as slack:
        assert isinstance(slack, MuteSlack)
        bot = await start(tmp_path, slack)
        await slack.was_asked.wait()
        bot.send_signal(signal.SIGTERM)
        await bot.communicate()
        slack.may_go_on.set()
    assert bot.returncode == 0
