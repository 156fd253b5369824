"""Words of orders: contents that say what the addressee should do."""

from bot.languages.en.lexicon.cue_verbs import forms
from bot.languages.en.lexicon.pronouns import DETERMINERS, FIRST_PERSON, PERSONAL, PLURAL

TELL_FORMS = forms(["tell"])
_PERSONS = PERSONAL | PLURAL | FIRST_PERSON | {"you"}
_NO_VERBS = DETERMINERS | _PERSONS


def is_order(content: str) -> bool:
    """Whether a content says what to do: "them not to leave", but not "to the mayor"."""
    first, second, third, verb = (*content.split()[:4], "", "", "", "")[:4]
    if first in _PERSONS:
        first, second, third = second, third, verb
    if first in ("not", "never"):
        first, second = second, third
    return first == "to" and second[:1].islower() and second not in _NO_VERBS
