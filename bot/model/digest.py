"""The daily digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, NamedTuple

from bot.model.answer import Dispute, Hit
from bot.model.message import CurrentClaim


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestWants:
    """What a channel wants of its digest beside its hour.

    `days` are weekdays by ISO 8601 (1 is Monday), none of them meaning all. `topics` are queries
    whose claims have a section of their own; with `outlets` only claims of these are shown.
    `claims` is how many are shown (5, 10 or 20; None: as settings say), `language` that of its
    dates, by its code in BCP 47. None is posted on the local day `skip`, nor before the local day
    `paused_until`.
    """

    days: tuple[int, ...] = ()
    topics: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    claims: int | None = None
    language: str = "en"
    skip: date | None = None
    paused_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A channel's daily digest: at which local time of which zone, and who set it.

    Posting times up to `since`, when it was set as it is, do not count. It is on since `begun`
    (None: since then too). Where it was `stopped`, since nothing can be posted in its channel, that
    is Slack's code for why, and none is posted until it is set again.
    """

    team: str
    channel: str
    at: time
    zone: str
    person: str
    since: datetime
    wants: DigestWants = DigestWants()
    begun: datetime | None = None
    stopped: str | None = None


DigestKind = Literal[
    "most_reported", "disputed", "topic", "new_voices", "numbers", "unnamed", "more", "changes"
]
"""What a section of a digest holds: statements of several outlets; those that somebody denies; what
a saved search finds; words of people who were never heard before; figures; what rests on unnamed
sources; what else there is; and claims of earlier digests that were corrected or are gone."""


ReasonKind = Literal[
    "outlets", "denied", "topic", "new_voice", "figures", "headline", "lead", "named", "described",
    "unnamed", "quoted", "partly_quoted", "said", "checkable", "fragment", "old", "not_said",
    "unsure", "within", "changed",
]  # fmt: skip


class Reason(NamedTuple):
    """What speaks for a row of a digest, or against it, and how much; `value` says of what, or how
    many, where there is something to say."""

    kind: ReasonKind
    points: float
    value: str | int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """How many claims of some speakers came on each of several days, the latest last; `language` is
    that in which the days are printed."""

    speakers: tuple[str, ...]
    days: tuple[tuple[date, int], ...]
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRow:
    """One statement of a digest: the claim that reports it first, as it stands by now, with those
    that report it too and those that deny it, as far as they are there; `same_sentence` has others
    that are read in the sentence that it shows."""

    claim_id: str
    current: CurrentClaim
    others: tuple[Hit, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    same_sentence: tuple[Hit, ...] = ()
    why: tuple[Reason, ...] = ()

    @property
    def statements(self) -> int:
        """How many statements are read in it."""
        return 1 + len(self.disputes) + len(self.same_sentence)

    @property
    def related(self) -> tuple[Hit, ...]:
        """The claims that report or deny the statement too."""
        return (*self.others, *(dispute.hit for dispute in self.disputes))


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSection:
    """A section of a digest; `topic` is the query of one that a saved search finds."""

    kind: DigestKind
    rows: tuple[DigestRow, ...]
    topic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The statements of the articles that arrived in [`since`, `until`), for one channel.

    `claims` and `articles` count all of them, also those beyond the rows shown, which are
    `left_out`; what several articles report counts once. `missed` are the posting times of earlier
    digests that were never posted; what arrived for them since `since` is in this one. `uncertain`
    are those of which it is not known whether Slack posted them; their claims are not. On a day
    without claims, `feeds` are read all the same, next at `next_check`. `language` is that of its
    dates, by its code; `wants` is what else its channel wanted of it.
    """

    day: date
    since: datetime
    until: datetime
    zone: str
    sections: tuple[DigestSection, ...] = ()
    claims: int = 0
    articles: int = 0
    left_out: int = 0
    missed: tuple[datetime, ...] = ()
    uncertain: tuple[datetime, ...] = ()
    feeds: int = 0
    next_check: datetime | None = None
    language: str = "en"
    wants: DigestWants = DigestWants()

    @property
    def rows(self) -> tuple[DigestRow, ...]:
        """All that it shows, in order."""
        return tuple(row for section in self.sections for row in section.rows)
