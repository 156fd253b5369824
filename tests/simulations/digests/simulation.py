"""Play a year of digests in fast motion: forty channels, two workers that are killed again and
again, a Slack that fails.

`make year` runs it: SEED=, MONTHS= and CHANNELS= choose another play. Prints what was compared and
what deviates; ends with 1 if anything does.
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
"""Real seconds between two checks whether time may advance."""
LONGEST_PAUSE = 0.03
"""Real seconds after a call of Slack in which a worker dies: before it is recorded what came of it,
in the middle of it, or after it."""
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
    """How a play ended."""

    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    seconds: float = 0.0
    late: list[float] = field(default_factory=list)
    """Seconds from when digests were due to when they stood there, where nothing was out."""


@dataclass
class WorkerSlot:
    """Where a worker works, or one will again at `back_at`."""

    process: BaseProcess | None = None
    back_at: float = 0.0
    last_call: int = 0
    """After so many calls of Slack it dies."""
    dies_at: float | None = None


class Director:
    """Moves the clock as soon as nothing is left to do at a moment, lets happen what the year has,
    kills workers and starts them again."""

    def __init__(
        self, year: Year, folder: Path, slack: str, database: str, *, lives: tuple[int, int]
    ) -> None:
        self._year, self._lives = year, lives
        self._args = (str(folder), slack, database)
        self._chance = random.Random(year.seed)
        self._calls = slack_server.Counter(folder / "calls")
        self.clock = VirtualClock(folder / "clock")
        self.newsroom = newsroom_in(folder, database)
        self.actions = Actions(self.newsroom, year)
        self._places = [WorkerSlot(), WorkerSlot()]
        self._done, self.kills = 0, 0
        self.ended: Counter[int] = Counter()
        """How workers ended that nobody had killed."""

    def run(self, most: float) -> Iterator[str]:
        """Play to the end, in so many real seconds at most."""
        started = moved = time.monotonic()
        try:
            while self.clock.at < self._year.calm_until:
                self._see_to_workers()
                if not self._is_busy():
                    self._go_on()
                    moved = time.monotonic()
                    continue
                if time.monotonic() - moved > STUCK_AFTER or self.ended.total() > 3:
                    yield f"stuck: day day {self.clock.at / DAY:.2f}"
                    return
                if time.monotonic() - started > most:
                    yield f"after {most} s it was day {self.clock.at / DAY:.1f}"
                    return
                time.sleep(POLL_INTERVAL)
        finally:
            for place in self._places:
                self._kill(place)

    # -- workers

    def _see_to_workers(self) -> None:
        """Kill those whose time has come, and start those again that are to work now."""
        at = self.clock.at
        is_down = any(one.since <= at < one.until for one in self._year.downs)
        for place in self._places:
            if place.process and (code := place.process.exitcode) is not None:
                self.ended[code] += 1
                self._kill(place)
            elif place.process and (is_down or self._is_over(place)):
                self._kill(place)
                self.kills += 1
                # Both are away only when the year has it.
                another_works = any(one.process for one in self._places)
                if another_works and self._chance.random() < LONG_ABSENCE_SHARE:
                    place.back_at = at + self._chance.uniform(0.3, 6) * HOUR
        for place in self._places:
            if place.process is None and place.back_at <= at and not is_down:
                self._start(place)

    def _start(self, place: WorkerSlot) -> None:
        place.process = FORK_SERVER.Process(target=digest_worker.main, args=self._args)
        place.process.start()
        place.last_call = self._calls.calls + self._chance.randint(*self._lives)
        place.dies_at = None

    def _is_over(self, place: WorkerSlot) -> bool:
        """Whether a worker's life is over, by its calls and some moments more."""
        if self.clock.at > self._year.end:
            return False
        if place.dies_at is None and self._calls.calls >= place.last_call:
            pause = self._chance.choice((0.0, self._chance.uniform(0, LONGEST_PAUSE)))
            place.dies_at = time.monotonic() + pause
        return place.dies_at is not None and time.monotonic() >= place.dies_at

    @staticmethod
    def _kill(place: WorkerSlot) -> None:
        if place.process:
            place.process.kill()
            place.process.join()
            place.process = None

    # -- time

    def _is_busy(self) -> bool:
        """Whether a worker that lives has something to do."""
        alive = [one.process.pid for one in self._places if one.process]
        if not alive:
            return False
        now = self.clock()
        theirs = sa.or_(*(jobs.c.worker.contains(f"-{pid}-") for pid in alive))
        theirs = sa.and_(theirs, jobs.c.lease_until > now)
        free = sa.or_(jobs.c.lease_until.is_(None), jobs.c.lease_until <= now)
        due = sa.and_(jobs.c.due_at <= now, free)
        query = sa.select(jobs.c.id).where(jobs.c.state == "waiting", sa.or_(theirs, due))
        with self.newsroom.store.database.read() as connection:
            return connection.scalar(query.limit(1)) is not None

    def _go_on(self) -> None:
        """Move the clock to what comes next, and let it happen."""
        at, happenings = self.clock.at, self._year.happenings
        coming = [self._year.calm_until, *self._returns(at)]
        coming += [one.since for one in self._year.downs if one.since > at]
        if self._done < len(happenings):
            coming.append(happenings[self._done].at)
        if any(place.process for place in self._places) and (due := self._next_due()):
            coming.append((due - START).total_seconds())
        self.clock.move_to(min(coming))
        while self._done < len(happenings) and happenings[self._done].at <= self.clock.at:
            self.actions.do(happenings[self._done])
            self._done += 1

    def _returns(self, at: float) -> Iterator[float]:
        yield from (one.back_at for one in self._places if one.process is None and one.back_at > at)
        yield from (one.until for one in self._year.downs if one.until > at)

    def _next_due(self) -> datetime | None:
        """When the next job is due, or a dead worker's lease ends."""
        is_held = jobs.c.lease_until > jobs.c.due_at
        ready = sa.case((is_held, jobs.c.lease_until), else_=jobs.c.due_at)
        query = sa.select(sa.func.min(sa.type_coerce(ready, jobs.c.due_at.type)))
        with self.newsroom.store.database.read() as connection:
            due: datetime | None = connection.scalar(query.where(jobs.c.state == "waiting"))
        return due


