"""Use cases of setting a channel's daily digest: when it comes, what is in it, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import store
from bot.config import Settings
from bot.errors import NotFoundError, QueryError, SettingsError
from bot.model import DigestWants, Subscription
from bot.newsroom.digests import ledger_plan
from bot.newsroom.providers import Clock, OpenIndex
from bot.store import LedgerRow
from bot.store.database import Database
from bot.store.delivery.payloads import DigestStoppedPayload
from bot.words import say

MOST_OUTLETS = 10_000


@dataclass(eq=False, repr=False, kw_only=True)
class Subscriptions:
    """Subscriptions, and the ledger's rows that follow from them."""

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
        wants: DigestWants | None = None,
    ) -> Subscription:
        """Set a channel's daily digest; set as it was, it goes on as if nothing had happened.

        What it `wants` beside its hour stays as it was where that is None. One that was stopped
        goes on. Raises SettingsError for a zone that is not known.
        """
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise SettingsError(
                say("subscription.failed"),
                cause=say("subscription.zone_unknown", zone=repr(zone)),
                remedy=say("subscription.choose_zone"),
            ) from error
        now, known = self.now(), self.ledger.subscription(team, channel)
        if known and not known.stopped:
            # What has come due by now is of what was set until now.
            self.update_ledger(known, now)
        if wants is None:
            wants = known.wants if known else DigestWants()
        asked = Subscription(
            team=team, channel=channel, at=at, zone=zone, person=person, since=now, wants=wants
        )
        subscription = ledger_plan.updated_subscription(known, asked)
        self.ledger.subscribe(subscription)
        return subscription

    def stop(self, subscription: Subscription, why: str, tell: Sequence[str]) -> None:
        """Let no digest be posted in a channel until it is set again, since none can be there:
        `why` is Slack's code for it. Those to `tell` hear so in a direct message, once."""
        team, channel, now = subscription.team, subscription.channel, self.now()
        with self.database.write() as connection:
            if not self.ledger.stop(connection, team, channel, why):
                return
            for person in tell:
                self.outbox.add(
                    connection,
                    team=team,
                    channel=person,
                    key=f"{DigestStoppedPayload.kind}/{channel}/{now.isoformat()}/{person}",
                    payload=DigestStoppedPayload(channel),
                    now=now,
                )

    def for_channel(self, channel: str) -> Subscription:
        """What is set for a channel, whichever workspace it is in. Raises NotFoundError."""
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
        """The name, as articles have it, of an outlet that people call by it or by another name.

        Raises QueryError for one that is neither in outlets.yml nor in any article or feed.
        """
        asked = typed.casefold().strip()
        names = {outlet.casefold(): outlet for outlet in self.index().outlets(MOST_OUTLETS)}
        names |= {feed.outlet.casefold(): feed.outlet for feed in self.feeds.all() if feed.outlet}
        for one in self.settings.outlets:
            names |= {alias.casefold(): one.name for alias in (*one.aliases, one.name)}
        if found := names.get(asked):
            return found
        near = sorted({name for folded, name in names.items() if asked and asked in folded})
        remedy = say("digest_settings.near_outlets", names=", ".join(near[:5])) if near else ""
        raise QueryError(
            say("digest_settings.no_outlet", typed=typed),
            remedy=remedy or say("digest_settings.how_outlet"),
        )

    # -- the ledger

    def rows(self, team: str, channel: str) -> list[LedgerRow]:
        """A channel's latest digests, oldest first, but those that a clock which was ahead for a
        while has left for hours to come: it would be silent until then."""
        now = self.now()
        return [row for row in self.ledger.rows(team, channel) if row.posting_time <= now]

    def update_ledger(self, subscription: Subscription, now: datetime) -> list[LedgerRow]:
        """Bring a channel's ledger to where it should stand, and return its rows, oldest first.

        While Slack is being asked for one of them the others wait: how it ends decides where the
        next begins, and no claim is to come twice.
        """
        ledger = self.ledger
        rows = self.rows(subscription.team, subscription.channel)
        if any(row.state == "sending" for row in rows):
            return []
        brought_up = ledger_plan.updated_rows(
            subscription, rows, now=now, catch_up=self.catch_up_time
        )
        for row in rows:
            given_up = row.state == "planned" and row not in brought_up
            if given_up and not ledger.mark_missed(row.key):
                return []
        for row in brought_up:
            if row not in rows:
                ledger.plan(row)
        return brought_up

    @property
    def catch_up_time(self) -> timedelta:
        """How long after its hour a digest may still be posted."""
        return timedelta(minutes=self.settings.digest.catch_up_minutes)
