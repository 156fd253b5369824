"""Split an English question into words, expand contractions, and classify the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import OSA

from bot.languages.wordlist import is_word
from bot.questions.words import is_form_of, phrase_list, word_list, word_map
from bot.search.language.parts import OPERATOR, QUOTATION_MARKS
from bot.search.language.query import EXACT_SIGN, OR, ROUGH_SIGN, leading_blanks

MAX_WORDS_WITH_COMMA = 12
"""A longer text with a comma is a sentence, not a question."""
INTERROGATIVES = frozenset(
    ("what", "who", "whom", "when", "since", "until", "how", "where", "why", "which", "whose")
)
_QUERY_SYNTAX = re.compile(rf"(?<!\S)(?:-\w|{OR}(?!\S)|(?i:{OPERATOR.pattern}))")
_PUNCTUATION = ".,;:!?…()[]" + QUOTATION_MARKS
_ACCORDING_TO = ("according", "to")
_MAX_NAME_WORDS = 9
"""Maximum number of words in a speaker's name."""

Tokens = Sequence[str]

_SPEECH_VERB_LISTS = ("plain_speech_verbs", "searchable_speech_verbs", "denial_verbs")
_AGENT_SUFFIX = re.compile(r"(?:er|or|ic|ist)s?$")
_OPENING_MARKS = '"“„«'


def may_be_question(text: str) -> bool:
    """Whether a text may be a question: not a query with operators, a quotation or a sentence."""
    if not text or "\n" in text or text[0] in _OPENING_MARKS or _QUERY_SYNTAX.search(text):
        return False
    if text.startswith((EXACT_SIGN, ROUGH_SIGN), leading_blanks(text)):
        return False
    is_sentence = text.endswith(".") or ("," in text and len(text.split()) > MAX_WORDS_WITH_COMMA)
    return text.endswith("?") or not is_sentence


def question_words(text: str) -> tuple[str, ...]:
    """The words of a question in lower case, without filler before and after it."""
    chunks = text.lower().replace("’", "'").split()
    stripped_chunks = (chunk.strip(_PUNCTUATION) for chunk in chunks)
    tokens = [token for token in stripped_chunks if any(map(str.isalnum, token))]
    while filler := _opening_phrase(tokens, "opening_phrases"):
        tokens = tokens[len(filler) :]
    for phrase in phrase_list("whether_phrases"):
        if tuple(tokens[: len(phrase)]) == phrase and len(tokens) > len(phrase) + 1:
            # Becomes a yes-or-no question, in which the verb may be in the past: had marsh denied.
            tokens = ["had", *tokens[len(phrase) :]]
    while len(tokens) > 2 and (
        tokens[-1] in word_list("closing_words") or tokens[-2:] == ["or", "not"]
    ):
        tokens = tokens[: -2 if tokens[-1] == "not" else -1]
    expanded_tokens = [word for token in tokens for word in _expand(token)]
    return _correct_first_word(tuple(expanded_tokens))


def _opening_phrase(tokens: Sequence[str], list_name: str) -> tuple[str, ...] | None:
    """The longest phrase of a list that begins these tokens, if at least two more words follow."""
    phrases = (words for words in phrase_list(list_name) if tuple(tokens[: len(words)]) == words)
    phrase = next(phrases, None)
    return phrase if phrase and len(tokens) > len(phrase) + 1 else None


def _correct_first_word(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Correct a mistyped first word: waht, wehn."""
    first = tokens[0] if tokens else ""
    if (
        len(first) < 3
        or first in INTERROGATIVES
        or first in opening_auxiliaries()
        or is_word(first)
    ):
        return tokens
    corrections = [
        word for word in word_list("correctable_question_words") if OSA.distance(first, word) == 1
    ]
    return (corrections[0], *tokens[1:]) if len(corrections) == 1 else tokens


def _expand(token: str) -> list[str]:
    """Split a contraction into its words."""
    if expansion := word_map("contractions").get(token):
        return expansion.split()
    return [token[:-3], "not"] if token.endswith("n't") else [token]


@cache
def opening_auxiliaries() -> frozenset[str]:
    """The auxiliaries that may begin a question."""
    return word_list("clear_opening_auxiliaries") | word_list("ambiguous_opening_auxiliaries")


def speech_verb_index(tokens: Tokens, start: int) -> int | None:
    """The index of the first verb of saying, at most a name's length after `start`."""
    for index in range(start, min(len(tokens), start + _MAX_NAME_WORDS)):
        if is_speech_verb(tokens[index]) and tokens[index - 1] not in word_list(
            "words_before_nouns"
        ):
            return index
    return None


def searchable_verb(verb: str) -> Tokens:
    """The verb if it should be searched for, too, since its meaning matters: blamed, warned."""
    return (verb,) if is_form_of(verb, "searchable_speech_verbs") else ()


def is_speech_verb(token: str) -> bool:
    """Whether a word is a verb of saying; nouns for people (protesters, critics) are not."""
    is_listed = any(
        form in word_list(name) for form in _with_singular(token) for name in _SPEECH_VERB_LISTS
    )
    if _AGENT_SUFFIX.search(token) and not is_listed:
        return False
    return is_form_of(token, *_SPEECH_VERB_LISTS)


def is_speech_noun(token: str) -> bool:
    """Whether a word is a noun for something said."""
    # Not by its stem: critics are not criticism.
    return any(
        form in word_list(name)
        for form in _with_singular(token.removesuffix("'s"))
        for name in ("plain_speech_nouns", "searchable_speech_nouns", "denial_nouns")
    )


def _with_singular(token: str) -> tuple[str, ...]:
    """A word and its possible singular."""
    singular = f"{token[:-3]}y" if token.endswith("ies") else token.removesuffix("s")
    return token, singular


def split_before(
    tokens: tuple[str, ...], list_name: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split tokens before the first one that is in a list, but never before the first token."""
    indexes = (
        index for index, token in enumerate(tokens) if index and token in word_list(list_name)
    )
    index = next(indexes, len(tokens))
    return tokens[:index], tokens[index:]


def split_according_to(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split off the source that follows "according to"."""
    for index in range(2, len(tokens) - 2):
        if tokens[index : index + 2] == _ACCORDING_TO:
            return tokens[:index], tokens[index + 2 :]
    return tokens, ()


def split_reported_by(
    tokens: tuple[str, ...],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split off the speaker in a question for a number: "how many ships does the port say are
    waiting"."""
    for index in range(3, len(tokens) - 3):
        if tokens[index] in ("do", "does", "did"):
            verb = speech_verb_index(tokens, index + 2)
            if verb and verb + 1 < len(tokens):
                return (*tokens[:index], *tokens[verb + 1 :]), tokens[index + 1 : verb]
    return tokens, ()


def agrees(auxiliary: str, verb: str) -> bool:
    """Whether a verb's form agrees with its auxiliary: did deny, has denied."""
    if auxiliary in ("has", "have", "had"):
        return verb.endswith(("ed", "d", "n", "t")) or not verb.endswith(("s", "ing"))
    if auxiliary in ("is", "are", "was", "were"):
        return verb.endswith("ing")
    return any(verb in word_list(name) for name in _SPEECH_VERB_LISTS)
