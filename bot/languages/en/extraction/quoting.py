"""Patterns for one source quoting or citing another, and for speakers labelled as content."""

import re

from bot.languages.en.extraction.capitals import CAPITALISED_WORD

MAX_NAME_DISTANCE = 90  # in characters, between B and ", according to A"
NAME_CHARACTER = r"(?:[^,;:.“”\"]|(?<=\b[A-Z])\.)"
"""A character of a name or description; clause-ending punctuation is excluded."""
_SOURCE = rf"(?P<who>{NAME_CHARACTER}{{2,60}}?)"
_CLAUSE_END = r"\s*(?:,|(?<!\b[A-Z])\.(?:\s|$)|\.?$)"
# Each pattern is matched right after the source or cue, never searched for.
QUOTES_SOURCE = re.compile(
    rf"\s+(?:also\s+|later\s+)?(?:quote[sd]|cite[sd])\s+{_SOURCE}"
    r"\s+(?:as\s+saying\b|and\s+(?:reported|wrote|said)\b)"
)
CITES_SOURCE = re.compile(
    rf"[^,;:.“”\"]{{0,30}},?\s(?:citing|quoting)\s+{_SOURCE}"
    rf"(?={_CLAUSE_END}|\s+(?:that|as\s+saying)\b)"
)
QUOTED_BY = re.compile(rf",\s+(?:as\s+)?quoted\s+by\s+{_SOURCE}(?={_CLAUSE_END})")
ACCORDING_TO = re.compile(rf",\s+according\s+to\s+{_SOURCE},\s+")
SOURCE_BEFORE_ACCORDING = re.compile(
    rf"(?:^|[;:—“\"]\s?|\bthat\s)(?P<who>{NAME_CHARACTER}{{2,60}}),\s+according\s+to\s+$"
)
WAS_QUOTED_BY = re.compile(
    rf"\s+(?:was|were|is|are)\s+quoted\s+(?:as\s+saying\s+)?by\s+{_SOURCE}"
    rf"(?={_CLAUSE_END}|\s+as\s+saying\b)"
)
ASKED = re.compile(
    r"(?:^|(?<=[.?!,”\"] )|(?<=\n)|(?<=\band )|(?<=\bbut )|(?<=\b[Ww]hen ))"
    r"(?P<cue>[Aa]sked)\s(?:(?:on|by|through|at|in|after)\s(?:[\w’'-]+\s){1,4}?)?"
    r"(?:on\s)?(?P<content>(?:about|whether|if|what|how|why|when|where|who)\b[^“”\".;:?!,]{3,200}),"
)
"""A question before its answer: "Asked whether it leaks, Falk said"."""
BYLINE = re.compile(r"(?:^|\n)\W*(?:[Ii]nterview(?:ed)? |[Ww]ords )?[Bb]y:?\s$")
ENDS_QUOTED_BY = re.compile(r"\b(?:quoted|cited)\b.*\bby$")
LAST_NAME = re.compile(rf",[”’\"']*\s+(?P<name>{CAPITALISED_WORD}(?: {CAPITALISED_WORD}){{0,3}})$")
"""A name between content and cue: "It leaks, [Ida Falk] was quoted by"."""
