"""Parse English questions by their first words and their form.

A question may ask what somebody said, who said something, how many, or when. Any other question
becomes a search for most of its content words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from bot.questions.dates import split_date
from bot.questions.nouns import (
    names_known_speaker,
    parse_participle,
    parse_preposition,
    parse_speech_noun,
)
from bot.questions.question import ArchiveLookup, Question, TokenizedQuestion
from bot.questions.readings import (
    add_phrases,
    add_source,
    add_words_reading,
    ask_measure,
    ask_of_period,
    ask_speaker,
    ask_words,
    clear_question,
    content_words,
    exclude_denials,
)
from bot.questions.speaker import insert_subject, is_known_speaker
from bot.questions.tokens import (
    MAX_WORDS_WITH_COMMA,
    Tokens,
    agrees,
    is_speech_verb,
    may_be_question,
    opening_auxiliaries,
    question_words,
    searchable_verb,
    speech_verb_index,
    split_according_to,
    split_before,
    split_reported_by,
)
from bot.questions.words import is_form_of, phrase_list, word_list
from bot.search.language.parsing import deduplicate
from bot.search.language.parts import QUOTATION_MARKS, trim
from bot.search.language.query import ROUGH_SHARE, Query
from bot.search.language.typed_text import clean_typed_text

_MAX_WORDS = 24
_QUOTATION = re.compile(rf"[{QUOTATION_MARKS}]([^{QUOTATION_MARKS}]+)[{QUOTATION_MARKS}]")
_PRESENT_AUXILIARIES = ("has", "have", "is", "are")
"""These ask for the current state, so the newest answer is the best."""
_BE_FORMS = ("is", "was", "are", "were")
_MAX_SUBJECT_WORDS = 3
"""Maximum number of words in the name of a subject."""
_MEASURE_NOUN_END = 5
"""A noun for a figure must come before this index: "what is the death toll"."""


def parse_question(typed: str, archive: ArchiveLookup, today: date) -> Question | None:
    """Parse a question; None if the text is not a question.

    `today` is the day that "yesterday" counts from.
    """
    text = insert_subject(clean_typed_text(typed).text.strip(), archive)
    if not may_be_question(text):
        return None
    tokens = question_words(text)
    if not 2 <= len(tokens) <= _MAX_WORDS:
        return None
    has_question_mark = text.endswith("?")
    question = _parse(TokenizedQuestion(tokens, archive, has_question_mark))
    phrases = deduplicate(filter(None, map(trim, _QUOTATION.findall(text))))
    if (split := split_date(tokens, today)) and not _is_quoted(split[1], tokens, phrases):
        period, others = split
        without_date = _parse(TokenizedQuestion(others, archive, has_question_mark))
        question = ask_of_period(question, without_date, period)
    if not question:
        return None
    return add_phrases(question, phrases) if phrases else question


def _is_quoted(others: Tokens, tokens: Tokens, phrases: Iterable[str]) -> bool:
    """Whether the date of a question is in a quoted phrase; `others` are its other words."""
    date_words = set(tokens) - set(others)
    return any(date_words.issubset(question_words(phrase)) for phrase in phrases)


def _parse(tokenized_question: TokenizedQuestion) -> Question | None:
    tokens, archive, has_question_mark = tokenized_question
    tokens, source = split_according_to(tokens)
    if not source and tokens[0] == "how":
        tokens, source = split_reported_by(tokens)
    default_parser = _parse_yes_or_no if tokens[0] in opening_auxiliaries() else _parse_noun_phrase
    parser = _PARSERS.get(tokens[0], default_parser)
    question = parser(TokenizedQuestion(tokens, archive, has_question_mark))
    if question and source:
        question = add_source(question, source, archive)
    return question and question._replace(tokens=tokens, asks=_what_is_asked(tokens))


def _what_is_asked(tokens: Tokens) -> str:
    """What an answer to a question must have, as in `Question.asks`."""
    first, second = tokens[0], tokens[1]
    if first == "how" and second in word_list("measure_words"):
        by_word = {"long": "duration", "old": "duration", "often": "duration"}
        is_date = second in ("soon", "late", "early")
        return by_word.get(second, "date" if is_date else "figure")
    if first == "what":
        asks_date = second in word_list("time_nouns")
        return "date" if asks_date else "figure" if second in word_list("measure_nouns") else ""
    if "when" in (first, second):
        return "date"
    return {"where": "place", "who": "who", "whom": "who"}.get(first, "")


def _parse_what(tokenized_question: TokenizedQuestion) -> Question | None:
    tokens = tokenized_question.tokens
    if tokens[1] in word_list("time_nouns"):
        return ask_measure(tokens[2:], "date")
    measure_nouns = word_list("measure_nouns")
    if tokens[1] in measure_nouns or (
        tokens[1] in _BE_FORMS and not measure_nouns.isdisjoint(tokens[2:_MEASURE_NOUN_END])
    ):
        topic = [
            token for token in tokens[1:] if token not in word_list("unsearched_measure_nouns")
        ]
        return ask_measure(topic, "figure", newest_first=True)
    has_auxiliary = tokens[1] in word_list("auxiliaries")
    start = 2 if has_auxiliary else 1
    question = _parse_said(tokenized_question, start) or parse_speech_noun(tokenized_question, 2)
    if question:
        return question
    if tokens[1] in word_list("determiners") and not tokenized_question.has_question_mark:
        return None
    return ask_words(tokens[1:], is_clear=has_auxiliary or tokenized_question.has_question_mark)


def _parse_said(tokenized_question: TokenizedQuestion, start: int) -> Question | None:
    """Parse what somebody said: the speaker is before the first verb of saying, the topic after.

    The speaker's name begins at `start`, after the question word and any auxiliary.
    """
    tokens, has_auxiliary = tokenized_question.tokens, start > 1
    index = speech_verb_index(tokens, start)
    if index is None:
        return None
    verb, topic = tokens[index], tokens[index + 1 :]
    speaker = _without_auxiliaries(tokens[start:index])
    if topic[:1] == ("by",):
        speaker, topic = split_before(topic[1:], "topic_openers")
    elif not speaker and not has_auxiliary:
        return None
    if topic[:1] == ("what",):
        topic = topic[1:]
    if not has_auxiliary and not is_known_speaker(speaker, tokenized_question.archive):
        return None
    searched_verb, is_denial = searchable_verb(verb), is_form_of(verb, "denial_verbs")
    if is_denial and speaker[-1:] == ("not",):  # what was not denied
        searched_verb, is_denial = (verb,), False
    question = ask_speaker(
        speaker, (*searched_verb, *topic), tokenized_question.archive, is_denial=is_denial
    )
    if question and is_form_of(verb, "action_verbs"):
        return add_words_reading(question, tokens[start:])
    return question


def _without_auxiliaries(tokens: Iterable[str]) -> tuple[str, ...]:
    return tuple(token for token in tokens if token not in word_list("auxiliaries"))


_WORDS_BEFORE_VERB = frozenset((
    *("else", "first", "also", "all", "has", "have", "had", "do", "does", "did", "not", "never"),
))  # fmt: skip


def _parse_who(tokenized_question: TokenizedQuestion) -> Question | None:
    """Parse "who", asking who said or did something."""
    tokens = tokenized_question.tokens
    start = 1
    is_negated = False
    while start < len(tokens) - 1 and tokens[start] in _WORDS_BEFORE_VERB:
        is_negated = is_negated or tokens[start] in ("not", "never")
        start += 1
    is_passive = tokens[start] in (*_BE_FORMS, "been", "be", "being")
    if is_passive and start + 1 < len(tokens) and tokens[start + 1].endswith("ing"):
        start, is_passive = start + 1, False
    end = start + (5 if tokens[start] == "at" else 1)
    verbs = (n for n, token in enumerate(tokens[start:end], start) if is_speech_verb(token))
    index = None if is_passive else next(verbs, None)
    if index is None:
        return ask_words(tokens[1:], is_clear=True)
    verb = tokens[index]
    content = content_words((*searchable_verb(verb), *tokens[start:index], *tokens[index + 1 :]))
    if not content:
        return None
    if is_form_of(verb, "denial_verbs") or is_negated:
        denial_query = Query(words=content, stances=("denied",), min_share=ROUGH_SHARE)
        negation_query = Query(
            words=("not", *content),
            features=("speaker",),
            not_stances=("denied",),
            min_share=ROUGH_SHARE,
        )
        return clear_question([denial_query, negation_query])
    # Those who doubt something may also deny it.
    excluded_stances = () if is_form_of(verb, "doubting_verbs") else ("denied",)
    assertion_query = Query(
        words=content, features=("speaker",), not_stances=excluded_stances, min_share=ROUGH_SHARE
    )
    return clear_question([assertion_query])


def _parse_when(tokenized_question: TokenizedQuestion) -> Question | None:
    tokens = tokenized_question.tokens[1:]
    if tokens[0] == "when":  # since when, until when
        tokens = tokens[1:]
    if not tokenized_question.has_question_mark and word_list("auxiliaries").isdisjoint(tokens[:1]):
        return None
    return _parse_said_after_auxiliary(tokenized_question, tokens) or ask_measure(tokens, "date")


def _parse_since_when(tokenized_question: TokenizedQuestion) -> Question | None:
    return _parse_when(tokenized_question) if tokenized_question.tokens[1] == "when" else None


def _parse_said_after_auxiliary(
    tokenized_question: TokenizedQuestion, tokens: tuple[str, ...]
) -> Question | None:
    """Parse when, where or why somebody said something; `tokens` begin with the auxiliary."""
    index = speech_verb_index(tokens, 1)
    if index is None or not is_known_speaker(tokens[1:index], tokenized_question.archive):
        return None
    topic = (*searchable_verb(tokens[index]), *tokens[index + 1 :])
    return ask_speaker(tokens[1:index], topic, tokenized_question.archive)


def _parse_how(tokenized_question: TokenizedQuestion) -> Question | None:
    tokens = tokenized_question.tokens
    measure = tokens[1]
    if measure == "old":  # an age may be printed without a word for it: "Norah Pell, 78"
        return ask_words((*tokens[2:], measure), is_clear=True)
    if measure == "long":  # a duration or a length
        return ask_measure(tokens[2:], "figure", "date")
    if measure in word_list("measure_words"):
        newest_first = measure in ("many", "much", "few", "little")
        feature = "date" if measure in ("soon", "late", "early") else "figure"
        return ask_measure(tokens[2:], feature, newest_first=newest_first)
    has_auxiliary = not word_list("auxiliaries").isdisjoint(tokens[1:3])
    if measure == "about" or not (tokenized_question.has_question_mark or has_auxiliary):
        return None
    return _parse_said(tokenized_question, 2) or ask_words(tokens[1:], is_clear=True)


def _parse_other(tokenized_question: TokenizedQuestion) -> Question | None:
    """Parse where, why, which and whose."""
    tokens = tokenized_question.tokens[1:]
    has_auxiliary = tokens[0] in word_list("auxiliaries")
    if has_auxiliary and (question := _parse_said_after_auxiliary(tokenized_question, tokens)):
        return question
    question = ask_words(tokens, is_clear=tokenized_question.has_question_mark or has_auxiliary)
    return question and _add_subject_reading(question, tokenized_question, 2)


def _parse_yes_or_no(tokenized_question: TokenizedQuestion) -> Question | None:
    """Parse a yes-or-no question: whether something is so, or whether somebody said it."""
    tokens = tokenized_question.tokens
    if len(tokens) < 3:
        return None
    is_clear = (
        tokenized_question.has_question_mark
        or tokens[0] in word_list("clear_opening_auxiliaries")
        or tokens[1] in word_list("determiners")
    )
    index = speech_verb_index(tokens, 2)
    if index is not None and agrees(tokens[0], tokens[index]):
        speaker = _without_auxiliaries(word for word in tokens[1:index] if word != "not")
        if _may_have_said(speaker, tokens[index], tokenized_question.archive):
            question = _parse_whether_said(tokenized_question, speaker, index)
            return question and question._replace(is_clear=is_clear)
    question = ask_words(tokens[1:], is_clear=is_clear)
    if question and tokens[0] in _PRESENT_AUXILIARIES:
        question = question._replace(readings=(replace(question.readings[0], sort="new"),))
    return question and _add_subject_reading(question, tokenized_question, 1)


def _may_have_said(speaker: Tokens, verb: str, archive: ArchiveLookup) -> bool:
    """Whether words before a verb of saying are its speaker, rather than its object."""
    return (
        speaker in phrase_list("vague_speakers")
        or is_known_speaker(speaker, archive)
        or is_form_of(verb, "denial_verbs")
        or names_known_speaker(speaker, archive)
    )


def _parse_whether_said(
    tokenized_question: TokenizedQuestion, speaker: tuple[str, ...], index: int
) -> Question | None:
    """Parse whether a speaker said something; `index` is that of the verb."""
    verb, topic = tokenized_question.tokens[index], tokenized_question.tokens[index + 1 :]
    is_denial = is_form_of(verb, "denial_verbs")
    topic = (*searchable_verb(verb), *topic)
    question = ask_speaker(speaker, topic, tokenized_question.archive, is_denial=is_denial)
    if question and speaker in phrase_list("vague_speakers") and not is_denial:
        question = exclude_denials(question)
    if question and is_form_of(verb, "addressing_verbs"):
        question = add_words_reading(question, tokenized_question.tokens[1:])
    return question


def _add_subject_reading(
    question: Question, tokenized_question: TokenizedQuestion, start: int
) -> Question:
    """Add a reading that asks what the question's subject says about the topic."""
    tokens = tokenized_question.tokens
    ends = range(min(len(tokens) - 1, start + _MAX_SUBJECT_WORDS), start, -1)
    end = next(
        (n for n in ends if is_known_speaker(tokens[start:n], tokenized_question.archive)), None
    )
    about_subject = (
        ask_speaker(tokens[start:end], tokens[end:], tokenized_question.archive) if end else None
    )
    if not about_subject:
        return question
    readings = [query for query in about_subject.readings if query.speakers and query.words]
    return question._replace(readings=(*question.readings, *readings[:1]))


