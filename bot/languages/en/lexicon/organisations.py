"""Nouns for organisations and documents: ministries, companies, outlets, reports."""

from collections.abc import Sequence

from bot.languages.en.lexicon.given_names import gender_of
from bot.languages.lookup import LISTS

NON_PERSON_WORDS = LISTS["non_person_words"]
MAX_GIVEN_NAMES = 2
OUTLETS = LISTS["outlets"]
INSTITUTIONS = LISTS["institutions"]
ORGANISATIONS = NON_PERSON_WORDS | INSTITUTIONS
COMPANY_WORDS = LISTS["company_words"]
DOCUMENTS = LISTS["documents"]


def names_no_person(parts: Sequence[str]) -> bool:
    """Tell whether a word of a name shows that it is no person's: "Harbour Trust".

    After a given name, May and West are family names.
    """
    lower = [part.lower().rstrip(".") for part in parts]
    found = (NON_PERSON_WORDS | COMPANY_WORDS).intersection(lower)
    is_family_name = (
        1 < len(parts) <= MAX_GIVEN_NAMES + 1
        and found == {lower[-1]}
        and lower[-1] in LISTS["family_names_too"]
        and gender_of(lower[0]) is not None
    )
    return bool(found) and not is_family_name
