"""File claims under the statements that they report, and find which deny each other. No I/O.

A claim joins the first statement, in order of publication, all of whose claims report the same as
it does; otherwise it founds one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from bot.model import Hit, NameRuling
from bot.model.statement import (
    FiledStatements,
    StatementChanges,
    StatementKeys,
    StatementRelation,
    StatementRules,
    statement_ids,
)
from bot.speakers.rulings import combine_rulings
from bot.statements.back_references import find_denied, refers_back
from bot.statements.disputes import MIN_SHARED, can_dispute, find_dispute, may_not_dispute
from bot.statements.keys import (
    IS_ATTRIBUTION,
    NEGATES,
    ONE_SIDE,
    OTHER_SIDE,
    WORDS,
    Keys,
    Numbers,
    keys_of,
)
from bot.statements.rows import comparison_key, is_copy, publication_order, sort_reports
from bot.statements.sameness import Report, same_statement
from bot.statements.sides import Side

MAX_DENIALS = 5
"""The most others, those that share most keys with a claim, that it is compared with."""
_WORDS_A_KEY = 5
"""A denial shares a key with what it denies for so many words of the shorter one."""
MAX_POINTER_WORDS = 4
"""The most content words of a denial that says only "it" or "the allegation"."""
MAX_SIDES = 3
"""The most claims of a statement that are compared for a denial."""


_Near = Mapping[int, Sequence[int]]
"""For claims by their numbers: the statements that they may report or deny, and the claims of the
batch, which are numbered from -1 downwards."""


def file_claims(hits: Sequence[Hit], filed: FiledStatements) -> StatementChanges:
    """Find the statements of claims, which may be new."""
    if not hits:
        return StatementChanges({}, (), {})
    known_as = _known_as(filed.rulings())
    ordered = sort_reports([_as_known(hit, known_as) for hit in hits])
    keys = keys_of([hit.claim for hit in ordered])
    wanted = np.sort(keys.keys)  # np.unique takes much longer
    wanted = wanted[np.diff(wanted, prepend=-1) != 0]
    known = np.array(filed.with_keys(wanted.tolist()), np.int64).reshape(-1, 3)
    known = known[np.argsort(known[:, 0], kind="stable")]
    finders, places = _pairs(keys.keys, known[:, 0])
    stored = keys.stored(np.bincount(finders, minlength=len(keys.keys)))
    same, opposed = _candidates(keys, finders, known[places], stored)

    ids = {id_ for near in (same, opposed) for ids in near.values() for id_ in ids if id_ >= 0}
    members = {
        id_: [_as_known(hit, known_as) for hit in found]
        for id_, found in filed.members(ids).items()
    }
    possible_ids = [statement_ids(hit.claim.id) for hit in ordered]
    taken = set(filed.existing([id_ for ids in possible_ids for id_ in ids]))
    reported = {id_ for ids in same.values() for id_ in ids}
    compared = {*same, *(-1 - number for number in reported if number < 0)}
    groups = _Groups({id_: members[id_] for id_ in reported & members.keys()})
    found: list[int] = []
    for number, hit in enumerate(ordered):
        statement = None
        if number in compared:
            candidates = {n if n >= 0 else found[-1 - n] for n in same.get(number, ())}
            statement = groups.find(candidates, hit)
        if statement is None:
            statement = next(id_ for id_ in possible_ids[number] if id_ not in taken)
            taken.add(statement)
        found.append(statement)
        if number in compared:
            groups.add(statement, hit)
    of = np.array(found, np.int64)[keys.owners[stored]]
    new_keys = np.column_stack([keys.keys[stored], of, keys.signatures[stored]])
    statements = {hit.claim.id: statement for hit, statement in zip(ordered, found, strict=True)}
    relations = _relations(ordered, found, opposed, members)
    size = np.bitwise_count(keys.signatures[-len(ordered) :] & WORDS)
    short = [ordered[number] for number in np.flatnonzero(size <= MAX_POINTER_WORDS).tolist()]
    for denial, denied in _denied_before(short, filed):
        if denied in statements and statements[denial] != statements[denied]:
            relations[statements[denial], statements[denied]] = "denies"
    return StatementChanges(statements, list(map(tuple, new_keys.tolist())), relations)


def _known_as(rulings: Sequence[NameRuling]) -> dict[str, str]:
    """Map each name of a speaker on whom people have ruled to one of the speaker's names."""
    rules = combine_rulings(rulings)
    merged = {name: group[0] for group in rules.merged for name in group}
    split = {
        name: merged.get(side[0], side[0])
        for sides in rules.split
        for side in sides
        for name in side
    }
    return split | merged


