"""How one source quotes or cites another."""

from __future__ import annotations

import re

from bot.languages.en.extraction.edges import PHRASE

FARTHEST_NAME = 90  # characters before "according to A" in which B stands
WHO = rf"(?P<who>{PHRASE}{{2,60}}?)"
CLAUSE_END = r"\s*(?:,|(?<!\b[A-Z])\.(?:\s|$)|\.?$)"
# Each is matched right after the words that it belongs to, never looked for.
QUOTED = re.compile(
    rf"\s+(?:also\s+|later\s+)?(?:quote[sd]|cite[sd])\s+{WHO}"
    r"\s+(?:as\s+saying\b|and\s+(?:reported|wrote|said)\b)"
)
CITING = re.compile(
    rf"[^,;:.“”\"]{{0,30}},?\s(?:citing|quoting)\s+{WHO}"
    rf"(?={CLAUSE_END}|\s+(?:that|as\s+saying)\b)"
)
QUOTED_BY = re.compile(rf",\s+(?:as\s+)?quoted\s+by\s+{WHO}(?={CLAUSE_END})")
ACCORDING = re.compile(rf",\s+according\s+to\s+{WHO},\s+")
BEFORE_ACCORDING = re.compile(
    rf"(?:^|[;:—“\"]\s?|\bthat\s)(?P<who>{PHRASE}{{2,60}}),\s+according\s+to\s+$"
)
IN_CONTENT = re.compile(
    rf"{PHRASE}{{2,{FARTHEST_NAME}}}(?P<link>,\s+according\s+to\s+{WHO})(?:,\s+(?=\S)|$)"
)
WAS_QUOTED = re.compile(
    rf"\s+(?:was|were|is|are)\s+quoted\s+(?:as\s+saying\s+)?by\s+{WHO}"
    rf"(?={CLAUSE_END}|\s+as\s+saying\b)"
)
