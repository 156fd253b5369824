"""Match new claims with all watches."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from threading import Lock

from bot import store
from bot.config import WatchSettings
from bot.errors import QueryError
from bot.model import ClaimEntry, Watch
from bot.newsroom.articles.shown_claims import ShownClaims
from bot.newsroom.providers import Clock, OpenIndex
from bot.newsroom.speakers.printed import PrintedNames
from bot.search import Percolator, Query, parse
from bot.search.engine.query_builder import MAX_REQUIRED_WORDS
from bot.search.language import pasted_text
from bot.statements.rows import group_by_statement
from bot.store import Job
from bot.store.delivery.payloads import InvalidWatchPayload
from bot.store.watches.alerts import Alert, Trigger
from bot.store.watches.new_claims import NewClaims
from bot.store.watches.watches import Watches
from bot.watches.pace import HOUR, alert_time
from bot.words import say

log = logging.getLogger(__name__)

ARTICLE_BATCH = 5
"""Articles whose claims are matched in one step. Storing the matches blocks all other writers."""

RECENT_ALERTS_AGE = timedelta(days=7)
"""An alert up to this age is extended when another outlet reports its statement."""
MAX_RECENT_ALERTS = 100
"""Only this many of a watch's latest alerts can be extended."""

WatchHits = list[tuple[str, tuple[str, ...]]]
"""The ids of the claims that match a watch, each with the words of the query that matched."""


@dataclass(eq=False, repr=False, kw_only=True)
class WatchMatches:
    """Matches new claims with watches and records their alerts."""

    archive: store.Archive
    names: store.SpeakerNames
    watches: store.Watches
    index: OpenIndex
    naming: store.NamingRules
    claims: ShownClaims
    printed_names: PrintedNames
    settings: WatchSettings
    now: Clock

    def parse_query(self, typed: str) -> Query:
        """Parse the query of a watch. Raises QueryError."""
        query = parse(typed, self.now().astimezone().date())
        if len(query.words) > MAX_REQUIRED_WORDS or pasted_text.sentences(typed):
            raise QueryError(
                say("watches.long_query"), remedy=say("watches.at_most", n=MAX_REQUIRED_WORDS)
            )
        return replace(query, exact=True)

    def _parse_or_pause(self, watch: Watch) -> Query | None:
        """Parse the query of a watch; if it is no longer valid, pause the watch and tell its
        owner."""
        try:
            return self.parse_query(watch.query)
        except QueryError as error:
            log.error("paused watch %d of %s: %s", watch.number, watch.team, error)
            self.watches.pause(watch, InvalidWatchPayload(watch.id, str(error)), now=self.now())
        return None

    def handle_watch_job(self, job: Job) -> None:
        """Match all claims that were not matched yet. Idempotent, and safe to run concurrently."""
        while new_claims := self.watches.new_claims(ARTICLE_BATCH):
            triggers = list(self._make_triggers(new_claims))
            self.watches.record_triggers(new_claims, triggers, self.now())

    def _make_triggers(self, new_claims: Sequence[NewClaims]) -> Iterator[Trigger]:
        now, max_per_hour = self.now(), self.settings.alerts_an_hour
        hits_by_watch = self._match(new_claims)
        recent_alerts = self.watches.recent_alerts(
            list(hits_by_watch), since=now - RECENT_ALERTS_AGE, limit=MAX_RECENT_ALERTS
        )
        message_times = self.watches.message_times(list(hits_by_watch), now - HOUR)
        row_numbers = self._row_numbers((hits for _, hits in hits_by_watch.values()), recent_alerts)
        for watch_id, (watch, hits) in hits_by_watch.items():
            alerts, extended_alerts = _make_alerts(
                watch_id, hits, recent_alerts[watch_id], row_numbers, now
            )
            due_at = alert_time(watch, now, message_times.get(watch_id, ()), max_per_hour)
            yield Trigger(
                watch=watch,
                new_alerts=alerts,
                extended_alerts=extended_alerts,
                due_at=due_at if due_at > now else None,
            )

    def _match(self, new_claims: Sequence[NewClaims]) -> dict[str, tuple[Watch, WatchHits]]:
        """Return the watches that match new claims, by id, with their hits."""
        filed_at = {
            claim_id: article.filed_at for article in new_claims for claim_id in article.claims
        }
        matches: dict[str, tuple[Watch, WatchHits]] = {}
        entries = self._recent_entries(new_claims, filed_at)
        names = self._all_names(entry.speaker for entry in entries)
        with self._compiled_watches.lock:
            today = self.now().astimezone().date()
            self._compiled_watches.refresh(today, self._parse_or_pause, self.index().percolator)
            found = self._compiled_watches.percolator.find_matches(
                entries, names, self.printed_names.aliases_for
            )
            for watch_id, words_by_claim in found.items():
                watch = self._compiled_watches.watches[watch_id]
                hits = [hit for hit in words_by_claim.items() if watch.made_at <= filed_at[hit[0]]]
                if hits:
                    matches[watch_id] = watch, hits
        return matches

    def _recent_entries(
        self, new_claims: Sequence[NewClaims], filed_at: Mapping[str, datetime]
    ) -> list[ClaimEntry]:
        """Return the new claims that still exist, without those of old articles, in reading
        order."""
        article_ids = [article.article_id for article in new_claims]
        # Names are otherwise added when the index is updated, which may not have happened yet.
        self.names.add(article_ids, self.naming, self.now())
        entries = {entry.claim_id: entry for entry in self.archive.entries(article_ids)}
        existing_entries = (entries[claim_id] for claim_id in filed_at if claim_id in entries)
        max_days = self.settings.oldest_days
        return [
            entry
            for entry in existing_entries
            if entry.published_on is None
            or (filed_at[entry.claim_id].date() - entry.published_on).days <= max_days
        ]

    def _all_names(self, speakers: Iterable[str | None]) -> set[str]:
        """Return the canonical names and all aliases of speakers."""
        canonical = self.names.canonical_names([speaker for speaker in set(speakers) if speaker])
        canonical_by_alias = self.names.aliases_of(list(set(canonical.values())))
        return {*canonical_by_alias, *canonical_by_alias.values()}

    def _row_numbers(
        self, hits: Iterable[WatchHits], recent_alerts: Mapping[str, Sequence[Alert]]
    ) -> dict[str, int]:
        """Number the rows of all claims in hits and alerts.

        Claims that report the same statement have the same number.
        """
        ids = [
            *(id_ for alerts in recent_alerts.values() for alert in alerts for id_ in alert.claims),
            *(claim_id for watch_hits in hits for claim_id, _ in watch_hits),
        ]
        unique_ids = list(dict.fromkeys(ids))
        rows = group_by_statement(self.claims.by_id(unique_ids).values())
        return {hit.claim.id: number for number, row in enumerate(rows) for hit in row.hits}

    @cached_property
    def _compiled_watches(self) -> _CompiledWatches:
        return _CompiledWatches(self.watches)


