"""What an article says that its speakers are: "governor", "harbour master". Pure.

Only what it prints of a speaker by name counts, and what is doubtful is left out: a wrong role is
worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.languages.table import capitals, function_words, held_roles, people
from bot.languages.wordlist import is_word
from bot.model import Claim
from bot.speakers.names import parse_name
from bot.speakers.spelling import fold_name
from bot.store.speakers.names import MAX_NAME_LENGTH
from bot.wording.role import role_of
from bot.wording.who_line import is_body

MOST_ROLES = 12
"""Of one speaker in one article."""
LONGEST_ROLE = 90
"""Characters."""


def roles_of(text: str, claims: Iterable[Claim]) -> Mapping[str, tuple[str, ...]]:
    """The roles that an article gives those who speak in its claims, as printed, by the names that
    the claims have for them."""
    sources: dict[str, dict[str, None]] = {}
    if not text:
        return {}
    for claim in claims:
        if claim.speaker and claim.source_kind == "named" and not claim.unsure:
            sources.setdefault(claim.speaker, {})[claim.source or ""] = None
    found = {name: tuple(_roles(text, name, printed)) for name, printed in sources.items()}
    return {name: roles for name, roles in found.items() if roles}


def is_noun(word: str) -> bool:
    """Whether a folded word is a noun for what one human being is."""
    from bot.extract.speakers.descriptions import is_person

    return is_person(word) or word in held_roles.ADJECTIVAL_NOUNS


def _roles(text: str, speaker: str, sources: Iterable[str]) -> list[str]:
    from bot.extract.speakers.capitalised import split_titles
    from bot.extract.speakers.offices import list_roles

    if len(speaker) > MAX_NAME_LENGTH or function_words.CONJUNCTION in speaker:
        return []
    titles, name = split_titles(speaker)
    if not name[:1].isupper() or speaker.lower().startswith(held_roles.ARTICLES):
        return []  # a body, or "the Minister of Finance", as which they are found already
    printed = [" ".join(titles)] if titles else []
    names = dict.fromkeys((speaker, *([name] if titles and name else []), *_short(text, name)))
    for one in names:
        told = [*list_roles(text, one), *(role_of(source, one) for source in sources)]
        printed += [role for role in told if role and role not in speaker]
    found = dict.fromkeys(role for one in printed for role in _held(one))
    if is_word(speaker.split()[-1].lower()) and speaker.endswith("s"):  # "Corrigan Yards"
        found = {role: None for role in found if _noun(role) not in held_roles.ORGANISATION_ROLES}
    return _fullest(list(found))[:MOST_ROLES]


def _fullest(roles: list[str]) -> list[str]:
    """Roles without those that are the end of another: "director", beside "sales director"."""
    ends = [f" {role.casefold()}" for role in roles]
    return [
        role
        for role, end in zip(roles, ends, strict=True)
        if not any(other != end and other.endswith(end) for other in ends)
    ]


def _short(text: str, speaker: str) -> list[str]:
    """The family name by which an article calls a speaker, unless others have it there, too."""

    name = parse_name(speaker)
    if name.kind != "full":
        return []
    family = [word for word in speaker.split() if "".join(fold_name(word)) == name.family]
    if len(family) != 1:
        return []
    own = set(speaker.split())
    before = re.findall(rf"({capitals.CAPITALISED_WORD}\.?) {re.escape(family[0])}\b", text)
    others = {
        word
        for word in before
        if word not in own
        and not is_noun(plain := word.lower().rstrip("."))
        and plain not in people.TITLES
    }
    return [] if others else family


def _held(printed: str) -> Iterator[str]:
    """The roles in a description."""
    who = held_roles.ROLE_CLAUSE.match(printed)
    is_over = held_roles.ENDED_ROLE.search(held_roles.RELATIVE_CLAUSE.split(printed)[0])
    if is_over or (who is None and printed.lower().startswith(held_roles.WHO_PREFIX)):
        return
    parts = [who["role"] if who else printed]
    for cut in (
        held_roles.CONJUNCTION,
        held_roles.SPACE_BEFORE_RANK,
    ):  # "nominee Gov. Roe" is two things
        parts = [part for one in parts for part in _parted(one, cut)]
    for one in parts:
        plain = _plain(one)
        if (
            _is_role(plain)
            and len(plain) <= LONGEST_ROLE
            and not held_roles.TRUNCATED_ENDING.search(plain)
        ):
            yield plain


def _parted(role: str, cut: re.Pattern[str]) -> list[str]:
    parts = cut.split(role)
    if not all(map(_is_role, map(_plain, parts))):
        return [role]
    first, *others = parts
    past = held_roles.FORMER_PREFIX.match(_plain(first)) if cut is held_roles.CONJUNCTION else None
    if past:  # "former chairman and candidate"
        others = [
            one if held_roles.LEADING_WORDS.match(one) else f"{past[0]}{one}" for one in others
        ]
    return [first, *others]


def _plain(role: str) -> str:
    plain = held_roles.LEADING_WORDS.sub("", role.split(",")[0].strip())
    return (
        held_roles.TRAILING_CLAUSE.sub("", plain)
        .strip()
        .removesuffix(function_words.CONJUNCTION.rstrip())
    )


def _is_role(role: str) -> bool:
    noun = _noun(role)
    return is_noun(noun) and noun not in held_roles.RELATIONAL_ROLES and not is_body(role)


def _noun(role: str) -> str:
    from bot.extract.words import head_phrase, words

    return (words(head_phrase(role)) or [""])[-1].rstrip(".")
