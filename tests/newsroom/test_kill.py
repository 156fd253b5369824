"""kill -9 at any moment: the next start is whole, nothing is lost or doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = int(os.environ.get("CLAIMDESK_KILLS", "4"))
ARTICLES = 200
NAMES = ("Ada Brook", "Jonas Rehm", "Lena Ostrow", "Petra Vandry", "Emil Rosgaard")
VERBS = ("said", "announced", "denied", "warned", "insisted")


def articles(folder: Path) -> None:
    folder.mkdir()
    for n in range(ARTICLES):
        name, verb = NAMES[n % 5], VERBS[n // 5 % 5]
        text = (
            f"Bridge {n} was closed on Monday.\n\n{name} {verb} that bridge {n} would reopen "
            f'in {n + 2} days. "We counted {n + 10} cracks," the engineer added.\n'
        )
        (folder / f"bridge{n:03}.txt").write_text(text)


def claimdesk(data: Path, *arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        env={**os.environ, "CLAIMDESK_DATA": str(data), "DATABASE_URL": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(data: Path, *arguments: object) -> str:
    process = claimdesk(data, *arguments)
    out, err = process.communicate()
    assert process.returncode == 0, err.decode()
    return out.decode() + err.decode()


def test_killed_in_the_middle_of_ingesting_and_reindexing(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    articles(folder)
    whole = tmp_path / "whole"
    began = time.monotonic()
    run(whole, "ingest", folder)
    ingest_seconds = time.monotonic() - began
    began = time.monotonic()
    run(whole, "reindex")
    reindex_seconds = time.monotonic() - began
    counted = run(whole, "doctor").split("sqlite: ")[1].split("\n")[0]
    assert counted.startswith(f"{ARTICLES} articles")

    rng, killed = random.Random(7), 0
    for round_ in range(ROUNDS):
        data = tmp_path / f"data{round_}"
        for command, seconds in (
            (("ingest", folder), ingest_seconds),
            (("reindex",), reindex_seconds),
        ):
            process = claimdesk(data, *command)
            time.sleep(rng.uniform(0.1, 0.9) * seconds)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            killed += process.returncode == -signal.SIGKILL
            assert "agrees with the store" in run(data, "doctor")
        assert "failed" not in run(data, "ingest", folder)
        assert counted in run(data, "doctor")
    assert killed >= ROUNDS, "most processes ended before they were killed: this shows nothing"