def _parse_noun_phrase(tokenized_question: TokenizedQuestion) -> Question | None:
    """Parse noun phrases: "ekberg denial about the call", "comments by the mayor on the water".

    Many such texts are not questions, so without a question mark plain words are tried first.
    """
    question = (
        parse_speech_noun(tokenized_question, 0)
        or _parse_said(tokenized_question, 0)
        or parse_participle(tokenized_question)
        or parse_preposition(tokenized_question)
        or _parse_after_topic(tokenized_question)
    )
    if (
        question is None
        and tokenized_question.has_question_mark
        and _begins_with_name(tokenized_question)
    ):
        question = ask_words(tokenized_question.tokens, is_clear=False)
        return question and _add_subject_reading(question, tokenized_question, 0)
    return question and question._replace(is_clear=tokenized_question.has_question_mark)


def _begins_with_name(tokenized_question: TokenizedQuestion) -> bool:
    """Whether a question is a statement about a known speaker: "ekberg resigned?"."""
    tokens = tokenized_question.tokens
    ends = range(1, min(len(tokens), _MAX_SUBJECT_WORDS + 1))
    return len(tokens) <= MAX_WORDS_WITH_COMMA and any(
        is_known_speaker(tokens[:end], tokenized_question.archive) for end in ends
    )


def _parse_after_topic(tokenized_question: TokenizedQuestion) -> Question | None:
    """Parse a question that follows its topic: "grain ship how much fuel was lost"."""
    tokens = tokenized_question.tokens
    next_words = word_list("auxiliaries") | word_list("measure_words")
    indexes = (
        n
        for n in range(1, len(tokens) - 2)
        if tokens[n] in _PARSERS and tokens[n + 1] in next_words
    )
    index = next(indexes, None)
    if index is None:
        return None
    question = _PARSERS[tokens[index]](tokenized_question._replace(tokens=tokens[index:]))
    if not question:
        return None
    topic = content_words(tokens[:index])
    readings = (
        replace(reading, words=deduplicate((*topic, *reading.words)))
        for reading in question.readings
    )
    return Question(tuple(readings), is_clear=False)


_PARSERS: dict[str, Callable[[TokenizedQuestion], Question | None]] = {
    "what": _parse_what,
    "who": _parse_who,
    "whom": _parse_who,
    "when": _parse_when,
    "since": _parse_since_when,
    "until": _parse_since_when,
    "how": _parse_how,
    "where": _parse_other,
    "why": _parse_other,
    "which": _parse_other,
    "whose": _parse_other,
}
