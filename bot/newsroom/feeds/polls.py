"""Use cases of polling: read a feed, file what is new in it, read the pages of its excerpts.

Killed at any moment, nothing is lost: what a poll has found is noted, with the job of the next one,
only after its articles are filed; until then the same poll is simply done once more.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot import ingest, store
from bot.config import Settings
from bot.errors import FetchError, IngestError, NotFoundError
from bot.ingest.fetch import addresses
from bot.ingest.part import Part
from bot.ingest.refusal import Refusal
from bot.model import Document, Feed
from bot.newsroom.articles.article_intake import FILING_BATCH, ArticleIntake, Outcome
from bot.newsroom.feeds import entries, schedule
from bot.newsroom.feeds.fetches import Fetches, HostBusy
from bot.newsroom.feeds.schedule import FeedGone, PollFailed, PollSucceeded, StateChange
from bot.newsroom.feeds.turns import Turns
from bot.newsroom.providers import Clock
from bot.store import ANY_TEAM, Job, OwnerNotice
from bot.store.delivery.payloads import FeedPayload

if TYPE_CHECKING:
    from bot.ingest.fetch.fetcher import Fetched

log = logging.getLogger(__name__)

PAGE_JOB = "page"
"""The kind of the jobs that read the page of a feed's excerpt."""

FEED_TYPES = ("application/xml", "application/json", "text/html")
"""What a feed's address may give; a page may name the feed, or say what is wrong."""

FAILING_FEED_DELAY = timedelta(minutes=1)
"""When a feed that fails comes back for which there was no place."""

PERMANENT_FAILURES = (
    "url",
    "refused",
    "robots",
    "missing",
    "gone",
    "forbidden",
    "type",
    "large",
    "redirects",
)
"""Kinds of failures that trying again does not mend."""


NOT_POLLED = {
    "paused": "it is paused",
    "gone": "it is gone for good; resume it if you know it is back",
    "unlisted": "it is no longer in feeds.yml",
}
"""Why a feed is not asked, by its state."""

