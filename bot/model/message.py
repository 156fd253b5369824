"""Messages in channels, and the current state of the claims in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.model.answer import Hit
from bot.model.article import ArticleCard

GoneReason = Literal["changed", "withdrawn", "withheld", "removed", "corrected"]
"""The article's current version does not have the claim; its publisher withdrew the article, or
withholds it for now; somebody here removed it; people decided that it is not a claim."""


ShareKind = Literal["share", "cite"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A claim that a person posts into a channel, as it is shown or as a citation.

    `press`, the ts of the message whose button was pressed, makes sharing idempotent. A claim from
    a thread is shared into that thread, `thread_ts`.
    """

    team: str
    channel: str
    press: str
    claim_id: str
    person: str
    thread_ts: str | None = None
    kind: ShareKind = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """Why a claim is gone, and since which day (UTC); `outlet` is its article's, if known."""

    reason: GoneReason
    on: date
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentClaim:
    """The current state of a claim in a posted message: its `hit`, which may have `changed` since,
    or why it is `gone`; neither, if it is gone and the reason is unknown. For the correction of an
    article, the article's `card` instead."""

    hit: Hit | None = None
    changed: bool = False
    gone: Gone | None = None
    card: ArticleCard | None = None

    @property
    def is_gone(self) -> bool:
        """Whether nothing of it may be shown any more."""
        return self.hit is None and self.card is None
