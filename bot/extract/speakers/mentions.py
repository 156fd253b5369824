"""List the names in an article to which "he" or "she" may refer, with where they stand.

Names of places, organisations, outlets and days are left out: see `is_person_name`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from bot.extract.paragraphs import Paragraph
from bot.extract.speakers.capitalised import split_titles
from bot.extract.speakers.names import Names
from bot.extract.speakers.roles import gender
from bot.languages.table import (
    LISTS,
    capitals,
    function_words,
    given_names,
    name_forms,
    organisations,
    people,
    references,
)
from bot.languages.wordlist import is_word
from bot.model import Span
from bot.text.quotes import quotation_mask
from bot.text.sentences import sentences

MAX_PERSON_WORDS = 5
LOOKBACK = 8  # characters before a name to search for a preposition or article


class NameMention(NamedTuple):
    """A printed name that may be a person's; `sentence` is its index in Mentions.sentences."""

    start: int
    end: int
    person: str
    sentence: int
    is_quoted: bool
    is_titled: bool


class Mentions:
    """The mentions of possible people in the text paragraphs of one article.

    `also` are spans that are mentions whatever they look like.
    """

    def __init__(
        self, text: str, paragraphs: Sequence[Paragraph], names: Names, also: Sequence[Span] = ()
    ) -> None:
        self.sentences: list[Span] = []
        self.paragraph_of: list[int] = []
        self.quoted = bytearray(len(text))
        for index, paragraph in enumerate(paragraphs):
            if paragraph.kind == "text":
                printed = text[paragraph.start : paragraph.end]
                self.quoted[paragraph.start : paragraph.end] = quotation_mask(printed)
                for start, end in sentences(printed):
                    self.sentences.append((paragraph.start + start, paragraph.start + end))
                    self.paragraph_of.append(index)
        self._starts = [start for start, _ in self.sentences]
        found: dict[Span, tuple[str, ...]] = dict.fromkeys(also, ())
        for run in capitals.CAPITALISED_RUN.finditer(text):
            titles, name = split_titles(run[0])
            start = run.start() + run[0].rfind(name)
            end = start + len(name)
            if any(first < end and start < last for first, last in also):
                continue
            if is_person_name(text, start, name, bool(titles)) and not names.is_body(name):
                found[start, end] = tuple(titles)
        self.all: list[NameMention] = []
        for (start, end), honours in sorted(found.items()):
            sentence = self.sentence_at(start)
            if sentence is not None:
                name = text[start:end]
                person = names.possible_person(name, start) or name
                title = next(filter(gender, (title.lower().rstrip(".") for title in honours)), None)
                if title and not names.fits(person, title):
                    person = " ".join((*honours, name))  # "Ms Falk" is not Omar Falk
                is_quoted = bool(self.quoted[start])
                self.all.append(NameMention(start, end, person, sentence, is_quoted, bool(honours)))
        self._mention_starts = [mention.start for mention in self.all]

    def sentence_at(self, position: int) -> int | None:
        """Find the sentence of a text paragraph that contains a position."""
        index = bisect_right(self._starts, position) - 1
        return index if index >= 0 and position < self.sentences[index][1] else None

    def between(self, start: int, end: int) -> list[NameMention]:
        """List the mentions that start in a part of the article."""
        first, last = (bisect_left(self._mention_starts, position) for position in (start, end))
        return self.all[first:last]


def is_person_name(text: str, start: int, name: str, has_title: bool) -> bool:
    """Tell whether a run of capitalised words may be a person's name."""
    parts = name.split()
    if not 0 < len(parts) <= MAX_PERSON_WORDS or (name.isupper() and len(name) > 2):
        return False
    if has_title:
        return not _is_place(text, start, name)
    lower = [part.lower().rstrip(".") for part in parts]
    if name_forms.CONTRACTION.search(name) or name_forms.INNER_CAPITAL.match(name):
        return False
    if lower[0] in function_words.NON_NAME_WORDS or set(lower) <= people.TITLES:
        return False
    if len(parts) > 1 and given_names.gender_of(lower[0]):
        return lower[-1] not in organisations.OUTLETS | references.BODY_NOUNS
    if not organisations.NON_PERSON_WORDS.isdisjoint(lower) or lower[-1] in organisations.OUTLETS:
        return False
    if lower[-1].removesuffix("s") in LISTS["nations_and_parties"] or _is_place(text, start, name):
        return False
    before = text[max(0, start - LOOKBACK) : start]
    if before.lower().endswith("the "):
        return False
    if len(parts) > 1:
        return True
    # One word is capitalised at the start of a sentence, or in a name that runs on: "of Weather".
    is_common = all(map(is_word, lower[0].split("-")))
    starts_sentence = not before.strip() or re.search(r"(?:[.?!:”\"\n]\s*|[“\"(])$", before)
    return not (is_common and (starts_sentence or name_forms.RUNS_ON.search(before)))


def _is_place(text: str, start: int, name: str) -> bool:
    """Tell whether a name is a place's, or is printed like one: "in Norton", "Norton, Ohio"."""
    if name.lower() in LISTS["places"]:
        return True
    if match := name_forms.FOLLOWING_REGION.match(text, start + len(name)):
        region = match["region"].lower()
        if region in LISTS["places"] or region.rstrip(".") in LISTS["abbreviated_places"]:
            return True
    before = text[max(0, start - LOOKBACK) : start]
    return bool(name_forms.PLACE_PREPOSITION.search(before))
