"""Use cases around the daily digest: see it, and give workers what is due, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot import digest, store
from bot.config import Settings
from bot.errors import NotFoundError
from bot.model import Digest, DigestWants, Subscription
from bot.newsroom.digests import ledger_plan
from bot.newsroom.digests.contents import DigestContents
from bot.newsroom.digests.snapshots import frame_of, heading_of, shown_in
from bot.newsroom.digests.subscriptions import Subscriptions
from bot.newsroom.providers import Clock
from bot.store import DigestKey, LedgerRow, MessageKey
from bot.words import say

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


@dataclass(eq=False, repr=False, kw_only=True)
class Digests:
    """Digests and the ledger. `worker` names one process among several."""

    ledger: store.Ledger
    posted: store.Posted
    subscriptions: Subscriptions
    contents: DigestContents
    settings: Settings
    now: Clock

    def next_posting(self, subscription: Subscription) -> datetime:
        """When a channel's next digest will be posted, in UTC."""
        rows = self.subscriptions.rows(subscription.team, subscription.channel)
        return digest.next_posting(
            at=subscription.at,
            zone=subscription.zone,
            settled=ledger_plan.settled(subscription, rows),
            now=self.now(),
            wants=subscription.wants,
        )

    def preview(
        self, *, day: date, subscription: Subscription | None, at: time, zone: str
    ) -> Digest:
        """The digest of a local day as it was or would be posted; without a subscription, for the
        24 hours before `at` in `zone`."""
        if subscription is None:
            until = digest.posting_time(day, at, zone)
            return self._compose(day, until - digest.FIRST_WINDOW, until, zone)
        until = digest.posting_time(day, subscription.at, subscription.zone)
        rows = ledger_plan.foreseen(
            subscription,
            self.subscriptions.rows(subscription.team, subscription.channel),
            now=self.now(),
            until=until,
            catch_up=self.subscriptions.catch_up_time,
        )
        since = until - digest.FIRST_WINDOW
        for row in rows:
            if row.key.day == day:
                since, until = row.window_start, row.posting_time
        return self._compose(day, since, until, subscription.zone, subscription, rows)

    def left_out(self, key: MessageKey) -> Digest:
        """What the digest that stands as a message has left out, as it is found by now, without
        passages. Raises NotFoundError."""
        if not (posted := self.posted.digest(key)):
            raise NotFoundError(say("gone.button"), remedy=say("gone.search_again"))
        frame, subscription = frame_of(posted), self.ledger.subscription(key.team, key.channel)
        if subscription and "topics" not in (posted.heading or {}):  # it is from before these were
            frame = replace(frame, wants=subscription.wants)
        return self.contents.left(frame, {one.claim_id for one in posted.shown})

    def post_now(self, team: str, channel: str) -> LedgerRow:
        """Have today's digest of a channel posted now, in place of at its hour; returns how it
        stands: what is planned or posting comes, otherwise it has come already.

        The next one begins where this ends, so no claim comes twice. Raises NotFoundError where
        none is set, or it was stopped.
        """
        subscription, now = self.ledger.subscription(team, channel), self.now()
        if subscription is None:
            raise NotFoundError(say("digest_settings.none"))
        if subscription.stopped:
            raise NotFoundError(say("digest_settings.is_stopped"))
        self.subscriptions.bring_up(subscription, now)
        rows, ledger = self.subscriptions.rows(team, channel), self.ledger
        today = ledger_plan.sent_now(subscription, rows, now=now)
        if today in rows:
            return today
        for row in rows:
            # How one ends that is in somebody's hands decides where the next begins.
            is_held = row.state == "planned" and not ledger.miss(row.key, now=now)
            if is_held or row.state == "posting":
                return row
        ledger.plan(today)
        ledger.look(subscription, now + digest.SETTLING)
        return today

    def take_due(self, worker: str, team: str, channel: str) -> Assignment | None:
        """Take a channel's next digest that is due and nobody else's, or None if none is.

        Digests that are missed are entered as such on the way.
        """
        now, ledger = self.now(), self.ledger
        subscription = self.ledger.subscription(team, channel)
        if subscription is None or subscription.stopped:
            return None
        rows = self.subscriptions.bring_up(subscription, now)
        for row in rows:
            if row.state != "planned":
                continue
            if taken := ledger.take(row.key, worker=worker, now=now, lease=LEASE):
                since, until, zone = taken.window_start, taken.posting_time, subscription.zone
                day = row.key.day
                composed = self._compose(day, since, until, zone, subscription, rows)
                return Assignment(
                    row.key, subscription.person, composed, until + self.subscriptions.catch_up_time
                )
        return None

    def next_look(self, team: str, channel: str) -> datetime | None:
        """When a digest may be due next in a channel, or to be looked for there; None where none is
        set any more, or it was stopped, and nothing is open."""
        subscription = self.ledger.subscription(team, channel)
        rows, now = self.subscriptions.rows(team, channel), self.now()
        if subscription is None or subscription.stopped:
            # Slack may have posted it: what belongs to it, and what is withdrawn, is to be mended.
            posting = [row.free_at or now for row in rows if row.state == "posting"]
            return max(min(posting), now) if posting else None
        # Its time may have come since somebody looked last.
        rows = ledger_plan.brought_up(
            subscription, rows, now=now, catch_up=self.subscriptions.catch_up_time
        )
        coming = digest.next_posting(
            at=subscription.at,
            zone=subscription.zone,
            settled=ledger_plan.settled(subscription, rows),
            now=now - digest.SETTLING,  # one whose time has just come is not composed yet
            wants=subscription.wants,
        )
        # While one is being posted the others wait for how it ends.
        begun = [row for row in rows if row.state == "posting"]
        begun = begun or [row for row in rows if row.state == "planned"]
        free = (max(row.free_at or now, now) for row in begun)
        return min([coming + digest.SETTLING, *free])

    def keep_looking(self, team: str | None) -> None:
        """Make sure that each channel of a workspace that wants a digest has its job."""
        for subscription in self.ledger.subscriptions(team) if team else ():
            try:
                at = self.next_look(subscription.team, subscription.channel)
            except Exception:  # noqa: BLE001  done at once, the job says itself what is wrong
                at = self.now()
            if at:
                self.ledger.look(subscription, at)

    def start_posting(self, assignment: Assignment, worker: str) -> bool:
        """Note that Slack will be asked now, and for what; False if the digest is not this worker's
        any more."""
        made = assignment.digest
        return self.ledger.start_posting(
            assignment.key,
            worker=worker,
            shown=shown_in(made),
            heading=heading_of(made),
            now=self.now(),
            lease=LEASE,
        )

    def record_posted(self, key: DigestKey, worker: str, ts: str) -> None:
        """Note that a digest stands in its channel as message `ts`, and have what belongs to it
        follow: its thread, and where they are set its chart and the same as e-mail."""
        settings, ledger = self.settings, self.ledger
        then = ["detail"]
        then += ["chart"] if settings.digest.chart else []
        then += ["mail"] if settings.mail.host else []
        ledger.record_posted(key, worker=worker, ts=ts, now=self.now(), then=then)

    def take_open(self, worker: str, team: str, channel: str) -> LedgerRow | None:
        """Take a channel's digest of which Slack did not confirm that it was posted, to look for it
        there; None where there is none, or somebody may still be asking for it."""
        return self.ledger.take_open(team, channel, worker=worker, now=self.now(), lease=LEASE)

    def leave_open(self, key: DigestKey, worker: str, wait: timedelta) -> None:
        """Note that it is not known what came of a digest, and can be seen after a `wait`."""
        self.ledger.leave_open(key, worker=worker, until=self.now() + wait)

    def put_off(self, key: DigestKey, worker: str, until: datetime) -> None:
        """Let a digest that does not stand in its channel wait."""
        self.ledger.put_back(key, worker=worker, failure=None, retry_at=until)

    def put_back(self, assignment: Assignment, worker: str, failure: str) -> None:
        """Note that Slack did not post a digest, to be tried again a little later."""
        self.ledger.put_back(
            assignment.key, worker=worker, failure=failure, retry_at=self.now() + RETRY
        )

    def _compose(
        self,
        day: date,
        since: datetime,
        until: datetime,
        zone: str,
        subscription: Subscription | None = None,
        rows: Sequence[LedgerRow] = (),
    ) -> Digest:
        earlier = ledger_plan.unnamed(rows, until)
        wants = subscription.wants if subscription else DigestWants()
        frame = Digest(
            day=day,
            since=since,
            until=until,
            zone=zone,
            language=wants.language,
            wants=wants,
            missed=tuple(r.posting_time for r in earlier if r.state == "missed"),
            uncertain=tuple(r.posting_time for r in earlier if r.state == "uncertain"),
        )
        if not subscription:
            return self.contents.planned(frame, ())
        team, channel = subscription.team, subscription.channel
        touched = self.ledger.touched(team, channel, since, until)
        return self.contents.planned(frame, touched)
