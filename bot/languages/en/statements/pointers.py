"""Patterns for a content that only refers to a statement elsewhere: "the claim"."""

import re

from bot.languages.en.lexicon.negation import STATEMENT_NOUN

POINTER = re.compile(
    r"(?:there )?(?:(?:in|to) )?(?:(?:all|any|both|none) of )?"
    r"(?:it|this|that|these|those|them"
    r"|(?:the|that|this|these|those|his|her|its|their|such|both|all)(?: \w+)?"
    rf" (?:{STATEMENT_NOUN}))"
    r"(?: (?:all|entirely|outright|flatly|on \w+))*"
)
_OWNED_NOUN = rf"(?:\w+ )?(?:{STATEMENT_NOUN}|versions?|explanations?|denials?|remarks?)"
OWNED_POINTER = re.compile(
    rf"\W*(?:(?:in|to|with|all|any|both|none|of) )*(?:(?P<owner>\w[^,;:.!?“”\"]*?)"
    rf"(?:['’]s|(?<=s)['’]) {_OWNED_NOUN}"
    rf"|(?:the|all) {_OWNED_NOUN} (?:made |given )?(?:by|from) (?P<maker>\w[^,;:.!?“”\"]*?))"
    r"(?: (?:of events|as \w+|entirely|outright|flatly|on \w+))*\W*",
    re.IGNORECASE,
)
"""Words that only refer to what somebody said: "the ministry's account", "Okoro's claims"."""
POSSESSIVE = re.compile(r"\w(?:['’]s|s['’])\s")
"""The end of a possessor: "Orr's lawyer"."""
