"""The index document of a claim, field by field.

id       the claim's id
article  its article's id, by which its claims are removed
text     the content's stems
title    the stems of its article's title, for title:, shared words, and any word with less weight
who      the stems of the speaker, the printed source, the cue and the speaker's roles
name     speaker and source, unstemmed, for by:
called   speaker and source as one term each, for by: with a name whose aliases are known
role     the names of the speaker's roles, one term each, for by: with a role
another  other people's roles in speaker and source ("the mayor's aide"), one term each
via      the words of the people or outlets that passed the claim on, for via:
outlet   the outlet's words, for in:
in       the outlet as one term, for in: with a known name
surface  the content's words unstemmed, once each: the vocabulary for spelling correction
tag      type, act, stance, kind of source, language and features of the text, one term each, for
         type: act: stance: named: lang: has:
hidden   of a claim that not everyone may see: HIDDEN, and each viewer who may see it
day      the publication date's ordinal; undated claims have none
order    newer first, then by a hash of the id: breaks ties and orders answers to bare filters
oldest   older first, undated claims last, for sort:first
weight   encodes the factor of the text's score: bot/search/engine/ranking.py
by_…     speaker, outlet, month and type as displayed, to be counted as facets
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import tantivy

from bot.model import PIECE_SEPARATOR, ClaimEntry, SourceKind
from bot.search import roles
from bot.search.engine.ranking import is_uninformative, to_weight_field, weigh
from bot.search.engine.words import name_words, normalise, words
from bot.search.text_features import has_date, has_figure

FORMAT = 11
"""Increases whenever fields or analysis change; an index of another format is rebuilt."""

FACETS = ("speaker", "outlet", "month", "type")
_FACET_FIELDS = tuple(f"by_{name}" for name in FACETS)
_SOURCE_KIND_VALUES: dict[SourceKind, str] = {
    "named": "yes",
    "described": "described",
    "unnamed": "no",
}
"""The kinds of source, each with the value that is typed after named:."""

HIDDEN = "hidden"
"""The term of everything that not everyone may see."""

_UNDATED_LAST = 1 << 52

# The claims of an archive share many values: caching saves 0.7 s for a hundred thousand claims.
_normalise_cached = lru_cache(maxsize=10_000)(normalise)
_weight_field = lru_cache(maxsize=10_000)(
    lambda *args, **kwargs: to_weight_field(weigh(*args, **kwargs).total)
)


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
"""The name, tokenizer and index option of each text field."""


def _schema() -> tantivy.Schema:
    # Tantivy numbers the fields in this order, so a change of the order needs a new `FORMAT`.
    fields = tantivy.SchemaBuilder()
    fields.add_bytes_field("id", stored=True, indexed=True)
    for name, tokenizer, option in _TEXT_FIELDS:
        fields.add_text_field(name, tokenizer_name=tokenizer, index_option=option)
    for name in ("day", "order", "oldest"):
        fields.add_integer_field(name, fast=True)
    fields.add_float_field("weight", fast=True)
    for name in _FACET_FIELDS:
        fields.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    return fields.build()


SCHEMA = _schema()


def document(entry: ClaimEntry) -> tantivy.Document:
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
    for field, value in zip(_FACET_FIELDS, _facet_values(entry), strict=True):
        if value:
            out.add_text(field, value)
    day = entry.published_on.toordinal() if entry.published_on else 0
    if day:
        out.add_integer("day", day)
    order = day << 32 | zlib.crc32(entry.claim_id.encode())
    out.add_integer("order", order)
    out.add_integer("oldest", (_UNDATED_LAST if day else 0) - order)
    weight = _weight_field(
        entry.source_kind,
        entry.type,
        entry.published_on,
        is_uninformative=is_uninformative(
            entry.text, entry.kind, entry.stance, negative=entry.negative
        ),
        is_thought=entry.act == "thought",
    )
    out.add_float("weight", weight)
    return out


def field_texts(entry: ClaimEntry) -> Iterator[tuple[str, str]]:
    """Yield the fields that are searched for a claim, with their folded text.

    Each value of a field is a text of its own, so that no phrase matches across two pieces.
    """
    for piece in entry.text.split(PIECE_SEPARATOR):
        yield "text", normalise(piece)
    for printed_name in _distinct_names(entry.speaker, entry.source):
        folded_name, name_term = _fold_name(printed_name)
        yield "who", folded_name
        yield "name", folded_name
        yield "called", name_term
        for term in roles.other_roles(printed_name):
            yield "another", term
    names = f"{entry.speaker} {entry.source}".casefold()
    for role in entry.roles or ():
        if role.casefold() not in names:
            yield "who", _normalise_cached(role)
        for term in roles.role_terms(role):
            yield "role", term
    if entry.cue:
        yield "who", _normalise_cached(entry.cue)
    if entry.title:
        yield "title", _normalise_cached(entry.title)
    for name in entry.via or ():
        yield "via", normalise(name)
    if entry.outlet:
        folded_outlet, outlet_term = _fold_name(entry.outlet)
        yield "outlet", folded_outlet
        yield "in", outlet_term
    for term in _tags(entry):
        yield "tag", term


@lru_cache(maxsize=100_000)
def _fold_name(name: str) -> tuple[str, str]:
    """Fold a name for search by words, and into one term for search as a whole."""
    return normalise(name), " ".join(name_words(name))


def vocabulary_words(entry: ClaimEntry) -> set[str]:
    """The words of a claim in the fields surface and name; none if not everyone may see it."""
    if entry.seen_only_by is not None:
        return set()
    texts = (entry.text, entry.speaker or "", entry.source or "")
    return {word for text in texts for word in words(text)}


def hidden_terms(seen_only_by: Sequence[str] | None) -> Sequence[str]:
    """The terms that hide a claim or an article from all but some viewers."""
    return () if seen_only_by is None else (HIDDEN, *map(viewer_term, seen_only_by))


def viewer_term(viewer: str) -> str:
    """The term of what a viewer may see although it is hidden from others."""
    return f"{HIDDEN}:{viewer}"


def tag(operator: str, value: str) -> str:
    """The tag for an operator and its value."""
    return f"{operator}:{value}"


def _tags(entry: ClaimEntry) -> Iterator[str]:
    if entry.kind != "attribution":
        yield tag("type", entry.kind)
    else:
        # "It is said" names nobody either.
        yield tag("named", _SOURCE_KIND_VALUES.get(entry.source_kind, "no"))
        # A speaker who declined to say something has not said it.
        if entry.source_kind != "none" and not entry.negative:
            yield tag("has", "speaker")
        if entry.type:
            yield tag("type", entry.type)
        yield tag("act", entry.act or "speech")
    # "Declined to confirm" confirms nothing, and "did not dispute" is not a denial.
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


def _distinct_names(*names: str | None) -> Iterable[str]:
    return dict.fromkeys(name for name in names if name)
