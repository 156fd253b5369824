"""A PostgreSQL server of our own, for tests and measurements."""

from __future__ import annotations

import contextlib
import os
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
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _postgres_programs() -> Path | None:
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((p for p in places if (p / "initdb").exists() and (p / "postgres").exists()), None)


@contextlib.contextmanager
def serving() -> Iterator[str | None]:
    """Give the URL of a server, without a database's name; None where it is not installed."""
    programs = _postgres_programs()
    if programs is None:
        yield None
        return
    folder, port = Path(tempfile.mkdtemp(prefix="claimdesk-postgres-")), free_port()
    as_user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        as_user = ["runuser", "-u", "nobody", "--"]
        shutil.chown(folder, "nobody")
    make = ["initdb", "-D", folder / "data", "-U", "claimdesk", "-A", "trust", "-E", "UTF8"]
    serve = ["postgres", "-D", folder / "data", "-p", str(port), "-h", "127.0.0.1"]
    serve += ["-c", "fsync=off", "-c", f"unix_socket_directories={folder}"]
    command = [*as_user, programs / make[0], *make[1:]]
    subprocess.run(command, check=True, capture_output=True, cwd="/")
    with (folder / "log").open("wb") as log:
        command = [*as_user, programs / serve[0], *serve[1:]]
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd="/")
    try:
        url = f"postgresql://claimdesk@127.0.0.1:{port}"
        for _ in range(200):
            try:
                psycopg.connect(f"{url}/postgres").close()
                break
            except psycopg.OperationalError:
                time.sleep(0.05)
        yield url
    finally:
        # At once: told politely it would wait for every connection, and write what nobody reads.
        postmaster = (folder / "data" / "postmaster.pid").read_text().split()[0]
        os.kill(int(postmaster), signal.SIGQUIT)
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)
