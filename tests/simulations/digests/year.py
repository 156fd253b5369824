"""The events of a year of digests, generated from a seed: the ground truth of a simulation.

Times are seconds since START. This module imports nothing of Claimdesk.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from tests.simulations.feeds.timeline import DAY, HOUR, MINUTE, START, moment
from tests.simulations.stories import make_name

ZONES = (
    # Clocks change at two, at one, at midnight, for Ramadan, by half an hour; the last zone often
    # has another date than the rest.
    *("America/New_York", "Europe/London", "America/Santiago", "Africa/Casablanca"),
    *("Australia/Lord_Howe", "Pacific/Chatham"),
)
HOURS = tuple(
    # The first hours are skipped or repeated on the days when clocks change.
    time.fromisoformat(hour)
    for hour in ("02:30", "01:30", "23:55", "08:30", "01:45", "03:00", "00:00", "17:30", "07:00")
)
WEEKDAYS = (1, 2, 3, 4, 5)
STEP = 5 * MINUTE
"""Digests are due at multiples of it; nothing else happens near them."""
CALM_DAYS = 5.0
"""The last days, without faults, in which everything due arrives."""

EventKind = Literal["set", "off", "now", "arrive", "withdraw", "correct"]
OutageKind = Literal["500", "unheard", "429", "token"]
OUTAGES: tuple[OutageKind, ...] = ("500", "unheard", "429", "token")
CLOSURES = ("is_archived", "not_in_channel")


@dataclass(frozen=True)
class Schedule:
    """A channel's schedule of digests."""

    at: time
    zone: str
    days: tuple[int, ...] = ()
    skip: date | None = None
    paused_until: date | None = None

    def includes(self, day: date) -> bool:
        if day == self.skip or (self.paused_until and day < self.paused_until):
            return False
        return not self.days or day.isoweekday() in self.days


@dataclass(frozen=True)
class Event:
    at: float
    kind: EventKind
    number: int
    """The number of the channel or the story."""
    schedule: Schedule | None = None


@dataclass(frozen=True)
class Story:
    """An article with one claim; `words` are the watched words in it."""

    number: int
    at: float
    speaker: str
    other: str
    """The right speaker, if the claim is corrected."""
    words: tuple[str, ...]
    withdrawn: float | None
    corrected: float | None

    @property
    def docket(self) -> str:
        """Return the mark by which a message shows this story."""
        return f"docket {self.number:05}"

    @property
    def text(self) -> str:
        chance = random.Random(self.number)
        names = " ".join(make_name(chance).lower() for _ in range(9))
        words, tons = " ".join(self.words), chance.randint(1, 9_999)
        quote = f"“Of {self.docket}: {names} {words} {tons} tons,”"
        return f"{quote} said {self.speaker}.\n\n{self.other} was there as well."


@dataclass(frozen=True)
class Watch:
    """A person's watch for a word, with alerts as direct messages."""

    number: int
    word: str
    pace: Literal["at_once", "hourly", "daily"] = "at_once"
    at: time | None = None
    zone: str = "Europe/London"
    quiet: tuple[time, time] | None = None

    @property
    def person(self) -> str:
        return f"UW{self.number}"


WATCHES = (
    Watch(1, "turnips"),
    Watch(2, "herring"),
    Watch(3, "turnips", "hourly"),
    Watch(4, "herring", "daily", time(2, 30), "America/New_York"),
    Watch(5, "turnips", quiet=(time(22), time(7)), zone="Pacific/Chatham"),
)
WORDS = ("turnips", "herring")


@dataclass(frozen=True)
class Outage:
    """A period in which something does not work."""

    since: float
    until: float
    kind: str = ""

    def overlaps(self, since: float, until: float) -> bool:
        return self.since <= until and since <= self.until


@dataclass(frozen=True)
class Period:
    """A period in which a channel has a schedule."""

    since: float
    until: float
    schedule: Schedule


@dataclass
class Channel:
    """A channel, its schedules over time, and when nothing can be posted there."""

    number: int
    periods: list[Period] = field(default_factory=list)
    closed: list[Outage] = field(default_factory=list)
    """Pairs: the closure itself, and the time until the digest is turned on again."""

    @property
    def id(self) -> str:
        return f"C{self.number:02}"

    @property
    def person(self) -> str:
        return f"U{self.number:02}"

    @property
    def is_readable(self) -> bool:
        """Tell whether the bot may read the channel's history."""
        return self.number % 10 != 3


