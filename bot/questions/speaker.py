"""Find the speaker that words of an English question name, as a value of the `by:` operator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.languages.wordlist import is_word
from bot.questions.question import ArchiveLookup
from bot.questions.tokens import INTERROGATIVES, Tokens, opening_auxiliaries, question_words
from bot.questions.words import word_list, word_map
from bot.search.roles import ROLE_MODIFIERS

_FORMER = "former"
"""A question about the treasurer may mean somebody whom articles call the former treasurer."""
_PRONOUNS = frozenset(("he", "she", "they", "it", "him", "them"))
_PREPOSITIONS = frozenset(("of", "for", "at", "from", "in"))

_SUBJECT_AND_QUESTION = re.compile(
    r"(?P<subject>[^-–—:,?]{2,60}?)(?:\s+[-–—]+\s+|\s*[:,]\s+)(?P<first_word>\w+)\b(?P<rest>.+)",
    re.DOTALL,
)
_PRONOUN = re.compile(
    r"(?<![\w'’])(?:he|she|they|him|them|(?P<possessive>his|her|their))(?![\w'’])", re.IGNORECASE
)


class NamedSpeaker(NamedTuple):
    """The speaker that words of a question name; `value` is for `by:`, None if there is none.

    `description` are the remaining words, to search for.
    """

    value: str | None
    description: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """The values for `by:` of other speakers: "marsh" in "pask and marsh"."""


def find_named_speaker(tokens: Tokens, archive: ArchiveLookup) -> NamedSpeaker | None:
    """Find the speaker that some words name; None if they name nobody in particular.

    A name is tried as typed, then with typing errors corrected. Of several words, the last may be
    the name ("finance minister ekberg") or a noun for the speaker ("the boat charity"). Such a noun
    may also come before "of". If that finds no speaker, all words become a description; but if they
    are in no claim, they are taken for the name of somebody who is not quoted.
    """
    words = _name_words(tokens)
    if word_list("unsearched_words").issuperset(words) or _is_vague(words):
        return None
    for allow_typos in (False, True):
        if speaker := _find_speaker(words, archive, allow_typos=allow_typos):
            return NamedSpeaker(speaker)
    if speaker := archive.find_speaker(" ".join((_FORMER, *words))):
        return NamedSpeaker(speaker)
    if named_speaker := _find_several(words, archive) or _find_in_part(words, archive):
        return named_speaker
    is_description = any(map(archive.has_word, words)) and _are_dictionary_words(words)
    if is_description or not _PRONOUNS.isdisjoint(words):
        return NamedSpeaker(None, tuple(words))
    return NamedSpeaker(" ".join(words))


def full_name_of(speaker: str, archive: ArchiveLookup) -> tuple[str, ...]:
    """The full name of the only speaker with a role, or with a title and name.

    Other claims may print only the full name. Empty if there are several speakers, or if the full
    name adds nothing.
    """
    names = [
        name
        for name in archive.speaker_names(speaker)
        if all(word[0].isupper() for word in name.split()) and not name.startswith("The ")
    ]
    if len(names) != 1 or set(speaker.split()) <= set(names[0].lower().split()):
        return ()
    return (names[0].lower(),)


def is_generic(speaker: str, archive: ArchiveLookup) -> bool:
    """Whether a speaker is named only by a common noun: "the firm", "the paper". A name that is
    also a word, such as Marsh, is not generic."""
    words = speaker.split()
    if not _are_dictionary_words(words) or _is_person(words[-1]):
        return False
    printed_words = {word for name in archive.speaker_names(speaker) for word in name.split()}
    return printed_words.isdisjoint(word.capitalize() for word in words)


def insert_subject(text: str, archive: ArchiveLookup) -> str:
    """Replace the first pronoun by the subject that precedes the question ("pask - did he
    apologise"); without a pronoun, add the subject at the end."""
    match = _SUBJECT_AND_QUESTION.fullmatch(text)
    if not match or match["first_word"].lower() not in INTERROGATIVES | opening_auxiliaries():
        return text
    subject = match["subject"].strip()
    if not is_known_speaker(question_words(subject), archive):
        return text
    rest, count = _PRONOUN.subn(
        lambda pronoun: f"{subject}'s" if pronoun["possessive"] else subject, match["rest"], count=1
    )
    if count:
        return match["first_word"] + rest
    # "lockhart: is there a deal"
    end = "?" if text.endswith("?") else ""
    return f"{text[match.start('first_word') :].rstrip('?')} according to {subject}{end}"


def is_known_speaker(tokens: Tokens, archive: ArchiveLookup) -> bool:
    """Whether these words, taken together, name a known speaker."""
    words = _name_words(tokens)
    if not words or _is_vague(words):
        return False
    if _find_speaker(words, archive) or _find_several(words, archive):
        return True
    named_speaker = _find_in_part(words, archive)
    # The words before a name may be asked about: "television" in "television romney proposed".
    titles = [index for index, word in enumerate(words) if word in word_list("titles")]
    name = words[titles[0] + 1 if titles else 0 :]
    return bool(named_speaker and not named_speaker.description and _find_speaker(name, archive))


def _find_speaker(
    words: Sequence[str], archive: ArchiveLookup, *, allow_typos: bool = False
) -> str | None:
    """The value for `by:` for these words; None for pronouns and unknown names."""
    if _is_vague(words) or word_list("adverbs").issuperset(words):
        return None
    return archive.find_speaker(" ".join(words), allow_typos=allow_typos)


def _is_vague(words: Sequence[str]) -> bool:
    return " ".join(words) in word_list("vague_speakers")


def _name_words(tokens: Tokens) -> list[str]:
    """The words of a name without determiners and possessives."""
    bare_tokens = (token.removesuffix("'s").rstrip("'") for token in tokens)
    words = [
        word
        for token in bare_tokens
        for word in word_map("role_abbreviations").get(token, token).split()
    ]
    while words and words[0] in word_list("determiners") and not _is_vague(words):
        words = words[1:]
    while len(words) > 1 and words[-1] in word_list("adverbs"):
        words = words[:-1]
    return words


def _find_several(words: Sequence[str], archive: ArchiveLookup) -> NamedSpeaker | None:
    """The speakers that words with "and" between them name, if each is known."""
    if "and" not in words:
        return None
    index = words.index("and")
    first_words, other_words = words[:index], words[index + 1 :]
    if not (is_known_speaker(first_words, archive) and is_known_speaker(other_words, archive)):
        return None
    first = find_named_speaker(first_words, archive)
    rest = find_named_speaker(other_words, archive)
    if not first or not rest or not first.value or not rest.value:
        return None
    if first.description or rest.description:
        return None
    return NamedSpeaker(first.value, others=(rest.value, *rest.others))


def _find_in_part(words: Sequence[str], archive: ArchiveLookup) -> NamedSpeaker | None:
    """The speaker that some of these words name; the other words are a description."""
    prepositions = [index for index, word in enumerate(words) if index and word in _PREPOSITIONS]
    if prepositions:
        index = prepositions[0]
        speaker = _find_speaker(words[:index], archive)
        return NamedSpeaker(speaker, tuple(words[index + 1 :])) if speaker else None
    for allow_typos in (False, True):
        for index in range(1, len(words)):
            prefix, name = words[:index], words[index:]
            if not allow_typos or not any(map(is_word, name)):
                speaker = _find_speaker(name, archive, allow_typos=allow_typos)
                if speaker and (named_speaker := _speaker_after(prefix, name, speaker)):
                    return named_speaker
    return None


def _speaker_after(prefix: Sequence[str], name: Sequence[str], speaker: str) -> NamedSpeaker | None:
    """The speaker with a name that follows a prefix; None if the prefix does not fit the name.

    A name may follow a title or role, and a common noun may follow a description.
    """
    is_common_noun = all(map(is_word, name)) and word_list("titles").isdisjoint(prefix)
    if is_common_noun:
        # A plural, such as "workers", may be somebody else; a deputy governor is not the governor.
        is_other = name[-1].endswith("s") or not ROLE_MODIFIERS.isdisjoint(prefix)
        return None if is_other else NamedSpeaker(speaker, tuple(prefix))
    follows_role = prefix[-1] in word_list("titles") or _is_person(prefix[-1])
    return NamedSpeaker(speaker) if follows_role else None


def _are_dictionary_words(words: Sequence[str]) -> bool:
    """Whether all words are in the dictionary, or all their parts (ex-employees)."""
    return all(is_word(part) for word in words for part in word.split("-") if part)


def _is_person(word: str) -> bool:
    """Whether a word is a noun for a person (director), not a given name."""
    from bot.extract.speakers.descriptions import is_person

    return is_person(word)
