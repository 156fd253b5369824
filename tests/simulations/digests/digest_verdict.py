"""Check that each digest was posted once, on time and with its claims, or announced as missed:
from Slack's log and the events of the year alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from tests.simulations.digests.actions import Press
from tests.simulations.digests.slack_log import Message, SlackLog, texts
from tests.simulations.digests.year import (
    Channel,
    Outage,
    Story,
    Year,
    due_days,
    first_time_at,
)
from tests.simulations.feeds.timeline import DAY, HOUR, MINUTE, moment

MAX_DELAY = 2 * HOUR
"""A digest that could not be posted for longer is announced as missed instead."""
ON_TIME = 30 * MINUTE
"""The longest delay without an outage: after four refused calls, or some killed workers."""
AFTERMATH = 30 * MINUTE
"""How long an outage may have effects after its end."""
FIRST_REACH, MAX_REACH = DAY, 7 * DAY
"""How far back a first digest reaches, and how far any digest reaches at most."""

DOCKET = re.compile(r"docket \d{5}")
COUNT = re.compile(r": (\d+) claims? in \d+ article")
REST_BUTTON = re.compile(r"Show (\d+) more")
MISSED, UNSURE = "Not posted in time: ", "May not have been posted: "
CHANGES = "Corrections"
PAUSED = "paused the digest in"

MUST_BE_ZERO = ("digests posted twice", "digests lost", "digests at a wrong local time")
"""Counts that must be 0."""


def is_disturbed(year: Year, closed: Sequence[Outage], since: float, until: float) -> bool:
    """Tell whether an outage affected a period."""
    outages = (*year.outages, *year.downtimes, *closed)
    return any(outage.overlaps(since - AFTERMATH, until) for outage in outages)


@dataclass
class ExpectedDigest:
    """A digest that a channel should get on a day, and when it is due by each schedule then."""

    day: date
    dues: list[float] = field(default_factory=list)

    def due(self, at: float) -> float | None:
        """Return when the digest that was posted at `at` was due."""
        return max((due for due in self.dues if due <= at), default=None)


class ChannelVerdict:
    """Compares one channel; `late` has the delays of its digests, in seconds, without outages."""

    def __init__(
        self, year: Year, channel: Channel, presses: Sequence[Press], log: SlackLog
    ) -> None:
        self._year, self._channel, self._log = year, channel, log
        self.counts = Counter(dict.fromkeys(MUST_BE_ZERO, 0))
        self.late: list[float] = []
        self._digests = [digest for digest in log.by_channel[channel.id] if digest.is_digest]
        self._expected: dict[date, ExpectedDigest] = {}
        for period in channel.periods:
            for day, due in due_days(period):
                self._expected.setdefault(day, ExpectedDigest(day)).dues.append(due)
        for press in presses:
            if press.channel == channel.number:
                self._expected.setdefault(press.day, ExpectedDigest(press.day)).dues.append(
                    press.at
                )

    def faults(self) -> Iterator[str]:
        """Return a description of every deviation."""
        self.counts["digests"] = len(self._digests)
        times = Counter(digest.day for digest in self._digests)
        for day, number in times.items():
            self.counts["digests posted twice"] += number - 1
            if number > 1:
                yield f"twice: the digest of {day} was posted {number} times"
        for digest in self._digests:
            yield from self._check_time(digest)
        for expected in self._expected.values():
            if expected.day not in times:
                yield from self._check_missing(expected)
        yield from self._check_claims()

    # -- time

    def _check_time(self, digest: Message) -> Iterator[str]:
        """Check that a digest was posted on time."""
        expected = self._expected.get(digest.day)
        due = expected.due(digest.at) if expected else None
        late = digest.at - due if due is not None else 0.0
        if due is None:
            problem = "was not due by then"
        elif late > MAX_DELAY:
            problem = f"is {late / MINUTE:.0f} minutes late"
        elif is_disturbed(self._year, self._channel.closed, due, digest.at):
            self.counts["digests delayed by an outage"] += late > ON_TIME
            return
        else:
            self.late.append(late)
            if late <= ON_TIME:
                return
            problem = f"is {late / MINUTE:.0f} minutes late without an outage"
        self.counts["digests at a wrong local time"] += 1
        yield f"time: {digest.key} was posted at {moment(digest.at):%c} and {problem}"

    def _check_missing(self, expected: ExpectedDigest) -> Iterator[str]:
        """Check that a digest which was not posted was announced as missed."""
        due = max(expected.dues)
        following = next((digest for digest in self._digests if digest.at > due), None)
        end = following.at if following else self._year.calm_until
        if following and self._announces(following, UNSURE, expected):
            outcome = "named by the next as uncertain"
        elif following and self._announces(following, MISSED, expected):
            outcome = "missed, named by the next"
        elif self._is_off(due, end):
            outcome = "missed, turned off meanwhile"
        elif self._is_told(due, end):
            outcome = "missed, reported to its owner"
        else:
            self.counts["digests lost"] += 1
            after = following.key if following else "nothing"
            yield f"lost: the digest of {expected.day}, due at {moment(due):%c}, before {after}"
            return
        self.counts[f"digests {outcome}"] += 1

    def _announces(self, digest: Message, beginning: str, expected: ExpectedDigest) -> bool:
        """Tell whether a digest announces another in a note with this beginning."""
        zone = ZoneInfo(self._zone(digest.at))
        notes = [text for text in texts(digest.first) if beginning in text]
        local = [moment(due).astimezone(zone) for due in expected.dues]
        times = [f"{at:%A} {at.day} {at:%B} {at:%H:%M}" for at in local]
        return any(text in note for note in notes for text in times)

    def _zone(self, at: float) -> str:
        period = next(p for p in self._channel.periods if p.since <= at <= p.until)
        return period.schedule.zone

    def _is_off(self, since: float, until: float) -> bool:
        """Tell whether the channel's digest was off at some time in a period."""
        periods = pairwise(self._channel.periods)
        gaps = [Outage(p.until, after.since) for p, after in periods if p.until < after.since]
        return any(gap.overlaps(since, until) for gap in gaps)

    def _is_told(self, since: float, until: float) -> bool:
        """Tell whether the channel was closed, and its digest's owner was told that it is paused.

        Owners are told once for each closure, even if the channel is reopened before that.
        """
        told_at = [
            message.at
            for message in self._log.by_channel[f"D{self._channel.person}"]
            if any(PAUSED in text for text in texts(message.first))
        ]
        closures = [closure for closure in self._closures() if closure.overlaps(since, until)]
        return any(c.since <= at <= c.until + HOUR for c in closures for at in told_at)

    def _closures(self) -> Iterator[Outage]:
        """Return when the channel was closed, each time until its digest was turned on again."""
        outages = self._channel.closed
        for closed, reopened in zip(outages[::2], outages[1::2], strict=True):
            yield Outage(closed.since, reopened.until)

    # -- claims

    def _check_claims(self) -> Iterator[str]:
        """Check that each claim is shown or counted in its own digest, and in no other."""
        seen: set[str] = set()
        for digest in self._digests:
            expected = self._expected.get(digest.day)
            due = expected.due(digest.at) if expected else None
            if due is None:
                continue
            since = self._since(due)
            stories = [
                story
                for story in self._year.stories
                if since <= story.at < due
                and not (story.withdrawn is not None and story.withdrawn <= digest.at)
            ]
            yield from self._check_counts(digest, stories, seen)

    def _since(self, due: float) -> float:
        """Return since when claims belong to the digest that is due at `due`."""
        dues = [d for expected in self._expected.values() for d in expected.dues if d < due]
        if not dues:
            return self._first_since(due)
        ends = [end for end in self._ends() if end < due]
        since = max(ends) if ends else self._first_since(min(dues))
        turned_on = self._turned_on(due)
        if max(dues) < turned_on - FIRST_REACH:
            since = max(since, turned_on - FIRST_REACH)
        return max(since, due - MAX_REACH)

    def _first_since(self, due: float) -> float:
        """Return since when claims belong to a channel's first digest.

        That is a day before, or the last time of day of the digest before it was turned on.
        """
        turned_on = self._turned_on(due)
        schedule = next(p.schedule for p in self._channel.periods if p.since <= due < p.until)
        day = moment(turned_on).astimezone(ZoneInfo(schedule.zone)).date()
        hours = (first_time_at(day - timedelta(n), schedule.at, schedule.zone) for n in range(4))
        last = max(hour for hour in hours if hour is not None and hour <= turned_on)
        return max(min(due - FIRST_REACH, last), due - MAX_REACH)

    def _turned_on(self, due: float) -> float:
        """Return when the digest was last turned on before `due`."""
        periods = [period for period in self._channel.periods if period.since <= due]
        turned_on = periods[0].since
        for before, after in pairwise(periods):
            turned_on = after.since if before.until < after.since else turned_on
        return turned_on

    def _ends(self) -> Iterator[float]:
        """Return when the digests were due that were posted, or may have been."""
        for digest in self._digests:
            expected = self._expected.get(digest.day)
            if expected and (due := expected.due(digest.at)) is not None:
                yield due
        days = {digest.day for digest in self._digests}
        for expected in self._expected.values():
            last_due = max(expected.dues)
            following = next((digest for digest in self._digests if digest.at > last_due), None)
            is_missing = expected.day not in days
            if is_missing and following and self._announces(following, UNSURE, expected):
                yield last_due

    def _check_counts(
        self, digest: Message, stories: Sequence[Story], seen: set[str]
    ) -> Iterator[str]:
        lines = texts(digest.first)
        count = next((int(match[1]) for text in lines if (match := COUNT.search(text))), 0)
        rest = next((int(match[1]) for text in lines if (match := REST_BUTTON.search(text))), 0)
        changes = next((n for n, text in enumerate(lines) if CHANGES in text), len(lines))
        dockets = (docket for text in lines[:changes] for docket in DOCKET.findall(text))
        shown = list(dict.fromkeys(dockets))  # the head may repeat a row
        self.counts["claims shown in digests"] += len(shown)
        self.counts["claims counted in digests"] += rest
        if count != len(stories) or len(shown) + rest != count:
            yield (
                f"claims: {digest.key} shows {len(shown)} and {rest} more of {count}; there were "
                f"{len(stories)}"
            )
        if repeated := seen.intersection(shown):
            yield f"claims: {digest.key} shows {sorted(repeated)} again"
        if foreign := set(shown) - {story.docket for story in stories}:
            yield f"claims: {digest.key} shows {sorted(foreign)}, which are not its own"
        seen.update(shown)
