"""Names of newspapers, other bodies and places, by words that persons' names do not have."""

from __future__ import annotations

import re

_OUTLET = re.compile(
    r"\b(?:advertiser|agency|argus|broadcasting|bulletin|chronicle|citizen|courier|daily|dispatch"
    r"|echo|enquirer|examiner|gazette|globe|guardian|herald|independent|inquirer|journal|ledger"
    r"|mercury|newspapers?|news|newswire|observer|post|press|radio|sentinel|standard|telegraph|times"
    r"|tribune|weekly|wire)$",
    re.IGNORECASE,
)
# These end headlines, too, so no more than one word may stand before them.
_IN_TWO_WORDS = re.compile(
    r"\b(?:digital|express|eye|insider|leader|live|magazine|mail|media|mirror|monitor|network|now"
    r"|online|record|register|review|star|sun|today|tv|voice|watch)$",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:agency|association|authority|bank|board|college|commission|committee|company|council"
    r"|department|federation|foundation|group|hospital|inc|institute|limited|ltd|ministry|museum"
    r"|office|party|plc|police|service|services|society|trust|union|university)\.?$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:abu|addis|buenos|cape|east|fort|hong|kuala|lake|las|los|lower|mount|new|north|phnom|port|rio"
    r"|saint|san|santa|south|sri|st\.?|tel|upper|west)\s.*"
    r"|.*\s(?:airport|avenue|bay|beach|city|county|district|falls|harbou?r|islands?|peninsula"
    r"|province|quay|region|road|springs|square|street|town|valley)",
    re.IGNORECASE,
)
_SMALL = ("of", "and", "the", "&", "for")


def is_outlet(line: str) -> bool:
    """Whether a line is the name of a newspaper or an agency."""
    words = line.split()
    if not 2 <= len(words) <= 5 or any(word[0].islower() and word not in _SMALL for word in words):
        return False
    has_article = words[0].lower() == "the"
    if _IN_TWO_WORDS.search(line):
        return len(words) == 2 + has_article
    is_long = len(words) > 3 and not has_article and not line.isupper()
    return bool(_OUTLET.search(line)) and not is_long


def is_organisation(line: str) -> bool:
    """Whether a line is the name of a body that sends out press releases."""
    words = line.split()
    is_capitalised = all(word[0].isupper() or word in _SMALL for word in words)
    return 1 < len(words) <= 7 and is_capitalised and bool(_BODY.search(line))


def is_place(line: str) -> bool:
    """Whether a line is more likely the name of a place than of a person."""
    return bool(_PLACE.fullmatch(line))
