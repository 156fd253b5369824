"""Fetch pages and feeds politely: one request per host at a time, as robots.txt allows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bot import ingest, store
from bot.articles.outlets import find_claimed_outlet, find_outlet
from bot.articles.sites import Sites
from bot.config import Settings
from bot.errors import FetchError, IngestError
from bot.ingest.fetch import addresses, robots
from bot.ingest.fetch.addresses import Address
from bot.ingest.refusal import Refusal
from bot.ingest.sandbox.feeds import FetchedContent, find_feed_links, read_feed
from bot.model import Document
from bot.newsroom.feeds.worker_limits import WorkerLimits
from bot.newsroom.providers import Clock

if TYPE_CHECKING:
    from bot.ingest.fetch.fetcher import Fetcher, FetchResult
    from bot.ingest.parsed_file import ParsedFeed

MAX_HOST_WAIT = timedelta(seconds=30)
"""The longest that a person's request waits for its host."""

BUSY_SITE_PAUSE = timedelta(seconds=5)
"""The shortest time after which a job retries a site that is busy with another job."""

HOST_FAILURES = ("refused", "dns", "connection", "tls")
"""Kinds of failures that concern every URL of a host."""


class HostBusy(Exception):
    """Another request to the host is running or has just ended; retry at `free_at`."""

    def __init__(self, free_at: datetime) -> None:
        self.free_at = free_at
        super().__init__(f"busy until {free_at}")


