"""Patterns for abbreviations whose full stop does not end a sentence."""

import re

ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|mx|dr|prof|rev|hon|gen|col|capt|lt|sgt|maj|cmdr|adm|sen|rep|gov|pres|st|mt|"
    r"ft|jr|sr|vs|etc|inc|ltd|corp|co|no|nos|vol|fig|approx|est|dept|univ|assn|jan|feb|mar|apr|jun|"
    r"jul|aug|sept?|oct|nov|dec|e\.g|i\.e|a\.k\.a)|\b[a-z]|\b(?:[a-z]\.)+[a-z])\.$",
    re.IGNORECASE,
)
# These may end a sentence, which they do if a SENTENCE_OPENER follows.
SENTENCE_END_ABBREVIATION = re.compile(
    r"\b(?:[a-z]\.)+[a-z]\.$|\b(?:etc|inc|ltd|corp|co|jr|sr)\.$", re.IGNORECASE
)
NUMBER_ABBREVIATION = re.compile(r"\b(?:nos?|vol|fig)\.$", re.IGNORECASE)
"""Abbreviations only before a number: "No. 10", but "she said no"."""
SENTENCE_OPENER = re.compile(
    r"\s+(?:The|A|An|In|On|At|He|She|It|They|We|But|And|This|That|These|Those|After|Before|When|"
    r"While|According|However|Meanwhile|For|As|If|There)\b"
)
