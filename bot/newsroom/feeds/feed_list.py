"""The list of polled feeds: add, pause, resume and remove feeds, and sync it with feeds.yml."""

from __future__ import annotations

import contextlib
import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot import config, store
from bot.config import ListedFeed, Settings
from bot.errors import FetchError, IngestError, NotFoundError, SettingsError
from bot.ingest.fetch import addresses
from bot.ingest.refusal import Refusal
from bot.model import AddedFeed, Feed, FeedAdder
from bot.newsroom.feeds import schedule
from bot.newsroom.feeds.fetches import MAX_HOST_WAIT, Fetches, HostBusy, busy_error
from bot.newsroom.providers import Clock
from bot.words import say

if TYPE_CHECKING:
    from bot.ingest.fetch.fetcher import FetchResult
    from bot.ingest.parsed_file import ParsedFeed


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _FetchedFeed:
    """A feed that was fetched, given its URL or that of a web page that links to it.

    `url` is its permanent URL, `final_url` the one it currently redirects to, and `other_urls` are
    those of other feeds that the web page links to.
    """

    url: str
    final_url: str
    feed: ParsedFeed
    other_urls: tuple[str, ...]


@dataclass(eq=False, repr=False, kw_only=True)
class FeedList:
    """Manages the list of feeds."""

    feeds: store.Feeds
    fetches: Fetches
    settings: Settings
    now: Clock

    def add(
        self,
        address: str,
        *,
        added_by: FeedAdder,
        outlet: str | None = None,
        full_text: bool = False,
        team: str | None = None,
        person: str | None = None,
    ) -> AddedFeed:
        """Fetch a feed, given its URL or that of a page that links to it, and add it.

        The first poll, which stores its articles, is due at once. Adding a known feed changes
        nothing, whichever of its URLs is given; one that was dropped from feeds.yml is resumed.
        Raises FetchError and IngestError if nothing was added.
        """
        requested_url = addresses.parse(address).url
        existing = self.feeds.by_address(requested_url)
        if existing and existing.state == "unlisted":
            self.feeds.save_settings(replace(existing, added_by=added_by, team=team, person=person))
            self.feeds.resume(existing.id, now=self.now())
            return AddedFeed(feed=self.feeds.feed(existing.id))
        if existing:
            return AddedFeed(feed=existing)
        fetched = self._fetch_feed(requested_url)
        for url in (fetched.url, fetched.final_url):
            if existing := self.feeds.by_address(url):
                return AddedFeed(feed=existing, linked_feeds=fetched.other_urls)
        feed = Feed(
            id=_feed_id(fetched.url),
            url=fetched.url,
            added_as=fetched.url,
            added_by=added_by,
            added_at=self.now(),
            interval_seconds=int(schedule.FIRST_INTERVAL.total_seconds()),
            title=fetched.feed.title or None,
            outlet=outlet,
            full_text=full_text,
            team=team,
            person=person,
        )
        self.feeds.add(feed)
        entries = fetched.feed.entries
        return AddedFeed(
            feed=feed,
            entries=len(entries),
            full_text_count=sum(
                bool(entry.text) and not entry.metadata.get("excerpt") for entry in entries
            ),
            linked_feeds=fetched.other_urls,
        )

    def _fetch_feed(self, url: str) -> _FetchedFeed:
        """Fetch the feed at a URL or, if that is a web page, the first feed it links to."""
        fetched = self._fetch(url)
        try:
            if links := self.fetches.find_feed_links(fetched):
                url = addresses.parse(links[0]).url
                fetched = self._fetch(url)
            return _FetchedFeed(
                url=fetched.moved_to or url,
                final_url=fetched.url,
                feed=self.fetches.read_feed(fetched),
                other_urls=tuple(links[1:]),
            )
        except Refusal as refusal:
            raise IngestError(
                say("feeds.not_added"),
                subject=addresses.for_display(fetched.url),
                cause=refusal.cause,
                remedy=f"{refusal.remedy.removesuffix('.')}. {say('refusals.nothing_changed')}",
            ) from refusal

    def _fetch(self, url: str) -> FetchResult:
        try:
            return self.fetches.fetch(url, max_wait=MAX_HOST_WAIT)
        except HostBusy as busy:
            raise busy_error(url) from busy

    def all(self) -> list[Feed]:
        """Return all feeds, including those of feeds.yml that are not stored yet."""
        stored_feeds = self.feeds.all()
        stored_ids = {feed.id for feed in stored_feeds}
        new_feeds = [
            _with_listed_settings(feed_id, listed, None, self.now())
            for feed_id, listed in (self._read_feeds_yml() or {}).items()
            if feed_id not in stored_ids
        ]
        return stored_feeds + new_feeds

    def sync_feeds_yml(self) -> None:
        """Sync the stored feeds with feeds.yml, and ensure that each has a poll job.

        Feeds that are no longer listed are kept but not polled until they are listed again. If
        feeds.yml has errors, it is ignored.
        """
        listed_feeds = self._save_listed_feeds()
        if listed_feeds is not None:
            for feed in self.feeds.all():
                if feed.added_by == "config" and feed.id not in listed_feeds:
                    self.feeds.unlist(feed.id)
        self.feeds.ensure_poll_jobs(now=self.now())

    def find(self, name_or_url: str) -> Feed:
        """Return the feed with this URL, or with this name if it is unique.

        Raises NotFoundError.
        """
        self._save_listed_feeds()
        name_or_url = name_or_url.strip()
        with contextlib.suppress(FetchError):  # it may be a name
            if feed := self.feeds.by_address(addresses.parse(name_or_url).url):
                return feed
        name = name_or_url.casefold()
        matches = [feed for feed in self.feeds.all() if name in _names(feed)]
        if len(matches) == 1:
            return matches[0]
        raise NotFoundError(
            say("feeds.several") if matches else say("feeds.no_such"),
            subject=name_or_url,
            remedy=say("feeds.name_it"),
        )

    def pause(self, name_or_url: str) -> Feed:
        """Stop polling a feed until it is resumed. Raises NotFoundError."""
        feed = self.find(name_or_url)
        self.feeds.pause(feed.id)
        return feed

    def resume(self, name_or_url: str) -> Feed:
        """Poll a feed again, starting at once.

        Raises NotFoundError if there is none, or if it was dropped from feeds.yml.
        """
        feed = self.find(name_or_url)
        if feed.state == "unlisted":
            raise NotFoundError(
                say("feeds.not_resumed"),
                subject=feed.label,
                cause=say("feeds.not_listed"),
                remedy=say("feeds.list_it"),
            )
        self.feeds.resume(feed.id, now=self.now())
        return feed

    def remove(self, name_or_url: str) -> Feed:
        """Remove a feed, but not its articles.

        Raises NotFoundError if there is none, or if feeds.yml lists it: it would be added again.
        """
        feed = self.find(name_or_url)
        if feed.id in (self._read_feeds_yml() or {}):
            raise NotFoundError(
                say("feeds.not_removed"),
                subject=feed.label,
                cause=say("feeds.listed"),
                remedy=say("feeds.unlist_it"),
            )
        self.feeds.remove(feed.id)
        return feed

    def _read_feeds_yml(self) -> dict[str, ListedFeed] | None:
        """Return the feeds that feeds.yml lists now, by feed id, or None if it has errors."""
        try:
            listed_feeds = config.load_listed_feeds(self.settings.data)
        except SettingsError as error:
            log.error("ignoring changes in feeds.yml for now: %s", error)
            return None
        return {_feed_id(_normalised_url(feed)): feed for feed in listed_feeds}

    def _save_listed_feeds(self) -> dict[str, ListedFeed] | None:
        """Add or update the feeds that feeds.yml lists; returns them like `_read_feeds_yml`."""
        listed_feeds = self._read_feeds_yml()
        stored_feeds = {feed.id: feed for feed in self.feeds.all()}
        for feed_id, listed in (listed_feeds or {}).items():
            updated = _with_listed_settings(feed_id, listed, stored_feeds.get(feed_id), self.now())
            if feed_id not in stored_feeds:
                self.feeds.add(updated)
                continue
            if updated != stored_feeds[feed_id]:
                self.feeds.save_settings(updated)
            if updated.state == "unlisted":
                self.feeds.relist(feed_id)
        return listed_feeds


