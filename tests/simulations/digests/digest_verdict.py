"""Whether each digest came once, at its hour and with its claims, or was announced as missed: from
what Slack has taken and the truth of the year alone."""

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
from tests.simulations.digests.year import Channel, Outage, Story, Year, due_days, first_at
from tests.simulations.feeds.timeline import DAY, HOUR, MINUTE, moment

CATCH_UP = 2 * HOUR
ON_TIME = 30 * MINUTE
"""Within so long all comes where nothing is out: after four refusals in a row, or some deaths."""
AFTERMATH = 30 * MINUTE
"""How long an outage may have effects after its end."""
FIRST, LONGEST = DAY, 7 * DAY
"""How far back a first digest reaches, and any."""

DOCKET = re.compile(r"docket \d{5}")
COUNT = re.compile(r": (\d+) claims? in \d+ article")
REST_BUTTON = re.compile(r"Show (\d+) more")
MISSED, UNSURE = "Not posted in time: ", "May not have been posted: "
CHANGES = "Corrections"
PAUSED = "paused the digest in"

MUST_BE_ZERO = ("digests posted twice", "digests lost", "digests at a wrong local time")
"""Counts that must be 0."""


def is_disturbed(year: Year, closed: Sequence[Outage], since: float, until: float) -> bool:
    """Tell whether there was an outage in between."""
    spans = (*year.outages, *year.downs, *closed)
    return any(one.touches(since - AFTERMATH, until) for one in spans)


@dataclass
class ExpectedDigest:
    """A day's digest that a channel should have, and when: by any settings of that day."""

    day: date
    dues: list[float] = field(default_factory=list)

    def due(self, at: float) -> float | None:
        """When one that stands there since a moment was due."""
        return max((due for due in self.dues if due <= at), default=None)


