"""Split runs of capitalised words into titles and a name: "Transport Minister Jane de Roe"."""

from __future__ import annotations

from itertools import dropwhile

from bot.languages.table import (
    LISTS,
    calendar,
    capitals,
    function_words,
    given_names,
    occupations,
    organisations,
    people,
    role_forms,
    source_forms,
)
from bot.languages.wordlist import is_word


def split_titles(run: str) -> tuple[list[str], str]:
    """Split a run of capitalised words into the leading titles and the name.

    Roles count as titles ("Ranger Ida Falk"); letters after the name are left out.
    """
    non_names = function_words.NON_NAME_WORDS - people.TITLES
    parts = capitals.POSSESSIVE_ENDING.sub("", run).split()
    all_parts, parts = parts, list(dropwhile(lambda word: word.lower() in non_names, parts))
    before = all_parts[: len(all_parts) - len(parts)]
    if before and len(parts) > 1 and before[-1].lower() in LISTS["words_before_days"]:
        # "In April Falk", "On Monday Falk"
        parts = parts[1:] if parts[0].lower() in calendar.MONTHS_AND_WEEKDAYS else parts
    while len(parts) > 2 and parts[-1] in LISTS["postnominals"]:
        parts.pop()
    # In "Transport Minister Jane Roe" the titles end with the last one.
    title_ends = [
        index
        for index, word in enumerate(parts[:-1], 1)  # "Then-Mayor" and "Mayor-elect" are titles
        if capitals.TITLE_PARTS.issuperset(word.lower().rstrip(".").split("-"))
    ]
    name_start = max(title_ends, default=0)
    while _starts_with_role(parts[name_start:]):
        name_start += 1
    return parts[:name_start], " ".join(parts[name_start:])


def _starts_with_role(parts: list[str]) -> bool:
    """Tell whether a role stands before a given name and a family name: "Beekeeper Ida Falk"."""
    if len(parts) < 3 or given_names.gender_of(parts[0]) or not parts[1][0].isupper():
        return False
    if parts[-1].lower() in organisations.ORGANISATIONS:
        return False
    role, given = parts[0].lower(), parts[1].lower()
    if role.startswith(role_forms.PARENT_OF) or role.upper() in LISTS["postnominals"]:
        return True
    if given_names.gender_of(given) and role in LISTS["areas"]:
        return True  # "Minister of State for Housing Ida Falk"
    if not given_names.gender_of(given) and is_word(given):
        return False
    noun = role.rpartition("-")[2]
    is_noun = noun in occupations.PERSON_NOUNS or noun in people.HUMAN_NOUNS
    return is_noun or (noun.endswith(source_forms.PERSON_NOUN_ENDINGS) and is_word(noun))
