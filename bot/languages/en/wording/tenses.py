"""Reporting verbs by tense, and functions that put a cue into a readable form."""

from __future__ import annotations

import re

from bot.languages.en.wording.cue_forms import ACCORDING_TO

AUXILIARY_VERB = re.compile(
    r"(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|must|should"
    r"|cannot)(?:n[’']t)?|(?:wo|ca)n[’']t",
    re.IGNORECASE,
)
# Past forms of reporting verbs that do not end in -ed.
IRREGULAR_PAST = re.compile(
    r"said|told|wrote|found|thought|felt|knew|made|gave|took|went|held|heard|read|put|set|let|cut"
    r"|spoke|swore|showed|saw|understood|forbade|began|came|got|kept|left|led|met|paid|ran|sent"
    r"|sought|drew|brought|laid|rose|fell|chose|broke|struck|threw|hit|stood|stuck|taught|won"
    r"|withdrew|foresaw|foretold|retold|forgot|forgave|dealt|bet|cast|bid|bore|bade|shot|sang",
    re.IGNORECASE,
)
POSSESSIVE_START = re.compile(r"[’']s?\s")
"""The start of a cue after a possessive source: "Hallas['s repeated claim]"."""
LABEL_PARTICIPLE = re.compile(r"(?:en)?titled|headed|dated|named|based", re.IGNORECASE)
"""Participles that follow a noun: "a letter titled"."""
# Participles from which simplify_cue() would form a wrong past tense.
IRREGULAR_PARTICIPLE = re.compile(
    r"seeking|drawing|bringing|leading|paying|laying|lying|beginning|running|coming|getting|meeting"
    r"|casting|hitting|sending|leaving|keeping|rising|falling|choosing|breaking|striking|throwing"
    r"|standing|teaching|winning|dealing|betting|bidding|bearing|letting|cutting|being|having"
    r"|doing|shooting|singing",
    re.IGNORECASE,
)
# Verbs of speech, with their addressee, before "that".
SPEECH_VERB = re.compile(
    r"(?:(?:has|have|had|also|later|then|\w+ly)\s+)*(?:sa(?:id|ys?)|add(?:ed|s)?|t(?:old|ells?)\s"
    r"|stat(?:ed|es?)|claim(?:ed|s)?|warn(?:ed|s)?|announc(?:ed|es?)|report(?:ed|s)?|insist(?:ed|s)?"
    r"|argu(?:ed|es?)|not(?:ed|es?)|explain(?:ed|s)?|estimat(?:ed|es?)|confirm(?:ed|s)?"
    r"|believe[ds]?|wr(?:ote|ites?)|predict(?:ed|s)?|testified|conced(?:ed|es?)|acknowledged?s?"
    r"|show(?:ed|s)?|suggest(?:ed|s)?|found|finds?)\b",
    re.IGNORECASE,
)
VERB_ADVERB = re.compile(
    r"(?:\w+ly|also|then|later|too|further|again|once|still|now|even|never|often|always|no|longer)",
    re.IGNORECASE,
)
# "Issued a statement, declaring that …" is shown as "declared"; these forms are irregular.
PAST_FORMS = {
    "forbidding": "forbade", "understanding": "understood", "putting": "put", "giving": "gave",
    "making": "made", "setting": "set", "taking": "took", "going": "went",
    "according": "according to", "denying": "denied", "feeling": "felt", "finding": "found",
    "hearing": "heard", "holding": "held", "implying": "implied", "knowing": "knew",
    "reading": "read", "replying": "replied", "saying": "said", "seeing": "saw",
    "showing": "showed", "speaking": "spoke", "swearing": "swore", "telling": "told",
    "testifying": "testified", "thinking": "thought", "writing": "wrote",
}  # fmt: skip
REGULAR_PAST = re.compile(r"\w{3,}ed")
PARTICIPLE = re.compile(r"\w{3,}ing")
THIRD_PERSON_VERB = re.compile(r".*[^s]s")


def simplify_cue(cue: str) -> str:
    """Turn a participle into the past tense, and strip punctuation from the end of a cue."""
    cue = cue.rstrip(" ,:;—–-")
    first, space, rest = cue.partition(" ")
    if ACCORDING_TO.fullmatch(cue):
        return cue
    if cue.casefold() in PAST_FORMS:
        return PAST_FORMS[cue.casefold()]
    if first.casefold() in PAST_FORMS and first.casefold() != "according":
        return f"{PAST_FORMS[first.casefold()]}{space}{rest}"
    if not (first.isalpha() and first.casefold().endswith("ing")) or len(first) < 6:
        return cue
    stem = first[:-3]
    if stem.endswith("e"):  # "agreeing"
        past = f"{stem}d"
    else:
        past = f"{stem[:-1]}ied" if re.search(r"[^aeiou]y$", stem) else f"{stem}ed"
    return f"{past}{space}{rest}"
