"""Patterns for finding a speaker that the tagger labelled as something else."""

import re

QUOTED_BY = re.compile(r"\b(?:quoted|cited)\b.*\bby$")
TRAILING_CITING = re.compile(r"\b(?:citing|quoting)\s+$")
CUE_VERB = re.compile(r"(?:has\s|have\s|had\s)?(?P<verb>\w+)(?=\s+\S)")
SPEAKER_AND_CUE = re.compile(
    r"(?P<who>[^,;:.“”\"\s]+(?:\s[^,;:.“”\"\s]+){0,5})\s(?P<cue>(?:has\s|have\s|had\s)?\w+)\s+"
)
THAT_PREFIX = "that "
