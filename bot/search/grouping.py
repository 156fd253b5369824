"""Grouping: the claims of an answer that report one statement are one row. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.model import ArticleCard, Claim, Hit, Row
from bot.search.sameness import Report, denies, same_statement
from bot.search.words import words

DAY_ALONE = len("2026-11-03")


def grouped(hits: Sequence[Hit]) -> tuple[tuple[Hit, ...], tuple[Row, ...]]:
    """Make rows of an answer's hits, each where the best of its hits stood.

    Every claim of a row reports the same statement as every other one, or stands in a copy of the
    other's article in the same words. The first report comes first, as far as it is known, undated
    ones last and of one day a copy behind what it copies. Beside a row stand those of the hits
    that deny what it says, if they are not older than its first report.

    Returns the hits as they were, each with its group: the id of the first report; and the rows.
    """
    reports = [Report.of(hit.claim) for hit in hits]
    members: list[list[int]] = []
    for number, report in enumerate(reports):
        for row in members:
            if all(
                _same_print(hits[other], hits[number]) or same_statement(reports[other], report)
                for other in row
            ):
                row.append(number)
                break
        else:
            members.append([number])
    rows = tuple(_row(row, hits, reports) for row in members)
    groups = {hit.claim.id: hit for row in rows for hit in row.hits}
    return tuple(groups[hit.claim.id] for hit in hits), rows


def _same_print(one: Hit, other: Hit) -> bool:
    """Whether two claims are one that an article and its copy print."""
    return (
        one.article.family == other.article.family
        and one.article.id != other.article.id
        and _print(one.claim) == _print(other.claim)
    )


def _print(claim: Claim) -> tuple[str, bool, str | None, list[str]]:
    """What stays where a copy is cut. The speaker may not: where the name is cut, "he" is left."""
    return claim.kind, claim.negative, claim.stance, words(claim.text)


def _row(members: Iterable[int], hits: Sequence[Hit], reports: Sequence[Report]) -> Row:
    in_order = sorted(members, key=lambda number: (*_place(hits[number].article), number))
    first = hits[in_order[0]]
    denials = [
        other
        for report, other in zip(reports, hits, strict=True)
        if denies(report, reports[in_order[0]]) and _is_later(other, first)
    ]
    return Row(
        hits=tuple(replace(hits[number], group=first.claim.id) for number in in_order),
        denials=tuple(denials),
    )


def _place(article: ArticleCard) -> tuple[date, datetime, bool]:
    return *_when(article), article.copy_of is not None


def _when(article: ArticleCard) -> tuple[date, datetime]:
    """When an article came, as far as it says: of those of one day, the ones with a time first.

    A day is no midnight: whether one that gives but a day came before them is not known.
    """
    day, printed = article.published_on or date.max, article.published or ""
    moment = datetime.fromisoformat(printed) if len(printed) > DAY_ALONE else None
    # Without a zone a time orders nothing: it may be hours off.
    return day, moment if moment and moment.tzinfo else datetime.max.replace(tzinfo=UTC)


def _is_later(denial: Hit, first: Hit) -> bool:
    """Whether a denial is not known to be older than what it denies."""
    day, since = denial.article.published_on, first.article.published_on
    return day is None or since is None or day >= since
