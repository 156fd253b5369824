"""Find the speaker that words of an English question name, as by: would."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.languages.wordlist import is_word
from bot.questions.question import ArchiveLookup
from bot.questions.tokens import INTERROGATIVES, opening_auxiliaries, question_words
from bot.questions.words import word_list, word_map
from bot.search.roles import ROLE_MODIFIERS

_FORMER = "former"
"""A question about the treasurer may mean one whom articles call former treasurer."""
_PRONOUNS = frozenset(("he", "she", "they", "it", "him", "them"))
_JOINTS = frozenset(("of", "for", "at", "from", "in"))


_SUBJECT = re.compile(r"([^-–—:,?]{2,60}?)(?:\s+[-–—]+\s+|\s*[:,]\s+)(\w+)\b(.+)", re.DOTALL)
_PRONOUN = re.compile(
    r"(?<![\w'’])(?:he|she|they|him|them|(?P<own>his|her|their))(?![\w'’])", re.IGNORECASE
)


class NamedSpeaker(NamedTuple):
    """The speaker that words of a question name: the value of by:, None if none such is known;
    `left` are the remaining words, to search for."""

    by: str | None
    left: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Who else is asked about: "pask and marsh"."""


def read_speaker(tokens: Sequence[str], known: ArchiveLookup) -> NamedSpeaker | None:
    """Find the speaker that some words name; None if they name nobody in particular.

    A name is tried as typed, then with slips corrected. Of several words, the last may be the name
    ("finance minister ekberg") or a noun for the speaker ("the boat charity"), or that noun is
    before "of". If no speaker is known by any of them, all words become a description; but if they
    are in no claim, they are taken for the name of somebody who is not quoted.
    """
    run = _bare(tokens)
    if word_list("little").issuperset(run) or " ".join(run) in word_list("nobody"):
        return None
    for allow_typos in (False, True):
        if by := _speaker(run, known, allow_typos=allow_typos):
            return NamedSpeaker(by)
    if by := known.find_speaker(" ".join((_FORMER, *run))):
        return NamedSpeaker(by)
    if found := _several(run, known) or _parted(run, known):
        return found
    if not _PRONOUNS.isdisjoint(run) or (any(map(known.has_word, run)) and _are_words(run)):
        return NamedSpeaker(None, tuple(run))
    return NamedSpeaker(" ".join(run))


def full_name_of(by: str, known: ArchiveLookup) -> tuple[str, ...]:
    """The full name of the only speaker with a role, or with a title and name: other claims may
    print only that; empty if there are several, or if it adds nothing."""
    full = [
        one for one in known.speaker_names(by) if all(word[0].isupper() for word in one.split())
    ]
    full = [one for one in full if not one.startswith("The ")]
    if len(full) != 1 or set(by.split()) <= set(full[0].lower().split()):
        return ()
    return (full[0].lower(),)


def is_generic(by: str, known: ArchiveLookup) -> bool:
    """Whether a speaker is named only by a common noun: "the firm", "the paper". A name that is
    also a word, such as Marsh, is not generic."""
    named = by.split()
    if not _are_words(named) or _is_person(named[-1]):
        return False
    names = {word for one in known.speaker_names(by) for word in one.split()}
    return names.isdisjoint(one.capitalize() for one in named)


def with_subject(text: str, known: ArchiveLookup) -> str:
    """Replace the first pronoun by the subject that precedes the question ("pask - did he
    apologise"), or else behind it."""
    parts = _SUBJECT.fullmatch(text)
    if not parts or parts[2].lower() not in INTERROGATIVES | opening_auxiliaries():
        return text
    named = parts[1].strip()
    if not is_known(question_words(named), known):
        return text
    asked, count = _PRONOUN.subn(
        lambda one: f"{named}'s" if one["own"] else named, parts[3], count=1
    )
    if count:
        return parts[2] + asked
    # "lockhart: is there a deal"
    end = "?" if text.endswith("?") else ""
    return f"{text[parts.start(2) :].rstrip('?')} according to {named}{end}"


