"""How much is tried: a part of it in `make test`, all of it in `make soak`."""

from __future__ import annotations

import os

SOAK = os.environ.get("SOAK") == "1"
MORE = 10
"""How many times as many examples a property test has in a soak, each time others."""


def examples(number: int) -> int:
    """How many examples a property test tries, for which so many are enough in `make test`."""
    return MORE * number if SOAK else number
