"""The schemas of the Tantivy indexes of claims and of articles, and their documents."""

from __future__ import annotations

from functools import lru_cache

import tantivy

from bot.model import ClaimEntry, Headline
from bot.search.engine import headlines
from bot.search.engine.documents import (
    FACET_FIELDS,
    facet_values,
    field_texts,
    hidden_terms,
    numbers,
    statement,
    weight,
)
from bot.search.engine.ranking import to_weight_field

_TEXT_FIELDS = (
    ("article", "raw", "basic"),
    ("text", "stems", "position"),
    ("title", "stems", "position"),
    ("who", "stems", "position"),
    ("name", "plain", "position"),
    ("called", "raw", "basic"),
    ("role", "raw", "basic"),
    ("another", "raw", "basic"),
    ("via", "plain", "position"),
    ("outlet", "plain", "position"),
    ("in", "raw", "basic"),
    ("surface", "plain", "basic"),
    ("tag", "raw", "basic"),
    ("hidden", "raw", "basic"),
)
"""The name, tokenizer and index option of each text field of a claim."""

# The claims of an archive share many weights.
_to_weight_field = lru_cache(maxsize=10_000)(to_weight_field)


# Tantivy numbers fields in the order in which they are added, so a change of the order needs a new
# `FORMAT`.


def _claims_schema() -> tantivy.Schema:
    fields = tantivy.SchemaBuilder()
    fields.add_bytes_field("id", stored=True, indexed=True)
    for name, tokenizer, option in _TEXT_FIELDS:
        fields.add_text_field(name, tokenizer_name=tokenizer, index_option=option)
    for name in ("day", "order", "oldest"):
        fields.add_integer_field(name, fast=True)
    fields.add_integer_field("statement", fast=True, indexed=True)
    fields.add_float_field("weight", fast=True)
    for name in FACET_FIELDS:
        fields.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    return fields.build()


def _articles_schema() -> tantivy.Schema:
    fields = tantivy.SchemaBuilder()
    fields.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    fields.add_text_field("title", tokenizer_name="stems")
    for name in ("headline", "lead", "from", "outlet"):
        fields.add_text_field(name, tokenizer_name="plain")
    for name in ("in", "tag", "hidden"):
        fields.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("day", "order"):
        fields.add_integer_field(name, fast=True)
    return fields.build()


CLAIMS_SCHEMA, ARTICLES_SCHEMA = _claims_schema(), _articles_schema()


def claim_document(entry: ClaimEntry) -> tantivy.Document:
    """Create the index document of one claim."""
    out = tantivy.Document()
    out.add_bytes("id", entry.claim_id.encode())
    out.add_text("article", entry.article_id)
    for field, text in field_texts(entry):
        out.add_text(field, text)
        # Nobody's query is corrected to a word that only hidden claims have.
        if field == "text" and entry.seen_only_by is None:
            out.add_text("surface", text)
    for term in hidden_terms(entry.seen_only_by):
        out.add_text("hidden", term)
    for field, value in zip(FACET_FIELDS, facet_values(entry), strict=True):
        if value:
            out.add_text(field, value)
    day, order, oldest = numbers(entry.claim_id, entry.published_on)
    if day:
        out.add_integer("day", day)
    out.add_integer("order", order)
    out.add_integer("oldest", oldest)
    out.add_integer("statement", statement(entry))
    out.add_float("weight", _to_weight_field(weight(entry)))
    return out


def article_document(article: Headline) -> tantivy.Document:
    """Create the index document of one article."""
    out = tantivy.Document()
    out.add_text("id", article.article_id)
    for field, text in headlines.field_texts(article):
        out.add_text(field, text)
    day, order, _ = numbers(article.article_id, article.published_on)
    if day:
        out.add_integer("day", day)
    out.add_integer("order", order)
    return out
