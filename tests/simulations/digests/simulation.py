"""Play a year of digests in fast motion: forty channels, two workers that are killed again and
again, a Slack that fails.

`make year` runs it: SEED=, MONTHS= and CHANNELS= choose another play. Prints what was compared and
what deviates; exits with 1 if anything does.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.process import BaseProcess
from pathlib import Path

import sqlalchemy as sa
import yaml

from bot.store import Store
from bot.store.schema import jobs
from tests import postgres
from tests.simulations.clock import VirtualClock
from tests.simulations.digests import digest_worker, slack_server
from tests.simulations.digests.actions import Actions
from tests.simulations.digests.digest_verdict import ChannelVerdict
from tests.simulations.digests.digest_worker import newsroom_in
from tests.simulations.digests.message_verdict import MessageVerdict
from tests.simulations.digests.slack_log import SlackLog
from tests.simulations.digests.year import Year
from tests.simulations.feeds.timeline import DAY, HOUR, START

POLL_INTERVAL = 0.002
"""Real seconds between two checks for remaining work."""
MAX_KILL_DELAY = 0.03
"""The longest time, in real seconds, from a worker's last call of Slack to its death: it dies
before, while or after it records the outcome."""
STUCK_AFTER = 90.0
"""Real seconds within which a due job must be done."""
LONG_ABSENCE_SHARE = 0.04
"""The share of killed workers that return only after hours."""

FORK_SERVER = multiprocessing.get_context("forkserver")
FORK_SERVER.set_forkserver_preload(
    ["tests.simulations.digests.digest_worker", "tests.simulations.digests.slack_server"]
)


@dataclass
class Result:
    """The outcome of a simulation."""

    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    seconds: float = 0.0
    late: list[float] = field(default_factory=list)
    """By how many seconds each digest was late, if there was no outage."""


@dataclass
class WorkerSlot:
    """A place for a worker; if it is empty, a worker starts there at `back_at`."""

    process: BaseProcess | None = None
    back_at: float = 0.0
    last_call: int = 0
    """The number of calls of Slack after which the worker is killed."""
    dies_at: float | None = None


class Director:
    """Moves the clock whenever there is no work left, carries out the year's events, and kills and
    restarts workers."""

    def __init__(
        self, year: Year, folder: Path, slack: str, database: str, *, lives: tuple[int, int]
    ) -> None:
        self._year, self._lives = year, lives
        self._args = (str(folder), slack, database)
        self._chance = random.Random(year.seed)
        self._calls = slack_server.CallCounter(folder / "calls")
        self.clock = VirtualClock(folder / "clock")
        self.newsroom = newsroom_in(folder, database)
        self.actions = Actions(self.newsroom, year)
        self._slots = [WorkerSlot(), WorkerSlot()]
        self._done, self.kills = 0, 0
        self.crashes: Counter[int] = Counter()
        """The exit codes of workers that were not killed."""

    def run(self, max_seconds: float) -> Iterator[str]:
        """Play to the end, in at most `max_seconds` real seconds; report if that fails."""
        started_at = moved_at = time.monotonic()
        try:
            while self.clock.seconds < self._year.calm_until:
                self._kill_and_start_workers()
                if not self._is_busy():
                    self._advance()
                    moved_at = time.monotonic()
                    continue
                if time.monotonic() - moved_at > STUCK_AFTER or self.crashes.total() > 3:
                    yield f"stuck: day {self.clock.seconds / DAY:.2f}"
                    return
                if time.monotonic() - started_at > max_seconds:
                    yield f"day {self.clock.seconds / DAY:.1f} after {max_seconds} s"
                    return
                time.sleep(POLL_INTERVAL)
        finally:
            for slot in self._slots:
                self._kill(slot)

    # -- workers

    def _kill_and_start_workers(self) -> None:
        """Kill the workers whose time has come, and start those that are due to return."""
        at = self.clock.seconds
        is_down = any(downtime.since <= at < downtime.until for downtime in self._year.downtimes)
        for slot in self._slots:
            if slot.process and (code := slot.process.exitcode) is not None:
                self.crashes[code] += 1
                self._kill(slot)
            elif slot.process and (is_down or self._is_over(slot)):
                self._kill(slot)
                self.kills += 1
                # Both workers are away only in the year's downtimes.
                if (
                    any(slot.process for slot in self._slots)
                    and self._chance.random() < LONG_ABSENCE_SHARE
                ):
                    slot.back_at = at + self._chance.uniform(0.3, 6) * HOUR
        for slot in self._slots:
            if slot.process is None and slot.back_at <= at and not is_down:
                self._start(slot)

    def _start(self, slot: WorkerSlot) -> None:
        slot.process = FORK_SERVER.Process(target=digest_worker.main, args=self._args)
        slot.process.start()
        slot.last_call = self._calls.calls + self._chance.randint(*self._lives)
        slot.dies_at = None

    def _is_over(self, slot: WorkerSlot) -> bool:
        """Tell whether a worker has made its last call, and the delay after it has passed."""
        if self.clock.seconds > self._year.end:
            return False
        if slot.dies_at is None and self._calls.calls >= slot.last_call:
            delay = self._chance.choice((0.0, self._chance.uniform(0, MAX_KILL_DELAY)))
            slot.dies_at = time.monotonic() + delay
        return slot.dies_at is not None and time.monotonic() >= slot.dies_at

    @staticmethod
    def _kill(slot: WorkerSlot) -> None:
        if slot.process:
            slot.process.kill()
            slot.process.join()
            slot.process = None

    # -- time

    def _is_busy(self) -> bool:
        """Tell whether a living worker has something to do."""
        pids = [slot.process.pid for slot in self._slots if slot.process]
        if not pids:
            return False
        now = self.clock()
        is_theirs = sa.or_(*(jobs.c.worker.contains(f"-{pid}-") for pid in pids))
        leased = sa.and_(is_theirs, jobs.c.lease_until > now)
        free = sa.or_(jobs.c.lease_until.is_(None), jobs.c.lease_until <= now)
        due = sa.and_(jobs.c.due_at <= now, free)
        query = sa.select(jobs.c.id).where(jobs.c.state == "waiting", sa.or_(leased, due))
        with self.newsroom.store.database.read() as connection:
            return connection.scalar(query.limit(1)) is not None

    def _advance(self) -> None:
        """Move the clock to the next event, and carry out what is due then."""
        at, events = self.clock.seconds, self._year.events
        times = [self._year.calm_until, *self._returns(at)]
        times += [downtime.since for downtime in self._year.downtimes if downtime.since > at]
        if self._done < len(events):
            times.append(events[self._done].at)
        if any(slot.process for slot in self._slots) and (due := self._next_due()):
            times.append((due - START).total_seconds())
        self.clock.move_to(min(times))
        while self._done < len(events) and events[self._done].at <= self.clock.seconds:
            self.actions.do(events[self._done])
            self._done += 1

    def _returns(self, at: float) -> Iterator[float]:
        """Return when workers return after `at`."""
        yield from (s.back_at for s in self._slots if s.process is None and s.back_at > at)
        yield from (downtime.until for downtime in self._year.downtimes if downtime.until > at)

    def _next_due(self) -> datetime | None:
        """Return when the next job is due, or a dead worker's lease ends."""
        is_held = jobs.c.lease_until > jobs.c.due_at
        ready = sa.case((is_held, jobs.c.lease_until), else_=jobs.c.due_at)
        query = sa.select(sa.func.min(sa.type_coerce(ready, jobs.c.due_at.type)))
        with self.newsroom.store.database.read() as connection:
            due: datetime | None = connection.scalar(query.where(jobs.c.state == "waiting"))
        return due


