"""Rows of an answer: claims that report one statement are one row. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from bot.languages.table import denials
from bot.model import ArticleCard, Claim, Dispute, DisputeOrder, Hit, Row, Spans
from bot.search.engine.words import words
from bot.search.tokenized import TokenizedText, tokenize
from bot.statements.back_references import find_referent
from bot.statements.blocking import candidate_matches, inverted_index, words_of
from bot.statements.dispute_candidates import common_stems, dispute_candidates
from bot.statements.disputes import Contradiction, can_dispute, denied_part, find_contradiction
from bot.statements.sameness import Report, same_name, same_statement
from bot.statements.sides import Side

DATE_LENGTH = len("2026-11-03")
_NO_MOMENT = datetime.max.replace(tzinfo=UTC)


def group_into_rows(
    hits: Sequence[Hit], around: Mapping[str, Spans] | None = None
) -> tuple[Row, ...]:
    """Group an answer's hits into rows, ordered by the best hit of each.

    All claims of a row report the same statement, or are the same claim in copies of an article.
    Within a row the earliest report comes first, undated ones last, and a copy after its original
    of the same day. Each row carries the first reports of the rows that dispute it. `around` maps
    the ids of denials that refer back (see back_references.py) to the sentences around them.
    """
    near = _Candidates(hits)
    rows: list[_RowHits] = []
    row_of: list[int] = []
    for number in range(len(hits)):
        first_come = {row_of[other] for other in near.to(number) if other < number}
        for place in sorted(first_come):
            if rows[place].all_match(number):
                break
        else:
            place = len(rows)
            rows.append(_RowHits(near))
        rows[place].numbers.append(number)
        row_of.append(place)
    in_order = [_in_order(row.numbers, hits) for row in rows]
    beside = _disputes(in_order, near, around or {})
    return tuple(
        Row(hits=tuple([hits[number] for number in row]), disputes=tuple(beside.get(place, ())))
        for place, row in enumerate(in_order)
    )


class _Candidates:
    """Candidates of each hit for the same statement, and a cache of reports."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.hits = hits
        by_text: dict[str, list[int]] = {}
        for number, hit in enumerate(hits):
            by_text.setdefault(hit.claim.text, []).append(number)
        alike = list(by_text.values())
        self.texts = {text: number for number, text in enumerate(by_text)}
        self.cut = list(map(words_of, by_text))
        self.held = inverted_index(self.cut)
        near = candidate_matches(list(by_text), self.cut, self.held)
        self._near = {
            text: [number for other in others for number in alike[other]]
            for text, others in zip(by_text, near, strict=True)
        }
        self._reports: dict[int, Report] = {}
        self._wordings: dict[str, TokenizedText] = {}

    def to(self, number: int) -> list[int]:
        """The hits that may report the same statement, this one included."""
        return self._near[self.hits[number].claim.text]

    def report(self, number: int) -> Report:
        """The report of a hit's claim, cached."""
        if number not in self._reports:
            claim = self.hits[number].claim
            if claim.text not in self._wordings:
                self._wordings[claim.text] = tokenize(claim.text)
            self._reports[number] = Report(claim, self._wordings[claim.text])
        return self._reports[number]


class _RowHits:
    """The numbers of the hits of one row. Hits with the same words are compared only once."""

    __slots__ = ("_alike", "_near", "_sorted", "numbers")

    def __init__(self, near: _Candidates) -> None:
        self.numbers: list[int] = []
        self._near = near
        self._alike: dict[tuple[object, ...], list[int]] = {}
        self._sorted = 0

    def all_match(self, number: int) -> bool:
        """Whether every hit reports the same statement as this one, or is a copy of it."""
        hits, report = self._near.hits, self._near.report
        return all(
            same_statement(report(alike[0]), report(number))
            or all(_is_copy(hits[other], hits[number]) for other in alike)
            for alike in self._by_key()
        )

    def _by_key(self) -> Collection[list[int]]:
        # Lazy: most rows have one hit and are never compared.
        for number in self.numbers[self._sorted :]:
            self._alike.setdefault(_comparison_key(self._near.hits[number].claim), []).append(
                number
            )
        self._sorted = len(self.numbers)
        return self._alike.values()


def _comparison_key(claim: Claim) -> tuple[object, ...]:
    """Everything in a claim that same_statement looks at."""
    manner = claim.kind, claim.negative, claim.stance, claim.source_kind
    return *manner, claim.known_as, claim.speaker, claim.source, claim.text


def _is_copy(one: Hit, other: Hit) -> bool:
    """Whether two claims are the same claim in an article and its copy."""
    return (
        one.article.family == other.article.family
        and one.article.id != other.article.id
        and _copy_key(one.claim) == _copy_key(other.claim)
    )


