"""Measure how long an answer takes to appear, compared with a bot that answers a constant.

    python -m tests.bench.slack_latency [N]

N claims (100,000) are loaded. Both bots run at the same time, each in its own local Slack, and are
asked in turn; the result is the ratio.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp

from bot.slack.local import ALICE, NEWSROOM, LocalSlack
from tests.bench.load import load

HERE = Path(__file__).parent
CLAIMS = 100_000
COMMANDS = 140
WARM_UP = 14


async def main(number: int) -> None:
    """Print p50 and p95 of both bots, in both modes."""
    with tempfile.TemporaryDirectory() as name:
        queries, data = load(number, Path(name)), str(Path(name) / "desk")
        rules = Path(data) / "config" / "bot.yml"
        rules.parent.mkdir()
        rules.write_text("people: {requests_at_once: 1000}\n")  # one person asks them all
        for mode in ("Socket Mode", "signed HTTP"):
            over_http = mode == "signed HTTP"
            async with (
                _bot([sys.executable, "-m", "bot", "slack"], data, over_http) as claimdesk,
                _bot([sys.executable, str(HERE / "constant_bot.py")], data, over_http) as constant,
            ):
                await _compare(mode, claimdesk, constant, queries)


async def _compare(mode: str, claimdesk: Page, constant: Page, queries: list[str]) -> None:
    ours, theirs = [], []
    for query in queries[: WARM_UP + COMMANDS]:
        theirs.append(await constant.ask(query))
        ours.append(await claimdesk.ask(query))
    for name, cut in (("p50", 10), ("p95", 19)):
        ours_cut, theirs_cut = (
            1000 * statistics.quantiles(times[WARM_UP:], n=20)[cut - 1] for times in (ours, theirs)
        )
        print(
            f"{mode:<12} {name}: claimdesk {ours_cut:6.1f} ms, constant {theirs_cut:6.1f} ms, "
            f"ratio {ours_cut / theirs_cut:.2f}"
        )


class Page:
    """A page of the local Slack."""

    def __init__(self, slack: LocalSlack, web: aiohttp.ClientSession) -> None:
        self._slack, self._web = slack, web

    async def open(self) -> None:
        self._events = await self._web.ws_connect(f"{self._slack.url}/ui", max_msg_size=0)

    async def ask(self, query: str) -> float:
        """Type /claim, and return the seconds until the bot's message appears."""
        typed = {"user": ALICE, "channel": NEWSROOM, "command": "/claim", "text": query}
        start = time.perf_counter()
        sent = asyncio.ensure_future(
            self._web.post(f"{self._slack.url}/_control/command", json=typed)
        )
        while True:
            event = await asyncio.wait_for(self._events.receive_json(), 10)
            if event["t"] == "message" and event["message"].get("bot_id"):
                took = time.perf_counter() - start
                (await sent).close()
                return took

    async def wait_for_bot(self) -> None:
        """Wait until the bot answers."""
        for _ in range(100):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.ask("yuan"), 1)
                return
        raise SystemExit("the bot does not answer")


@contextlib.asynccontextmanager
async def _bot(command: list[str], data: str, over_http: bool) -> AsyncIterator[Page]:
    folder = Path(tempfile.gettempdir()) / "claimdesk-bench-local-slack"
    port = 4000 + os.getpid() % 1000 + len(command) if over_http else None
    with LocalSlack(folder, bot_port=port) as slack:
        settings = slack.settings
        environ = os.environ | {
            "CLAIMDESK_DATA": data,
            "DATABASE_URL": "",
            "SLACK_API_URL": settings.api_url or "",
            "SLACK_BOT_TOKEN": settings.bot_token or "",
            "SLACK_APP_TOKEN": settings.app_token or "",
            "SLACK_SIGNING_SECRET": settings.signing_secret or "",
            "PORT": str(settings.port),
        }
        process = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL)
        try:
            async with aiohttp.ClientSession() as web:
                page = Page(slack, web)
                await page.open()
                await page.wait_for_bot()
                yield page
        finally:
            process.terminate()
            process.wait(10)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS))
