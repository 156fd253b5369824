"""Rows of an answer: claims that report one statement form one row. No I/O."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from bot.languages.table import denials
from bot.model import ArticleCard, Claim, Dispute, DisputeOrder, Hit, Row, Spans
from bot.search.engine.words import words
from bot.search.tokenized import TokenizedText, tokenize
from bot.statements.back_references import find_referent
from bot.statements.blocking import find_candidates, fold_words, make_index
from bot.statements.dispute_candidates import find_common_stems, find_dispute_candidates
from bot.statements.disputes import Contradiction, can_dispute, find_contradiction, find_denied_part
from bot.statements.sameness import Report, same_name, same_statement
from bot.statements.sides import Side

DATE_LENGTH = len("2026-11-03")
_NO_MOMENT = datetime.max.replace(tzinfo=UTC)


def group_into_rows(
    hits: Sequence[Hit], around: Mapping[str, Spans] | None = None
) -> tuple[Row, ...]:
    """Group an answer's hits into rows, ordered by the best hit of each.

    All claims of a row report the same statement, or are the same claim in copies of an article.
    Within a row the earliest report comes first, undated reports last, and a copy after its
    original of the same day. Each row has the first reports of the rows that dispute it. `around`
    maps the ids of denials that refer back (back_references.py) to the sentences around them.
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
    sorted_rows = [_sort_row(row.numbers, hits) for row in rows]
    disputes = _find_disputes(sorted_rows, candidates, around or {})
    return tuple(
        Row(
            hits=tuple([hits[number] for number in row]),
            disputes=tuple(disputes.get(row_number, ())),
        )
        for row_number, row in enumerate(sorted_rows)
    )


class _Candidates:
    """The candidates of each hit for the same statement, and a cache of reports."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.hits = hits
        by_text: dict[str, list[int]] = {}
        for number, hit in enumerate(hits):
            by_text.setdefault(hit.claim.text, []).append(number)
        hits_by_text = list(by_text.values())
        self.text_numbers = {text: number for number, text in enumerate(by_text)}
        self.word_sets = list(map(fold_words, by_text))
        self.index = make_index(self.word_sets)
        candidates = find_candidates(list(by_text), self.word_sets, self.index)
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


def _find_disputes(
    rows: Sequence[Sequence[int]], candidates: _Candidates, around: Mapping[str, Spans]
) -> Mapping[int, list[Dispute]]:
    """Map each row that denies or is denied to its disputes, comparing the rows' first reports."""
    hits = candidates.hits
    denied_parts = dict.fromkeys(_back_references(rows, hits, around))
    row_numbers = [
        side_number for side_number, row in enumerate(rows) if can_dispute(hits[row[0]].claim)
    ]
    if len(row_numbers) < 2 and not denied_parts:
        return {}
    common = find_common_stems(candidates.index, len(candidates.word_sets))
    sides = [Side(hits[rows[row_number][0]], common) for row_number in row_numbers]
    side_numbers: list[list[int]] = [[] for _ in candidates.word_sets]
    for side_number, side in enumerate(sides):
        side_numbers[candidates.text_numbers[side.claim.text]].append(side_number)
    for side_number, other_number in sorted(
        find_dispute_candidates(sides, side_numbers, candidates.word_sets, candidates.index)
    ):
        side_a, side_b, row_number, other_row = (
            sides[side_number],
            sides[other_number],
            row_numbers[side_number],
            row_numbers[other_number],
        )
        clauses = find_contradiction(side_a, side_b)
        if clauses and not (
            _overlaps(side_a.claim, side_b.claim) or _is_same_speaker(side_a.claim, side_b.claim)
        ):
            if _is_denied_by(hits[rows[row_number][0]], hits[rows[other_row][0]], clauses):
                denied_parts[other_row, row_number] = find_denied_part(side_a, clauses.first_clause)
            else:
                denied_parts[row_number, other_row] = find_denied_part(
                    side_b, clauses.second_clause
                )
    disputes: defaultdict[int, list[Dispute]] = defaultdict(list)
    for (denial, denied), denied_words in denied_parts.items():
        for row, other_row_number, is_denial in ((denied, denial, True), (denial, denied, False)):
            hit, first = hits[rows[other_row_number][0]], hits[rows[row][0]]
            order = _compare_dates(hit.article, first.article)
            disputes[row].append(
                Dispute(hit=hit, is_denial=is_denial, denied_part=denied_words, order=order)
            )
    return disputes


def _back_references(
    rows: Sequence[Sequence[int]], hits: Sequence[Hit], around: Mapping[str, Spans]
) -> Iterator[tuple[int, int]]:
    """Yield pairs of row numbers: a denial that refers back, and the row that it denies."""
    if not around:
        return
    row_numbers = {
        hits[number].claim.id: row_number for row_number, row in enumerate(rows) for number in row
    }
    claims = [hit.claim for hit in hits if can_dispute(hit.claim)]
    for denial in claims:
        if denial.id in around:
            denied = find_referent(denial, around[denial.id], claims)
            if denied and not _overlaps(denial, denied) and not _is_same_speaker(denial, denied):
                yield row_numbers[denial.id], row_numbers[denied.id]


def _is_denied_by(hit: Hit, other: Hit, clauses: Contradiction) -> bool:
    """Whether the second of two contradicting hits is the denial: an explicit denial, otherwise
    the later one, otherwise the negated one."""
    if clauses.first_clause.is_denied != clauses.second_clause.is_denied:
        return clauses.second_clause.is_denied
    order = _compare_dates(hit.article, other.article)
    if order != "unknown":
        return order == "earlier"
    return bool(clauses.first_clause.polarity)


def _compare_dates(article: ArticleCard, other: ArticleCard) -> DisputeOrder:
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


def _overlaps(denial: Claim, claim: Claim) -> bool:
    """Whether a denial overlaps the claim in the same article."""
    if denial.article_id != claim.article_id:
        return False
    return any(
        start < other_end and other_start < end
        for start, end in denial.spans
        for other_start, other_end in claim.spans
    )


def _is_same_speaker(claim: Claim, other: Claim) -> bool:
    """Whether one speaker says both, unless they deny having said it."""
    for side in (claim, other):
        if side.stance == "denied" and denials.SPEECH_START.match(side.text):
            return False
    name, other_name = claim.speaker_name, other.speaker_name
    return bool(name and other_name and same_name(name, other_name))
