"""What speaks for and against each name as the one that "he" or "she" refers to.

A feature is a name that applies or not: "previous sentence", "subject>subject". The weights are
learned (training/pronouns.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.extract.speakers.mentions import Mentions, NameMention
from bot.extract.speakers.names import Names
from bot.extract.speakers.roles import Mention, gender
from bot.extract.words import words
from bot.languages.table import (
    LISTS,
    cue_verbs,
    people,
    pronouns,
    references,
    role_forms,
)

MAX_SENTENCES_BACK = 12
FUNCTION_WORDS = LISTS["prepositions"] | LISTS["clause_words"] | LISTS["clause_adverbs"]
MAX_MENTIONS = 60
MAX_SPOKEN_PARAGRAPHS = 1  # before the pronoun's, in which a speaker counts as one
WORD_BEFORE = re.compile(r"(?P<word>[\w’'-]+|[^\w\s])\s*$")
LOOKBACK = 30


class Candidate(NamedTuple):
    """A mention to which a pronoun may refer, and its features."""

    mention: NameMention
    features: frozenset[str]


class Spoken(NamedTuple):
    """That a person said something, at an offset of the article."""

    start: int
    person: str


@dataclass(slots=True)
class PronounContext:
    """Looks up the candidates of the pronouns of one article."""

    text: str
    names: Names
    mentions: Mentions
    _pronouns: dict[str, list[int]] = field(init=False)
    _described: list[Mention] = field(init=False)
    _highest_count: int = field(init=False)
    _counts: Counter[str] = field(init=False)
    topics: set[int] = field(init=False)
    """Where the first mention of each paragraph starts, outside quotations."""

    def __post_init__(self) -> None:
        first: dict[int, int] = {}
        for mention in self.mentions.all:
            if not mention.is_quoted:
                first.setdefault(self.mentions.paragraph_of[mention.sentence], mention.start)
        self.topics = set(first.values())
        self._described = [
            Mention(match.start(), role)
            for match in role_forms.DESCRIBED_PERSON.finditer(self.text)
            if not self.mentions.quoted[match.start()]
            and (role := next(filter(people.HUMAN_NOUNS.__contains__, match["words"].split()), ""))
        ]
        self._counts = Counter(mention.person for mention in self.mentions.all)
        self._highest_count = max(self._counts.values(), default=0)
        self._pronouns = {"h": [], "s": []}
        for match in references.GENDERED_PRONOUN.finditer(self.text):
            if not self.mentions.quoted[match.start()]:
                self._pronouns[gender(match[0].lower()) or "h"].append(match.start())

    def candidates(
        self, start: int, pronoun: str, spoken: Sequence[Spoken] = (), by_gender: bool = True
    ) -> list[Candidate]:
        """List the mentions to which the pronoun at an offset may refer, nearest first.

        `spoken` is who spoke before it, in order. Without `by_gender`, men and women are listed
        alike: training learns from the rest.
        """
        own = self.mentions.sentence_at(start)
        if own is None:
            return []
        first = self.mentions.sentences[max(0, own - MAX_SENTENCES_BACK)][0]
        found = [
            mention
            for mention in self.mentions.between(first, self.mentions.sentences[own][1])
            if mention.start != start
            and (not by_gender or self.names.fits(mention.person, pronoun))
        ]
        after = [mention for mention in found if mention.start > start]
        before = [mention for mention in found if mention.start < start][::-1][:MAX_MENTIONS]
        # Who spoke two paragraphs ago says little of this one.
        before_last = self.mentions.paragraph_of[own] - MAX_SPOKEN_PARAGRAPHS
        nearest = bisect_left(self.mentions.paragraph_of, before_last)
        first_spoken = self.mentions.sentences[nearest][0]
        recent = [one for one in spoken if one.start >= first_spoken]
        place = _Place(self, start, own, pronoun, recent, by_gender)
        seen: list[str] = []
        candidates = []
        for mention in (*before, *after):
            features = frozenset(place.features(mention, seen))
            candidates.append(Candidate(mention, features))
            if mention.person not in seen:
                seen.append(mention.person)
        return candidates

    def described(self, start: int, end: int, pronoun: str) -> int:
        """Count the descriptions of people whom a pronoun fits in a part of the article."""
        first, last = (bisect_left(self._described, Mention(at, "")) for at in (start, end))
        fitting = (None, gender(pronoun))
        return sum(gender(role) in fitting for _, role in self._described[first:last])

    def form(self, start: int, pronoun: str) -> str:
        """Tell the part that a pronoun plays in its sentence."""
        if pronoun in ("he", "she"):
            return "subject"
        if pronoun in ("himself", "herself"):
            return "reflexive"
        if pronoun == "his":
            return "owner"
        if pronoun == "him":
            return "object"
        following = re.compile(r"\s+([\w’'-]+)").match(self.text, start + len(pronoun))
        if not following:
            return "object"
        word = following[1].lower()
        is_end = word in pronouns.DETERMINERS or word in pronouns.PRONOUNS or word in FUNCTION_WORDS
        return "object" if is_end else "owner"

    def part(self, mention: NameMention) -> str:
        """Tell the part that a name plays in its sentence, by the words around it."""
        text, end = self.text, mention.end
        after = text[end : end + LOOKBACK]
        before = text[max(0, mention.start - LOOKBACK) : mention.start]
        sentence_start = self.mentions.sentences[mention.sentence][0]
        if re.match(r"[’']s?\s+\w", after):
            return "owner"
        last = WORD_BEFORE.search(before)
        word = last["word"].lower() if last and mention.start > sentence_start else ""
        if word in LISTS["prepositions"]:
            return "after by" if word == "by" else "after preposition"
        following = re.match(r"\s*([\w’'-]+|[^\w\s])", after)
        next_word = following[1].lower().replace("'", "’") if following else ""
        if word in cue_verbs.VERBS or (word.endswith("ed") and len(word) > 3):
            return (
                "quoted by"
                if next_word in (".", "") and word in cue_verbs.SPEECH_VERBS
                else "object"
            )
        if word == "and" or next_word == "and":
            return "joint"
        is_verb = next_word in cue_verbs.VERBS or (next_word.endswith("ed") and len(next_word) > 3)
        if is_verb or next_word in LISTS["clause_adverbs"]:
            return "subject"
        if next_word == "," and (not word or word in LISTS["connectives"]):
            return "subject with comma"
        if not word:
            return "first"
        if next_word == "(" or word == "(":
            return "beside bracket"
        return "comma" if next_word == "," else "other"


@dataclass(slots=True)
class _Place:
    """Where a pronoun stands."""

    context: PronounContext
    start: int
    sentence: int
    pronoun: str
    spoken: Sequence[Spoken]
    by_gender: bool
    _form: str = field(init=False)
    _speakers: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self._form = self.context.form(self.start, self.pronoun)
        earlier = [spoken.person for spoken in self.spoken if spoken.start < self.start]
        self._speakers = list(dict.fromkeys(reversed(earlier)))[:3]

    def features(self, mention: NameMention, nearer: Sequence[str]) -> Iterator[str]:
        """List the features of a mention; `nearer` are the people named nearer, nearest first."""
        context, form = self.context, self._form
        mentions = context.mentions
        distance = self.sentence - mention.sentence
        paragraphs = mentions.paragraph_of[self.sentence] - mentions.paragraph_of[mention.sentence]
        is_after = mention.start > self.start
        far = "after" if is_after else _step(distance, (0, 1, 2, 3, 5, 8))
        part = context.part(mention)
        side = "after" if is_after else "same" if not distance else "other"
        yield f"distance {far}"
        yield f"distance {far}, {form}"
        yield f"paragraphs {_step(paragraphs, (0, 1, 2, 3))}"
        place = "own" if not paragraphs else "last" if paragraphs == 1 else "earlier"
        yield f"paragraphs, {place}, {side} {part}>{form}"
        yield f"paragraphs, {place}, topic {mention.start in context.topics}"
        yield f"paragraphs, {place}, distance {far}"
        yield f"{side} {part}"
        yield f"{side} {part}>{form}"
        others = [person for person in nearer if person != mention.person]
        is_repeated = mention.person in nearer
        yield f"repeated {is_repeated}"
        yield f"others nearer {_step(len(others), (0, 1, 2, 3, 5))}, {side}"
        lead = mentions.between(mentions.sentences[mention.sentence][0], mention.start)
        yield f"others before in its sentence {min(len(lead), 2)}, {side}"
        yield f"quoted {mention.is_quoted}"
        is_short = mention.end - mention.start < len(mention.person)
        yield f"words {min(len(mention.person.split()), 3)}, {is_short}"
        yield f"titled {mention.is_titled}"
        count = context._counts[mention.person]
        yield f"count {_step(count, (1, 2, 3, 5, 9))}"
        yield f"most named {count == context._highest_count}"
        first = context.mentions.all[0].person if context.mentions.all else ""
        yield f"first named {mention.person == first}"
        if self.by_gender and context.names.goes_with_pronoun(mention.person, self.pronoun):
            yield "gender known"
        if mention.person in self._speakers:
            yield f"speaker {self._speakers.index(mention.person)}"
            yield f"speaker {self._speakers.index(mention.person)}, {far}"
            yield f"paragraphs, {place}, speaker {self._speakers.index(mention.person)}"
        elif self._speakers:
            yield "speakers, others"
        low, high = sorted((mention.end, self.start))
        yield from self._between(low, high, side, part, mention)

    def _between(
        self, low: int, high: int, side: str, part: str, mention: NameMention
    ) -> Iterator[str]:
        text, form = self.context.text, self._form
        wanted = gender(self.pronoun)
        counts = {
            kind: bisect_left(starts, high) - bisect_left(starts, low)
            for kind, starts in self.context._pronouns.items()
        }
        same, other = counts[wanted or "h"], counts["h" if wanted == "s" else "s"]
        yield f"same pronouns between {min(same, 3)}, {side}"
        yield f"other pronouns between {min(other, 2)}"
        yield f"described between {min(self.context.described(low, high, self.pronoun), 2)}, {side}"
        before = WORD_BEFORE.search(text, max(0, self.start - LOOKBACK), self.start)
        sentence_start = self.context.mentions.sentences[self.sentence][0]
        opening = (
            "start" if self.start == sentence_start else before["word"].lower() if before else ""
        )
        if opening not in LISTS["clause_words"] and opening != "start":
            opening = "verb" if opening in cue_verbs.VERBS or opening.endswith("ed") else "word"
        yield f"after {opening}, {side}"
        yield f"after {opening}, {side} {part}"
        if side == "same":
            between = text[low:high]
            parts = words(between)
            verbs = sum(word in cue_verbs.VERBS or word.endswith("ed") for word in parts)
            clauses = sum(word in LISTS["clause_words"] for word in parts)
            yield f"verbs between {min(verbs, 3)}, {form}"
            yield f"clause words between {min(clauses, 3)}, {form}"
            yield f"comma between {',' in between}, {form}"
            yield f"near {_step(len(parts), (0, 2, 4, 8, 16))}, {form}"


def _step(number: int, steps: Sequence[int]) -> int:
    """Return the largest of `steps` that is at most a number."""
    return max((step for step in steps if step <= number), default=steps[0])
