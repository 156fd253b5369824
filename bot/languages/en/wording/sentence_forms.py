"""Patterns for taking a claim out of its sentence."""

import re

# Words before a cue that leave open whether it was said: "if he says", "did he say".
EMBEDDING_WORD = re.compile(
    r"\b(?:that|whether|when|whenever|if|unless|until|lest|than|how|why|what|whom|did|does|do|has|had|have|will"
    r"|would|could|should|can|might|may|nor|neither|without|not)\s*$",
    re.IGNORECASE,
)
# Words between a source and its verb that belong to the verb.
VERB_MODIFIERS = re.compile(
    r"(?:(?:\w+ly|also|then|later|too|further|again|once|still|now|even|never|often|always|has"
    r"|have|had|would|will|could|can|may|might|must|should|did|does|do|not|is|are|was|were|been"
    r"|being|(?:at|on|in) (?:the )?\w+)\b\s*)*",
    re.IGNORECASE,
)
# Between a source and its verb: "on Wednesday denied".
TIME_PHRASE = re.compile(r"(?:at|on|in) (?:the )?\w+\s+")
NEXT_VERB_START = re.compile(
    r"(?:[,)–—-]|\b(?:and|but|or|who|which|then|yet))(?:\s*(?:even|also|then|later|\w+ly))?\s*$",
    re.IGNORECASE,
)
THIRD_PERSON_OBJECT = re.compile(
    r"\b(?:him|them|it|her(?!\s+(?!about|at|by|for|from|how|in|last|on|that|this|to|what|whether|why)"
    r"[a-z]))\b",
    re.IGNORECASE,
)
# First words that are capitalised only at the start of a sentence, and start a clause.
CAPITALISED_NON_NAME = re.compile(
    r"(?:the|an?|there|it|its|he|his|she|her|they|their|some|many|most|no|all|about|more|any|every"
    r"|each|this|these|those|such|nobody|everybody|nothing)\b",
    re.IGNORECASE,
)
# Words that continue or start a phrase, not a clause: "[that they say] is a camp", "dismissed that
# account as fantasy".
NON_CLAUSE_START = re.compile(
    r"(?:is|was|are|were|has|have|had|will|would|could|can|may|might|must|should|that|this|these"
    r"|those)\b",
    re.IGNORECASE,
)
# "“He said no,” she said": only the context says who he is.
QUOTED_PRONOUN = re.compile(r"[“\"‘']+(?:He|She|They|Him|Her|Them)\b")
# Words before a claim that only say when or where; others may change what it says ("in a doctored
# video", "for eight days").
ADVERBIAL_LEAD = re.compile(
    r"(?:(?:late |early )?(?:on|in|at|by|this|last|earlier|later|yesterday|today|then|also"
    r"|meanwhile)\b"
    r"(?:(?!\b(?:no|video|film|dream|novel|play|spoof|satire|joke|world)\b)[^,;])*)",
    re.IGNORECASE,
)
# The speaker of a whole sentence: "she believes that it leaks, her officials say".
TRAILING_ATTRIBUTION = re.compile(
    r",\s+[^,.;]{0,60}\b(?:sa(?:y|ys|id)|told|according to|reported|recalled|claims?|claimed)\b"
)
# Words after a claim that change what it says: "falling, but not fast enough".
CONTRAST = re.compile(
    r"[,;–—\s-]*(?:but|though|although|yet|unless|except|while|whereas|however|only|if|until)\b",
    re.IGNORECASE,
)
CONTENT_START = re.compile(r"\s*(?:that\b|[:,])")
SEPARATED_THAT = re.compile(r"\s*,\s+that\b")
"""Separates a content from a passive verb: "made by Marsh, and widely reported, that"."""
