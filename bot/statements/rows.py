"""Rows of an answer: claims that report one statement form one row. No I/O."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Protocol

from bot.model import ArticleCard, Claim, DisputeOrder, Hit, Row
from bot.search.engine.words import words

DATE_LENGTH = len("2026-11-03")
_NO_MOMENT = datetime.max.replace(tzinfo=UTC)


class Published(Protocol):
    """What is known of when something was published."""

    @property
    def published_on(self) -> date | None:
        """The day."""

    @property
    def published(self) -> str | None:
        """The day and the time, as its article states them."""

    @property
    def copy_of(self) -> str | None:
        """The article that its article copies."""


def group_by_statement(hits: Iterable[Hit]) -> tuple[Row, ...]:
    """Group hits into rows, one for each statement, in the order of the first hit of each.

    Within a row the earliest report comes first, undated reports last, and a copy after its
    original of the same day.
    """
    groups: dict[object, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.claim.id if hit.statement is None else hit.statement, []).append(hit)
    return tuple([Row(hits=tuple(sort_reports(group))) for group in groups.values()])


def sort_reports(hits: Iterable[Hit]) -> list[Hit]:
    """Sort the reports of one statement, the first to be published first."""
    return sorted(hits, key=lambda hit: (publication_order(hit.article), hit.claim.id))


def comparison_key(claim: Claim) -> tuple[object, ...]:
    """Everything in a claim that same_statement compares."""
    manner = claim.kind, claim.act, claim.negative, claim.stance, claim.source_kind
    return *manner, claim.known_as, claim.speaker, claim.source, claim.text


def is_copy(hit: Hit, other: Hit) -> bool:
    """Whether two claims are the same claim in an article and its copy."""
    return (
        hit.article.family_id == other.article.family_id
        and hit.article.id != other.article.id
        and _copy_key(hit.claim) == _copy_key(other.claim)
    )


def _copy_key(claim: Claim) -> tuple[str, bool, str | None, list[str]]:
    """What remains equal when a copy is shortened. The speaker is left out: a name may become
    "he"."""
    return claim.kind, claim.negative, claim.stance, words(claim.text)


def compare_dates(article: ArticleCard, other: ArticleCard) -> DisputeOrder:
    """Tell whether an article was published before or after another; on the same day, by time if
    known."""
    day, other_day = article.published_on, other.published_on
    if day is None or other_day is None:
        return "unknown"
    moment, other_moment = _published(article)[1], _published(other)[1]
    if _NO_MOMENT in (moment, other_moment):
        is_earlier, is_later = day < other_day, day > other_day
    else:
        is_earlier, is_later = moment < other_moment, moment > other_moment
    if is_earlier:
        return "earlier"
    return "later" if is_later else "unknown"


def publication_order(article: Published) -> tuple[date, datetime, bool]:
    """The first report comes first, undated ones last, a copy after its original of a day."""
    return *_published(article), article.copy_of is not None


def _published(article: Published) -> tuple[date, datetime]:
    """The day and time of publication, for sorting: articles with a time come first in their day.

    A date without a time is not midnight: its order within the day is unknown.
    """
    day, printed = article.published_on or date.max, article.published or ""
    moment = datetime.fromisoformat(printed) if len(printed) > DATE_LENGTH else None
    # Ignore a time without a zone, which may be hours off.
    return day, moment if moment and moment.tzinfo else _NO_MOMENT
