"""Words that tell speech, thoughts and events apart."""

import re

from bot.config import shipped_cues
from bot.languages.en.lexicon.cue_verbs import forms, inflections
from bot.languages.lookup import LISTS

_IRREGULAR = dict(shipped_cues().irregular) | {
    base: tuple(forms.split(","))
    for base, _, forms in (entry.partition(":") for entry in LISTS["irregular_forms"])
}
WORD_CLASSES = (
    "light", "committing", "deciding", "topical", "thought", "event", "speech",
)  # fmt: skip
"""The lists of words that decide what a cue reports. No word is in two of them."""
CLASS_OF = {
    form: name
    for name in WORD_CLASSES
    for word in LISTS[name]
    for form in (word, *inflections(word, _IRREGULAR))
}
"""Each form of a deciding word, with the name of its list."""
CUES = frozenset(form for form, name in CLASS_OF.items() if name != "light")
DEED_VERBS = ("call", "observ", "claim", "report", "conced")
COUNTING_VERBS = ("order", "credit", "demand")
"""With a number behind them they are deeds: "ordered 40 chairs"."""
FINDING_FORMS = forms(["find", "discover", "learn"]) | {"learnt"}
PROMISING_VERBS = ("promis", "guarant", "offer", "demand")
DECISIVE_CALL = re.compile(r"\b(?:make|made|making|makes) the (?:\w+ )?calls?\b")
"""A call that decides: "makes the final call"."""
SPEECH_PHRASE = re.compile(r"\b(?:rul(?:e|es|ed|ing)|sp(?:eak|eaks|eaking|oke|oken)) out\b")
ESTIMATE = re.compile(r"puts? (?:\w+ ){1,6}(?:at|higher|lower)\b")
"""An amount that somebody names: "puts the cost at three million"."""
REPORTED_INFINITIVE = re.compile(r"\b(?:that|to (?:be|have)|as (?:saying|having))\b")
"""After a passive verb of speech, the content: "was reported to have left"."""
