"""Find whom the sentences before a pronoun are about, if they leave no doubt.

They start with a person ("Ida Falk left. She said"), name nobody else whom the pronoun fits, or
start with a description that leads to one ("The mayor disagreed. “It leaks,” she said").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.extract.spans.drafts import Draft
from bot.extract.speakers.kinds import is_one_person
from bot.extract.speakers.mentions import Mentions, NameMention
from bot.extract.speakers.names import Names
from bot.languages.table import function_words, pronouns
from bot.model import Span
from bot.text.spans import overlap

MAX_DESCRIPTION_WORDS = 5
MAX_SENTENCES_BACK = 12
APPOSITION = re.compile(r", [^,]+,")
Fits = Callable[[str], bool]
"""Tells whether a pronoun may mean a person."""


@dataclass(slots=True)
class SentencesBefore:
    """Looks up the sentences before the pronouns of one article.

    `led_to` finds the person whom a description at a span means, as the source of a draft.
    """

    text: str
    names: Names
    mentions: Mentions
    led_to: Callable[[Span, Draft], str | None]

    def subject(self, pronoun: str, draft: Draft, fits: Fits) -> str | None:
        """Find whom the sentence before starts with, for a pronoun that starts its sentence.

        "She left" in between, which starts with the same pronoun, doesn't matter.
        """
        position = draft.source[0][0]
        own = self.mentions.sentence_at(position)
        if own is None or self.mentions.sentences[own][0] != position:
            return None
        for sentence in self._before(own):
            named = self._named(sentence, fits)
            words_printed = self.text[slice(*sentence)].split(maxsplit=1)
            if not named and words_printed[:1] == [pronoun.capitalize()]:
                continue
            return self._first(named, sentence, pronoun)
        return None

    def _first(self, named: Sequence[NameMention], sentence: Span, pronoun: str) -> str | None:
        if not named or len({mention.person for mention in named}) > 1:
            return None
        before = self.text[sentence[0] : named[0].start]
        is_first = before == "" or (named[0].is_titled and before.count(" ") < 3)
        is_subject = is_first and self.text[named[0].end : named[0].end + 1] == " "
        # A firm's or a people's name may look like a person's: "African Americans".
        is_known = self.names.goes_with_pronoun(named[0].person, pronoun)
        return named[0].person if is_subject and is_known else None

    def only_person(self, pronoun: str, draft: Draft, fits: Fits) -> str | None:
        """Find the only person whom the nearest sentence before names, or describes first."""
        position = draft.source[0][0]
        own = self.mentions.sentence_at(position)
        if own is None:
            return None
        start = self.mentions.sentences[own][0]
        if self._others(self._named((start, position), fits), draft):
            return None
        for sentence in self._before(own):
            found = {mention.person for mention in self._named(sentence, fits)}
            described = self._described(sentence)
            if described and is_one_person(self.text[slice(*described)], pronoun):
                led_to = self._beside(described, sentence) or self.led_to(described, draft)
                return led_to if led_to and not found - {led_to} and fits(led_to) else None
            if found:
                person = found.pop()
                return person if not found and self._is_sure(person, pronoun) else None
        return self._alone_in_last(own, pronoun, fits)

    def _alone_in_last(self, own: int, pronoun: str, fits: Fits) -> str | None:
        """Find the only person whom the paragraph before names: "Ida Falk left.\n\n“It leaks,”"."""
        paragraphs, spans = self.mentions.paragraph_of, self.mentions.sentences
        start = bisect_left(paragraphs, paragraphs[own])
        first = bisect_left(paragraphs, paragraphs[start - 1]) if start else start
        first = max(first, start - MAX_SENTENCES_BACK)
        found = {
            mention.person for mention in self._named((spans[first][0], spans[start][0]), fits)
        }
        person = found.pop() if len(found) == 1 else ""
        return person if self.names.goes_with_pronoun(person, pronoun) else None

    def _beside(self, described: Span, sentence: Span) -> str | None:
        """Find the name that stands beside a description: "The aunt, known as Ida Falk, left"."""
        apposition = APPOSITION.match(self.text, described[1], sentence[1])
        named = self.mentions.between(*apposition.span()) if apposition else []
        return named[0].person if len(named) == 1 else None

    def _is_sure(self, person: str, pronoun: str) -> bool:
        """Tell whether the article treats a name as a person's."""
        return self.names.goes_with_pronoun(person, pronoun) or (
            " " in person and self.names.is_like_person(person)
        )

    def _before(self, own: int) -> Iterator[Span]:
        """List the sentences before one in its paragraph, the nearest first."""
        mentions = self.mentions
        for index in range(own - 1, max(-1, own - 1 - MAX_SENTENCES_BACK), -1):
            if mentions.paragraph_of[index] != mentions.paragraph_of[own]:
                return
            yield mentions.sentences[index]

    def _named(self, part: Span, fits: Fits) -> list[NameMention]:
        return [
            mention
            for mention in self.mentions.between(*part)
            if not mention.is_quoted and fits(mention.person)
        ]

    def _others(self, named: Sequence[NameMention], draft: Draft) -> list[NameMention]:
        """Leave out who is named in the content: nobody refers to themselves by name."""
        return [one for one in named if not overlap(((one.start, one.end),), draft.content)]

    def _described(self, sentence: Span) -> Span | None:
        """Find the description of one person that a sentence starts with: "The mayor left"."""
        start, end = sentence
        parts = self.text[start:end].split(maxsplit=MAX_DESCRIPTION_WORDS)
        if not parts or parts[0].lower() not in pronouns.DETERMINERS | pronouns.POSSESSIVES:
            return None
        for count in range(2, min(len(parts), MAX_DESCRIPTION_WORDS) + 1):
            phrase = " ".join(parts[:count]).rstrip(",")
            if parts[count - 1] in function_words.NON_NAME_WORDS:
                return None
            if is_one_person(phrase):
                return start, start + len(phrase)
        return None
