"""Patterns for what is shown with the sentence before it, and for who relays it."""

import re

# "It was warned", "whether they knew": the sentence before says who.
PRONOUN_SUBJECT = re.compile(
    r"\W*(?:(?:that|whether|if|how|why|when)\s+)?"
    r"(?:(?:it|he|she|they|this|these|those)\b(?:['’]\w+)?"
    r"|that(?=\s+(?:is|was|are|were|has|had|would|will|could|can|may|might|must|did|does)\b))",
    re.IGNORECASE,
)
# "Declined to say when": the sentence before says what was asked.
BARE_INFINITIVE = re.compile(
    r"\W*to\s+\w+(?:\s+(?:how|when|where|which|who|why|so))?\W*", re.IGNORECASE
)
BACK_REFERENCE = re.compile(
    r"(?:its|his|hers?|their|both|another|others?|neither|either"
    r"|(?:one|two|three|some|most|many|several|all|none)(?: of (?:them|these|those))?$"
    r"|the (?:same|latter|former|others?|two|three|pair|trio)|(?:this|these|those|such)\b"
    r"|(?:he|she|it|they)$)(?!\w)",
    re.IGNORECASE,
)
"""A source, or its start, that refers to somebody mentioned elsewhere."""
PRONOUN_ADDRESSEE = re.compile(
    r"\b(?:t(?:old|ells?|elling)|asked|warned|assured|informed|reminded|promised)"
    r" (?:him|her|them|it)$",
    re.IGNORECASE,
)
CONNECTIVE = re.compile(
    r"(?:(?:but|and|yet|so|or)\s+|(?:however|meanwhile|nevertheless|still|moreover|instead|indeed"
    r"|in fact|also|then|for example),\s+)(?=\S)",
    re.IGNORECASE,
)
"""The start of a sentence that continues the one before it."""
UNFINISHED_ENDING = re.compile(
    r"\b(?:a|an|the|to|of|for|in|on|at|by|with|from|during|and|or|but|as|that|which|who|whose|its"
    r"|his|their|our|my|your|than)[^\w”\"»’)]*$",
    re.IGNORECASE,
)
"""A last word that needs more words after it."""
ELLIPTICAL_ENDING = re.compile(
    r"\b(?:had|has|have|been|was|were|is|are|did|does|do|would|could|can|will|might|may|must|should"
    r"|not|so|what|why|when|where|how|whom|which)[^\w”\"»’]*$",
    re.IGNORECASE,
)
"""A last word after which words are omitted because they were said before: "denied he had"."""
# Words other than a name that can refer to the reporter before the verb.
REPORTER_SUBJECT = re.compile(r"\W*(?:the|it|they|he|she)(?:\s+[a-z]+)?\s*", re.IGNORECASE)
NON_REPORTER = re.compile(r"no|nobody|none|no one|few|who|which|that|what", re.IGNORECASE)
REPORTING_VERB = re.compile(
    r"report|quot|cit|wr[io]t|sa(?:id|ys?)\b|announc|publish|told|tells", re.IGNORECASE
)