def _as_known(hit: Hit, known_as: Mapping[str, str]) -> Hit:
    name = known_as.get(hit.claim.speaker or "") if hit.claim.source_kind == "named" else None
    return replace(hit, claim=replace(hit.claim, known_as=name)) if name else hit


def _candidates(
    keys: Keys, finders: Numbers, known: Numbers, stored: Numbers
) -> tuple[_Near, _Near]:
    """Find what each claim may report, and what it may deny or be denied by, among what its keys
    (`finders`) have found."""
    in_order = stored[np.argsort(keys.keys[stored], kind="stable")]
    batch_finders, batch_places = _pairs(keys.keys, keys.keys[in_order])
    number = keys.owners[in_order][batch_places]
    is_other = number != keys.owners[batch_finders]
    batch_finders, batch_places, number = (
        part[is_other] for part in (batch_finders, batch_places, number)
    )
    own = np.concatenate([keys.signatures[finders], keys.signatures[batch_finders]])
    theirs = np.concatenate([known[:, 2], keys.signatures[in_order][batch_places]])
    # What is found in the batch belongs to the later claim.
    finder = keys.owners[batch_finders]
    is_earlier = np.concatenate([np.ones(len(finders), bool), number < finder])
    one = np.concatenate([keys.owners[finders], np.maximum(finder, number)])
    other = np.concatenate([known[:, 1], -1 - np.minimum(finder, number)])
    is_part = (own & ~theirs & WORDS == 0) | (theirs & ~own & WORDS == 0)
    is_part &= is_earlier
    sizes = np.bitwise_count(own & WORDS).astype(float), np.bitwise_count(theirs & WORDS)
    fewer = np.minimum(*sizes)
    # Different words may have one bit, the more so in long claims.
    least = MIN_SHARED * fewer
    least += (sizes[0] - least) * (sizes[1] - least) / WORDS.bit_count()
    may_oppose = (own | theirs) & NEGATES != 0
    for side, opposite in ((ONE_SIDE, OTHER_SIDE), (OTHER_SIDE, ONE_SIDE)):
        may_oppose |= (own & side != 0) & (theirs & opposite != 0)
    may_oppose &= own & theirs & IS_ATTRIBUTION != 0
    may_oppose &= np.bitwise_count(own & theirs & WORDS) >= np.floor(least)
    keys_needed = np.ceil(fewer[may_oppose] / _WORDS_A_KEY)
    opposed = _near(one[may_oppose], other[may_oppose], keys_needed)
    return _near(one[is_part], other[is_part]), opposed


def _pairs(wanted: Numbers, in_order: Numbers) -> tuple[Numbers, Numbers]:
    """The places of equal numbers in two lists, the second of which is in order."""
    starts = np.searchsorted(in_order, wanted)
    counts = np.searchsorted(in_order, wanted, "right") - starts
    ends = np.cumsum(counts)
    first = np.repeat(np.arange(len(wanted)), counts)
    return first, np.arange(len(first)) + np.repeat(starts - ends + counts, counts)


def _near(one: Numbers, other: Numbers, least: Numbers | None = None) -> _Near:
    """Gather what each claim has found, if it has often enough; then only what most keys found."""
    near = defaultdict[int, list[int]](list)
    if not len(one):
        return near
    order = np.lexsort((other, one))
    one, other = one[order], other[order]
    is_first = (np.diff(one, prepend=-1) != 0) | (np.diff(other, prepend=other[0]) != 0)
    starts = np.flatnonzero(is_first)
    counts = np.diff([*starts, len(one)])
    one, other = one[starts], other[starts]
    if least is not None:
        is_enough = counts >= least[order][starts]
        one, other, counts = one[is_enough], other[is_enough], counts[is_enough]
        order = np.lexsort((other, -counts, one))
        one, other = one[order], other[order]
        is_best = np.arange(len(one)) - np.searchsorted(one, one) < MAX_DENIALS
        one, other = one[is_best], other[is_best]
    for claim, found in zip(one.tolist(), other.tolist(), strict=True):
        near[claim].append(found)
    return near


