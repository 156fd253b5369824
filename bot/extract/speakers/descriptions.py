"""Descriptions that an article prints next to somebody's name. Pure.

"Sun Yun, director of the China Program at the Stimson Center,", "Foreign Minister Wang Yi", "Ida
Falk, who heads the union,", "the mayor of Norton, Ida Falk,". Only printed words are used, and
doubtful ones are left out: a wrong description is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.extract.words import head_phrase, words
from bot.languages.table import capitals, cue_verbs, occupations, people, pronouns
from bot.languages.wordlist import is_word
from bot.model import Span
from bot.text.quotes import quotation_mask

MAX_TITLE_WORDS = 6
MAX_LOWERCASE_TITLE_WORDS = 3
"""Of a title that begins in lower case: what stands before may be the sentence's own."""


SENTENCE_STARTS = ("\n", ". ", "? ", "”", ": ")
TITLE_WORD = re.compile(r"(?:^|(?<=[\s“(—–-]))(\S+)\s$")
TITLE_PART = re.compile(r"[^\W\d_][\w&-]*(?:[’']\w*)?")
TITLE_LOOKBACK = 40  # characters in which one word of a title stands
# Characters in which a sentence begins that BEFORE matches whole.
SENTENCE_LOOKBACK = occupations.MAX_DESCRIPTION_LENGTH + 10


class Description(NamedTuple):
    """A description with the span of its name; `is_title` if it is printed before the name
    ("Foreign Minister Wang Yi")."""

    text: str
    name: Span
    is_title: bool = False


def descriptions(text: str, name: str) -> Iterator[Description]:
    """List an article's descriptions of the bearer of a name, in order.

    Quotations are left out: they are not the article's own words.
    """
    for start, end in mentions(text, name):
        if found := _described(text, (start, end)):
            yield found


def mentions(text: str, name: str) -> Iterator[Span]:
    """List the spans of a name in a text, outside quotations."""
    first, last, inside = 0, -1, b""
    for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        if found.start() >= last:
            first = text.rfind("\n", 0, found.start()) + 1
            last = text.find("\n", found.start())
            last = last if last >= 0 else len(text)
            inside = bytes(quotation_mask(text[first:last]))
        if not inside[found.start() - first]:
            yield found.span()


def _described(text: str, name: Span) -> Description | None:
    start, end = name
    if what := description_after(text, end):
        return Description(what, name)
    if what := title_before(text, start):
        return Description(what, name, is_title=True)
    if what := description_before(text, start, end):
        return Description(what, name)
    return None


def description_after(text: str, end: int) -> str | None:
    """ ", director of the China Program at the Stimson Center," and ", who heads the union,"."""
    if who := occupations.WHO_CLAUSE.match(text, end):
        return who["what"]
    found = occupations.DESCRIPTION_AFTER_NAME.match(text, end)
    if not found or not is_description(
        occupations.SINCE_PHRASE.sub("", what := found["what"].strip())
    ):
        return None
    stop = found.end("what")
    if found["end"] == ",":
        if occupations.TRAILING_PLACE.search(what) and (
            place := occupations.PLACE_CONTINUATION.match(text, stop)
        ):
            return f"{what}{place[0]}"
        # "According to Sun Yun, the president of China, Xi Jinping, …" describes the other.
        if occupations.FOLLOWING_NAME.match(text, stop):
            return None
    elif found["end"].startswith(" ") and not text[end : found.start("what")].startswith(" "):
        return None  # a dash that closes what a comma opened opens something else
    return what


def is_description(what: str) -> bool:
    """Whether words end in a noun for a person or body, with no verb before it."""
    main = head_phrase(what)
    nouns = words(main)
    if not nouns or not (
        _may_start_description(nouns[0])
        or (nouns == [nouns[0]] and occupations.NOUN_COMPLEMENT.match(what))
    ):
        return False
    if nouns[0].endswith("ed") and len(nouns) == 1:
        return False
    if not pronouns.POSSESSIVES.isdisjoint(nouns[1:]):
        return False  # "the league suspended its president"
    if any(
        noun in cue_verbs.VERBS - people.TITLES - occupations.PERSON_NOUNS for noun in nouns[1:]
    ):
        return False
    is_body = nouns[0] in pronouns.INDEFINITE_ARTICLES and nouns[-1] in occupations.BODY_NOUNS
    return (nouns[-1] in occupations.PERSON_NOUNS or is_body) and _has_no_clause(what[len(main) :])


