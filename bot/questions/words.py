"""The words of an English question: which they are, and which verb of saying is among them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from bot.languages.table import question_words as lists
from bot.search.language.parsing import deduplicate
from bot.search.language.parts import OPERATOR, QUOTATION_MARKS, trim_words
from bot.search.language.query import OR
from bot.search.tokenized import base_stem

Tokens = Sequence[str]

_MAX_WORDS_WITH_COMMA = 12  # a longer text is a sentence
_QUERY_SYNTAX = re.compile(rf"(?<![^\s\u2060\u200b])(?:[-=~]\w|{OR}(?!\S)|(?i:{OPERATOR.pattern}))")
_PUNCTUATION = ".,;:!?…()[]" + QUOTATION_MARKS
_SPEECH_VERB_LISTS = ("plain_speech_verbs", "searchable_speech_verbs", "denial_verbs")
_AGENT = re.compile(r"(?:er|or|ic|ist)s?$")


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of a list in question_words.yml."""
    return frozenset(lists.load_question_words()[name])


@cache
def is_form_of(word: str, *names: str) -> bool:
    """Whether a word is a form of a word in any of these lists."""
    return any(base_stem(word) in map(base_stem, word_list(name)) for name in names)


def may_be_question(text: str) -> bool:
    """Whether a text may be a question: not a query with operators, a quotation or a sentence."""
    if not text or "\n" in text or text[0] in '"“„«' or _QUERY_SYNTAX.search(text):
        return False
    is_long = "," in text and len(text.split()) > _MAX_WORDS_WITH_COMMA
    return text.endswith("?") or not (text.endswith(".") or is_long)


def question_words(text: str) -> tuple[str, ...]:
    """The words of a question in lower case, without filler before and after it."""
    chunks = (chunk.strip(_PUNCTUATION) for chunk in text.lower().replace("’", "'").split())
    tokens = [token for token in chunks if any(map(str.isalnum, token))]
    while filler := _opening_phrase(tokens, "opening_phrases"):
        tokens = tokens[filler:]
    if whether := _opening_phrase(tokens, "whether_phrases"):
        # Becomes a yes-or-no question, in which the verb may be in the past: had marsh denied.
        tokens = ["had", *tokens[whether:]]
    while len(tokens) > 2 and tokens[-1] in word_list("closing_words"):
        tokens = tokens[:-1]
    opening = word_list("interrogatives") | word_list("auxiliaries")
    for end in (1, 2):
        if tokens[-end:][:1] in (["when"], ["where"], ["how"]) and opening.isdisjoint(
            tokens[:-end]
        ):
            # Its topic comes first: ferry deaths how many.
            tokens = [*tokens[-end:], *tokens[:-end]]
    contractions: Mapping[str, str] = lists.load_question_words()["contractions"]
    expanded = (contractions.get(token, re.sub("n't$", " not", token)) for token in tokens)
    return tuple(word for token in expanded for word in token.split())


def _opening_phrase(tokens: Tokens, list_name: str) -> int:
    """The length of the longest phrase of a list before these tokens; at least two must follow."""
    first = "".join(tokens[:1])
    phrases = (words.split() for words in word_list(list_name) if words.startswith(first))
    lengths = [len(words) for words in phrases if [*tokens[: len(words)]] == words]
    return max((length for length in lengths if len(tokens) > length + 1), default=0)


def content_words(tokens: Tokens) -> tuple[str, ...]:
    """The words of a question that may occur in its answer."""
    bare_tokens = (token.removesuffix("'s") for token in tokens)
    unsearched = word_list("unsearched_words")
    return deduplicate(trim_words(word for word in bare_tokens if word not in unsearched))


def speech_verb_index(tokens: Tokens) -> int | None:
    """The index of the first verb of saying after the question word."""
    nouns_follow = word_list("words_before_nouns")
    for index in range(1, len(tokens)):
        if is_speech_verb(tokens[index]) and tokens[index - 1] not in nouns_follow:
            return index
    return None


def is_speech_verb(token: str) -> bool:
    """Whether a word is a verb of saying; nouns for people (protesters, critics) are not."""
    singulars = (token, f"{token[:-3]}y" if token.endswith("ies") else token.removesuffix("s"))
    is_listed = any(form in word_list(name) for form in singulars for name in _SPEECH_VERB_LISTS)
    return is_listed or (not _AGENT.search(token) and is_form_of(token, *_SPEECH_VERB_LISTS))
