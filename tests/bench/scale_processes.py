"""Measure the CPU time and the memory of processes on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import psycopg

MEGABYTE = 1_000_000


class Cost(NamedTuple):
    """CPU seconds of a process and its children, and the most bytes that one had resident."""

    cpu: float
    peak: int


def run(data: Path, url: str, *arguments: str) -> Cost:
    """Run `claimdesk`; return its cost. Raises SystemExit if it fails."""
    environ = os.environ | {"CLAIMDESK_DATA": str(data), "DATABASE_URL": url}
    command = [sys.executable, "-m", "bot", *arguments]
    process, peak = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL), 0
    while True:
        peak = max(peak, _peak(process.pid))
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        time.sleep(0.1)
    if status:
        raise SystemExit(f"claimdesk {arguments[0]} failed")
    return Cost(usage.ru_utime + usage.ru_stime, peak)


def _peak(pid: int) -> int:
    """The most bytes a process had resident so far; 0 once it has ended.

    The system's own count for ended processes includes ours from before the program was loaded.
    """
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024 if "VmHWM:" in status else 0


def memory(pid: int) -> str:
    """A process's proportional memory, and how much of it maps files."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    pss, anonymous = (
        int(rollup.partition(f"\n{name}:")[2].split()[0]) * 1024 / MEGABYTE
        for name in ("Pss", "Anonymous")
    )
    return f"{pss:.0f} MB, {anonymous:.0f} of them its own, the others maps of files"


class ServerTime:
    """The CPU time of a PostgreSQL server on this machine."""

    def __init__(self, url: str | None) -> None:
        self._postmaster = 0
        if url:
            with psycopg.connect(f"{url}/postgres") as connection:
                row = connection.execute("SHOW data_directory").fetchone()
            folder = Path(row[0]) if row else Path()
            self._postmaster = int((folder / "postmaster.pid").read_text().split()[0])
        self._last = self._seconds()

    def since_last(self, number: int) -> str:
        """Say how much it took since the last call, for each of `number`; "" if there is none."""
        if not self._postmaster:
            return ""
        last, self._last = self._last, self._seconds()
        return f" and {1e6 * (self._last - last) / number:.0f} µs of the server's"

    def _seconds(self) -> float:
        if not self._postmaster:
            return 0.0
        return sum(map(process_seconds, [self._postmaster, *_children(self._postmaster)]))


def process_seconds(pid: int) -> float:
    """The CPU seconds of a process and of its children that ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
