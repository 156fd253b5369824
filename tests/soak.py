"""The number of examples of property tests: few in `make test`, many in `make soak`."""

from __future__ import annotations

import os

SOAK = os.environ.get("SOAK") == "1"
TEST_DIVISOR, SOAK_FACTOR = 3, 10
"""`make test` divides the nominal number of examples by TEST_DIVISOR; a soak multiplies it by
SOAK_FACTOR, and tries new ones in each run."""


def examples(number: int) -> int:
    """Return how many examples a property test tries, for a nominal `number`."""
    return SOAK_FACTOR * number if SOAK else max(5, number // TEST_DIVISOR)
