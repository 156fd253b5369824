"""How the parts of an English question are read as queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.questions.question import Known, Question
from bot.questions.speaker import Whom, also_named, may_be_anybody, whom
from bot.questions.tokens import Tokens
from bot.questions.words import listed
from bot.search.engine.words import words
from bot.search.language.parsing import distinct
from bot.search.language.parts import as_words
from bot.search.language.query import LITTLE, Query


def by_whom(
    named: Tokens, behind: Tokens, known: Known, *, denied: bool = False
) -> Question | None:
    """What somebody said, whose words stand behind the verb or noun of saying."""
    found = whom(named, known)
    said = telling(behind)
    if found is None:
        if not said:
            return None
        stances = ("denied",) if denied else ()
        holding = () if denied else ("speaker",)
        return question_of([Query(words=said, stances=stances, holding=holding, roughly=LITTLE)])
    readings = list(_of_whom(found, said, known, denied=denied))
    return question_of(readings) if readings else None


def _of_whom(found: Whom, said: tuple[str, ...], known: Known, *, denied: bool) -> Iterator[Query]:
    left = telling(found.left)
    if found.by is None:
        yield Query(words=distinct((*left, *said)), holding=("speaker",), roughly=LITTLE)
        return
    by = distinct(one for by in (found.by, *found.others) for one in (by, *also_named(by, known)))
    if not said and not left:
        everything = Query(by=by, sort="new", stances=("denied",) if denied else ())
        # What somebody would not say is no answer where they have said anything.
        yield replace(everything, holding=("speaker",))
        yield everything
        return
    if denied:
        yield Query(words=said or left, by=by, stances=("denied",), roughly=LITTLE)
    yield Query(words=distinct((*left, *said)), by=by, roughly=LITTLE)
    if said and may_be_anybody(found.by, known):
        described = distinct((*telling(found.by.split()), *left, *said))
        yield Query(words=described, holding=("speaker",), roughly=LITTLE)


def measured(tokens: Tokens, *holds: str, newest: bool = False) -> Question | None:
    """A figure or a day is asked for, perhaps the newest."""
    said = telling(tokens)
    if not said:
        return None
    wanted = Query(words=said, holding=holds, sort="new" if newest else "best", roughly=LITTLE)
    less = [replace(wanted, holding=holds[:1])] if len(holds) > 1 else []
    return question_of([wanted, *less, Query(words=said, roughly=LITTLE)])


def any_words(tokens: Tokens, *, is_clear: bool) -> Question | None:
    """Whatever holds most of the words that tell something."""
    said = telling(tokens)
    if not said:
        return None
    return Question((Query(words=said, roughly=LITTLE),), is_clear)


def or_any_words(said: Question, tokens: Tokens) -> Question:
    """What somebody said, or else who- or whatever tells of it."""
    other = any_words(tokens, is_clear=said.is_clear)
    return said._replace(readings=(*said.readings, *(other.readings if other else ())))


def unless_denied(said: Question) -> Question:
    """What anybody said, without what denies that it is so."""
    return said._replace(
        readings=tuple(replace(one, not_stances=("denied",)) for one in said.readings)
    )


def question_of(readings: Sequence[Query]) -> Question:
    """A question that is clear."""
    return Question(tuple(readings), is_clear=True)


def with_source(question: Question, source: Tokens, known: Known) -> Question:
    """What that source says, or else what anybody says who also names it."""
    found = whom(source, known)
    by = (found.by,) if found and found.by else ()
    sourced = [replace(one, by=by) for one in question.readings if by and not one.by]
    named = [
        replace(one, words=distinct((*one.words, *telling(source)))) for one in question.readings
    ]
    return question._replace(readings=(*sourced, *named))


def with_phrases(question: Question, phrases: tuple[str, ...]) -> Question:
    """What stands in quotation marks must be found as it stands, or else as words."""
    quoted = {one for phrase in phrases for one in words(phrase)}
    strictly = [
        replace(one, words=_without(one.words, quoted), phrases=phrases)
        for one in question.readings
    ]
    return Question((*strictly, *question.readings), question.is_clear)


def _without(said: tuple[str, ...], quoted: set[str]) -> tuple[str, ...]:
    return tuple(one for one in said if not quoted.issuperset(words(one)))


def telling(tokens: Tokens) -> tuple[str, ...]:
    """The words of a question that its answer may hold."""
    told = (one.removesuffix("'s") for one in tokens)
    return distinct(as_words(one for one in told if one not in listed("little")))
