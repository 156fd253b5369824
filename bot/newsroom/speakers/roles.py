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
from bot.speakers.names import read_name
from bot.speakers.spelling import folded
from bot.store.speakers.names import LONGEST_NAME
from bot.wording.role import role_of
from bot.wording.who import is_body

MOST_ROLES = 12
"""Of one speaker in one article."""
LONGEST_ROLE = 90
"""Characters."""


def extract_roles(text: str, claims: Iterable[Claim]) -> Mapping[str, tuple[str, ...]]:
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

    return is_person(word) or word in held_roles.NOUNS_TOO


def _roles(text: str, speaker: str, sources: Iterable[str]) -> list[str]:
    from bot.extract.speakers.capitalised import split_titles
    from bot.extract.speakers.offices import offices

    if len(speaker) > LONGEST_NAME or function_words.AND in speaker:
        return []
    titles, name = split_titles(speaker)
    if not name[:1].isupper() or speaker.lower().startswith(held_roles.ARTICLES):
        return []  # a body, or "the Minister of Finance", as which they are found already
    printed = [" ".join(titles)] if titles else []
    names = dict.fromkeys((speaker, *([name] if titles and name else []), *_short(text, name)))
    for one in names:
        told = [*offices(text, one), *(role_of(source, one) for source in sources)]
        printed += [role for role in told if role and role not in speaker]
    found = dict.fromkeys(role for one in printed for role in _held(one))
    if is_word(speaker.split()[-1].lower()) and speaker.endswith("s"):  # "Corrigan Yards"
        found = {role: None for role in found if _noun(role) not in held_roles.OF_BODIES}
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

    name = read_name(speaker)
    if name.kind != "full":
        return []
    family = [word for word in speaker.split() if "".join(folded(word)) == name.family]
    if len(family) != 1:
        return []
    own = set(speaker.split())
    before = re.findall(rf"({capitals.CAPITAL}\.?) {re.escape(family[0])}\b", text)
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
    who = held_roles.WHO_IS.match(printed)
    is_over = held_roles.OVER.search(held_roles.CLAUSE.split(printed)[0])
    if is_over or (who is None and printed.lower().startswith(held_roles.WHO)):
        return
    parts = [who["role"] if who else printed]
    for cut in (held_roles.JOINED, held_roles.RANK):  # "nominee Gov. Roe" is two things
        parts = [part for one in parts for part in _parted(one, cut)]
    for one in parts:
        plain = _plain(one)
        if (
            _is_role(plain)
            and len(plain) <= LONGEST_ROLE
            and not held_roles.CUT_SHORT.search(plain)
        ):
            yield plain


def _parted(role: str, cut: re.Pattern[str]) -> list[str]:
    parts = cut.split(role)
    if not all(map(_is_role, map(_plain, parts))):
        return [role]
    first, *others = parts
    past = held_roles.PAST.match(_plain(first)) if cut is held_roles.JOINED else None
    if past:  # "former chairman and candidate"
        others = [one if held_roles.POINTING.match(one) else f"{past[0]}{one}" for one in others]
    return [first, *others]


def _plain(role: str) -> str:
    plain = held_roles.POINTING.sub("", role.split(",")[0].strip())
    return held_roles.ASIDE.sub("", plain).strip().removesuffix(function_words.AND.rstrip())


def _is_role(role: str) -> bool:
    noun = _noun(role)
    return is_noun(noun) and noun not in held_roles.TO_ANOTHER and not is_body(role)


def _noun(role: str) -> str:
    from bot.extract.words import head_phrase, words

    return (words(head_phrase(role)) or [""])[-1].rstrip(".")
