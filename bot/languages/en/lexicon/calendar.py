"""The names of weekdays and months, as data."""

from __future__ import annotations

_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
_MONTHS = (
    "january february march april june july august september october november december "
    "jan feb apr jun jul aug sept oct nov dec"
)
MONTHS = frozenset(_MONTHS.split())
DATES = MONTHS | frozenset(_WEEKDAYS.split())
