"""Find the claims that share the most words with a text of any kind.

There are no operators, no spelling correction and no pasted texts, and no word is required: the
best match counts. The design follows measurements (docs/trust/model-card.md): addresses and common
English words are ignored, the parts of hashtags and handles count as words ("#ClimateChange",
"@WhiteHouse"), and so do the words of an article's title, with slightly less weight.
"""

from __future__ import annotations

import re

from bot.search.engine.queries import (
    SHOULD,
    Best,
    Boost,
    Combination,
    IndexQuery,
    Term,
)
from bot.search.engine.searcher import Searcher
from bot.search.engine.words import stem, words

MAX_WORDS = 64
"""If a text has more distinct words, only the rarest are searched for."""

_TITLE_WEIGHT = 0.8
_SECOND_FIELD_SHARE = 0.5
"""A word in both content and title gets its better score, plus this share of the other one."""
_ADDRESS = re.compile(r"https?://\S+|\b(?:www|pic\.twitter)\.\S+")
_WORD = re.compile(r"\w+")
_CAMEL_CASE_BOUNDARY = re.compile(r"(?<=[a-z])(?=[A-Z])")
_COMMONEST_WORDS = frozenset(
    words(
        "a about after all an and are as at be been before being but by can could did do does for "
        "from had has have he her here him his how i if in into is it its just me more my no not "
        "of on or our out over own she so such than that the their them then there these they "
        "this those to too up us was we were what when where which while who why will with would "
        "you your"
    )
)


def compared_stems(text: str) -> list[str]:
    """The distinct stems of a text that are compared with claims, in order."""
    text = _ADDRESS.sub(" ", text)
    spaced_words = (_CAMEL_CASE_BOUNDARY.sub(" ", word) for word in _WORD.findall(text))
    camel_case_parts = (parts for parts in spaced_words if " " in parts)
    return list(
        dict.fromkeys(
            stem(word)
            for word in words(" ".join([text, *camel_case_parts]))
            if word not in _COMMONEST_WORDS
        )
    )


def shared_words_query(text: str, searcher: Searcher) -> IndexQuery:
    """Match claims with any of a text's words; claims with the most words score highest."""
    stems = compared_stems(text)
    searcher.load_doc_freqs((field, word) for word in stems for field in ("text", "title"))
    counts = {
        word: (searcher.doc_freq("text", word), searcher.doc_freq("title", word)) for word in stems
    }
    indexed_words = [word for word in counts if any(counts[word])]
    rarest_words = sorted(indexed_words, key=lambda word: (sum(counts[word]), word))[:MAX_WORDS]
    return Combination(
        [(SHOULD, _word_query(word, in_titles=counts[word][1] > 0)) for word in rarest_words]
    )


def _word_query(word: str, *, in_titles: bool) -> IndexQuery:
    content = Term("text", word)
    if not in_titles:
        return content
    title = Term("title", word)
    weighted_title = Boost(title, _TITLE_WEIGHT)
    return Best([content, weighted_title], _SECOND_FIELD_SHARE)
