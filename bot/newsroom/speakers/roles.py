"""Find the roles that an article gives its speakers: "governor", "harbour master". Pure.

Only roles printed for a speaker by name count. Doubtful ones are left out: a wrong role is worse
than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.languages.table import LISTS, capitals, function_words, held_roles, people
from bot.languages.wordlist import is_word
from bot.model import Claim
from bot.speakers.names import parse_name
from bot.speakers.spelling import fold_name
from bot.store.speakers.names import MAX_NAME_LENGTH
from bot.text.unnamed import is_body
from bot.wording.role import role_of

MAX_ROLES = 12
"""The most roles of a speaker in an article."""
MAX_ROLE_LENGTH = 90
"""In characters."""


def extract_roles(text: str, claims: Iterable[Claim]) -> Mapping[str, tuple[str, ...]]:
    """Return the roles that an article prints for its named speakers, by `Claim.speaker`."""
    sources: dict[str, dict[str, None]] = {}
    if not text:
        return {}
    for claim in claims:
        if claim.speaker and claim.source_kind == "named":
            sources.setdefault(claim.speaker, {})[claim.source or ""] = None
    roles = {
        speaker: tuple(_find_roles(text, speaker, printed)) for speaker, printed in sources.items()
    }
    return {speaker: found for speaker, found in roles.items() if found}


def is_person_noun(word: str) -> bool:
    """Whether a folded word is a noun for a person: "governor"."""
    from bot.extract.speakers.kinds import is_person

    return is_person(word) or word in held_roles.ADJECTIVAL_NOUNS


def _find_roles(text: str, speaker: str, sources: Iterable[str]) -> list[str]:
    from bot.extract.speakers.capitalised import split_titles
    from bot.speakers.descriptions import list_roles

    if len(speaker) > MAX_NAME_LENGTH or function_words.CONJUNCTION in speaker:
        return []
    titles, name = split_titles(speaker)
    if not name[:1].isupper() or speaker.lower().startswith(held_roles.ARTICLES):
        return []  # an organisation, or a role by itself ("the Minister of Finance")
    descriptions = [" ".join(titles)] if titles else []
    names = (speaker, *([name] if titles else []), *_family_name(text, name))
    for printed_name in dict.fromkeys(names):
        candidates = [
            *list_roles(text, printed_name),
            *(role_of(source, printed_name) for source in sources),
        ]
        descriptions += [role for role in candidates if role and role not in speaker]
    roles = list(
        dict.fromkeys(role for description in descriptions for role in _split_roles(description))
    )
    if is_word(speaker.split()[-1].lower()) and speaker.endswith("s"):  # "Corrigan Yards"
        roles = [role for role in roles if _head_noun(role) not in held_roles.ORGANISATION_ROLES]
    return _without_suffixes(roles)[:MAX_ROLES]


def _without_suffixes(roles: list[str]) -> list[str]:
    """Remove roles that are the end of another: "director", if there is "sales director"."""
    suffixes = [f" {role.casefold()}" for role in roles]
    return [
        role
        for role, suffix in zip(roles, suffixes, strict=True)
        if not any(other != suffix and other.endswith(suffix) for other in suffixes)
    ]


def _family_name(text: str, speaker: str) -> list[str]:
    """Return the family name of a person, unless others in the article have it too."""
    name = parse_name(speaker)
    if name.kind != "full":
        return []
    family = [word for word in speaker.split() if "".join(fold_name(word)) == name.family]
    if len(family) != 1:
        return []
    own_words = set(speaker.split())
    words_before = re.findall(rf"({capitals.CAPITALISED_WORD}\.?) {re.escape(family[0])}\b", text)
    is_shared = any(
        word not in own_words
        and not is_person_noun(lowered := word.lower().rstrip("."))
        and lowered not in people.TITLES
        for word in words_before
    )
    return [] if is_shared else family


def _split_roles(description: str) -> Iterator[str]:
    """Yield the roles in a printed description."""
    role_clause = held_roles.ROLE_CLAUSE.match(description)
    has_ended = held_roles.ENDED_ROLE.search(held_roles.RELATIVE_CLAUSE.split(description)[0])
    if has_ended or (role_clause is None and description.lower().startswith(held_roles.WHO_PREFIX)):
        return
    parts = [role_clause["role"] if role_clause else description]
    # "nominee Gov. Roe" is two roles.
    for separator in (held_roles.CONJUNCTION, held_roles.SPACE_BEFORE_TITLE):
        parts = [role for part in parts for role in _split(part, separator)]
    for role in map(_trim, parts):
        if (
            _is_role(role)
            and len(role) <= MAX_ROLE_LENGTH
            and not held_roles.TRUNCATED_ENDING.search(role)
        ):
            yield role


def _split(description: str, separator: re.Pattern[str]) -> list[str]:
    """Split a description at a separator, unless a part would not be a role."""
    parts = separator.split(description)
    if not all(map(_is_role, map(_trim, parts))):
        return [description]
    first, *others = parts
    is_conjunction = separator is held_roles.CONJUNCTION
    if is_conjunction and (former := held_roles.FORMER_PREFIX.match(_trim(first))):
        # "former chairman and candidate": both roles are former ones.
        others = [
            part if held_roles.LEADING_WORDS.match(part) else f"{former[0]}{part}"
            for part in others
        ]
    return [first, *others]


def _trim(description: str) -> str:
    """Remove leading words such as articles, and trailing clauses."""
    trimmed = held_roles.LEADING_WORDS.sub("", description.split(",")[0].strip())
    return (
        held_roles.TRAILING_CLAUSE.sub("", trimmed)
        .strip()
        .removesuffix(function_words.CONJUNCTION.rstrip())
    )


def _is_role(phrase: str) -> bool:
    noun = _head_noun(phrase)
    return is_person_noun(noun) and noun not in LISTS["relational_roles"] and not is_body(phrase)


def _head_noun(phrase: str) -> str:
    from bot.extract.words import head_phrase, words

    return (words(head_phrase(phrase)) or [""])[-1].rstrip(".")
