"""Use cases around which feeds are polled: add, pause, resume, remove; those of feeds.yml."""

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
from bot.newsroom.feeds.polls import FEED_TYPES
from bot.newsroom.providers import Clock
from bot.words import say

if TYPE_CHECKING:
    from bot.ingest.fetch.fetcher import Fetched
    from bot.ingest.part import Feed as ReadFeed


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A feed at an address, where it is for now, and the others that the page there names."""

    url: str
    place: str
    read: ReadFeed
    others: tuple[str, ...]


@dataclass(eq=False, repr=False, kw_only=True)
class FeedList:
    """Keep the list of feeds."""

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
        """Add a feed by its address or that of a page that names it, once it has been read.

        Its articles come with its first poll, which is due at once. Adding one that is there
        already changes nothing, by whichever address it leads to. One that feeds.yml lists no more
        is gone on with. Raises FetchError and IngestError, and then nothing was added.
        """
        asked = addresses.read(address).url
        there = self.feeds.by_address(asked)
        if there and there.state == "unlisted":
            self.feeds.save_settings(replace(there, added_by=added_by, team=team, person=person))
            self.feeds.resume(there.id, now=self.now())
            return AddedFeed(feed=self.feeds.feed(there.id))
        if there:
            return AddedFeed(feed=there)
        found = self._read_or_named(asked)
        url, read = found.url, found.read
        if there := self.feeds.by_address(url) or self.feeds.by_address(found.place):
            return AddedFeed(feed=there, others=found.others)
        feed = Feed(
            id=_id_of(url),
            url=url,
            added_as=url,
            added_by=added_by,
            added_at=self.now(),
            interval_seconds=int(schedule.FIRST_INTERVAL.total_seconds()),
            title=read.title or None,
            outlet=outlet,
            full_text=full_text,
            team=team,
            person=person,
        )
        self.feeds.add(feed)
        whole = sum(bool(part.text) and not part.known.get("excerpt") for part in read.entries)
        return AddedFeed(
            feed=feed, entries=len(read.entries), with_full_text=whole, others=found.others
        )

    def _read_or_named(self, url: str) -> _Found:
        """The feed at an address or, where a page is there, the first that it names."""
        fetched = self._fetch_patiently(url)
        try:
            if named := self.fetches.find_feed_links(fetched):
                url = addresses.read(named[0]).url
                fetched = self._fetch_patiently(url)
            read, others = self.fetches.read_feed(fetched), tuple(named[1:])
            url = fetched.moved_to or url
            return _Found(url=url, place=fetched.url, read=read, others=others)
        except Refusal as refusal:
            raise IngestError(
                say("feeds.not_added"),
                subject=addresses.shown(fetched.url),
                cause=refusal.cause,
                remedy=f"{refusal.remedy.removesuffix('.')}. {say('refusals.nothing_changed')}",
            ) from refusal

    def _fetch_patiently(self, url: str) -> Fetched:
        try:
            return self.fetches.fetch(url, accept=FEED_TYPES, max_wait=MAX_HOST_WAIT)
        except HostBusy as busy:
            raise busy_error(url) from busy

    def all(self) -> list[Feed]:
        """All feeds, with those of feeds.yml that are yet to be taken up. Only looks."""
        there = self.feeds.all()
        known = {feed.id for feed in there}
        listed = (self._listed() or {}).items()
        new = [_as_listed(id_, one, None, self.now()) for id_, one in listed if id_ not in known]
        return there + new

    def sync_feeds_yml(self) -> None:
        """Bring the feeds in line with feeds.yml, and make sure that each has its job.

        What it lists is added or changed. What it lists no more rests until it comes back, with all
        that is known of it. While there are mistakes in it, all stays as it is.
        """
        listed = self._take_up_listed()
        if listed is not None:
            for feed in self.feeds.all():
                if feed.added_by == "config" and feed.id not in listed:
                    self.feeds.unlist(feed.id)
        self.feeds.ensure_poll_jobs(now=self.now())

    def find(self, called: str) -> Feed:
        """The feed that people call so: by its address, or by its name if no other has the same.
        Raises NotFoundError."""
        self._take_up_listed()
        called = called.strip()
        with contextlib.suppress(FetchError):  # it may be a name
            if there := self.feeds.by_address(addresses.read(called).url):
                return there
        named = [feed for feed in self.feeds.all() if called.casefold() in _names(feed)]
        if len(named) == 1:
            return named[0]
        raise NotFoundError(
            say("feeds.several") if named else say("feeds.no_such"),
            subject=called,
            remedy=say("feeds.name_it"),
        )

    def pause(self, called: str) -> Feed:
        """Poll a feed no more until it is resumed. Raises NotFoundError."""
        feed = self.find(called)
        self.feeds.pause(feed.id)
        return feed

    def resume(self, called: str) -> Feed:
        """Poll a feed again, at once. Raises NotFoundError."""
        feed = self.find(called)
        if feed.state == "unlisted":
            raise NotFoundError(
                say("feeds.not_resumed"),
                subject=feed.label,
                cause=say("feeds.not_listed"),
                remedy=say("feeds.list_it"),
            )
        self.feeds.resume(feed.id, now=self.now())
        return feed

    def remove(self, called: str) -> Feed:
        """Forget a feed; its articles stay. Raises NotFoundError, also for one of feeds.yml, which
        would come back from there."""
        feed = self.find(called)
        if feed.id in (self._listed() or {}):
            raise NotFoundError(
                say("feeds.not_removed"),
                subject=feed.label,
                cause=say("feeds.listed"),
                remedy=say("feeds.unlist_it"),
            )
        self.feeds.remove(feed.id)
        return feed

    def _listed(self) -> dict[str, ListedFeed] | None:
        """What feeds.yml lists at this moment, by the ids of the feeds; None where there is a
        mistake in it."""
        try:
            listed = config.listed_now(self.settings.data)
        except SettingsError as error:
            log.error("ignoring changes in feeds.yml for now: %s", error)
            return None
        return {_id_of(url): one for one in listed for url in [_url_of(one)]}

    def _take_up_listed(self) -> dict[str, ListedFeed] | None:
        """Add what feeds.yml lists, or change what it says otherwise; returns what `_listed`
        does."""
        listed = self._listed()
        there = {feed.id: feed for feed in self.feeds.all()}
        for feed_id, one in (listed or {}).items():
            wanted = _as_listed(feed_id, one, there.get(feed_id), self.now())
            if feed_id not in there:
                self.feeds.add(wanted)
                continue
            if wanted != there[feed_id]:
                self.feeds.save_settings(wanted)
            if wanted.state == "unlisted":
                self.feeds.relist(feed_id)
        return listed


def _as_listed(feed_id: str, listed: ListedFeed, there: Feed | None, now: datetime) -> Feed:
    """A feed as feeds.yml has it, with what is known of it beside."""
    feed = there or Feed(
        id=feed_id,
        url=_url_of(listed),
        added_as=_url_of(listed),
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


def _url_of(listed: ListedFeed) -> str:
    try:
        return addresses.read(listed.url).url
    except FetchError:
        return listed.url  # its first poll says what is wrong with it


def _names(feed: Feed) -> set[str]:
    """What a feed may be called by, as compared; people leave out an address's parameters, or copy
    an address as it was shown to them."""
    its = (feed.url, feed.added_as)
    shown = {write(address) for address in its for write in (addresses.shown, addresses.hidden)}
    return {name.casefold() for name in (feed.label, feed.id, *shown)}


def _id_of(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:16]
