"""Plain search: a text, of whatever kind, and the claims that share most of its words.

No operators, spelling or pasted texts, and no word must be found: the best match counts. What was
measured (docs/model-card.md) is in here: addresses and the commonest words of English say nothing,
what tags and handles are made of says much ("#ClimateChange", "@WhiteHouse"), and an article's
title helps, at a little less than the claim's own words.
"""

from __future__ import annotations

import re

import tantivy
from tantivy import Occur

from bot.search.engine.documents import SCHEMA
from bot.search.engine.words import stem, words

MOST_WORDS = 64
"""Of more different words, the rarest count."""

_TITLE_WEIGHT = 0.8
_LESSER_FIELD = 0.5
"""A word that is found in claim and title counts as in the better, and this much of the other."""
_ADDRESS = re.compile(r"https?://\S+|\b(?:www|pic\.twitter)\.\S+")
_RUN = re.compile(r"\w+")
_CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_COMMONEST = frozenset(
    words(
        "a about after all an and are as at be been before being but by can could did do does for "
        "from had has have he her here him his how i if in into is it its just me more my no not "
        "of on or our out over own she so such than that the their them then there these they "
        "this those to too up us was we were what when where which while who why will with would "
        "you your"
    )
)


def plain_words(text: str) -> list[str]:
    """The stems of a text by which claims are compared with it, once each, as they come."""
    text = _ADDRESS.sub(" ", text)
    parted = (_CAMEL_CASE.sub(" ", run) for run in _RUN.findall(text) if _CAMEL_CASE.search(run))
    told = (word for word in words(" ".join([text, *parted])) if word not in _COMMONEST)
    return list(dict.fromkeys(map(stem, told)))


def plain_query(text: str, searcher: tantivy.Searcher) -> tantivy.Query:
    """Ask for claims that hold any of a text's words, best those that hold most."""
    known = {}
    for word in plain_words(text):
        counts = [searcher.doc_freq(field, word) for field in ("text", "title")]
        if any(counts):
            known[word] = counts
    rarest = sorted(known, key=lambda word: (sum(known[word]), word))[:MOST_WORDS]
    return tantivy.Query.boolean_query(
        [(Occur.Should, _word(word, in_titles=known[word][1] > 0)) for word in rarest]
    )


def _word(word: str, *, in_titles: bool) -> tantivy.Query:
    content = tantivy.Query.term_query(SCHEMA, "text", word)
    if not in_titles:
        return content
    title = tantivy.Query.term_query(SCHEMA, "title", word)
    weighed = tantivy.Query.boost_query(title, _TITLE_WEIGHT)
    return tantivy.Query.disjunction_max_query([content, weighed], _LESSER_FIELD)
