"""Whom the words of an English question name: as claims are by them, as far as that is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.languages.wordlist import is_word
from bot.questions.question import Known
from bot.questions.tokens import INTERROGATIVES, beginnings, cut
from bot.questions.words import listed, mapping
from bot.search.roles import ANOTHER

_FORMER = "former"
"""Whoever asks for the treasurer may well mean the one of whom the articles say what he was."""
_PRONOUNS = frozenset(("he", "she", "they", "it", "him", "them"))
_JOINTS = frozenset(("of", "for", "at", "from", "in"))


_SUBJECT = re.compile(r"([^-–—:,?]{2,60}?)(?:\s+[-–—]+\s+|\s*[:,]\s+)(\w+)\b(.+)", re.DOTALL)
_PRONOUN = re.compile(
    r"(?<![\w'’])(?:he|she|they|him|them|(?P<own>his|her|their))(?![\w'’])", re.IGNORECASE
)


class Whom(NamedTuple):
    """Whom some words of a question name: the value of by:, and what is left of these words, by
    which claims are to be found. Without a value nobody is known who is called so."""

    by: str | None
    left: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Who else is asked about: "pask and marsh"."""


def whom(tokens: Sequence[str], known: Known) -> Whom | None:
    """Read whom some words name; nothing where they name nobody in particular.

    A name is taken as it stands, then with its slips mended. Of more words the last are the name
    ("finance minister ekberg"), or the noun for what somebody is ("the boat charity"), or this
    stands before "of". Who is not known by any of them is described by all of them, unless no
    claim holds one: then it is a name all the same, and nobody of that name has said anything.
    """
    run = _bare(tokens)
    if listed("little").issuperset(run) or " ".join(run) in listed("nobody"):
        return None
    for forgiving in (False, True):
        if by := _speaker(run, known, forgiving=forgiving):
            return Whom(by)
    if by := known.speaker(" ".join((_FORMER, *run))):
        return Whom(by)
    if found := _several(run, known) or _parted(run, known):
        return found
    if not _PRONOUNS.isdisjoint(run) or (any(map(known.is_held, run)) and _are_words(run)):
        return Whom(None, tuple(run))
    return Whom(" ".join(run))


def also_named(by: str, known: Known) -> tuple[str, ...]:
    """The full name of the only one who has a role or is called by a title and a name, whose other
    claims may print neither; nothing where there are several, or where it says no more."""
    full = [one for one in known.named(by) if all(word[0].isupper() for word in one.split())]
    full = [one for one in full if not one.startswith("The ")]
    if len(full) != 1 or set(by.split()) <= set(full[0].lower().split()):
        return ()
    return (full[0].lower(),)


def may_be_anybody(by: str, known: Known) -> bool:
    """Whether only words for a thing or a body name somebody: "the firm", "the paper"; a name that
    is a word, as Marsh is, is not only that."""
    named = by.split()
    if not _are_words(named) or _is_person(named[-1]):
        return False
    names = {word for one in known.named(by) for word in one.split()}
    return names.isdisjoint(one.capitalize() for one in named)


def with_subject(text: str, known: Known) -> str:
    """A question with the name of whom it is about, which stands before it, in the place of the
    first pronoun ("pask - did he apologise"), or else behind it."""
    parts = _SUBJECT.fullmatch(text)
    if not parts or parts[2].lower() not in INTERROGATIVES | beginnings():
        return text
    named = parts[1].strip()
    if not is_known(cut(named), known):
        return text
    asked, count = _PRONOUN.subn(
        lambda one: f"{named}'s" if one["own"] else named, parts[3], count=1
    )
    if count:
        return parts[2] + asked
    # "lockhart: is there a deal"
    end = "?" if text.endswith("?") else ""
    return f"{text[parts.start(2) :].rstrip('?')} according to {named}{end}"


def is_known(tokens: Sequence[str], known: Known) -> bool:
    """Whether some words, all of them, name somebody who is known to have said something."""
    run = _bare(tokens)
    return bool(run) and " ".join(run) not in listed("nobody") and _is_speaker(run, known)


def _speaker(run: Sequence[str], known: Known, *, forgiving: bool = False) -> str | None:
    """The name by which claims are by whom these words name; pronouns are nobody's name."""
    if " ".join(run) in listed("nobody") or listed("adverbs").issuperset(run):
        return None
    return known.speaker(" ".join(run), forgiving=forgiving)


def _is_speaker(run: Sequence[str], known: Known) -> bool:
    if _speaker(run, known) or _several(run, known):
        return True
    found = _parted(run, known)
    # Words before a name may be what is asked for: "television romney proposed".
    named = run[next((n for n, one in enumerate(run) if one in listed("titles")), -1) + 1 :]
    return found is not None and not found.left and _speaker(named, known) is not None


def _bare(tokens: Sequence[str]) -> list[str]:
    """The words of a name without what stands before it."""
    run = [one.removesuffix("'s").rstrip("'") for one in tokens]
    run = [word for one in run for word in mapping("short").get(one, one).split()]
    while run and run[0] in listed("determiners"):
        if " ".join(run) in listed("nobody"):
            break
        run = run[1:]
    while len(run) > 1 and run[-1] in listed("adverbs"):
        run = run[:-1]
    return run


def _several(run: Sequence[str], known: Known) -> Whom | None:
    """Everybody whom words with "and" between them name, if each of these is a speaker."""
    if "and" not in run:
        return None
    at = run.index("and")
    if not is_known(run[:at], known) or not is_known(run[at + 1 :], known):
        return None
    one, rest = whom(run[:at], known), whom(run[at + 1 :], known)
    if not one or not rest or not one.by or not rest.by or one.left or rest.left:
        return None
    return Whom(one.by, others=(rest.by, *rest.others))


def _parted(run: Sequence[str], known: Known) -> Whom | None:
    """The part of some words that names a speaker, with what the others say of them."""
    at = next((n for n, one in enumerate(run) if n and one in _JOINTS), None)
    if at is not None:
        by = _speaker(run[:at], known)
        return Whom(by, tuple(run[at + 1 :])) if by else None
    for forgiving in (False, True):
        for at in range(1, len(run)):
            before, behind = run[:at], run[at:]
            if not forgiving or not any(map(is_word, behind)):
                by = _speaker(behind, known, forgiving=forgiving)
                if by and (found := _behind(before, behind, by)):
                    return found
    return None


def _behind(before: Sequence[str], behind: Sequence[str], by: str) -> Whom | None:
    """Whom the last words name: behind a title it is the name, behind other words of the language
    what somebody is, and behind a name another one's."""
    is_noun = all(map(is_word, behind)) and not set(before) & listed("titles")
    if is_noun:
        # Of many, such as workers, bodies have their names; a deputy governor is no governor.
        is_other = behind[-1].endswith("s") or not ANOTHER.isdisjoint(before)
        return None if is_other else Whom(by, tuple(before))
    is_role = before[-1] in listed("titles") or _is_person(before[-1])
    return Whom(by) if is_role else None


def _are_words(run: Sequence[str]) -> bool:
    """Whether all of some words are words of the language: ex-employees are."""
    return all(is_word(part) for one in run for part in one.split("-") if part)


def _is_person(word: str) -> bool:
    """Whether a word is a noun for what somebody is: director; no given name that is a word."""
    from bot.extract.speakers.descriptions import is_person

    return is_person(word)
