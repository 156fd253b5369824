"""Split runs of capitalised words into titles and a name: "Transport Minister Jane de Roe"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile

from bot.languages.lookup import LISTS
from bot.languages.table import (
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
    if _is_day(all_parts[: len(all_parts) - len(parts)], parts):
        parts = parts[1:]
    while len(parts) > 2 and parts[-1] in LISTS["postnominals"]:
        parts.pop()
    # In "Transport Minister Jane Roe" the titles end with the last one.
    title_ends = [index for index, word in enumerate(parts[:-1], 1) if _is_title(word)]
    name_start = max(title_ends, default=0)
    while _starts_with_role(parts[name_start:]):
        name_start += 1
    return parts[:name_start], " ".join(parts[name_start:])


def _is_day(before: Sequence[str], parts: Sequence[str]) -> bool:
    """Tell whether a run starts with a day or month: "In April Falk", "On Monday Falk"."""
    is_dated = bool(before) and before[-1].lower() in LISTS["words_before_days"]
    days = calendar.MONTHS.union(calendar.WEEKDAYS)
    return is_dated and len(parts) > 1 and parts[0].lower() in days


def _is_title(word: str) -> bool:
    """Tell whether a word is a title, including compounds such as "Then-Mayor", "Mayor-elect"."""
    return capitals.TITLE_PARTS.issuperset(word.lower().rstrip(".").split("-"))


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
    is_name = given_names.gender_of(given) or not is_word(given)
    return bool(is_name) and _is_role(role)


def _is_role(noun: str) -> bool:
    last = noun.rpartition("-")[2]
    return (
        last in occupations.PERSON_NOUNS
        or last in people.HUMAN_NOUNS
        or bool(last.endswith(source_forms.PERSON_NOUN_ENDINGS) and is_word(last))
    )
