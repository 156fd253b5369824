"""Measure how many commands per second the bot answers over signed HTTP.

    python -m tests.bench.load [RATE [SECONDS]]

A real `claimdesk slack` with 100,000 claims; Slack's Web API and the response_urls are a stub in
this process. Commands are sent evenly, RATE (50) a second for SECONDS (60), whether or not the bot
keeps up. Then the rate rises in steps of 25, for 20 s each, until an acknowledgement is late, a
command fails, or an answer is missing after ten seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from bot import config
from bot.newsroom import Newsroom
from tests.bench.search_claims import generate
from tests.bench.search_speed import lines, typed
from tests.postgres import free_port
from tests.slack.fake_slack import signed

CLAIMS, PEOPLE = 100_000, 200
ACK_TIMEOUT, ANSWER_TIMEOUT = 3.0, 10.0
RATE_STEP, STEP_SECONDS = 25, 20
SECRET = "load"
TEAM = "T01LOAD"

Seconds = list[float]


async def main(rate: int, seconds: int) -> None:
    """Print the times at the given rate, then at rising rates until one is too high."""
    with tempfile.TemporaryDirectory() as name:
        queries = load(CLAIMS, Path(name))
        async with Slack().opened() as slack, _bot(Path(name), slack) as bot:
            await _send(slack, bot, queries, 20, 5)  # warm up
            while await _keeps_up(slack, bot, queries, rate, seconds):
                rate, seconds = rate + RATE_STEP, STEP_SECONDS


def load(number: int, folder: Path) -> list[str]:
    """Load `number` claims into a data folder, and return queries of all kinds but pasted texts."""
    rows, queries = generate(number, folder)
    with Newsroom(config.load({"CLAIMDESK_DATA": str(folder / "desk")})) as newsroom:
        newsroom.open()
        *_, count = newsroom.intake.imports.import_claims(lines(rows))
        print(f"load: {count:,} claims loaded", flush=True)
        newsroom.updates.catch_up()
    kinds: dict[str, list[str]] = {}
    for query in queries:
        kinds.setdefault(query.kind, []).append(typed(query))
    kinds.pop("long")
    return [query for several in zip(*kinds.values(), strict=False) for query in several]


class Slack:
    """A stub of Slack's Web API and response_urls, which records when each command was answered."""

    def __init__(self) -> None:
        self.answered: dict[str, float] = {}

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[Slack]:
        stub = web.Application()
        stub.router.add_route("*", "/api/auth.test", self._me)
        stub.router.add_route("*", "/api/users.info", self._person)
        stub.router.add_post("/hook/{number}", self._hooked)
        runner = web.AppRunner(stub, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield self
        await runner.cleanup()

    async def _me(self, request: web.Request) -> web.Response:
        me = {"ok": True, "team": "Load", "team_id": TEAM, "user": "bot", "user_id": "U0"}
        return web.json_response({**me, "bot_id": "B0"})

    async def _person(self, request: web.Request) -> web.Response:
        user_id = request.query.get("user") or (await request.post()).get("user")
        return web.json_response({"ok": True, "user": {"id": user_id, "team_id": TEAM}})

    async def _hooked(self, request: web.Request) -> web.Response:
        await request.read()
        self.answered[request.match_info["number"]] = time.perf_counter()
        return web.Response(text="ok")


@contextlib.asynccontextmanager
async def _bot(folder: Path, slack: Slack) -> AsyncIterator[str]:
    port = free_port()
    environ = os.environ | {
        "CLAIMDESK_DATA": str(folder / "desk"),
        "DATABASE_URL": "",
        "SLACK_API_URL": f"{slack.url}/api/",
        "SLACK_BOT_TOKEN": "xoxb-load",
        "SLACK_APP_TOKEN": "",
        "SLACK_SIGNING_SECRET": SECRET,
        "PORT": str(port),
    }
    with (folder / "bot.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "bot", "slack"], env=environ, stderr=log)
    try:
        while process.poll() is None:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port)).close()
                break
            await asyncio.sleep(0.05)
        yield f"http://127.0.0.1:{port}/slack/events"
    finally:
        process.terminate()
        process.wait(30)
        print((folder / "bot.log").read_text()[-2000:], file=sys.stderr)


async def _keeps_up(slack: Slack, bot: str, queries: list[str], rate: int, seconds: int) -> bool:
    acknowledged, answered, failures = await _send(slack, bot, queries, rate, seconds)
    late = sum(seconds > ACK_TIMEOUT for seconds in acknowledged)
    print(
        f"load: {rate} commands a second for {seconds} s: acknowledged in {_times(acknowledged)}, "
        f"answered in {_times(answered)}, {late} late, {len(failures)} failed"
        f"{': ' + failures[0] if failures else ''}",
        flush=True,
    )
    return not late and not failures


async def _send(
    slack: Slack, bot: str, queries: list[str], rate: int, seconds: int
) -> tuple[Seconds, Seconds, list[str]]:
    """Send commands; return the times of acknowledgements and answers, and the failures."""
    acknowledged: Seconds = []
    sent: dict[str, float] = {}
    failures: list[str] = []

    async def ask(number: str, query: str, person: int) -> None:
        form = {"command": "/claim", "text": query, "trigger_id": number, "user_id": f"U{person}"}
        form |= {"team_id": TEAM, "channel_id": "C1"}
        body = urlencode(form | {"response_url": f"{slack.url}/hook/{number}"})
        try:
            async with web_.post(bot, data=body, headers=signed(SECRET, body)) as answer:
                acknowledged.append(time.perf_counter() - sent[number])
                if answer.status != 200 or await answer.text():
                    failures.append(f"status {answer.status}")
        except (aiohttp.ClientError, TimeoutError) as error:
            failures.append(type(error).__name__)

    slack.answered.clear()
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as web_, asyncio.TaskGroup() as group:
        start = time.perf_counter()
        for place in range(rate * seconds):
            await asyncio.sleep(max(0.0, start + place / rate - time.perf_counter()))
            number = f"{start:.3f}-{place}"
            sent[number] = time.perf_counter()
            group.create_task(ask(number, queries[place % len(queries)], place % PEOPLE))
        last = time.perf_counter()
        while (
            not sent.keys() <= slack.answered.keys() and time.perf_counter() < last + ANSWER_TIMEOUT
        ):
            await asyncio.sleep(0.1)
    answered = [
        slack.answered[number] - at for number, at in sent.items() if number in slack.answered
    ]
    failures += ["no answer"] * (len(sent) - len(answered))
    return acknowledged, answered, failures


def _times(seconds: Seconds) -> str:
    ordered = sorted(seconds) or [float("nan")]
    p50, p95 = (ordered[int(len(ordered) * share)] * 1000 for share in (0.5, 0.95))
    return f"{p50:.0f}/{p95:.0f}/{ordered[-1] * 1000:.0f} ms (p50/p95/most)"


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    asyncio.run(main(*arguments, *(50, 60)[len(arguments) :]))
