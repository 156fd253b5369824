"""How many examples are tried: a part in `make test`, all in `make soak`."""

from __future__ import annotations

import os

SOAK = os.environ.get("SOAK") == "1"
FEWER, MORE = 2, 10
"""`make test` runs a property test with its examples divided by FEWER, a soak with MORE times as
many, different each time."""


def examples(number: int) -> int:
    """Return how many examples a property test tries, for a nominal `number`."""
    return MORE * number if SOAK else max(5, number // FEWER)
