"""Poll feeds, file their new entries, and fetch the pages with the full texts of excerpts.

A poll is recorded, and the next one scheduled, only after its articles are filed. So if the process
is killed nothing is lost: the poll is repeated.
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
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.model import Document, Feed
from bot.newsroom.articles.article_intake import FILING_BATCH, ArticleIntake, Outcome
from bot.newsroom.feeds import entries, schedule
from bot.newsroom.feeds.fetches import Fetches, HostBusy
from bot.newsroom.feeds.schedule import FeedGone, PollFailed, PollSucceeded, StateChange
from bot.newsroom.feeds.worker_limits import WorkerLimits
from bot.newsroom.providers import Clock
from bot.store import ANY_TEAM, Job, OwnerNotice
from bot.store.delivery.payloads import FeedPayload

if TYPE_CHECKING:
    from bot.ingest.fetch.fetcher import FetchResult

log = logging.getLogger(__name__)

PAGE_JOB = "page"
"""The kind of the jobs that fetch the page with the full text of an excerpt."""

FAILING_FEED_DELAY = timedelta(minutes=1)
"""When a failing feed is retried if all workers for failing feeds are busy."""

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
"""Kinds of failures that a retry does not resolve."""


SKIP_REASONS = {
    "paused": "it is paused",
    "gone": "it is gone for good; resume it if you know it is back",
    "unlisted": "it is no longer in feeds.yml",
}
"""Why a feed is not polled, by its state."""

KEPT_OUT = "kept out"
"""The outcome of an entry that was withdrawn or removed before and is still listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResult:
    """Why a poll failed or was skipped, or else how many entries had each outcome."""

    failure: str | None = None
    skip_reason: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _FetchReport:
    """The outcome of fetching a feed, the content hashes of the feed's entries by key, and how many
    entries had each outcome when they were filed."""

    outcome: PollSucceeded | PollFailed | FeedGone
    content_hashes: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(eq=False, repr=False, kw_only=True)
