"""Descriptions and roles that an article prints next to a person's name. No side effects.

"Sun Yun, director of the China Program at the Stimson Center,", "Foreign Minister Wang Yi", "Ida
Falk, who heads the union,", "the mayor of Norton, Ida Falk,". Only printed words are used, and
doubtful ones are left out: a wrong description is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.extract.speakers.kinds import is_person
from bot.extract.words import head_noun, head_phrase, words
from bot.languages.table import (
    LISTS,
    capitals,
    cue_verbs,
    occupations,
    office_forms,
    people,
    pronouns,
)
from bot.languages.wordlist import is_word
from bot.model import Span, Spans
from bot.text.quotes import quotations
from bot.text.spans import shifted, spans_overlapping

MAX_TITLE_WORDS = 6
MAX_LOWERCASE_TITLE_WORDS = 3
"""In a title that starts in lower case, earlier words may belong to the sentence."""

SENTENCE_STARTS = ("\n", ". ", "? ", "”", ": ")
TITLE_WORD = re.compile(r"(?:^|(?<=[\s“(—–-]))(\S+)\s$")
TITLE_PART = re.compile(r"[^\W\d_][\w&-]*(?:[’']\w*)?")
TITLE_LOOKBACK = 40  # characters to search for one word of a title
# Enough for the longest match of DESCRIPTION_BEFORE_NAME.
SENTENCE_LOOKBACK = occupations.MAX_DESCRIPTION_LENGTH + 10


BOUNDARY = re.compile(r"[,.)]| ?[–—]")
BOUNDARY_LOOKBACK = 8  # characters before a name to search for a boundary
CONTRAST_OPENING = re.compile(r"(?:[\w-]+ ){0,3}")
"""The words before a role that belongs to somebody else: "Unlike the mayor, Roe"."""
TITLE_PREFIX = re.compile(rf"\W*(?:{capitals.CAPITALISED_WORD}\.? ){{0,3}}")
ROLE_LOOKBACK = 170  # characters before a name to search for a role


class Description(NamedTuple):
    """A description, and the span of the name that it describes.

    `is_title`: it is printed before the name, without a comma ("Foreign Minister Wang Yi").
    """

    text: str
    name: Span
    is_title: bool = False


def descriptions(text: str, name: str) -> Iterator[Description]:
    """List an article's descriptions of the bearer of a name, in order.

    Quotations are left out: they are not the article's own words.
    """
    for span in mentions(text, name):
        start, end = span
        if description := description_after(text, end):
            yield Description(description, span)
        elif title := title_before(text, start):
            yield Description(title, span, is_title=True)
        elif description := description_before(text, start, end):
            yield Description(description, span)


def mentions(text: str, name: str) -> Iterator[Span]:
    """List the spans of a name in a text, outside quotations."""
    quoted, start = _quotations(text), text.find(name)
    while name and start >= 0:
        end = start + len(name)
        is_whole = not (_is_in_word(text, start - 1) or _is_in_word(text, end))
        if is_whole and not spans_overlapping(quoted, start, start + 1):
            yield start, end
        start = text.find(name, end if is_whole else start + 1)


def _is_in_word(text: str, index: int) -> bool:
    return 0 <= index < len(text) and (text[index].isalnum() or text[index] == "_")


@lru_cache(maxsize=4)
def _quotations(text: str) -> Spans:
    """List the quotations of a text, line by line: an article may have thousands of speakers."""
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        spans += shifted(quotations(line), start)
        start += len(line) + 1
    return tuple(spans)


def description_after(text: str, end: int) -> str | None:
    """Find ", director of the China Program," or ", who heads the union," after a name."""
    clause = occupations.WHO_CLAUSE.match(text, end)
    description = clause["description"] if clause else ""
    if {*description.split()[1:2], " ".join(description.split()[1:3])} & occupations.ROLE_VERBS:
        return description
    match = occupations.DESCRIPTION_AFTER_NAME.match(text, end)
    if not match:
        return None
    description, stop = match["description"].strip(), match.end("description")
    if not is_description(occupations.SINCE_PHRASE.sub("", description)):
        return None
    if match["end"] == ",":
        has_place = occupations.TRAILING_PLACE.search(description)
        if has_place and (place := occupations.PLACE_CONTINUATION.match(text, stop)):
            return f"{description}{place[0]}"
        # "According to Sun Yun, the president of China, Xi Jinping, …" describes Xi.
        if occupations.FOLLOWING_NAME.match(text, stop):
            return None
    elif match["end"].startswith(" ") and not text[end : match.start("description")].startswith(
        " "
    ):
        return None  # after a comma, a dash does not end the description
    return description


def is_description(phrase: str) -> bool:
    """Tell whether a phrase ends in a noun for a person or organisation, with no verb before."""
    main = head_phrase(phrase)
    first_word, *rest = words(main) or [""]
    has_complement = not rest and occupations.NOUN_COMPLEMENT.match(phrase)
    if not first_word or not (_may_start_description(first_word) or has_complement):
        return False
    if first_word.endswith("ed") and not rest:
        return False
    if not LISTS["third_person_possessives"].isdisjoint(rest):
        return False  # "the league suspended its president"
    if not (cue_verbs.VERBS - people.TITLES - occupations.PERSON_NOUNS).isdisjoint(rest):
        return False
    last_word = rest[-1] if rest else first_word
    is_organisation = (
        first_word in pronouns.INDEFINITE_ARTICLES and last_word in occupations.ORGANISATION_NOUNS
    )
    before_clause = occupations.CLAUSE_START.split(phrase[len(main) :], maxsplit=1)[0]
    has_no_clause = LISTS["finite_verbs"].isdisjoint(words(before_clause))
    return has_no_clause and (last_word in occupations.PERSON_NOUNS or is_organisation)


def _may_start_description(word: str) -> bool:
    return word not in occupations.NON_OPENING_WORDS and (
        word in LISTS["role_adjectives"] or not word.endswith("ing")
    )


def title_before(text: str, start: int) -> str | None:
    """Find "Chinese Foreign Minister" or "campaign manager" before a name."""
    title: list[str] = []
    while len(title) < MAX_TITLE_WORDS and (
        match := TITLE_WORD.search(text, max(0, start - TITLE_LOOKBACK), start)
    ):
        word = match[1]
        if not (
            _extends_title(title[0], word) if title else _is_title(word) or _is_honorific(word)
        ):
            break
        title.insert(0, word)
        start = match.start(1)
    return _trim_title(title)


def _is_title(word: str) -> bool:
    plain = _normalised(word)
    titles = people.TITLES - LISTS["incomplete_titles"] - occupations.HONORIFICS
    return is_person(plain) or plain in titles


def _is_honorific(word: str) -> bool:
    return _normalised(word) in occupations.HONORIFICS


def _normalised(word: str) -> str:
    """Lower the case of a word, and strip an abbreviation's full stop."""
    return (word.rstrip(".") if occupations.ABBREVIATION.fullmatch(word) else word).lower()


