"""Measure how many commands per second the bot answers over signed HTTP.

    python -m tests.bench.load [--rate RATE] [--seconds SECONDS]
    python -m tests.bench.load --minutes MINUTES [--rate RATE] [--ingest] [--watches NUMBER]
    python -m tests.bench.load --overload

A real `claimdesk run` with 100,000 claims (--claims); Slack's Web API and the response_urls are a
stub in this process. 200 people send commands evenly, RATE (50) a second, whether or not the bot
keeps up.

Without other options this lasts SECONDS (60); then the rate rises in steps of 25, for 20 s each,
until an acknowledgement is late, a command fails, or an answer is missing after ten seconds.

--minutes keeps the rate, and prints the times and the memory of each minute. Beside it --ingest
files an article every ten seconds, and --watches sets watches, some of which find something in it.

--overload sends 400 commands a second for 30 s. Each must be answered, or its person told to try
again, within 3 s of its acknowledgement, and 15 s later everything must be normal.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from bot import config
from bot.errors import QueryError
from bot.extract.extractor import Extractor
from bot.model import Document
from bot.newsroom import Newsroom
from bot.slack.local import free_port
from tests.bench.search_claims import generate
from tests.bench.search_speed import lines, typed
from tests.slack.fake_slack import signed

PEOPLE = 200
ACK_TIMEOUT, ANSWER_TIMEOUT = 3.0, 10.0
RATE_STEP, STEP_SECONDS = 25, 20
MAX_ACK, MAX_GROWTH = 1.0, 0.05
"""What --minutes allows: seconds until an acknowledgement, and growth of the memory."""
OVERLOAD_RATE, OVERLOAD_SECONDS, MAX_ANSWER_WAIT, RECOVERY_SECONDS = 400, 30, 3.0, 15
INGEST_INTERVAL = 10.0
ARTICLE = (
    "The ferry {number} is late again, harbour master Ingrid Solvane said on Tuesday. "
    "She denied that the council had been warned.\n\n"
)
SECRET = "load"
TEAM = "T01LOAD"


async def main(options: argparse.Namespace) -> bool:
    """Print what the options ask to measure; False if it is too much for the bot."""
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        queries = load(options.claims, folder)
        if options.watches:
            set_watches(folder, queries, options.watches)
        async with Slack().opened() as slack, run_bot(folder, slack) as bot:
            await send(slack, bot, queries, 20, 5)  # warm up
            if options.overload:
                return await _survives_overload(slack, bot, queries)
            if options.minutes:
                if options.ingest:
                    stack.enter_context(ingesting(folder))
                return await _holds(slack, bot, queries, options.rate, options.minutes)
            rate, seconds = options.rate, options.seconds
            while await _keeps_up(slack, bot, queries, rate, seconds):
                rate, seconds = rate + RATE_STEP, STEP_SECONDS
            return True


def load(number: int, folder: Path) -> list[str]:
    """Load `number` claims into a data folder, and return queries of all kinds but pasted texts."""
    rows, queries = generate(number, folder)
    with _newsroom(folder) as newsroom:
        newsroom.open()
        *_, count = newsroom.intake.imports.import_claims(lines(rows))
        print(f"load: {count:,} claims loaded", flush=True)
        newsroom.updates.catch_up()
    kinds: dict[str, list[str]] = {}
    for query in queries:
        kinds.setdefault(query.kind, []).append(typed(query))
    kinds.pop("long")
    return [query for several in zip(*kinds.values(), strict=False) for query in several]


def _newsroom(folder: Path) -> Newsroom:
    return Newsroom(config.load({"CLAIMDESK_DATA": str(folder / "desk")}))


def set_watches(folder: Path, queries: list[str], number: int) -> None:
    """Set watches on typical queries; every tenth finds something in what is ingested."""
    with _newsroom(folder) as newsroom:
        for place in range(number):
            query = "ferry" if place % 10 == 0 else queries[place % len(queries)]
            with contextlib.suppress(QueryError):  # some queries cannot be watched
                newsroom.watches.add(
                    team=TEAM, person=f"U{place}", channel=f"C{place}", query=query, zone="UTC"
                )


@contextlib.contextmanager
def ingesting(folder: Path) -> Iterator[None]:
    """File an article every ten seconds, in another thread."""
    stop = threading.Event()

    def ingest() -> None:
        with _newsroom(folder) as newsroom:
            newsroom.extractions.extractor = Extractor(threads=1)
            for number in itertools.count():
                text = ARTICLE.format(number=number) * 20
                newsroom.intake.articles.ingest([Document(text=text, origin=f"load-{number}")])
                if stop.wait(INGEST_INTERVAL):
                    return

    thread = threading.Thread(target=ingest)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


class Slack:
    """A stub of Slack's Web API and response_urls, which records when each command was answered."""

    def __init__(self) -> None:
        self.answered: dict[str, float] = {}
        self.last_sent_at = 0.0
        self._numbers = itertools.count(1)

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[Slack]:
        stub = web.Application()
        stub.router.add_route("*", "/api/auth.test", self._me)
        stub.router.add_route("*", "/api/users.info", self._person)
        stub.router.add_route("*", "/api/{method}", self._other)
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

    async def _other(self, request: web.Request) -> web.Response:
        ts = f"{next(self._numbers)}.0"
        return web.json_response({"ok": True, "ts": ts, "channel": "C1", "messages": []})

    async def _hooked(self, request: web.Request) -> web.Response:
        await request.read()
        self.answered[request.match_info["number"]] = time.perf_counter()
        return web.Response(text="ok")


