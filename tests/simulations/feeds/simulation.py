"""Play thirty days of fifty feeds in fast motion, with a worker that is killed again and again.

`make month` runs it: SEED=, DAYS= and FEEDS= choose another play, READER=model uses the real
tagger. Prints what was compared and what deviates; exits with 1 if anything does.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot import config
from bot.newsroom import Newsroom
from bot.store import Store
from tests.simulations.clock import VirtualClock
from tests.simulations.feeds import feed_worker, printing
from tests.simulations.feeds.server import Sites, serving
from tests.simulations.feeds.timeline import DAY, Timeline
from tests.simulations.feeds.verdict import Verdict
from tests.simulations.record import JsonLog, Record

ROOT = Path(__file__).parents[3]
KILLED = -signal.SIGKILL
POLL_INTERVAL = 0.005
ORPHAN_SECONDS = 30
"""How long a process may outlive its killed worker."""
MAX_KILL_DELAY = 0.5
"""The longest time, in real seconds, from a worker's last request to its death, so that the work
between requests is interrupted too."""

FORK_SERVER = multiprocessing.get_context("forkserver")
"""Forks workers from a process that has imported their modules already, the slowest part of their
start."""
FORK_SERVER.set_forkserver_preload(["tests.simulations.feeds.feed_worker"])


@dataclass
class Result:
    """The outcome of a simulation."""

    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    checks: int = 0
    seconds: float = 0.0


def play(
    timeline: Timeline, folder: Path, *, lives: tuple[int, int], reader: str, max_seconds: float
) -> Result:
    """Play a timeline in an empty folder.

    Each worker is killed after a number of requests within `lives`. The whole play may take
    `max_seconds`.
    """
    started_at, result = time.monotonic(), Result()
    clock = VirtualClock(folder / "clock")
    _deliver(timeline, folder)
    with serving(timeline, clock, folder / "server.jsonl") as sites:
        _configure(timeline, folder, sites)
        args = [str(folder), str(timeline.seed), str(timeline.days), str(timeline.count)]
        command = [sys.executable, "-m", "tests.simulations.feeds.observer", *args]
        observer = subprocess.Popen(command, cwd=ROOT)
        slack = f"http://127.0.0.1:{sites.port}/api/"
        try:
            chance = random.Random(timeline.seed)

            def run_worker() -> int | None:
                requests, delay = chance.randint(*lives), chance.uniform(0, MAX_KILL_DELAY)
                return _run_worker(sites, requests, delay, *args, slack, reader)

            while (code := run_worker()) == KILLED:
                result.kills += 1
                if time.monotonic() - started_at > max_seconds:
                    result.faults.append(f"day {clock.seconds / DAY:.1f} after {max_seconds} s")
                    break
            if code not in (0, KILLED):
                result.faults.append(f"the worker ended with {code}")
        finally:
            (folder / "done").touch()
            observer.wait()
        result.faults += _observed_faults(folder, result)
        result.faults += _orphans()
        if clock.seconds >= timeline.end:
            result.faults += _judge(timeline, folder, sites.port, clock, result)
    result.seconds = time.monotonic() - started_at
    return result


def _deliver(timeline: Timeline, folder: Path) -> None:
    """Write the wire's files; the name of each says when it is delivered."""
    (folder / "wire").mkdir()
    for delivery in timeline.deliveries:
        (folder / "wire" / delivery.name).write_text(printing.wire_file(delivery))


def _configure(timeline: Timeline, folder: Path, sites: Sites) -> None:
    hosts = sorted({f"{feed.host}:{sites.port}" for feed in timeline.feeds})
    settings = {"fetch": {"allowed": hosts, "seconds": 2}, "search": {"vectors": False}}
    feeds = [
        {
            "url": f"{sites.site(feed)}{feed.path}",
            "full_text": feed.full_text,
            "owner": f"U{feed.number}",
        }
        for feed in timeline.feeds
    ]
    config_folder = folder / "data" / "config"
    config_folder.mkdir(parents=True)
    (config_folder / "bot.yml").write_text(yaml.safe_dump(settings))
    (config_folder / "feeds.yml").write_text(yaml.safe_dump({"feeds": feeds}))
    # Create the store before the worker and the observer open it.
    store = Store(config.load({"CLAIMDESK_DATA": str(folder / "data")}).database_url)
    store.database.require_current()
    store.close()


