"""Given names that show whether a person is a man or a woman."""

import unicodedata
from pathlib import Path

from bot.languages.lookup import load_word_lists

_LISTS = load_word_lists(Path(__file__).with_name("given_names.yml"))
FEMALE = _LISTS["female"]
MALE = _LISTS["male"]


def gender_of(given_name: str) -> str | None:
    """Return "h" (he) or "s" (she) for a given name that shows it, else None."""
    decomposed = unicodedata.normalize("NFKD", given_name.lower())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    plain = plain.partition("-")[0]
    if plain in FEMALE:
        return "s"
    return "h" if plain in MALE else None
