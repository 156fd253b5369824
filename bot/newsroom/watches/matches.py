"""The use case behind watches: match what is new with all of them."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from threading import Lock

from bot import store
from bot.config import WatchSettings
from bot.errors import QueryError
from bot.model import ClaimEntry, Hit, Watch
from bot.newsroom.providers import Clock, OpenIndex
from bot.newsroom.search.shown import PrintedNames, ShownClaims
from bot.search import Percolator, Query, parse
from bot.search.engine.query_builder import MAX_REQUIRED_WORDS
from bot.search.language import pasted_text
from bot.statements.rows import group_into_rows
from bot.store import Job
from bot.store.delivery.payloads import InvalidWatchPayload
from bot.store.watches.alerts import Alert, Firing
from bot.store.watches.news import NewClaims
from bot.store.watches.watches import Watches
from bot.watches.pace import HOUR, alert_time
from bot.words import say

log = logging.getLogger(__name__)

ARTICLE_BATCH = 5
"""Articles whose claims are matched in one step: while what they fire is noted, no other process
can write."""

RECENT_ALERTS_AGE = timedelta(days=7)
MAX_RECENT_ALERTS = 100
"""For how long, and of how many of its last statements, a watch knows one again that another
outlet reports."""

WatchHits = list[tuple[str, tuple[str, ...]]]
"""The claims that a watch finds, each with the words of its query that fired."""


@dataclass(eq=False, repr=False, kw_only=True)
class WatchMatches:
    """New claims, and the watches that they fire."""

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
        """Read the query of a watch, as it is matched. Raises QueryError."""
        query = parse(typed, self.now().astimezone().date())
        if len(query.words) > MAX_REQUIRED_WORDS or pasted_text.sentences(typed):
            raise QueryError(
                say("watches.long_query"), remedy=say("watches.at_most", n=MAX_REQUIRED_WORDS)
            )
        return replace(query, exact=True)

    def _read_or_pause(self, watch: Watch) -> Query | None:
        """Read the query of a watch. One that only an earlier version could read is paused, and its
        person told: it would find nothing, and nobody would know."""
        try:
            return self.parse_query(watch.query)
        except QueryError as error:
            log.error("paused watch %d of %s: %s", watch.number, watch.team, error)
            self.watches.pause(watch, InvalidWatchPayload(watch.id, str(error)), now=self.now())
        return None

    def handle_watch_job(self, job: Job) -> None:
        """Match all claims that no watch has seen; to do so twice, or two at a time, does no
        harm."""
        while seen := self.watches.news(ARTICLE_BATCH):
            self.watches.record_firings(seen, list(self._firings(seen)), self.now())

    def _firings(self, seen: Sequence[NewClaims]) -> Iterator[Firing]:
        now, most = self.now(), self.settings.alerts_an_hour
        fired = self._fired(seen)
        since = now - RECENT_ALERTS_AGE
        known = self.watches.recent_alerts(list(fired), since=since, most=MAX_RECENT_ALERTS)
        told = self.watches.message_times(list(fired), now - HOUR)
        rows = self._rows_of([found for _, found in fired.values()], known)
        for watch_id, (watch, found) in fired.items():
            new, grown = _joined(watch_id, found, known[watch_id], rows, now)
            at = alert_time(watch, now, told.get(watch_id, ()), most)
            told_at = at if at > now else None
            yield Firing(watch=watch, found=new, extended=grown, told_at=told_at)

    def _fired(self, seen: Sequence[NewClaims]) -> dict[str, tuple[Watch, WatchHits]]:
        """Which watches fire, by id, and at what."""
        filed_at = {claim_id: one.filed_at for one in seen for claim_id in one.claims}
        out: dict[str, tuple[Watch, WatchHits]] = {}
        new = self._fresh(seen, filed_at)
        called = self._also_called(entry.speaker for entry in new)
        also_by = cache(self.printed_names.aliases_for)
        with self._watchers.lock:
            today = self.now().astimezone().date()
            self._watchers.refresh(today, self._read_or_pause, self.index().percolator)
            for entry in new:
                also = called.get(entry.speaker or "", ())
                answered = self._watchers.percolator.matching(entry, also, also_by)
                for watch_id, words in answered.items():
                    watch = self._watchers.watches[watch_id]
                    if watch.made_at <= filed_at[entry.claim_id]:
                        out.setdefault(watch_id, (watch, []))[1].append((entry.claim_id, words))
        return out

    def _fresh(
        self, seen: Sequence[NewClaims], filed_at: Mapping[str, datetime]
    ) -> list[ClaimEntry]:
        """The new claims that are there still, but those of old articles, in reading order."""
        article_ids = [one.article_id for one in seen]
        # The index may not have come so far yet, and with it names.
        self.names.add(article_ids, self.naming, self.now())
        entries = {one.claim_id: one for one in self.archive.entries(article_ids)}
        there = (entries[claim_id] for claim_id in filed_at if claim_id in entries)
        oldest = self.settings.oldest_days
        return [
            entry
            for entry in there
            if entry.published_on is None
            or (filed_at[entry.claim_id].date() - entry.published_on).days <= oldest
        ]

    def _also_called(self, speakers: Iterable[str | None]) -> Mapping[str, Collection[str]]:
        """The other names of speakers, and the one that stands for them all."""
        stands = self.names.speakers([one for one in set(speakers) if one])
        of_one: defaultdict[str, set[str]] = defaultdict(set)
        for name, speaker in self.names.aliases_of(list(set(stands.values()))).items():
            of_one[speaker] |= {name, speaker}
        return {name: of_one[speaker] for name, speaker in stands.items()}

    def _rows_of(
        self, fired: Iterable[WatchHits], known: Mapping[str, Sequence[Alert]]
    ) -> dict[str, int]:
        """A number for each claim that has just been found, or was before: those that report one
        statement have the same."""
        ids = [claim for alerts in known.values() for one in alerts for claim in one.claims]
        ids += [claim for found in fired for claim, _ in found]
        shown = self.claims.by_id(list(dict.fromkeys(ids)))
        there = [shown[claim_id] for claim_id in dict.fromkeys(ids) if claim_id in shown]
        hits = [Hit(claim=claim, article=card, score=0.0) for claim, card in there]
        return {hit.claim.id: n for n, row in enumerate(group_into_rows(hits)) for hit in row.hits}

    @cached_property
    def _watchers(self) -> _Watchers:
        return _Watchers(self.watches)


def _joined(
    watch_id: str,
    found: WatchHits,
    known: Iterable[Alert],
    rows: Mapping[str, int],
    now: datetime,
) -> tuple[list[Alert], list[Alert]]:
    """What is new of what a watch has found, and those of its statements that have grown by it."""
    of_row: dict[int, Alert] = {}
    for alert in known:
        for claim_id in alert.claims:
            if claim_id in rows:
                of_row.setdefault(rows[claim_id], alert)
    new: dict[str, Alert] = {}
    grown: dict[str, Alert] = {}
    for claim_id, words in found:
        if (row := rows.get(claim_id)) is None:
            continue  # it has just gone
        if (there := of_row.get(row)) is None:
            # Microseconds apart, so that they stay in their order.
            found_at = now + timedelta(microseconds=len(new))
            there = Alert(
                watch_id=watch_id, statement=claim_id, claims=(), words=words, found_at=found_at
            )
            new[claim_id] = there
        if claim_id not in there.claims:
            of_row[row] = there = replace(there, claims=(*there.claims, claim_id))
            (new if there.statement in new else grown)[there.statement] = there
    return list(new.values()), list(grown.values())


class _Watchers:
    """The watches of all workspaces as this process matches them; used under its `lock`."""

    def __init__(self, store: Watches) -> None:
        self._store = store
        self._changes, self._day = -1, date.min
        self.lock = Lock()
        self.watches: dict[str, Watch] = {}
        self.percolator: Percolator

    def refresh(
        self, today: date, read: Callable[[Watch], Query | None], fresh: Callable[[], Percolator]
    ) -> None:
        """Follow what people have changed since, with queries as they are `read`, if they can be;
        on another day all are read anew, since "yesterday" means another one."""
        if self._day != today:
            self._changes, self._day = -1, today
            self.watches, self.percolator = {}, fresh()
        if self._store.changes() == self._changes:
            return
        changes, present = self._store.active()
        for watch_id in self.watches.keys() - present.keys():
            self.percolator.remove(watch_id)
        for watch_id, watch in present.items():
            there = self.watches.get(watch_id)
            if there is None or there.query != watch.query:
                if query := read(watch):
                    self.percolator.add(watch_id, query)
                else:
                    self.percolator.remove(watch_id)
        self._changes, self.watches = changes, present