KEPT_OUT = "kept out"


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResult:
    """What a poll has come to: why it failed, or why its feed was not asked at all, and `counts` of
    what became of its entries. One is kept out that was taken back and is listed once more."""

    failure: str | None = None
    skip_reason: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a poll has brought: what it comes to, the contents of the feed's entries by key, and
    what became of them."""

    outcome: PollSucceeded | PollFailed | FeedGone
    contents: Mapping[str, str]
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(eq=False, repr=False, kw_only=True)
class Polls:
    """Poll feeds."""

    feeds: store.Feeds
    jobs: store.Jobs
    fetches: Fetches
    articles: ArticleIntake
    turns: Turns
    settings: Settings
    now: Clock

    def handle_poll_job(self, job: Job) -> None:
        """Poll the feed that a job is about, or put it off where others have the places that there
        are for feeds that fail."""
        if feed := self._active(job.key):
            with self.turns.slot(has_failed=feed.failures > 0) as is_free:
                if is_free:
                    polled = self._poll(feed, self.fetches.fetch_in_turn)
                    if polled.failure:
                        log.warning("feed %s: %s", addresses.shown(feed.url), polled.failure)
                else:
                    self.feeds.postpone(feed.id, self.now() + FAILING_FEED_DELAY)

    def poll(
        self, feed_id: str, *, max_wait: timedelta = timedelta(0), ignore_delay: bool = True
    ) -> PollResult:
        """Poll a feed now, waiting as long as `max_wait` for its host's turn; otherwise the poll is
        put off. A feed that is paused, gone or removed is left alone and, unless it may be `ignore_delay`,
        one that failed and whose hour has not come: its server may have asked for time."""
        try:
            feed = self.feeds.feed(feed_id)
        except NotFoundError:
            return PollResult(skip_reason="it has been removed")
        if feed.state != "active":
            return PollResult(skip_reason=NOT_POLLED[feed.state])
        due_at = self.feeds.due_at(feed_id)
        if feed.failures and due_at and due_at > self.now() and not ignore_delay:
            return PollResult(
                skip_reason=f"it failed ({feed.failure}) and is next polled {_at(due_at)}"
            )
        return self._poll(feed, partial(self.fetches.fetch, max_wait=max_wait))

    def _active(self, feed_id: str) -> Feed | None:
        try:
            feed = self.feeds.feed(feed_id)
        except NotFoundError:
            return None
        return feed if feed.state == "active" else None

    def _poll(self, feed: Feed, fetch: Callable[..., Fetched]) -> PollResult:
        """Poll a feed, file what is new or has changed in it, and see to its next poll."""
        try:
            found = self._polled(feed, fetch)
        except HostBusy as busy:
            self.feeds.postpone(feed.id, busy.free_at)
            return PollResult(
                skip_reason=f"its host is busy; it is next polled {_at(busy.free_at)}"
            )
        now = self.now()
        decision = schedule.decide(feed, found.outcome, now=now, settings=self.settings.feeds)
        tidings = decision.change and _owner_notice(decision.feed, decision.change)
        kept_out = found.counts.get(KEPT_OUT, 0)
        self.feeds.record_poll(
            replace(decision.feed, kept_out=feed.kept_out + kept_out),
            found.contents,
            next_at=decision.next_at,
            tidings=tidings,
            now=now,
        )
        if kept_out:
            words = "feed %s: left out %d entries that were withdrawn or removed before"
            log.info(words, addresses.shown(feed.url), kept_out)
        return PollResult(failure=decision.feed.failure, counts=found.counts)

    def _polled(self, feed: Feed, fetch: Callable[..., Fetched]) -> _Found:
        known = {"etag": feed.etag, "last_modified": feed.last_modified}
        try:
            fetched = fetch(feed.url, accept=FEED_TYPES, **known)
        except FetchError as error:
            return _Found(_outcome_of(error), {})
        if other := self._other_at(fetched.moved_to, feed):
            where = f"{addresses.shown(other.url)}, which is already read"
            return _Found(FeedGone(reason=f"it has moved to {where}"), {})
        if fetched.status == 304:
            # Its server may call the same by a new name, or by none.
            same = PollSucceeded(
                changed_entries=0,
                min_delay=_seconds(fetched.fresh_for),
                moved_to=fetched.moved_to,
                etag=fetched.etag or feed.etag,
                last_modified=fetched.last_modified or feed.last_modified,
            )
            return _Found(same, {})
        try:
            read = self.fetches.read_feed(fetched, entries.origin_of(feed))
        except Refusal as refusal:
            return _Found(PollFailed(reason=refusal.cause), {})
        listed = entries.parts_by_key(read.entries)
        contents = {key: entries.content_hash(part) for key, part in listed.items()}
        fresh = self.feeds.changed_entries(feed.id, contents)
        counts = self._file_entries(
            feed, fetched.url, {key: part for key, part in listed.items() if key in fresh}
        )
        # Of one that is damaged all is asked for again, so that what it lacks is not lost.
        is_whole = all(refusal.is_no_story for refusal in read.refusals)
        outcome = PollSucceeded(
            changed_entries=len(fresh),
            min_delay=max(read.next_fetch or 0, _seconds(fetched.fresh_for)),
            moved_to=fetched.moved_to,
            etag=fetched.etag if is_whole else None,
            last_modified=fetched.last_modified if is_whole else None,
            title=read.title,
        )
        return _Found(outcome, contents, counts)

    def _other_at(self, address: str | None, feed: Feed) -> Feed | None:
        """The other feed that is polled at an address, if there is one: two would bring the same
        twice for ever."""
        there = self.feeds.by_address(address) if address else None
        return there if there and there.id != feed.id and there.state == "active" else None

    def _file_entries(self, feed: Feed, url: str, fresh: Mapping[str, Part]) -> Counter[str]:
        """File entries of a feed that came from `url`, counting what becomes of them, and have the
        pages of excerpts read where the newsroom wants that."""
        excerpts = {key: part for key, part in fresh.items() if part.known.get("excerpt")}
        if feed.full_text:
            self._ask_for_pages(feed, excerpts)
        documents = []
        for one in ingest.documents_of(fresh.values(), origin=entries.origin_of(feed)):
            if isinstance(one, Document):
                documents.append(entries.with_feed_defaults(one, feed, url, self.settings.outlets))
            elif not one.is_no_story:
                log.warning("left out an entry of a feed: %s", one)
        # Of a feed that was added just now, what has no date may be years old: it is no news.
        counts: Counter[str] = Counter()
        for batch in _batches(documents):
            is_bulk = feed.polled_at is None and batch[0].published_on is None
            outcomes = self.articles.ingest(batch, bulk=is_bulk)
            counts.update(map(_become, batch, outcomes))
        return counts

    def _ask_for_pages(self, feed: Feed, excerpts: Mapping[str, Part]) -> None:
        due_at, gap = self.now(), timedelta(seconds=self.settings.feeds.gap_seconds)
        for key, part in excerpts.items():
            # The text is the page's to give: any will do to see what is known of the entry.
            [about] = ingest.documents_of([part._replace(text="…")], origin=entries.origin_of(feed))
            if isinstance(about, Document) and entries.has_open_page(about):
                asked = entries.page_request(about, characters=len(part.text))
                payload = {"feed": feed.id, "entry": asked}
                self.jobs.add(PAGE_JOB, f"{feed.id}/{key}", payload, due_at=due_at)
                due_at += gap  # they are mostly of one host, which lets in one at a time

    def handle_page_job(self, job: Job) -> None:
        """PollSucceeded the page of a feed's excerpt and file it in the excerpt's place.

        Put off where its host has just been asked for something. Given up, so that the excerpt
        stays, where trying again is of no use; raises FetchError where it may be.
        """
        asked = job.payload["entry"]
        try:
            feed = self.feeds.feed(job.payload["feed"])
            if not feed.full_text:
                return
            fetched = self.fetches.fetch_in_turn(asked["url"])
        except HostBusy as busy:
            self.jobs.add(PAGE_JOB, job.key, job.payload, due_at=busy.free_at)
            return
        except NotFoundError:
            return
        except FetchError as error:
            if error.kind not in PERMANENT_FAILURES:
                raise
            log.warning("could not read the page behind an excerpt: %s", error)
            return
        page = self._article_on(fetched)
        if isinstance(page, IngestError):
            log.warning("could not read the page behind an excerpt: %s", page)
        elif len(page.text) < asked["characters"]:
            log.warning("a page has less text than its excerpt: %s", addresses.shown(fetched.url))
        else:
            # Which page it is was for the feed to say: it speaks with the feed's voice.
            whole = replace(entries.merge_page(asked, page), origin=entries.origin_of(feed))
            self.articles.ingest(
                [entries.with_feed_defaults(whole, feed, fetched.url, self.settings.outlets)]
            )

    def _article_on(self, fetched: Fetched) -> Document | IngestError:
        """The first article of a page that may be shown, or why there is none."""
        refused: IngestError | None = None
        for one in self.fetches.read_documents(fetched):
            if isinstance(one, IngestError):
                refused = refused or one
            elif entries.is_usable(one):
                return one
        nothing = "the page has nothing that may be shown"
        return refused or IngestError(nothing, subject=addresses.shown(fetched.url))


def _batches(documents: Sequence[Document]) -> Iterator[list[Document]]:
    """Documents in batches as they are filed together, those without a date by themselves."""
    for is_dated in (True, False):
        some = [one for one in documents if bool(one.published_on) == is_dated]
        for start in range(0, len(some), FILING_BATCH):
            yield some[start : start + FILING_BATCH]


def _become(document: Document, outcome: Outcome) -> str:
    """What became of an entry, in a word."""
    was_there = outcome.status == "withdrawn" and document.status != "canceled"
    return KEPT_OUT if was_there else outcome.status


def _at(moment: datetime) -> str:
    return f"at {moment.astimezone(UTC):%H:%M} UTC"


def _outcome_of(error: FetchError) -> PollFailed | FeedGone:
    if error.kind == "gone":
        return FeedGone(reason=error.cause)
    return PollFailed(reason=error.cause, min_delay=_seconds(error.retry_after))


def _seconds(asked: timedelta | None) -> int:
    return int(asked.total_seconds()) if asked else 0


def _owner_notice(feed: Feed, news: StateChange) -> OwnerNotice | None:
    """What the owner of a feed is told, once a day for each thing there is to tell."""
    if not feed.person:
        return None
    payload = FeedPayload(
        what=news.state,
        label=feed.label,
        url=feed.added_as,
        since=news.since.isoformat(),
        reason=news.reason,
    )
    day = (feed.told_at or news.since).date()
    return OwnerNotice(f"{feed.id}/{news.state}/{day}", feed.team or ANY_TEAM, feed.person, payload)
