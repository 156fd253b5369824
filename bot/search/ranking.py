"""What a claim weighs beside its words: the better sourced, the more direct and the newer, gently.

    score = text × source × wording × date

`text` is BM25 of the words asked for. The rest is fixed when a claim is indexed, so that ranking a
million claims costs one multiplication each:

- source: 1.06 for a named source, 1.03 for a described one, else 1
- wording: 1.04 for direct, 1.02 for mixed, else 1
- date: 2 ** (years since 2000 / 40): each year between two claims is worth 1.7 %, ten years 19 %.
  Before 1960 and after 2040 it stays at 0.5 and 2; undated claims count as of 2000.
"""

from __future__ import annotations

import math
from datetime import date
from typing import NamedTuple

from bot.model import AttributionType, SourceKind

_SOURCE: dict[SourceKind, float] = {"named": 1.06, "described": 1.03}
_WORDING: dict[AttributionType | None, float] = {"direct": 1.04, "mixed": 1.02}
_EPOCH = date(2000, 1, 1)
_DAYS_TO_DOUBLE = 40 * 365.25
_LEAST, _MOST = 0.5, 2.0


class Weight(NamedTuple):
    """The factors by which a claim's text score is multiplied."""

    source: float
    wording: float
    date: float

    @property
    def whole(self) -> float:
        """All of them multiplied."""
        return math.prod(self)


def weight(
    source_kind: SourceKind, type_: AttributionType | None, published_on: date | None
) -> Weight:
    """Weigh a claim by who is said to have said it, in whose words, and when it was published."""
    days = (published_on - _EPOCH).days if published_on else 0
    dated = min(_MOST, max(_LEAST, 2 ** (days / _DAYS_TO_DOUBLE)))
    return Weight(_SOURCE.get(source_kind, 1.0), _WORDING.get(type_, 1.0), dated)
