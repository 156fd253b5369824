"""Build queries from the parts of an English question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.questions.dates import Period
from bot.questions.question import ArchiveLookup, Question
from bot.questions.speaker import NamedSpeaker, find_named_speaker, full_name_of, is_generic
from bot.questions.tokens import Tokens, is_speech_verb
from bot.questions.words import word_list
from bot.search.engine.words import words
from bot.search.language.parsing import deduplicate
from bot.search.language.parts import trim_words
from bot.search.language.query import ROUGH_SHARE, Query


def ask_speaker(
    speaker: Tokens, topic: Tokens, archive: ArchiveLookup, *, is_denial: bool = False
) -> Question | None:
    """Ask what somebody said about a topic, or what they denied (`is_denial`)."""
    named_speaker = find_named_speaker(speaker, archive)
    topic_words = content_words(topic)
    if named_speaker:
        return clear_question(
            list(_speaker_readings(named_speaker, topic_words, archive, is_denial=is_denial))
        )
    if not topic_words:
        return None
    return clear_question(
        [
            Query(
                words=topic_words,
                stances=("denied",) if is_denial else (),
                features=() if is_denial else ("speaker",),
                min_share=ROUGH_SHARE,
            )
        ]
    )


def _speaker_readings(
    named_speaker: NamedSpeaker,
    topic_words: tuple[str, ...],
    archive: ArchiveLookup,
    *,
    is_denial: bool,
) -> Iterator[Query]:
    description = content_words(named_speaker.description)
    all_words = deduplicate((*description, *topic_words))
    if named_speaker.value is None:
        yield Query(words=all_words, features=("speaker",), min_share=ROUGH_SHARE)
        return
    speakers = deduplicate(
        name
        for speaker in (named_speaker.value, *named_speaker.others)
        for name in (speaker, *full_name_of(speaker, archive))
    )
    if not all_words:
        all_claims = Query(speakers=speakers, sort="new", stances=("denied",) if is_denial else ())
        # What they declined to say is an answer only if there is nothing that they said.
        yield replace(all_claims, features=("speaker",))
        yield all_claims
        return
    if is_denial:
        yield Query(
            words=topic_words or description,
            speakers=speakers,
            stances=("denied",),
            min_share=ROUGH_SHARE,
        )
    yield Query(words=all_words, speakers=speakers, min_share=ROUGH_SHARE)
    if topic_words and is_generic(named_speaker.value, archive):
        generic_words = deduplicate((*content_words(named_speaker.value.split()), *all_words))
        yield Query(words=generic_words, features=("speaker",), min_share=ROUGH_SHARE)


def ask_measure(tokens: Tokens, *features: str, newest_first: bool = False) -> Question | None:
    """Ask for a figure or a date (`features`); with `newest_first`, for the newest."""
    topic_words = content_words(tokens)
    if not topic_words:
        return None
    query = Query(
        words=topic_words,
        features=features,
        sort="new" if newest_first else "best",
        min_share=ROUGH_SHARE,
    )
    with_one_feature = [replace(query, features=features[:1])] if len(features) > 1 else []
    return clear_question(
        [query, *with_one_feature, Query(words=topic_words, min_share=ROUGH_SHARE)]
    )


def ask_words(tokens: Tokens, *, is_clear: bool) -> Question | None:
    """Ask for claims with most of the content words."""
    topic_words = content_words(tokens)
    if not topic_words:
        return None
    return Question((Query(words=topic_words, min_share=ROUGH_SHARE),), is_clear)


def add_words_reading(question: Question, tokens: Tokens) -> Question:
    """Add a reading that asks for claims with the words, whoever said them."""
    other = ask_words(tokens, is_clear=question.is_clear)
    return question._replace(readings=(*question.readings, *(other.readings if other else ())))


def exclude_denials(question: Question) -> Question:
    """Exclude denials from all readings."""
    readings = (replace(reading, not_stances=("denied",)) for reading in question.readings)
    return question._replace(readings=tuple(readings))


def clear_question(readings: Sequence[Query]) -> Question:
    """Create a clear question with these readings."""
    return Question(tuple(readings), is_clear=True)


def add_source(question: Question, source: Tokens, archive: ArchiveLookup) -> Question:
    """Limit a question to a source, or else search for the source's name, too."""
    named_speaker = find_named_speaker(source, archive)
    speaker = named_speaker.value if named_speaker else None
    limited_readings = [
        replace(reading, speakers=(speaker,))
        for reading in question.readings
        if speaker and not reading.speakers
    ]
    extended_readings = [
        replace(reading, words=deduplicate((*reading.words, *content_words(source))))
        for reading in question.readings
    ]
    return question._replace(readings=(*limited_readings, *extended_readings))


def ask_of_period(
    question: Question | None, without_date: Question | None, period: Period
) -> Question | None:
    """Ask for what was published on the days that a question names.

    `without_date` is the question without the words of its date. If there is a topic, later
    readings search for these words too, if claims may print them.
    """
    asked = question or without_date
    if not asked:
        return None
    readings = without_date.readings if without_date else (Query(),)
    dated_readings = [
        replace(_without_speech_verbs(reading), after=period.after, before=period.before)
        for reading in readings
    ]
    has_topic = any(reading.words for reading in dated_readings)
    printed = question.readings if question and period.may_be_printed and has_topic else ()
    # "What happened yesterday" has nothing else to search for.
    is_clear = not without_date or without_date.is_clear
    return asked._replace(readings=(*dated_readings, *printed), is_clear=is_clear)


def _without_speech_verbs(query: Query) -> Query:
    """The query for everything that was said, if it has no words but verbs of saying."""
    if query.speakers or not all(map(is_speech_verb, query.words)):
        return query
    return Query(features=("speaker",), not_stances=query.not_stances, sort="new")


def add_phrases(question: Question, phrases: tuple[str, ...]) -> Question:
    """Prefer readings that require the quoted phrases word for word."""
    quoted_words = {word for phrase in phrases for word in words(phrase)}
    exact_readings = [
        replace(
            reading,
            words=tuple(word for word in reading.words if not quoted_words.issuperset(words(word))),
            phrases=phrases,
        )
        for reading in question.readings
    ]
    return question._replace(readings=(*exact_readings, *question.readings))


def content_words(tokens: Tokens) -> tuple[str, ...]:
    """The words of a question that may occur in its answer."""
    bare_tokens = (token.removesuffix("'s") for token in tokens)
    return deduplicate(
        trim_words(word for word in bare_tokens if word not in word_list("unsearched_words"))
    )
