"""Split an English question into words, expand contractions, and classify the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import OSA

from bot.languages.wordlist import is_word
from bot.questions.words import is_form_of, phrase_list, word_list, word_map
from bot.search.language.parts import MARKS, OPERATOR
from bot.search.language.query import EXACT_SIGN, OR, ROUGH_SIGN, leading_blanks

MAX_WORDS_WITH_COMMA = 12
"""A longer text with a comma is a sentence, not a question."""
INTERROGATIVES = frozenset(
    ("what", "who", "whom", "when", "since", "until", "how", "where", "why", "which", "whose")
)
_QUERY_ONLY = re.compile(rf"(?<!\S)(?:-\w|{OR}(?!\S)|(?i:{OPERATOR.pattern}))")
_MARKS = ".,;:!?…()[]" + MARKS
_ACCORDING_TO = ("according", "to")
_LONGEST_NAME = 9
"""Maximum words in a speaker's name."""

Tokens = Sequence[str]

_SAY = ("saying", "telling", "denying")
_DOER = re.compile(r"(?:er|or|ic|ist)s?$")
_OPENING = '"“„«'


def may_be_question(text: str) -> bool:
    """Whether a text may be a question: not a query with operators, a quotation or a sentence."""
    is_signed = text.startswith((EXACT_SIGN, ROUGH_SIGN), leading_blanks(text))
    if not text or "\n" in text or is_signed or text[0] in _OPENING or _QUERY_ONLY.search(text):
        return False
    is_sentence = text.endswith(".") or ("," in text and len(text.split()) > MAX_WORDS_WITH_COMMA)
    return text.endswith("?") or not is_sentence


def question_words(text: str) -> tuple[str, ...]:
    """The words of a question in lower case, without filler before and after it."""
    plain = text.lower().replace("’", "'")
    stripped = (chunk.strip(_MARKS) for chunk in plain.split())
    tokens = [one for one in stripped if any(map(str.isalnum, one))]
    while found := next(
        (run for run in phrase_list("before") if tuple(tokens[: len(run)]) == run), None
    ):
        if len(tokens) <= len(found) + 1:
            break
        tokens = tokens[len(found) :]
    for run in phrase_list("whether"):
        if tuple(tokens[: len(run)]) == run and len(tokens) > len(run) + 1:
            # As a yes-or-no question whose verb may be in the past: had marsh denied it.
            tokens = ["had", *tokens[len(run) :]]
    while len(tokens) > 2 and (tokens[-1] in word_list("behind") or tokens[-2:] == ["or", "not"]):
        tokens = tokens[: -2 if tokens[-1] == "not" else -1]
    return _with_first_word_corrected(tuple(part for one in tokens for part in _spelled_out(one)))


def _with_first_word_corrected(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Correct a mistyped first word: waht, wehn."""
    first = tokens[0] if tokens else ""
    if (
        len(first) < 3
        or first in INTERROGATIVES
        or first in opening_auxiliaries()
        or is_word(first)
    ):
        return tokens
    meant = [one for one in word_list("mistyped") if OSA.distance(first, one) == 1]
    return (meant[0], *tokens[1:]) if len(meant) == 1 else tokens


def _spelled_out(token: str) -> list[str]:
    if spelled := word_map("spelled_out").get(token):
        return spelled.split()
    return [token[:-3], "not"] if token.endswith("n't") else [token]


@cache
def opening_auxiliaries() -> frozenset[str]:
    """The auxiliaries that begin a question."""
    return word_list("beginning") | word_list("also_beginning")


def verb_at(tokens: Tokens, start: int) -> int | None:
    """The position of the first verb of saying, close behind where the speaker begins."""
    end = min(len(tokens), start + _LONGEST_NAME)
    return next(
        (
            at
            for at in range(start, end)
            if is_saying_verb(tokens[at]) and tokens[at - 1] not in word_list("articles")
        ),
        None,
    )


def searched_verb(verb: str) -> Tokens:
    """The verb, if its meaning matters and it is searched for: blamed, warned."""
    return (verb,) if is_form_of(verb, "telling") else ()


def is_saying_verb(token: str) -> bool:
    """Whether a word is a verb of saying; nouns for people (protesters, critics) are not."""
    if _DOER.search(token) and not any(
        one in word_list(name) for one in _one(token) for name in _SAY
    ):
        return False
    return is_form_of(token, *_SAY)


def is_speech_noun(token: str) -> bool:
    """Whether a word is a noun for something said."""
    names = ("nouns", "telling_nouns", "denials")
    # Not by its stem: critics are no criticism.
    return any(one in word_list(name) for one in _one(token.removesuffix("'s")) for name in names)


def _one(token: str) -> tuple[str, ...]:
    """A word and its possible singular."""
    singular = f"{token[:-3]}y" if token.endswith("ies") else token.removesuffix("s")
    return token, singular


def split_before(tokens: tuple[str, ...], name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split words before the first one that is on a list."""
    at = next((n for n, one in enumerate(tokens) if n and one in word_list(name)), len(tokens))
    return tokens[:at], tokens[at:]


def split_according_to(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split off the source that follows "according to"."""
    at = next((n for n in range(2, len(tokens) - 2) if tokens[n : n + 2] == _ACCORDING_TO), None)
    return (tokens, ()) if at is None else (tokens[:at], tokens[at + 2 :])


def split_reported_by(
    tokens: tuple[str, ...],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split the speaker from a question for a number: "how many ships does the port say are
    waiting"."""
    for at in range(3, len(tokens) - 3):
        verb = verb_at(tokens, at + 2) if tokens[at] in ("do", "does", "did") else None
        if verb and verb + 1 < len(tokens):
            return (*tokens[:at], *tokens[verb + 1 :]), tokens[at + 1 : verb]
    return tokens, ()


def agrees(auxiliary: str, verb: str) -> bool:
    """Whether a verb's form agrees with its auxiliary: did deny, has denied."""
    if auxiliary in ("has", "have", "had"):
        return verb.endswith(("ed", "d", "n", "t")) or not verb.endswith(("s", "ing"))
    if auxiliary in ("is", "are", "was", "were"):
        return verb.endswith("ing")
    return verb in word_list("saying") | word_list("telling") | word_list("denying")
