"""Use cases around the daily digest: see it, and have it posted when it is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from bot import digest, store
from bot.errors import NotFoundError
from bot.model import Digest, DigestWants, Subscription
from bot.newsroom.digests import ledger_plan
from bot.newsroom.digests.contents import DigestContents
from bot.newsroom.digests.digest_messages import DigestMessages
from bot.newsroom.digests.snapshots import claims_in_digest, empty_digest, make_heading
from bot.newsroom.digests.subscriptions import Subscriptions
from bot.newsroom.providers import Clock
from bot.store import DigestKey, LedgerRow, MessageKey, OutboxMessage
from bot.store.delivery.ledger_row import digest_key
from bot.store.delivery.outbox_contents import Contents
from bot.store.delivery.payloads import DigestPayload
from bot.words import say
from bot.words.dates import printed_in


@dataclass(frozen=True, slots=True)
class DueDigest:
    """A digest that is to be posted: in which channel, on whose word."""

    key: DigestKey
    person: str
    digest: Digest
    deadline: datetime
    """Until when it may still be posted."""


@dataclass(eq=False, repr=False, kw_only=True)
class Digests:
    """Digests, the ledger of them, and what becomes of their messages."""

    ledger: store.Ledger
    posted: store.PostedMessages
    subscriptions: Subscriptions
    contents: DigestContents
    messages: DigestMessages
    now: Clock

    def next_posting(self, subscription: Subscription) -> datetime:
        """When a channel's next digest will be posted, in UTC."""
        rows = self.subscriptions.rows(subscription.team, subscription.channel)
        return digest.next_posting(
            at=subscription.at,
            zone=subscription.zone,
            settled=ledger_plan.finished_days(subscription, rows),
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
        rows = ledger_plan.forecast_rows(
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

    def omitted_digest(self, key: MessageKey) -> Digest:
        """What the digest that stands as a message has left out, as it is found by now, without
        passages. Raises NotFoundError."""
        if not (posted := self.posted.digest(key)):
            raise NotFoundError(say("gone.button"), remedy=say("gone.search_again"))
        frame, subscription = (
            empty_digest(posted),
            self.ledger.subscription(key.team, key.channel),
        )
        kept = posted.heading and posted.heading.topics is not None
        if subscription and not kept:  # it is from before topics were
            frame = replace(frame, wants=subscription.wants)
        return self.contents.compose_omitted(frame, {one.claim_id for one in posted.shown})

    def post_now(self, team: str, channel: str) -> LedgerRow:
        """Have today's digest of a channel posted now, in place of at its hour; returns how it
        stands: what is planned or being sent comes, otherwise it has come already.

        The next one begins where this ends, so no claim comes twice. Raises NotFoundError where
        none is set, or it was stopped.
        """
        subscription, now = self.ledger.subscription(team, channel), self.now()
        if subscription is None:
            raise NotFoundError(say("digest_settings.none"))
        if subscription.stopped:
            raise NotFoundError(say("digest_settings.is_stopped"))
        self.subscriptions.update_ledger(subscription, now)
        rows, ledger = self.subscriptions.rows(team, channel), self.ledger
        today = ledger_plan.row_for_now(subscription, rows, now=now)
        if today in rows:
            return today
        for row in rows:
            # How one ends that Slack has been asked for decides where the next begins.
            is_held = row.state == "planned" and not ledger.mark_missed(row.key)
            if is_held or row.state == "sending":
                return row
        ledger.plan(today)
        ledger.schedule_check(subscription, now + digest.COMPOSE_DELAY)
        return today

    def queue_due_message(self, team: str, channel: str) -> datetime | None:
        """Ask for the message of a channel's digest if it is due, once however often this is done;
        returns when to look again. Digests that are missed are entered as such on the way."""
        now, subscription = self.now(), self.ledger.subscription(team, channel)
        if subscription and not subscription.stopped:
            for row in self.subscriptions.update_ledger(subscription, now):
                if row.state == "planned" and not row.is_asked:
                    self.ledger.request_message(row.key, now)
        return self.next_check(team, channel)

    def due_digest(self, one: OutboxMessage) -> DueDigest | None:
        """What the message of a digest is to post by now; None where it is not to be posted: it
        comes too late, or its channel wants none any more."""
        subscription = self.ledger.subscription(one.team, one.channel)
        if subscription is None or subscription.stopped:
            return None
        rows = self.subscriptions.update_ledger(subscription, self.now())
        key = digest_key(one.team, one.key)
        for row in rows:
            if row.key == key and row.state == "planned":
                until = row.posting_time
                composed = self._compose(
                    key.day, row.window_start, until, subscription.zone, subscription, rows
                )
                given_up_at = until + self.subscriptions.catch_up_time
                return DueDigest(key, subscription.person, composed, given_up_at)
        return None

    def message_contents(self, assignment: DueDigest) -> Contents:
        """What is kept of a digest beside its message."""
        made = assignment.digest
        return Contents(
            DigestPayload(assignment.key.day, make_heading(made)), claims_in_digest(made)
        )

    def next_check(self, team: str, channel: str) -> datetime | None:
        """When a digest may be due next in a channel; None where none is set any more, or it was
        stopped. What waits in the outbox has the channel looked at when it ends."""
        subscription = self.ledger.subscription(team, channel)
        if subscription is None or subscription.stopped:
            return None
        now = self.now()
        # Its time may have come since somebody looked last.
        rows = ledger_plan.updated_rows(
            subscription,
            self.subscriptions.rows(team, channel),
            now=now,
            catch_up=self.subscriptions.catch_up_time,
        )
        coming = digest.next_posting(
            at=subscription.at,
            zone=subscription.zone,
            settled=ledger_plan.finished_days(subscription, rows),
            now=now - digest.COMPOSE_DELAY,  # one whose time has just come is not composed yet
            wants=subscription.wants,
        )
        looks = [coming + digest.COMPOSE_DELAY]
        # While one is being sent the others wait for how it ends.
        if not any(row.state == "sending" for row in rows):
            planned = (row for row in rows if row.state == "planned" and not row.is_asked)
            looks += [max(row.retry_at or now, now) for row in planned]
        return min(looks)

    def ensure_check_jobs(self, team: str | None) -> None:
        """Make sure that each channel of a workspace that wants a digest has its job."""
        for subscription in self.ledger.subscriptions(team) if team else ():
            try:
                at = self.next_check(subscription.team, subscription.channel)
            except Exception:  # noqa: BLE001  done at once, the job says itself what is wrong
                at = self.now()
            if at:
                self.ledger.schedule_check(subscription, at)

    def _compose(
        self,
        day: date,
        since: datetime,
        until: datetime,
        zone: str,
        subscription: Subscription | None = None,
        rows: Sequence[LedgerRow] = (),
    ) -> Digest:
        earlier = ledger_plan.unreported_rows(rows, until)
        wants = subscription.wants if subscription else DigestWants()
        frame = Digest(
            day=day,
            since=since,
            until=until,
            zone=zone,
            language=printed_in(wants.language),
            wants=wants,
            missed=tuple(r.posting_time for r in earlier if r.state == "missed"),
            uncertain=tuple(r.posting_time for r in earlier if r.state == "uncertain"),
        )
        if not subscription:
            return self.contents.compose(frame, ())
        team, channel = subscription.team, subscription.channel
        touched = self.ledger.changed_claims(team, channel, since, until)
        return self.contents.compose(frame, touched)