def _copy_key(claim: Claim) -> tuple[str, bool, str | None, list[str]]:
    """What survives when a copy is shortened. The speaker may not: a name may become "he"."""
    return claim.kind, claim.negative, claim.stance, words(claim.text)


def _in_order(members: Sequence[int], hits: Sequence[Hit]) -> Sequence[int]:
    """The hits of a row, the first report first."""
    if len(members) == 1:
        return members
    return sorted(members, key=lambda number: (*_sort_key(hits[number].article), number))


def _disputes(
    rows: Sequence[Sequence[int]], near: _Candidates, around: Mapping[str, Spans]
) -> Mapping[int, list[Dispute]]:
    """Map each row that denies or is denied to its disputes, comparing the rows' first reports."""
    hits = near.hits
    found = dict.fromkeys(_back_references(rows, hits, around))
    places = [n for n, row in enumerate(rows) if can_dispute(hits[row[0]].claim)]
    if len(places) < 2 and not found:
        return {}
    common = common_stems(near.held, len(near.cut))
    sides = [Side(hits[rows[place][0]], common) for place in places]
    saying: list[list[int]] = [[] for _ in near.cut]
    for n, side in enumerate(sides):
        saying[near.texts[side.claim.text]].append(n)
    for n, other_n in sorted(dispute_candidates(sides, saying, near.cut, near.held)):
        one, other, place, other_place = sides[n], sides[other_n], places[n], places[other_n]
        clauses = find_contradiction(one, other)
        if clauses and not (
            _is_part(one.claim, other.claim) or _is_same_speaker(one.claim, other.claim)
        ):
            if _is_denied_by(hits[rows[place][0]], hits[rows[other_place][0]], clauses):
                found[other_place, place] = denied_part(one, clauses.one)
            else:
                found[place, other_place] = denied_part(other, clauses.other)
    beside: defaultdict[int, list[Dispute]] = defaultdict(list)
    for (denial, denied), part in found.items():
        for own, others, is_denial in ((denied, denial, True), (denial, denied, False)):
            hit, first = hits[rows[others][0]], hits[rows[own][0]]
            order = _order(hit.article, first.article)
            beside[own].append(Dispute(hit=hit, is_denial=is_denial, half=part, order=order))
    return beside


def _back_references(
    rows: Sequence[Sequence[int]], hits: Sequence[Hit], around: Mapping[str, Spans]
) -> Iterator[tuple[int, int]]:
    """Pairs of the row of a denial that refers back and the row that it denies."""
    if not around:
        return
    row_of = {hits[n].claim.id: place for place, row in enumerate(rows) for n in row}
    claims = [hit.claim for hit in hits if can_dispute(hit.claim)]
    for denial in claims:
        if denial.id in around:
            denied = find_referent(denial, around[denial.id], claims)
            if denied and not _is_part(denial, denied) and not _is_same_speaker(denial, denied):
                yield row_of[denial.id], row_of[denied.id]


def _is_denied_by(one: Hit, other: Hit, clauses: Contradiction) -> bool:
    """Whether the second of two contradicting hits is the denial: the explicit denial, else the
    later one, else the negated one."""
    if clauses.one.is_denied != clauses.other.is_denied:
        return clauses.other.is_denied
    order = _order(one.article, other.article)
    if order != "unknown":
        return order == "earlier"
    return bool(clauses.one.is_so)


def _order(one: ArticleCard, other: ArticleCard) -> DisputeOrder:
    """Whether an article was published before or after another; on one day, by time if known."""
    day, other_day = one.published_on, other.published_on
    if day is None or other_day is None:
        return "unknown"
    moment, other_moment = _published(one)[1], _published(other)[1]
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
    """The day and time of publication, for sorting: on one day, articles with a time come first.

    A date without a time is not midnight: its order within the day is unknown.
    """
    day, printed = article.published_on or date.max, article.published or ""
    moment = datetime.fromisoformat(printed) if len(printed) > DATE_LENGTH else None
    # A time without a zone may be hours off, so it is ignored.
    return day, moment if moment and moment.tzinfo else _NO_MOMENT


def _is_part(denial: Claim, claim: Claim) -> bool:
    """Whether a denial overlaps the claim in the same article."""
    if denial.article_id != claim.article_id:
        return False
    return any(
        start < other_end and other_start < end
        for start, end in denial.spans
        for other_start, other_end in claim.spans
    )


def _is_same_speaker(one: Claim, other: Claim) -> bool:
    """Whether one speaker says both, unless they deny having said so."""
    names = [claim.known_as or claim.speaker or claim.source for claim in (one, other)]
    if any(c.stance == "denied" and denials.SPEECH_START.match(c.text) for c in (one, other)):
        return False
    return bool(names[0] and names[1]) and same_name(names[0] or "", names[1] or "")
