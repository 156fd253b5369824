"""Grouping: the claims of an answer that report one statement are one row. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime

from bot.model import ArticleCard, Claim, Hit, Row
from bot.search.blocking import neighbours
from bot.search.sameness import Report, denies, same_statement
from bot.search.wordings import Wording, wording
from bot.search.words import words

DAY_ALONE = len("2026-11-03")


def grouped(hits: Sequence[Hit]) -> tuple[Row, ...]:
    """Make rows of an answer's hits, each where the best of its hits stood.

    Every claim of a row reports the same statement as every other one, or stands in a copy of the
    other's article in the same words. The first report comes first, as far as it is known, undated
    ones last and of one day a copy behind what it copies. Beside a row stand those of the hits
    that deny what it says, if they are not older than its first report.
    """
    near = _Near(hits)
    rows: list[_Members] = []
    row_of: list[int] = []
    for number in range(len(hits)):
        first_come = {row_of[other] for other in near.to(number) if other < number}
        for place in sorted(first_come):
            if rows[place].are_all_as(number):
                break
        else:
            place = len(rows)
            rows.append(_Members(near))
        rows[place].numbers.append(number)
        row_of.append(place)
    return tuple(_row(row.numbers, hits, near) for row in rows)


class _Near:
    """Which hits may report the statement of one, and the reports of those that are compared."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.hits = hits
        by_text: dict[str, list[int]] = {}
        for number, hit in enumerate(hits):
            by_text.setdefault(hit.claim.text, []).append(number)
        alike = list(by_text.values())
        self._near = {
            text: [number for other in others for number in alike[other]]
            for text, others in zip(by_text, neighbours(list(by_text)), strict=True)
        }
        self._reports: dict[int, Report] = {}
        self._wordings: dict[str, Wording] = {}

    def to(self, number: int) -> list[int]:
        """The hits that may report the same statement, this one among them."""
        return self._near[self.hits[number].claim.text]

    def report(self, number: int) -> Report:
        """A hit's claim, cut into words when it is first asked for."""
        if number not in self._reports:
            claim = self.hits[number].claim
            if claim.text not in self._wordings:
                self._wordings[claim.text] = wording(claim.text)
            self._reports[number] = Report(claim, self._wordings[claim.text])
        return self._reports[number]


class _Members:
    """The hits of one row, by their number. Of those that say the same in the same words, one is
    compared for all."""

    __slots__ = ("_alike", "_near", "_sorted", "numbers")

    def __init__(self, near: _Near) -> None:
        self.numbers: list[int] = []
        self._near = near
        self._alike: dict[tuple[object, ...], list[int]] = {}
        self._sorted = 0

    def are_all_as(self, number: int) -> bool:
        """Whether each of the hits reports the statement of this one, or is its copy."""
        hits, report = self._near.hits, self._near.report
        return all(
            same_statement(report(alike[0]), report(number))
            or all(_same_print(hits[other], hits[number]) for other in alike)
            for alike in self._by_saying()
        )

    def _by_saying(self) -> Collection[list[int]]:
        # Most rows have one hit and are compared with none, so this is done when it is asked for.
        for number in self.numbers[self._sorted :]:
            self._alike.setdefault(_saying(self._near.hits[number].claim), []).append(number)
        self._sorted = len(self.numbers)
        return self._alike.values()


def _saying(claim: Claim) -> tuple[object, ...]:
    """All of a claim by which statements are compared."""
    manner = claim.kind, claim.negative, claim.stance, claim.source_kind
    return *manner, claim.known_as, claim.speaker, claim.source, claim.text


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


def _row(members: Collection[int], hits: Sequence[Hit], near: _Near) -> Row:
    in_order = list(members)
    if len(in_order) > 1:
        in_order.sort(key=lambda number: (*_place(hits[number].article), number))
    return Row(
        hits=tuple([hits[number] for number in in_order]),
        denials=tuple(_denials(in_order, near)),
    )


def _denials(members: Sequence[int], near: _Near) -> Iterator[Hit]:
    """The hits beside a row that deny what its first report says."""
    hits, first = near.hits, members[0]
    others = sorted({*near.to(first)}.difference(members))
    if not others or near.report(first).is_denying:
        return
    for other in others:
        if (
            denies(near.report(other), near.report(first))
            and _is_later(hits[other], hits[first])
            and not _is_part(hits[other].claim, hits[first].claim)
        ):
            yield hits[other]


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


def _is_part(denial: Claim, claim: Claim) -> bool:
    """Whether a denial is only what the claim itself says, or is quoted within it."""
    if denial.article_id != claim.article_id:
        return False
    overlap = any(
        start < other_end and other_start < end
        for start, end in denial.spans
        for other_start, other_end in claim.spans
    )
    return overlap or (denial.speaker is not None and denial.speaker == claim.speaker)


def _is_later(denial: Hit, first: Hit) -> bool:
    """Whether a denial is not known to be older than what it denies."""
    day, since = denial.article.published_on, first.article.published_on
    return day is None or since is None or day >= since
