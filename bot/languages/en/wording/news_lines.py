"""Cues and contents, as a digest chooses among them."""

from __future__ import annotations

import re

SPEECH_CUE = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|according to|wr(?:ite|ites|ote)|add(?:s|ed)"
    r"|announce[sd]?|argue[sd]?|claim(?:s|ed)?|conclude[sd]?|confirm(?:s|ed)?|den(?:y|ies|ied)"
    r"|estimate[sd]?|insist(?:s|ed)?|report(?:s|ed)?|state[sd]|testif(?:y|ies|ied)|warn(?:s|ed)?)\b",
    re.IGNORECASE,
)
"""Cues of speech: others may have a name for content, which says little without its sentence."""
INCOMPLETE_START = re.compile(
    r"(?:and|as|but|for|of|or|to|which|who|whom|whose|with)\b|\S+ …"
    # Outside quotation marks "he" is mostly the speaker.
    r"|(?:[\"“‘']|'')(?:[Hh](?:e|is)|[Ss]he|[Ii]t|[Tt]hey|[Tt]heir|[Tt]h(?:at|is|ose))\b"
)
"""How a content begins that lacks its subject, or whose subject the sentence before names."""
