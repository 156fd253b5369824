"""Words and patterns for negation and denial.

"Folded" text is in lower case, without accents and punctuation inside words.
"""

import re

from bot.languages.lookup import LISTS

CUE_NEGATION = re.compile(
    r"\b(?:(?:do|does|did|has|have|had|is|are|was|were|would|will|could|can)(?: not|n[’']t)|cannot"
    # Before the subject: "At no time has the ministry advised", "never did she say".
    r"|(?:at no (?:time|point|stage)|in no way|under no circumstances|on no (?:account|occasion)"
    r"|not once|nowhere|never) (?:do|does|did|has|have|had|is|was|were|would|will|could|can)"
    r"|won[’']t|never|(?:declin|refus)(?:e[sd]?|ing)(?: to)?|fail(?:s|ed|ing)? to|yet to|no comment"
    r"|without|neither|nor(?: (?:do|does|did|has|have|had|would|will|could|can))?"
    r"|unable to|unwilling to|stop(?:s|ped|ping)? short of|refrain(?:s|ed|ing)? from)\b",
    re.IGNORECASE,
)
"""Negates a cue: "did not [say]", "refused to [say]"."""
NEAR_NEGATION = re.compile(r"\b(?:no longer|hardly|barely|scarcely)\s+$", re.IGNORECASE)
"""Nearly negates the cue after it: "hardly [said]"."""
NEGATED_SUBJECT = re.compile(
    r"\b(?:nobody|no one|none(?: of(?: \w+){1,3})?|neither(?: of \w+| [^,;:.]{1,40} nor"
    r" [^,;:.]{1,40})?|no [\w’'-]+)\s+$",
    re.IGNORECASE,
)
"""A subject that refers to nobody: "[No one] was told", "[none of the crew] was asked"."""
NEGATED_CLAUSE = re.compile(
    r"\b(?:not (?:true|so|the case|correct)|untrue|false|a lie|nonsense) that\s+"
    r"(?:[\w’'-]+\s+){0,4}$",
    re.IGNORECASE,
)
"""Begins a clause that is said to be false: "it is not true that [he said]"."""
NEGATION_WORDS = LISTS["negation_words"]
"""Words that negate the words near them."""
NON_NEGATING_PHRASE = re.compile(
    r"\b(?:not (?:only|just|merely|least|to mention|until)"
    r"|no (?:doubt|matter|wonder|fewer|less|later|more than|sooner|earlier)"
    r"|nothing but|none other|nothing (?:short|less)"
    r"|without (?:exception|delay|warning|doubt|question|fail)|never mind)\b"
)
"""Phrases with NEGATION_WORDS that negate nothing, in folded text: "not only", "no doubt"."""
OMISSION = re.compile(r"\b(?:fail(?:s|ed|ing|ure)?|neglect(?:s|ed|ing)?|omit(?:s|ted)?) to\b")
"""Says that something was not done, in folded text: "failed to"."""
UNDECIDED_PHRASE = re.compile(
    r"\b(?:not|never|cannot|nobody|no one|none|refuse[ds]?|decline[ds]?|unable|hardly)"
    r"(?: \w+){0,2}? (?:say|tell|know|known|confirm|rule|exclude|expect|think|believe|recall"
    r"|remember|comment|until|sure|certain|clear|aware|understand|deny|dispute|reject|contradict"
    r"|speculate|guess|discuss|recognise|recognize|denied|disputed|rejected|ruled|confirmed)\b"
    r"|\bno (?:idea|knowledge|comment|recollection|memory|evidence|proof|sign|signs|reason to)\b"
    r"|\bnot (?:have|need) to\b|\breason(?: \w+){0,4} not\b|^\W*not to\b"
    r"|\b(?:been|was|were) (?:told|informed|assured)\b(?: \w+){0,5}? that\b"
    r"|\bthe (?:sooner|more|less|longer|fewer|better) (?:he|she|they|we|you|it)\b"
)
"""Phrases that neither assert nor deny, in folded text: "could not say", "no evidence"."""
NEGATED_DENIAL = re.compile(
    r"\b(?:not|never|cannot|hardly|nobody|no one|neither|refuse[ds]? to|decline[ds]? to)(?: \w+)?"
    r" (?:den[yi]|disput|reject|contradict|dismiss|rebut|refut)"
)
"""A negated denial, in folded text, which is neither a denial nor an assertion: "did not deny"."""
ORDER = re.compile(r"(?:^|, )\W*(?:(?:please|and|but) )?(?:do not|let us|let s)\b")
"""An order or request, in folded text, which does not say that anything was done."""
STATEMENT_NOUNS = LISTS["statement_nouns"]
"""Nouns for a statement that can be denied: "denied the claim"."""
STATEMENT_NOUN = "|".join(sorted(STATEMENT_NOUNS))
"""Matches any of STATEMENT_NOUNS."""
_FALSE = (
    r"(?:not (?:true|the case|correct|right|so)|untrue|false|incorrect|inaccurate|baseless"
    r"|unfounded|groundless|wrong|lies?|nonsense|rubbish|a myth|a hoax|fiction|fabrications?"
    r"|fabricated|invented|made up|no truth|no basis|no substance|no foundation)"
)
_FALSE_STATEMENT = (
    rf"^ *(?:as )?(?:a |an )?{_FALSE} (?=(?:the|any|all|a) (?:claims?|rumou?rs?|reports?|ideas?"
    r"|allegations?|suggestions?|accusations?)\b|(?:claims?|reports?|that)\b)"
)
LEADING_FALSEHOOD = re.compile(_FALSE_STATEMENT)
"""The start of a denied content that repeats the denial, in folded text: "as baseless"."""
LABELLING_VERB = re.compile(
    r"\b(?:call|brand|label|describ|denounc|dismiss)(?:ed|es|s|ing|e)?\b", re.I
)
TRAILING_FALSEHOOD = re.compile(rf"\b(?:as )?(?:a |an |pure |complete |simply )*{_FALSE}\W*$", re.I)
"""The end of a sentence that denies a statement: "called the rumour [a lie]"."""
DENIAL = re.compile(
    r"\b(?:(?<!to )den(?:y|ies|ied|ying|ials?)|refut(?:es?|ed|ing)|rebut(?:s|ted|ting)?"
    r"|contradict(?:s|ed|ing)?|disput(?:es?|ed|ing)|repudiat(?:es?|ed|ing))\b"
    # Offers and people can be rejected or dismissed, too.
    r"|\b(?:reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?)(?= (?:as|that|"
    rf"(?:\w+ ){{0,3}}(?:{STATEMENT_NOUN}))\b)"
    rf"|\b(?:is|was|were|are|be|been|s|as|called|branded|there)(?: (?:a|an|simply|just|quite|plain"
    rf"|plainly|completely|entirely|totally|utterly|absolutely|pure|complete))* {_FALSE}"
    r"(?= (?:that|to (?:say|suggest|claim|think)|in|for|the (?:claim|rumou?r|report|idea))\b| *$)"
    rf"|{_FALSE_STATEMENT}"
)
"""Denies a statement, in folded text: "denied that", "it is not true that"."""
DENIAL_STARTS = (
    *("deny", "deni", "refut", "rebut", "contradict", "disput", "repudiat", "reject", "dismiss"),
    *("untrue", "false", "incorrect", "inaccura", "baseless", "unfounded", "groundless", "wrong"),
    *("lie", "lying", "nonsense", "rubbish", "myth", "hoax", "fiction", "fabricat"),
    *("fail", "neglect", "omit"),
)
"""The first letters of words that may deny or leave out something."""
LAST_CLAUSE = re.compile(r"[^,;:.?!\n“”\"]*$")
# Words between "did not" and its verb: "immediately", "want to". In "those who did not vote said",
# "vote" shows that the negation does not apply to "said".
WORDS_BEFORE_VERB = re.compile(r"(?:\s+(?:\w+ly|yet|ever|even|so far|again|been|be|\w+ to|to))*\s*")
NEGATIVE_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non")
NEGATIVE_SUFFIX = "less"
PRODUCTIVE_PREFIXES = ("un", "non")
"""Prefixes that can precede any word; an unlisted word with another prefix is a misspelling."""
