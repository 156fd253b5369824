"""A channel's digest subscription: set or stop it, and keep its ledger up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import store
from bot.config import Settings
from bot.errors import NotFoundError, QueryError, SettingsError
from bot.model import DigestPreferences, Subscription
from bot.newsroom.digests import ledger_plan
from bot.newsroom.providers import Clock, OpenIndex
from bot.store import LedgerRow
from bot.store.database import Database
from bot.store.delivery.payloads import DigestStoppedPayload
from bot.words import say

MAX_OUTLETS = 10_000


@dataclass(eq=False, repr=False, kw_only=True)
class Subscriptions:
    """Manages subscriptions and the ledger rows that follow from them."""

    database: Database
    ledger: store.Ledger
    outbox: store.Outbox
    feeds: store.Feeds
    index: OpenIndex
    settings: Settings
    now: Clock

    def subscribe(
        self,
        *,
        team: str,
        channel: str,
        at: time,
        zone: str,
        person: str,
        wants: DigestPreferences | None = None,
    ) -> Subscription:
        """Set a channel's daily digest, or resume one that was stopped.

        Setting it again with the same values changes nothing. Without `wants`, the channel's other
        preferences stay as they are. Raises SettingsError for an unknown zone.
        """
        require_zone(zone, say("subscription.failed"))
        now, current = self.now(), self.ledger.subscription(team, channel)
        if current and not current.stop_reason:
            # Digests that are already due follow the current settings.
            self.update_ledger(current, now)
        if wants is None:
            wants = current.preferences if current else DigestPreferences()
        requested = Subscription(
            team=team,
            channel=channel,
            at=at,
            zone=zone,
            person=person,
            since=now,
            preferences=wants,
        )
        subscription = ledger_plan.updated_subscription(current, requested)
        self.ledger.subscribe(subscription)
        return subscription

    def stop(self, subscription: Subscription, reason: str, notify: Sequence[str]) -> None:
        """Stop a channel's digest until it is set again, because nothing can be posted there.

        `reason` is Slack's error code. The people to `notify` get one direct message each.
        """
        team, channel, now = subscription.team, subscription.channel, self.now()
        with self.database.write() as connection:
            if not self.ledger.stop(connection, team, channel, reason):
                return
            for person in notify:
                self.outbox.add(
                    connection,
                    team=team,
                    channel=person,
                    key=f"{DigestStoppedPayload.kind}/{channel}/{now.isoformat()}/{person}",
                    payload=DigestStoppedPayload(channel),
                    now=now,
                )

    def find_by_channel(self, channel: str) -> Subscription:
        """Return a channel's subscription, whatever its workspace. Raises NotFoundError."""
        for subscription in self.ledger.subscriptions():
            if subscription.channel == channel:
                return subscription
        raise NotFoundError(
            "no digest is set for this channel",
            subject=channel,
            remedy="Digests are set in Slack, in their channels. Leave --channel out to preview "
            "one of everything.",
        )

    def resolve_outlet(self, typed: str) -> str:
        """Return the printed name of the outlet with this name or alias.

        Raises QueryError for an outlet that is neither in outlets.yml nor in any article or feed.
        """
        folded = typed.casefold().strip()
        names = {outlet.casefold(): outlet for outlet in self.index().outlets(MAX_OUTLETS)}
        names |= {feed.outlet.casefold(): feed.outlet for feed in self.feeds.all() if feed.outlet}
        for outlet in self.settings.outlets:
            names |= {alias.casefold(): outlet.name for alias in (*outlet.aliases, outlet.name)}
        if name := names.get(folded):
            return name
        similar = sorted({name for alias, name in names.items() if folded and folded in alias})
        remedy = (
            say("digest_settings.near_outlets", names=", ".join(similar[:5]))
            if similar
            else say("digest_settings.how_outlet")
        )
        raise QueryError(say("digest_settings.no_outlet", typed=typed), remedy=remedy)

    # -- the ledger

    def rows(self, team: str, channel: str) -> list[LedgerRow]:
        """Return a channel's latest rows, oldest first, without any in the future.

        A clock that was ahead for a while may have left some, which would silence the channel until
        then.
        """
        now = self.now()
        return [row for row in self.ledger.rows(team, channel) if row.posting_time <= now]

    def update_ledger(self, subscription: Subscription, now: datetime) -> list[LedgerRow]:
        """Bring a channel's ledger up to date and return its rows, oldest first.

        Empty while a message is being sent: its outcome decides where the next window starts, and
        no claim may be posted twice.
        """
        ledger = self.ledger
        rows = self.rows(subscription.team, subscription.channel)
        if any(row.state == "sending" for row in rows):
            return []
        updated_rows = ledger_plan.updated_rows(
            subscription, rows, now=now, max_lateness=self.max_lateness
        )
        for row in rows:
            is_missed = row.state == "planned" and row not in updated_rows
            if is_missed and not ledger.mark_missed(row.key):
                return []
        for row in updated_rows:
            if row not in rows:
                ledger.plan(row)
        return updated_rows

    @property
    def max_lateness(self) -> timedelta:
        """How late a digest may be posted."""
        return timedelta(minutes=self.settings.digest.catch_up_minutes)


def require_zone(zone: str, failure: str) -> None:
    """Raise SettingsError for an unknown time zone; `failure` says what could not be done."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            failure,
            cause=say("subscription.zone_unknown", zone=repr(zone)),
            remedy=say("subscription.choose_zone"),
        ) from error
