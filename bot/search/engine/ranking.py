"""What a claim weighs beside its words: the better sourced, the more direct and the newer, gently.

    score = text × source × wording × content × date

`text` is BM25 of the words asked for. The rest is fixed when a claim is indexed, so that ranking a
million claims costs one multiplication each:

- source: 1.06 for a named source, 1.03 for a described one, else 1
- wording: 1.04 for direct, 1.02 for mixed, else 1
- content: 0.3 for stumps, else 1: what was not said ("declined to comment on the wall"), and
  attributions of one word that tells something ("it was warned"), or two of a denial
- date: 2 ** (years since 2000 / 40): each year between two claims is worth 1.7 %, ten years 19 %.
  Before 1960 and after 2040 it stays at 0.5 and 2; undated claims count as of 2000.
"""

from __future__ import annotations

import math
from datetime import date
from typing import NamedTuple

from bot.model import AttributionType, ClaimKind, Hit, SourceKind, Stance
from bot.search.engine.words import words
from bot.search.tokenized import STOP_WORDS

_SOURCE: dict[SourceKind, float] = {"named": 1.06, "described": 1.03}
_WORDING: dict[AttributionType | None, float] = {"direct": 1.04, "mixed": 1.02}
_STUMP = 0.3
"""BM25 makes up to three times more of three words than of sixty."""
_LONGEST_STUMP = 60
"""Characters; a longer content is taken to tell something, and isn't cut into words for it."""
SCALE = 8.0
"""Makes the least weight (0.3 of 0.5) more than 1."""
_EPOCH = date(2000, 1, 1)
_DAYS_TO_DOUBLE = 40 * 365.25
_LEAST, _MOST = 0.5, 2.0


class Weight(NamedTuple):
    """The factors by which a claim's text score is multiplied."""

    source: float
    wording: float
    content: float
    date: float

    @property
    def whole(self) -> float:
        """All of them multiplied."""
        return math.prod(self)


def weight(
    source_kind: SourceKind,
    type_: AttributionType | None,
    published_on: date | None,
    *,
    is_stump: bool,
) -> Weight:
    """Weigh a claim by who is said to have said it, in whose words, whether that `is_stump`, and
    when it was published."""
    days = (published_on - _EPOCH).days if published_on else 0
    dated = min(_MOST, max(_LEAST, 2 ** (days / _DAYS_TO_DOUBLE)))
    content = _STUMP if is_stump else 1.0
    return Weight(_SOURCE.get(source_kind, 1.0), _WORDING.get(type_, 1.0), content, dated)


def score_factors(hit: Hit) -> dict[str, float]:
    """What a hit's score is the product of, each by its name; empty where no words were asked for,
    and of what was found by its meaning."""
    if hit.by_meaning or not hit.score:
        return {}
    claim = hit.claim
    stump = is_stump(claim.text, claim.kind, claim.stance, negative=claim.negative)
    weighed = weight(claim.source_kind, claim.type, hit.article.published_on, is_stump=stump)
    return {"text": hit.score / weighed.whole, **weighed._asdict()}


def stored(whole: float) -> float:
    """What to store for a whole weight, for scores `SCALE` times too high: tantivy-py multiplies
    them by log2(2 + the field), and takes a field below 0 for 0."""
    return float(2.0 ** (SCALE * whole) - 2.0)


def applied(field: float) -> float:
    """The whole weight, from what is stored for it."""
    return math.log2(2.0 + field) / SCALE


def is_stump(text: str, kind: ClaimKind, stance: Stance | None, *, negative: bool) -> bool:
    """Whether a content tells next to nothing: what an attribution has cut off from a question or
    an accusation ("it was warned", "the account"), or what was `negative`, so not said at all."""
    if kind != "attribution" or negative:
        return kind == "attribution"
    if len(text) > _LONGEST_STUMP:
        return False
    telling = [word for word in words(text) if word not in STOP_WORDS]
    return len(telling) <= (2 if stance == "denied" else 1)
