"""Build queries from the parts of an English question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.questions.question import ArchiveLookup, Question
from bot.questions.speaker import NamedSpeaker, full_name_of, is_generic, read_speaker
from bot.questions.tokens import Tokens
from bot.questions.words import word_list
from bot.search.engine.words import words
from bot.search.language.parsing import distinct
from bot.search.language.parts import trim_words
from bot.search.language.query import CLOSE_SHARE, Query


def said_by(
    named: Tokens, behind: Tokens, known: ArchiveLookup, *, denied: bool = False
) -> Question | None:
    """Ask for what somebody said about the words behind the verb or noun of saying."""
    found = read_speaker(named, known)
    said = content_words(behind)
    if found is None:
        if not said:
            return None
        stances = ("denied",) if denied else ()
        holding = () if denied else ("speaker",)
        return question_of(
            [Query(words=said, stances=stances, features=holding, min_share=CLOSE_SHARE)]
        )
    readings = list(_of_whom(found, said, known, denied=denied))
    return question_of(readings) if readings else None


def _of_whom(
    found: NamedSpeaker, said: tuple[str, ...], known: ArchiveLookup, *, denied: bool
) -> Iterator[Query]:
    left = content_words(found.left)
    if found.by is None:
        yield Query(words=distinct((*left, *said)), features=("speaker",), min_share=CLOSE_SHARE)
        return
    by = distinct(one for by in (found.by, *found.others) for one in (by, *full_name_of(by, known)))
    if not said and not left:
        everything = Query(speakers=by, sort="new", stances=("denied",) if denied else ())
        # What somebody would not say is no answer where they have said anything.
        yield replace(everything, features=("speaker",))
        yield everything
        return
    if denied:
        yield Query(words=said or left, speakers=by, stances=("denied",), min_share=CLOSE_SHARE)
    yield Query(words=distinct((*left, *said)), speakers=by, min_share=CLOSE_SHARE)
    if said and is_generic(found.by, known):
        described = distinct((*content_words(found.by.split()), *left, *said))
        yield Query(words=described, features=("speaker",), min_share=CLOSE_SHARE)


def ask_measure(tokens: Tokens, *holds: str, newest: bool = False) -> Question | None:
    """Ask for a figure or a date, perhaps the newest."""
    said = content_words(tokens)
    if not said:
        return None
    wanted = Query(
        words=said, features=holds, sort="new" if newest else "best", min_share=CLOSE_SHARE
    )
    less = [replace(wanted, features=holds[:1])] if len(holds) > 1 else []
    return question_of([wanted, *less, Query(words=said, min_share=CLOSE_SHARE)])


def ask_words(tokens: Tokens, *, is_clear: bool) -> Question | None:
    """Ask for whatever has most of the content words."""
    said = content_words(tokens)
    if not said:
        return None
    return Question((Query(words=said, min_share=CLOSE_SHARE),), is_clear)


def or_ask_words(said: Question, tokens: Tokens) -> Question:
    """Ask for what somebody said, or else for anything with the words."""
    other = ask_words(tokens, is_clear=said.is_clear)
    return said._replace(readings=(*said.readings, *(other.readings if other else ())))


def unless_denied(said: Question) -> Question:
    """What anybody said, without what denies that it is so."""
    return said._replace(
        readings=tuple(replace(one, not_stances=("denied",)) for one in said.readings)
    )


def question_of(readings: Sequence[Query]) -> Question:
    """Make a clear question of its readings."""
    return Question(tuple(readings), is_clear=True)


def with_source(question: Question, source: Tokens, known: ArchiveLookup) -> Question:
    """Limit a question to a source, or else add the source's name to its words."""
    found = read_speaker(source, known)
    by = (found.by,) if found and found.by else ()
    sourced = [replace(one, speakers=by) for one in question.readings if by and not one.speakers]
    named = [
        replace(one, words=distinct((*one.words, *content_words(source))))
        for one in question.readings
    ]
    return question._replace(readings=(*sourced, *named))


def with_phrases(question: Question, phrases: tuple[str, ...]) -> Question:
    """Require quoted phrases word for word, or else as words."""
    quoted = {one for phrase in phrases for one in words(phrase)}
    strictly = [
        replace(one, words=_without(one.words, quoted), phrases=phrases)
        for one in question.readings
    ]
    return Question((*strictly, *question.readings), question.is_clear)


def _without(said: tuple[str, ...], quoted: set[str]) -> tuple[str, ...]:
    return tuple(one for one in said if not quoted.issuperset(words(one)))


def content_words(tokens: Tokens) -> tuple[str, ...]:
    """The content words of a question, which its answer may have."""
    told = (one.removesuffix("'s") for one in tokens)
    return distinct(trim_words(one for one in told if one not in word_list("little")))
