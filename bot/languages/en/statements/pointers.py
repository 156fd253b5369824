"""Pattern for a content that only refers to a statement elsewhere: "the claim"."""

import re

from bot.languages.en.lexicon.negation import STATEMENT_NOUN

POINTER = re.compile(
    r"(?:there )?(?:(?:in|to) )?(?:(?:all|any|both|none) of )?"
    r"(?:it|this|that|these|those|them"
    r"|(?:the|that|this|these|those|his|her|its|their|such|both|all)(?: \w+)?"
    rf" (?:{STATEMENT_NOUN}))"
    r"(?: (?:all|entirely|outright|flatly|on \w+))*"
)
