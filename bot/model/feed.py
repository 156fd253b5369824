"""Feeds to poll."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

FeedAdder = Literal["config", "slack", "cli"]


FeedState = Literal["active", "paused", "gone", "unlisted"]
"""An unlisted feed was removed from feeds.yml; its record is kept in case it is listed again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """An address where an outlet lists its newest articles, and the state of polling it."""

    id: str  # a hash of `added_as`
    url: str  # follows permanent redirects
    added_as: str  # its URL when it was added, which never changes
    added_by: FeedAdder
    added_at: datetime
    interval_seconds: int
    title: str | None = None  # the feed's own
    outlet: str | None = None  # set by the newsroom, as is `language`
    language: str | None = None
    full_text: bool = False  # also fetch the pages of entries that are only excerpts
    team: str | None = None
    person: str | None = None  # owns the feed, and is told if it fails
    state: FeedState = "active"
    etag: str | None = None  # of the last response, as is `last_modified`
    last_modified: str | None = None
    polled_at: datetime | None = None
    fresh_at: datetime | None = None  # when a poll last found new articles
    failing_since: datetime | None = None
    failures: int = 0  # in a row
    failure: str | None = None  # the reason of the last one
    told_at: datetime | None = None  # when the owner was last told of the failure
    kept_out: int = 0  # entries rejected because their articles had been withdrawn

    @property
    def label(self) -> str:
        """The name to show to people."""
        # The query string may contain secrets.
        return self.outlet or self.title or self.url.partition("?")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedFeed:
    """The result of adding a feed.

    `entries` is the number of its entries, None if the feed had been added before, and
    `full_text_count` the number of those with their full text. `linked_feeds` are the addresses of
    other feeds on the same web page.
    """

    feed: Feed
    entries: int | None = None
    full_text_count: int = 0
    linked_feeds: tuple[str, ...] = ()
