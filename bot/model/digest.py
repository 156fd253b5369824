"""The daily digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, NamedTuple

from bot.model.answer import Dispute, Hit
from bot.model.message import CurrentClaim


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestWants:
    """A channel's preferences for its digest, apart from the time of day.

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
"""The kinds of sections: statements of several outlets; denied statements; matches of a saved
search; speakers who were never quoted before; figures; unnamed sources; everything else; and claims
of earlier digests that were corrected or are gone."""


ReasonKind = Literal[
    "outlets", "denied", "topic", "new_voice", "figures", "headline", "lead", "named", "described",
    "unnamed", "quoted", "partly_quoted", "said", "checkable", "fragment", "old", "not_said",
    "unsure", "within", "changed",
]  # fmt: skip


class Reason(NamedTuple):
    """Points for or against a row of a digest, and why; `value` adds a name, topic or number."""

    kind: ReasonKind
    points: float
    value: str | int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Claims of some speakers per day, the latest day last; `language` is that of the dates."""

    speakers: tuple[str, ...]
    days: tuple[tuple[date, int], ...]
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRow:
    """A statement in a digest: the current state of the claim that reports it first, the other
    claims that report it, and those that deny it; `same_sentence` are other claims in the sentence
    that is shown."""

    claim_id: str
    current: CurrentClaim
    others: tuple[Hit, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    same_sentence: tuple[Hit, ...] = ()
    why: tuple[Reason, ...] = ()

    @property
    def statements(self) -> int:
        """The number of statements that the row shows."""
        return 1 + len(self.disputes) + len(self.same_sentence)

    @property
    def related(self) -> tuple[Hit, ...]:
        """The other claims that report or deny the statement."""
        return (*self.others, *(dispute.hit for dispute in self.disputes))


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSection:
    """A section of a digest; `topic` is its query if it is a saved search's."""

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
        """All rows, in order."""
        return tuple(row for section in self.sections for row in section.rows)
