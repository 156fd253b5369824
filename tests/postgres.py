"""A temporary PostgreSQL server, for tests and measurements."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg


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


def _postgres_programs() -> Path | None:
    initdb = shutil.which("initdb")
    folders = [Path(initdb).parent] if initdb else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


@contextlib.contextmanager
def run_server() -> Iterator[str | None]:
    """Run a server and return its URL without a database name; None if it is not installed."""
    programs = _postgres_programs()
    if programs is None:
        yield None
        return
    folder, port = Path(tempfile.mkdtemp(prefix="claimdesk-postgres-")), free_port()
    as_user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        as_user = ["runuser", "-u", "nobody", "--"]
        shutil.chown(folder, "nobody")
    data = ["-D", folder / "data"]
    initdb = [*as_user, programs / "initdb", *data, "-U", "claimdesk", "-A", "trust", "-E", "UTF8"]
    subprocess.run(initdb, check=True, capture_output=True, cwd="/")
    command = [*as_user, programs / "postgres", *data, "-p", str(port), "-h", "127.0.0.1"]
    command += ["-c", "fsync=off", "-c", f"unix_socket_directories={folder}"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd="/")
    try:
        url = f"postgresql://claimdesk@127.0.0.1:{port}"
        while server.poll() is None:
            try:
                psycopg.connect(f"{url}/postgres").close()
                break
            except psycopg.OperationalError:
                time.sleep(0.05)
        yield url
    finally:
        # Stop at once: a normal shutdown would wait for connections and write data to disk.
        postmaster = (folder / "data" / "postmaster.pid").read_text().split()[0]
        os.kill(int(postmaster), signal.SIGQUIT)
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)
