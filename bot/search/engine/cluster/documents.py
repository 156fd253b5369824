"""The mappings of the indexes of claims and of articles on a cluster, and their documents.

Fields are those of bot/search/engine/documents.py and headlines.py. Words and stems are ours and
are only split at spaces, so that every kind of index has the same terms. No text is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from bot.model import ClaimEntry, Headline
from bot.search.engine import documents, headlines
from bot.search.engine.documents import (
    FACET_FIELDS,
    facet_values,
    hidden_terms,
    numbers,
    statement,
    weight,
)
from bot.search.engine.words import split_words, stem
from bot.search.meaning.codes import DIMENSIONS

Json = dict[str, Any]

FORMAT = f"{documents.FORMAT}.2"
"""The version of the fields, and of their mappings; an index of another version is rebuilt."""
MAX_RESULTS = 100_000
"""How many hits can be paged through."""

_STEMS = ("text", "who", "title")
_WORDS = ("name", "via", "outlet")
_SENSES = ("headline", "lead", "from")
_SPLIT_FIELDS = frozenset((*_STEMS, *_WORDS, *_SENSES, "surface"))
_SCORED, _ARTICLE_SCORED = ("text", "who", "title", "surface", "name"), _SENSES
_NO_WORDS = "-"
"""The word of a scored field without words. Lucene leaves out documents that lack a field when it
computes how rare a word is and how long texts are; the embedded index counts them."""
_WHOLE = ("article", "called", "role", "another", "in", "tag", "hidden", *FACET_FIELDS)
_MAX_TERM_LENGTH = 8_000
"""Lucene refuses longer terms; nobody searches for them."""
_MAX_WORD_LENGTH = 127
"""OpenSearch splits words of more than 255 UTF-16 units."""

_SPLIT: Json = {"type": "text", "analyzer": "whitespace"}
# Without frequencies, as in the embedded index, so that both rank corrections alike.
_SPLIT_ONCE: Json = {**_SPLIT, "index_options": "docs"}
_TERM: Json = {"type": "keyword", "ignore_above": _MAX_TERM_LENGTH}
_NUMBER: Json = {"type": "long"}
_VECTOR: Json = {
    "type": "knn_vector",
    "dimension": DIMENSIONS,
    "data_type": "byte",
    "method": {"name": "hnsw", "engine": "lucene", "space_type": "cosinesimil"},
}


def settings(shards: int, replicas: int) -> Json:
    """The settings of an index. It is refreshed by whoever commits a change, never by itself."""
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",
        "max_result_window": MAX_RESULTS,
        # For so long, a writer that was stopped cannot bring back what another has deleted since.
        "gc_deletes": "1h",
    }


def claims_mapping(*, with_vectors: bool = False) -> Json:
    """The mapping of the index of claims. `vocabulary` has the words for corrections, and `seq` the
    change with which a claim was indexed. `with_vectors` needs the k-NN plugin."""
    properties = {
        "id": _TERM,
        **dict.fromkeys((*_STEMS, *_WORDS), _SPLIT),
        "surface": _SPLIT_ONCE,
        **dict.fromkeys(_WHOLE, _TERM),
        "vocabulary": {**_TERM, "index": False},
        **dict.fromkeys(("day", "order", "oldest", "seq", "statement"), _NUMBER),
        "weight": {"type": "double", "index": False},
        **({"vector": _VECTOR} if with_vectors else {}),
    }
    return {"dynamic": False, "_source": {"enabled": False}, "properties": properties}


def articles_mapping() -> Json:
    """The mapping of the index of articles, which also has the document of the index's state."""
    properties = {
        "id": _TERM,
        **dict.fromkeys(("title", "outlet", *_SENSES), _SPLIT),
        **dict.fromkeys(("in", "tag", "hidden"), _TERM),
        **dict.fromkeys(("day", "order"), _NUMBER),
    }
    return {"dynamic": False, "_source": {"includes": ["state.*"]}, "properties": properties}


def claim_document(entry: ClaimEntry, seq: int) -> Json:
    """Create the document of one claim."""
    texts = list(documents.field_texts(entry))
    fields = _tokens(texts)
    if entry.seen_only_by is None:
        # Nobody's query is corrected to a word that only hidden claims have.
        fields["surface"] = [_join(split_words(text)) for field, text in texts if field == "text"]
        fields["vocabulary"] = sorted(documents.vocabulary_words(entry))
    _fill(fields, _SCORED)
    fields["hidden"] += hidden_terms(entry.seen_only_by)
    day, order, oldest = numbers(entry.claim_id, entry.published_on)
    facets = zip(FACET_FIELDS, facet_values(entry), strict=True)
    return {
        **fields,
        **{field: value for field, value in facets if value},
        **({"day": day} if day else {}),
        "id": entry.claim_id,
        "article": entry.article_id,
        "order": order,
        "oldest": oldest,
        "statement": statement(entry),
        "weight": weight(entry),
        "seq": seq,
    }


def article_document(article: Headline) -> Json:
    """Create the document of one article."""
    fields = _tokens(headlines.field_texts(article))
    _fill(fields, _ARTICLE_SCORED)
    day, order, _ = numbers(article.article_id, article.published_on)
    return {
        **fields,
        **({"day": day} if day else {}),
        "id": article.article_id,
        "order": order,
    }


def field_term(field: str, word: str) -> str:
    """The term that a word, stem or whole value has in a field."""
    return word[:_MAX_WORD_LENGTH] if field in _SPLIT_FIELDS else word


def _tokens(texts: Iterable[tuple[str, str]]) -> defaultdict[str, list[str]]:
    values: defaultdict[str, list[str]] = defaultdict(list)
    for field, text in texts:
        if field in _STEMS:
            values[field].append(_join(list(map(stem, split_words(text)))))
        elif field in _WORDS:
            values[field].append(_join(split_words(text)))
        elif field in _SENSES:  # which are separated by spaces already
            values[field].append(_join(text.split()))
        else:
            values[field].append(text)
    return values


def _join(words: Sequence[str]) -> str:
    if max(map(len, words), default=0) > _MAX_WORD_LENGTH:
        words = [word[:_MAX_WORD_LENGTH] for word in words]
    return " ".join(words)


def _fill(values: defaultdict[str, list[str]], fields: Iterable[str]) -> None:
    """Give each of these fields a word if it has none."""
    for field in fields:
        if not any(values[field]):
            values[field] = [_NO_WORDS]
