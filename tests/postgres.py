"""A temporary PostgreSQL server, for tests and measurements."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from bot.slack.local import free_port


def _postgres_programs() -> Path | None:
    initdb = shutil.which("initdb")
    folders = [Path(initdb).parent] if initdb else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


class Server:
    """A server with an empty database, in a folder of its own, which can be started repeatedly."""

    def __init__(self, programs: Path) -> None:
        self._programs, self.port = programs, free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="claimdesk-postgres-"))
        self._as_user: list[str] = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            # A shell that `su` opened for root may lack the folder where Debian has it.
            path = f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin"
            self._as_user = [shutil.which("runuser", path=path) or "runuser", "-u", "nobody", "--"]
            shutil.chown(self._folder, "nobody")
        data = ["-D", self._folder / "data"]
        options = ["-U", "claimdesk", "-A", "trust", "-E", "UTF8"]
        initdb = [*self._as_user, programs / "initdb", *data, *options]
        subprocess.run(initdb, check=True, capture_output=True, cwd="/")

    @property
    def url(self) -> str:
        """The address, without a database name."""
        return f"postgresql://claimdesk@127.0.0.1:{self.port}"

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server; `await_ready` waits until it accepts connections."""
        command = [*self._as_user, self._programs / "postgres", "-D", self._folder / "data"]
        command += ["-p", str(self.port), "-h", "127.0.0.1", "-c", "fsync=off"]
        command += ["-c", f"unix_socket_directories={self._folder}"]
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                command, stdout=log, stderr=log, cwd="/", start_new_session=True
            )

    def await_ready(self, server: subprocess.Popen[bytes]) -> None:
        """Wait until the server accepts connections, or has ended."""
        while server.poll() is None:
            try:
                psycopg.connect(f"{self.url}/postgres").close()
                break
            except psycopg.OperationalError:
                time.sleep(0.05)

    @property
    def main_process(self) -> int:
        """The number of the process that starts all others."""
        return int((self._folder / "data" / "postmaster.pid").read_text().split()[0])

    def send_signal(self, number: signal.Signals) -> None:
        """Send its main process a signal: SIGINT to stop it, SIGQUIT to stop it at once."""
        os.kill(self.main_process, number)

    def delete(self) -> None:
        """Delete its folder."""
        shutil.rmtree(self._folder, ignore_errors=True)


def new_server() -> Server | None:
    """Create a server; None if PostgreSQL is not installed."""
    programs = _postgres_programs()
    return Server(programs) if programs else None


@contextlib.contextmanager
def run_server() -> Iterator[str | None]:
    """Run a server and return its URL without a database name; None if it is not installed."""
    server = new_server()
    if server is None:
        yield None
        return
    process = server.start()
    try:
        server.await_ready(process)
        yield server.url
    finally:
        # Stop at once: a normal shutdown would wait for connections and write data to disk.
        server.send_signal(signal.SIGQUIT)
        process.wait(20)
        server.delete()
