"""Use cases of watches: set one, and tell what it has found."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import store
from bot.config import WatchSettings
from bot.delivery.outbox import MessageOwner
from bot.errors import QueryError, SettingsError
from bot.model import CurrentClaim, Gone, Pace, Row, Watch
from bot.newsroom.delivery.messages import Messages
from bot.newsroom.providers import Clock, OpenIndex
from bot.newsroom.search.answers import Search
from bot.newsroom.search.shown import PrintedNames
from bot.newsroom.watches.matches import WatchMatches
from bot.store import Job, MessageClaim, OutboxMessage
from bot.store.delivery.payloads import AlertPayload, WatchPausedPayload
from bot.watches.pace import HOUR, alert_time, end_of_quiet_hours
from bot.words import say

DAY = timedelta(days=1)
BROAD_WATCH_CLAIMS = 50
"""Claims; whoever watches for more is asked first."""
MAX_STATEMENTS = 15
"""Statements that one message shows."""


@dataclass(frozen=True, slots=True)
class AlertStatement:
    """A statement that a message of a watch tells: the claims that report it, as they stand by now,
    or why they are gone."""

    row: Row | None = None
    gone: Gone | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class AlertContents:
    """What one message of a watch tells, the first of its statements and so many `more`. `words`
    are those of the query that fired. A watch that `tells_elsewhere` by now was told to others than
    those who see the message."""

    watch: Watch
    statements: tuple[AlertStatement, ...]
    words: tuple[str, ...] = ()
    omitted: int = 0
    has_moved: bool = False


@dataclass(frozen=True, slots=True)
class WatchForecast:
    """How many claims of the last day a watch would have found, and whether it is so broad that it
    had better be asked for twice."""

    claims: int
    is_broad: bool


@dataclass(eq=False, repr=False, kw_only=True)
class Watches:
    """Watches. Their numbers are those by which people call them in a workspace."""

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
        """Tell of new claims that answer a query from now on, in a channel or, where that is the
        person's id, in direct messages.

        Raises QueryError for what cannot be watched, SettingsError for a zone that is not known.
        """
        asked = Watch(
            id="",
            number=0,
            team=team,
            person=person,
            channel=channel,
            query=" ".join(query.split()),
            zone=zone,
            made_at=self.now(),
            pace=pace,
            at=at,
            quiet=quiet,
        )
        self._check(asked)
        return self.watches.add(asked)

    def edit(self, watch: Watch) -> Watch:
        """Keep what was set anew of a watch. Raises what `watch` raises, and NotFoundError for one
        that has ended."""
        watch = replace(watch, query=" ".join(watch.query.split()))
        self._check(watch)
        return self.watches.change(watch, self.now())

    def _check(self, watch: Watch) -> None:
        self.matches.parse_query(watch.query)
        try:
            ZoneInfo(watch.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise SettingsError(
                say("watches.not_set"),
                cause=say("subscription.zone_unknown", zone=repr(watch.zone)),
                remedy=say("subscription.choose_zone"),
            ) from error

    def forecast(self, query: str) -> WatchForecast:
        """How many of the last day's claims a watch would have found. Raises QueryError."""
        read, now = self.matches.parse_query(query), self.now()
        oldest_days = self.settings.oldest_days
        arrived = self.arrivals.claims_arrived(now - DAY, now, oldest_days=oldest_days)
        ids = [claim.id for claim, _ in arrived]
        also = self.printed_names.aliases_for(read.by) if read.by else ()
        found = len(self.index().among(replace(read, also_by=also), ids))
        names = read.by or read.via or read.outlets
        return WatchForecast(found, found > BROAD_WATCH_CLAIMS or not (read.has_text or names))

    def pause(self, watch: Watch) -> None:
        """Let a watch find nothing until it is resumed."""
        self.watches.set_state(watch, "paused", self.now())

    def resume(self, watch: Watch) -> None:
        """Let a watch find what comes from now on, and tell what it had found before, also what
        could not be posted. Raises QueryError for one that cannot be read any more."""
        self.matches.parse_query(watch.query)
        self.watches.set_state(watch, "active", self.now())
        letters = self.watches.dead_letters(watch)
        self.dead_letters.retry(letters, team=watch.team, now=self.now())

    def end(self, watch: Watch) -> None:
        """End a watch for good."""
        self.watches.set_state(watch, "ended", self.now())

    # -- telling

    def handle_alert_job(self, job: Job) -> datetime | None:
        """Have what a watch has found told whose hour has come; returns when to do so again."""
        watch = self.watches.get(job.key)
        if watch is None or watch.state != "active":
            return None
        if not (untold := self.watches.unsent(watch)):
            return None
        now, most = self.now(), self.settings.alerts_an_hour
        told = self.watches.message_times([watch.id], now - HOUR).get(watch.id, ())
        at = max(
            alert_time(watch, untold[0].found_at, told, most), end_of_quiet_hours(watch, now) or now
        )
        if at > now:
            return at
        self.watches.send_alerts(watch, untold, now)
        return None

    def alert_contents(self, one: OutboxMessage) -> AlertContents | None:
        """What a message of a watch tells by now; None where its watch wants none any more, or
        elsewhere."""
        watch = self.watches.get(one.contents(AlertPayload).watch)
        if watch is None:
            return None
        elsewhere = _tells_elsewhere(watch, one)
        if one.ts is None and (watch.state != "active" or elsewhere):
            return None
        wording: dict[str, str | None] = dict(one.shown)
        alerts = self.watches.alerts_in(watch, one.key)
        first, words = alerts[:MAX_STATEMENTS], (word for alert in alerts for word in alert.words)
        shown = [
            MessageClaim(claim, wording.get(claim)) for alert in first for claim in alert.claims
        ]
        restated = iter(self.messages.current_claims(shown))
        query = "" if elsewhere else watch.query
        told = [self._told(query, list(islice(restated, len(alert.claims)))) for alert in first]
        more = len(alerts) - len(first)
        fired = tuple(dict.fromkeys(words))
        return AlertContents(watch, tuple(told), words=fired, omitted=more, has_moved=elsewhere)

    def _told(self, query: str, restated: Sequence[CurrentClaim]) -> AlertStatement:
        hits = [one.hit for one in restated if one.hit]
        if not hits:
            return AlertStatement(gone=restated[0].gone)
        first = hits[0]
        with suppress(QueryError):  # an earlier version could read it
            first = self.search.highlighter(self.matches.parse_query(query))(first)
        changed = next(one.changed for one in restated if one.hit)
        return AlertStatement(Row(hits=(first, *hits[1:])), changed=changed)

    def paused_watch(self, watch_id: str) -> Watch | None:
        """The watch whose person is to be told that it is paused; None where it is not any more."""
        watch = self.watches.get(watch_id)
        return watch if watch and watch.state == "paused" else None


@dataclass(eq=False, repr=False, kw_only=True)
class AlertOwner(MessageOwner):
    """What becomes of what a watch was to tell."""

    watches: store.Watches
    now: Clock

    def on_drop(self, one: OutboxMessage) -> bool:
        """Let what a message has nothing to say of wait: its watch is paused, or tells elsewhere
        now."""
        self.watches.requeue(one, self.now())
        return True

    def on_failure(self, one: OutboxMessage, failure: str) -> bool:
        """Pause the watch whose message cannot be posted; True where its person hears of both at
        once by that. Of one that can't be read nobody knows whose it is."""
        payload = one.payload
        watch = self.watches.get(payload.watch) if isinstance(payload, AlertPayload) else None
        if watch is None:
            return False
        return self.watches.pause(watch, WatchPausedPayload(watch.id, failure), now=self.now())


def _tells_elsewhere(watch: Watch, one: OutboxMessage) -> bool:
    """Whether a watch tells by now where others read than those who see one of its messages."""
    directly = one.channel.startswith("D")  # of one that stands; of one that waits, the person's id
    return not watch.is_private if directly else watch.channel != one.channel