def _make_alerts(
    watch_id: str,
    hits: WatchHits,
    recent_alerts: Iterable[Alert],
    row_numbers: Mapping[str, int],
    now: datetime,
) -> tuple[list[Alert], list[Alert]]:
    """Return a watch's new alerts, and the recent ones that its hits extend."""
    by_row: dict[int, Alert] = {}
    for alert in recent_alerts:
        for claim_id in alert.claims:
            if claim_id in row_numbers:
                by_row.setdefault(row_numbers[claim_id], alert)
    new_alerts: dict[str, Alert] = {}
    extended_alerts: dict[str, Alert] = {}
    for claim_id, words in hits:
        if (row := row_numbers.get(claim_id)) is None:
            continue  # it has just been removed
        if row not in by_row:
            # One microsecond apart, to keep their order.
            found_at = now + timedelta(microseconds=len(new_alerts))
            by_row[row] = new_alerts[claim_id] = Alert(
                watch_id=watch_id, statement=claim_id, claims=(), words=words, found_at=found_at
            )
        alert = by_row[row]
        if claim_id not in alert.claims:
            by_row[row] = alert = replace(alert, claims=(*alert.claims, claim_id))
            changed = new_alerts if alert.statement in new_alerts else extended_alerts
            changed[alert.statement] = alert
    return list(new_alerts.values()), list(extended_alerts.values())


class _CompiledWatches:
    """The active watches of all workspaces, compiled for matching; use it under its `lock`."""

    def __init__(self, store: Watches) -> None:
        self._store = store
        self._change_count, self._day = -1, date.min
        self.lock = Lock()
        self.watches: dict[str, Watch] = {}
        self.percolator: Percolator

    def refresh(
        self,
        today: date,
        parse_query: Callable[[Watch], Query | None],
        make_percolator: Callable[[], Percolator],
    ) -> None:
        """Apply changes to watches since the last call.

        All queries are parsed again each day, because of relative dates such as "yesterday".
        """
        if self._day != today:
            self._change_count, self._day = -1, today
            self.watches, self.percolator = {}, make_percolator()
        if self._store.change_count() == self._change_count:
            return
        change_count, current = self._store.active()
        for watch_id in self.watches.keys() - current.keys():
            self.percolator.remove(watch_id)
        for watch_id, watch in current.items():
            previous = self.watches.get(watch_id)
            if previous is None or previous.query != watch.query:
                if query := parse_query(watch):
                    self.percolator.add(watch_id, query)
                else:
                    self.percolator.remove(watch_id)
        self._change_count, self.watches = change_count, current