def _extends_title(title: str, word: str) -> bool:
    """Tell whether a word before a title belongs to it."""
    if not (TITLE_PART.fullmatch(word) or _is_abbreviation(word)):
        return False
    plain = capitals.POSSESSIVE_ENDING.sub("", _normalised(word))
    if plain in occupations.NON_TITLE_WORDS:
        return False
    if word[0].isupper() or plain in people.TITLES | occupations.PERSON_NOUNS | LISTS["qualifiers"]:
        return True
    # "Sen. Roe" takes no lower-case word ("along the way Sen. Roe"); "manager Roe" does.
    return (
        title[0].islower()
        and plain not in cue_verbs.VERBS
        and not plain.endswith(("ed", "ing", "ly"))
    )


def _is_abbreviation(word: str) -> bool:
    """Tell whether a full stop belongs to a word ("Sen.", "U.S.") or ends a sentence."""
    plain = _normalised(word)
    is_short = word.count(".") > 1 or plain in people.TITLES or not is_word(plain)
    return bool(occupations.ABBREVIATION.fullmatch(word)) and is_short


def _trim_title(parts: list[str]) -> str | None:
    """Return a title without "Mr" and without words that may belong to the sentence before."""
    parts = [word for word in parts if not _is_honorific(word)]
    if not parts or not _is_title(parts[-1]):
        return None
    if _normalised(" ".join(parts)) in LISTS["incomplete_titles"]:
        return None
    while (
        len(parts) > MAX_LOWERCASE_TITLE_WORDS
        and parts[0][0].islower()
        # A former minister is no minister.
        and _normalised(parts[0]) not in LISTS["qualifiers"]
        and not parts[0].startswith(("ex-", "non-"))
    ):
        parts.pop(0)
    return " ".join(parts)