@dataclass(eq=False, repr=False, kw_only=True)
class Fetches:
    """Makes all of the newsroom's requests to the network."""

    hosts: store.Hosts
    sites: Sites
    worker_limits: WorkerLimits
    settings: Settings
    now: Clock

    @cached_property
    def fetcher(self) -> Fetcher:
        """The only access to the network."""
        from bot.ingest.fetch.fetcher import Fetcher  # its libraries take a moment to load

        return Fetcher(self.settings.fetch)

    def close(self) -> None:
        """Stop the process that reads what was fetched."""
        ingest.close()

    def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        max_wait: timedelta = timedelta(0),
    ) -> FetchResult:
        """Fetch a URL, waiting up to `max_wait` until its host is free.

        A host's robots.txt is fetched once a day, right before the URL. Raises HostBusy,
        FetchError.
        """
        address = addresses.parse(url)
        self._wait_for_host(address.host_and_port, max_wait)
        self._check_robots(address)
        return self.fetcher.fetch(
            address.url,
            etag=etag,
            last_modified=last_modified,
            on_redirect=self._check_robots,  # redirects must not get around robots.txt
        )

    def fetch_in_turn(self, url: str, **options: Any) -> FetchResult:
        """Fetch a URL for a job, with the options of `fetch`, without making others wait.

        Raises FetchError, or HostBusy with the time to retry if another job is reading the site.
        """
        site = addresses.parse(url).host_and_port
        gap = timedelta(seconds=self.settings.feeds.gap_seconds)
        with self.worker_limits.acquire_site(site) as is_acquired:
            free_at = self.now() + max(gap, BUSY_SITE_PAUSE)
            if is_acquired:
                try:
                    return self.fetch(url, **options)
                except HostBusy as busy:
                    free_at = busy.free_at
        raise HostBusy(self.worker_limits.reserve_retry(site, free_at, gap=gap, now=self.now()))

    def read_documents(
        self, fetched: FetchResult, *, anyway: bool = False
    ) -> Iterator[Document | IngestError]:
        """Read the articles of a fetched page, with the page's URL and outlet.

        Yields documents and errors, as `ingest.read` does.
        """
        for document in ingest.read_bytes(
            fetched.body,
            origin=fetched.url,
            hint=fetched.media_type,
            anyway=anyway,
            **self._limits,
        ):
            if isinstance(document, IngestError):
                yield document
                continue
            # A page that claims another site's URL could replace that site's article.
            stated_url = document.claimed_url or document.url
            is_own_url = self.sites.are_same_site(stated_url, fetched.url)
            outlets = self.settings.outlets
            yield replace(
                document,
                url=stated_url if is_own_url else fetched.url,
                claimed_url=None,
                outlet=find_outlet(document.outlet, fetched.url, outlets),
                claimed_outlet=find_claimed_outlet(document.outlet, fetched.url, outlets),
            )

    def read_feed(self, fetched: FetchResult, added_as: str = "") -> ParsedFeed:
        """Read a fetched feed, which was added under the URL `added_as`.

        Raises Refusal; for a web page, it names a feed that the page links to.
        """
        if fetched.media_type == "text/html":
            links = self.find_feed_links(fetched)
            hint = f"; it names the feed {links[0]}" if links else ""
            raise Refusal(f"it is a web page, not a feed{hint}", "Look for the feed's address.")
        feed = read_feed(
            FetchedContent(fetched.body, fetched.url, added_as, self.sites), **self._limits
        )
        damage = [refusal for refusal in feed.refusals if not refusal.is_skipped]
        if damage and not feed.entries:
            raise damage[0]
        return feed

    def find_feed_links(self, fetched: FetchResult) -> list[str]:
        """Return the URLs of the feeds that a web page links to; empty for anything else.

        Raises Refusal.
        """
        if fetched.media_type != "text/html":
            return []
        return find_feed_links(FetchedContent(fetched.body, fetched.url), **self._limits)

    @property
    def _limits(self) -> dict[str, Any]:
        settings = self.settings.ingest
        return {"max_bytes": settings.max_megabytes * 1_000_000, "seconds": settings.seconds}

    def _wait_for_host(self, site: str, max_wait: timedelta) -> None:
        gap = timedelta(seconds=self.settings.feeds.gap_seconds)
        while free_at := self.hosts.reserve(site, now=self.now(), gap=gap):
            wait = max(free_at - self.now(), timedelta(milliseconds=10))
            max_wait -= wait
            if max_wait < timedelta(0):
                raise HostBusy(free_at)
            time.sleep(wait.total_seconds())

    def _check_robots(self, address: Address) -> None:
        """Raise FetchError if robots.txt disallows a URL or cannot be fetched."""
        text = self.hosts.robots(address.host_and_port, now=self.now())
        if text is None:
            text = self._fetch_robots(address)
            self.hosts.cache_robots(address.host_and_port, text, now=self.now())
        if not robots.allows(text, address.url):
            raise address.error("robots", "its robots.txt keeps robots out")

    def _fetch_robots(self, address: Address) -> str:
        """Fetch a site's robots.txt, empty if it has none (RFC 9309, 2.3.1.3).

        Only what will be parsed is returned, without NUL, which PostgreSQL cannot store. If it
        cannot be reached, the site must not be read (2.3.1.4), so FetchError is raised.
        """
        redirects: list[Address] = []
        url = f"{address.scheme}://{address.authority}/robots.txt"
        try:
            fetched = self.fetcher.fetch(url, on_redirect=redirects.append)
        except FetchError as error:
            has_no_file = 400 <= (error.status or 0) < 500 and error.kind != "limited"
            if has_no_file or error.kind == "redirects":
                return ""
            # Report the URL that was requested, since nobody requested robots.txt.
            is_host_failure = error.kind in HOST_FAILURES and not redirects
            cause = f"its robots.txt cannot be read: {error.cause}"
            raise address.error(
                error.kind,
                error.cause if is_host_failure else cause,
                status=error.status,
                retry_after=error.retry_after,
            ) from error
        text = fetched.body.decode("utf-8", "replace").replace("\0", "")
        return text[: robots.MAX_ROBOTS_LENGTH]


def busy_error(url: str) -> FetchError:
    """Return the error for a person's request that waited too long for its host."""
    cause = "other pages of this site are being read first"
    return addresses.parse(url).error("limited", cause)
