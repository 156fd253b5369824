"""Whether words can stand alone: nobody whom they mean has to be looked for around them. Pure."""

from __future__ import annotations

import re

from bot.model import Claim
from bot.text.quotes import quotations
from bot.wording.who import is_body, name_of

FIRST_PERSON = re.compile(r"\b(?:I|me|my|mine|we|us|our|ours|myself|ourselves)\b(?!\.)")
PRONOUN = re.compile(
    r"\b(?:(?P<person>he|him|his|himself|she|her|hers|herself)"
    r"|(?P<several>they|them|their|theirs|themselves)|(?P<thing>it|its|itself)"
    r"|(?P<pointing>this|these|those|that(?=\s+(?:is|was|are|were|has|had|would|will|could|can"
    r"|may|might|must|did|does|as|\w+$)\b)))\b",
    re.IGNORECASE,
)
EXPLETIVE = re.compile(
    r"it(?:['’]s|\s+(?:is|was|would be|will be|had been|has been|may be|might be|could be))\s+"
    r"(?:\w+ly\s+)?(?:said|thought|believed|reported|understood|expected|feared|hoped|claimed"
    r"|known|clear|likely|unlikely|possible|impossible|important|necessary|time|too (?:early|late)"
    r"|hard|difficult|easy|up to|not (?:clear|possible|known))\b",
    re.IGNORECASE,
)
# Words that name nothing to which a pronoun behind them could point.
NAMES_NOTHING = re.compile(
    r"a|an|the|and|or|but|if|when|while|as|that|which|who|whether|there|here|not|no|only|just|even"
    r"|also|in|on|at|of|to|for|from|with|by|about|after|before|since|because|although|though|is|are"
    r"|was|were|be|been|has|have|had|do|does|did|will|would|could|can|may|might|must|should|how"
    r"|why|what|where|so|than|then",
    re.IGNORECASE,
)
COMPANY = re.compile(
    r"\b(?:\w+als|energy|water|rail|industries|holdings|motors|airlines|airways|systems|partners"
    r"|group|inc|ltd|plc|llc|corp|co)\.?$",
    re.IGNORECASE,
)
SEVERAL = re.compile(
    r"(?:[^s’']s|people|police|men|children)$|^(?:they|we|both|some|many|few|several|others)$",
    re.IGNORECASE,
)
BEHIND_NOUN = re.compile(
    r",|\s(?:of|for|in|at|on|by|from|to|with|that|who|which|close|familiar)\s", re.IGNORECASE
)


def is_clear(text: str, claim: Claim | None) -> bool:
    """Whether words outside quotation marks have no pronoun that stands for somebody whom they do
    not name, nor the speaker of their `claim`."""
    bare = unquoted(text)
    if FIRST_PERSON.search(bare):
        return False
    for found in PRONOUN.finditer(bare):
        before = re.findall(r"[^\W_]+", bare[: found.start()])
        if any(not NAMES_NOTHING.fullmatch(word) for word in before):
            return True
        if found["thing"] and EXPLETIVE.match(bare, found.start()):
            return True
        return claim is not None and _is_speakers(found, claim)
    return True


def are_several(who: str) -> bool:
    """Whether words name more than one person or body, as far as their form tells."""
    return bool(SEVERAL.search(BEHIND_NOUN.split(who)[0].strip()))


def unquoted(text: str) -> str:
    """A text with “…” in place of each quotation."""
    out, at = "", 0
    for start, end in quotations(text):
        out += f"{text[at:start]} “…” "
        at = end
    return out + text[at:]


def _is_speakers(found: re.Match[str], claim: Claim) -> bool:
    """Whether a pronoun can be that of the speaker."""
    if found["pointing"]:
        return False
    who, printed = name_of(claim) or "", (claim.source or "").casefold()
    several = claim.source_kind != "named" and are_several(who)
    body = is_body(who) or bool(COMPANY.search(who))
    if found["several"]:
        return several or body or printed in ("they", "who")
    if found["thing"]:
        return printed == "it" or (not several and (body or who.startswith("the ")))
    if printed in ("he", "she"):
        is_woman = found["person"].casefold() in ("she", "her", "hers", "herself")
        return is_woman == (printed == "she")
    return not several and not body
