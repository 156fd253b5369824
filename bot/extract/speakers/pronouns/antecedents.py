"""Find whom a pronoun or "the two" refers to, among those named or heard before.

Each way to find them takes the pronoun and its draft, and returns a speaker or None. Which are
tried, and in which order, says resolution.py.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.extract.paragraphs import Paragraph, paragraph_index
from bot.extract.spans.drafts import Draft
from bot.extract.speakers.cores import core_of
from bot.extract.speakers.history import (
    MAX_PARAGRAPHS_BACK,
    History,
    Resolved,
    paragraphs_before,
)
from bot.extract.speakers.kinds import is_one_person, is_plural, is_pronoun
from bot.extract.speakers.mentions import NameMention
from bot.extract.speakers.names import Names
from bot.extract.speakers.pronouns.pronoun_features import PronounContext, Spoken
from bot.extract.speakers.pronouns.pronoun_scorer import PronounScorer
from bot.extract.speakers.speaker_confidence import Found
from bot.extract.words import head_noun, joined_text, words
from bot.languages.table import function_words, organisations, references
from bot.text.spans import overlap

MAX_SENTENCES_BACK = 12
MAX_SENTENCE_LENGTH = 3_000  # in characters, from its end
LEAST_LIKELIHOOD = 0.5
"""A pronoun stays as printed if nobody is at least so likely meant by it."""
DESCRIBED_LIKELIHOOD = 0.9
"""Of a pronoun, that it means the person whom a description before it led to."""
ONLY_LIKELIHOOD = 0.85
"""Of a pronoun, that it means the only person whom the nearest sentence before names."""


@dataclass(slots=True)
class Antecedents:
    """Finds the antecedents of one article."""

    text: str
    names: Names
    paragraphs: Sequence[Paragraph]
    history: History
    context: PronounContext
    scorer: PronounScorer | None
    likelihoods: dict[Draft, float] = field(default_factory=dict)
    """How likely each pronoun means whom it was resolved to."""

    # -- "he" and "she"

    def described(self, pronoun: str, draft: Draft) -> Found | None:
        """Find the last speaker, if nobody is named since: one who is only described ("A nurse").

        Or "she", who stays the same in a paragraph.
        """
        latest = next(self._recent(draft, draft.start), None)
        if latest is None:
            return None
        printed = core_of(joined_text(self.text, latest.draft.source))
        is_repeated = printed.lower() == pronoun and latest.draft.start >= draft.paragraph.start
        likelihood = 1.0
        if is_repeated:
            is_before = latest.draft.source[0][0] <= draft.source[0][0]
            is_possible = is_before and not is_pronoun(latest.speaker)
            likelihood = self.likelihoods.get(latest.draft, 1.0)
        elif latest.kind == "named":
            is_possible = (
                set(words(printed.lower())).isdisjoint(words(latest.speaker.lower()))
                and is_one_person(printed, pronoun)
                and self.names.fits(latest.speaker, pronoun)
            )
            likelihood = DESCRIBED_LIKELIHOOD
        else:
            is_possible = is_one_person(latest.speaker, pronoun)
        between = self._fitting(pronoun, latest.draft.start, draft.source[0][0])
        others = {one.person for one in between}
        if not is_possible or others - {latest.speaker}:
            return None
        self.likelihoods[draft] = likelihood
        return Found(latest.speaker, likelihood)

    def only_person(self, pronoun: str, draft: Draft) -> Found | None:
        """Find the only person whom the nearest sentence before names, or the last paragraph."""
        mentions = self.context.mentions
        position = draft.source[0][0]
        own = mentions.sentence_at(position)
        if own is None:
            return None
        paragraph_of, spans = mentions.paragraph_of, mentions.sentences
        beside = self._fitting(pronoun, spans[own][0], position)
        if any(not overlap(((one.start, one.end),), draft.content) for one in beside):
            return None
        first = bisect_left(paragraph_of, paragraph_of[own])
        for index in range(own - 1, max(first, own - MAX_SENTENCES_BACK) - 1, -1):
            found = {one.person for one in self._fitting(pronoun, *spans[index])}
            if found:
                person = found.pop()
                return None if found else self._note(person, draft, ONLY_LIKELIHOOD)
        last = bisect_left(paragraph_of, paragraph_of[first - 1]) if first else first
        last = max(last, first - MAX_SENTENCES_BACK)
        found = {one.person for one in self._fitting(pronoun, spans[last][0], spans[first][0])}
        person = found.pop() if len(found) == 1 else ""
        is_sure = bool(person) and self.names.goes_with_pronoun(person, pronoun)
        return self._note(person, draft, ONLY_LIKELIHOOD) if is_sure else None

    def likeliest(self, pronoun: str, draft: Draft) -> Found | None:
        """Find whom the scorer thinks most likely."""
        if self.scorer is None:
            return None
        start = draft.source[0][0]
        earlier = reversed([*self.history.between(0, start)])
        spoken = [Spoken(one.draft.start, one.speaker) for one in earlier]
        candidates = [
            candidate
            for candidate in self.context.candidates(start, pronoun, spoken)
            # Nobody refers to themselves by name: "Falk, he said, was late".
            if not overlap(((candidate.mention.start, candidate.mention.end),), draft.content)
        ]
        index = paragraph_index(self.paragraphs, draft.paragraph.start)
        parts = parts_around(self.text, self.paragraphs, index)
        span = start, start + len(pronoun)
        likelihoods = self.scorer.probabilities(candidates, span, parts)
        best = max(likelihoods, key=lambda person: likelihoods[person], default=None)
        if best is None or likelihoods[best] < LEAST_LIKELIHOOD:
            return None
        return self._note(best, draft, likelihoods[best])

    def spoken_of(self, pronoun: str, draft: Draft) -> Found | None:
        """Guess whom a speaker means by "he": the only other man named nearby.

        It may be anybody, also somebody whom the article never names.
        """
        before = paragraphs_before(self.paragraphs, draft.paragraph.start)
        position = draft.source[0][0]
        start = max([*before, draft.paragraph][-2:][0].start, position - MAX_SENTENCE_LENGTH)
        end = min(draft.paragraph.end, position + MAX_SENTENCE_LENGTH)
        if self.context.described(start, end, pronoun):
            return None
        outermost = draft
        while outermost.outer:
            outermost = outermost.outer
        same = self.history.between(outermost.start, outermost.start + 1)
        named = {
            mention.person
            for mention in self.context.mentions.between(start, end)
            if self.names.goes_with_pronoun(mention.person, pronoun)
        } - {one.speaker for one in same if one.draft is outermost}
        if len(named) != 1:
            return None
        return self._note(named.pop(), draft, LEAST_LIKELIHOOD)

    def _fitting(self, pronoun: str, start: int, end: int) -> list[NameMention]:
        named = (one for one in self.context.mentions.between(start, end) if not one.is_quoted)
        return [one for one in named if self.names.fits(one.person, pronoun)]

    def _note(self, person: str, draft: Draft, likelihood: float) -> Found:
        self.likelihoods[draft] = likelihood
        return Found(person, likelihood)

    # -- "it", "they" and "the two"

    def body(self, pronoun: str, draft: Draft) -> Found | None:
        """Find the last body that spoke, or with which a sentence since then starts."""
        spoken = (
            one
            for one in self._recent(draft, draft.start + 1)
            if self.history.is_body(one.speaker, one.kind)
        )
        latest = next(spoken, None)
        mentions = self.context.mentions
        own = mentions.sentence_at(draft.source[0][0])
        first = max(latest.draft.start if latest else 0, draft.paragraph.start)
        if own is not None:
            for start, _ in reversed(mentions.sentences[max(0, own - MAX_SENTENCES_BACK) : own]):
                if start < first:
                    break
                if name := self.names.bodies.starting_at(start):
                    return Found(name)
        return Found(latest.speaker) if latest else None

    def several(self, core: str, draft: Draft) -> Found | None:
        """Search backwards for several speakers, a body, or a pair that a sentence is about.

        "They" may be any of them; "the two" only a pair of people or countries.
        """
        pair_meant = references.PAIR_REFERENCE.match(core)
        mentions, position = self.context.mentions, draft.source[0][0]
        own = mentions.sentence_at(position)
        if own is None:
            return None
        sentences = mentions.sentences[max(0, own - MAX_SENTENCES_BACK) : own + 1]
        for start, end in reversed(sentences):
            for _, speaker, kind in self.history.between(start, min(end, position)):
                is_pair = len(speaker.split(function_words.CONJUNCTION)) == 2
                is_document = head_noun(speaker) in organisations.DOCUMENTS
                is_several = is_plural(speaker) or self.history.is_body(speaker, kind)
                if is_pair or (is_several and not pair_meant and not is_document):
                    return Found(speaker)
            pair = self.names.subject_pair(start, min(end, position))
            persons = tuple(filter(None, map(self.names.possible_person, pair)))
            if pair_meant and pair_meant["countries"]:
                persons = () if persons else pair
            if len(persons) == 2:
                return Found(function_words.CONJUNCTION.join(persons))
        return None

    def _recent(self, draft: Draft, end: int) -> Iterator[Resolved]:
        """List who spoke in a draft's paragraph and those just before, last first."""
        first = [*paragraphs_before(self.paragraphs, draft.paragraph.start), draft.paragraph][0]
        return self.history.between(first.start, end)


def parts_around(text: str, paragraphs: Sequence[Paragraph], index: int) -> list[tuple[int, str]]:
    """List the text paragraphs just before one, and that one, each with its offset."""
    first = max(0, index - 2 * MAX_PARAGRAPHS_BACK)
    before = [paragraph for paragraph in paragraphs[first:index] if paragraph.kind == "text"]
    parts = (*before[-MAX_PARAGRAPHS_BACK:], paragraphs[index])
    return [(part.start, text[part.start : part.end]) for part in parts]
