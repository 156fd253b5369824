"""Disputes: whether one claim denies another, or is about the same matter. No I/O.

One clause of two is asserted and the other negated. It is a denial if the negated clause says no
more than the asserted one: verb, subject and object are the same, each printed the same or
resolved, and every other word of it is there, too. So "denied that the council had leaked the
letter" denies "the council leaked the letter to the press", but not the other way round. In case of
doubt, two such clauses that share enough words are only about the same matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from bot.languages.table import LISTS, calendar, clause_words, negation
from bot.model import Claim, Dispute
from bot.model.statement import StatementRelation
from bot.search.engine.words import stem
from bot.search.tokenized import AMOUNTS, CONDITIONS, DOUBTS, FUTURE
from bot.statements.clauses import (
    COMMON_STEMS,
    IGNORED_STEMS,
    Clause,
    find_opposite_pairs,
    is_opposed,
    synonym_stem,
    total_weight,
)
from bot.statements.rows import compare_dates
from bot.statements.sameness import same_named_speaker
from bot.statements.sides import Side

_UNDISPUTABLE_STANCES = ("ordered", "asked")
MIN_SHARED = 0.5
"""The least share of the shorter content that a denial has in common with what it denies."""
_MIN_WEIGHT = 2.0
"""The minimum weight of the stems that two clauses about the same matter share."""
_MIN_SHARE = 0.7
"""The minimum share of the shorter clause that the other one contains."""
_MIN_STORY = 2
"""The minimum number of names and words of headlines that two articles about one story share."""


class Contradiction(NamedTuple):
    """The two clauses in which a pair of claims contradicts each other, and whether that is
    sure; otherwise they are only about the same matter."""

    first_clause: Clause
    second_clause: Clause
    is_sure: bool


def find_contradiction(
    side_a: Side, side_b: Side, *, of_one_speaker: bool = False
) -> Contradiction | None:
    """Find the clauses in which one claim denies the other; None if there are none.

    What somebody has said before is only denied by them if the caller asks for claims
    `of_one_speaker`.
    """
    # Parsing clauses takes much longer than telling that most pairs are about something else.
    fewer = min(len(side_a.text_stems), len(side_b.text_stems))
    if len(side_a.text_stems & side_b.text_stems) < MIN_SHARED * fewer:
        return None
    if not _share_story(side_a, side_b):
        return None
    if not of_one_speaker and may_not_dispute(side_a.claim, side_b.claim):
        return None
    pairs = [
        (a, b)
        for a in side_a.clauses
        for b in side_b.clauses
        if not a.stems & b.stems <= COMMON_STEMS
    ]
    opposed = [pair for pair in pairs if is_opposed(*pair)]
    agreement = max((_shared(*pair)[1] for pair in pairs if pair not in opposed), default=0)
    found = []
    for a, b in opposed:
        shared, weight = _shared(a, b)
        if weight >= agreement:
            if _denies(a, b, side_a, side_b):
                found.append((True, weight, a, b))
            elif _is_same_matter(a, b, shared, weight):
                found.append((False, weight, a, b))
    if not found:
        return None
    is_sure, _, a, b = max(found, key=lambda match: match[:2])
    return Contradiction(a, b, is_sure)


def _shared(a: Clause, b: Clause) -> tuple[frozenset[str], float]:
    """Return the stems that two clauses share, opposites included, and their weight."""
    shared = (a.stems & b.stems).union(*find_opposite_pairs(a, b))
    return shared, min(total_weight(clause.stems & shared) for clause in (a, b))


def find_dispute(side: Side, other: Side) -> Dispute | None:
    """Return how the other side disputes a side, as seen from that; None if it does not."""
    if not (contradiction := find_contradiction(side, other)):
        return None
    own_clause, other_clause, is_sure = contradiction
    order = compare_dates(other.hit.article, side.hit.article)
    # The denial is the explicit one, otherwise the later one, otherwise the negated one.
    if own_clause.is_denied != other_clause.is_denied:
        is_denial = other_clause.is_denied
    elif order != "unknown":
        is_denial = order == "later"
    else:
        is_denial = bool(own_clause.polarity)
    denied_part = (
        find_denied_part(side, own_clause) if is_denial else find_denied_part(other, other_clause)
    )
    return Dispute(
        hit=other.hit,
        is_denial=is_denial,
        is_same_matter=not is_sure,
        denied_part=denied_part if is_sure else None,
        order=order,
    )


def describe_dispute(
    side: Side, other: Side, kind: StatementRelation, *, is_denial: bool
) -> Dispute:
    """Return how the other side disputes a side, given what their statements have to do with each
    other: it denies it (`is_denial`) or is denied by it, or both are about the same matter."""
    is_same_matter = kind == "same matter"
    found = None if is_same_matter else find_dispute(side, other)
    return Dispute(
        hit=other.hit,
        is_denial=is_denial,
        is_same_matter=is_same_matter,
        denied_part=found.denied_part if found and found.is_denial == is_denial else None,
        order=compare_dates(other.hit.article, side.hit.article),
    )


def can_dispute(claim: Claim) -> bool:
    """Whether a claim asserts or denies something, so that another can contradict it."""
    return (
        claim.kind == "attribution"
        and not claim.negative
        and claim.stance not in _UNDISPUTABLE_STANCES
    )


def find_denied_part(side: Side, denied: Clause) -> str | None:
    """Return the denied words of a side, None if all of it is denied."""
    others = [clause for clause in side.clauses if clause is not denied and clause.stems]
    index = side.clauses.index(denied)
    has_coordinated = any(
        clause.is_coordinated for n, clause in enumerate(side.clauses) if n and clause.stems
    )
    if not others or (index == 0 and not has_coordinated):
        return None
    words = side.claim.text[slice(*denied.span)].strip(" ,;:.“”\"'‘’")
    for conjunction in clause_words.CONJUNCTIONS:
        words = words.removeprefix(f"{conjunction} ")
    return words


def may_not_dispute(claim: Claim, other: Claim) -> bool:
    """Whether two claims overlap in an article or are one speaker's, so neither denies the
    other."""
    if claim.article_id == other.article_id and any(
        start < other_end and other_start < end
        for start, end in claim.spans
        for other_start, other_end in other.spans
    ):
        return True
    return same_named_speaker(claim, other)


def _is_same_matter(a: Clause, b: Clause, shared: frozenset[str], weight: float) -> bool:
    if weight < _MIN_WEIGHT:
        return False
    share = max(
        total_weight(clause.stems & shared) / total_weight(clause.stems) for clause in (a, b)
    )
    return share >= _MIN_SHARE and not (a.predicates | b.predicates).isdisjoint(shared)


def _share_story(a: Side, b: Side) -> bool:
    """Whether the articles are one, or names and words of headlines tell of one story."""
    shared = (a.story_stems & (b.story_stems | b.all_stems)) | (b.story_stems & a.all_stems)
    is_shared = len(shared - COMMON_STEMS - calendar.MONTHS_AND_WEEKDAYS) >= _MIN_STORY
    return is_shared or a.claim.article_id == b.claim.article_id


def _denies(a: Clause, b: Clause, side_a: Side, side_b: Side) -> bool:
    """Whether one of two opposed clauses surely denies the other."""
    if a.polarity != b.polarity or a.is_denied != b.is_denied:
        if a.is_denied if a.is_denied != b.is_denied else a.polarity is False:
            return _says_no_more(a, b, side_a, side_b)
        return _says_no_more(b, a, side_b, side_a)
    # "Rose" and "fell" exclude each other only where everything else is the same.
    return _says_no_more(a, b, side_a, side_b) and _says_no_more(b, a, side_b, side_a)


def _says_no_more(negated: Clause, asserted: Clause, side: Side, other_side: Side) -> bool:
    """Whether all of a negated clause of one side is in an asserted one of the other side."""
    opposites = dict(find_opposite_pairs(negated, asserted))
    said = set(asserted.stems)
    for argument in find_arguments(asserted, other_side)[1:]:
        said.update(argument.stems if argument else ())
    clauses = [negated, *_qualifying(negated, side)]
    stems = frozenset[str]().union(*(clause.stems for clause in clauses))
    is_first = negated is side.clauses[0]
    is_added = negated.is_denied and not is_first and not negated.predicate_positions
    if is_added or not stems or stems <= IGNORED_STEMS:
        return False  # "despite the storm" alone denies nothing
    said |= frozenset[str]().union(*(one.stems for one in _qualifying(asserted, other_side)))
    known_names = frozenset(map(stem, negated.names)) & other_side.story_stems
    if not stems - opposites.keys() - IGNORED_STEMS - known_names <= said:
        return False
    return (
        _has_same_modifiers(clauses, [asserted, *_qualifying(asserted, other_side)])
        and _have_same_arguments(negated, asserted, side, other_side, opposites)
        and _are_possessors_known(negated, side, said)
    )


def _qualifying(clause: Clause, side: Side) -> Iterator[Clause]:
    """Yield the clauses after it that limit what it says: "[denied a sale] without a tender"."""
    for following in side.clauses[side.clauses.index(clause) + 1 :]:
        if not following.words or following.words[0] not in LISTS["qualifying_starts"]:
            return
        yield following


def _has_same_modifiers(negated: list[Clause], asserted: list[Clause]) -> bool:
    """Whether the clauses are equally sure, and the negated ones limit nothing further."""
    words, other_words = (
        {
            "will" if word in FUTURE else word
            for clause in clauses
            for word in clause_words.ABOUT_TO.sub("will", " ".join(clause.words)).split()
        }
        for clauses in (negated, asserted)
    )
    manner = (DOUBTS | CONDITIONS | FUTURE | LISTS["intentions"] | LISTS["words_for_another"]) - {
        "d"
    }
    return words & manner == other_words & manner and (
        words & (AMOUNTS | LISTS["limiting_words"]) - {"any"} <= other_words
    )


def _have_same_arguments(
    negated: Clause,
    asserted: Clause,
    side: Side,
    other_side: Side,
    opposites: dict[str, str],
) -> bool:
    """Whether verb, subject and object of a negated clause are those of an asserted one."""
    verb, actor, undergoer = find_arguments(negated, side)
    other_verb, other_actor, other_undergoer = find_arguments(
        asserted, other_side, verb and opposites.get(verb, verb)
    )
    if verb and other_verb and opposites.get(verb, verb) != other_verb:
        return False
    if not (verb or other_verb) and negated.ordered_stems[:1] == asserted.ordered_stems[:1]:
        stems = iter(asserted.ordered_stems)
        return all(stem in stems for stem in negated.ordered_stems)

    def agree(argument: Argument | None, other: Argument | None) -> bool:
        return argument is not None and other is not None and argument.agrees(other)

    if undergoer and other_undergoer and not agree(undergoer, other_undergoer):
        return False
    if actor is None or agree(actor, other_actor):
        return True
    # "The branch will close", "the bank will close the branch".
    return undergoer is None and agree(actor, other_undergoer)


def _are_possessors_known(clause: Clause, side: Side, said: set[str]) -> bool:
    """Whether the other side names the speaker, whom "his" or "our" stands for in a clause."""
    has_possessor = not LISTS["possessive_determiners"].isdisjoint(clause.words)
    return not (has_possessor and side.speaker_stems.isdisjoint(said))


class Argument(NamedTuple):
    """A noun phrase: its content stems before a preposition, in order.

    For a pronoun, `speaker_stems` are those of the speaker, whom it stands for, and `heads` the
    words that may stand alone for them; otherwise they are None.
    """

    stems: tuple[str, ...] = ()
    speaker_stems: frozenset[str] | None = None
    heads: frozenset[str] = frozenset()

    def agrees(self, other: Argument) -> bool:
        """Whether both surely are the same person, body or thing."""
        if self.speaker_stems is None and other.speaker_stems is None:
            return self.stems[-1] == other.stems[-1]
        if self.speaker_stems is None:
            return other.agrees(self)
        if other.speaker_stems is not None or other.stems[-1] not in self.heads:
            return False
        return set(other.stems) <= self.speaker_stems


class Arguments(NamedTuple):
    """The arguments of a clause's main verb, None where none are printed. `actor` is the subject,
    or the agent of a passive verb; `undergoer` the object, or the subject of a passive verb."""

    verb: str | None
    actor: Argument | None
    undergoer: Argument | None


def find_arguments(clause: Clause, side: Side, verb: str | None = None) -> Arguments:
    """Find the main verb of a clause of a claim, and its arguments.

    If no word is surely its verb, `verb` is tried.
    """
    words = clause.words
    positions = (
        *(position for position in clause.predicate_positions if position[1] not in IGNORED_STEMS),
        *((index, verb) for index, word in enumerate(words) if verb and synonym_stem(word) == verb),
    )
    index, verb = next(iter(positions), (len(words), None))
    speaker = Argument(speaker_stems=side.speaker_stems, heads=side.speaker_heads)
    if verb is None:
        # "[Denied] any part in the fire" is about the speaker's own part.
        return Arguments(None, speaker if clause.is_denied else None, None)
    if words[0].endswith(clause_words.PARTICIPLE_ENDING):
        subject: Argument | None = speaker
    else:
        subject = _argument(words[:index], speaker)
        place = side.clauses.index(clause)
        if subject is None and clause.is_coordinated and place:
            before = find_arguments(side.clauses[place - 1], side)
            subject = before.actor or before.undergoer
    before_verb = [word for word in words[:index] if word not in negation.NEGATION_WORDS]
    if before_verb and before_verb[-1] in LISTS["be_forms"]:
        return Arguments(verb, None, subject)
    return Arguments(verb, subject, _argument(words[index + 1 :], speaker))


def _argument(words: Sequence[str], speaker: Argument) -> Argument | None:
    """Return the argument that consists of these words: for a pronoun, the speaker; None for none
    and for "nobody"."""
    if clause_words.SUBJECT_START in words[:-1]:
        words = words[words.index(clause_words.SUBJECT_START) + 1 :]
    phrase = _phrase(words)
    if not clause_words.PRONOUNS.isdisjoint(phrase):
        return speaker
    stems = tuple(filter(None, map(synonym_stem, phrase)))
    return Argument(stems) if stems else None


def _phrase(words: Sequence[str]) -> Sequence[str]:
    """Return the words up to the end of the first noun phrase."""
    return tuple(takewhile(lambda word: word not in clause_words.PHRASE_ENDS, words))
