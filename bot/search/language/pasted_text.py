"""Detect pasted text, and split it into sentences that are searched one by one.

A text is pasted if it has more than twelve different words or at least two sentences and nothing
that only a query has, or if it is longer than anybody types. Its quotation marks mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.errors import QueryError
from bot.search.engine.query_builder import MAX_REQUIRED_WORDS
from bot.search.engine.words import words
from bot.search.language.parsing import MAX_QUERY, distinct
from bot.search.language.parts import MARKS, OPERATOR, trim, trim_words
from bot.search.language.query import EXACT_SIGN, OR, ROUGH_SIGN, SAME_SHARE, Query, leading_blanks
from bot.search.language.typed_text import clean_typed_text
from bot.words import say

MAX_PASTED = 40_000
"""Characters; a long article fits."""
MAX_MESSAGE = 60
"""Different words; what is longer than a message is searched sentence by sentence."""
_FEWEST_WORDS, _MOST_WORDS = 4, 100
"""Of a sentence: a shorter one says too little by itself and goes with the next, a longer one is
none, but a list or a text without stops, and is cut."""

# An operator with its value, -word, or OR. A pasted text may well have "Source: Reuters" in it,
# also with an address, "-5" or "Salem, OR".
_QUERY_ONLY = re.compile(
    rf"(?<!\S)(?:(?i:{OPERATOR.pattern}(?!https?:))\S|-[^\W\d_]|(?<!,\s){OR}(?!\S))"
)
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+")
_QUOTED = re.compile(rf"[{MARKS}]([^{MARKS}]{{1,300}})[{MARKS}]")
_FEWEST_QUOTED = 3
"""Words of what is quoted in a message; fewer may stand in any claim."""
_END = re.compile(
    rf"(?P<mark>[.!?…])[{MARKS}’')\]]*\s+(?=[{MARKS}‘'(\[]*[^\W_a-z])|[。！？]|\n\s*\n"
)
# A dot behind one of these ends no sentence: titles, initials.
_LONGEST_TITLE = 8
_NO_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|St|Jr|Sr|No|vs)|\b[A-Z])\.$"
)


def sentences(text: str) -> tuple[str, ...]:
    """Split a pasted text into its distinct sentences; () if the text is a query.

    Raises QueryError, with the position where reading stopped, if it is too long.
    """
    if len(text) > MAX_PASTED:
        raise QueryError(
            say("queries.long_pasted", n=len(text)),
            position=MAX_PASTED,
            remedy=say("queries.paste_at_most", n=MAX_PASTED),
        )
    meant = clean_typed_text(text).text
    is_query = meant.startswith(
        (EXACT_SIGN, ROUGH_SIGN), leading_blanks(meant)
    ) or _QUERY_ONLY.search(meant)
    if is_query and len(text) <= MAX_QUERY:
        return ()
    found = distinct(piece for sentence in _cut(meant) for piece in _shortened(sentence))
    return found if len(found) > 1 or len(sentence_query(meant).words) > MAX_REQUIRED_WORDS else ()


def _cut(text: str) -> Iterator[str]:
    """Split a text after each sentence that has enough words."""
    start = looked = counted = 0
    for end in _END.finditer(text):
        counted += len(words(text[looked : end.end()]))
        looked = end.end()
        before = text[max(start, end.start() - _LONGEST_TITLE) : end.start() + 1]
        if counted >= _FEWEST_WORDS and not (end["mark"] == "." and _NO_END.search(before)):
            yield text[start:looked].strip()
            start, counted = looked, 0
    rest = text[start:].strip()
    if words(rest):
        yield rest


def _shortened(sentence: str) -> Iterator[str]:
    chunks = sentence.split()
    if len(chunks) <= _MOST_WORDS:
        yield sentence
        return
    for start in range(0, len(chunks), _MOST_WORDS):
        yield " ".join(chunks[start : start + _MOST_WORDS])


def sentence_query(sentence: str) -> Query:
    """Make the query for claims that say much of what a sentence says."""
    plain = _ADDRESS.sub(" ", sentence).translate(dict.fromkeys(map(ord, MARKS), " "))
    chunks = OPERATOR.sub(r"\1 ", plain).split()
    return Query(words=distinct(trim_words(chunks)), min_share=SAME_SHARE)


def message_query(text: str) -> str:
    """Write the query for claims close to a message, in which nothing is an operator; a text too
    long for a message is returned as pasted text.

    Raises QueryError if it has no words, or is too long.
    """
    meant = clean_typed_text(text).text
    query = sentence_query(meant)
    if not query.words:
        raise QueryError(say("queries.no_words"), remedy=say("queries.how_query"))
    quoted = (one for one in _QUOTED.findall(meant) if len(words(one)) >= _FEWEST_QUOTED)
    query = replace(query, phrases=tuple(map(trim, quoted)))
    return str(query) if len(query.words) <= MAX_MESSAGE else text
