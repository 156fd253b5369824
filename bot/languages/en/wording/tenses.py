"""Verbs with which something is said, by tense."""

from __future__ import annotations

import re

AUXILIARY = re.compile(
    r"(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|must|should"
    r"|cannot)(?:n[’']t)?|(?:wo|ca)n[’']t",
    re.IGNORECASE,
)
# All past forms that do not end in -ed, of verbs that report.
PAST = re.compile(
    r"said|told|wrote|found|thought|felt|knew|made|gave|took|went|held|heard|read|put|set|let|cut"
    r"|spoke|swore|showed|saw|understood|forbade|began|came|got|kept|left|led|met|paid|ran|sent"
    r"|sought|drew|brought|laid|rose|fell|chose|broke|struck|threw|hit|stood|stuck|taught|won"
    r"|withdrew|foresaw|foretold|retold|forgot|forgave|dealt|bet|cast|bid|bore|bade|shot|sang",
    re.IGNORECASE,
)
NO_VERB = re.compile(r"[’']s?\s")
"""How a cue begins whose source owns it: "Hallas's repeated claim"."""
LABELS = re.compile(r"(?:en)?titled|headed|dated|named|based", re.IGNORECASE)
"""Participles behind a noun: "a letter titled"."""
# Participles of which readable() would make no word.
NO_REGULAR = re.compile(
    r"seeking|drawing|bringing|leading|paying|laying|lying|beginning|running|coming|getting|meeting"
    r"|casting|hitting|sending|leaving|keeping|rising|falling|choosing|breaking|striking|throwing"
    r"|standing|teaching|winning|dealing|betting|bidding|bearing|letting|cutting|being|having"
    r"|doing|shooting|singing",
    re.IGNORECASE,
)
# Verbs before "that", with those to whom it was said.
SAYS = re.compile(
    r"(?:(?:has|have|had|also|later|then|\w+ly)\s+)*(?:sa(?:id|ys?)|add(?:ed|s)?|t(?:old|ells?)\s"
    r"|stat(?:ed|es?)|claim(?:ed|s)?|warn(?:ed|s)?|announc(?:ed|es?)|report(?:ed|s)?|insist(?:ed|s)?"
    r"|argu(?:ed|es?)|not(?:ed|es?)|explain(?:ed|s)?|estimat(?:ed|es?)|confirm(?:ed|s)?"
    r"|believe[ds]?|wr(?:ote|ites?)|predict(?:ed|s)?|testified|conced(?:ed|es?)|acknowledged?s?"
    r"|show(?:ed|s)?|suggest(?:ed|s)?|found|finds?)\b",
    re.IGNORECASE,
)
BESIDE = re.compile(
    r"(?:\w+ly|also|then|later|too|further|again|once|still|now|even|never|often|always|no|longer)",
    re.IGNORECASE,
)
