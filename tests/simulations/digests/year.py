"""What happens in a year of digests, and when: all of it follows from a seed. The truth.

Times are seconds since START. Nothing here knows of Claimdesk.
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
from tests.simulations.stories import name

ZONES = (
    # Clocks that change at two, at one, at midnight, for Ramadan, by half an hour, and where the
    # day is another one.
    *("America/New_York", "Europe/London", "America/Santiago", "Africa/Casablanca"),
    *("Australia/Lord_Howe", "Pacific/Chatham"),
)
HOURS = tuple(
    # Where clocks change, the first ones are left out on one day of the year, or come twice.
    time.fromisoformat(one)
    for one in ("02:30", "01:30", "23:55", "08:30", "01:45", "03:00", "00:00", "17:30", "07:00")
)
WEEKDAYS = (1, 2, 3, 4, 5)
STEP = 5 * MINUTE
"""Digests come at multiples of it, and nothing else happens near these."""
CALM_DAYS = 5.0
"""Days without faults at the end, in which everything due arrives."""

What = Literal["set", "off", "now", "arrive", "withdraw", "correct"]
OutageKind = Literal["500", "unheard", "429", "token"]
OUTAGES: tuple[OutageKind, ...] = ("500", "unheard", "429", "token")
CLOSED = ("is_archived", "not_in_channel")


@dataclass(frozen=True)
class Schedule:
    """A channel's schedule of digests."""

    at: time
    zone: str
    days: tuple[int, ...] = ()
    skip: date | None = None
    paused_until: date | None = None

    def wants(self, day: date) -> bool:
        if day == self.skip or (self.paused_until and day < self.paused_until):
            return False
        return not self.days or day.isoweekday() in self.days


@dataclass(frozen=True)
class Event:
    at: float
    what: What
    number: int
    """Of the channel or the story."""
    wanted: Schedule | None = None


@dataclass(frozen=True)
class Story:
    """An article with one claim. `words` are those that some watch waits for."""

    number: int
    at: float
    speaker: str
    other: str
    """Who has said it in truth, if it is corrected."""
    words: tuple[str, ...]
    withdrawn: float | None
    corrected: float | None

    @property
    def docket(self) -> str:
        """By this messages are searched for what they show."""
        return f"docket {self.number:05}"

    @property
    def text(self) -> str:
        chance = random.Random(self.number)
        made = " ".join(name(chance).lower() for _ in range(9))
        told = f"“Of {self.docket}: {made} {' '.join(self.words)} {chance.randint(1, 9_999)} tons,”"
        return f"{told} said {self.speaker}.\n\n{self.other} was there as well."


@dataclass(frozen=True)
class Watch:
    """Somebody's watch for a word, in direct messages."""

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
    """A period in which something is out, and what."""

    since: float
    until: float
    what: str = ""

    def touches(self, since: float, until: float) -> bool:
        return self.since <= until and since <= self.until


@dataclass(frozen=True)
class Period:
    """Settings of a channel and when they apply."""

    since: float
    until: float
    wanted: Schedule


@dataclass
class Channel:
    """A channel, its settings in time, and when nothing can be posted there."""

    number: int
    periods: list[Period] = field(default_factory=list)
    closed: list[Outage] = field(default_factory=list)
    """Until somebody sets the digest again."""

    @property
    def id(self) -> str:
        return f"C{self.number:02}"

    @property
    def person(self) -> str:
        return f"U{self.number:02}"

    @property
    def is_readable(self) -> bool:
        """Whether its history can be read."""
        return self.number % 10 != 3


