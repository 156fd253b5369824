"""Words and patterns for deciding whether a sentence is clear without its context."""

import re

from bot.languages.en.lexicon.function_words import NON_NAME_WORDS
from bot.languages.en.lexicon.negation import STATEMENT_NOUNS
from bot.languages.en.lexicon.organisations import COMPANY_WORDS
from bot.languages.en.wording.tenses import AUXILIARIES
from bot.languages.lookup import LISTS, first_word, last_word, words_in

_ELLIPSIS = re.compile(r"\b(\w+) (\w+)(?: not|n[’']t)?(?=[,.;]|\s*$)")
FIRST_PERSON = re.compile(
    r"\b(?:I|[Mm]e|[Mm]y|mine|[Ww]e|us|[Oo]urs?|[Mm]yself|[Oo]urselves)\b(?!\.)"
)
WORD = re.compile(r"\w+")
PRONOUN_KINDS = (
    dict.fromkeys(("he", "him", "his", "himself"), "he")
    | dict.fromkeys(("she", "her", "hers", "herself"), "she")
    | dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "several")
    | dict.fromkeys(("it", "its", "itself"), "thing")
)
_BEFORE_CLAUSE = frozenset(("", "and", "but", "whether", "said", "says"))
_EXPLETIVE = re.compile(
    r"it(?:['’]s|\s+(?:is|was|\w+\s+be(?:en)?))\s+(?:(?:\w+ly|not|too)\s+)?(?P<state>\w+)"
    r"(?P<clause>(?<!ed)(?:\s+\w+)??(?:\s+for\s+\w+)?\s+(?:that|to)\b)?",
    re.IGNORECASE,
)
_AFTER_OBJECT = frozenset(
    ("a", "an", "the", "as", "to", "of", "for", "with", "in", "on", "by", "at", "from", "and")
) | {"ahead", "back", "out", "up", "down", "off"}
# A noun or name that a later pronoun may refer to.
SINGULAR_NAME = re.compile(
    r"\b(?:the|an?|his|her|their|its|every|each|another|no|any)\s+(?!(?:latter|same|other)\b)\w+",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"\b[A-Z][\w’'-]+")
PLURAL_NAME = re.compile(
    r"\b(?:some|most|many|all|both|either|several|two|three|four|five|six|more than|\d+)\s+\w+"
    r"|\b(?!was|has|does|less|this)\w{2,}[^su\W]s\b|\b(?:people|police|men|women|children)\b"
)
COMPANY_ENDINGS = COMPANY_WORDS | LISTS["firm_words"] | {"fund", "group", "partners", "rail"}
# The words that may precede "he" at the start of a content.
WORDS_BEFORE_SUBJECT = re.compile(
    r"(?:(?:that|whether|if|how|why|when|while|although|because|and|but|to his knowledge),?\s+)*",
    re.IGNORECASE,
)
_PLURAL_ENDING = re.compile(r"(?:[^s’']s|people|police|men|children)$", re.IGNORECASE)
NOUN_END = re.compile(
    r",|\s(?:of|for|in|at|on|by|from|to|with|that|who|which|close|familiar|\w+ed)\s", re.IGNORECASE
)
REPORTED_PRONOUN = re.compile(r"\b(?:that|said|says|told|whether)\s+s?he\b")
"""A pronoun for the speaker in the content: "Hallas said he"."""


def points(text: str, start: int, end: int) -> bool:
    """Whether a word refers to something that was said before: "this", but not "this week"."""
    word, before, after = text[start:end].lower(), last_word(text[:start].rstrip()), text[end:]
    following = first_word(after.lstrip()) if after[:1].isspace() else ""
    is_last = not after.strip() or after[0] in ",.;"
    if word in ("this", "these"):
        return following not in LISTS["time_nouns"]
    if word == "those":
        return following not in LISTS["words_after_those"] and not following.endswith(("ing", "ed"))
    if word == "that":  # not a relative pronoun: "that is untrue", "comment on that"
        starts_clause = before in _BEFORE_CLAUSE and following in AUXILIARIES
        return (
            is_last
            or starts_clause
            or before in LISTS["words_before_object_that"]
            or following in STATEMENT_NOUNS
        )
    if word in ("some", "all", "both", "many", "most", "none", "neither"):
        return following in AUXILIARIES
    if word in ("latter", "others"):
        return before == "the"
    return (word in ("one", "ones") and is_last) or (word == "such" and following not in ("", "as"))


def has_ellipsis(text: str) -> bool:
    """Whether only the sentence before says what is meant: "It was, in April", "she had not."."""
    return any(
        subject.lower() in LISTS["elliptical_subjects"] and verb.lower() in AUXILIARIES
        for subject, verb in _ELLIPSIS.findall(text)
    )


def is_expletive(text: str, start: int) -> bool:
    """Whether the "it" at a position stands for nothing: "it is likely that"."""
    match = _EXPLETIVE.match(text, start)
    return bool(match and (match["clause"] or match["state"].lower() in LISTS["expletive_states"]))


def starts_with_object(text: str) -> bool:
    """Whether a text starts with a pronoun that isn't its subject: "cited [it] as an example"."""
    first, second = (*words_in(text)[:2], "", "")[:2]
    is_object = first in ("it", "her") and (not second or second in _AFTER_OBJECT)
    return first in ("him", "them") or is_object


def has_name(text: str) -> bool:
    """Whether a capitalised word is no word that only starts a sentence."""
    return any(word.lower() not in NON_NAME_WORDS for word in _CAPITALISED.findall(text))


def is_plural(words: str) -> bool:
    """Whether words for a speaker are plural, judging by their form."""
    noun = NOUN_END.split(words)[0].strip()
    has_count = any(word in LISTS["counts"] or word.isdigit() for word in words_in(noun)[:3])
    return has_count or " and " in noun or noun.lower() in ("they", "we") or ends_in_plural(noun)


def ends_in_plural(noun: str) -> bool:
    """Whether the last word of a phrase is a plural."""
    return _PLURAL_ENDING.search(noun) is not None
