"""Use cases around which feeds are polled: add, pause, resume, remove; those of feeds.yml."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot import feeds
from bot.config import ListedFeed
from bot.errors import FetchError, IngestError, NotFoundError
from bot.ingest.refusal import Refusal
from bot.ingest.web import addresses
from bot.model import Feed, FeedAdder
from bot.newsroom.feeding import FEED_TYPES, Feeding
from bot.newsroom.fetching import PATIENCE, HostBusy, busy_error

if TYPE_CHECKING:
    from bot.ingest.fetch import Fetched
    from bot.ingest.part import Feed as ReadFeed


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A feed that was asked for: how many entries it lists now, and how many of them with their
    full text; None where it was there already, and has not been looked at."""

    feed: Feed
    entries: int | None = None
    with_full_text: int = 0


class Following(Feeding):
    """Keep the list of feeds."""

    def follow(
        self,
        address: str,
        *,
        added_by: FeedAdder,
        outlet: str | None = None,
        full_text: bool = False,
        team: str | None = None,
        person: str | None = None,
    ) -> Followed:
        """Add a feed by its address or that of a page that names it, once it has been read.

        Its articles come with its first poll, which is due at once. Adding one that is there
        already changes nothing. Raises FetchError and IngestError, and then nothing was added.
        """
        asked = addresses.read(address).url
        if there := self.store.feeds.at(asked):
            return Followed(feed=there)
        url, read = self._read_or_named(asked)
        if there := self.store.feeds.at(url):
            return Followed(feed=there)
        feed = Feed(
            id=_id_of(url),
            url=url,
            added_as=url,
            added_by=added_by,
            added_at=self.now(),
            interval_seconds=int(feeds.FIRST_INTERVAL.total_seconds()),
            title=read.title or None,
            outlet=outlet,
            full_text=full_text,
            team=team,
            person=person,
        )
        self.store.feeds.add(feed)
        whole = sum(bool(part.text) and not part.known.get("excerpt") for part in read.entries)
        return Followed(feed=feed, entries=len(read.entries), with_full_text=whole)

    def _read_or_named(self, url: str) -> tuple[str, ReadFeed]:
        """A feed with its address or, where a page is there, the first that it names with its."""
        fetched = self._fetch_patiently(url)
        try:
            if named := self.feeds_named_on(fetched):
                url = addresses.read(named[0]).url
                fetched = self._fetch_patiently(url)
            return fetched.moved_to or url, self.feed_on(fetched)
        except Refusal as refusal:
            raise IngestError(
                "the feed was not added",
                subject=addresses.shown(fetched.url),
                cause=refusal.cause,
                remedy=f"{refusal.remedy.removesuffix('.')}. Nothing was changed.",
            ) from refusal

    def _fetch_patiently(self, url: str) -> Fetched:
        try:
            return self.fetch(url, accept=FEED_TYPES, patience=PATIENCE)
        except HostBusy as busy:
            raise busy_error(url) from busy

    def followed(self) -> list[Feed]:
        """All feeds, with those of feeds.yml as it is now."""
        self._apply_listed()
        return self.store.feeds.all()

    def keep_following(self) -> None:
        """Make sure that every feed which is to be polled has its job, those of feeds.yml too."""
        self._apply_listed()
        self.store.feeds.take_up(now=self.now())

    def feed_called(self, called: str) -> Feed:
        """The feed that people call so: by its address, or by its name if no other has the same.
        Raises NotFoundError."""
        called = called.strip()
        with contextlib.suppress(FetchError):  # it may be a name
            if there := self.store.feeds.at(addresses.read(called).url):
                return there
        named = [feed for feed in self.store.feeds.all() if called.casefold() in _names(feed)]
        if len(named) == 1:
            return named[0]
        raise NotFoundError(
            "several feeds are called so" if named else "there is no such feed",
            subject=called,
            remedy="Name it by its address: /feed list, or claimdesk feed list, shows all.",
        )

    def pause_feed(self, called: str) -> Feed:
        """Poll a feed no more until it is resumed. Raises NotFoundError."""
        feed = self.feed_called(called)
        self.store.feeds.pause(feed.id)
        return feed

    def resume_feed(self, called: str) -> Feed:
        """Poll a feed again, at once. Raises NotFoundError."""
        feed = self.feed_called(called)
        self.store.feeds.resume(feed.id, now=self.now())
        return feed

    def remove_feed(self, called: str) -> Feed:
        """Forget a feed; its articles stay. Raises NotFoundError, also for one of feeds.yml, which
        would come back from there."""
        feed = self.feed_called(called)
        if feed.added_by == "config":
            raise NotFoundError(
                "this feed cannot be removed here",
                subject=feed.label,
                cause="feeds.yml lists it",
                remedy="Remove it there, or pause it.",
            )
        self.store.feeds.remove(feed.id)
        return feed

    def _apply_listed(self) -> None:
        """Bring the feeds in line with feeds.yml: what it lists is added or changed, what it lists
        no more is removed; those added elsewhere stay."""
        listed = {_id_of(url): one for one in self.settings.listed_feeds for url in [_url_of(one)]}
        there = {feed.id: feed for feed in self.store.feeds.all()}
        for feed_id, one in listed.items():
            wanted = _as_listed(feed_id, one, there.get(feed_id), self.now())
            if feed_id not in there:
                self.store.feeds.add(wanted)
            elif wanted != there[feed_id]:
                self.store.feeds.choose(wanted)
        for feed in there.values():
            if feed.added_by == "config" and feed.id not in listed:
                self.store.feeds.remove(feed.id)


def _as_listed(feed_id: str, listed: ListedFeed, there: Feed | None, now: datetime) -> Feed:
    """A feed as feeds.yml has it, with what is known of it beside."""
    feed = there or Feed(
        id=feed_id,
        url=_url_of(listed),
        added_as=_url_of(listed),
        added_by="config",
        added_at=now,
        interval_seconds=int(feeds.FIRST_INTERVAL.total_seconds()),
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
    """What a feed may be called by, as compared; people leave out an address's parameters."""
    shown = {addresses.shown(address) for address in (feed.url, feed.added_as)}
    return {name.casefold() for name in (feed.label, feed.id, *shown)}


def _id_of(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:16]
