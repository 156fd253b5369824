"""Parse English questions by their first words: what somebody said, who said or did something, how
many, when, where. Any other question becomes a search for most of its content words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.questions.dates import split_date
from bot.questions.question import ArchiveLookup, Question
from bot.questions.speaker import find_known_speakers, is_vague, query_for
from bot.questions.words import (
    Tokens,
    content_words,
    is_form_of,
    is_speech_verb,
    may_be_question,
    question_words,
    speech_verb_index,
    word_list,
)
from bot.search.language.parsing import deduplicate
from bot.search.language.parts import QUOTATION_MARKS, trim
from bot.search.language.query import ROUGH_SHARE, Query
from bot.search.language.typed_text import clean_typed_text

_MAX_WORDS = 24
_QUOTATION = re.compile(rf"[{QUOTATION_MARKS}]([^{QUOTATION_MARKS}]+)[{QUOTATION_MARKS}]")
_DENIED = ("denied",)
_SAID = ("speaker",)


def parse_question(typed: str, archive: ArchiveLookup, today: date) -> Question | None:
    """Parse a question; None if the text is not a question.

    `today` is the day that "yesterday" counts from. What a question asks about a day was published
    on it; later readings search for the words of the date, if claims may print them.
    """
    text = clean_typed_text(typed).text.strip()
    tokens = question_words(text) if may_be_question(text) else ()
    if not 2 <= len(tokens) <= _MAX_WORDS:
        return None
    has_question_mark = text.endswith("?")
    question = _parse(tokens, archive, has_question_mark=has_question_mark)
    phrases = deduplicate(filter(None, map(trim, _QUOTATION.findall(text))))
    split = None if phrases else split_date(tokens, today)
    if split and (question or split[1][0] in word_list("interrogatives")):
        everything = Question((Query(features=_SAID, sort="new"),), is_clear=True)
        period, others = split
        undated = _parse(others, archive, has_question_mark=has_question_mark) or everything
        readings = [
            replace(query, after=period.after, before=period.before) for query in undated.readings
        ]
        if question and period.may_be_printed and readings[0].words:
            readings += question.readings
        question = undated._replace(readings=tuple(readings))
    if question and phrases:  # preferred word for word
        quoted = {word for phrase in phrases for word in question_words(phrase)}
        exact = [
            replace(query, words=tuple(w for w in query.words if w not in quoted), phrases=phrases)
            for query in question.readings
        ]
        question = question._replace(readings=(*exact, *question.readings))
    return question and question._replace(tokens=tokens)


def _parse(tokens: Tokens, archive: ArchiveLookup, *, has_question_mark: bool) -> Question | None:
    """Parse a question without its date."""
    first, second = tokens[:2]
    auxiliaries = word_list("auxiliaries")
    is_yes_or_no = first in auxiliaries - {"am", "be", "been", "being"}
    if not is_yes_or_no and first not in word_list("interrogatives"):
        return None
    if first in ("who", "whom"):
        return _parse_who(tokens)
    if first in ("will", "can", "may", "must", "might", "shall"):  # these may be names, too
        is_clear = second in word_list("determiners")
    else:
        is_clear = is_yes_or_no or not auxiliaries.isdisjoint(tokens[1:3])
    is_clear = is_clear or has_question_mark
    if question := _ask_feature(tokens):
        return question._replace(is_clear=is_clear or question.asks != "date")
    if is_yes_or_no or first in ("what", "how"):
        question = _parse_said(tokens, archive)
    if question:
        return question._replace(is_clear=is_clear or not is_yes_or_no)
    if not is_clear and (first == "how" or second in word_list("determiners")):
        return None
    question = _ask_words(tokens[1:])
    return question and question._replace(is_clear=is_clear)


def _parse_said(tokens: Tokens, archive: ArchiveLookup) -> Question | None:
    """Parse what somebody said, or whether: speaker, verb of saying, topic."""
    index = speech_verb_index(tokens)
    if index is None:
        return None
    verb, before, topic = tokens[index], tokens[1:index], tokens[index + 1 :]
    skipped = word_list("auxiliaries") | {"not"}
    speaker = [word for word in before if word not in skipped]
    is_anybody = not speaker or is_vague(speaker)
    is_denial = is_form_of(verb, "denial_verbs")
    is_yes_or_no = tokens[0] in skipped
    if is_yes_or_no:
        is_asked = bool(speaker) and (is_anybody or is_denial)
    else:
        is_asked = tokens[0] == "what" and len(speaker) < len(before)
    if not (is_asked or find_known_speakers(speaker, archive)):
        return None
    searched_verb = (verb,) if is_form_of(verb, "searchable_speech_verbs") else ()
    who = query_for(speaker, archive)
    all_words = deduplicate((*who.words, *content_words((*searched_verb, *topic))))
    query = replace(who, words=all_words, min_share=ROUGH_SHARE if all_words else 0.0)
    denial = replace(query, stances=_DENIED, features=())
    if not (query.speakers or query.source_kinds or all_words):
        return None
    if is_yes_or_no and is_anybody and not is_denial:
        query = replace(query, not_stances=_DENIED)
    if not all_words:
        everything = replace(denial if is_denial else query, sort="new")
        # What they declined to say is an answer only if there is nothing that they said.
        return Question((replace(everything, features=_SAID), everything), is_clear=True)
    readings = [denial] if is_denial else [query]
    if query.speakers and is_denial:
        readings.append(query)
    elif searched_verb:  # others may report what somebody promised, demanded or attacked
        readings.append(Query(words=content_words(tokens[1:]), min_share=ROUGH_SHARE))
    return Question(tuple(readings), is_clear=True)


def _parse_who(tokens: Tokens) -> Question | None:
    """Parse who said or did something."""
    start, skipped_words = 1, word_list("auxiliaries") | word_list("adverbs") | {"else", "all"}
    while start < len(tokens) - 1 and tokens[start] in skipped_words:
        start += 1
    verb, skipped = tokens[start], {*tokens[1:start]}
    is_passive = not skipped.isdisjoint(("is", "was", "are", "were", "been", "be"))
    if not is_speech_verb(verb) or (is_passive and not verb.endswith("ing")):
        return _ask_words(tokens[1:], asks="who")
    searched_verb = (verb,) if is_form_of(verb, "searchable_speech_verbs") else ()
    content = content_words((*searched_verb, *tokens[start + 1 :]))
    query = Query(words=content, min_share=ROUGH_SHARE)
    said = replace(query, features=_SAID, not_stances=_DENIED)
    readings = [said]
    if is_form_of(verb, "denial_verbs") or not skipped.isdisjoint(("not", "never")):
        readings = [replace(query, stances=_DENIED), replace(said, words=("not", *content))]
    return Question(tuple(readings), is_clear=True) if content else None


def _ask_feature(tokens: Tokens) -> Question | None:
    """Parse a question for a figure, a day or a place; None if it is another."""
    first, second, topic = tokens[0], tokens[1], tokens[2:]
    measure_nouns = word_list("measure_nouns")
    is_newest_first = second in ("many", "much", "few", "little")
    if first == "where":
        return _ask_words(tokens[1:], asks="place")
    if "when" in (first, second) or (first == "what" and second in word_list("time_nouns")):
        asks, topic = "date", tokens[1:] if first == "when" else topic
    elif first == "how" and second in word_list("measure_words"):
        asks = "date" if second in ("soon", "late", "early") else "figure"
    elif first == "what" and not measure_nouns.isdisjoint(
        tokens[1:5] if second in ("is", "was", "are", "were") else (second,)
    ):
        unsearched = word_list("unsearched_measure_nouns")
        asks, topic = "figure", [token for token in tokens[1:] if token not in unsearched]
        is_newest_first = True
    else:
        return None
    query = Query(words=content_words(topic), min_share=ROUGH_SHARE)
    with_feature = replace(query, features=(asks,), sort="new" if is_newest_first else "best")
    return Question((with_feature, query), is_clear=True, asks=asks) if query.words else None


def _ask_words(tokens: Tokens, *, asks: str = "") -> Question | None:
    """Ask for claims with most of the content words."""
    query = Query(words=content_words(tokens), min_share=ROUGH_SHARE)
    return Question((query,), is_clear=bool(asks), asks=asks) if query.words else None
