"""Verbs and links around a source that stands in the wrong place."""

from __future__ import annotations

import re

QUOTED_BY = re.compile(r"\b(?:quoted|cited)\b.*\bby$")
CITING = re.compile(r"\b(?:citing|quoting)\s+$")
VERB = re.compile(r"(?:has\s|have\s|had\s)?(?P<verb>\w+)(?=\s+\S)")
SPEAKS = re.compile(
    r"(?P<who>[^,;:.“”\"\s]+(?:\s[^,;:.“”\"\s]+){0,5})\s(?P<cue>(?:has\s|have\s|had\s)?\w+)\s+"
)
THAT = "that "
