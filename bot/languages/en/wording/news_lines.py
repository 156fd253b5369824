"""Patterns with which a digest selects claims."""

import re

SPEECH_CUE = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|according to|wr(?:ite|ites|ote)|add(?:s|ed)"
    r"|announce[sd]?|argue[sd]?|claim(?:s|ed)?|conclude[sd]?|confirm(?:s|ed)?|den(?:y|ies|ied)"
    r"|estimate[sd]?|insist(?:s|ed)?|report(?:s|ed)?|state[sd]|testif(?:y|ies|ied)|warn(?:s|ed)?)\b",
    re.IGNORECASE,
)
"""Cues of speech; the content of other cues may be only a name, which says little on its own."""
INCOMPLETE_START = re.compile(
    r"(?:and|as|but|for|of|or|to|which|who|whom|whose|with)\b|\S+ …"
    # Outside quotation marks, "he" is usually the speaker.
    r"|(?:[\"“‘']|'')(?:[Hh](?:e|is)|[Ss]he|[Ii]t|[Tt]hey|[Tt]heir|[Tt]h(?:at|is|ose))\b"
)
"""The start of a content whose subject is missing or named in the sentence before."""