def play(
    year: Year, folder: Path, *, lives: tuple[int, int], most: float, database: str = ""
) -> Result:
    """Play a year in an empty folder. A worker lives for so many calls of Slack, from the shortest
    life to the longest; the whole may take `most` seconds."""
    started, played = time.monotonic(), Result()
    VirtualClock(folder / "clock").move_to(year.begin)
    _configure(folder, database)
    with _slack(year, folder) as slack:
        director = Director(year, folder, slack, database, lives=lives)
        with director.newsroom:
            director.newsroom.open()
            played.faults += director.run(most)
            played.faults += director.actions.faults
            played.faults += _left(director)
    played.kills = director.kills
    if director.clock.at >= year.calm_until:
        _judge(year, director, folder, played)
    log = (folder / "worker.log").read_text() if (folder / "worker.log").exists() else ""
    played.counts["found again by their mark"] = log.count("after all")
    played.seconds = time.monotonic() - started
    return played


def _judge(year: Year, director: Director, folder: Path, played: Result) -> None:
    log = SlackLog(folder)
    played.counts.update(log.counts)
    channels = [
        ChannelVerdict(year, channel, director.actions.pressed, log) for channel in year.channels
    ]
    for verdict in (*channels, MessageVerdict(year, log)):
        played.faults += verdict.faults()
        played.counts.update(verdict.counts)
    played.late = sorted(late for one in channels for late in one.late)


def _configure(folder: Path, database: str) -> None:
    own = folder / "data" / "config"
    own.mkdir(parents=True)
    settings = {"search": {"vectors": False}, "fetch": {"allowed": []}}
    (own / "bot.yml").write_text(yaml.safe_dump(settings))
    store = Store(newsroom_in(folder, database).settings.database_url)
    store.database.migrate()
    store.close()


@contextlib.contextmanager
def _slack(year: Year, folder: Path) -> Iterator[str]:
    ours, theirs = FORK_SERVER.Pipe()
    args = (year.seed, year.days, year.count, year.first), str(folder), theirs
    process = FORK_SERVER.Process(target=slack_server.main, args=args)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}/api/"
    finally:
        process.kill()
        process.join()


def _left(director: Director) -> Iterator[str]:
    """What should not be in the store at the end."""
    for code, number in director.ended.items():
        yield f"worker: {number} ended by themselves with {code}"
    for job in director.newsroom.store.jobs.failing():
        yield f"job {job.kind} {job.key} is {job.state}: {job.failure}"


def report(played: Result) -> str:
    """A play as a table."""
    lines = [f"{'workers killed':>34}  {played.kills}"]
    lines += [f"{what:>34}  {count}" for what, count in sorted(played.counts.items())]
    if played.late:
        middle, worst = played.late[len(played.late) // 2], played.late[-1]
        last = played.late[len(played.late) * 99 // 100]
        late = f"{middle:.0f} s, {last:.0f} s, {worst:.0f} s"
        lines.append(f"{'late by (p50, p99, most)':>34}  {late}")
    lines += [f"{'seconds':>34}  {played.seconds:.0f}", ""]
    kinds = Counter(one.partition(":")[0] for one in played.faults)
    lines += [f"{len(played.faults)} deviations {dict(kinds) or ''}", *played.faults[:60]]
    return "\n".join(lines)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--days", type=float, help="in place of months")
    asked.add_argument("--first", type=int, default=0, help="day after that of the clock's start")
    asked.add_argument("--months", type=float, default=12)
    asked.add_argument("--channels", type=int, default=40)
    asked.add_argument("--lives", type=int, nargs=2, default=(40, 240), metavar="CALLS")
    asked.add_argument("--postgres", action="store_true", help="in place of SQLite")
    asked.add_argument("--most", type=float, default=10_800, help="seconds")
    asked.add_argument("--keep", type=Path, help="an empty folder, which is kept")
    args = asked.parse_args()
    days = args.days or round(args.months * 365 / 12)
    year = Year(args.seed, days, args.channels, args.first)
    with contextlib.ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database = ""
        if args.postgres:
            url = stack.enter_context(postgres.serving())
            if url is None:
                sys.exit("PostgreSQL is not installed")
            database = f"{url}/postgres".replace("postgresql:", "postgresql+psycopg:")
        lives: tuple[int, int] = (args.lives[0], args.lives[1])
        folder = args.keep or scratch
        played = play(year, folder, lives=lives, most=args.most, database=database)
    print(report(played))
    return 1 if played.faults else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.exit(main())