def is_known(tokens: Sequence[str], known: ArchiveLookup) -> bool:
    """Whether all of some words together name a known speaker."""
    run = _bare(tokens)
    return bool(run) and " ".join(run) not in word_list("nobody") and _is_speaker(run, known)


def _speaker(run: Sequence[str], known: ArchiveLookup, *, allow_typos: bool = False) -> str | None:
    """The value of by: for these words, or None; pronouns name nobody."""
    if " ".join(run) in word_list("nobody") or word_list("adverbs").issuperset(run):
        return None
    return known.find_speaker(" ".join(run), allow_typos=allow_typos)


def _is_speaker(run: Sequence[str], known: ArchiveLookup) -> bool:
    if _speaker(run, known) or _several(run, known):
        return True
    found = _parted(run, known)
    # Words before a name may be what is asked for: "television romney proposed".
    named = run[next((n for n, one in enumerate(run) if one in word_list("titles")), -1) + 1 :]
    return found is not None and not found.left and _speaker(named, known) is not None


def _bare(tokens: Sequence[str]) -> list[str]:
    """The words of a name without determiners and possessives."""
    run = [one.removesuffix("'s").rstrip("'") for one in tokens]
    run = [word for one in run for word in word_map("short").get(one, one).split()]
    while run and run[0] in word_list("determiners"):
        if " ".join(run) in word_list("nobody"):
            break
        run = run[1:]
    while len(run) > 1 and run[-1] in word_list("adverbs"):
        run = run[:-1]
    return run


def _several(run: Sequence[str], known: ArchiveLookup) -> NamedSpeaker | None:
    """Everybody whom words with "and" between them name, if each of these is a speaker."""
    if "and" not in run:
        return None
    at = run.index("and")
    if not is_known(run[:at], known) or not is_known(run[at + 1 :], known):
        return None
    one, rest = read_speaker(run[:at], known), read_speaker(run[at + 1 :], known)
    if not one or not rest or not one.by or not rest.by or one.left or rest.left:
        return None
    return NamedSpeaker(one.by, others=(rest.by, *rest.others))


def _parted(run: Sequence[str], known: ArchiveLookup) -> NamedSpeaker | None:
    """The part of some words that names a speaker, and the rest as description."""
    at = next((n for n, one in enumerate(run) if n and one in _JOINTS), None)
    if at is not None:
        by = _speaker(run[:at], known)
        return NamedSpeaker(by, tuple(run[at + 1 :])) if by else None
    for allow_typos in (False, True):
        for at in range(1, len(run)):
            before, behind = run[:at], run[at:]
            if not allow_typos or not any(map(is_word, behind)):
                by = _speaker(behind, known, allow_typos=allow_typos)
                if by and (found := _behind(before, behind, by)):
                    return found
    return None


def _behind(before: Sequence[str], behind: Sequence[str], by: str) -> NamedSpeaker | None:
    """The speaker that the last words name, depending on what precedes them: a name follows a title
    or role, and a common noun may follow a description."""
    is_noun = all(map(is_word, behind)) and not set(before) & word_list("titles")
    if is_noun:
        # Of many, such as workers, bodies have their names; a deputy governor is no governor.
        is_other = behind[-1].endswith("s") or not ROLE_MODIFIERS.isdisjoint(before)
        return None if is_other else NamedSpeaker(by, tuple(before))
    is_role = before[-1] in word_list("titles") or _is_person(before[-1])
    return NamedSpeaker(by) if is_role else None


def _are_words(run: Sequence[str]) -> bool:
    """Whether all words are in the dictionary, also in parts: ex-employees."""
    return all(is_word(part) for one in run for part in one.split("-") if part)


def _is_person(word: str) -> bool:
    """Whether a word is a noun for a person (director), not a given name."""
    from bot.extract.speakers.descriptions import is_person

    return is_person(word)
