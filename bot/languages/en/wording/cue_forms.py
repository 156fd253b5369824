"""Patterns for wording cues and sources in the line above a claim."""

import re

from bot.languages.en.lexicon.calendar import WEEKDAY_PATTERN
from bot.languages.en.lexicon.pronouns import DEFINITE_DETERMINERS, PRONOUNS, RELATIVE
from bot.languages.lookup import LISTS, words_in
from bot.model import PIECE_SEPARATOR

NOUN_END = re.compile(
    r"\s(?:(?:seen|shown|given|written|\w+ed)\s(?:by|to|in|on)|of|for|in|at|on|by|from|to|with|that"
    r"|who|which)\s"
)
# Before a name that is not the source: "documents seen by the [Courier]".
VIEWED_BY = re.compile(
    r"\b(?:(?:seen|read|(?:obtain|view|review|examin|acquir)ed) by"
    r"|(?:shown|leaked|given|sent|passed) to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
QUANTIFIERS = LISTS["counts"] | LISTS["quantifiers"]
# The time in a cue; the line below the claim gives it.
TIME_PHRASE = re.compile(
    rf",?\s+(?:(?:on|late on|early on)\s+)?(?:{WEEKDAY_PATTERN}|yesterday"
    r"|today|tonight|last\s+\w+|(?:earlier\s+|later\s+)?this\s+(?:morning|afternoon|evening|week|month"
    r"|year)|\w+\s+(?:days?|weeks?|months?|years?)\s+ago)(?:\s+(?:morning|afternoon|evening|night))?$",
    re.IGNORECASE,
)
NEGATIVE_START = re.compile(r"(?:without|neither|nor)\b", re.IGNORECASE)
ACCORDING_TO = re.compile(r"according to|per|in the words of", re.IGNORECASE)
# Cues that precede their source: "according to the ministry", "was criticized by Xi".
LEADING_CUE = re.compile(r"(?:according to|per|in the words of|.*\bby)$", re.IGNORECASE | re.DOTALL)
PASSIVE_AGENT = re.compile(
    r"(?:(?:.*\s)?(?:is|are|was|were|been|being|be|gets?|got)\s"
    r"(?:(?:\w+ly|also|again|already)\s)*)?(?P<verb>\w+ed|told|said)(?:\s(?:of|about|against))?(?:\s…)?\sby",
    re.IGNORECASE | re.DOTALL,
)
"""A passive cue, whose verb in the past tense has the same form: "was accused by"."""
# What was declined, at the start of the content: "to comment [on the leak]", "to give evidence".
DECLINED_ACTION = re.compile(r"to \w+(?: (?:out|up|off|down|back)\b)?(?: (?!wh|how)\w+(?=\W*$))?")
# Words before a negating verb: "has refused", "again declined".
VERB_MODIFIERS = re.compile(
    r"(?:(?:has|have|had|would|also|again|later|then|\w+ly)\s+)*", re.IGNORECASE
)
NEGATED_CLAUSE = re.compile(
    r"\b(?:it\b[^.;]*\b(?:was|were|is|be|been)(?:n[’']t)?|neither|nor|not|hardly|never|nobody)\b[^.;]*$",
    re.IGNORECASE,
)
# A cue that is incomplete without its addressee: "told [Putin]", but not "was told".
ADDRESSING_CUE = re.compile(
    r"(?!.*\b(?:is|are|was|were|be|been|being)\b)(?:.*\s)?"
    r"(?:t(?:old|ells?)|(?:assur|notifi)e[sd]|(?:inform|remind)(?:s|ed))$",
    re.IGNORECASE | re.DOTALL,
)
# Verbs of belief, by form. Present tense only: a past belief may have changed.
BELIEF_VERBS = {
    form: verb for verb in LISTS["belief_verbs"] for form in (verb, f"{verb}s", f"{verb[:-1]}ies")
}
BELIEF = re.compile(
    r"(?P<adverb>(?:still|also|now|always|(?!hardly|barely|scarcely)\w+ly) )?"
    r"(?P<verb>\w+)"
)
"""A cue that may be one of them: "believes", "still hopes"."""
THOUGHT_STATE = re.compile(
    r"(?:(?P<past>was|were)|is|are) (?!(?:said|thought|understood|believed|reported|known)\b)"
    r"(?P<state>(?:\w+ly |still )?[a-z]{3,}(?<! the))(?: (?:of|about|at|over|for|that|in|to))?"
)
"""A cue that says what somebody's mind is like: "is confident", "were afraid [of]", "is hoping"."""
PAST_THOUGHT = re.compile(
    r"(?:ha[sd] |have )?(?P<thought>(?:\w+ly |long |also |always )*"
    r"(?:[a-z]+ed|thought|felt|held|meant|understood|known|seen))"
)
"""A cue that says what somebody thought: "hoped", "had long believed"."""
PLURAL_VERB = re.compile(r"(?:are|were|have)\b")
SEVERAL_NAMES = re.compile(r"\w (?:and|&) \w")
"""In the names of two speakers: "China and Russia"."""
POSSESSIVE = re.compile(r".*\w(?:['’]s|s['’])\s")
# "China and Russia are said to believe that …": the article names no source.
REPORTED_PASSIVE = re.compile(
    r"(?:is|are|was|were) (?:\w+ly )?(?:said|thought|understood|believed|reported|known)",
    re.IGNORECASE,
)
# The content of such a cue: "China and Russia … to believe that …".
REPORTED_BELIEF = re.compile(
    rf"(.+){re.escape(PIECE_SEPARATOR)}to (\w+)\b.*",
    re.DOTALL,
)
# Cues that can be left out if the line names who relayed the claim.
PLAIN_CUE = re.compile(
    r"(?:ha[sd]\s+|have\s+)?(?:sa(?:id|ys?)|t(?:old|ells?)\b.*|wr(?:ote|ites?)|report(?:s|ed)?"
    r"|add(?:s|ed)?"
    r"|according to|stat(?:ed|es?))",
    re.IGNORECASE | re.DOTALL,
)
NOUN_CUE = re.compile(r"(?:in|the|an?|[’']s|its|his|her|their)\s", re.IGNORECASE)
"""The start of a cue that is a noun: "in a statement", "the claim"."""
# "Would not comment [on]": the passage names the topic.
TRAILING_PREPOSITION = re.compile(r"\s+(?:on|about)$", re.IGNORECASE)
REFUSAL = re.compile(r"\b(?:declin|refus)(?:e[sd]?|ing)\b", re.IGNORECASE)
GENERIC_SOURCES = ("", "source", "person", "one", "someone", "somebody")
"""Sources that say nothing about the speaker."""
_BACK_REFERENCES = (
    (PRONOUNS - RELATIVE) | DEFINITE_DETERMINERS - {"the"} | {"another", "latter", "same"}
)
_STANDALONE_REFERENCES = LISTS["standalone_references"] | LISTS["counts"]
TWO_ITEM_LIST = re.compile(r"^[^,]*\s(?:and|or)\s[^,]*$", re.IGNORECASE)
TRAILING_CLAUSE = re.compile(
    r"\b(?:that|which|who|whose|and (?:his|her|its|their)|this week)\b.*", re.IGNORECASE | re.DOTALL
)


def refers_back(words: str) -> bool:
    """Whether words are unclear out of context: "her lawyer", "most", "the latter"."""
    *before, last = words_in(words) or [""]
    is_alone = before in ([], ["the"]) or last in ("cent", "percent")
    is_reference = is_alone and last in _STANDALONE_REFERENCES
    return is_reference or not _BACK_REFERENCES.isdisjoint([*before, last])