def _run_worker(sites: Sites, requests: int, delay: float, *args: str) -> int | None:
    """Kill a worker `delay` seconds after its last request, and return its exit code."""
    last = sites.request_count + requests
    worker = FORK_SERVER.Process(target=feed_worker.main, args=args)
    worker.start()
    while worker.is_alive() and sites.request_count < last:
        time.sleep(POLL_INTERVAL)
    worker.join(delay)
    worker.kill()
    worker.join()
    return worker.exitcode


def _observed_faults(folder: Path, result: Result) -> Iterator[str]:
    """Return the faults that the observer saw, each once, and count its checks."""
    faults: dict[str, str] = {}
    for line in JsonLog(folder / "seen.jsonl").read_new():
        result.checks += line.get("checks", 0)
        if "fault" in line:
            faults.setdefault(line["fault"], f"seen at {line['at']:.0f}: {line['fault']}")
    yield from faults.values()


def _orphans() -> list[str]:
    """Return processes that outlive their killed workers for long, if the system has /proc."""
    deadline = time.monotonic() + ORPHAN_SECONDS
    while (found := [*_running_orphans()]) and time.monotonic() < deadline:
        time.sleep(POLL_INTERVAL)
    return found


def _running_orphans() -> Iterator[str]:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if "bot.ingest.sandbox.child" in command and not _has_parent(process):
            yield f"still running: {command}"


def _has_parent(process: Path) -> bool:
    """Tell whether a process still has its parent: process 1 adopts orphans."""
    with contextlib.suppress(OSError):
        return (process / "stat").read_text().rpartition(")")[2].split()[1] != "1"
    return True  # the process has ended meanwhile


def _judge(
    timeline: Timeline, folder: Path, port: int, clock: VirtualClock, result: Result
) -> Iterator[str]:
    record = Record(folder, timeline)
    record.read_polls()
    record.read_answers()
    settings = config.load({"CLAIMDESK_DATA": str(folder / "data")})
    with Newsroom(settings, clock) as newsroom:
        verdict = Verdict(newsroom, timeline, record, port)
        yield from verdict.faults()
        result.counts = verdict.counts


def report(result: Result) -> str:
    """Format a result as a table."""
    lines = [f"{'killed':>26}  {result.kills}", f"{'checks':>26}  {result.checks}"]
    lines += [f"{what:>26}  {count}" for what, count in sorted(result.counts.items())]
    lines += [f"{'seconds':>26}  {result.seconds:.0f}", ""]
    kinds = Counter(fault.split(":")[0].split(" ")[0] for fault in result.faults)
    lines += [f"{len(result.faults)} deviations {dict(kinds) or ''}", *result.faults[:60]]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=float, default=30)
    parser.add_argument("--feeds", type=int, default=50)
    parser.add_argument("--lives", type=int, nargs=2, default=(20, 160), metavar="REQUESTS")
    parser.add_argument("--reader", choices=("quick", "model"), default="quick")
    parser.add_argument("--most", type=float, default=3_600, help="seconds")
    parser.add_argument("--keep", type=Path, help="an empty folder to keep")
    args = parser.parse_args()
    timeline = Timeline(args.seed, args.days, args.feeds)
    with tempfile.TemporaryDirectory() as scratch:
        result = play(
            timeline,
            args.keep or Path(scratch),
            lives=tuple(args.lives),
            reader=args.reader,
            max_seconds=args.most,
        )
    print(report(result))
    return 1 if result.faults else 0


if __name__ == "__main__":
    sys.exit(main())
