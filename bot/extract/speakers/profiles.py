"""What an article tells of each person that it names in full: roles, ages, kin and deeds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from bot.extract.paragraphs import Paragraph, paragraph_at
from bot.extract.speakers.mentions import Mentions, NameMention
from bot.extract.speakers.names import Names
from bot.extract.speakers.offices import list_roles
from bot.extract.speakers.roles import KIN_LOOKBACK
from bot.extract.words import words
from bot.languages.table import capitals, cue_verbs, occupations, people, references, role_forms
from bot.languages.wordlist import is_word

MIN_STEM = 4  # letters; shorter beginnings must be whole words
MIN_SHARED = 5  # letters with which two related words begin


class Profiles:
    """Looks up what one article tells of its people; each answer is computed once."""

    def __init__(
        self, text: str, paragraphs: Sequence[Paragraph], names: Names, mentions: Mentions
    ) -> None:
        self._text = text
        self._paragraphs = paragraphs
        self._names = names
        self._mentions = mentions

    def persons(self, start: int, end: int) -> set[str]:
        """List the people named in a part of the article, outside quotations."""
        named = self._mentions.between(start, end)
        return {mention.person for mention in named if not mention.is_quoted} & self.people

    @cached_property
    def people(self) -> set[str]:
        """List the people named in full: the article shows their gender, age or role."""
        known = set(self._names.full_names())
        return {
            mention.person
            for mention in self._mentions.all
            if " " in mention.person and self._is_person(mention, known)
        }

    def _is_person(self, mention: NameMention, known: set[str]) -> bool:
        """Tell whether a name is a person's: most bodies' end in an English word."""
        person = mention.person
        if role_forms.PERSONAL_DETAIL.match(self._text, mention.end):
            return True
        if self._names.has_gender(person) or self._has_pronoun_after(mention):
            return True
        if role_forms.PERSONAL_VERB.match(self._text, mention.end):
            return True
        first, *_, last = person.split()
        if is_word(last.lower()) or first.rstrip(".") in role_forms.SAINTS:
            return False
        return (
            person in known
            or self._names.is_like_person(person)
            or role_forms.VERB_AFTER_NAME.match(self._text, mention.end) is not None
        )

    def _has_pronoun_after(self, mention: NameMention) -> bool:
        """Tell whether "he" or "she" follows a name that stands alone in its paragraph."""
        part = paragraph_at(self._paragraphs, mention.start)
        if mention.start != part.start:
            return False
        match = references.GENDERED_PRONOUN.search(self._text, mention.end, part.end)
        named = self._mentions.between(part.start, part.end)
        is_alone = len({other.person for other in named}) == 1
        return bool(match) and is_alone

    @cached_property
    def roles(self) -> dict[str, set[str]]:
        """Map people to the words of the roles that the article prints for them."""
        return defaultdict(
            set,
            {
                person: {word for role in list_roles(self._text, person) for word in words(role)}
                for person in self.people
            },
        )

    @cached_property
    def ages(self) -> dict[str, set[str]]:
        """Map people to the ages that the article prints."""
        ages: defaultdict[str, set[str]] = defaultdict(set)
        for mention in self._mentions.all:
            if match := role_forms.PRINTED_AGE.match(self._text, mention.end):
                ages[mention.person].add(match["age"])
        return ages

    @cached_property
    def relatives(self) -> list[tuple[str, str, str]]:
        """List the people printed as somebody's relatives, with the noun and the owner's word."""
        found = []
        for mention in self._mentions.all:
            start = max(0, mention.start - KIN_LOOKBACK)
            printed = role_forms.KIN_BEFORE_NAME.search(
                self._text, start, mention.start
            ) or role_forms.KIN_AFTER_NAME.match(self._text, mention.end)
            if printed:
                parts = words(printed[0])
                found.append((mention.person, parts[-1], parts[0]))
        return found

    @cached_property
    def deeds(self) -> dict[str, set[str]]:
        """Map people to the words that the article tells of them, up to the next name."""
        deeds: defaultdict[str, set[str]] = defaultdict(set)
        for start, end in self._mentions.sentences:
            named = [
                mention
                for mention in self._mentions.between(start, end)
                if not mention.is_quoted and mention.person in self.people
            ]
            if named:
                deeds[named[0].person].update(self._told(start, named[0].start))
            elif role_forms.SUBJECT_PRONOUN.match(self._text, start):
                part = paragraph_at(self._paragraphs, start)
                alone = self.persons(part.start, part.end)
                for person in alone if len(alone) == 1 else ():
                    deeds[person].update(self._told(start, end))
            ends = (*(mention.start for mention in named[1:]), end)
            for mention, stop in zip(named, ends, strict=False):
                deeds[mention.person].update(self._told(mention.end, stop))
        return deeds

    def _told(self, start: int, end: int) -> Iterator[str]:
        """List the words up to a verb of saying; what somebody says is not what they do."""
        before = ""
        for printed in words(self._text[start:end]):
            word = capitals.POSSESSIVE_ENDING.sub("", printed)
            if word in role_forms.SAYING:
                return
            # "Falk told the magistrate": that is another; "58 and headman since May" is not.
            noun = word.removesuffix("s")
            is_role = noun in occupations.PERSON_NOUNS or noun in people.KIN_NOUNS
            if not is_role or before in role_forms.BEFORE_OWN_ROLE:
                yield word
            before = word


def belongs(word: str, role: str) -> bool:
    """Tell whether a word tells that somebody has a role: "farms" or "acres" for a farmer."""
    stems = role_forms.DEEDS.get(role, frozenset())
    return are_related(word, role) or any(
        word.startswith(stem) if len(stem) >= MIN_STEM else word == stem for stem in stems
    )


def are_related(word: str, other: str) -> bool:
    """Tell whether two words have one root: "union", "unions"; "reviewed", "reviewer"."""
    if word in cue_verbs.SPEECH_VERBS:
        return False  # "the announcer" is not whoever announced something
    root = role_forms.AGENT_ENDING.sub("", other)
    if any(word == f"{root}{ending}" for ending in role_forms.VERB_ENDINGS):
        return True
    shorter = min(len(word), len(other))
    shared = next((i for i in range(shorter) if word[i] != other[i]), shorter)
    return shared >= MIN_SHARED and shared >= shorter - 2