@dataclass
class Bot:
    """A running bot: where it receives commands, and its process."""

    url: str
    process: subprocess.Popen[bytes]

    def memory(self) -> float:
        """Return its resident memory in megabytes."""
        command = ["ps", "-o", "rss=", "-p", str(self.process.pid)]
        return int(subprocess.run(command, capture_output=True, check=True).stdout) / 1024


@dataclass
class Times:
    """When each command was sent, and the seconds until its acknowledgement and its answer."""

    acknowledged: dict[str, float] = field(default_factory=dict)
    answered: dict[str, float] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    """The commands whose person was told, in the acknowledgement, to try again."""
    failures: list[str] = field(default_factory=list)

    @property
    def late(self) -> int:
        return sum(seconds > ACK_TIMEOUT for seconds in self.acknowledged.values())

    def __str__(self) -> str:
        return (
            f"acknowledged in {_times(self.acknowledged.values())}, "
            f"answered in {_times(self.answered.values())}, {len(self.told)} told to try again, "
            f"{self.late} late, {len(self.failures)} failed"
            f"{': ' + self.failures[0] if self.failures else ''}"
        )


@contextlib.asynccontextmanager
async def run_bot(folder: Path, slack: Slack, role: str = "run") -> AsyncIterator[Bot]:
    """Run the bot, or one of its roles, with the claims in `folder` and a stub of Slack."""
    port = free_port()
    environ = os.environ | {
        "CLAIMDESK_DATA": str(folder / "desk"),
        "DATABASE_URL": "",
        "SLACK_API_URL": f"{slack.url}/api/",
        "SLACK_BOT_TOKEN": "xoxb-load",
        "SLACK_APP_TOKEN": "",
        "SLACK_SIGNING_SECRET": SECRET,
        "METRICS_PORT" if role == "worker" else "PORT": str(port),
    }
    with (folder / "bot.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "bot", role], env=environ, stderr=log)
    try:
        while process.poll() is None:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port)).close()
                break
            await asyncio.sleep(0.05)
        yield Bot(f"http://127.0.0.1:{port}/slack/events", process)
    finally:
        process.terminate()
        process.wait(30)
        print((folder / "bot.log").read_text()[-2000:], file=sys.stderr)


async def _keeps_up(slack: Slack, bot: Bot, queries: list[str], rate: int, seconds: int) -> bool:
    times = await send(slack, bot, queries, rate, seconds)
    print(f"load: {rate} commands a second for {seconds} s: {times}", flush=True)
    return not (times.late or times.failures or times.told)


