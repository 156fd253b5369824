"""Preview the daily digest, and prepare its messages when they are due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot import digest, store
from bot.errors import NotFoundError
from bot.model import Digest, DigestPreferences, Subscription
from bot.newsroom.clock import RECHECK_INTERVAL, CheckedClock
from bot.newsroom.digests import ledger_plan
from bot.newsroom.digests.contents import DigestContents
from bot.newsroom.digests.digest_messages import DigestMessages
from bot.newsroom.digests.snapshots import claims_in_digest, empty_digest, make_heading
from bot.newsroom.digests.subscriptions import Subscriptions
from bot.newsroom.providers import Clock
from bot.store import DigestKey, LedgerRow, MessageKey, OutboxMessage
from bot.store.delivery.ledger_row import digest_key
from bot.store.delivery.outbox_message import MessageContents
from bot.store.delivery.payloads import DigestPayload
from bot.words import say


@dataclass(frozen=True, slots=True)
class DueDigest:
    """A digest to be posted by `deadline`; `person` set up its subscription."""

    key: DigestKey
    person: str
    digest: Digest
    deadline: datetime


@dataclass(eq=False, repr=False, kw_only=True)
class Digests:
    """Composes digests and decides when they are posted."""

    ledger: store.Ledger
    posted_messages: store.PostedMessages
    subscriptions: Subscriptions
    contents: DigestContents
    messages: DigestMessages
    now: Clock
    clock: CheckedClock

    def next_posting(self, subscription: Subscription) -> datetime:
        """Return when a channel's next digest will be posted, in UTC."""
        rows = self.subscriptions.rows(subscription.team, subscription.channel)
        return self._next_posting(subscription, rows, self.now())

    def _next_posting(
        self, subscription: Subscription, rows: Sequence[LedgerRow], now: datetime
    ) -> datetime:
        return digest.next_posting(
            local_time=subscription.at,
            zone=subscription.zone,
            finished=ledger_plan.finished_days(subscription, rows),
            now=now,
            preferences=subscription.preferences,
        )

    def preview(
        self, *, day: date, subscription: Subscription | None, at: time, zone: str
    ) -> Digest:
        """Return a local day's digest as it was or would be posted.

        Without a subscription, it covers the 24 hours before `at` in `zone`.
        """
        if subscription is None:
            until = digest.posting_time(day, at, zone)
            return self._compose(day, until - digest.FIRST_WINDOW, until, zone)
        until = digest.posting_time(day, subscription.at, subscription.zone)
        rows = ledger_plan.forecast_rows(
            subscription,
            self.subscriptions.rows(subscription.team, subscription.channel),
            now=self.now(),
            until=until,
            max_lateness=self.subscriptions.max_lateness,
        )
        since = until - digest.FIRST_WINDOW
        for row in rows:
            if row.key.day == day:
                since, until = row.window_start, row.posting_time
        return self._compose(day, since, until, subscription.zone, subscription, rows)

    def omitted_digest(self, key: MessageKey) -> Digest:
        """Return a digest of the claims that a posted digest left out, without passages.

        It is composed from the current state of the store. Raises NotFoundError.
        """
        if not (posted_digest := self.posted_messages.digest(key)):
            raise NotFoundError(say("gone.button"), remedy=say("gone.search_again"))
        return self.contents.compose_omitted(
            empty_digest(posted_digest), {claim.claim_id for claim in posted_digest.shown}
        )

    def post_now(self, team: str, channel: str) -> LedgerRow:
        """Post a channel's digest of today now instead of at its scheduled time.

        Returns its row. If that is planned or being sent, the digest will be posted; otherwise it
        has been. The next digest starts where this one ends. Raises NotFoundError if the channel
        has no digest, it was stopped, or the clock is in doubt.
        """
        subscription, now = self.ledger.subscription(team, channel), self.now()
        if subscription is None:
            raise NotFoundError(say("digest_settings.none"))
        if subscription.stop_reason:
            raise NotFoundError(say("digest_settings.is_stopped"))
        if self.clock.jump():
            raise NotFoundError(say("clock.no_digest"))
        self.subscriptions.update_ledger(subscription, now)
        rows, ledger = self.subscriptions.rows(team, channel), self.ledger
        current_row = ledger_plan.row_for_now(subscription, rows, now=now)
        if current_row in rows:
            return current_row
        for row in rows:
            # The outcome of a message that is being sent decides where the next window starts.
            is_being_sent = row.state == "planned" and not ledger.mark_missed(row.key)
            if is_being_sent or row.state == "sending":
                return row
        ledger.plan(current_row)
        ledger.schedule_check(subscription, now + digest.COMPOSE_DELAY)
        return current_row

    def queue_due_message(self, team: str, channel: str) -> datetime | None:
        """Queue the message of a channel's digest if it is due; returns when to check again.

        Idempotent. Missed digests are recorded as such. Nothing is queued while the clock is in
        doubt.
        """
        if self.clock.jump():
            return self.now() + RECHECK_INTERVAL
        now, subscription = self.now(), self._active_subscription(team, channel)
        if subscription:
            for row in self.subscriptions.update_ledger(subscription, now):
                if row.state == "planned" and not row.is_queued:
                    self.ledger.request_message(row.key, now)
        return self.next_check(team, channel)

    def _active_subscription(self, team: str, channel: str) -> Subscription | None:
        subscription = self.ledger.subscription(team, channel)
        return subscription if subscription and not subscription.stop_reason else None

    def due_digest(self, message: OutboxMessage) -> DueDigest | None:
        """Compose the digest that a queued message is to post.

        None if it is too late to post, the channel no longer wants it, or the clock is in doubt;
        it then goes back to the ledger.
        """
        subscription = self._active_subscription(message.team, message.channel)
        if subscription is None or self.clock.jump():
            return None
        rows = self.subscriptions.update_ledger(subscription, self.now())
        key = digest_key(message.team, message.key)
        for row in rows:
            if row.key == key and row.state == "planned":
                until = row.posting_time
                composed = self._compose(
                    key.day, row.window_start, until, subscription.zone, subscription, rows
                )
                deadline = until + self.subscriptions.max_lateness
                return DueDigest(key, subscription.person, composed, deadline)
        return None

    def message_contents(self, due: DueDigest) -> MessageContents:
        """Return what is stored with the message of a digest."""
        payload = DigestPayload(due.key.day, make_heading(due.digest))
        return MessageContents(payload, claims_in_digest(due.digest))

    def next_check(self, team: str, channel: str) -> datetime | None:
        """Return when a channel's next digest may be due, or None if it has no active one.

        The outbox schedules a check itself when it is done with a message.
        """
        subscription = self._active_subscription(team, channel)
        if subscription is None:
            return None
        now = self.now()
        # The ledger may not have been updated since a digest became due.
        rows = ledger_plan.updated_rows(
            subscription,
            self.subscriptions.rows(team, channel),
            now=now,
            max_lateness=self.subscriptions.max_lateness,
        )
        # COMPOSE_DELAY before now, since a digest that has just become due is not composed yet.
        next_posting = self._next_posting(subscription, rows, now - digest.COMPOSE_DELAY)
        check_times = [next_posting + digest.COMPOSE_DELAY]
        # While a message is being sent, the others wait for its outcome.
        if not any(row.state == "sending" for row in rows):
            planned_rows = (row for row in rows if row.state == "planned" and not row.is_queued)
            check_times += [max(row.retry_at or now, now) for row in planned_rows]
        return min(check_times)

    def ensure_check_jobs(self, team: str | None) -> None:
        """Ensure that each channel of a workspace that wants a digest has a check job."""
        for subscription in self.ledger.subscriptions(team) if team else ():
            try:
                check_at = self.next_check(subscription.team, subscription.channel)
            except Exception:  # noqa: BLE001  run now, the job reports the error itself
                check_at = self.now()
            if check_at:
                self.ledger.schedule_check(subscription, check_at)

    def _compose(
        self,
        day: date,
        since: datetime,
        until: datetime,
        zone: str,
        subscription: Subscription | None = None,
        rows: Sequence[LedgerRow] = (),
    ) -> Digest:
        unreported_rows = ledger_plan.unreported_rows(rows, until)
        preferences = subscription.preferences if subscription else DigestPreferences()
        frame = Digest(
            day=day,
            since=since,
            until=until,
            zone=zone,
            preferences=preferences,
            missed=tuple(row.posting_time for row in unreported_rows if row.state == "missed"),
            uncertain=tuple(
                row.posting_time for row in unreported_rows if row.state == "uncertain"
            ),
        )
        if not subscription:
            return self.contents.compose(frame, ())
        team, channel = subscription.team, subscription.channel
        changed_ids = self.ledger.changed_claims(team, channel, since, until)
        return self.contents.compose(frame, changed_ids)
