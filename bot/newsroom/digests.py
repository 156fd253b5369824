"""Use cases around the daily digest: set it, see it, and give workers what is due, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import digest
from bot.errors import NotFoundError, SettingsError
from bot.model import Digest, Subscription
from bot.newsroom.rooms import Rooms
from bot.store import DigestKey, LedgerRow

LEASE = timedelta(minutes=2)
"""How long a worker may take over one digest before another takes it up."""

RETRY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A digest that a worker has taken and is to post: to which channel, on whose word."""

    key: DigestKey
    person: str
    digest: Digest


class Digests(Rooms):
    """Subscriptions and the ledger. `worker` names one process among several."""

    def subscribe(
        self, *, team: str, channel: str, at: time, zone: str, person: str
    ) -> Subscription:
        """Set a channel's daily digest. Raises SettingsError for a zone that is not known."""
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise SettingsError(
                "the digest was not set",
                cause=f"the time zone {zone!r} is not known here",
                remedy="Choose another one in your Slack profile.",
            ) from error
        subscription = Subscription(
            team=team, channel=channel, at=at, zone=zone, person=person, since=self.now()
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
        rows = self.store.ledger.rows(subscription.team, subscription.channel)
        return digest.next_posting(
            at=subscription.at,
            zone=subscription.zone,
            settled=[row.key.day for row in rows],
            now=self.now(),
        )

    def preview(
        self, *, day: date, subscription: Subscription | None, at: time, zone: str
    ) -> Digest:
        """The digest of a local day as it would be posted; without a subscription, for the
        24 hours before `at` in `zone`."""
        if subscription:
            at, zone = subscription.at, subscription.zone
        until = digest.posting_time(day, at, zone)
        since = until - digest.FIRST_WINDOW
        rows: Sequence[LedgerRow] = ()
        if subscription:
            rows = self.store.ledger.rows(subscription.team, subscription.channel)
            own = [row.window_start for row in rows if row.key.day == day]
            rows = [row for row in rows if row.posting_time < until]
            since = own[0] if own else _window_start(subscription, rows, until)
        return self._compose(day=day, since=since, until=until, zone=zone, rows=rows)

    def take_due(self, worker: str, team: str) -> Assignment | None:
        """Take a workspace's next digest that is due and nobody else's, or None if none is.

        Digests too late to post are entered as missed on the way.
        """
        now = self.now()
        self.store.ledger.doubt(now)
        for subscription in self.store.ledger.subscriptions(team):
            if assignment := self._take_for(subscription, worker, now):
                return assignment
        return None

    def _take_for(
        self, subscription: Subscription, worker: str, now: datetime
    ) -> Assignment | None:
        ledger, catch_up = self.store.ledger, self._catch_up_time
        rows = self._plan(subscription, now)
        for row in rows:
            if row.state != "planned":
                continue
            if now - row.posting_time > catch_up:
                ledger.miss(row.key, now=now)
            elif ledger.take(row.key, worker=worker, now=now, lease=LEASE):
                composed = self._compose(
                    day=row.key.day,
                    since=row.window_start,
                    until=row.posting_time,
                    zone=subscription.zone,
                    rows=[other for other in rows if other.posting_time < row.posting_time],
                )
                return Assignment(row.key, subscription.person, composed)
        return None

    def _plan(self, subscription: Subscription, now: datetime) -> list[LedgerRow]:
        """Enter what has become due into the ledger, and return its rows for this channel."""
        ledger, team, channel = self.store.ledger, subscription.team, subscription.channel
        rows = ledger.rows(team, channel)
        due = digest.due(
            at=subscription.at,
            zone=subscription.zone,
            since=subscription.since,
            settled=[row.key.day for row in rows],
            now=now,
            catch_up=self._catch_up_time,
        )
        planned = [
            ledger.plan(
                DigestKey(team, channel, one.day),
                window_start=_window_start(subscription, rows, one.posting_time),
                posting_time=one.posting_time,
                state="missed" if one.late else "planned",
            )
            for one in due
        ]
        return ledger.rows(team, channel) if planned else rows

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
        shown = [claim.id for s in assignment.digest.sections for claim in s.claims]
        self.store.ledger.record_posted(assignment.key, worker=worker, ts=ts, claim_ids=shown)

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
        *,
        day: date,
        since: datetime,
        until: datetime,
        zone: str,
        rows: Sequence[LedgerRow],
    ) -> Digest:
        settings = self.settings.digest
        open_end = [row for row in rows if row.posting_time > since]
        return digest.compose(
            self.store.archive.arrived(since, until, oldest_days=settings.oldest_days),
            day=day,
            since=since,
            until=until,
            zone=zone,
            limit=settings.claims,
            missed=tuple(sorted(r.posting_time for r in open_end if r.state == "missed")),
            uncertain=tuple(
                r.posting_time for r in rows if r.state == "uncertain" and r.posting_time >= since
            ),
        )


def _window_start(
    subscription: Subscription, earlier: Sequence[LedgerRow], until: datetime
) -> datetime:
    """Where the window of a digest that ends at `until` begins: where the last posted one ended.

    Missed ones are skipped, so that their claims come with the next. After a pause, as with the
    very first, it begins 24 hours before the digest was set.
    """
    first = min(subscription.since, until) - digest.FIRST_WINDOW
    ends = [r.posting_time for r in earlier if r.state in ("posted", "uncertain", "posting")]
    fresh = until - digest.FIRST_WINDOW
    if not earlier:
        return fresh
    return max([first, *(end for end in ends if end < until)])
