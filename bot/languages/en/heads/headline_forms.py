"""Patterns that tell headlines from other lines."""

import re

ABBREVIATION = re.compile(
    r"(?:\b[A-Za-z]\.(?:[A-Za-z]\.)+|\b(?:inc|ltd|corp|co|jr|sr|etc|plc|st)\.)$", re.IGNORECASE
)
UNFINISHED_ENDING = re.compile(
    r"(?:[,:;&/–—-]|\b(?:a|an|the|of|in|on|at|to|for|from|by|with|as|and|or|but|that|than|after"
    r"|before|over|into|its|his|her|their|is|are|was|were|will|be|who|which|while|above|amid"
    r"|among|against|because|between|despite|during|if|since|under|until|when|without))$",
    re.IGNORECASE,
)