def _with_listed_settings(
    feed_id: str, listed: ListedFeed, stored: Feed | None, now: datetime
) -> Feed:
    """Return a feed with its settings from feeds.yml.

    Its other fields are those of the `stored` feed or, if there is none, a new feed's.
    """
    url = _normalised_url(listed)
    feed = stored or Feed(
        id=feed_id,
        url=url,
        added_as=url,
        added_by="config",
        added_at=now,
        interval_seconds=int(schedule.FIRST_INTERVAL.total_seconds()),
    )
    return replace(
        feed,
        added_by="config",
        outlet=listed.outlet,
        language=listed.language,
        full_text=listed.full_text,
        person=listed.owner or feed.person,
    )


def _normalised_url(listed: ListedFeed) -> str:
    try:
        return addresses.parse(listed.url).url
    except FetchError:
        return listed.url  # the first poll reports the error


def _names(feed: Feed) -> set[str]:
    """Return the case-folded names by which a feed can be found.

    These include its URLs as people see them: without their query, or with a hash in its place.
    """
    urls = (feed.url, feed.added_as)
    shown_urls = {
        format_url(url)
        for url in urls
        for format_url in (addresses.for_display, addresses.with_hashed_query)
    }
    return {name.casefold() for name in (feed.label, feed.id, *shown_urls)}


def _feed_id(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:16]