def play(
    year: Year, folder: Path, *, lives: tuple[int, int], max_seconds: float, database: str = ""
) -> Result:
    """Play a year in an empty folder.

    Each worker is killed after a number of calls of Slack within `lives`. The whole play may take
    `max_seconds`.
    """
    started_at, result = time.monotonic(), Result()
    VirtualClock(folder / "clock").move_to(year.start)
    _configure(folder, database)
    with _slack(year, folder) as slack:
        director = Director(year, folder, slack, database, lives=lives)
        with director.newsroom:
            director.newsroom.open()
            result.faults += director.run(max_seconds)
            result.faults += director.actions.faults
            result.faults += _failures(director)
    result.kills = director.kills
    if director.clock.seconds >= year.calm_until:
        _judge(year, director, folder, result)
    log = (folder / "worker.log").read_text() if (folder / "worker.log").exists() else ""
    result.counts["found by lookup"] = log.count("after all")
    result.seconds = time.monotonic() - started_at
    return result


def _judge(year: Year, director: Director, folder: Path, result: Result) -> None:
    log = SlackLog(folder)
    result.counts.update(log.counts)
    channels = [
        ChannelVerdict(year, channel, director.actions.presses, log) for channel in year.channels
    ]
    for verdict in (*channels, MessageVerdict(year, log)):
        result.faults += verdict.faults()
        result.counts.update(verdict.counts)
    result.late = sorted(late for verdict in channels for late in verdict.late)


