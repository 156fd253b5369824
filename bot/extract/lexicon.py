"""The words that the rules go by, read from lexicon.yml: verbs, pronouns, titles and more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot import yaml_files
from bot.config import shipped_cues

WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\w.,]*")

_LISTS: dict[str, Any] = yaml_files.read(Path(__file__).with_name("lexicon.yml"))
_CUES = shipped_cues()


def inflections(verb: str, irregular: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """List a verb's forms: deny, denies, denied, denying; rule out, rules out and so on."""
    first, space, rest = verb.partition(" ")
    stem = first.removesuffix("e")
    ing = first if first.endswith(("ee", "oe", "ye")) else stem
    ing = f"{first[:-2]}y" if first.endswith("ie") else ing
    third = first + ("es" if first.endswith(("s", "sh", "ch", "x")) else "s")
    past = stem + "ed"
    if re.search(r"[^aeiou]y$", first):
        third, past = f"{first[:-1]}ies", f"{first[:-1]}ied"
    found = {first, third, *irregular.get(first, [past])}
    if not any(form.endswith("ing") for form in found - {first}):
        found.add(ing + "ing")
    return frozenset(form + space + rest for form in found)


def _words(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name].split())


def forms(verbs: Iterable[str]) -> frozenset[str]:
    """List all forms of verbs, with the shipped irregular ones."""
    return frozenset().union(*(inflections(verb, _CUES.irregular) for verb in verbs))


BASE_FORMS = frozenset(verb for verb in _CUES.stances if " " not in verb)
"""The verbs of cues that the rules know. A newsroom's own cues.yml says what a cue means, and
leaves alone how attributions are found."""
_CUE_FORMS = forms(BASE_FORMS)
DENYING = forms(verb for verb in BASE_FORMS if _CUES.stances[verb] == "denied")
SPEECH = _CUE_FORMS - forms(_words("doubtful_in_speech"))
INNER = SPEECH | forms(_words("inner"))
JOINING = _words("joining")
TOPICAL = forms(_words("topical"))
TOLD = _words("told")
REPORTING = TOLD | _words("telling") | {form for form in SPEECH if form.endswith("ed")}
PASSIVE = _words("passive")
ADDRESSING = forms(_words("addressing"))
LEARNING = forms(_words("learning"))
SEEMING = forms(_words("seeming"))
ADVERBS = _words("adverbs")
PERSONAL = _words("personal")
PLURAL = _words("plural")
NEUTER = _words("neuter")
FIRST_PERSON = _words("first_person")
SECOND_PERSON = _words("second_person")
SPEAKING = FIRST_PERSON | SECOND_PERSON
RELATIVE = _words("relative")
PRONOUNS = PERSONAL | PLURAL | NEUTER | SPEAKING | RELATIVE
ACRONYMS = frozenset({"US", "WHO", "IT"})
"""What lower case would make a pronoun of."""
DETERMINERS = _words("determiners")
TITLES = _words("titles")
MALE = _words("male")
FEMALE = _words("female")
KIN = _words("kin")
HUMANS = (TITLES | MALE | FEMALE) - PRONOUNS - _words("title_adjectives")
"""Nouns for one human being."""
NOT_PERSONS = _words("not_persons")
NOT_NAMES = _words("not_names")
UNNAMED_HEADS = _words("unnamed_heads")
GROUPS = _words("groups")
OUTLETS = _words("outlets")
CITABLE = GROUPS | UNNAMED_HEADS | _words("citable")
INSTITUTIONS = _words("institutions")
MUNICIPAL = _words("municipal")
COMPANIES = _words("companies")
BODIES = NOT_PERSONS | INSTITUTIONS
DOCUMENTS = _words("documents")
VAGUE = _words("vague")
VERBS = _words("verbs") | _CUE_FORMS
NUMBERS = _words("numbers")
TIMES = _words("times")
POSSIBLE = _words("possible")
JUDGING = _words("judging")
IMPERATIVES = _words("imperatives")

UNNAMED = re.compile(
    r"anonym|\bunnamed\b|\bunidentified\b"
    r"|\bnot (?:(?:want|wish)(?:ing)? )?(?:to )?be (?:named|identified|quoted)"
    r"|declined to be (?:named|identified)|without being (?:named|identified)"
    r"|familiar with|close to the (?:matter|talks|negotiations|investigation)",
    re.IGNORECASE,
)
"""What makes a described source one that nobody can identify."""

ANONYMITY = re.compile(
    r"\banonymity\b"
    r"|\b(?:not to be|to not be|without being|(?:declin|refus)(?:e[sd]?|ing) to be"
    r"|(?:(?:do|does|did)(?: not|n[’']t)|not) (?:want|wish)(?:ing)? to be)"
    r" (?:named|identified|quoted)\b",
    re.IGNORECASE,
)
"""What tells that somebody keeps their name back."""

UNANSWERED = re.compile(
    r"\b(?:reached|(?:asked|requests?|requested)) for comment"
    r"|\b(?:not|n[’']t|declined to|refused to)(?: \w+ly)? (?:comment|respond|reply|answer)\b",
    re.IGNORECASE,
)
"""What tells that somebody was asked and said nothing."""

NOBODY = re.compile(r"(?:neither|nobody|no one|none|no(?!\.?\s*\d))\b", re.IGNORECASE)
"""How a source begins that is nobody: "neither of them", "no official"; "No 10" is somebody."""


POSTMODIFIER = re.compile(
    r"\s(?:of|for|in|at|on|with|from|to|by|who|which|that|whose|familiar|close|involved|speaking|"
    r"briefed|asking|including|near|inside|within|under|over|about|against|working|based)\s"
)
"""What follows the noun that a source is named by: "people familiar with …"."""


def head(source: str) -> str:
    """Take what follows its noun off a source: "the mayor of Norton" is "the mayor"."""
    return POSTMODIFIER.split(f"{source} ", maxsplit=1)[0].strip(" ,")


def words(text: str) -> list[str]:
    """List the words and numbers of a text, in lower case but for "US", with curly apostrophes."""
    found = WORD.findall(text)
    return [word if word in ACRONYMS else word.lower().replace("'", "’") for word in found]
