"""Play thirty days of fifty feeds in fast motion, with a worker that is killed again and again.

`make month` runs it: SEED=, DAYS= and FEEDS= choose another play, READER=model puts the real tagger
in. Prints what was compared and what deviates; ends with 1 if anything does.
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
LONGEST_PAUSE = 0.5
"""Real seconds after which at the latest a worker is killed whose life is over: what it does when
nobody is asked for anything is to be broken off, too."""

FORK_SERVER = multiprocessing.get_context("forkserver")
"""Workers are forked from a process that has their modules open already: what takes longest of
their start."""
FORK_SERVER.set_forkserver_preload(["tests.simulations.feeds.feed_worker"])


@dataclass
class Result:
    """How a play ended."""

    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    looks: int = 0
    seconds: float = 0.0


def play(
    timeline: Timeline, folder: Path, *, lives: tuple[int, int], reader: str, most: float
) -> Result:
    """Play a timeline in an empty folder. A worker lives for so many requests, from the shortest
    life to the longest; the whole may take `most` seconds."""
    started, result = time.monotonic(), Result()
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

            def life() -> int | None:
                pause = chance.uniform(0, LONGEST_PAUSE)
                return _life(sites, chance.randint(*lives), pause, *args, slack, reader)

            while (code := life()) == KILLED:
                result.kills += 1
                if time.monotonic() - started > most:
                    result.faults.append(f"after {most} s it was day {clock.at / DAY:.1f}")
                    break
            if code not in (0, KILLED):
                result.faults.append(f"the worker ended with {code}")
        finally:
            (folder / "done").touch()
            observer.wait()
        result.faults += _seen(folder, result)
        result.faults += _left_running(folder)
        if clock.at >= timeline.end:
            result.faults += _verdict(timeline, folder, sites.port, clock, result)
    result.seconds = time.monotonic() - started
    return result


def _deliver(timeline: Timeline, folder: Path) -> None:
    """Write what the wire delivers; each file's name says when it does."""
    (folder / "wire").mkdir()
    for one in timeline.deliveries:
        (folder / "wire" / one.name).write_text(printing.wire_file(one))


def _configure(timeline: Timeline, folder: Path, sites: Sites) -> None:
    hosts = sorted({f"{feed.host}:{sites.port}" for feed in timeline.feeds})
    settings = {"fetch": {"allowed": hosts, "seconds": 2}, "search": {"vectors": False}}
    listed = [
        {
            "url": f"{sites.site(feed)}{feed.path}",
            "full_text": feed.full_text,
            "owner": f"U{feed.number}",
        }
        for feed in timeline.feeds
    ]
    own = folder / "data" / "config"
    own.mkdir(parents=True)
    (own / "bot.yml").write_text(yaml.safe_dump(settings))
    (own / "feeds.yml").write_text(yaml.safe_dump({"feeds": listed}))
    # Worker and observer find a store that is there.
    store = Store(config.load({"CLAIMDESK_DATA": str(folder / "data")}).database_url)
    store.database.require_current()
    store.close()


def _life(sites: Sites, requests: int, pause: float, *args: str) -> int | None:
    """Let a worker live until the sites have been asked for so much, and then kill it after a
    pause of some seconds; returns how it ended."""
    last = sites.asked + requests
    worker = FORK_SERVER.Process(target=feed_worker.main, args=args)
    worker.start()
    while worker.is_alive() and sites.asked < last:
        time.sleep(POLL_INTERVAL)
    worker.join(pause)
    worker.kill()
    worker.join()
    return worker.exitcode


def _seen(folder: Path, result: Result) -> Iterator[str]:
    """What the observer has seen, each thing once."""
    seen: dict[str, str] = {}
    for one in JsonLog(folder / "seen.jsonl").new():
        result.looks += one.get("looks", 0)
        if "fault" in one:
            seen.setdefault(one["fault"], f"seen at {one['at']:.0f}: {one['fault']}")
    yield from seen.values()


def _left_running(folder: Path) -> Iterator[str]:
    """Processes of killed workers that have outlived them, as far as this system tells."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if "bot.ingest.sandbox.child" in command and not _has_parent(process):
            yield f"still running: {command}"


def _has_parent(process: Path) -> bool:
    """Whether whoever started a process is there still: the first one takes over orphans."""
    with contextlib.suppress(OSError):
        return (process / "stat").read_text().rpartition(")")[2].split()[1] != "1"
    return True  # it has ended meanwhile


def _verdict(
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
    """A result as a table."""
    lines = [f"{'killed':>26}  {result.kills}", f"{'looks':>26}  {result.looks}"]
    lines += [f"{what:>26}  {count}" for what, count in sorted(result.counts.items())]
    lines += [f"{'seconds':>26}  {result.seconds:.0f}", ""]
    kinds = Counter(one.split(":")[0].split(" ")[0] for one in result.faults)
    lines += [f"{len(result.faults)} deviations {dict(kinds) or ''}", *result.faults[:60]]
    return "\n".join(lines)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--days", type=float, default=30)
    asked.add_argument("--feeds", type=int, default=50)
    asked.add_argument("--lives", type=int, nargs=2, default=(20, 160), metavar="REQUESTS")
    asked.add_argument("--reader", choices=("quick", "model"), default="quick")
    asked.add_argument("--most", type=float, default=3_600, help="seconds")
    asked.add_argument("--keep", type=Path, help="an empty folder, which is kept")
    args = asked.parse_args()
    timeline = Timeline(args.seed, args.days, args.feeds)
    with tempfile.TemporaryDirectory() as scratch:
        result = play(
            timeline,
            args.keep or Path(scratch),
            lives=tuple(args.lives),
            reader=args.reader,
            most=args.most,
        )
    print(report(result))
    return 1 if result.faults else 0


if __name__ == "__main__":
    sys.exit(main())
