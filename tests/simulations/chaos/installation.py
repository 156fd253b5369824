"""All processes of an installation on several machines, here on one."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
import pytest
import yaml

from bot.slack.local import ALICE, BOB, BOT, SIGNING_SECRET, LocalSlack, free_port
from tests import postgres
from tests.cli.program import ROOT
from tests.opensearch import launcher
from tests.simulations.chaos.supervised import Supervised, ending_with_us

WEBS, WORKERS, NODES = 2, 3, 3
COMMAND_SECONDS = 300.0
"""How long a command in the terminal may take, with everything else at work."""
READY_SECONDS = 180.0
"""How long the processes have until all are ready."""


@dataclass(frozen=True)
class Done:
    """How a command in the terminal ended; `code` is None if it took too long."""

    code: int | None
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@contextlib.contextmanager
def new_folder(prefix: str, parent: str | None) -> Iterator[Path]:
    """Create a folder, and delete it at the end."""
    with tempfile.TemporaryDirectory(dir=parent, prefix=prefix) as folder:
        yield Path(folder)


def new_postgres() -> postgres.Server:
    """Create a PostgreSQL server; skip the test if it is not installed."""
    server = postgres.new_server()
    if server is None:
        pytest.skip("skipped: PostgreSQL is not installed")
    return server


class WideSlack(LocalSlack):
    """A local Slack with more channels, named by their ids."""

    def __init__(self, folder: Path, bot_port: int, channels: list[str]) -> None:
        super().__init__(folder, bot_port=bot_port)
        self._more = channels

    def _config(self) -> dict[str, Any]:
        config = super()._config()
        config["channels"] += [
            {"id": id_, "name": id_.lower(), "members": [ALICE, BOB, BOT]} for id_ in self._more
        ]
        return config


class Installation:
    """PostgreSQL, an OpenSearch cluster (or none), web and worker processes.

    Everything is started by `opened`, and stopped and deleted at its end.
    """

    def __init__(self, cache: Path, *, with_cluster: bool, settings: dict[str, Any]) -> None:
        self.processes: list[Supervised] = []
        self.web_ports = [free_port() for _ in range(WEBS)]
        self._cache, self._with_cluster, self._settings = cache, with_cluster, settings
        self._health_ports: dict[str, int] = {}
        self._nodes: dict[str, str] = {}
        """The address of each node, by its name."""

    @contextlib.asynccontextmanager
    async def opened(self, slack: LocalSlack) -> AsyncIterator[Installation]:
        """Start everything, and wait until it is ready; skip the test if something is missing."""
        with contextlib.ExitStack() as stack:
            self._folder = stack.enter_context(new_folder("claimdesk-chaos-", None))
            memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
            self._node_folder = stack.enter_context(new_folder("opensearch-", memory))
            self._postgres = new_postgres()
            stack.callback(self._postgres.delete)
            stack.enter_context(self._stopping())
            self._supervise(
                "PostgreSQL",
                self._postgres.start,
                stop_signal=signal.SIGQUIT,
                deliver=self._postgres.send_signal,
            )
            if self._with_cluster:
                await self._start_nodes()
            async with asyncio.timeout(READY_SECONDS):
                while not self.is_postgres_up():
                    await asyncio.sleep(0.2)
            self._environ = self._make_environ(slack)
            await self._require("migrate")
            if self._with_cluster:
                await self._require("reindex")
            for number in range(WEBS):
                self._start_bot(f"web {number}", "slack", PORT=str(self.web_ports[number]))
            for number in range(WORKERS):
                self._start_bot(f"worker {number}", "worker")
            await self.until_ready()
            yield self

    def new_folder(self, name: str) -> Path:
        """Create a folder beside those of the processes."""
        folder = self._folder / name
        folder.mkdir()
        return folder

    def of_kind(self, kind: str) -> list[Supervised]:
        return [process for process in self.processes if process.kind == kind]

    async def claimdesk(self, *arguments: object, given: str = "") -> Done:
        """Run a command in the terminal, on a machine of its own."""
        process = await asyncio.create_subprocess_exec(
            *ending_with_us([sys.executable, "-m", "bot", *arguments]),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self._folder,
            env=self._environ_of("terminal"),
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(COMMAND_SECONDS):
                out, err = await process.communicate(given.encode())
        except TimeoutError:
            return Done(None, "", f"it took longer than {COMMAND_SECONDS} seconds")
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return Done(process.returncode, out.decode(), err.decode())

    async def _require(self, *arguments: object) -> None:
        done = await self.claimdesk(*arguments)
        assert done.code == 0, done

    async def until_ready(self) -> None:
        """Wait until each web and worker process says that it is ready."""
        async with asyncio.timeout(READY_SECONDS):
            while waiting := await self.unready():
                await asyncio.sleep(0.5)
        assert not waiting

    async def unready(self) -> dict[str, str]:
        """Return the processes that are not ready, each with what it says."""
        answers: dict[str, str] = {}
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(5)) as session:
            for name, port in self._health_ports.items():
                try:
                    async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                        if answer.status != 200:
                            answers[name] = (await answer.text())[:300]
                except (aiohttp.ClientError, TimeoutError) as error:
                    answers[name] = type(error).__name__
        return answers

    async def are_nodes_up(self) -> bool:
        """Tell whether the cluster has all its nodes again, and both copies of each shard."""
        address = next(iter(self._nodes.values()))
        health = f"{address}/_cluster/health"
        try:
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(2)) as session,
                session.get(health) as answer,
            ):
                state = await answer.json()
        except (aiohttp.ClientError, TimeoutError):
            return False
        return bool(state.get("number_of_nodes") == NODES and state.get("status") == "green")

    def is_postgres_up(self) -> bool:
        try:
            psycopg.connect(f"{self._postgres.url}/postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def keep_logs(self, folder: Path) -> None:
        """Copy all logs to a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for log in [*self._folder.glob("*.log"), *self._node_folder.glob("*.log")]:
            (folder / log.name).write_bytes(log.read_bytes())

    @property
    def cpu_seconds(self) -> Counter[str]:
        """CPU-seconds by kind of process, of those that have ended."""
        seconds: Counter[str] = Counter()
        for process in self.processes:
            seconds[process.kind] += round(process.cpu_seconds)
        return seconds

    # -- starting and stopping

    @contextlib.contextmanager
    def _stopping(self) -> Iterator[None]:
        """Stop everything at the end, what depends on others first."""
        try:
            yield
        finally:
            for process in self.processes:
                process.send_signal(signal.SIGCONT)
            bots = [p for p in self.processes if p.kind in ("web", "worker")]
            others = [p for p in self.processes if p not in bots]
            for group in (bots, others):
                for process in group:
                    process.begin_to_stop()
                for process in group:
                    process.stop()

    async def _start_nodes(self) -> None:
        jars = await asyncio.to_thread(launcher.fetch_jars, self._cache)
        ports = launcher.free_ports(2 * NODES)
        for number in range(NODES):
            name = f"node {number}"
            self._nodes[name] = f"http://127.0.0.1:{ports[number]}"
            start = partial(launcher.start_node, jars, self._node_folder, number, ports)
            self._supervise(name, start)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(launcher.START_SECONDS):
                while not await self.are_nodes_up():
                    await asyncio.sleep(0.5)
                return
        pytest.skip(f"OpenSearch did not start in {launcher.START_SECONDS} seconds")

    def _start_bot(self, name: str, command: str, **environ: str) -> None:
        self._health_ports[name] = port = free_port()
        environ = self._environ_of(name) | environ | {"METRICS_PORT": str(port)}

        def start() -> subprocess.Popen[bytes]:
            with (self._folder / f"{name}.log").open("ab") as log:
                return subprocess.Popen(
                    ending_with_us([sys.executable, "-m", "bot", command]),
                    stdout=log,
                    stderr=log,
                    cwd=self._folder,
                    env=environ,
                    start_new_session=True,
                )

        self._supervise(name, start)

    def _supervise(
        self, name: str, start: Callable[[], subprocess.Popen[bytes]], **options: Any
    ) -> None:
        self.processes.append(Supervised(name, start, **options))

    def _make_environ(self, slack: LocalSlack) -> dict[str, str]:
        settings = slack.settings
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": f"{self._postgres.url}/postgres".replace(":", "+psycopg:", 1),
            "SLACK_API_URL": settings.api_url or "",
            "SLACK_BOT_TOKEN": settings.bot_token or "",
            "SLACK_APP_TOKEN": "",
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "CLAIMDESK_HOST": "127.0.0.1",
        }

    def _environ_of(self, machine: str) -> dict[str, str]:
        """Return the environment of a machine: with the cluster, each has a disk of its own."""
        data = self._folder / "data" / (machine if self._with_cluster else "shared")
        file = data / "config" / "bot.yml"
        if not file.exists():
            file.parent.mkdir(parents=True)
            settings = self._settings
            if self._with_cluster:
                search = {**settings.get("search", {}), "url": " ".join(self._nodes.values())}
                settings = {**settings, "search": search}
            file.write_text(yaml.safe_dump(settings))
        return self._environ | {"CLAIMDESK_DATA": str(data)}
