"""Patterns for bylines."""

import re

BYLINE = re.compile(
    r"(?:(?:words?|text|story|report(?:ing|ed)?|written|interview|analysis|column|comment|opinion"
    r"|review|compiled|posted|published|filed|produced)\s+by|by|von|par|por)\b[:\s]\s*(?P<who>.+)|words\s*:\s*(?P<words>.+)"
    r"|from\s+(?P<from>our\b.+|.+\s+in\s+.+)",
    re.IGNORECASE,
)
OUTLET_OR_ROLE_ENDING = re.compile(
    r"\b(?:advertiser|agency|argus|broadcasting|bulletin|chronicle|citizen|courier|daily|dispatch"
    r"|echo|enquirer|examiner|express|gazette|globe|guardian|herald|independent|inquirer|journal|ledger"
    r"|mail|mercury|mirror|newspapers?|news|newswire|observer|post|press|radio|sentinel|standard|telegraph|times"
    r"|tribune|weekly|wire|correspondents?|reporters?|editors?|writers?|columnists?|staff|bureau|desk"
    r"|association|authority|council|department|foundation|institute|ministry|university)$",
    re.IGNORECASE,
)
NAME_SEPARATOR = re.compile(r"\s*(?:,\s*(?:and\b|&)|\band\b|&|\bwith\b|,)\s*", re.IGNORECASE)
TRAILING_PLACE = re.compile(r"\s+(?:in|at|for|from)\s+(?=[^\W\d_a-z]|the\b).*?(?=\s+and\s|\s*&|$)")
NAME_PARTICLES = "al bin da das de del della der di dos du el ibn la le ten ter van von y zu"
