"""Names of newspapers and agencies, by the words with which they end."""

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
