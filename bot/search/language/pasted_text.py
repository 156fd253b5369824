"""Detect pasted text, and split it into sentences that are searched one by one.

A text is pasted if it has more than twelve different words or at least two sentences, but no syntax
of queries; or if it is longer than anybody types. Its quotation marks mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.errors import QueryError
from bot.search.engine.query_builder import MAX_REQUIRED_WORDS
from bot.search.engine.words import words
from bot.search.language.parsing import MAX_QUERY_LENGTH, deduplicate
from bot.search.language.parts import OPERATOR, QUOTATION_MARKS, trim, trim_words
from bot.search.language.query import EXACT_SIGN, OR, ROUGH_SIGN, SAME_SHARE, Query, leading_blanks
from bot.search.language.typed_text import clean_typed_text
from bot.words import say

MAX_PASTED_LENGTH = 40_000
"""In characters; a long article fits."""
MAX_MESSAGE_WORDS = 60
"""In different words; a longer text is not a message, and is searched sentence by sentence."""
_MIN_SENTENCE_WORDS = 4
"""A shorter sentence says too little by itself and is joined with the next."""
_MAX_SENTENCE_WORDS = 100
"""A longer sentence is a list, or a text without full stops, and is cut."""

# An operator with its value, -word, or OR. Pasted text may also have "Source: Reuters", an operator
# with an address, "-5" or "Salem, OR".
_QUERY_SYNTAX = re.compile(
    rf"(?<!\S)(?:(?i:{OPERATOR.pattern}(?!https?:))\S|-[^\W\d_]|(?<!,\s){OR}(?!\S))"
)
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+")
_QUOTATION = re.compile(rf"[{QUOTATION_MARKS}]([^{QUOTATION_MARKS}]{{1,300}})[{QUOTATION_MARKS}]")
_MIN_QUOTATION_WORDS = 3
"""Minimum number of words of a quotation in a message; shorter ones may occur in any claim."""
_SENTENCE_END = re.compile(
    rf"(?P<mark>[.!?…])[{QUOTATION_MARKS}’')\]]*\s+(?=[{QUOTATION_MARKS}‘'(\[]*[^\W_a-z])|[。！？]|\n\s*\n"
)
_MAX_ABBREVIATION_LENGTH = 8
# A full stop after a title or an initial does not end a sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|St|Jr|Sr|No|vs)|\b[A-Z])\.$"
)


def sentences(text: str) -> tuple[str, ...]:
    """Split a pasted text into its distinct sentences; () if the text is a query.

    Raises QueryError, with the position of the limit, if it is too long.
    """
    if len(text) > MAX_PASTED_LENGTH:
        raise QueryError(
            say("queries.long_pasted", n=len(text)),
            position=MAX_PASTED_LENGTH,
            remedy=say("queries.paste_at_most", n=MAX_PASTED_LENGTH),
        )
    cleaned_text = clean_typed_text(text).text
    has_sign = cleaned_text.startswith((EXACT_SIGN, ROUGH_SIGN), leading_blanks(cleaned_text))
    if len(text) <= MAX_QUERY_LENGTH and (has_sign or _QUERY_SYNTAX.search(cleaned_text)):
        return ()
    pieces = deduplicate(piece for sentence in _split(cleaned_text) for piece in _pieces(sentence))
    word_count = len(sentence_query(cleaned_text).words)
    return pieces if len(pieces) > 1 or word_count > MAX_REQUIRED_WORDS else ()


def _split(text: str) -> Iterator[str]:
    """Split a text after each sentence that has enough words."""
    start = position = word_count = 0
    for match in _SENTENCE_END.finditer(text):
        word_count += len(words(text[position : match.end()]))
        position = match.end()
        last_chars = text[max(start, match.start() - _MAX_ABBREVIATION_LENGTH) : match.start() + 1]
        is_abbreviation = match["mark"] == "." and _ABBREVIATION.search(last_chars)
        if word_count >= _MIN_SENTENCE_WORDS and not is_abbreviation:
            yield text[start:position].strip()
            start, word_count = position, 0
    rest = text[start:].strip()
    if words(rest):
        yield rest


def _pieces(sentence: str) -> Iterator[str]:
    """Cut a sentence that is too long into pieces."""
    chunks = sentence.split()
    if len(chunks) <= _MAX_SENTENCE_WORDS:
        yield sentence
        return
    for start in range(0, len(chunks), _MAX_SENTENCE_WORDS):
        yield " ".join(chunks[start : start + _MAX_SENTENCE_WORDS])


def sentence_query(sentence: str) -> Query:
    """The query for claims that have much of a sentence's content."""
    unquoted_text = _ADDRESS.sub(" ", sentence).translate(
        dict.fromkeys(map(ord, QUOTATION_MARKS), " ")
    )
    chunks = OPERATOR.sub(r"\1 ", unquoted_text).split()
    return Query(words=deduplicate(trim_words(chunks)), min_share=SAME_SHARE)


def message_query(text: str) -> str:
    """Write the query for claims close to a message, in which nothing is an operator; a text too
    long for a message is returned as pasted text.

    Raises QueryError if it has no words, or is too long.
    """
    cleaned_text = clean_typed_text(text).text
    query = sentence_query(cleaned_text)
    if not query.words:
        raise QueryError(say("queries.no_words"), remedy=say("queries.how_query"))
    quotations = _QUOTATION.findall(cleaned_text)
    long_quotations = (text for text in quotations if len(words(text)) >= _MIN_QUOTATION_WORDS)
    query = replace(query, phrases=tuple(map(trim, long_quotations)))
    return str(query) if len(query.words) <= MAX_MESSAGE_WORDS else text
