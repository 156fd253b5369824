"""The words of an English question: cut, spelled out, and which of them say something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import OSA

from bot.languages.wordlist import is_word
from bot.questions.words import is_one_of, listed, mapping, runs
from bot.search.language.parts import MARKS, OPERATOR
from bot.search.language.query import EXACTLY, OR, ROUGHLY, before_sign

FEW_WORDS = 12
"""With more, and a comma, it is no question but a sentence that begins as one."""
INTERROGATIVES = frozenset(
    ("what", "who", "whom", "when", "since", "until", "how", "where", "why", "which", "whose")
)
_QUERY_ONLY = re.compile(rf"(?<!\S)(?:-\w|{OR}(?!\S)|(?i:{OPERATOR.pattern}))")
_MARKS = ".,;:!?…()[]" + MARKS
_ACCORDING_TO = ("according", "to")
_LONGEST_NAME = 9
"""Words of who is asked about."""

Tokens = Sequence[str]

_SAY = ("saying", "telling", "denying")
_DOER = re.compile(r"(?:er|or|ic|ist)s?$")
_OPENING = '"“„«'


def may_be_question(text: str) -> bool:
    """Whether a text is no query with operators, no phrase in quotation marks and no sentence."""
    is_signed = text.startswith((EXACTLY, ROUGHLY), before_sign(text))
    if not text or "\n" in text or is_signed or text[0] in _OPENING or _QUERY_ONLY.search(text):
        return False
    is_sentence = text.endswith(".") or ("," in text and len(text.split()) > FEW_WORDS)
    return text.endswith("?") or not is_sentence


def cut(text: str) -> tuple[str, ...]:
    """The words of a question in small letters, without what stands around it."""
    plain = text.lower().replace("’", "'")
    stripped = (chunk.strip(_MARKS) for chunk in plain.split())
    tokens = [one for one in stripped if any(map(str.isalnum, one))]
    while found := next((run for run in runs("before") if tuple(tokens[: len(run)]) == run), None):
        if len(tokens) <= len(found) + 1:
            break
        tokens = tokens[len(found) :]
    for run in runs("whether"):
        if tuple(tokens[: len(run)]) == run and len(tokens) > len(run) + 1:
            # As a yes-or-no question whose verb may be in the past: had marsh denied it.
            tokens = ["had", *tokens[len(run) :]]
    while len(tokens) > 2 and (tokens[-1] in listed("behind") or tokens[-2:] == ["or", "not"]):
        tokens = tokens[: -2 if tokens[-1] == "not" else -1]
    return _begun_right(tuple(part for one in tokens for part in _spelled_out(one)))


def _begun_right(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """A question whose first word may be mistyped: waht, wehn."""
    first = tokens[0] if tokens else ""
    if len(first) < 3 or first in INTERROGATIVES or first in beginnings() or is_word(first):
        return tokens
    meant = [one for one in listed("mistyped") if OSA.distance(first, one) == 1]
    return (meant[0], *tokens[1:]) if len(meant) == 1 else tokens


def _spelled_out(token: str) -> list[str]:
    if spelled := mapping("spelled_out").get(token):
        return spelled.split()
    return [token[:-3], "not"] if token.endswith("n't") else [token]


@cache
def beginnings() -> frozenset[str]:
    """The auxiliaries that begin a question."""
    return listed("beginning") | listed("also_beginning")


def verb_at(tokens: Tokens, start: int) -> int | None:
    """Where the first verb of saying stands, not far behind the beginning of who says it."""
    end = min(len(tokens), start + _LONGEST_NAME)
    return next(
        (
            at
            for at in range(start, end)
            if says(tokens[at]) and tokens[at - 1] not in listed("articles")
        ),
        None,
    )


def kept(verb: str) -> Tokens:
    """A verb that says how something was meant, and so is searched for: blamed, warned."""
    return (verb,) if is_one_of(verb, "telling") else ()


def says(token: str) -> bool:
    """Whether a word is a verb of saying; whoever does it is none: protesters, critics."""
    if _DOER.search(token) and not any(one in listed(name) for one in _one(token) for name in _SAY):
        return False
    return is_one_of(token, *_SAY)


def is_noun(token: str) -> bool:
    """Whether a word is a noun for what somebody says."""
    names = ("nouns", "telling_nouns", "denials")
    # Not by its stem: critics are no criticism.
    return any(one in listed(name) for one in _one(token.removesuffix("'s")) for name in names)


def _one(token: str) -> tuple[str, ...]:
    """A word, and what it may be the plural of."""
    singular = f"{token[:-3]}y" if token.endswith("ies") else token.removesuffix("s")
    return token, singular


def up_to(tokens: tuple[str, ...], name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands before the first word of a list, and what from it on."""
    at = next((n for n, one in enumerate(tokens) if n and one in listed(name)), len(tokens))
    return tokens[:at], tokens[at:]


def according_to(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A question without the source that is named behind it, and that source."""
    at = next((n for n in range(2, len(tokens) - 2) if tokens[n : n + 2] == _ACCORDING_TO), None)
    return (tokens, ()) if at is None else (tokens[:at], tokens[at + 2 :])


def by_account_of(
    tokens: tuple[str, ...],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A question for a number without those who are to say it, and who these are: "how many ships
    does the port say are waiting"."""
    for at in range(3, len(tokens) - 3):
        verb = verb_at(tokens, at + 2) if tokens[at] in ("do", "does", "did") else None
        if verb and verb + 1 < len(tokens):
            return (*tokens[:at], *tokens[verb + 1 :]), tokens[at + 1 : verb]
    return tokens, ()


def agrees(auxiliary: str, verb: str) -> bool:
    """Whether a verb has the form that it takes behind an auxiliary: did deny, has denied."""
    if auxiliary in ("has", "have", "had"):
        return verb.endswith(("ed", "d", "n", "t")) or not verb.endswith(("s", "ing"))
    if auxiliary in ("is", "are", "was", "were"):
        return verb.endswith("ing")
    return verb in listed("saying") | listed("telling") | listed("denying")
