"""The daily digest, and the channels that subscribe to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, NamedTuple

from bot.model.answer import Dispute, Hit
from bot.model.message import CurrentClaim


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPreferences:
    """A channel's preferences for its digest, apart from the time of day.

    `days` are ISO weekdays (1 is Monday); empty means every day. `topics` are queries with a
    section each. `outlets` restrict the digest to claims of these outlets. `claims` is the number
    of claims shown (5, 10 or 20), or None for the default in the settings. There is no digest on
    the local day `skip`, nor before the local day `paused_until`.
    """

    days: tuple[int, ...] = ()
    topics: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    claims: int | None = None
    skip: date | None = None
    paused_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A channel's daily digest: the local time and zone of posting, and the person who set it.

    `since` is when the settings last changed; earlier posting times do not count.
    `switched_on_at` is when the digest was switched on, None if that was at `since`. `stop_reason`
    is Slack's error code if posting has failed for good; nothing is then posted until somebody
    saves the settings again.
    """

    team: str
    channel: str
    at: time
    zone: str
    person: str
    since: datetime
    preferences: DigestPreferences = DigestPreferences()
    switched_on_at: datetime | None = None
    stop_reason: str | None = None


DigestKind = Literal[
    "most_reported", "disputed", "topic", "new_voices", "numbers", "unnamed", "more", "changes"
]
"""The kinds of sections: statements in several outlets, disputed statements, matches of a saved
search, speakers quoted for the first time, figures, unnamed sources, everything else, and claims of
earlier digests that have been corrected or removed."""


ReasonKind = Literal[
    "outlets", "denied", "topic", "new_voice", "figures", "headline", "lead", "named", "described",
    "unnamed", "quoted", "partly_quoted", "said", "checkable", "fragment", "old", "not_said",
    "unsure", "within", "changed",
]  # fmt: skip


class Reason(NamedTuple):
    """Points for or against a row of a digest; `value` is a name, topic or number to show."""

    kind: ReasonKind
    points: float
    value: str | int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Daily numbers of some speakers' claims, oldest first."""

    speakers: tuple[str, ...]
    days: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRow:
    """A statement in a digest.

    `current` is the claim that reports it first, in its current state; `others` are other reports
    of it, and `disputes` are its denials. `same_sentence` are other claims in the sentence shown.
    `earlier` is an earlier claim of its speaker that surely opposes it.
    """

    claim_id: str
    current: CurrentClaim
    others: tuple[Hit, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    same_sentence: tuple[Hit, ...] = ()
    earlier: Hit | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def statements(self) -> int:
        """The number of statements in the row."""
        return 1 + len(self.disputes) + len(self.same_sentence)

    @property
    def related(self) -> tuple[Hit, ...]:
        """The other claims that report or deny the statement."""
        return (*self.others, *(dispute.hit for dispute in self.disputes))


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSection:
    """A section of a digest; `topic` is the query of a saved search."""

    kind: DigestKind
    rows: tuple[DigestRow, ...]
    topic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The statements of the articles that arrived in [`since`, `until`), for one channel.

    `claims` and `articles` count everything, `omitted_count` the claims without a row; a claim that
    several articles report counts once. `missed` are the posting times of earlier digests that were
    never posted; this digest includes their claims from `since` on. `uncertain` are the posting
    times of digests that Slack may have posted; their claims are not included. On a day without
    claims, `feeds` is the number of feeds polled, and `next_check` the time of the next poll.
    """

    day: date
    since: datetime
    until: datetime
    zone: str
    sections: tuple[DigestSection, ...] = ()
    claims: int = 0
    articles: int = 0
    omitted_count: int = 0
    missed: tuple[datetime, ...] = ()
    uncertain: tuple[datetime, ...] = ()
    feeds: int = 0
    next_check: datetime | None = None
    preferences: DigestPreferences = DigestPreferences()

    @property
    def rows(self) -> tuple[DigestRow, ...]:
        """All rows, in order."""
        return tuple(row for section in self.sections for row in section.rows)