class Year:
    """The events of `days` days and `count` channels, from the day `first_day` after START."""

    def __init__(self, seed: int, days: float, count: int, first_day: int = 0) -> None:
        self.seed, self.days, self.count, self.first_day = seed, days, count, first_day
        self._chance = random.Random(seed)
        self.start = first_day * DAY
        self.end = self.start + days * DAY
        self.calm_until = self.end + CALM_DAYS * DAY
        self.outages = list(self._outages(min(40, days / 4), (0.5, 3.2), OUTAGES))
        self.downtimes = list(self._outages(min(20, days / 5), (0.3, 9.0), ("both workers",)))
        self.stories = [self._story(n) for n in range(int(days * min(10, 2 + count)))]
        self.channels = [Channel(n) for n in range(count)]
        events = [event for channel in self.channels for event in self._channel_events(channel)]
        for story in self.stories:
            events += _story_events(story)
        self.events = sorted(events, key=lambda event: event.at)

    # -- outages

    def _outages(
        self, interval: float, hours: tuple[float, float], kinds: tuple[str, ...]
    ) -> Iterator[Outage]:
        """Generate an outage about every `interval` days, shortly before a digest is due."""
        chance, number = self._chance, 0
        day = self.first_day + chance.uniform(0.2, 0.8) * interval
        while day < self.first_day + self.days - 3:
            channel = chance.randrange(self.count)
            due = first_time_at(_local_day(day * DAY, ZONES[0]), _hour(channel), _zone(channel))
            since = (due or day * DAY) - chance.uniform(5, 50) * MINUTE
            until = since + chance.uniform(*hours) * HOUR
            yield Outage(since, until, kinds[number % len(kinds)])
            day, number = until / DAY + chance.uniform(0.7, 1.3) * interval, number + 1

    # -- stories

    def _story(self, number: int) -> Story:
        chance = self._chance
        at = self._quiet_time(chance.uniform(self.start + HOUR, self.end - DAY))
        later = self._quiet_time(at + chance.uniform(1, 72) * HOUR)
        draw = chance.random()
        return Story(
            number=number,
            at=at,
            speaker=f"{make_name(chance)} {make_name(chance)}",
            other=f"{make_name(chance)} {make_name(chance)}",
            words=tuple(word for word in WORDS if chance.random() < 0.08),
            withdrawn=later if draw < 0.05 else None,
            corrected=later if 0.05 <= draw < 0.1 else None,
        )

    # -- channels

    def _channel_events(self, channel: Channel) -> Iterator[Event]:
        """Generate what people do about a channel's digest, and the channel's closures."""
        chance, n = self._chance, channel.number
        # Clocks change at weekends: the first channels have digests then.
        days: tuple[int, ...] = () if n < 3 else chance.choice(((), (), WEEKDAYS, (2, 5)))
        schedule = Schedule(_hour(n), _zone(n), days)
        at = self._quiet_time(self.start)
        yield self._set(channel, at, schedule)
        interval = min(60, self.days / 2) * DAY
        next_closure = at + chance.uniform(0.1, 1.0) * interval
        while True:
            at = self._quiet_time(at + chance.uniform(2, 25) * DAY)
            if at > self.end - 9 * DAY:
                return
            if at > next_closure:
                since = self._quiet_time(at + HOUR)
                until = self._quiet_time(since + chance.choice((2, 30, 60)) * HOUR)
                at = self._quiet_time(until + chance.uniform(0.2, 3) * HOUR)
                channel.closed += [
                    Outage(since, until, chance.choice(CLOSURES)), Outage(until, at, "reopened"),
                ]  # fmt: skip
                next_closure = at + chance.uniform(0.5, 1.5) * interval
                yield self._set(channel, at, schedule)
                continue
            match chance.choice(("hour", "zone", "days", "off", "skip", "pause", "now")):
                case "hour":
                    schedule = replace(schedule, at=chance.choice(HOURS))
                case "zone":
                    schedule = replace(schedule, zone=chance.choice(ZONES))
                case "days":
                    schedule = replace(schedule, days=chance.choice(((), WEEKDAYS, (1, 3, 6))))
                case "skip":
                    schedule = replace(schedule, skip=_local_day(at, schedule.zone) + timedelta(1))
                case "pause":
                    after = timedelta(chance.randint(2, 10))
                    schedule = replace(schedule, paused_until=_local_day(at, schedule.zone) + after)
                case "off":
                    yield self._off(channel, at)
                    at = self._quiet_time(at + chance.uniform(0.2, 5) * DAY)
                case "now":
                    yield Event(at, "now", n)
                    continue
            yield self._set(channel, at, schedule)

    def _set(self, channel: Channel, at: float, schedule: Schedule) -> Event:
        self._end(channel, at)
        channel.periods.append(Period(at, self.calm_until, schedule))
        return Event(at, "set", channel.number, schedule)

    def _off(self, channel: Channel, at: float) -> Event:
        self._end(channel, at)
        return Event(at, "off", channel.number)

    @staticmethod
    def _end(channel: Channel, at: float) -> None:
        if channel.periods and channel.periods[-1].until > at:
            channel.periods[-1] = replace(channel.periods[-1], until=at)

    def _quiet_time(self, at: float) -> float:
        """Return a time soon after `at` that is minutes away from any digest."""
        return (at // STEP + 1) * STEP + self._chance.uniform(100, 200)


def _hour(channel: int) -> time:
    return HOURS[channel % len(HOURS)]


def _zone(channel: int) -> str:
    return ZONES[channel % len(ZONES)]


def _story_events(story: Story) -> Iterator[Event]:
    yield Event(story.at, "arrive", story.number)
    if story.withdrawn is not None:
        yield Event(story.withdrawn, "withdraw", story.number)
    if story.corrected is not None:
        yield Event(story.corrected, "correct", story.number)


# -- local time, found by trying each step, without the bot's arithmetic


def _local_day(at: float, zone: str) -> date:
    return moment(at).astimezone(ZoneInfo(zone)).date()


@cache
def first_time_at(day: date, at: time, zone: str) -> float | None:
    """Return when a local clock first shows the time `at` or a later one on a day.

    Tries every five minutes. Returns None if the zone skips the rest of that day.
    """
    tz = ZoneInfo(zone)
    instant = datetime.combine(day, time(0), UTC) - timedelta(hours=15)
    for _ in range(12 * 44):
        local = instant.astimezone(tz)
        if local.date() == day and local.time() >= at:
            return (instant - START).total_seconds()
        instant += timedelta(minutes=5)
    return None


def due_days(period: Period) -> Iterator[tuple[date, float]]:
    """Return the local days whose digest is due in a period, and when."""
    schedule = period.schedule
    day = _local_day(period.since, schedule.zone)
    while (due := first_time_at(day, schedule.at, schedule.zone) or 0.0) <= period.until:
        if period.since < due and schedule.includes(day):
            yield day, due
        day += timedelta(1)