async def _holds(slack: Slack, bot: Bot, queries: list[str], rate: int, minutes: int) -> bool:
    """Keep a rate for some minutes; False if anything fails, is late, or the memory grows."""
    memory, is_well = [], True
    for minute in range(1, minutes + 1):
        times = await send(slack, bot, queries, rate, 60)
        memory.append(bot.memory())
        print(f"load: minute {minute}, {memory[-1]:.0f} MB: {times}", flush=True)
        slowest = max(times.acknowledged.values(), default=0.0)
        is_well &= not (times.failures or times.told) and slowest <= MAX_ACK
    last = memory[-5:]
    growth = (max(last) - min(last)) / min(last)
    print(f"load: memory of the last {len(last)} minutes within {growth:.1%}")
    return is_well and growth <= MAX_GROWTH


async def _survives_overload(slack: Slack, bot: Bot, queries: list[str]) -> bool:
    times = await send(slack, bot, queries, OVERLOAD_RATE, OVERLOAD_SECONDS)
    print(f"load: {OVERLOAD_RATE} commands a second for {OVERLOAD_SECONDS} s: {times}", flush=True)
    waits = {
        number: seconds - times.acknowledged[number]
        for number, seconds in times.answered.items()
        if number in times.acknowledged
    }
    late = sum(wait > MAX_ANSWER_WAIT for wait in waits.values())
    print(
        f"load: answered after the acknowledgement in {_times(waits.values())}, "
        f"{late} after more than {MAX_ANSWER_WAIT:.0f} s; {bot.memory():.0f} MB"
    )
    await asyncio.sleep(RECOVERY_SECONDS - (time.perf_counter() - slack.last_sent_at))
    after = await send(slack, bot, queries, 20, 5)
    print(f"load: {RECOVERY_SECONDS} s later, 20 commands a second: {after}")
    return not (times.failures or late or after.failures or after.told or after.late)


async def send(slack: Slack, bot: Bot, queries: list[str], rate: int, seconds: int) -> Times:
    """Send commands, and wait until they are answered or ANSWER_TIMEOUT is over."""
    times = Times()
    sent: dict[str, float] = {}

    async def ask(number: str, query: str, person: int) -> None:
        form = {"command": "/claim", "text": query, "trigger_id": number, "user_id": f"U{person}"}
        form |= {"team_id": TEAM, "channel_id": "C1"}
        body = urlencode(form | {"response_url": f"{slack.url}/hook/{number}"})
        try:
            async with web_.post(bot.url, data=body, headers=signed(SECRET, body)) as answer:
                text = await answer.text()
                times.acknowledged[number] = time.perf_counter() - sent[number]
                if answer.status != 200:
                    times.failures.append(f"status {answer.status}")
                elif text:
                    times.told.add(number)
        except (aiohttp.ClientError, TimeoutError) as error:
            times.failures.append(type(error).__name__)

    slack.answered.clear()
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as web_, asyncio.TaskGroup() as group:
        start = time.perf_counter()
        for place in range(rate * seconds):
            await asyncio.sleep(max(0.0, start + place / rate - time.perf_counter()))
            number = f"{start:.3f}-{place}"
            sent[number] = time.perf_counter()
            group.create_task(ask(number, queries[place % len(queries)], place % PEOPLE))
        slack.last_sent_at = time.perf_counter()
        while (
            not sent.keys() <= slack.answered.keys() | times.told
            and time.perf_counter() < slack.last_sent_at + ANSWER_TIMEOUT
        ):
            await asyncio.sleep(0.1)
    times.answered = {
        number: slack.answered[number] - at
        for number, at in sent.items()
        if number in slack.answered
    }
    unanswered = sent.keys() - times.answered.keys() - times.told
    times.failures += ["no answer"] * len(unanswered)
    return times


def _times(seconds: Iterable[float]) -> str:
    ordered = sorted(seconds) or [float("nan")]
    p50, p95 = (ordered[int(len(ordered) * share)] * 1000 for share in (0.5, 0.95))
    return f"{p50:.0f}/{p95:.0f}/{ordered[-1] * 1000:.0f} ms (p50/p95/most)"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--rate", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--minutes", type=int, default=0)
    parser.add_argument("--watches", type=int, default=0)
    parser.add_argument("--ingest", action="store_true")
    parser.add_argument("--overload", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(not asyncio.run(main(_options())))
