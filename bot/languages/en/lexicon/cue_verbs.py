"""Verbs of saying and thinking, in all their forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.config import shipped_cues
from bot.languages.lookup import LISTS

_CUES = shipped_cues()


def inflections(verb: str, irregular: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Return a verb's forms: deny, denies, denied, denying; rule out, rules out and so on."""
    first_word, space, rest = verb.partition(" ")
    stem = first_word.removesuffix("e")
    ing = first_word if first_word.endswith(("ee", "oe", "ye")) else stem
    ing = f"{first_word[:-2]}y" if first_word.endswith("ie") else ing
    third_person = first_word + ("es" if first_word.endswith(("s", "sh", "ch", "x")) else "s")
    past = stem + "ed"
    if re.search(r"[^aeiou]y$", first_word):
        third_person, past = f"{first_word[:-1]}ies", f"{first_word[:-1]}ied"
    all_forms = {first_word, third_person, *irregular.get(first_word, [past])}
    if not any(form.endswith("ing") for form in all_forms - {first_word}):
        all_forms.add(ing + "ing")
    return frozenset(form + space + rest for form in all_forms)


def forms(verbs: Iterable[str]) -> frozenset[str]:
    """Return all forms of the verbs, using the irregular forms in the shipped cues.yml."""
    return frozenset().union(*(inflections(verb, _CUES.irregular) for verb in verbs))


BASE_FORMS = frozenset(verb for verb in _CUES.stances if " " not in verb)
"""The shipped single-word cue verbs. A newsroom's own cues.yml changes what a cue means, but not
how attributions are found."""
_CUE_FORMS = forms(BASE_FORMS)
DENIAL_VERBS = forms(verb for verb in BASE_FORMS if _CUES.stances[verb] == "denied")
SPEECH_VERBS = _CUE_FORMS - forms(LISTS["ambiguous_speech_verbs"])
PRESENT_SPEECH_VERBS = frozenset(
    form
    for form in SPEECH_VERBS
    if form in BASE_FORMS or (form.endswith("s") and not form.endswith("ss"))
)
NESTED_CUE_VERBS = SPEECH_VERBS | forms(LISTS["nested_cue_verbs"])
TOPIC_VERBS = forms(LISTS["topic_verbs"])
REPORTING_VERBS = (
    LISTS["past_reporting_verbs"]
    | LISTS["present_reporting_verbs"]
    | {form for form in SPEECH_VERBS if form.endswith("ed")}
)
LEARNING_VERBS = forms(LISTS["learning_verbs"])
VERBS = LISTS["verbs"] | _CUE_FORMS