def _configure(folder: Path, database: str) -> None:
    config_folder = folder / "data" / "config"
    config_folder.mkdir(parents=True)
    settings = {"search": {"vectors": False}, "fetch": {"allowed": []}}
    (config_folder / "bot.yml").write_text(yaml.safe_dump(settings))
    store = Store(newsroom_in(folder, database).settings.database_url)
    store.database.migrate()
    store.close()


@contextlib.contextmanager
def _slack(year: Year, folder: Path) -> Iterator[str]:
    receiver, sender = FORK_SERVER.Pipe()
    args = (year.seed, year.days, year.count, year.first_day), str(folder), sender
    process = FORK_SERVER.Process(target=slack_server.main, args=args)
    process.start()
    try:
        yield f"http://127.0.0.1:{receiver.recv()}/api/"
    finally:
        process.kill()
        process.join()


def _failures(director: Director) -> Iterator[str]:
    """Return the workers that crashed and the jobs that fail at the end."""
    for code, number in director.crashes.items():
        yield f"worker: {number} exited with {code}"
    for job in director.newsroom.store.jobs.failing():
        yield f"job {job.kind} {job.key} is {job.state}: {job.failure}"


def report(result: Result) -> str:
    """Format a result as a table."""
    lines = [f"{'workers killed':>34}  {result.kills}"]
    lines += [f"{what:>34}  {count}" for what, count in sorted(result.counts.items())]
    if result.late:
        median, longest = result.late[len(result.late) // 2], result.late[-1]
        p99 = result.late[len(result.late) * 99 // 100]
        late = f"{median:.0f} s, {p99:.0f} s, {longest:.0f} s"
        lines.append(f"{'late by (p50, p99, most)':>34}  {late}")
    lines += [f"{'seconds':>34}  {result.seconds:.0f}", ""]
    kinds = Counter(fault.partition(":")[0] for fault in result.faults)
    lines += [f"{len(result.faults)} deviations {dict(kinds) or ''}", *result.faults[:60]]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=float, help="instead of months")
    parser.add_argument("--first", type=int, default=0, help="days after the clock's start")
    parser.add_argument("--months", type=float, default=12)
    parser.add_argument("--channels", type=int, default=40)
    parser.add_argument("--lives", type=int, nargs=2, default=(40, 240), metavar="CALLS")
    parser.add_argument("--postgres", action="store_true", help="instead of SQLite")
    parser.add_argument("--most", type=float, default=10_800, help="seconds")
    parser.add_argument("--keep", type=Path, help="an empty folder to keep")
    args = parser.parse_args()
    days = args.days or round(args.months * 365 / 12)
    year = Year(args.seed, days, args.channels, args.first)
    with contextlib.ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database = ""
        if args.postgres:
            url = stack.enter_context(postgres.run_server())
            if url is None:
                sys.exit("PostgreSQL is not installed")
            database = f"{url}/postgres".replace("postgresql:", "postgresql+psycopg:")
        lives: tuple[int, int] = (args.lives[0], args.lives[1])
        folder = args.keep or scratch
        result = play(year, folder, lives=lives, max_seconds=args.most, database=database)
    print(report(result))
    return 1 if result.faults else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.exit(main())
