"""Add and change watches, and send their alerts."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import islice

from bot import store
from bot.config import WatchSettings
from bot.delivery.outbox import MessageOwner
from bot.errors import QueryError, SettingsError
from bot.model import CurrentClaim, Gone, Pace, Row, Watch
from bot.newsroom.delivery.messages import Messages
from bot.newsroom.digests.subscriptions import require_zone
from bot.newsroom.providers import Clock, OpenIndex
from bot.newsroom.search.answers import Search
from bot.newsroom.speakers.printed import PrintedNames
from bot.newsroom.watches.matches import WatchMatches
from bot.search import parse
from bot.store import Job, MessageClaim, OutboxMessage
from bot.store.delivery.payloads import AlertPayload, WatchPausedPayload
from bot.watches.pace import HOUR, alert_time, end_of_quiet_hours
from bot.words import say

DAY = timedelta(days=1)
MAX_CLAIMS_PER_DAY = 50
"""A watch that would find more claims a day is broad: its owner must confirm it."""
MAX_STATEMENTS = 15
"""The most statements that a message shows."""


@dataclass(frozen=True, slots=True)
class AlertStatement:
    """A statement in a watch's message: the current claims that report it, or why they are
    gone."""

    row: Row | None = None
    gone: Gone | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class AlertContents:
    """The contents of a watch's message: its first statements, and how many are `omitted`.

    `words` are the words of the query that matched. `has_moved` means that the watch now posts to
    another place, with other readers.
    """

    watch: Watch
    statements: tuple[AlertStatement, ...]
    words: tuple[str, ...] = ()
    omitted: int = 0
    has_moved: bool = False


@dataclass(frozen=True, slots=True)
class WatchForecast:
    """How many of the last day's claims a watch would have found, and whether it needs
    confirmation because it is broad."""

    claims: int
    is_broad: bool


@dataclass(eq=False, repr=False, kw_only=True)
class Watches:
    """Manages watches and their alerts. People refer to a watch by its number in a workspace."""

    arrivals: store.ClaimArrivals
    watches: store.Watches
    dead_letters: store.DeadLetters
    index: OpenIndex
    printed_names: PrintedNames
    search: Search
    matches: WatchMatches
    messages: Messages
    settings: WatchSettings
    now: Clock

    def add(
        self,
        *,
        team: str,
        person: str,
        channel: str,
        query: str,
        zone: str,
        pace: Pace = "at_once",
        at: time | None = None,
        quiet: tuple[time, time] | None = None,
    ) -> Watch:
        """Add a watch that posts new claims matching a query.

        They go to a channel or, if `channel` is the person's id, to direct messages. Raises
        QueryError for an invalid query, SettingsError for an unknown zone or one watch too many.
        """
        own_watches = self.watches.for_person(team, person=person)
        if len(own_watches) >= self.settings.per_person:
            raise SettingsError(
                say("watches.not_set"),
                cause=say("watches.too_many", n=len(own_watches)),
                remedy=say("watches.end_one"),
            )
        watch = Watch(
            id="",
            number=0,
            team=team,
            person=person,
            channel=channel,
            query=query,
            zone=zone,
            made_at=self.now(),
            pace=pace,
            at=at,
            quiet=quiet,
        )
        return self.watches.add(self._validate(watch))

    def edit(self, watch: Watch) -> Watch:
        """Store changed settings of a watch.

        Raises the errors of `add`, and NotFoundError for a watch that has ended.
        """
        return self.watches.update_settings(self._validate(watch), self.now())

    def _validate(self, watch: Watch) -> Watch:
        """Return a watch with its query on one line, after checking query and zone."""
        watch = replace(watch, query=" ".join(watch.query.split()))
        self.matches.parse_query(watch.query)
        require_zone(watch.zone, say("watches.not_set"))
        return watch

    def forecast(self, query: str) -> WatchForecast:
        """Return how many of the last day's claims a watch would have found. Raises QueryError."""
        parsed_query, now = self.matches.parse_query(query), self.now()
        oldest_days = self.settings.oldest_days
        arrivals = self.arrivals.claims_arrived(now - DAY, now, oldest_days=oldest_days)
        aliases = (
            self.printed_names.aliases_for(parsed_query.speakers) if parsed_query.speakers else ()
        )
        claim_ids = [hit.claim.id for hit in arrivals]
        count = len(
            self.index().filter_ids(replace(parsed_query, speaker_aliases=aliases), claim_ids)
        )
        is_narrow = (
            parsed_query.has_text
            or parsed_query.speakers
            or parsed_query.via
            or parsed_query.outlets
        )
        return WatchForecast(count, count > MAX_CLAIMS_PER_DAY or not is_narrow)

    def looking_ahead(self, query: str) -> str:
        """Return a query without its days if they are over: nothing new is published on them.

        Raises QueryError.
        """
        today = self.now().astimezone().date()
        parsed_query = parse(query, today)
        if not parsed_query.before or parsed_query.before >= today:
            return query
        undated_query = replace(parsed_query, after=None, before=None)
        has_more = undated_query.has_text or undated_query.has_filters
        return str(undated_query) if has_more else query

    def pause(self, watch: Watch) -> None:
        """Stop a watch until it is resumed."""
        self.watches.set_state(watch, "paused", self.now())

    def resume(self, watch: Watch) -> None:
        """Resume a watch for claims from now on, and send the alerts that were still pending.

        Messages that could not be posted are retried. Raises QueryError if the query is no longer
        valid.
        """
        self.matches.parse_query(watch.query)
        self.watches.set_state(watch, "active", self.now())
        letter_ids = self.watches.dead_letter_ids(watch)
        self.dead_letters.retry(letter_ids, team=watch.team, now=self.now())

    def end(self, watch: Watch) -> None:
        """End a watch for good."""
        self.watches.set_state(watch, "ended", self.now())

    # -- alerts

    def handle_alert_job(self, job: Job) -> datetime | None:
        """Send the pending alerts of a watch if they are due; returns when to try again."""
        watch = self.watches.get(job.key)
        if watch is None or watch.state != "active":
            return None
        if not (pending := self.watches.pending_alerts(watch)):
            return None
        now, max_per_hour = self.now(), self.settings.alerts_an_hour
        sent_times = self.watches.message_times([watch.id], now - HOUR).get(watch.id, ())
        due_at = max(
            alert_time(watch, pending[0].found_at, sent_times, max_per_hour),
            end_of_quiet_hours(watch, now) or now,
        )
        if due_at > now:
            return due_at
        self.watches.send_alerts(watch, pending, now)
        return None

    def alert_contents(self, message: OutboxMessage) -> AlertContents | None:
        """Return the current contents of a watch's message.

        None if it has not been posted and its watch is not active or posts elsewhere now.
        """
        watch = self.watches.get(message.payload_as(AlertPayload).watch)
        if watch is None:
            return None
        has_moved = _has_moved(watch, message)
        if message.ts is None and (watch.state != "active" or has_moved):
            return None
        wordings: dict[str, str | None] = dict(message.shown)
        alerts = self.watches.alerts_in(watch, message.key)
        shown_alerts = alerts[:MAX_STATEMENTS]
        current_claims = iter(
            self.messages.current_claims(
                [
                    MessageClaim(claim_id, wordings.get(claim_id))
                    for alert in shown_alerts
                    for claim_id in alert.claims
                ]
            )
        )
        query = "" if has_moved else watch.query
        statements = tuple(
            self._statement(query, list(islice(current_claims, len(alert.claims))))
            for alert in shown_alerts
        )
        return AlertContents(
            watch,
            statements,
            words=tuple(dict.fromkeys(word for alert in alerts for word in alert.words)),
            omitted=len(alerts) - len(shown_alerts),
            has_moved=has_moved,
        )

    def _statement(self, query: str, claims: Sequence[CurrentClaim]) -> AlertStatement:
        shown_claims = [claim for claim in claims if claim.hit]
        hits = [claim.hit for claim in claims if claim.hit]
        if not hits:
            return AlertStatement(gone=claims[0].gone)
        with suppress(QueryError):  # the query was valid in an earlier version
            hits[0] = self.search.highlighter(self.matches.parse_query(query))(hits[0])
        return AlertStatement(Row(hits=tuple(hits)), changed=shown_claims[0].changed)

    def paused_watch(self, watch_id: str) -> Watch | None:
        """Return a watch if it is still paused; otherwise its owner need not be told."""
        watch = self.watches.get(watch_id)
        return watch if watch and watch.state == "paused" else None


@dataclass(eq=False, repr=False, kw_only=True)
class AlertOwner(MessageOwner):
    """Handles watches' messages that are not posted."""

    watches: store.Watches
    now: Clock

    def on_drop(self, message: OutboxMessage) -> bool:
        """Make the alerts of a message pending again: its watch is paused or posts elsewhere."""
        self.watches.requeue(message, self.now())
        return True

    def on_failure(self, message: OutboxMessage, failure: str) -> bool:
        """Pause the watch whose message could not be posted.

        Returns whether its owner is told of the failure and the pause. If the payload cannot be
        read, the watch is unknown and the result is False.
        """
        payload = message.payload
        watch = self.watches.get(payload.watch) if isinstance(payload, AlertPayload) else None
        if watch is None:
            return False
        return self.watches.pause(watch, WatchPausedPayload(watch.id, failure), now=self.now())


def _has_moved(watch: Watch, message: OutboxMessage) -> bool:
    """Whether a watch now posts to a place other than that of one of its messages."""
    # A posted direct message has the conversation's id; a queued one has the person's.
    is_direct = message.channel.startswith("D")
    return not watch.is_private if is_direct else watch.channel != message.channel
