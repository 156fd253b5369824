"""Reporting verbs by tense, and functions that put a cue into a readable form."""

from __future__ import annotations

import re

from bot.languages.en.lexicon.cue_verbs import forms
from bot.languages.en.search.related_words import BASE_FORMS
from bot.languages.en.wording.cue_forms import ACCORDING_TO
from bot.languages.lookup import LISTS

AUXILIARIES = LISTS["auxiliaries"]
NOT_ENDING = re.compile(r"n[’']t$|not$")
"""The end of an auxiliary verb: "didn't", "cannot"."""
IRREGULAR_FORMS = LISTS["verbs"] | LISTS["past_reporting_verbs"]
POSSESSIVE_START = re.compile(r"[’']s?\s")
"""The start of a cue after a possessive source: "Hallas['s repeated claim]"."""
_IRREGULAR_VERBS = frozenset(BASE_FORMS.values())
VERBS_BEFORE_THAT = forms(LISTS["verbs_before_that"])
ADDRESSING_VERBS = forms(["tell"])
_VERB_MODIFIERS = LISTS["verb_adverbs"] | AUXILIARIES | {"not", "been", "being"}
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


def is_irregular(participle: str) -> bool:
    """Whether simplify_cue() would form a wrong past tense: "leading", "hitting"."""
    stem = participle.removesuffix("ing")
    is_of_irregular = not _IRREGULAR_VERBS.isdisjoint((stem, f"{stem}e", stem[:-1]))
    return is_of_irregular and participle not in PAST_FORMS


def modifies_verb(word: str) -> bool:
    """Whether a word between a subject and its verb belongs to the verb: "later", "has"."""
    return word.lower().endswith("ly") or word.lower() in _VERB_MODIFIERS


def takes_that(verb: str) -> bool:
    """Whether a cue is a verb of speech, with whom it tells, so that "that" can follow."""
    words = verb.lower().split()
    while words and modifies_verb(words[0]):
        words = words[1:]
    first, *rest = words or [""]
    return first in VERBS_BEFORE_THAT and (bool(rest) or first not in ADDRESSING_VERBS)


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
