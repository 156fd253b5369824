"""Parse noun phrases that ask what somebody said.

For example: "ekberg's reason for the delay", "veld accusing the minister", "tilling on the call".
"""

from __future__ import annotations

from bot.questions.question import ArchiveLookup, Question, TokenizedQuestion
from bot.questions.readings import add_words_reading, ask_speaker
from bot.questions.speaker import find_named_speaker, is_known_speaker
from bot.questions.tokens import (
    Tokens,
    is_speech_noun,
    is_speech_verb,
    searchable_verb,
    split_before,
)
from bot.questions.words import is_form_of, word_list


def parse_speech_noun(tokenized_question: TokenizedQuestion, start: int) -> Question | None:
    """Parse a noun for something said: X's denial of Y, the denial by X of Y."""
    tokens = tokenized_question.tokens
    index = next((n for n in range(start, len(tokens)) if is_speech_noun(tokens[n])), None)
    if index is None:
        return _parse_possessive(tokenized_question, start)
    noun, topic = tokens[index], tokens[index + 1 :]
    speaker = tuple(word for word in tokens[start:index] if word not in ("any", "all", "latest"))
    if word_list("determiners").issuperset(speaker) and topic[:1] in (
        ("by",), ("from",), ("of",),
    ):  # fmt: skip
        speaker, topic = split_before(topic[1:], "topic_openers")
    archive = tokenized_question.archive
    if not (is_known_speaker(speaker, archive) or names_known_speaker(speaker, archive)):
        return _parse_possessive(tokenized_question, start)
    searched_noun = (noun,) if is_form_of(noun, "searchable_speech_nouns") else ()
    is_denial = is_form_of(noun, "denial_nouns")
    return ask_speaker(speaker, (*searched_noun, *topic), archive, is_denial=is_denial)


def _parse_possessive(tokenized_question: TokenizedQuestion, start: int) -> Question | None:
    """Parse a possessive as what its owner said about the rest: "strand's reason for the delay"."""
    tokens = tokenized_question.tokens[start:]
    ends = (n for n, token in enumerate(tokens[:-1], 1) if token.endswith(("'s", "s'")))
    end = next(ends, None)
    if end is None or not is_known_speaker(tokens[:end], tokenized_question.archive):
        return None
    question = ask_speaker(tokens[:end], tokens[end:], tokenized_question.archive)
    if question and len(tokens) == end + 1:  # "beck's defence" may be anything that he says
        any_topic = ask_speaker(tokens[:end], (), tokenized_question.archive)
        readings = any_topic.readings if any_topic else ()
        return question._replace(readings=(*question.readings, *readings))
    return question and add_words_reading(question, tokens)


def parse_participle(tokenized_question: TokenizedQuestion) -> Question | None:
    """Parse a speaker with a participle: "veld accusing the minister"."""
    tokens = tokenized_question.tokens
    index = next((n for n in range(1, len(tokens) - 1) if tokens[n].endswith("ing")), None)
    if index is None or not is_speech_verb(tokens[index]):
        return None
    if not is_known_speaker(tokens[:index], tokenized_question.archive):
        return None
    topic = (*searchable_verb(tokens[index]), *tokens[index + 1 :])
    is_denial = is_form_of(tokens[index], "denial_verbs")
    return ask_speaker(tokens[:index], topic, tokenized_question.archive, is_denial=is_denial)


def parse_preposition(tokenized_question: TokenizedQuestion) -> Question | None:
    """Parse a speaker with a preposition and a topic: "tilling on the conversation"."""
    tokens = tokenized_question.tokens
    indexes = (n for n in range(1, len(tokens) - 1) if tokens[n] in word_list("topic_connectors"))
    index = next(indexes, None)
    if index is None or not is_known_speaker(tokens[:index], tokenized_question.archive):
        return None
    return ask_speaker(tokens[:index], tokens[index + 1 :], tokenized_question.archive)


def names_known_speaker(tokens: Tokens, archive: ArchiveLookup) -> bool:
    """Whether these words name somebody whose claims are in the archive."""
    speaker = find_named_speaker(tokens, archive)
    return bool(speaker and speaker.value and archive.find_speaker(speaker.value))