class Polls:
    """Polls feeds and files what they list."""

    feeds: store.Feeds
    jobs: store.Jobs
    fetches: Fetches
    articles: ArticleIntake
    worker_limits: WorkerLimits
    settings: Settings
    now: Clock

    def handle_poll_job(self, job: Job) -> None:
        """Poll the feed of a job; put off a failing feed if all workers for such feeds are busy."""
        feed = self._load(job.key)
        if not feed or feed.state != "active":
            return
        with self.worker_limits.acquire_worker(has_failed=feed.failures > 0) as has_worker:
            if not has_worker:
                self.feeds.postpone(feed.id, self.now() + FAILING_FEED_DELAY)
                return
            result = self._poll(feed, self.fetches.fetch_in_turn)
            if result.failure:
                log.warning("feed %s: %s", addresses.for_display(feed.url), result.failure)

    def poll(
        self, feed_id: str, *, max_wait: timedelta = timedelta(0), ignore_delay: bool = True
    ) -> PollResult:
        """Poll a feed now, or put it off if its host stays busy for longer than `max_wait`.

        A feed that is paused, gone or removed is skipped. A failing feed whose next poll is not due
        yet is also skipped unless `ignore_delay` is set, since its server may have asked for the
        delay.
        """
        feed = self._load(feed_id)
        if not feed:
            return PollResult(skip_reason="it has been removed")
        if feed.state != "active":
            return PollResult(skip_reason=SKIP_REASONS[feed.state])
        due_at = self.feeds.poll_due_at(feed_id)
        if feed.failures and due_at and due_at > self.now() and not ignore_delay:
            next_poll = _clock_time(due_at)
            return PollResult(
                skip_reason=f"it failed ({feed.failure}) and is next polled {next_poll}"
            )
        return self._poll(feed, partial(self.fetches.fetch, max_wait=max_wait))

    def _load(self, feed_id: str) -> Feed | None:
        try:
            return self.feeds.feed(feed_id)
        except NotFoundError:
            return None

    def _poll(self, feed: Feed, fetch: Callable[..., FetchResult]) -> PollResult:
        """Poll a feed, file its new and changed entries, and schedule its next poll."""
        try:
            report = self._fetch_and_file(feed, fetch)
        except HostBusy as busy:
            self.feeds.postpone(feed.id, busy.free_at)
            next_poll = _clock_time(busy.free_at)
            return PollResult(skip_reason=f"its host is busy; it is next polled {next_poll}")
        now = self.now()
        decision = schedule.decide(feed, report.outcome, now=now, settings=self.settings.feeds)
        kept_out = report.counts.get(KEPT_OUT, 0)
        self.feeds.record_poll(
            replace(decision.feed, kept_out=feed.kept_out + kept_out),
            report.content_hashes,
            next_at=decision.next_at,
            notice=decision.change and _owner_notice(decision.feed, decision.change),
            now=now,
        )
        if kept_out:
            log.info(
                "feed %s: left out %d entries that were withdrawn or removed before",
                addresses.for_display(feed.url),
                kept_out,
            )
        return PollResult(failure=decision.feed.failure, counts=report.counts)

    def _fetch_and_file(self, feed: Feed, fetch: Callable[..., FetchResult]) -> _FetchReport:
        try:
            fetched = fetch(feed.url, etag=feed.etag, last_modified=feed.last_modified)
        except FetchError as error:
            return _FetchReport(_failed_outcome(error))
        if other_feed := self._other_feed_at(fetched.moved_to, feed):
            target = f"{addresses.for_display(other_feed.url)}, which is already read"
            return _FetchReport(FeedGone(reason=f"it has moved to {target}"))
        if fetched.status == 304:
            return _FetchReport(
                PollSucceeded(
                    changed_entries=0,
                    moved_to=fetched.moved_to,
                    # The server may send new values or none.
                    etag=fetched.etag or feed.etag,
                    last_modified=fetched.last_modified or feed.last_modified,
                )
            )
        try:
            parsed_feed = self.fetches.read_feed(fetched, entries.origin_of(feed))
        except Refusal as refusal:
            return _FetchReport(PollFailed(reason=refusal.cause))
        parsed_entries = entries.parsed_by_key(parsed_feed.entries)
        content_hashes = {key: entries.content_hash(one) for key, one in parsed_entries.items()}
        changed_keys = self.feeds.changed_entries(feed.id, content_hashes)
        changed = {key: one for key, one in parsed_entries.items() if key in changed_keys}
        counts = self._file_entries(feed, fetched.url, changed)
        # If the feed is damaged, fetch all of it again next time, so that nothing is lost. Skipped
        # entries are well formed, but not articles.
        is_intact = all(refusal.is_skipped for refusal in parsed_feed.refusals)
        outcome = PollSucceeded(
            changed_entries=len(changed),
            min_delay=parsed_feed.fetch_interval or 0,
            moved_to=fetched.moved_to,
            etag=fetched.etag if is_intact else None,
            last_modified=fetched.last_modified if is_intact else None,
            title=parsed_feed.title,
        )
        return _FetchReport(outcome, content_hashes, counts)

    def _other_feed_at(self, url: str | None, feed: Feed) -> Feed | None:
        """Return another active feed with this URL; polling both would file everything twice."""
        other = self.feeds.by_address(url) if url else None
        return other if other and other.id != feed.id and other.state == "active" else None

    def _file_entries(
        self, feed: Feed, url: str, parsed_entries: Mapping[str, ParsedArticle]
    ) -> Counter[str]:
        """File entries of a feed fetched from `url`, and return the counts of their outcomes.

        If the feed is set to full texts, jobs that fetch the pages of excerpts are added.
        """
        origin = entries.origin_of(feed)
        if feed.full_text:
            excerpts = {
                key: one for key, one in parsed_entries.items() if one.metadata.get("excerpt")
            }
            self._add_page_jobs(feed, excerpts)
        documents = []
        for document in ingest.to_documents(parsed_entries.values(), origin=origin):
            if isinstance(document, Document):
                documents.append(self._with_feed_defaults(document, feed, url))
            elif not document.is_skipped:
                # Well-formed entries that are not articles, such as pictures, are not worth a line.
                log.warning("left out an entry of a feed: %s", document)
        counts: Counter[str] = Counter()
        for batch in _batches(documents):
            # Undated entries of a new feed may be years old, so they must not count as news.
            is_bulk = feed.polled_at is None and batch[0].published_on is None
            outcomes = self.articles.ingest(batch, bulk=is_bulk)
            counts.update(map(_outcome_name, batch, outcomes))
        return counts

    def _add_page_jobs(self, feed: Feed, excerpts: Mapping[str, ParsedArticle]) -> None:
        due_at, gap = self.now(), timedelta(seconds=self.settings.feeds.gap_seconds)
        for key, excerpt in excerpts.items():
            # Only the metadata is needed, but a document must have a text.
            (document,) = ingest.to_documents(
                [excerpt._replace(text="…")], origin=entries.origin_of(feed)
            )
            if isinstance(document, Document) and entries.has_usable_page(document):
                request = entries.page_request(document, characters=len(excerpt.text))
                payload = {"feed": feed.id, "entry": request}
                self.jobs.add(
                    PAGE_JOB,
                    f"{feed.id}/{key}",
                    payload,
                    due_at=due_at,
                    source=f"feed/{feed.id}",
                )
                due_at += gap  # the pages are mostly on one host

    def handle_page_job(self, job: Job) -> None:
        """Fetch the page with the full text of an excerpt, and file it in place of the excerpt.

        If the host is busy, the job is put off. If a retry would not help, the job is given up and
        the excerpt stays. Raises FetchError if a retry may help.
        """
        request = job.payload["entry"]
        feed = self._load(job.payload["feed"])
        if not feed or not feed.full_text:
            return
        try:
            fetched = self.fetches.fetch_in_turn(request["url"])
        except HostBusy as busy:
            self.jobs.add(PAGE_JOB, job.key, job.payload, due_at=busy.free_at, source=job.source)
            return
        except FetchError as error:
            if error.kind not in PERMANENT_FAILURES:
                raise
            log.warning("could not read the page behind an excerpt: %s", error)
            return
        page = self._first_article(fetched)
        if isinstance(page, IngestError):
            log.warning("could not read the page behind an excerpt: %s", page)
        elif len(page.text) < request["characters"]:
            log.warning(
                "a page has less text than its excerpt: %s", addresses.for_display(fetched.url)
            )
        else:
            # The page counts as the feed's own article, since the feed links to it.
            article = replace(entries.merge_page(request, page), origin=entries.origin_of(feed))
            self.articles.ingest([self._with_feed_defaults(article, feed, fetched.url)])

    def _with_feed_defaults(self, document: Document, feed: Feed, url: str) -> Document:
        outlets, sites = self.settings.outlets, self.fetches.sites
        return entries.with_feed_defaults(document, feed, url, outlets, sites)

    def _first_article(self, fetched: FetchResult) -> Document | IngestError:
        """Return the first of a page's articles that we may show, or why there is none."""
        first_error: IngestError | None = None
        for document in self.fetches.read_documents(fetched):
            if isinstance(document, IngestError):
                first_error = first_error or document
            elif entries.is_usable(document):
                return document
        message = "the page has nothing that may be shown"
        return first_error or IngestError(message, subject=addresses.for_display(fetched.url))


