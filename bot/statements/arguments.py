"""Arguments of clauses: whether two clauses name the same doer, deed, thing and place. No I/O.

A word in one clause that stands where the other has another word ("signed a contract", "signed a
letter") makes two clauses incomparable, unless the other clause has it elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from bot.languages.table import calendar, clause_openings, clause_words, verbs
from bot.statements.clauses import LIGHT_VERBS, Clause, synonym_stem
from bot.statements.sides import Side, find_opposite_pairs


def has_other_arguments(a: Clause, b: Clause, side_a: Side, side_b: Side) -> bool:
    """Whether two clauses differ in who did it, to what, or where."""
    return (
        _is_elsewhere(a) != _is_elsewhere(b)
        or _has_other_object(a, b)
        or _has_other_place(a, b)
        or _has_other_predicate(a, b)
        or _has_other_subject(a, b, side_a, side_b)
        or _is_by_other(a, b, side_b)
        or _is_by_other(b, a, side_a)
        or _is_other_possession(a, b, side_a)
        or _is_other_possession(b, a, side_b)
    )


def _is_elsewhere(clause: Clause) -> bool:
    """Whether it is about another one: "at another mill"."""
    return not clause_words.ELSEWHERE.isdisjoint(clause.words)


def _has_other_object(a: Clause, b: Clause) -> bool:
    """Whether a shared verb has another object: "signed a letter", "signed a contract"."""
    return any(
        _differ(_phrase(a.words, index), _phrase(b.words, other_index), a, b)
        for index, verb in a.predicate_positions
        for other_index, other_verb in b.predicate_positions
        if verb == other_verb
    )


def _has_other_place(a: Clause, b: Clause) -> bool:
    """Whether a shared preposition has another noun: "in the school", "in the hospital"."""
    return any(
        _differ(_phrase(a.words, index), _phrase(b.words, other_index), a, b)
        for index, word in enumerate(a.words)
        if word in clause_words.PLACE_PREPOSITIONS
        for other_index, other_word in enumerate(b.words)
        if other_word == word
    )


def _has_other_predicate(a: Clause, b: Clause) -> bool:
    """Whether the clauses say different things of something: "the vase is fake", "Brandt took the
    vase"."""
    if not (a.predicates | a.negated_nouns).isdisjoint(b.stems) or find_opposite_pairs(a, b):
        return False
    if not (b.predicates | b.negated_nouns).isdisjoint(a.stems):
        return False
    has_other_verb = bool(a.predicates - LIGHT_VERBS and b.predicates - LIGHT_VERBS)
    return has_other_verb or bool(_qualities(a) or _qualities(b))


def _qualities(clause: Clause) -> list[str]:
    """The adjectives and nouns after "be", without participles."""
    return [
        word
        for index, word in enumerate(clause.words)
        if index
        and clause.words[index - 1] in clause_words.BE_FORMS
        and synonym_stem(word) in clause.predicates
        and not clause_words.PAST_VERB.fullmatch(word)
        and word not in verbs.BASE_FORMS
    ]


def _has_other_subject(a: Clause, b: Clause, side_a: Side, side_b: Side) -> bool:
    """Whether both clauses name a subject, and not the same."""
    subject, other = _subject(a), _subject(b)
    if _means_speaker(b, side_b) and _is_named(subject):
        return _stems(subject).isdisjoint(side_b.speaker_stems | b.stems)
    if _means_speaker(a, side_a) and _is_named(other):
        return _stems(other).isdisjoint(side_a.speaker_stems | a.stems)
    if not (_is_specific(subject) and _is_specific(other)):
        return False
    if _differ(_modifiers(subject), _modifiers(other), a, b):
        return True
    if _has_be(a) and _has_be(b):
        return _head(subject).isdisjoint(_core(other)) and _head(other).isdisjoint(_core(subject))
    # A shared number identifies what was done: "the council lost 40 files".
    return a.numbers.isdisjoint(b.numbers) and _differ(_head(subject), _head(other), a, b)


def _is_by_other(a: Clause, b: Clause, side_b: Side) -> bool:
    """Whether somebody denies only his part in what was done: "it was stolen", "I did not steal
    it"."""
    if b.polarity is not False or a.is_denied:
        return False
    subject = _subject(b)
    doer = _stems(subject)
    if _means_speaker(b, side_b):
        doer = side_b.speaker_stems
    elif _pronouns(subject):
        if clause_words.AGENT_PREPOSITION in a.words:
            return False
    elif not _is_specific(subject):
        return False
    return doer.isdisjoint(a.stems) and any(
        verb in a.predicates and not _head(_subject(a)).isdisjoint(_phrase(b.words, index))
        for index, verb in b.predicate_positions
    )


