"""Fetch what outlets publish as they want it fetched: one request a host at a time, and nothing
that robots.txt asks robots to leave alone."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bot import ingest, store
from bot.articles.outlets import outlet_of
from bot.articles.sites import Sites
from bot.config import Settings
from bot.errors import FetchError, IngestError
from bot.ingest.fetch import addresses, robots
from bot.ingest.fetch.addresses import Address
from bot.ingest.refusal import Refusal
from bot.ingest.sandbox.feeds import Served, feeds_named, read_feed
from bot.model import Document
from bot.newsroom.feeds.turns import Turns
from bot.newsroom.providers import Clock

if TYPE_CHECKING:
    from bot.ingest.fetch.fetcher import Door, Fetched
    from bot.ingest.part import Feed

MAX_HOST_WAIT = timedelta(seconds=30)
"""How long a person's request waits for its host's turn."""

BUSY_SITE_PAUSE = timedelta(seconds=5)
"""How long a job stays away from a site that is slow to answer another, whatever the gap is."""


HOST_FAILURES = ("refused", "dns", "connection", "tls")
"""Kinds of failures of which no address of a host is safe."""


class HostBusy(Exception):
    """The host is being asked, or has been a moment ago; a job may come back at `free_at`."""

    def __init__(self, free_at: datetime) -> None:
        self.free_at = free_at
        super().__init__(f"busy until {free_at}")


@dataclass(eq=False, repr=False, kw_only=True)
class Fetches:
    """Every fetch of the newsroom goes through here, and from here through the one Door."""

    hosts: store.Hosts
    sites: Sites
    turns: Turns
    settings: Settings
    now: Clock

    @cached_property
    def door(self) -> Door:
        """The door to the network."""
        from bot.ingest.fetch.fetcher import Door  # its libraries take a moment to load

        return Door(self.settings.fetch)

    def close(self) -> None:
        """End the process that reads what was fetched."""
        ingest.close()

    def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: Sequence[str] = (),
        max_wait: timedelta = timedelta(0),
    ) -> Fetched:
        """Fetch an address when its host's turn comes, waiting for that as long as `max_wait`.

        A host's robots.txt, which is asked for once a day, counts as one request with what it is
        asked for. Raises HostBusy, FetchError.
        """
        address = addresses.read(url)
        self._take_turn(address.site, max_wait)
        self._ask_robots(address)
        # A redirect must not lead around a robots.txt, neither to another host nor on the same.
        return self.door.fetch(
            address.url,
            etag=etag,
            last_modified=last_modified,
            accept=accept,
            follow=self._ask_robots,
        )

    def fetch_in_turn(self, url: str, **conditions: Any) -> Fetched:
        """Fetch an address, with the conditions of `fetch`, for a job: it has a place that others
        wait for, and can come back. Raises HostBusy, FetchError."""
        site, gap = addresses.read(url).site, timedelta(seconds=self.settings.feeds.gap_seconds)
        with self.turns.exclusive(site) as is_alone:
            free_at = self.now() + max(gap, BUSY_SITE_PAUSE)
            if is_alone:
                try:
                    return self.fetch(url, **conditions)
                except HostBusy as busy:
                    free_at = busy.free_at
        raise HostBusy(self.turns.reserve_retry(site, free_at, gap=gap, now=self.now()))

    def read_documents(self, fetched: Fetched) -> Iterator[Document | IngestError]:
        """Read the articles of what was fetched, each as of the site and the outlet that its
        address is of. Yields as `ingest.read` does."""
        for one in ingest.read_bytes(
            fetched.body,
            origin=fetched.url,
            hint=fetched.media_type,
            defaults={"url": fetched.url},
            **self._bounds,
        ):
            if isinstance(one, IngestError):
                yield one
                continue
            # A page that gives itself out as another site's would take that one's place.
            url = one.url if self.sites.are_same_site(one.url, fetched.url) else fetched.url
            outlet = outlet_of(one.outlet, fetched.url, self.settings.outlets)
            yield replace(one, url=url, outlet=outlet)

    def read_feed(self, fetched: Fetched, added_as: str = "") -> Feed:
        """Read what was fetched as a feed, that was `added_as` some address. Raises Refusal; of a
        web page it says which feeds that page names."""
        if fetched.media_type == "text/html":
            named = self.find_feed_links(fetched)
            of = f"; it names the feed {named[0]}" if named else ""
            raise Refusal(f"it is a web page, not a feed{of}", "Look for the feed's address.")
        served = Served(fetched.body, fetched.url, added_as, self.sites)
        read = read_feed(served, **self._bounds)
        damage = [refusal for refusal in read.refusals if not refusal.is_no_story]
        if damage and not read.entries:
            raise damage[0]
        return read

    def find_feed_links(self, fetched: Fetched) -> list[str]:
        """The addresses of the feeds that what was fetched names, none where it is no web page.
        Raises Refusal."""
        if fetched.media_type != "text/html":
            return []
        return feeds_named(Served(fetched.body, fetched.url), **self._bounds)

    @property
    def _bounds(self) -> dict[str, int]:
        """What reading one file may take."""
        settings = self.settings.ingest
        return {"max_bytes": settings.max_megabytes * 1_000_000, "seconds": settings.seconds}

    def _take_turn(self, site: str, patience: timedelta) -> None:
        gap = timedelta(seconds=self.settings.feeds.gap_seconds)
        while free_at := self.hosts.reserve(site, now=self.now(), gap=gap):
            wait = max(free_at - self.now(), timedelta(milliseconds=10))
            patience -= wait
            if patience < timedelta(0):
                raise HostBusy(free_at)
            time.sleep(wait.total_seconds())

    def _ask_robots(self, address: Address) -> None:
        """Raise FetchError where robots.txt disallows an address, or cannot be asked."""
        text = self.hosts.robots(address.site, now=self.now())
        if text is None:
            text = self._robots_of(address)
            self.hosts.cache_robots(address.site, text, now=self.now())
        if not robots.allows(text, address.url):
            raise address.failed("robots", "its robots.txt keeps robots out")

    def _robots_of(self, address: Address) -> str:
        """A site's robots.txt, empty where it has none (RFC 9309, 2.3.1.3). Where it cannot be
        reached nothing of the site may be read (2.3.1.4): FetchError is raised."""
        led: list[Address] = []
        url = f"{address.scheme}://{address.authority}/robots.txt"
        try:
            fetched = self.door.fetch(url, follow=led.append)
        except FetchError as error:
            has_none = 400 <= (error.status or 0) < 500 and error.kind != "limited"
            if has_none or error.kind == "redirects":
                return ""
            # Nobody asked for robots.txt, so what is told is of the address that somebody did.
            is_of_host = error.kind in HOST_FAILURES and not led
            cause = error.cause if is_of_host else f"its robots.txt cannot be read: {error.cause}"
            told = {"status": error.status, "retry_after": error.retry_after}
            raise address.failed(error.kind, cause, **told) from error
        return fetched.body.decode("utf-8", "replace")


def busy_error(url: str) -> FetchError:
    """What a person is told whose patience ended before a host's turn came."""
    cause = "other pages of this site are being read first"
    return addresses.read(url).failed("limited", cause)