class _Groups:
    """The claims of each statement; claims that compare alike are compared only once."""

    def __init__(self, members: Mapping[int, Sequence[Hit]]) -> None:
        self._groups = defaultdict[int, dict[object, list[Hit]]](dict)
        self._first: dict[int, tuple[object, ...]] = {}
        self._reports: dict[str, Report] = {}
        for statement, hits in members.items():
            for hit in hits:
                self.add(statement, hit)

    def add(self, statement: int, hit: Hit) -> None:
        """Add a claim to a statement."""
        self._groups[statement].setdefault(comparison_key(hit.claim), []).append(hit)
        order = publication_order(hit.article), hit.claim.id
        self._first[statement] = min(order, self._first.get(statement, order))

    def find(self, statements: Collection[int], hit: Hit) -> int | None:
        """Return the first of these statements that a claim reports."""
        known = self._first.keys() & statements
        for statement in sorted(known, key=self._first.__getitem__):
            if all(
                same_statement(self._report(group[0]), self._report(hit))
                or all(is_copy(other, hit) for other in group)
                for group in self._groups[statement].values()
            ):
                return statement
        return None

    def _report(self, hit: Hit) -> Report:
        if hit.claim.id not in self._reports:
            self._reports[hit.claim.id] = Report.from_claim(hit.claim)
        return self._reports[hit.claim.id]


def _relations(
    ordered: Sequence[Hit],
    found: Sequence[int],
    opposed: _Near,
    members: Mapping[int, Sequence[Hit]],
) -> dict[tuple[int, int], StatementRelation]:
    @cache
    def sides_of(number: int) -> tuple[int, Sequence[Side]]:
        """The statement of a number, and the sides that stand for it."""
        if number >= 0:
            return number, [Side(hit) for hit in members.get(number, ())[:MAX_SIDES]]
        return found[-1 - number], [Side(ordered[-1 - number])]

    relations: dict[tuple[int, int], StatementRelation] = {}
    for number in sorted(opposed):
        own, (side,) = sides_of(-1 - number)
        others = [(id_, one) for id_, ones in map(sides_of, opposed[number]) for one in ones]
        for id_, other in others if can_dispute(side.claim) else ():
            is_denied = "denies" in (relations.get((own, id_)), relations.get((id_, own)))
            if id_ == own or is_denied or not can_dispute(other.claim):
                continue
            if dispute := find_dispute(side, other):
                pair = (id_, own) if dispute.is_denial else (own, id_)
                relations.pop(pair[::-1], None)
                relations[pair] = "same matter" if dispute.is_same_matter else "denies"
    return relations


def _denied_before(hits: Sequence[Hit], filed: FiledStatements) -> Iterator[tuple[str, str]]:
    """Yield denials that do not print what they deny, each with the claim in the sentences before
    it that it denies."""
    denials = [hit.claim for hit in hits if hit.claim.spans and refers_back(hit.claim)]
    article_ids = {denial.article_id for denial in denials}
    texts, claims = filed.texts(article_ids), filed.claims_in(article_ids)
    others = [claim for claim in claims if can_dispute(claim)]
    for denial in denials:
        denied = find_denied(denial, *texts[denial.article_id], others)
        if denied and not may_not_dispute(denial, denied):
            yield denial.id, denied.id


def find_keys(hits: Sequence[Hit]) -> StatementKeys:
    """The keys that each of several claims may be stored with, and those that it is."""
    keys = keys_of([hit.claim for hit in hits])
    rows = list(
        zip(*(part.tolist() for part in (keys.keys, keys.owners, keys.signatures)), strict=True)
    )
    return StatementKeys(rows, [rows[place] for place in keys.stored().tolist()])


RULES = StatementRules(file_claims, find_keys)
