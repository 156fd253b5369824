"""Patterns for one source quoting or citing another, and for speakers labelled as content."""

import re

from bot.languages.en.extraction.span_edges import NAME_CHARACTER

MAX_NAME_DISTANCE = 90  # in characters, between B and ", according to A"
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
ACCORDING_IN_CONTENT = re.compile(
    rf"{NAME_CHARACTER}{{2,{MAX_NAME_DISTANCE}}}(?P<link>,\s+according\s+to\s+{_SOURCE})(?:,\s+(?=\S)|$)"
)
WAS_QUOTED_BY = re.compile(
    rf"\s+(?:was|were|is|are)\s+quoted\s+(?:as\s+saying\s+)?by\s+{_SOURCE}"
    rf"(?={_CLAUSE_END}|\s+as\s+saying\b)"
)
ENDS_QUOTED_BY = re.compile(r"\b(?:quoted|cited)\b.*\bby$")
TRAILING_CITING = re.compile(r"\b(?:citing|quoting)\s+$")
CUE_VERB = re.compile(r"(?:has\s|have\s|had\s)?(?P<verb>\w+)(?=\s+\S)")
SPEAKER_AND_CUE = re.compile(
    r"(?P<who>[^,;:.“”\"\s]+(?:\s[^,;:.“”\"\s]+){0,5})\s(?P<cue>(?:has\s|have\s|had\s)?\w+)\s+"
)
THAT_PREFIX = "that "
ASKED = re.compile(
    r"(?:^|(?<=[.?!,”\"] )|(?<=\n)|(?<=\band )|(?<=\bbut )|(?<=\b[Ww]hen ))"
    r"(?P<cue>[Aa]sked)\s(?:(?:on|by|through|at|in|after)\s(?:[\w’'-]+\s){1,4}?)?"
    r"(?:on\s)?(?P<content>(?:about|whether|if|what|how|why|when|where|who)\b[^“”\".;:?!,]{3,200}),"
)
"""A question before its answer: "Asked whether it leaks, Falk said"."""
SUBJECT = re.compile(r"\b(?P<who>I|[Ww]e|[Hh]e|[Ss]he|[Tt]hey)\s+$")
"""A pronoun right before a cue, which can only be its subject."""
BYLINE = re.compile(r"(?:^|\n)\W*(?:[Ii]nterview(?:ed)? |[Ww]ords )?[Bb]y:?\s$")
INTERVIEWS = re.compile(
    r",?\s(?:asks|asked|meets|met|interviews|interviewed|visits|visited|(?:sat|sits) down with"
    r"|(?:caught|catches) up with)\b"
)
"""After a name: shows that the person asks the questions of an interview."""