def _may_start_description(noun: str) -> bool:
    return noun not in occupations.NON_OPENING_WORDS and (
        noun in occupations.ROLE_ADJECTIVES or not noun.endswith("ing")
    )


def _has_no_clause(rest: str) -> bool:
    return occupations.FINITE_VERBS.isdisjoint(
        words(occupations.CLAUSE_START.split(rest, maxsplit=1)[0])
    )


def title_before(text: str, start: int) -> str | None:
    """ "Chinese Foreign Minister" before a name, and "campaign manager"."""
    taken: list[str] = []
    first = start
    while len(taken) < MAX_TITLE_WORDS and (
        found := TITLE_WORD.search(text, max(0, first - TITLE_LOOKBACK), first)
    ):
        word = found[1]
        if not (
            _extends_title(taken[-1], word) if taken else _is_title(word) or _is_honorific(word)
        ):
            break
        taken.append(word)
        first = found.start(1)
    return _trimmed(taken[::-1])


def _is_title(word: str) -> bool:
    return (
        is_person(plain := _normalised(word))
        or plain in people.TITLES - occupations.INCOMPLETE_TITLES - occupations.HONORIFICS
    )


def is_person(noun: str) -> bool:
    """Whether a noun is for one person, including "vice-chancellor" and "mayor-elect"."""
    first, *_, last = noun.split("-") if "-" in noun else (noun, noun)
    return (
        noun in occupations.PERSON_NOUNS
        or last in occupations.PERSON_NOUNS
        or (last in occupations.TITLE_SUFFIXES and first in occupations.PERSON_NOUNS)
    )


def _qualifies(word: str) -> bool:
    """Whether a word changes a title's meaning: a former minister is no minister."""
    return _normalised(word) in occupations.QUALIFIERS or word.startswith(("ex-", "non-"))


def _is_honorific(word: str) -> bool:
    return _normalised(word) in occupations.HONORIFICS


def _normalised(word: str) -> str:
    return (word.rstrip(".") if occupations.ABBREVIATION.fullmatch(word) else word).lower()


def _extends_title(title_before: str, word: str) -> bool:
    """Whether a word belongs to the title that it stands before."""
    if not (TITLE_PART.fullmatch(word) or _is_abbreviation(word)):
        return False
    plain = capitals.POSSESSIVE_ENDING.sub("", _normalised(word))
    if plain in occupations.NON_TITLE_WORDS:
        return False
    if (
        word[0].isupper()
        or plain in people.TITLES | occupations.PERSON_NOUNS | occupations.QUALIFIERS
    ):
        return True
    # "Along the way Sen. Roe" begins an office; "campaign manager Roe" goes on with one.
    return (
        title_before[0].islower()
        and plain not in cue_verbs.VERBS
        and not plain.endswith(("ed", "ing", "ly"))
    )


def _is_abbreviation(word: str) -> bool:
    """Whether a full stop is part of a word: "Sen.", "U.S.", but not the end of a sentence."""
    plain = _normalised(word)
    is_short = word.count(".") > 1 or plain in people.TITLES or not is_word(plain)
    return bool(occupations.ABBREVIATION.fullmatch(word)) and is_short


def _trimmed(parts: list[str]) -> str | None:
    """A title without "Mr" and without what may belong to the sentence before it."""
    parts = [part for part in parts if not _is_honorific(part)]
    if (
        not parts
        or not _is_title(parts[-1])
        or _normalised(" ".join(parts)) in occupations.INCOMPLETE_TITLES
    ):
        return None
    while (
        len(parts) > MAX_LOWERCASE_TITLE_WORDS
        and parts[0][0].islower()
        and not _qualifies(parts[0])
    ):
        parts.pop(0)
    return " ".join(parts)


def sentence_start(text: str, start: int) -> int:
    """The start of the sentence that holds a name, at most SENTENCE_LOOKBACK before it."""
    reach = max(0, start - SENTENCE_LOOKBACK)
    ends = ((text.rfind(mark, reach, start), mark) for mark in SENTENCE_STARTS)
    return max((at + len(mark) for at, mark in ends if at >= 0), default=reach)


def description_before(text: str, start: int, end: int) -> str | None:
    """ "The mayor of Norton, Ida Falk," at the beginning of a sentence or after a verb."""
    if text[end : end + 1] not in (",", "."):
        return None
    found = occupations.DESCRIPTION_BEFORE_NAME.fullmatch(text, sentence_start(text, start), start)
    if not found or not is_description(what := found["what"]):
        return None
    return what if words(head_phrase(what))[-1] in occupations.PERSON_NOUNS else None