def _batches(documents: Sequence[Document]) -> Iterator[list[Document]]:
    """Yield documents in batches for filing, those with a date before those without."""
    for has_date in (True, False):
        group = [document for document in documents if bool(document.published_on) == has_date]
        for start in range(0, len(group), FILING_BATCH):
            yield group[start : start + FILING_BATCH]


def _outcome_name(document: Document, outcome: Outcome) -> str:
    """Return the key in the counts for an entry's outcome."""
    was_kept_out = outcome.status == "withdrawn" and document.status != "canceled"
    return KEPT_OUT if was_kept_out else outcome.status


def _clock_time(moment: datetime) -> str:
    return f"at {moment.astimezone(UTC):%H:%M} UTC"


def _failed_outcome(error: FetchError) -> PollFailed | FeedGone:
    if error.kind == "gone":
        return FeedGone(reason=error.cause)
    return PollFailed(reason=error.cause, min_delay=_seconds(error.retry_after))


def _seconds(delay: timedelta | None) -> int:
    return int(delay.total_seconds()) if delay else 0


def _owner_notice(feed: Feed, change: StateChange) -> OwnerNotice | None:
    """Return the notice of a change for a feed's owner, at most one per state and day."""
    if not feed.person:
        return None
    payload = FeedPayload(
        what=change.state,
        label=feed.label,
        url=feed.added_as,
        since=change.since.isoformat(),
        reason=change.reason,
    )
    day = (feed.told_at or change.since).date()
    key = f"{feed.id}/{change.state}/{day}"
    return OwnerNotice(key, feed.team or ANY_TEAM, feed.person, payload)
