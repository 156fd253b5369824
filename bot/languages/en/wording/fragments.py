"""Words by which a part of a sentence leans on what stands around it."""

from __future__ import annotations

import re

CONNECTIVE = re.compile(
    r"(?:(?:but|and|yet|so|or)\s+|(?:however|meanwhile|nevertheless|still|moreover|instead|indeed"
    r"|in fact|also|then|for example),\s+)(?=\S)",
    re.IGNORECASE,
)
"""How a sentence begins that goes on from the one before it."""
UNFINISHED_ENDING = re.compile(
    r"\b(?:a|an|the|to|of|for|in|on|at|by|with|from|during|and|or|but|as|that|which|who|whose|its"
    r"|his|their|our|my|your|than)[^\w”\"»’)]*$",
    re.IGNORECASE,
)
"""Words after which more is to come, if anything does."""
ELLIPTICAL_ENDING = re.compile(
    r"\b(?:had|has|have|been|was|were|is|are|did|does|do|would|could|can|will|might|may|must|should"
    r"|not|so|what|why|when|where|how|whom|which)[^\w”\"»’]*$",
    re.IGNORECASE,
)
"""Words after which something goes without saying, for it was said before: "denied that he had"."""
