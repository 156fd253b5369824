"""Feeds that are polled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

FeedAdder = Literal["config", "slack", "cli"]


FeedState = Literal["active", "paused", "gone", "unlisted"]
"""An unlisted feed was removed from feeds.yml; its record is kept in case it comes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """An address where an outlet lists its newest articles, and the state of polling it.

    `id` is a hash of `added_as`, the address that it was added with; it is polled at `url`, which
    follows permanent redirects. `outlet` and `language` are set by the newsroom; `title` is the
    feed's own. With `full_text`, the pages of its excerpts are fetched too. `person` owns it, and
    is told when it breaks. `etag` and `last_modified` come from the last response. While it cannot
    be read, `failing_since`, `failures` (in a row) and `failure` (why) are set, and `told_at` is
    when its owner was last told. `kept_out` counts entries that stayed out because their articles
    had been withdrawn.
    """

    id: str
    url: str
    added_as: str
    added_by: FeedAdder
    added_at: datetime
    interval_seconds: int
    title: str | None = None
    outlet: str | None = None
    language: str | None = None
    full_text: bool = False
    team: str | None = None
    person: str | None = None
    state: FeedState = "active"
    etag: str | None = None
    last_modified: str | None = None
    polled_at: datetime | None = None
    fresh_at: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    failure: str | None = None
    told_at: datetime | None = None
    kept_out: int = 0

    @property
    def label(self) -> str:
        """The name that people see."""
        # What follows the path of an address may be secret, and people are shown this.
        return self.outlet or self.title or self.url.partition("?")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedFeed:
    """The result of adding a feed: how many entries it lists, and how many with their full text;
    `entries` is None if the feed was there already. `others` are other feeds that the page links
    to."""

    feed: Feed
    entries: int | None = None
    with_full_text: int = 0
    others: tuple[str, ...] = ()
