"""Small ranking boosts for claims that are better sourced, more direct or newer.

    score = text × source × wording × content × date

`text` is the BM25 score of the query's words. The other factors are fixed when a claim is indexed,
so that ranking costs one multiplication a claim:

- source: 1.06 for a named source, 1.03 for a described one, else 1
- wording: 1.04 for direct, 1.02 for mixed, else 1
- content: 0.3 for uninformative content, 0.4 for a thought, else 1. Content is uninformative if it
  was not said ("declined to comment on the wall"), or has at most one word that is not a stop word
  ("it was warned"), or at most two in a denial
- date: 2 ** (years since 2000 / 40): a claim scores 1.7 % higher than one a year older, and 19 %
  higher than one ten years older. It is at least 0.5 (before 1960) and at most 2 (after 2040);
  undated claims have 1.
"""

from __future__ import annotations

import math
from datetime import date
from typing import NamedTuple

from bot.model import AttributionType, ClaimKind, Hit, SourceKind, Stance
from bot.search.engine.words import words
from bot.search.tokenized import STOP_WORDS

_SOURCE_FACTORS: dict[SourceKind, float] = {"named": 1.06, "described": 1.03}
_WORDING_FACTORS: dict[AttributionType | None, float] = {"direct": 1.04, "mixed": 1.02}
_UNINFORMATIVE_FACTOR = 0.3
"""Offsets BM25, which scores a text of three words up to three times higher than one of sixty."""
_THOUGHT_FACTOR = 0.4
"""Puts what people are said to think behind what they said."""
_MAX_UNINFORMATIVE_LENGTH = 60
"""Characters; longer content is assumed to be informative, to save splitting it into words."""
SCALE = 8.0
"""Factor of all weights in the index; it makes even the smallest weight (0.3 × 0.5) exceed 1."""
_EPOCH = date(2000, 1, 1)
_DAYS_TO_DOUBLE = 40 * 365.25
_MIN_DATE_FACTOR, _MAX_DATE_FACTOR = 0.5, 2.0


class Weight(NamedTuple):
    """The factors by which a claim's text score is multiplied."""

    source: float
    wording: float
    content: float
    date: float

    @property
    def total(self) -> float:
        """The product of the factors."""
        return math.prod(self)


def weigh(
    source_kind: SourceKind,
    type_: AttributionType | None,
    published_on: date | None,
    *,
    is_uninformative: bool,
    is_thought: bool,
) -> Weight:
    """Weigh a claim by its source, its wording, its content and its publication date."""
    days = (published_on - _EPOCH).days if published_on else 0
    date_factor = min(_MAX_DATE_FACTOR, max(_MIN_DATE_FACTOR, 2 ** (days / _DAYS_TO_DOUBLE)))
    return Weight(
        source=_SOURCE_FACTORS.get(source_kind, 1.0),
        wording=_WORDING_FACTORS.get(type_, 1.0),
        content=_content_factor(is_uninformative=is_uninformative, is_thought=is_thought),
        date=date_factor,
    )


def _content_factor(*, is_uninformative: bool, is_thought: bool) -> float:
    if is_uninformative:
        return _UNINFORMATIVE_FACTOR
    return _THOUGHT_FACTOR if is_thought else 1.0


def score_factors(hit: Hit) -> dict[str, float]:
    """The factors of a hit's score, by name; empty if it was found by filters alone or by
    meaning."""
    if hit.by_meaning or not hit.score:
        return {}
    claim = hit.claim
    weight = weigh(
        claim.source_kind,
        claim.type,
        hit.article.published_on,
        is_uninformative=is_uninformative(
            claim.text, claim.kind, claim.stance, negative=claim.negative
        ),
        is_thought=claim.act == "thought",
    )
    return {"text": hit.score / weight.total, **weight._asdict()}


def to_weight_field(weight: float) -> float:
    """The field value with which tantivy-py multiplies a score by `SCALE` × `weight`.

    It multiplies by log2(2 + the field), and treats a negative field as 0.
    """
    return float(2.0 ** (SCALE * weight) - 2.0)


def from_weight_field(field: float) -> float:
    """The weight that a field value encodes."""
    return math.log2(2.0 + field) / SCALE


def is_uninformative(text: str, kind: ClaimKind, stance: Stance | None, *, negative: bool) -> bool:
    """Whether an attribution's content says next to nothing by itself.

    It was not said at all (`negative`), or is a fragment of a question or an accusation ("it was
    warned", "the account").
    """
    if kind != "attribution":
        return False
    if negative:
        return True
    if len(text) > _MAX_UNINFORMATIVE_LENGTH:
        return False
    informative_words = [word for word in words(text) if word not in STOP_WORDS]
    return len(informative_words) <= (2 if stance == "denied" else 1)
