"""The local Slack: a stand-in for Slack in the browser, for the demo and for tests.

It is a separate program: an npm package with a binary for each platform. It listens on every
network interface and has no option to change that, so a copy is patched to listen on loopback only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.config import SlackSettings
from bot.errors import SlackError

VERSION = "0.1.8"
SYSTEMS = {"Linux": "linux", "Darwin": "darwin", "Windows": "windows"}
MACHINES = {"x86_64": "x64", "AMD64": "x64", "aarch64": "arm64", "arm64": "arm64"}

# A piece of the binary's JavaScript and its replacement. Both have the same length, so that offsets
# in the file stay valid.
LISTEN_EVERYWHERE = b"maxRequestBodySize:1073741824,fetch"
LISTEN_ON_LOOPBACK = b'hostname:"127.0.0.1",fetch'.rjust(len(LISTEN_EVERYWHERE))

TEAM, BOT = "T01LOCAL", "U0BOT"
ALICE, BOB = "U01ALICE", "U02BOB"
NEWSROOM, PLANNING = "C01NEWS", "C02PLAN"
SIGNING_SECRET = "local-signing-secret"  # noqa: S105  it guards nothing: the server is on loopback
START_TIMEOUT = 30.0
TRIES = 5
"""Another process may take a port that was free before the program listens there."""


class LocalSlack:
    """A context manager that runs a local Slack with the bot in its channels.

    The program is kept in `folder` between runs. With `bot_port` it sends signed HTTP requests to
    that port; otherwise the bot connects over Socket Mode. Raises SlackError if it cannot be
    installed or started.
    """

    def __init__(self, folder: Path, *, bot_port: int | None = None) -> None:
        self._folder, self._bot_port = folder, bot_port
        self._server: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> SlackSettings:
        """The settings with which a bot connects to it."""
        return SlackSettings(
            bot_token="xoxb-local",  # noqa: S106
            app_token=None if self._bot_port else "xapp-local",
            signing_secret=SIGNING_SECRET,
            api_url=f"{self.url}/api/",
            port=self._bot_port or 3000,
        )

    def __enter__(self) -> Self:
        program = _loopback_copy(_install(self._folder), self._folder)
        for _ in range(TRIES):
            self.port = free_port()
            if self._start(program):
                return self
        raise self._failure()

    def _start(self, program: Path) -> bool:
        """Start the program, and tell whether it listens; if not, it has ended.

        Raises SlackError if it does neither.
        """
        config = self._folder / f"config-{self.port}.json"
        config.write_text(json.dumps(self._config()), encoding="utf-8")
        files = self._folder / f"files-{self.port}"
        options = ["--port", self.port, "--base-host", "127.0.0.1", "--files-dir", files]
        command = [*_end_with_parent(), program, "--config", config, *options]
        with (self._folder / "server.log").open("wb") as log:
            self._server = subprocess.Popen(list(map(str, command)), stdout=log, stderr=log)  # noqa: S603
        try:
            return self._await_ready(self._server)
        except BaseException:
            self._stop(self._server)
            raise
        finally:
            config.unlink()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server:
            self._stop(self._server)
        shutil.rmtree(self._folder / f"files-{self.port}", ignore_errors=True)

    def _await_ready(self, server: subprocess.Popen[bytes]) -> bool:
        deadline = time.monotonic() + START_TIMEOUT
        while server.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return server.poll() is None  # otherwise another program listens there
            if time.monotonic() >= deadline:
                raise self._failure()
            time.sleep(0.05)
        return False

    def _failure(self) -> SlackError:
        return SlackError(
            "the local Slack did not start",
            cause=f"see {self._folder / 'server.log'}",
            remedy=f"Remove {self._folder} and try again.",
        )

    @staticmethod
    def _stop(server: subprocess.Popen[bytes]) -> None:
        server.terminate()
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()

    def _config(self) -> dict[str, Any]:
        app: dict[str, Any] = {
            "appId": "A01CLAIMDESK",
            "botUserId": BOT,
            "botName": "Claimdesk",
            "botToken": self.settings.bot_token,
            "appToken": "xapp-local",
            "signingSecret": SIGNING_SECRET,
            "mode": "socket",
        }
        if self._bot_port:
            url = f"http://127.0.0.1:{self._bot_port}/slack/events"
            app |= {"mode": "events", "requestUrl": url}
        return {
            "workspace": {"name": "Newsroom", "domain": "newsroom", "teamId": TEAM},
            "apps": [app],
            "users": [
                {"id": ALICE, "name": "alice", "real_name": "Alice Reed", "tz": "Europe/London"},
                {"id": BOB, "name": "bob", "real_name": "Bob Hale", "tz": "America/New_York"},
            ],
            "channels": [
                {"id": NEWSROOM, "name": "newsroom", "members": [ALICE, BOB, BOT]},
                {"id": PLANNING, "name": "planning", "members": [ALICE, BOT]},
            ],
        }


def _install(folder: Path) -> Path:
    """Return the package's binary; install it with npm if it is missing. Raises SlackError."""
    system, machine = platform.system(), platform.machine()
    name = f"local-slack-{SYSTEMS.get(system, system)}-{MACHINES.get(machine, machine)}"
    suffix = ".exe" if system == "Windows" else ""
    program = folder / "node_modules" / name / "bin" / f"local-slack{suffix}"
    if program.exists():
        return program
    npm = shutil.which("npm")
    if npm is None:
        raise SlackError(
            "the local Slack cannot be installed",
            cause="npm is not installed",
            remedy="Install Node (nodejs.org), or ask in the terminal: claimdesk claim yuan ruble.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    # With a package.json npm installs into this folder. With --prefix it would ignore the user's
    # npm settings, such as a newsroom's certificates.
    (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    command = [npm, "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"]
    command.append(f"{name}@{VERSION}")
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if result.returncode or not program.exists():
        raise SlackError(
            "the local Slack cannot be installed",
            subject=f"{name}@{VERSION}",
            cause=next(iter(result.stderr.strip().splitlines()), "npm did not install it"),
            remedy="Check the network and npm, or ask in the terminal: claimdesk claim yuan ruble.",
        )
    return program


def _loopback_copy(program: Path, folder: Path) -> Path:
    """Return a copy of the program that listens on 127.0.0.1 only.

    Raises SlackError if the patch does not fit.
    """
    original = program.read_bytes()
    digest = hashlib.sha256(original).hexdigest()[:12]
    copy = folder / f"local-slack-loopback-{digest}{program.suffix}"
    if copy.exists():
        return copy
    if original.count(LISTEN_EVERYWHERE) != 1:
        raise SlackError(
            "the local Slack was not started",
            subject=str(program),
            cause="this build cannot be kept off the network: could not find where it listens",
            remedy=f"Use version {VERSION}: remove {folder} and try again.",
        )
    temporary_copy = copy.with_name(f"{copy.name}.{os.getpid()}")
    temporary_copy.write_bytes(original.replace(LISTEN_EVERYWHERE, LISTEN_ON_LOOPBACK))
    temporary_copy.chmod(0o755)
    temporary_copy.replace(copy)
    return copy


def _end_with_parent() -> Sequence[str]:
    """Return a command prefix that ends the program whenever this process ends."""
    setpriv = shutil.which("setpriv")
    return (setpriv, "--pdeathsig", "TERM") if setpriv else ()


def free_port() -> int:
    """Find a port that nobody listens on.

    It is below those that systems give to connections and to whoever asks for any port, so that
    none of these takes it before it is used.
    """
    while True:
        port = 10_000 + secrets.randbelow(20_000)
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
