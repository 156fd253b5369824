"""Grouping: the claims of an answer that report one statement are one row. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from bot.languages.table import denials
from bot.model import ArticleCard, Claim, Dispute, DisputeOrder, Hit, Row, Spans
from bot.search.engine.words import words
from bot.search.tokenized import TokenizedText, tokenize
from bot.statements.blocking import holding, neighbours, words_of
from bot.statements.disputes import Contradiction, can_dispute, contradiction, half
from bot.statements.opposing import common_among, opposing
from bot.statements.pointing import pointed_at
from bot.statements.sameness import Report, same_name, same_statement
from bot.statements.sides import Side

DAY_ALONE = len("2026-11-03")
_NO_MOMENT = datetime.max.replace(tzinfo=UTC)


def grouped(hits: Sequence[Hit], around: Mapping[str, Spans] | None = None) -> tuple[Row, ...]:
    """Make rows of an answer's hits, each where the best of its hits stood.

    Every claim of a row reports the same statement as every other one, or stands in a copy of the
    other's article in the same words. The first report comes first, as far as it is known, undated
    ones last and of one day a copy behind what it copies. Beside each row stand the first reports
    of those that it is in dispute with. `around` has for the ids of denials that point back (see
    bot/statements/pointing.py) the sentences in which that stands.
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
    in_order = [_in_order(row.numbers, hits) for row in rows]
    beside = _disputes(in_order, near, around or {})
    return tuple(
        Row(hits=tuple([hits[number] for number in row]), disputes=tuple(beside.get(place, ())))
        for place, row in enumerate(in_order)
    )


class _Near:
    """Which hits may report the statement of one, and the reports of those that are compared."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.hits = hits
        by_text: dict[str, list[int]] = {}
        for number, hit in enumerate(hits):
            by_text.setdefault(hit.claim.text, []).append(number)
        alike = list(by_text.values())
        self.texts = {text: number for number, text in enumerate(by_text)}
        self.cut = list(map(words_of, by_text))
        self.held = holding(self.cut)
        near = neighbours(list(by_text), self.cut, self.held)
        self._near = {
            text: [number for other in others for number in alike[other]]
            for text, others in zip(by_text, near, strict=True)
        }
        self._reports: dict[int, Report] = {}
        self._wordings: dict[str, TokenizedText] = {}

    def to(self, number: int) -> list[int]:
        """The hits that may report the same statement, this one among them."""
        return self._near[self.hits[number].claim.text]

    def report(self, number: int) -> Report:
        """A hit's claim, cut into words when it is first asked for."""
        if number not in self._reports:
            claim = self.hits[number].claim
            if claim.text not in self._wordings:
                self._wordings[claim.text] = tokenize(claim.text)
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


def _in_order(members: Sequence[int], hits: Sequence[Hit]) -> Sequence[int]:
    """The hits of a row, the first report first."""
    if len(members) == 1:
        return members
    return sorted(members, key=lambda number: (*_place(hits[number].article), number))


def _disputes(
    rows: Sequence[Sequence[int]], near: _Near, around: Mapping[str, Spans]
) -> Mapping[int, list[Dispute]]:
    """For each row that denies or is denied, its disputes with other rows, by their first
    reports."""
    hits = near.hits
    found = dict.fromkeys(_pointing(rows, hits, around))
    places = [n for n, row in enumerate(rows) if can_dispute(hits[row[0]].claim)]
    if len(places) < 2 and not found:
        return {}
    common = common_among(near.held, len(near.cut))
    sides = [Side(hits[rows[place][0]], common) for place in places]
    saying: list[list[int]] = [[] for _ in near.cut]
    for n, side in enumerate(sides):
        saying[near.texts[side.claim.text]].append(n)
    for n, other_n in sorted(opposing(sides, saying, near.cut, near.held)):
        one, other, place, other_place = sides[n], sides[other_n], places[n], places[other_n]
        clauses = contradiction(one, other)
        if clauses and not (
            _is_part(one.claim, other.claim) or _is_his_own(one.claim, other.claim)
        ):
            if _is_denied_by(hits[rows[place][0]], hits[rows[other_place][0]], clauses):
                found[other_place, place] = half(one, clauses.one)
            else:
                found[place, other_place] = half(other, clauses.other)
    beside: defaultdict[int, list[Dispute]] = defaultdict(list)
    for (denial, denied), part in found.items():
        for own, others, is_denial in ((denied, denial, True), (denial, denied, False)):
            hit, first = hits[rows[others][0]], hits[rows[own][0]]
            order = _order(hit.article, first.article)
            beside[own].append(Dispute(hit=hit, is_denial=is_denial, half=part, order=order))
    return beside


def _pointing(
    rows: Sequence[Sequence[int]], hits: Sequence[Hit], around: Mapping[str, Spans]
) -> Iterator[tuple[int, int]]:
    """The rows of denials that point back, each with the row of what it denies."""
    if not around:
        return
    row_of = {hits[n].claim.id: place for place, row in enumerate(rows) for n in row}
    claims = [hit.claim for hit in hits if can_dispute(hit.claim)]
    for denial in claims:
        if denial.id in around:
            denied = pointed_at(denial, around[denial.id], claims)
            if denied and not _is_part(denial, denied) and not _is_his_own(denial, denied):
                yield row_of[denial.id], row_of[denied.id]


def _is_denied_by(one: Hit, other: Hit, clauses: Contradiction) -> bool:
    """Whether of two that contradict each other the second one denies: who does in so many words,
    else who came later, else who says that something is not so."""
    if clauses.one.is_denied != clauses.other.is_denied:
        return clauses.other.is_denied
    order = _order(one.article, other.article)
    if order != "unknown":
        return order == "earlier"
    return bool(clauses.one.is_so)


def _order(one: ArticleCard, other: ArticleCard) -> DisputeOrder:
    """When an article was published, compared with another: of one day only instants tell."""
    day, other_day = one.published_on, other.published_on
    if day is None or other_day is None:
        return "unknown"
    moment, other_moment = _when(one)[1], _when(other)[1]
    if _NO_MOMENT in (moment, other_moment):
        is_earlier, is_later = day < other_day, day > other_day
    else:
        is_earlier, is_later = moment < other_moment, moment > other_moment
    if is_earlier:
        return "earlier"
    return "later" if is_later else "unknown"


def _place(article: ArticleCard) -> tuple[date, datetime, bool]:
    return *_when(article), article.copy_of is not None


def _when(article: ArticleCard) -> tuple[date, datetime]:
    """When an article came, as far as it says: of those of one day, the ones with a time first.

    A day is no midnight: whether one that gives but a day came before them is not known.
    """
    day, printed = article.published_on or date.max, article.published or ""
    moment = datetime.fromisoformat(printed) if len(printed) > DAY_ALONE else None
    # Without a zone a time orders nothing: it may be hours off.
    return day, moment if moment and moment.tzinfo else _NO_MOMENT


def _is_part(denial: Claim, claim: Claim) -> bool:
    """Whether a denial is only what the claim itself says, or is quoted within it."""
    if denial.article_id != claim.article_id:
        return False
    return any(
        start < other_end and other_start < end
        for start, end in denial.spans
        for other_start, other_end in claim.spans
    )


def _is_his_own(one: Claim, other: Claim) -> bool:
    """Whether one person or body says both, and does not deny that he said so."""
    names = [claim.known_as or claim.speaker or claim.source for claim in (one, other)]
    if any(c.stance == "denied" and denials.PUT_IN_HIS_MOUTH.match(c.text) for c in (one, other)):
        return False
    return bool(names[0] and names[1]) and same_name(names[0] or "", names[1] or "")
