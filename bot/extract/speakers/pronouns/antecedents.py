"""Find whom a pronoun, "the two" or "one of them" refers to, among those named or heard before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.extract.paragraphs import Paragraph, paragraph_index
from bot.extract.spans.drafts import Draft, sentence_at
from bot.extract.speakers.cores import core_of
from bot.extract.speakers.history import (
    MAX_PARAGRAPHS_BACK,
    History,
    Resolved,
    first_start,
    paragraphs_before,
)
from bot.extract.speakers.kinds import is_one_person, is_plural, is_pronoun
from bot.extract.speakers.names import Names
from bot.extract.speakers.pronouns.pronoun_features import Candidate, PronounContext, Spoken
from bot.extract.speakers.pronouns.pronoun_scorer import PronounScorer
from bot.extract.speakers.pronouns.sentences_before import SentencesBefore
from bot.extract.speakers.roles import gender
from bot.extract.speakers.speaker_confidence import Evidence
from bot.extract.words import head_noun, words
from bot.languages.table import function_words, organisations, pronouns, references
from bot.model import SourceKind, Span, Spans
from bot.text.quotes import is_quoted
from bot.text.sentences import sentences
from bot.text.spans import joined_text, overlap, shifted

# How far back to search for a pronoun's antecedent.
MAX_SENTENCES_BACK = 12
MAX_SENTENCE_LENGTH = 3_000  # in characters, from its end
LEAST_LIKELIHOOD = 0.5
"""A pronoun stays as printed if nobody is at least so likely meant by it."""
DESCRIBED_LIKELIHOOD = 0.9
"""Of a pronoun that means the person whom a description before it led to."""

SUBJECT_LIKELIHOOD = 0.95
"""Of a pronoun that starts a sentence, that it means whom the sentence before starts with."""
ONLY_LIKELIHOOD = 0.85
"""Of a pronoun, that it means the only person whom the nearest sentence before names."""


@dataclass(slots=True)
class Antecedents:
    """Finds the antecedents of one article; `likelihoods` tells how likely each one is meant."""

    text: str
    names: Names
    paragraphs: Sequence[Paragraph]
    history: History
    context: PronounContext
    scorer: PronounScorer | None
    sentences_before: SentencesBefore
    interviewee: str | None = None
    likelihoods: dict[Draft, float] = field(default_factory=dict)
    evidence: Evidence = "scored"
    """What the last name that was found rests on."""
    _genders: dict[tuple[int, str], str | None] = field(default_factory=dict)

    def find(self, core: str, draft: Draft) -> str | None:
        """Find whom the source of a draft refers to; None if it is no pronoun or nobody fits."""
        pronoun, position = core.lower(), draft.source[0][0]
        paragraph = draft.paragraph
        self.evidence = "scored" if pronoun in pronouns.PERSONAL else "it"
        if is_quoted(self.text[paragraph.start : paragraph.end], position - paragraph.start):
            if pronoun in pronouns.PERSONAL:
                self.evidence = "lone"
                return self._spoken_of(pronoun, draft)
            return self._quoted_speaker(draft) if pronoun in pronouns.FIRST_PERSON else None
        if pronoun in pronouns.PERSONAL:
            return self._person_before(pronoun, draft)
        if pronoun in pronouns.NEUTER:
            return self._organisation_before(draft)
        if pronoun in pronouns.PLURAL or references.PAIR_REFERENCE.match(core):
            return self.plural_before(core, draft)
        return None

    def _quoted_speaker(self, draft: Draft) -> str | None:
        """Find the speaker of the quotation that contains a source."""
        position = draft.source[0][0]
        for earlier in self.history.between(draft.paragraph.start, position):
            if any(start <= position < end for start, end in earlier.draft.content):
                return earlier.speaker
        return None

    def _spoken_of(self, pronoun: str, draft: Draft) -> str | None:
        """Guess whom a speaker means by "he": the only other man named nearby.

        It may be anybody, also somebody whom the article never names.
        """
        part = (paragraphs_before(self.paragraphs, draft.paragraph.start) or [draft.paragraph])[-1]
        position = draft.source[0][0]
        start = max(part.start, position - MAX_SENTENCE_LENGTH)
        end = min(draft.paragraph.end, position + MAX_SENTENCE_LENGTH)
        described = self.context.described(start, end)
        if any(gender(role) in (None, gender(pronoun)) for _, role in described):
            return None
        named = {
            mention.person
            for mention in self.context.mentions.between(start, end)
            if self.names.goes_with_pronoun(mention.person, pronoun)
        } - {self._outer_speaker(draft)}
        if len(named) != 1:
            return None
        return self._note(named.pop(), pronoun, draft, LEAST_LIKELIHOOD)

    def _outer_speaker(self, draft: Draft) -> str | None:
        """Find the speaker of the attribution that contains a draft."""
        while draft.outer:
            draft = draft.outer
        same = self.history.between(draft.start, draft.start + 1)
        return next((one.speaker for one in same if one.draft is draft), None)

    def _organisation_before(self, draft: Draft) -> str | None:
        paragraphs = [*paragraphs_before(self.paragraphs, draft.paragraph.start), draft.paragraph]
        for earlier in self.history.between(paragraphs[0].start, draft.start + 1):
            if self.history.is_organisation(earlier.speaker, earlier.kind):
                return earlier.speaker
        return None

    def _person_before(self, pronoun: str, draft: Draft) -> str | None:
        """Find the person whom a pronoun most likely refers to, or the one just described."""

        def fits(person: str) -> bool:
            return self._fits(person, pronoun, draft)

        if subject := self.sentences_before.subject(pronoun, draft, fits):
            self.evidence = "only"
            return self._note(subject, pronoun, draft, SUBJECT_LIKELIHOOD)
        if described := self._described_before(pronoun, draft):
            self.evidence = "described"
            return described
        if self.interviewee and fits(self.interviewee):
            return self._note(self.interviewee, pronoun, draft, ONLY_LIKELIHOOD)
        start = draft.source[0][0]
        spoken = [
            Spoken(earlier.draft.start, earlier.speaker)
            for earlier in reversed([*self.history.between(0, start)])
        ]
        candidates = [
            candidate
            for candidate in self.context.candidates(start, pronoun, spoken)
            # Nobody refers to themselves by name: "Falk, he said, was late".
            if not overlap(((candidate.mention.start, candidate.mention.end),), draft.content)
            and fits(candidate.mention.person)
        ]
        likelihoods = self._score(candidates, draft, pronoun)
        if person := self.sentences_before.only_person(pronoun, draft, fits):
            likelihood = max(likelihoods.get(person, 0.0), ONLY_LIKELIHOOD)
            self.evidence = "only"
            return self._note(person, pronoun, draft, likelihood)
        best = max(likelihoods, key=lambda person: likelihoods[person], default=None)
        if best is None or likelihoods[best] < LEAST_LIKELIHOOD:
            main = self.context.most_named(pronoun)
            return self._note(main, pronoun, draft, LEAST_LIKELIHOOD) if main else None
        return self._note(best, pronoun, draft, likelihoods[best])

    def _score(
        self, candidates: Sequence[Candidate], draft: Draft, pronoun: str
    ) -> Mapping[str, float]:
        if self.scorer is None:
            return {}
        start = draft.source[0][0]
        index = paragraph_index(self.paragraphs, draft.paragraph.start)
        parts = parts_around(self.text, self.paragraphs, index)
        return self.scorer.probabilities(candidates, (start, start + len(pronoun)), parts)

    def _described_before(self, pronoun: str, draft: Draft) -> str | None:
        """Find the last speaker, if nobody is named since: one who is only described ("A nurse").

        Or "she", who stays the same in a paragraph.
        """
        latest = next(self.history.between(first_start(self.paragraphs, draft), draft.start), None)
        if latest is None:
            return None
        printed = core_of(joined_text(self.text, latest.draft.source))
        is_repeated = printed.lower() == pronoun and latest.draft.start >= draft.paragraph.start
        is_led_to_name = latest.kind == "named"
        if is_repeated:
            is_possible = latest.draft.source[0][0] <= draft.source[0][0] and not is_pronoun(
                latest.speaker
            )
        elif is_led_to_name:
            is_possible = (
                set(words(printed.lower())).isdisjoint(words(latest.speaker.lower()))
                and is_one_person(printed, pronoun)
                and self.names.fits(latest.speaker, pronoun)
            )
        else:
            is_possible = is_one_person(latest.speaker, pronoun)
        if not is_possible or self._is_named_between(latest, draft, pronoun):
            return None
        if is_repeated:
            self.likelihoods[draft] = self.likelihoods.get(latest.draft, 1.0)
        elif is_led_to_name:
            self.likelihoods[draft] = DESCRIBED_LIKELIHOOD
        return latest.speaker

    def _is_named_between(self, latest: Resolved, draft: Draft, pronoun: str) -> bool:
        """Tell whether somebody else whom a pronoun fits is named since an attribution."""
        start = draft.source[0][0]
        return any(
            not mention.is_quoted
            and mention.person != latest.speaker
            and self.names.fits(mention.person, pronoun)
            for mention in self.context.mentions.between(latest.draft.start, start)
        )

    def _fits(self, person: str, pronoun: str, draft: Draft) -> bool:
        """Tell whether a pronoun may refer to a person, who keeps one gender in a paragraph."""
        known = self._genders.get((draft.paragraph.start, person), gender(pronoun))
        return self.names.fits(person, pronoun) and known == gender(pronoun)

    def _note(self, person: str, pronoun: str, draft: Draft, likelihood: float) -> str:
        if " " not in person:
            person = self.names.bearer(person, pronoun) or person
        self.likelihoods[draft] = likelihood
        self._genders[draft.paragraph.start, person] = gender(pronoun)
        return person

    def plural_before(self, core: str, draft: Draft) -> str | None:
        """Search backwards for a pair that a sentence is about, or for plural speakers.

        "They" may be any plural speakers; "the two" only a pair of people or countries.
        """
        pair_reference = references.PAIR_REFERENCE.match(core)
        for sentence in self._sentences_before(draft):
            for _, speaker, kind in self.history.between(*sentence):
                is_pair = len(speaker.split(function_words.CONJUNCTION)) == 2
                if is_pair or (not pair_reference and self._is_plural(speaker, kind)):
                    return speaker
            pair = self.names.subject_pair(*sentence)
            people_named = tuple(filter(None, map(self.names.possible_person, pair)))
            if pair_reference and pair_reference["countries"]:
                names = () if people_named else pair
            else:
                names = people_named
            if len(names) == 2:
                return function_words.CONJUNCTION.join(names)
        return None

    def _is_plural(self, speaker: str, kind: SourceKind) -> bool:
        """Tell whether "they" may refer to a speaker: several people, or an organisation."""
        is_document = head_noun(speaker) in organisations.DOCUMENTS
        return not is_document and (
            is_plural(speaker) or self.history.is_organisation(speaker, kind)
        )

    def _sentences_before(self, draft: Draft) -> Spans:
        """List the sentences before a source, nearest first, in its paragraph and those before.

        The source's own sentence is the first, up to the source.
        """
        start, position = draft.paragraph.start, draft.source[0][0]
        own_start = sentence_at(self.text, draft.paragraph, position)[0]
        earlier_spans: list[Span] = []
        for paragraph in (*paragraphs_before(self.paragraphs, start), draft.paragraph):
            offset = paragraph.start
            spans = sentences(self.text[offset : paragraph.end])
            limit = bisect_left(spans, position - offset, key=lambda span: span[0])
            nearest = shifted(spans[max(0, limit - MAX_SENTENCES_BACK) : limit], offset)
            earlier_spans += [_end_of(span) for span in nearest if span[0] < own_start]
        own_span = [_end_of((own_start, position))] if own_start < position else []
        return (*own_span, *earlier_spans[: -MAX_SENTENCES_BACK - 1 : -1])


def _end_of(sentence: Span) -> Span:
    """Return the end of a sentence, up to MAX_SENTENCE_LENGTH: all of it, if it is prose."""
    start, end = sentence
    return max(start, end - MAX_SENTENCE_LENGTH), end


def parts_around(text: str, paragraphs: Sequence[Paragraph], index: int) -> list[tuple[int, str]]:
    """List the text paragraphs just before one, and that one, each with its offset."""
    first = max(0, index - 2 * MAX_PARAGRAPHS_BACK)
    before = [paragraph for paragraph in paragraphs[first:index] if paragraph.kind == "text"]
    parts = (*before[-MAX_PARAGRAPHS_BACK:], paragraphs[index])
    return [(part.start, text[part.start : part.end]) for part in parts]