class Year:
    """So many days of so many channels, from the day `first` after START on."""

    def __init__(self, seed: int, days: float, count: int, first: int = 0) -> None:
        self.seed, self.days, self.count, self.first = seed, days, count, first
        self._chance = random.Random(seed)
        self.begin = first * DAY
        self.end = self.begin + days * DAY
        self.calm_until = self.end + CALM_DAYS * DAY
        self.outages = list(self._spans(min(40, days / 4), (0.5, 3.2), OUTAGES))
        self.downs = list(self._spans(min(20, days / 5), (0.3, 9.0), ("both workers",)))
        self.stories = [self._story(n) for n in range(int(days * min(10, 2 + count)))]
        self.channels = [Channel(n) for n in range(count)]
        happenings = [one for channel in self.channels for one in self._life(channel)]
        for story in self.stories:
            happenings += _story_life(story)
        self.happenings = sorted(happenings, key=lambda one: one.at)

    # -- what goes wrong

    def _spans(
        self, every: float, hours: tuple[float, float], kinds: tuple[str, ...]
    ) -> Iterator[Outage]:
        """Spans of some hours, one in so many days or so: each begins when a digest is due soon."""
        chance, number = self._chance, 0
        day = self.first + chance.uniform(0.2, 0.8) * every
        while day < self.first + self.days - 3:
            channel = chance.randrange(self.count)
            due = first_at(_local_day(day * DAY, ZONES[0]), _hour(channel), _zone(channel))
            since = (due or day * DAY) - chance.uniform(5, 50) * MINUTE
            until = since + chance.uniform(*hours) * HOUR
            yield Outage(since, until, kinds[number % len(kinds)])
            day, number = until / DAY + chance.uniform(0.7, 1.3) * every, number + 1

    # -- what is told

    def _story(self, number: int) -> Story:
        chance = self._chance
        at = self._odd(chance.uniform(self.begin + HOUR, self.end - DAY))
        later = self._odd(at + chance.uniform(1, 72) * HOUR)
        ill = chance.random()
        return Story(
            number=number,
            at=at,
            speaker=f"{name(chance)} {name(chance)}",
            other=f"{name(chance)} {name(chance)}",
            words=tuple(word for word in WORDS if chance.random() < 0.08),
            withdrawn=later if ill < 0.05 else None,
            corrected=later if 0.05 <= ill < 0.1 else None,
        )

    # -- what is wanted

    def _life(self, channel: Channel) -> Iterator[Event]:
        """What people do about a channel's digest, and what becomes of the channel."""
        chance, n = self._chance, channel.number
        # Clocks change at weekends: the first ones want those, too.
        days: tuple[int, ...] = () if n < 3 else chance.choice(((), (), WEEKDAYS, (2, 5)))
        wanted = Schedule(_hour(n), _zone(n), days)
        at = self._odd(self.begin)
        yield self._set(channel, at, wanted)
        every = min(60, self.days / 2) * DAY
        closing = at + chance.uniform(0.1, 1.0) * every
        while True:
            at = self._odd(at + chance.uniform(2, 25) * DAY)
            if at > self.end - 9 * DAY:
                return
            if at > closing:
                since = self._odd(at + HOUR)
                until = self._odd(since + chance.choice((2, 30, 60)) * HOUR)
                at = self._odd(until + chance.uniform(0.2, 3) * HOUR)
                channel.closed += [
                    Outage(since, until, chance.choice(CLOSED)), Outage(until, at, "open again"),
                ]  # fmt: skip
                closing = at + chance.uniform(0.5, 1.5) * every
                yield self._set(channel, at, wanted)
                continue
            match chance.choice(("hour", "zone", "days", "off", "skip", "pause", "now")):
                case "hour":
                    wanted = replace(wanted, at=chance.choice(HOURS))
                case "zone":
                    wanted = replace(wanted, zone=chance.choice(ZONES))
                case "days":
                    wanted = replace(wanted, days=chance.choice(((), WEEKDAYS, (1, 3, 6))))
                case "skip":
                    wanted = replace(wanted, skip=_local_day(at, wanted.zone) + timedelta(1))
                case "pause":
                    after = timedelta(chance.randint(2, 10))
                    wanted = replace(wanted, paused_until=_local_day(at, wanted.zone) + after)
                case "off":
                    yield self._off(channel, at)
                    at = self._odd(at + chance.uniform(0.2, 5) * DAY)
                case "now":
                    yield Event(at, "now", n)
                    continue
            yield self._set(channel, at, wanted)

    def _set(self, channel: Channel, at: float, wanted: Schedule) -> Event:
        self._end(channel, at)
        channel.periods.append(Period(at, self.calm_until, wanted))
        return Event(at, "set", channel.number, wanted)

    def _off(self, channel: Channel, at: float) -> Event:
        self._end(channel, at)
        return Event(at, "off", channel.number)

    @staticmethod
    def _end(channel: Channel, at: float) -> None:
        if channel.periods and channel.periods[-1].until > at:
            channel.periods[-1] = replace(channel.periods[-1], until=at)

    def _odd(self, at: float) -> float:
        """A time soon after another at which no digest is due, nor in the minutes around it."""
        return (at // STEP + 1) * STEP + self._chance.uniform(100, 200)


def _hour(channel: int) -> time:
    return HOURS[channel % len(HOURS)]


def _zone(channel: int) -> str:
    return ZONES[channel % len(ZONES)]


def _story_life(story: Story) -> Iterator[Event]:
    yield Event(story.at, "arrive", story.number)
    if story.withdrawn is not None:
        yield Event(story.withdrawn, "withdraw", story.number)
    if story.corrected is not None:
        yield Event(story.corrected, "correct", story.number)


# -- local time, by looking at clocks


def _local_day(at: float, zone: str) -> date:
    return moment(at).astimezone(ZoneInfo(zone)).date()


@cache
def first_at(day: date, at: time, zone: str) -> float | None:
    """The first moment of a local day at which a clock on the wall shows a time or a later one,
    found by looking at it every five minutes; None where the zone has no such moment."""
    tz = ZoneInfo(zone)
    looked = datetime.combine(day, time(0), UTC) - timedelta(hours=15)
    for _ in range(12 * 44):
        local = looked.astimezone(tz)
        if local.date() == day and local.time() >= at:
            return (looked - START).total_seconds()
        looked += timedelta(minutes=5)
    return None


def due_days(period: Period) -> Iterator[tuple[date, float]]:
    """The local days whose digest is due while settings hold, and when."""
    wanted = period.wanted
    day = _local_day(period.since, wanted.zone)
    while (due := first_at(day, wanted.at, wanted.zone) or 0.0) <= period.until:
        if period.since < due and wanted.wants(day):
            yield day, due
        day += timedelta(1)
