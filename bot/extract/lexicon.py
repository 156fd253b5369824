"""The words that the rules go by, read from lexicon.yml: verbs, pronouns, titles and more."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast, get_args

import yaml

from bot.model import Stance

WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\w.,]*")

_LISTS: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("lexicon.yml").read_text(encoding="utf-8")
)


def inflections(verb: str) -> frozenset[str]:
    """List a verb's forms: deny, denies, denied, denying."""
    if verb in _LISTS["irregular"]:
        return frozenset([verb, *_LISTS["irregular"][verb].split()])
    stem = verb.removesuffix("e")
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    return frozenset([verb, third, stem + "ed", stem + "ing"])


def _words(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name].split())


def _forms(name: str) -> frozenset[str]:
    return frozenset().union(*map(inflections, _words(name)))


STANCES: dict[str, Stance] = {
    form: cast(Stance, stance)
    for stance in get_args(Stance)
    for verb in _LISTS["stances"][stance].split()
    for form in inflections(verb)
}
BASE_FORMS = frozenset().union(*(verbs.split() for verbs in _LISTS["stances"].values()))
SPEECH = frozenset(STANCES) - _forms("doubtful_in_speech")
TOPICAL = _forms("topical")
TOLD = _words("told")
REPORTING = TOLD | _words("telling") | {form for form in SPEECH if form.endswith("ed")}
PASSIVE = _words("passive")
ADDRESSING = _forms("addressing")
SEEMING = _forms("seeming")
ADVERBS = _words("adverbs")
PERSONAL = _words("personal")
PLURAL = _words("plural")
NEUTER = _words("neuter")
FIRST_PERSON = _words("first_person")
SPEAKING = FIRST_PERSON | _words("second_person")
RELATIVE = _words("relative")
PRONOUNS = PERSONAL | PLURAL | NEUTER | SPEAKING | RELATIVE
DETERMINERS = _words("determiners")
TITLES = _words("titles")
MALE = _words("male")
FEMALE = _words("female")
NOT_PERSONS = _words("not_persons")
NOT_NAMES = _words("not_names")
UNNAMED_HEADS = _words("unnamed_heads")
GROUPS = _words("groups")
OUTLETS = _words("outlets")
CITABLE = GROUPS | UNNAMED_HEADS | _words("citable")
INSTITUTIONS = _words("institutions")
BODIES = NOT_PERSONS | INSTITUTIONS
DOCUMENTS = _words("documents")
VAGUE = _words("vague")
VERBS = _words("verbs") | frozenset(STANCES)

UNNAMED = re.compile(
    r"anonym|\bunnamed\b|\bunidentified\b|not (?:to )?be (?:named|identified|quoted)"
    r"|declined to be (?:named|identified)|without being (?:named|identified)"
    r"|familiar with|close to the (?:matter|talks|negotiations|investigation)",
    re.IGNORECASE,
)
"""What makes a described source one that nobody can identify."""

ANONYMITY = re.compile(
    r"\banonymity\b"
    r"|\b(?:not to be|to not be|without being|(?:declin|refus)(?:e[sd]?|ing) to be)"
    r" (?:named|identified|quoted)\b",
    re.IGNORECASE,
)
"""What tells that somebody keeps their name back."""

NEGATIVE = re.compile(
    r"\b(?:(?:do|does|did|has|have|had|is|was|were|would|will|could|can)(?: not|n[’']t)|cannot"
    r"|won[’']t|never|declin(?:e[sd]?|ing)(?: to)?|refus(?:e[sd]?|ing)(?: to)?"
    r"|fail(?:s|ed|ing)? to|no comment|without)\b",
    re.IGNORECASE,
)
"""What before a cue's verb says that it was not said."""


POSTMODIFIER = re.compile(
    r"\s(?:of|for|in|at|on|with|from|to|by|who|which|that|whose|familiar|close|involved|speaking|"
    r"briefed|asking|including|near|inside|within|under|over|about|against|working|based)\s"
)
"""What follows the noun that a source is named by: "people familiar with …"."""


def head(source: str) -> str:
    """Take what follows its noun off a source: "the mayor of Norton" is "the mayor"."""
    return POSTMODIFIER.split(f"{source} ", maxsplit=1)[0].strip(" ,")


def words(text: str) -> list[str]:
    """List the words and numbers of a text, in lower case, with curly apostrophes."""
    return [word.lower().replace("'", "’") for word in WORD.findall(text)]
