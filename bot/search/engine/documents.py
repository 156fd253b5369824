"""The index document of a claim, field by field, in every kind of index.

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
         type: act: stance: named: lang: has: and JOINED
hidden   of a claim that not everyone may see: HIDDEN, and each viewer who may see it
day      the publication date's ordinal; undated claims have none
order    newer first, then by a hash of the id: breaks ties and orders answers to bare filters
oldest   older first, undated claims last, for sort:first
weight   encodes the factor of the text's score: bot/search/engine/ranking.py
statement the number of the statement that it reports; some number of its own if it shares none
by_…     speaker, outlet, month and type as displayed, to be counted as facets
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from bot.model import PIECE_SEPARATOR, ClaimEntry, SourceKind
from bot.model.statement import statement_ids
from bot.search import roles
from bot.search.engine.ranking import is_uninformative, weigh
from bot.search.engine.words import name_words, normalise, words
from bot.search.text_features import has_date, has_figure
from bot.text.unnamed import is_unnamed

FORMAT = 14
"""Increases whenever fields or analysis change; an index of another format is rebuilt."""

FACETS = ("speaker", "outlet", "month", "type")
FACET_FIELDS = tuple(f"by_{name}" for name in FACETS)
_SOURCE_KIND_VALUES: dict[SourceKind, str] = {
    "named": "yes",
    "described": "described",
    "unnamed": "no",
}
"""The kinds of source, each with the value that is typed after named:."""

HIDDEN = "hidden"
"""The term of everything that not everyone may see."""

JOINED = "joined"
"""The tag of claims that report a statement which another claim has founded."""

_UNDATED_LAST = 1 << 52

# The claims of an archive share many values: caching saves 0.7 s for a hundred thousand claims.
_normalise_cached = lru_cache(maxsize=10_000)(normalise)
_weight = lru_cache(maxsize=10_000)(lambda *args, **kwargs: weigh(*args, **kwargs).total)


class Numbers(NamedTuple):
    """The numbers of a claim or an article; `day` is 0 if it is undated."""

    day: int
    order: int
    oldest: int


def numbers(id_: str, published_on: date | None) -> Numbers:
    """The numbers by which a claim or an article is sorted and filtered."""
    day = published_on.toordinal() if published_on else 0
    order = day << 32 | zlib.crc32(id_.encode())
    return Numbers(day, order, (_UNDATED_LAST if day else 0) - order)


def statement(entry: ClaimEntry) -> int:
    """The number of the statement that a claim reports."""
    return statement_ids(entry.claim_id)[0] if entry.statement is None else entry.statement


def weight(entry: ClaimEntry) -> float:
    """The factor of a claim's score (bot/search/engine/ranking.py)."""
    return _weight(
        entry.source_kind,
        entry.type,
        entry.published_on,
        is_uninformative=is_uninformative(
            entry.text, entry.kind, entry.stance, negative=entry.negative
        ),
        is_thought=entry.act == "thought",
    )


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
        kind = _SOURCE_KIND_VALUES.get(entry.source_kind, "no")
        yield tag("named", kind)
        if kind == "described" and _is_unnamed(entry):
            yield tag("named", "no")
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
    if entry.statement not in (None, *statement_ids(entry.claim_id)):
        yield JOINED
    if entry.language:
        yield tag("lang", entry.language.partition("-")[0].lower())


def _is_unnamed(entry: ClaimEntry) -> bool:
    """Whether a described source is shown as "(unnamed)": "a neighbour", but not "the minister"."""
    return not entry.guess and is_unnamed(entry.source_kind, entry.speaker or entry.source or "")


def facet_values(entry: ClaimEntry) -> tuple[str | None, ...]:
    """The claim's values in `FACET_FIELDS`."""
    month = entry.published_on.isoformat()[:7] if entry.published_on else None
    kind = entry.type if entry.kind == "attribution" else entry.kind
    return entry.speaker, entry.outlet, month, kind


def _distinct_names(*names: str | None) -> Iterable[str]:
    return dict.fromkeys(name for name in names if name)
