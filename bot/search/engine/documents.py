"""What is indexed of a claim, field by field.

id       the claim's id
article  its article's id, by which it is removed again
text     the content's stems
title    the stems of its article's title, for title:, plain search and, for less, all words
who      the stems of the speaker, of the source as printed, of the cue, and of what the speaker is
name     the first two, unstemmed, for by:
called   the same two as one word each, for by: with a name whose aliases are known
role     what the speaker is, each thing that this is called as one word, for by: with a role
another  the roles in speaker and source that are another's ("the mayor's aide"), also one word each
via      the words of whoever passed it on, for via:
outlet   the outlet's words, for in:
in       the same as one word, for in: with a name that is known
surface  the content's words as they stand, once each: the vocabulary for slips
tag      type, stance, kind of source, language and what the text holds, one word each, for type:
         stance: named: lang: has:
day      the publication date's ordinal; undated claims have none
order    newer first, then by a hash of the id: breaks ties and orders answers to bare filters
oldest   the same the other way round, undated claims last, for sort:first
weight   stands for what the text's score is multiplied by: bot/search/engine/ranking.py
by_…     speaker, outlet, month and type as they are shown, to be counted as facets
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

import tantivy

from bot.model import PIECE_SEPARATOR, ClaimEntry, SourceKind
from bot.search import roles
from bot.search.engine.ranking import is_stump, stored, weight
from bot.search.engine.words import name_words, normalise, words
from bot.search.text_features import has_date, has_figure

FORMAT = 9
"""Counts up whenever fields or analysis change; an index of another format is built anew."""

FACETS = ("speaker", "outlet", "month", "type")
_FACET_FIELDS = tuple(f"by_{name}" for name in FACETS)
NAMED_VALUES: dict[SourceKind, str] = {"named": "yes", "described": "described", "unnamed": "no"}
"""The kinds of source, as named: asks for them."""

_LAST = 1 << 52

# What claims of one archive share many times over: indexing a hundred thousand takes 0.7 s less.
_normal_again = lru_cache(maxsize=10_000)(normalise)
_weight = lru_cache(maxsize=10_000)(lambda *parts, **stump: stored(weight(*parts, **stump).whole))


def _schema() -> tantivy.Schema:
    fields = tantivy.SchemaBuilder()
    fields.add_bytes_field("id", stored=True, indexed=True)
    fields.add_text_field("article", tokenizer_name="raw", index_option="basic")
    fields.add_text_field("text", tokenizer_name="stems")
    fields.add_text_field("title", tokenizer_name="stems")
    fields.add_text_field("who", tokenizer_name="stems")
    fields.add_text_field("name", tokenizer_name="plain")
    fields.add_text_field("called", tokenizer_name="raw", index_option="basic")
    fields.add_text_field("role", tokenizer_name="raw", index_option="basic")
    fields.add_text_field("another", tokenizer_name="raw", index_option="basic")
    fields.add_text_field("via", tokenizer_name="plain")
    fields.add_text_field("outlet", tokenizer_name="plain")
    fields.add_text_field("in", tokenizer_name="raw", index_option="basic")
    fields.add_text_field("surface", tokenizer_name="plain", index_option="basic")
    fields.add_text_field("tag", tokenizer_name="raw", index_option="basic")
    fields.add_integer_field("day", fast=True)
    fields.add_integer_field("order", fast=True)
    fields.add_integer_field("oldest", fast=True)
    fields.add_float_field("weight", fast=True)
    for name in _FACET_FIELDS:
        fields.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    return fields.build()


SCHEMA = _schema()


def document(entry: ClaimEntry) -> tantivy.Document:
    """Make the index document of one claim."""
    out = tantivy.Document()
    out.add_bytes("id", entry.claim_id.encode())
    out.add_text("article", entry.article_id)
    for field, text in field_texts(entry):
        out.add_text(field, text)
        if field == "text":
            out.add_text("surface", text)
    for field, value in zip(_FACET_FIELDS, _facet_values(entry), strict=True):
        if value:
            out.add_text(field, value)
    day = entry.published_on.toordinal() if entry.published_on else 0
    if day:
        out.add_integer("day", day)
    order = day << 32 | zlib.crc32(entry.claim_id.encode())
    out.add_integer("order", order)
    out.add_integer("oldest", (_LAST if day else 0) - order)
    stump = is_stump(entry.text, entry.kind, entry.stance, negative=entry.negative)
    weighed = _weight(entry.source_kind, entry.type, entry.published_on, is_stump=stump)
    out.add_float("weight", weighed)
    return out


def field_texts(entry: ClaimEntry) -> Iterator[tuple[str, str]]:
    """What is searched of a claim, folded, each with its field. Several values of one field stand
    apart, so that no phrase is found across two pieces."""
    for piece in entry.text.split(PIECE_SEPARATOR):
        yield "text", normalise(piece)
    for printed in _distinct(entry.speaker, entry.source):
        name, called = _name(printed)
        yield "who", name
        yield "name", name
        yield "called", called
        for one in roles.other_roles(printed):
            yield "another", one
    named = f"{entry.speaker} {entry.source}".casefold()
    for role in entry.roles or ():
        if role.casefold() not in named:
            yield "who", _normal_again(role)
        for one in roles.role_terms(role):
            yield "role", one
    if entry.cue:
        yield "who", _normal_again(entry.cue)
    if entry.title:
        yield "title", _normal_again(entry.title)
    for name in entry.via or ():
        yield "via", normalise(name)
    if entry.outlet:
        outlet, called = _name(entry.outlet)
        yield "outlet", outlet
        yield "in", called
    for one in _tags(entry):
        yield "tag", one


@lru_cache(maxsize=100_000)
def _name(printed: str) -> tuple[str, str]:
    """A name folded, and as one word."""
    return normalise(printed), " ".join(name_words(printed))


def spellings(entry: ClaimEntry) -> set[str]:
    """The words of a claim as they stand in the fields surface and name."""
    printed = (entry.text, entry.speaker or "", entry.source or "")
    return {word for text in printed for word in words(text)}


def tag(operator: str, value: str) -> str:
    """Name a tag by the operator that asks for it and the value."""
    return f"{operator}:{value}"


def _tags(entry: ClaimEntry) -> Iterator[str]:
    if entry.kind != "attribution":
        yield tag("type", entry.kind)
    else:
        # "It is said" names nobody either.
        yield tag("named", NAMED_VALUES.get(entry.source_kind, "no"))
        # Who declined to say something has not said it.
        if entry.source_kind != "none" and not entry.negative:
            yield tag("has", "speaker")
        if entry.type:
            yield tag("type", entry.type)
    # Who declined to confirm has confirmed nothing, and what was not disputed is not denied.
    if entry.stance and not entry.negative:
        yield tag("stance", entry.stance)
    if has_figure(entry.text):
        yield tag("has", "figure")
    if has_date(entry.text):
        yield tag("has", "date")
    if entry.language:
        yield tag("lang", entry.language.partition("-")[0].lower())


def _facet_values(entry: ClaimEntry) -> tuple[str | None, ...]:
    month = entry.published_on.isoformat()[:7] if entry.published_on else None
    kind = entry.type if entry.kind == "attribution" else entry.kind
    return entry.speaker, entry.outlet, month, kind


def _distinct(*names: str | None) -> Iterable[str]:
    return dict.fromkeys(name for name in names if name)
