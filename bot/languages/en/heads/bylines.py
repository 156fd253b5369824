"""Patterns for bylines."""

import re

BYLINE = re.compile(
    r"(?:(?:words?|text|story|report(?:ing|ed)?|written|interview|analysis|column|comment|opinion"
    r"|review|compiled|posted|published|filed|produced)\s+by|by|von|par|por)\b[:\s]\s*(?P<who>.+)|words\s*:\s*(?P<words>.+)"
    r"|from\s+(?P<from>our\b.+|.+\s+in\s+.+)",
    re.IGNORECASE,
)
_ROLE = (
    r"(?:correspondents?|reporters?|editors?|writers?|columnists?|journalists?|critics?|staff"
    r"|contributors?|bureau(?:\s+chief)?|commentators?|freelancers?|team|desk|agenc(?:y|ies))"
)
TRAILING_ROLE = re.compile(rf"\b{_ROLE}$", re.IGNORECASE)
ROLE = re.compile(rf"\b{_ROLE}\b", re.IGNORECASE)
NAME_SEPARATOR = re.compile(r"\s*(?:,\s*(?:and\b|&)|\band\b|&|\bwith\b|,)\s*", re.IGNORECASE)
TRAILING_PLACE = re.compile(r"\s+(?:in|at|for|from)\s+(?=[^\W\d_a-z]|the\b).*?(?=\s+and\s|\s*&|$)")
LEADING_ROLE = re.compile(rf"^.*?\b{_ROLE}\b,?\s+(?=\S+\s+\S+$)", re.IGNORECASE)
NAME_PARTICLES = "al bin da das de del della der di dos du el ibn la le ten ter van von y zu"
