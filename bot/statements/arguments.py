"""Arguments of clauses: who did it, and to whom or what. No I/O."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import takewhile
from typing import NamedTuple

from bot.languages.table import clause_words, negation
from bot.search.engine.words import stem
from bot.statements.clauses import IGNORED_STEMS, Clause, synonym_stem
from bot.statements.sides import Side


class Argument(NamedTuple):
    """A noun phrase: its content stems before a preposition, in order, and the stems of its names.

    For a pronoun, `speaker_stems` are those of the speaker, whom it stands for, and `heads` the
    words that may stand alone for them; otherwise they are None.
    """

    stems: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
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
    speaker = _speaker(clause_words.FIRST_PERSON, side)
    if verb is None:
        # "[Denied] any part in the fire" is about the speaker's own part.
        is_own = clause.is_denied and clause_words.FINITE_AUXILIARIES.isdisjoint(words)
        return Arguments(None, speaker if is_own else None, None)
    end = next(
        (at for at, word in enumerate(words[:index]) if word in clause_words.FINITE_AUXILIARIES),
        index,
    )
    if words[0].endswith(clause_words.PARTICIPLE_ENDING):
        subject: Argument | None = speaker
    else:
        subject = _argument(words[:end], clause, side)
        place = side.clauses.index(clause)
        if subject is None and clause.is_coordinated and place:
            before = find_arguments(side.clauses[place - 1], side)
            subject = before.actor or before.undergoer
    words_before = [
        word
        for word in words[:index]
        if word not in negation.NEGATION_WORDS and not word.endswith("ly")
    ]
    is_passive = words_before[-1:] and words_before[-1] in clause_words.BE_FORMS
    if is_passive and not words[index].endswith(clause_words.PARTICIPLE_ENDING):
        return Arguments(verb, None, subject)
    return Arguments(verb, subject, _argument(_phrase(words[index + 1 :]), clause, side))


def _argument(words: Sequence[str], clause: Clause, side: Side) -> Argument | None:
    """Return the argument that consists of these words; None for none and for "nobody"."""
    if clause_words.SUBJECT_START in words[:-1]:
        words = words[words.index(clause_words.SUBJECT_START) + 1 :]
    if pronouns := clause_words.PRONOUNS.intersection(words):
        return _speaker(pronouns, side)
    stems = tuple(filter(None, map(synonym_stem, _phrase(words))))
    names = frozenset(stem(word) for word in words if word in clause.names and synonym_stem(word))
    return Argument(stems, names) if stems else None


def _speaker(pronouns: Collection[str], side: Side) -> Argument:
    """Return whom pronouns in a clause of a claim stand for: its speaker."""
    is_person = clause_words.UNGENDERED.isdisjoint(pronouns) and "we" not in pronouns
    heads = side.speaker_heads if is_person else side.speaker_stems
    return Argument(speaker_stems=side.speaker_stems, heads=heads)


def _phrase(words: Sequence[str]) -> Sequence[str]:
    """Return the words up to the end of the first noun phrase."""
    return tuple(takewhile(lambda word: word not in clause_words.PHRASE_ENDS, words))
