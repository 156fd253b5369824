"""The Procfile's roles, started as a platform starts them, with a real PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import psycopg
import pytest

from bot.slack.local import free_port
from tests.postgres import run_server
from tests.slack.fake_slack import TEAM, signed
from tests.slack.real_bot import SECRET, AnsweredSlack

PROJECT = Path(__file__).parents[1]
MAX_WAIT = 120


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    with run_server() as url:
        if url is None:
            pytest.skip("skipped: PostgreSQL is not installed")
        with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE procfile")
        yield f"{url}/procfile"


@pytest.fixture
async def slack() -> AsyncIterator[AnsweredSlack]:
    async with AnsweredSlack().running() as running:
        assert isinstance(running, AnsweredSlack)
        yield running


class Honcho:
    """`honcho start` with some of the roles; `output` is what they have printed so far."""

    def __init__(self, process: Process) -> None:
        self.process, self.output = process, ""

    async def wait_for(self, *patterns: str) -> None:
        """Read what is printed until each pattern has matched a line."""
        assert self.process.stdout
        async with asyncio.timeout(MAX_WAIT):
            while not all(re.search(pattern, self.output) for pattern in patterns):
                line = await self.process.stdout.readline()
                assert line, f"the roles ended:\n{self.output}"
                self.output += line.decode()

    async def wait(self) -> int:
        """Wait until all roles have ended, and return honcho's exit code."""
        async with asyncio.timeout(MAX_WAIT):
            rest, _ = await self.process.communicate()
        self.output += rest.decode()
        return int(self.process.returncode or 0)


async def start(*roles: str, port: int = 5000, **environ: str) -> Honcho:
    bin_folder = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{bin_folder}:{os.environ['PATH']}", **environ}
    command = [sys.executable, "-m", "honcho", "start", "--port", str(port), *roles]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=PROJECT, env=environment, stdout=PIPE, stderr=asyncio.subprocess.STDOUT
    )
    return Honcho(process)


async def ask(slack: AnsweredSlack, port: int, text: str) -> str:
    """Deliver `/claim text` to the role web, and return its answer."""
    fields = {"command": "/claim", "text": text, "team_id": TEAM, "user_id": "U1"}
    answer_url = f"http://127.0.0.1:{slack.port}/answers/one"
    body = urlencode(
        {**fields, "channel_id": "C1", "trigger_id": "one", "response_url": answer_url}
    )
    url = f"http://127.0.0.1:{port}/slack/events"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers=signed(SECRET, body)) as response,
    ):
        assert response.status == 200
    async with asyncio.timeout(MAX_WAIT):
        await slack.until(lambda: bool(slack.answers["one"]))
    return slack.texts("one")[0]


async def test_the_roles_start_answer_and_stop(
    database_url: str, slack: AnsweredSlack, tmp_path: Path
) -> None:
    port = free_port()
    environ = {
        "CLAIMDESK_DATA": str(tmp_path / "data"),
        "DATABASE_URL": database_url,
        "SLACK_API_URL": str(slack.settings.api_url),
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "",
        "SLACK_SIGNING_SECRET": SECRET,
    }
    release = await start("release", **environ)
    assert await release.wait() == 0, release.output
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (0,)
    roles = await start("web", "worker", port=port, **environ)
    try:
        await roles.wait_for(r"web\.1 .*listening on port", r"worker\.1 .*\bin \w+ as \w+")
        assert "no articles to search yet" in await ask(slack, port, "yuan")
    finally:
        roles.process.terminate()
        code = await roles.wait()
    assert "Traceback" not in roles.output
    assert code in (0, 143), roles.output
