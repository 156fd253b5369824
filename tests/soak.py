"""How much is tried: a part of it in `make test`, all of it in `make soak`."""

from __future__ import annotations

import os

SOAK = os.environ.get("SOAK") == "1"
FEWER, MORE = 2, 10
"""A property test has this part of its examples in `make test`, and so many times as many in a
soak, each time others."""


def examples(number: int) -> int:
    """How many examples a property test tries, of which so many would do."""
    return MORE * number if SOAK else max(5, number // FEWER)
