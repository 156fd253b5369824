"""Compare two readings of a page by how well its lines follow each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.ingest.formats.pdf.lines import Line

_MIN_DIFFERENCE = 3
_MIN_SHARE = 0.08
"""A reading is worse than another if at least so many lines, of all, follow a line wrongly there
but not in the other."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_MID_SENTENCE_END = re.compile(r"(?:[,;]|\b[^\W\d_A-Z]{1,3}|[^\W\d_][-\u00ad])$")


def is_worse(lines: Sequence[Line], other_lines: Sequence[Line]) -> bool:
    """Whether a reading of a page has clearly more broken sentences than another reading of it."""
    difference = _count_breaks(lines) - _count_breaks(other_lines)
    return difference >= max(_MIN_DIFFERENCE, _MIN_SHARE * len(lines))


def _count_breaks(lines: Sequence[Line]) -> int:
    """Count the lines that do not go on where the line before them ends.

    After the end of a sentence, a line does not start in lower case; after a comma or a short word,
    it does not start in upper case as often.
    """
    return sum(_is_broken(line.text, next_line.text) for line, next_line in pairwise(lines))


def _is_broken(text: str, next_text: str) -> bool:
    if _SENTENCE_END.search(text):
        return next_text[:1].islower()
    return next_text[:1].isupper() and bool(_MID_SENTENCE_END.search(text))
