"""kill -9 of a worker at any moment: no job is lost."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.store import Store
from tests.soak import SOAK

ROUNDS = 4 if SOAK else 1
JOBS = 200

# Does jobs until none is left, and notes each before it says, after a pause, that it is done.
WORKER = """
import sys, time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from bot.store import Store

store, done, pause = Store(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
while store.jobs.counts():
    now, lease = datetime.now(UTC), timedelta(seconds=0.5)
    if job := store.jobs.take("w", now=now, lease=lease, kinds=["work"]):
        with done.open("a") as file:
            file.write(job.key + "\\n")
        time.sleep(pause)
        if job.key.startswith("twice") and not job.payload:
            store.jobs.add("work", job.key, "again", due_at=now)
        store.jobs.complete(job)
    else:
        time.sleep(0.02)
"""


def test_killed_workers_lose_no_job(tmp_path: Path) -> None:
    url, done = f"sqlite:///{tmp_path / 'store.sqlite3'}", tmp_path / "done"
    done.touch()
    store = Store(url)
    keys = [f"{'twice' if n % 5 == 0 else 'once'} {n}" for n in range(JOBS)]
    for key in keys:
        store.jobs.add("work", key, due_at=datetime.now(UTC))
    command = [sys.executable, "-c", WORKER, url, str(done)]
    rng, killed = random.Random(3), 0
    for _ in range(ROUNDS):
        workers = [subprocess.Popen([*command, "0.01"]) for _ in range(2)]
        begun = len(done.read_text())
        while len(done.read_text()) == begun and any(w.poll() is None for w in workers):
            time.sleep(0.01)
        time.sleep(rng.uniform(0, 0.1))
        for worker in workers:
            worker.send_signal(signal.SIGKILL)
            killed += worker.wait() == -signal.SIGKILL
    assert killed, "all workers ended before they were killed: this shows nothing"
    assert subprocess.run([*command, "0"], check=False, timeout=120).returncode == 0
    times = done.read_text().splitlines()
    for key in keys:
        assert times.count(key) >= (2 if key.startswith("twice") else 1)
    assert store.jobs.counts() == []
    store.close()
