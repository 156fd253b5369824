"""Find the person whom "the farmer" or "the 54-year-old" means, if no role is printed for them.

What the article tells of people shows it ("Ida Falk has worked the 90 acres since 1999"), or where
they stand: a description of somebody's life follows their name ("The mother of two"), and a source
that is new is often named at the start of the next paragraph. With two that fit, it stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.extract.paragraphs import Paragraph, paragraph_at, paragraph_index
from bot.extract.spans.drafts import Draft, sentence_at
from bot.extract.spans.signed_quotations import is_quotation_only
from bot.extract.speakers.mentions import Mentions, NameMention
from bot.extract.speakers.names import Names
from bot.extract.speakers.offices import list_roles
from bot.extract.speakers.roles import KIN_LOOKBACK, gender
from bot.extract.words import head_noun, words
from bot.languages.table import (
    capitals,
    cue_verbs,
    function_words,
    occupations,
    people,
    pronouns,
    references,
    role_forms,
)
from bot.languages.wordlist import is_word

MIN_STEM = 4  # letters; shorter beginnings must be whole words
MIN_SHARED = 5  # letters with which two related words begin
MAX_PARAGRAPHS_ON = 2
MAX_LOOKBACK = 2_000  # characters before a source in its paragraph
FORMS_OF_KIN = {"widow": "wife", "widower": "husband", "mum": "mother", "mom": "mother"}


@dataclass(slots=True, frozen=True)
class _Described:
    """A description, with its noun and its other words."""

    text: str
    noun: str
    others: frozenset[str]


class DescribedPeople:
    """Finds the people of one article by what it tells of them."""

    def __init__(
        self, text: str, paragraphs: Sequence[Paragraph], names: Names, mentions: Mentions
    ) -> None:
        self._text = text
        self._paragraphs = [part for part in paragraphs if part.kind == "text"]
        self._names = names
        self._mentions = mentions

    def find(self, description: str, draft: Draft) -> str | None:
        """Return the only person whom a definite description of one person fits, or None."""
        described = _take_apart(description)
        is_life = _is_life(description)
        is_relative = described.noun in people.KIN_NOUNS and not is_life
        if is_relative and (person := self._relative(described, draft)):
            return person
        is_relational = is_relative or (
            described.noun in occupations.RELATIONAL_ROLES and not is_life
        )
        possible = self._possible(described, draft)
        if age := references.AGE.match(description):
            aged = {person for person in possible if age["age"] in self._ages[person]}
            if aged:
                return _only(aged)
        before, following = self._named_before(draft), self._named_next(draft)
        is_other = before and (
            described.noun in self._roles[before] or (age and self._ages[before])
        )
        if is_life and before in possible and not is_other:
            return before
        shown = {person for person in possible if self._is_shown(described, person)}
        if shown:
            near = {before} if is_relational else {before, following}
            return self._only_shown(described, shown, possible.intersection(near))
        if is_relational:
            return None
        # "Ida Falk left. The keeper said": a noun alone may be anybody's.
        is_again = described.others and before and not self._has_spoken(before, draft)
        person = before if is_again else following
        return person if person in possible and not self._roles[person] else None

    def _possible(self, described: _Described, draft: Draft) -> set[str]:
        """List the people who may be meant: of that gender, and not named in the sentence."""
        sentence = sentence_at(self._text, draft.paragraph, draft.source[0][0])
        beside = {mention.person for mention in self._mentions.between(*sentence)}
        wanted = gender(described.noun)
        pronoun = pronouns.HE if wanted == "h" else pronouns.SHE
        return {
            person
            for person in self._people - beside
            if wanted is None or self._names.fits(person, pronoun)
        }

    def _is_shown(self, described: _Described, person: str) -> bool:
        """Tell whether the article tells of a person what the noun means."""
        if described.noun in occupations.VAGUE_NOUNS | self._roles[person]:
            return False  # a role that RoleHolders found not to fit
        told = self._roles[person] | self._deeds[person]
        return any(_belongs(word, described.noun) for word in told)

    def _only_shown(self, described: _Described, shown: set[str], near: set[str]) -> str | None:
        """Choose between several by where they are named, and by the description's other words."""
        strengths = {person: self._strength(described, person) for person in shown}
        most = max(strengths.values())
        best = {person for person, strength in strengths.items() if strength == most}
        if len(best) > 1:
            return _only(best & near) or _only(
                person for person in best if self._has_other_words(described, person)
            )
        # What shows one person must say more than that another stands beside.
        return None if most < 2 and near and not best & near else _only(best)

    def _has_other_words(self, described: _Described, person: str) -> bool:
        return any(
            _are_related(word, other) for word in self._deeds[person] for other in described.others
        )

    def _strength(self, described: _Described, person: str) -> int:
        """Count the words that show somebody to be meant."""
        told = self._deeds[person] | self._roles[person]
        return sum(_belongs(word, described.noun) for word in told)

    def _relative(self, described: _Described, draft: Draft) -> str | None:
        noun = FORMS_OF_KIN.get(described.noun, described.noun)
        owner = words(described.text)[0]
        printed = {
            person
            for person, kin, other in self._relatives
            if FORMS_OF_KIN.get(kin, kin) == noun
            and (owner == other or not {owner, other} <= pronouns.POSSESSIVES)
        }
        return _only(printed) if printed else self._namesake(described, draft)

    def _namesake(self, described: _Described, draft: Draft) -> str | None:
        """Find the only other bearer of the surname of the person named before "his widow"."""
        owner = self._named_before(draft)
        if not owner or words(described.text)[0] not in pronouns.POSSESSIVES:
            return None
        family = f" {owner.split()[-1]}"
        bearers = {one.person for one in self._mentions.all if one.person.endswith(family)} - {
            owner
        }
        return _only(bearers) if bearers <= self._possible(described, draft) else None

    def _named_before(self, draft: Draft) -> str | None:
        """Find the only person named before a source: in its paragraph, or if none, in the last."""
        start = draft.source[0][0]
        named = self._persons(self._start_before(draft), start)
        if named or sentence_at(self._text, draft.paragraph, start)[0] > draft.paragraph.start:
            return _only(named)
        index = paragraph_index(self._paragraphs, draft.paragraph.start) - 1
        while index >= 0 and self._is_quotation(self._paragraphs[index]):
            index -= 1
        part = self._paragraphs[index] if index >= 0 else None
        return _only(self._persons(part.start, part.end)) if part else None

    def _named_next(self, draft: Draft) -> str | None:
        """Find who is named first at the start of the next paragraph that is no quotation."""
        start = draft.source[0][0]
        if start != sentence_at(self._text, draft.paragraph, start)[0]:
            return None
        index = paragraph_index(self._paragraphs, draft.paragraph.start) + 1
        for part in self._paragraphs[index : index + MAX_PARAGRAPHS_ON]:
            if not self._is_quotation(part):
                first = next(iter(self._mentions.between(part.start, part.start + 1)), None)
                is_new = first and self._first_mentions[first.person] == first.start
                return first.person if first and is_new else None
        return None

    def _has_spoken(self, person: str, draft: Draft) -> bool:
        """Tell whether a person speaks just before: "Falk said so. The night guard said"."""
        start = draft.source[0][0]
        first = self._start_before(draft)
        named = (one.end for one in self._mentions.between(first, start) if one.person == person)
        after = self._text[next(named, start) : start]
        return not cue_verbs.SPEECH_VERBS.isdisjoint(words(after))

    def _start_before(self, draft: Draft) -> int:
        return max(draft.paragraph.start, draft.source[0][0] - MAX_LOOKBACK)

    @cached_property
    def _first_mentions(self) -> dict[str, int]:
        return {mention.person: mention.start for mention in reversed(self._mentions.all)}

    def _is_quotation(self, part: Paragraph) -> bool:
        return is_quotation_only(self._text, part.start, part.end)

    def _persons(self, start: int, end: int) -> set[str]:
        named = self._mentions.between(start, end)
        return {mention.person for mention in named if not mention.is_quoted} & self._people

    @cached_property
    def _people(self) -> set[str]:
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
        match = references.GENDERED_PRONOUN.search(self._text, mention.end, part.end)
        named = self._mentions.between(part.start, part.end)
        is_alone = len({other.person for other in named}) == 1
        return bool(match) and is_alone and mention.start == part.start

    @cached_property
    def _roles(self) -> dict[str, set[str]]:
        """Map people to the words of the roles that the article prints for them."""
        return defaultdict(
            set,
            {
                person: {word for role in list_roles(self._text, person) for word in words(role)}
                for person in self._people
            },
        )

    @cached_property
    def _ages(self) -> dict[str, set[str]]:
        ages: defaultdict[str, set[str]] = defaultdict(set)
        for mention in self._mentions.all:
            if match := role_forms.PRINTED_AGE.match(self._text, mention.end):
                ages[mention.person].add(match["age"])
        return ages

    @cached_property
    def _relatives(self) -> list[tuple[str, str, str]]:
        """List the people printed as somebody's relatives, with the noun and the owner's word."""
        found = []
        for mention in self._mentions.all:
            start = max(0, mention.start - KIN_LOOKBACK)
            printed = role_forms.KIN_BEFORE_NAME.search(
                self._text, start, mention.start
            ) or role_forms.KIN_AFTER_NAME.match(self._text, mention.end)
            if printed:
                owner, *_, noun = words(printed[0])
                found.append((mention.person, noun, owner))
        return found

    @cached_property
    def _deeds(self) -> dict[str, set[str]]:
        """Map people to the words that the article tells of them, up to the next name."""
        deeds: defaultdict[str, set[str]] = defaultdict(set)
        for start, end in self._mentions.sentences:
            named = [
                mention
                for mention in self._mentions.between(start, end)
                if not mention.is_quoted and mention.person in self._people
            ]
            if named:
                deeds[named[0].person].update(self._told(start, named[0].start))
            elif role_forms.SUBJECT_PRONOUN.match(self._text, start):
                part = paragraph_at(self._paragraphs, start)
                if person := _only(self._persons(part.start, part.end)):
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
            is_role = word.removesuffix("s") in occupations.PERSON_NOUNS | people.KIN_NOUNS
            if not is_role or before in role_forms.BEFORE_OWN_ROLE:
                yield word
            before = word


