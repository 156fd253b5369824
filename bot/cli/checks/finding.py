"""The result of a check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["ok", "note", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of checking one part; "note" means that it works, but could be better.

    The message of a problem says what is wrong and what to do.
    """

    part: str
    verdict: Verdict
    message: str
