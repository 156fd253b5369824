"""Patterns for what is shown with the sentence before it, and for who relays it."""

import re

from bot.languages.en.lexicon.cue_verbs import forms
from bot.languages.en.wording.tenses import AUXILIARIES
from bot.languages.lookup import LISTS, last_word, words_in

_ADDRESSING = forms(["tell", "ask", "warn", "assure", "inform", "remind", "promise"])
_ELLIPTICAL = LISTS["elliptical_endings"] | AUXILIARIES
_PUNCTUATION = " \t\n\xa0.,;:!?…–—-("
# "Declined to say when": the sentence before says what was asked.
BARE_INFINITIVE = re.compile(
    r"\W*to\s+\w+(?:\s+(?:how|when|where|which|who|why|so))?\W*", re.IGNORECASE
)
CONNECTIVE = re.compile(
    r"(?:(?:but|and|yet|so|or)\s+|(?:however|meanwhile|nevertheless|still|moreover|instead|indeed"
    r"|in fact|also|then|for example),\s+)(?=\S)",
    re.IGNORECASE,
)
"""The start of a sentence that continues the one before it."""
# Words other than a name that can refer to the reporter before the verb.
REPORTER_SUBJECT = re.compile(r"\W*(?:the|it|they|he|she)(?:\s+[a-z]+)?\s*", re.IGNORECASE)
NON_REPORTER = re.compile(r"no|nobody|none|no one|few|who|which|that|what", re.IGNORECASE)
REPORTING_VERB = re.compile(
    r"report|quot|cit|wr[io]t|sa(?:id|ys?)\b|announc|publish|told|tells", re.IGNORECASE
)


def starts_with_pronoun(content: str) -> bool:
    """Whether the sentence before says who is meant: "it was warned", "whether they knew"."""
    words = words_in(content)
    if words[:1] == ["that"] and words[1:2] and words[1] in AUXILIARIES:
        return True
    first = words[1:2] if words and words[0] in LISTS["subordinators"] else words[:1]
    return not LISTS["pointing_pronouns"].isdisjoint(first)


def has_unclear_addressee(cue: str) -> bool:
    """Whether a cue says whom it told with a pronoun: "told them"."""
    words = words_in(cue)[-2:]
    return len(words) > 1 and words[0] in _ADDRESSING and words[1] in LISTS["pronoun_addressees"]


def is_unfinished(text: str) -> bool:
    """Whether the last word of a text needs more words after it."""
    return last_word(text.rstrip(_PUNCTUATION)) in LISTS["unfinished_endings"]


def is_elliptical(text: str) -> bool:
    """Whether words are left out after a text because they were said before: "denied he had"."""
    return last_word(text.rstrip(_PUNCTUATION)) in _ELLIPTICAL
