"""What stands in channels, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.model.answer import Hit
from bot.model.article import ArticleCard

GoneReason = Literal["changed", "withdrawn", "withheld", "removed", "corrected"]
"""Its article's present version has not got the claim; its publisher took the article back, or
holds it back for now; somebody here took it out; people found it to be no claim."""


ShareKind = Literal["share", "cite"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A claim that a person posts, as it is shown or cited: into which channel, by whom.

    `press` is the ts of the message whose button it was: the same press twice is one share. One
    that stood in a thread is shared into it, `thread_ts`.
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
    """Why a claim is not there any more, since which day (UTC). `outlet` is whose article it was,
    where that is known."""

    reason: GoneReason
    on: date
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentClaim:
    """A claim of a message that has been posted, as it stands by now: the `hit`, which may have
    `changed` since, or why it is `gone`. Neither, where it is gone and nothing is known of it. Of a
    correction of an article, its `card` as it reads."""

    hit: Hit | None = None
    changed: bool = False
    gone: Gone | None = None
    card: ArticleCard | None = None

    @property
    def is_gone(self) -> bool:
        """Whether nothing of it may be shown any more."""
        return self.hit is None and self.card is None