def sentence_start(text: str, start: int) -> int:
    """Find the start of the sentence that contains a name, at most SENTENCE_LOOKBACK before it."""
    limit = max(0, start - SENTENCE_LOOKBACK)
    ends = ((text.rfind(mark, limit, start), mark) for mark in SENTENCE_STARTS)
    return max((index + len(mark) for index, mark in ends if index >= 0), default=limit)


def description_before(text: str, start: int, end: int) -> str | None:
    """Find "The mayor of Norton, " before "Ida Falk," at the start of a sentence."""
    if text[end : end + 1] not in (",", "."):
        return None
    match = occupations.DESCRIPTION_BEFORE_NAME.fullmatch(text, sentence_start(text, start), start)
    if not match or not is_description(description := match["description"]):
        return None
    return description if head_noun(description) in occupations.PERSON_NOUNS else None


def list_roles(text: str, name: str) -> Iterator[str]:
    """List every role an article gives the bearer of a name, as printed.

    Quotations are left out: they are not the article's own words.
    """
    for start, end in mentions(text, name):
        roles = (
            description_after(text, end),
            title_before(text, start),
            description_before(text, start, end),
            # Before a family name, the words may include the given name.
            _role_with_area(text, start) if " " in name else None,
            _role_in_sentence(text, start, end),
            _stated_role(text, start, end),
        )
        yield from filter(None, roles)


def _role_with_area(text: str, start: int) -> str | None:
    """Find "Minister of Finance" before "Ida Falk"."""
    match = office_forms.TITLE_WITH_AREA.search(text, max(0, start - ROLE_LOOKBACK), start)
    return match["role"] if match and _is_held_role(match["role"]) else None


def _role_in_sentence(text: str, start: int, end: int) -> str | None:
    """Find "chief executive" in "The chief executive, Dr Ida Falk, said"."""
    has_boundary_before = BOUNDARY.search(text, max(0, start - BOUNDARY_LOOKBACK), start)
    if not BOUNDARY.match(text, end) or not has_boundary_before:
        return None
    if occupations.FOLLOWING_NAME.match(text, end):
        return None
    first_position = sentence_start(text, start)
    match = office_forms.ROLE_BEFORE_NAME.search(text[first_position:start])
    if not match or not _is_held_role(match["role"]):
        return None
    # "Unlike the mayor, Ida Falk, a lawyer, stayed": she may not be the mayor.
    is_contrast = match.start() and CONTRAST_OPENING.fullmatch(
        text, first_position, first_position + match.start() + 1
    )
    if is_contrast and office_forms.APPOSITION_START.match(text, end):
        return None
    return match["role"]


def _stated_role(text: str, start: int, end: int) -> str | None:
    """Find "mayor" in "Ida Falk is the mayor of Norton" or "was elected mayor last year".

    The name must start the sentence: in "nobody believes that Ida Falk is the mayor" the article
    does not say so.
    """
    if not TITLE_PREFIX.fullmatch(text, sentence_start(text, start), start):
        return None
    match = office_forms.HOLDS_ROLE.match(text, end)
    role = office_forms.TIME_PHRASE.sub("", match["role"]) if match else ""
    if not is_description(role) or words(role)[0] in office_forms.NEGATION_WORDS:
        return None
    return role


def _is_held_role(phrase: str) -> bool:
    return is_description(phrase) and head_noun(phrase) in occupations.PERSON_NOUNS