def _take_apart(description: str) -> _Described:
    noun = head_noun(description)
    others = {
        word
        for word in words(description)
        if word != noun and word not in function_words.NON_NAME_WORDS | pronouns.DETERMINERS
    }
    return _Described(description, noun, frozenset(others))


def _is_life(description: str) -> bool:
    return role_forms.LIFE.match(description) is not None


def _belongs(word: str, role: str) -> bool:
    """Tell whether a word tells that somebody has a role: "farms" or "acres" for a farmer."""
    stems = role_forms.DEEDS.get(role, frozenset())
    return _are_related(word, role) or any(
        word.startswith(stem) if len(stem) >= MIN_STEM else word == stem for stem in stems
    )


def _are_related(word: str, other: str) -> bool:
    """Tell whether two words have one root: "union", "unions"; "reviewed", "reviewer"."""
    if word in cue_verbs.SPEECH_VERBS:
        return False  # "the announcer" is not whoever announced something
    root = role_forms.AGENT_ENDING.sub("", other)
    if any(word == f"{root}{ending}" for ending in role_forms.VERB_ENDINGS):
        return True
    shorter = min(len(word), len(other))
    shared = next((i for i in range(shorter) if word[i] != other[i]), shorter)
    return shared >= MIN_SHARED and shared >= shorter - 2


def _only(people_found: Iterable[str]) -> str | None:
    found = set(people_found)
    return found.pop() if len(found) == 1 else None