class ChannelVerdict:
    """Compares one channel; `late` are the seconds by which its digests came later than they were
    due where nothing was out."""

    def __init__(
        self, year: Year, channel: Channel, pressed: Sequence[Press], log: SlackLog
    ) -> None:
        self._year, self._channel, self._log = year, channel, log
        self.counts = Counter(dict.fromkeys(MUST_BE_ZERO, 0))
        self.late: list[float] = []
        self._digests = [one for one in log.by_channel[channel.id] if one.is_digest]
        self._wanted: dict[date, ExpectedDigest] = {}
        for period in channel.periods:
            for day, due in due_days(period):
                self._wanted.setdefault(day, ExpectedDigest(day)).dues.append(due)
        for press in pressed:
            if press.channel == channel.number:
                self._wanted.setdefault(press.day, ExpectedDigest(press.day)).dues.append(press.at)

    def faults(self) -> Iterator[str]:
        """Say what deviates."""
        self.counts["digests"] = len(self._digests)
        times = Counter(one.day for one in self._digests)
        for day, number in times.items():
            self.counts["digests posted twice"] += number - 1
            if number > 1:
                yield f"twice: that of {day} was posted {number} times"
        for one in self._digests:
            yield from self._time(one)
        for wanted in self._wanted.values():
            if wanted.day not in times:
                yield from self._missing(wanted)
        yield from self._claims()

    # -- when

    def _time(self, one: Message) -> Iterator[str]:
        """Whether a digest came at its hour."""
        wanted = self._wanted.get(one.day)
        due = wanted.due(one.at) if wanted else None
        late = one.at - due if due is not None else 0.0
        if due is None:
            wrong = "was not due by then"
        elif late > CATCH_UP:
            wrong = f"is {late / MINUTE:.0f} minutes late"
        elif is_disturbed(self._year, self._channel.closed, due, one.at):
            self.counts["digests late by what was out"] += late > ON_TIME
            return
        else:
            self.late.append(late)
            if late <= ON_TIME:
                return
            wrong = f"is {late / MINUTE:.0f} minutes late, and nothing was out"
        self.counts["digests at a wrong local time"] += 1
        yield f"time: {one.key} came at {moment(one.at):%c} and {wrong}"

    def _missing(self, wanted: ExpectedDigest) -> Iterator[str]:
        """Whether it was said of a digest that it did not come."""
        due = max(wanted.dues)
        following = next((one for one in self._digests if one.at > due), None)
        end = following.at if following else self._year.calm_until
        if following and self._names(following, UNSURE, wanted):
            became = "named by the next as not sure"
        elif following and self._names(following, MISSED, wanted):
            became = "missed, named by the next"
        elif self._is_off(due, end):
            became = "missed, turned off meanwhile"
        elif self._is_told(due, end):
            became = "missed, told to whoever set it"
        else:
            self.counts["digests lost"] += 1
            after = following.key if following else "nothing"
            yield f"lost: that of {wanted.day}, due at {moment(due):%c}; after it came {after}"
            return
        self.counts[f"digests {became}"] += 1

    def _names(self, one: Message, beginning: str, wanted: ExpectedDigest) -> bool:
        """Whether a digest says of another that it was missed, or is not sure to stand there."""
        zone = ZoneInfo(self._zone(one.at))
        notes = [text for text in texts(one.first) if beginning in text]
        local = [moment(due).astimezone(zone) for due in wanted.dues]
        said = [f"{at:%A} {at.day} {at:%B} {at:%H:%M}" for at in local]
        return any(moment_said in note for note in notes for moment_said in said)

    def _zone(self, at: float) -> str:
        period = next(one for one in self._channel.periods if one.since <= at <= one.until)
        return period.wanted.zone

    def _is_off(self, since: float, until: float) -> bool:
        """Whether the channel wanted no digest at some time between."""
        between = pairwise(self._channel.periods)
        off = [Outage(one.until, after.since) for one, after in between if one.until < after.since]
        return any(one.touches(since, until) for one in off)

    def _is_told(self, since: float, until: float) -> bool:
        """Whether the channel was closed, and whoever has set its digest heard that it is paused
        until they set it again: they hear it once, also where it is open again before that."""
        told = [
            one.at
            for one in self._log.by_channel[f"D{self._channel.person}"]
            if any(PAUSED in text for text in texts(one.first))
        ]
        closed = [one for one in self._closures() if one.touches(since, until)]
        return any(one.since <= at <= one.until + HOUR for one in closed for at in told)

    def _closures(self) -> Iterator[Outage]:
        """When the channel was closed, each time until its digest was set again."""
        spans = self._channel.closed
        for one, again in zip(spans[::2], spans[1::2], strict=True):
            yield Outage(one.since, again.until)

    # -- what

    def _claims(self) -> Iterator[str]:
        """Whether each claim is in the digest whose turn it was, shown or counted, and no other."""
        seen: set[str] = set()
        for one in self._digests:
            wanted = self._wanted.get(one.day)
            due = wanted.due(one.at) if wanted else None
            if due is None:
                continue
            since = self._since(due)
            stories = [
                story
                for story in self._year.stories
                if since <= story.at < due
                and not (story.withdrawn is not None and story.withdrawn <= one.at)
            ]
            yield from self._counted(one, stories, seen)

    def _since(self, due: float) -> float:
        """From when on claims belong to the digest that is due at a moment."""
        dues = [before for one in self._wanted.values() for before in one.dues if before < due]
        if not dues:
            return self._first(due)
        ends = [end for end in self._ends() if end < due]
        since = max(ends) if ends else self._first(min(dues))
        begun = self._begun(due)
        if max(dues) < begun - FIRST:
            since = max(since, begun - FIRST)
        return max(since, due - LONGEST)

    def _first(self, due: float) -> float:
        """From when on claims belong to a channel's first digest, due at a moment: from an hour a
        day before, or from the last such hour before the digest was set."""
        begun = self._begun(due)
        wanted = next(one.wanted for one in self._channel.periods if one.since <= due < one.until)
        day = moment(begun).astimezone(ZoneInfo(wanted.zone)).date()
        hours = (first_at(day - timedelta(n), wanted.at, wanted.zone) for n in range(4))
        return max(
            min(due - FIRST, max(hour for hour in hours if hour is not None and hour <= begun)),
            due - LONGEST,
        )

    def _begun(self, due: float) -> float:
        """Since when the digest that is due at a moment was on."""
        periods = [one for one in self._channel.periods if one.since <= due]
        begun = periods[0].since
        for before, after in pairwise(periods):
            begun = after.since if before.until < after.since else begun
        return begun

    def _ends(self) -> Iterator[float]:
        """When digests were due that stand there, or may."""
        for one in self._digests:
            wanted = self._wanted.get(one.day)
            if wanted and (due := wanted.due(one.at)) is not None:
                yield due
        days = {one.day for one in self._digests}
        for wanted in self._wanted.values():
            following = next((one for one in self._digests if one.at > max(wanted.dues)), None)
            if wanted.day not in days and following and self._names(following, UNSURE, wanted):
                yield max(wanted.dues)

    def _counted(self, one: Message, stories: Sequence[Story], seen: set[str]) -> Iterator[str]:
        lines = texts(one.first)
        count = next((int(found[1]) for text in lines if (found := COUNT.search(text))), 0)
        rest = next((int(found[1]) for text in lines if (found := REST_BUTTON.search(text))), 0)
        changes = next((n for n, text in enumerate(lines) if CHANGES in text), len(lines))
        dockets = (docket for text in lines[:changes] for docket in DOCKET.findall(text))
        shown = list(dict.fromkeys(dockets))  # the head may tell a row once more
        self.counts["claims shown in digests"] += len(shown)
        self.counts["claims counted in digests"] += rest
        if count != len(stories) or len(shown) + rest != count:
            yield (
                f"claims: {one.key} shows {len(shown)} and {rest} more of {count}; there were "
                f"{len(stories)}"
            )
        if again := seen.intersection(shown):
            yield f"claims: {one.key} shows {sorted(again)} again"
        if strange := set(shown) - {story.docket for story in stories}:
            yield f"claims: {one.key} shows {sorted(strange)}, which are not its own"
        seen.update(shown)
