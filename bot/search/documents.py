"""What is indexed of a claim, field by field.

id       the claim's id, stored only
article  its article's id, by which it is removed again
text     the content's stems
who      the stems of the speaker, of the source as printed, and of the cue
name     the first two, unstemmed, for by:
called   the same two as one word each, for by: with a name whose aliases are known
outlet   the outlet's words, for in:
surface  the content's words as they stand, once each: the vocabulary for slips
day      the publication date's ordinal; undated claims have none
order    newer first, then by a hash of the id: breaks ties and orders answers to bare filters
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import tantivy

from bot.model import PIECE_SEPARATOR, Entry
from bot.search.words import name_words, normal

FORMAT = 2
"""Counts up whenever fields or analysis change; an index of another format is built anew."""


def _schema() -> tantivy.Schema:
    fields = tantivy.SchemaBuilder()
    fields.add_bytes_field("id", stored=True)
    fields.add_text_field("article", tokenizer_name="raw", index_option="basic")
    fields.add_text_field("text", tokenizer_name="stems")
    fields.add_text_field("who", tokenizer_name="stems")
    fields.add_text_field("name", tokenizer_name="plain")
    fields.add_text_field("called", tokenizer_name="raw", index_option="basic")
    fields.add_text_field("outlet", tokenizer_name="plain")
    fields.add_text_field("surface", tokenizer_name="plain", index_option="basic")
    fields.add_integer_field("day", fast=True)
    fields.add_integer_field("order", fast=True)
    return fields.build()


SCHEMA = _schema()


def document(entry: Entry) -> tantivy.Document:
    """Make the index document of one claim."""
    out = tantivy.Document()
    out.add_bytes("id", entry.claim_id.encode())
    out.add_text("article", entry.article_id)
    # Several values of one field stand apart, so that no phrase is found across two pieces.
    for piece in entry.text.split(PIECE_SEPARATOR):
        content = normal(piece)
        out.add_text("text", content)
        out.add_text("surface", content)
    for printed in _distinct(entry.speaker, entry.source):
        name = normal(printed)
        out.add_text("who", name)
        out.add_text("name", name)
        out.add_text("called", " ".join(name_words(name)))
    if entry.cue:
        out.add_text("who", normal(entry.cue))
    if entry.outlet:
        out.add_text("outlet", normal(entry.outlet))
    day = entry.published_on.toordinal() if entry.published_on else 0
    if day:
        out.add_integer("day", day)
    out.add_integer("order", day << 32 | zlib.crc32(entry.claim_id.encode()))
    return out


def _distinct(*names: str | None) -> Iterable[str]:
    return dict.fromkeys(name for name in names if name)
