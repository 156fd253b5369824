"""Find secrets in texts: tokens and keys by their form, other values by their names.

tests/supply/test_leaks.py reads every tracked file with it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

FORMS = {
    "a Slack token": r"\bxox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{20,}|\bxapp-[A-Za-z0-9-]{20,}",
    "a Slack webhook": r"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Z0-9]{8,}/\S{8,}",
    "a private key": r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----",
    "an AWS key": r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b",
    "a Google key": r"\bAIza[A-Za-z0-9_-]{35}",
    "a GitHub token": r"\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_[A-Za-z0-9_]{60,}",
    "a PyPI or npm token": r"\bpypi-AgE[A-Za-z0-9_-]{50,}|\bnpm_[A-Za-z0-9]{36}\b",
    "a Sentry address": r"https://[0-9a-f]{32}(?::[0-9a-f]{32})?@",
}
"""What secrets look like, by what they are."""

_ASSIGNMENT = re.compile(
    r"(?:secret|token|passw(?:or)?d|credential|api_?key|access_?key|private_?key)\w*"
    r"[\"']?\s*(?::\s*\w+\s*)?(?:=>|[:=])\s*[bru]{0,2}[\"']?([A-Za-z0-9+/_~.-]{16,}={0,2})",
    re.IGNORECASE,
)
_PASSWORD_IN_URL = re.compile(r"\b[a-z][a-z+]{2,20}://[^\s/:@]{1,64}:([^\s/:@?{}$]{8,})@")
MIN_ENTROPY = 3.0
"""Bits per character. Of random keys with 16 letters and digits, or 32 hexadecimal digits, fewer
than one in a hundred has less; names and words seldom have digits in them and more."""


def find_leaks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line number of each secret and what it is, but never the secret itself."""
    for kind, form in FORMS.items():
        for match in re.finditer(form, text):
            yield _line(text, match.start()), kind
    for pattern in (_ASSIGNMENT, _PASSWORD_IN_URL):
        for match in pattern.finditer(text):
            if _is_random(match[1]):
                yield _line(text, match.start()), "a value that looks random"


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _is_random(value: str) -> bool:
    """Tell whether letters and digits are mixed as in a key: many kinds, in no order."""
    if not (re.search(r"\d", value) and re.search(r"[A-Za-z]", value)):
        return False
    counts = Counter(value).values()
    entropy = -sum(n / len(value) * math.log2(n / len(value)) for n in counts)
    return entropy >= MIN_ENTROPY
