"""Patterns for deciding whether a sentence is clear without its context."""

import re

# "It was, in April", "she had not.": the sentence before says what.
ELLIPSIS = re.compile(
    r"\b(?:it|he|she|they|that|there) (?:was|were|is|are|had|has|have|did|does|do|would|will|could"
    r"|can|might|may)(?: not|n[’']t)?(?=[,.;]|\s*$)",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(
    r"\b(?:I|[Mm]e|[Mm]y|mine|[Ww]e|us|[Oo]urs?|[Mm]yself|[Oo]urselves)\b(?!\.)"
)
PRONOUN = re.compile(
    r"\b(?:(?P<he>he|him|his|himself)|(?P<she>she|her|hers|herself)"
    r"|(?P<several>they|them|their|theirs|themselves)|(?P<thing>it|its|itself)"
    r"|(?P<pointing>(?:this|these)(?!\s+(?:week|month|year|morning|afternoon|evening|spring|summer"
    r"|autumn|winter|weekend|time)\b)|those(?!\s+(?:who|of|with|in|from|whose|that|\w+ing|\w+ed)\b)"
    # Not a relative pronoun: "that is untrue", "comment on that", "by that account".
    r"|(?:^|(?<=, )|(?<=and )|(?<=but )|(?<=whether ))that(?=\s+(?:is|was|are|were|has|had|would"
    r"|will|could|can|may|might|must|did|does)\b)|that(?=[,.;]|\s*$|\s+as\b"
    r"|\s+(?!\w+(?:ed|s)\b)\w+\W*$)"
    r"|(?:(?<=\bof )|(?<=\bto )|(?<=\bby )|(?<=\bon )|(?<=\bin )|(?<=\bat )|(?<=\bfor ))that"
    r"|(?:(?<=said )|(?<=says )|(?<=told us ))that(?=\s+(?:is|was|are|were)\b)|ones?(?=[,.;]|\s*$)"
    r"|that(?=\s+(?:account|view|suggestion|allegation|accusation|assertion|criticism)\b)"
    r"|such(?=\s+(?!as\b)[a-z])|the (?:latter|others)|(?:some|all|both|many|most|none|neither)"
    r"(?=\s+(?:had|have|has|were|was|are|is|did|do|would|could|will)\b)))\b",
    re.IGNORECASE,
)
FEMININE = re.compile(r"(?:she|hers?|herself|mrs|ms|miss|dame|lady)\b", re.IGNORECASE)
MASCULINE = re.compile(r"(?:he|his|him|himself|mr|sir|lord)\b", re.IGNORECASE)
EXPLETIVE = re.compile(
    r"it(?:['’]s|\s+(?:is|was|would be|will be|had been|has been|may be|might be|could be))\s+"
    r"(?:\w+ly\s+)?(?:said|thought|believed|reported|understood|expected|feared|hoped|claimed"
    r"|known|clear|likely|unlikely|possible|impossible|important|necessary|time|too (?:early|late)"
    r"|hard|difficult|easy|up to|not (?:clear|possible|known))\b"
    r"|it(?:['’]s|\s+(?:is|was|would be|will be))\s+(?:(?!\w+ed\b)\w+\s+|“…”\s+){1,2}"
    r"(?:for \w+ )?(?:that|to)\b",
    re.IGNORECASE,
)
# "Cited it as an example", "accused her of sleeping": "it" and "her" are not the speaker.
OBJECT_PRONOUN = re.compile(
    r"\W*(?:him|them|(?:it|her)(?=\s+(?:a|an|the|as|to|of|for|with|in|on|by|at|from|and|ahead|back|out|up|down|off)\b|\W*$))\b",
    re.IGNORECASE,
)
# A noun or name that a later pronoun may refer to.
SINGULAR_NAME = re.compile(
    r"\b(?:the|an?|his|her|their|its|every|each|another|no|any)\s+(?!(?:latter|same|other)\b)\w+",
    re.IGNORECASE,
)
NAME = re.compile(
    r"\b(?!(?:The|A|An|In|On|At|But|And|If|One|Some|Both|All|Others|Neither|None)\b)[A-Z][\w’'-]+"
)
PLURAL_NAME = re.compile(
    r"\b(?:some|most|many|all|both|either|several|two|three|four|five|six|more than|\d+)\s+\w+"
    r"|\b(?!was|has|does|less|this)\w{2,}[^su\W]s\b|\b(?:people|police|men|women|children)\b"
)
COMPANY_ENDING = re.compile(
    r"\b(?:\w+als|energy|water|rail|industries|holdings|motors|airlines|airways|systems|partners"
    r"|group|fund|inc|ltd|plc|llc|corp|co)\.?$",
    re.IGNORECASE,
)
# After such a speaker, "he" is usually the person they speak for.
REPRESENTATIVE = re.compile(
    r"\b(?:spokes\w+|lawyers?|solicitors?|barristers?|attorneys?|agents?|aides?|offices?|advis[eo]rs?"
    r"|representatives?|campaign)\b",
    re.IGNORECASE,
)
# The words that may precede "he" at the start of a content.
WORDS_BEFORE_SUBJECT = re.compile(
    r"(?:(?:that|whether|if|how|why|when|while|although|because|and|but|to his knowledge),?\s+)*",
    re.IGNORECASE,
)
GROUP_NOUN = re.compile(r"\b(?:crew|team|family|couple|pair|staff|public|jury)$", re.IGNORECASE)
PLURAL_SUBJECT = re.compile(
    r"(?:[^s’']s|people|police|men|children)$|\sand\s|^(?:they|we)$|^(?:(?:nearly|almost|about|around"
    r"|more than|at least|up to)\s)?(?:an? (?:majority|number|minority|handful)|both|some|many"
    r"|most|few|several|others|dozens|hundreds|thousands|\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve)(?:\s|$)",
    re.IGNORECASE,
)
NOUN_END = re.compile(
    r",|\s(?:of|for|in|at|on|by|from|to|with|that|who|which|close|familiar|\w+ed)\s", re.IGNORECASE
)
REPORTED_PRONOUN = re.compile(r"\b(?:that|said|says|told|whether)\s+s?he\b")
"""A pronoun for the speaker in the content: "Hallas said he"."""
SINGLE_PRONOUN = re.compile(r"he|she|it|they|who|which|we|i", re.IGNORECASE)
"""Matches a text that consists of a pronoun."""
