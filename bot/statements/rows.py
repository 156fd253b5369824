"""Rows of an answer: claims that report one statement form one row. No I/O."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime

from bot.model import ArticleCard, Claim, DisputeOrder, Hit, Row
from bot.search.engine.words import words
from bot.search.tokenized import TokenizedText, tokenize
from bot.statements.blocking import find_candidates
from bot.statements.sameness import Report, same_statement

DATE_LENGTH = len("2026-11-03")
_NO_MOMENT = datetime.max.replace(tzinfo=UTC)


def group_into_rows(hits: Sequence[Hit]) -> tuple[Row, ...]:
    """Group an answer's hits into rows, ordered by the best hit of each.

    All claims of a row report the same statement, or are the same claim in copies of an article.
    Within a row the earliest report comes first, undated reports last, and a copy after its
    original of the same day.
    """
    candidates = _Candidates(hits)
    rows: list[_RowHits] = []
    row_numbers: list[int] = []
    for number in range(len(hits)):
        candidate_rows = {row_numbers[other] for other in candidates.find(number) if other < number}
        for row_number in sorted(candidate_rows):
            if rows[row_number].all_match(number):
                break
        else:
            row_number = len(rows)
            rows.append(_RowHits(candidates))
        rows[row_number].numbers.append(number)
        row_numbers.append(row_number)
    return tuple(
        Row(hits=tuple([hits[number] for number in _sort_row(row.numbers, hits)])) for row in rows
    )


class _Candidates:
    """The candidates of each hit for the same statement, and a cache of reports."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.hits = hits
        by_text: dict[str, list[int]] = {}
        for number, hit in enumerate(hits):
            by_text.setdefault(hit.claim.text, []).append(number)
        hits_by_text = list(by_text.values())
        candidates = find_candidates(list(by_text))
        self._candidates = {
            text: [number for other in others for number in hits_by_text[other]]
            for text, others in zip(by_text, candidates, strict=True)
        }
        self._reports: dict[int, Report] = {}
        self._tokenized: dict[str, TokenizedText] = {}

    def find(self, number: int) -> list[int]:
        """Return the hits that may report the same statement, including this one."""
        return self._candidates[self.hits[number].claim.text]

    def report(self, number: int) -> Report:
        """Return the report of a hit's claim, cached."""
        if number not in self._reports:
            claim = self.hits[number].claim
            if claim.text not in self._tokenized:
                self._tokenized[claim.text] = tokenize(claim.text)
            self._reports[number] = Report(claim, self._tokenized[claim.text])
        return self._reports[number]


class _RowHits:
    """The numbers of the hits of one row. Hits with the same words are compared only once."""

    __slots__ = ("_by_key", "_candidates", "_grouped_count", "numbers")

    def __init__(self, candidates: _Candidates) -> None:
        self.numbers: list[int] = []
        self._candidates = candidates
        self._by_key: dict[tuple[object, ...], list[int]] = {}
        self._grouped_count = 0

    def all_match(self, number: int) -> bool:
        """Whether every hit reports the same statement as this one, or is a copy of it."""
        hits, report = self._candidates.hits, self._candidates.report
        return all(
            same_statement(report(group[0]), report(number))
            or all(_is_copy(hits[other], hits[number]) for other in group)
            for group in self._groups()
        )

    def _groups(self) -> Collection[list[int]]:
        # Lazy: most rows have one hit and are never compared.
        for number in self.numbers[self._grouped_count :]:
            key = _comparison_key(self._candidates.hits[number].claim)
            self._by_key.setdefault(key, []).append(number)
        self._grouped_count = len(self.numbers)
        return self._by_key.values()


def _comparison_key(claim: Claim) -> tuple[object, ...]:
    """Everything in a claim that same_statement compares."""
    manner = claim.kind, claim.act, claim.negative, claim.stance, claim.source_kind
    return *manner, claim.known_as, claim.speaker, claim.source, claim.text


def _is_copy(hit: Hit, other: Hit) -> bool:
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


def _sort_row(numbers: Sequence[int], hits: Sequence[Hit]) -> Sequence[int]:
    """Sort the hits of a row, first report first."""
    if len(numbers) == 1:
        return numbers
    return sorted(numbers, key=lambda number: (*_sort_key(hits[number].article), number))


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


def _sort_key(article: ArticleCard) -> tuple[date, datetime, bool]:
    return *_published(article), article.copy_of is not None


def _published(article: ArticleCard) -> tuple[date, datetime]:
    """The day and time of publication, for sorting: articles with a time come first in their day.

    A date without a time is not midnight: its order within the day is unknown.
    """
    day, printed = article.published_on or date.max, article.published or ""
    moment = datetime.fromisoformat(printed) if len(printed) > DATE_LENGTH else None
    # Ignore a time without a zone, which may be hours off.
    return day, moment if moment and moment.tzinfo else _NO_MOMENT
