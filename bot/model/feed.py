"""Where we poll."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

FeedAdder = Literal["config", "slack", "cli"]


FeedState = Literal["active", "paused", "gone", "unlisted"]
"""One that is unlisted was in feeds.yml and is there no more: all that is known of it waits for it
to come back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """An address where an outlet lists its newest articles, and how polling it goes.

    `id` is a hash of the address that it was `added_as`; it is polled at `url`, which follows
    where the outlet moves it. `outlet` and `language` are what the newsroom says; `title` is the
    feed's own. With `full_text`, the pages of its excerpts are read too. `person` owns it, and
    hears when it breaks. `etag` and `last_modified` are what its server calls the last answer;
    `failing_since`, `failures` (in a row) and `failure` (why) are set while it cannot be read, and
    `told_at` is when its owner last heard so. `kept_out` counts what it has listed, and what stayed
    out because it had been taken back.
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
        """What people know it by."""
        # What follows the path of an address may be secret, and people are shown this.
        return self.outlet or self.title or self.url.partition("?")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedFeed:
    """A feed that was asked for: how many entries it lists now, and how many of them with their
    full text; None where it was there already. `others` are the addresses of the other feeds that
    the page names."""

    feed: Feed
    entries: int | None = None
    with_full_text: int = 0
    others: tuple[str, ...] = ()
