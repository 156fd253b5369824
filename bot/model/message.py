"""Messages in channels, and the current state of the claims in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.model.answer import Hit
from bot.model.article import ArticleCard

GoneReason = Literal["changed", "withdrawn", "withheld", "removed", "corrected"]
"""The article's current version does not contain the claim; the publisher withdrew the article, or
withholds it for now; somebody here removed the article; somebody decided that it is not a claim."""


ShareKind = Literal["share", "cite"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A claim that a person posts to a channel, as it is shown or as a citation.

    `press` identifies the press of the button by the ts of the button's message, so that pressing
    twice shares once. A claim shown in a thread is shared to that thread, `thread_ts`. `shown` is a
    digest of the message that the person has seen: nothing else is posted.
    """

    team: str
    channel: str
    press: str
    claim_id: str
    person: str
    thread_ts: str | None = None
    kind: ShareKind = "share"
    shown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """Why a claim is gone, and since which day (UTC); `outlet` is its article's, if known."""

    reason: GoneReason
    on: date
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentClaim:
    """The current state of a claim in a posted message.

    `hit` is the claim, and `changed` says that it differs from what was posted. `gone` says why
    there is no hit; without either, the reason is unknown. The correction of an article has the
    article's `card` instead.
    """

    hit: Hit | None = None
    changed: bool = False
    gone: Gone | None = None
    card: ArticleCard | None = None

    @property
    def is_gone(self) -> bool:
        """Whether there is nothing to show."""
        return self.hit is None and self.card is None