def _is_other_possession(a: Clause, b: Clause, side_a: Side) -> bool:
    """Whether one speaks of his own, and the other of what is somewhere: "her flour", "the flour
    at the mill"."""
    return any(
        synonym_stem(word) == possessed
        and following in clause_words.PLACE_PREPOSITIONS
        and not _phrase(b.words, index + 1) <= a.stems | side_a.speaker_stems
        for _, possessed in a.possessed_pairs
        for index, (word, following) in enumerate(zip(b.words, b.words[1:], strict=False))
    )


def _subject(clause: Clause) -> tuple[str, ...]:
    """The words before its verb, without "and" or "rumours that"."""
    verbs = {index for index, _ in clause.predicate_positions}
    end = next(
        (
            index
            for index, word in enumerate(clause.words)
            if index in verbs or word in clause_words.FINITE_AUXILIARIES
        ),
        0,
    )
    words = clause.words[:end]
    if clause_words.SUBJECT_START in words:
        words = words[words.index(clause_words.SUBJECT_START) + 1 :]
    return tuple(word for word in words if word not in clause_words.CONJUNCTIONS)


def _is_specific(subject: Sequence[str]) -> bool:
    """Whether a subject is neither a pronoun nor "nobody"."""
    return bool(_head(subject)) and clause_words.INDEFINITE.isdisjoint(subject)


def _is_named(subject: Sequence[str]) -> bool:
    """Whether a subject is a name or a plural, judging by the lack of an article."""
    return _is_specific(subject) and subject[0] not in clause_words.FUNCTION_WORDS


def _pronouns(subject: Sequence[str]) -> frozenset[str]:
    return clause_openings.PRONOUNS.intersection(subject)


def _means_speaker(clause: Clause, side: Side) -> bool:
    """Whether its subject is the speaker: "I", "having been", and "he" unless a lawyer speaks."""
    if clause.words[:1] and clause.words[0].endswith(clause_words.PARTICIPLE_ENDING):
        return True
    pronouns = _pronouns(_subject(clause))
    if pronouns == {clause_openings.FIRST_SINGULAR}:
        return True
    return bool(
        pronouns - clause_openings.UNGENDERED - clause_openings.FIRST_PERSON
    ) and not clause_words.SPEAKS_FOR_ANOTHER.search(
        f"{side.claim.source or ''} {side.claim.speaker or ''}"
    )


def _has_be(clause: Clause) -> bool:
    return not clause_words.BE_FORMS.isdisjoint(clause.words)


def _core(phrase: Sequence[str]) -> tuple[str, ...]:
    """The content stems of a noun phrase before a preposition, in order."""
    if _pronouns(phrase):
        return ()
    words = takewhile(lambda word: word not in clause_words.PHRASE_ENDS, phrase)
    return tuple(filter(None, map(synonym_stem, words)))


def _head(phrase: Sequence[str]) -> frozenset[str]:
    """The last noun of a phrase before a preposition."""
    return frozenset(_core(phrase)[-1:])


def _modifiers(phrase: Sequence[str]) -> frozenset[str]:
    """The content stems after a preposition: "the wells [in the village]"."""
    return _stems(phrase) - frozenset(_core(phrase))


def _phrase(words: Sequence[str], index: int) -> frozenset[str]:
    """The content stems of the noun phrase after a word."""
    phrase = takewhile(lambda word: word not in clause_words.PHRASE_ENDS, words[index + 1 :])
    return _stems([word for word in phrase if word not in calendar.MONTHS_AND_WEEKDAYS])


def _stems(words: Sequence[str]) -> frozenset[str]:
    return frozenset(found for word in words if (found := synonym_stem(word)) and found[0] != "=")


def _differ(stems: frozenset[str], others: frozenset[str], a: Clause, b: Clause) -> bool:
    """Whether both are given and neither is anywhere in the other clause."""
    opposed = {opposite for pair in find_opposite_pairs(a, b) for opposite in pair}
    return bool(stems and others) and (
        stems.isdisjoint(b.stems | opposed) and others.isdisjoint(a.stems | opposed)
    )
