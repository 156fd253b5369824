"""Use cases around the daily digest: set it, see it, and give workers what is due, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import digest
from bot.errors import NotFoundError, SettingsError
from bot.model import Digest, Subscription
from bot.newsroom import planning
from bot.newsroom.showing import Showing
from bot.store import DigestKey, LedgerRow

LEASE = timedelta(minutes=2)
"""How long a worker may take over one digest before another takes it up."""

RETRY = timedelta(minutes=5)
"""How long after a refusal by Slack a digest is tried again."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A digest that a worker has taken and is to post: to which channel, on whose word."""

    key: DigestKey
    person: str
    digest: Digest
    given_up_at: datetime
    """Until when it may still be posted."""


class Digests(Showing):
    """Subscriptions and the ledger. `worker` names one process among several."""

    def subscribe(
        self, *, team: str, channel: str, at: time, zone: str, person: str
    ) -> Subscription:
        """Set a channel's daily digest; set as it was, it goes on as if nothing had happened.

        Raises SettingsError for a zone that is not known.
        """
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise SettingsError(
                "the digest was not set",
                cause=f"the time zone {zone!r} is not known here",
                remedy="Choose another one in your Slack profile.",
            ) from error
        known, since = self.subscription(team, channel), self.now()
        if known and (known.at, known.zone) == (at, zone):
            since = known.since
        subscription = Subscription(
            team=team, channel=channel, at=at, zone=zone, person=person, since=since
        )
        self.store.ledger.subscribe(subscription)
        return subscription

    def unsubscribe(self, team: str, channel: str) -> bool:
        """End a channel's digest; False if there was none."""
        return self.store.ledger.unsubscribe(team, channel)

    def subscription(self, team: str, channel: str) -> Subscription | None:
        """What is set for a channel."""
        return self.store.ledger.subscription(team, channel)

    def subscription_of(self, channel: str) -> Subscription:
        """What is set for a channel, whichever workspace it is in. Raises NotFoundError."""
        for subscription in self.store.ledger.subscriptions():
            if subscription.channel == channel:
                return subscription
        raise NotFoundError(
            "no digest is set for this channel",
            subject=channel,
            remedy="Set one there with /digest on 08:30, or leave --channel out.",
        )

    def next_posting(self, subscription: Subscription) -> datetime:
        """When a channel's next digest will be posted, in UTC."""
        rows = self._rows(subscription.team, subscription.channel)
        return digest.next_posting(
            at=subscription.at,
            zone=subscription.zone,
            settled=planning.settled(subscription, rows),
            now=self.now(),
        )

    def preview(
        self, *, day: date, subscription: Subscription | None, at: time, zone: str
    ) -> Digest:
        """The digest of a local day as it was or would be posted; without a subscription, for the
        24 hours before `at` in `zone`."""
        if subscription is None:
            until = digest.posting_time(day, at, zone)
            return self._compose(day, until - digest.FIRST_WINDOW, until, zone, ())
        until = digest.posting_time(day, subscription.at, subscription.zone)
        rows = planning.foreseen(
            subscription,
            self._rows(subscription.team, subscription.channel),
            now=self.now(),
            until=until,
            catch_up=self._catch_up_time,
        )
        since = until - digest.FIRST_WINDOW
        for row in rows:
            if row.key.day == day:
                since, until = row.window_start, row.posting_time
        return self._compose(day, since, until, subscription.zone, rows)

    def take_due(self, worker: str, team: str, channel: str) -> Assignment | None:
        """Take a channel's next digest that is due and nobody else's, or None if none is.

        Digests that are missed are entered as such on the way.
        """
        now, ledger = self.now(), self.store.ledger
        if not (subscription := self.subscription(team, channel)):
            return None
        if any(row.state == "posting" for row in self._rows(team, channel)):
            ledger.doubt(now)
        rows = self._bring_up(subscription, now)
        for row in rows:
            if row.state != "planned":
                continue
            if taken := ledger.take(row.key, worker=worker, now=now, lease=LEASE):
                since, until, zone = taken.window_start, taken.posting_time, subscription.zone
                composed = self._compose(row.key.day, since, until, zone, rows)
                return Assignment(
                    row.key, subscription.person, composed, until + self._catch_up_time
                )
        return None

    def next_look(self, team: str, channel: str) -> datetime | None:
        """When a digest may be due next in a channel; None where none is set any more."""
        if not (subscription := self.subscription(team, channel)):
            return None
        now, rows = self.now(), self._rows(team, channel)
        # Its time may have come since somebody looked last.
        rows = planning.brought_up(subscription, rows, now=now, catch_up=self._catch_up_time)
        coming = digest.next_posting(
            at=subscription.at,
            zone=subscription.zone,
            settled=planning.settled(subscription, rows),
            now=now - digest.SETTLING,  # one whose time has just come is not composed yet
        )
        # While one is being posted the others wait for how it ends.
        begun = [row for row in rows if row.state == "posting"]
        begun = begun or [row for row in rows if row.state == "planned"]
        free = (max(row.free_at or now, now) for row in begun)
        return min([coming + digest.SETTLING, *free])

    def _rows(self, team: str, channel: str) -> list[LedgerRow]:
        """A channel's latest digests, oldest first, but those that a clock which was ahead for a
        while has left for hours to come: it would be silent until then."""
        now = self.now()
        return [row for row in self.store.ledger.rows(team, channel) if row.posting_time <= now]

    def _bring_up(self, subscription: Subscription, now: datetime) -> list[LedgerRow]:
        """Bring a channel's ledger to where it should stand, and return its rows, oldest first.

        While one of them is in somebody's hands the others wait: how it ends decides where the
        next begins, and no claim is to come twice.
        """
        ledger = self.store.ledger
        rows = self._rows(subscription.team, subscription.channel)
        if any(row.state == "posting" for row in rows):
            return []
        brought_up = planning.brought_up(subscription, rows, now=now, catch_up=self._catch_up_time)
        for row in rows:
            given_up = row.state == "planned" and row not in brought_up
            if given_up and not ledger.miss(row.key, now=now):
                return []
        for row in brought_up:
            if row not in rows:
                ledger.plan(row)
        return brought_up

    @property
    def _catch_up_time(self) -> timedelta:
        return timedelta(minutes=self.settings.digest.catch_up_minutes)

    def start_posting(self, assignment: Assignment, worker: str) -> bool:
        """Note that Slack will be asked now; False if the digest is not this worker's any more."""
        return self.store.ledger.start_posting(
            assignment.key, worker=worker, now=self.now(), lease=LEASE
        )

    def record_posted(self, assignment: Assignment, worker: str, ts: str) -> None:
        """Note that a digest stands in its channel as message `ts`."""
        made = assignment.digest
        self.store.ledger.record_posted(
            assignment.key,
            worker=worker,
            ts=ts,
            shown=[claim for section in made.sections for claim in section.claims],
            heading=heading_of(made),
            now=self.now(),
        )

    def put_back(self, assignment: Assignment, worker: str, failure: str) -> bool:
        """Note that Slack did not post a digest, to be tried again a little later.

        True the first time that this one fails, so that a person is told once.
        """
        ledger, key = self.store.ledger, assignment.key
        before = [row.failure for row in ledger.rows(key.team, key.channel) if row.key == key]
        ledger.put_back(key, worker=worker, failure=failure, retry_at=self.now() + RETRY)
        return not any(before)

    def doubt(self, assignment: Assignment, worker: str) -> None:
        """Note that it can't be known whether Slack posted a digest: it never is again."""
        self.store.ledger.doubt_one(assignment.key, worker=worker)

    def _compose(
        self,
        day: date,
        since: datetime,
        until: datetime,
        zone: str,
        rows: Sequence[LedgerRow],
    ) -> Digest:
        settings = self.settings.digest
        earlier = [row for row in rows if since <= row.posting_time < until]
        return digest.compose(
            self.shown(self.store.archive.arrived(since, until, oldest_days=settings.oldest_days)),
            day=day,
            since=since,
            until=until,
            zone=zone,
            limit=settings.claims,
            missed=tuple(r.posting_time for r in earlier if r.state == "missed"),
            uncertain=tuple(r.posting_time for r in earlier if r.state == "uncertain"),
        )


def heading_of(made: Digest) -> dict[str, Any]:
    """What a digest's first and last lines are made of, to be kept beside its claims."""
    return {
        "zone": made.zone,
        "claims": made.claims,
        "articles": made.articles,
        "missed": [moment.isoformat() for moment in made.missed],
        "uncertain": [moment.isoformat() for moment in made.uncertain],
        "copies": {article: dict(names) for article, names in made.copies.items()},
    }
