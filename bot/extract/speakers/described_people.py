"""Find the person whom "the farmer" or "the 54-year-old" means, if no role is printed for them.

What the article tells of people shows it ("Ida Falk has worked the 90 acres since 1999"), or where
they stand: a description of somebody's life follows their name ("The mother of two"), and a source
that is new is often named at the start of the next paragraph. With two that fit, it stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from bot.extract.paragraphs import Paragraph, paragraph_index
from bot.extract.spans.drafts import Draft, is_quotation_only, sentence_at
from bot.extract.speakers.mentions import Mentions
from bot.extract.speakers.names import Names
from bot.extract.speakers.profiles import Profiles, are_related, belongs
from bot.extract.speakers.roles import gender
from bot.extract.words import head_noun, words
from bot.languages.table import (
    cue_verbs,
    function_words,
    occupations,
    people,
    pronouns,
    references,
    role_forms,
)

MAX_PARAGRAPHS_ON = 2
MAX_PARAGRAPHS_LATER = 5
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
        self._profiles = Profiles(text, self._paragraphs, names, mentions)

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
            aged = {person for person in possible if age["age"] in self._profiles.ages[person]}
            if aged:
                return _only(aged)
        before, following = self._named_before(draft), self._named_next(draft)
        if is_life and before in possible and not self._is_other(described, before, age):
            return before
        shown = {person for person in possible if self._is_shown(described, person)}
        near = possible.intersection({before} if is_relational else {before, following})
        person = self._only_shown(described, shown, near) if shown else None
        if person or is_relational or shown & near:
            return person
        before = before or self._named_before(draft, possible, is_life=is_life)
        if is_life and before:
            return None if self._is_other(described, before, age) else before
        if self._is_again(described, draft, before):
            return before if before in possible else None
        if shown:
            return None
        person = following or self._named_later(described, draft)
        return person if person in possible and not self._has_other_role(person) else None

    def _is_other(self, described: _Described, person: str, age: re.Match[str] | None) -> bool:
        """Tell whether a life's description is somebody else's: of another age, or a role held."""
        return described.noun in self._profiles.roles[person] or bool(
            age and self._profiles.ages[person]
        )

    def _is_again(self, described: _Described, draft: Draft, before: str | None) -> bool:
        """Tell whether a description means the person named before it.

        "Ida Falk left. The keeper said": a noun alone may be anybody's, unless she was named first
        in the sentence before.
        """
        if not before or described.noun in occupations.VAGUE_NOUNS:
            return False
        own = sentence_at(self._text, draft.paragraph, draft.start)[0]
        last = sentence_at(self._text, draft.paragraph, max(draft.paragraph.start, own - 2))[0]
        first = next(iter(self._mentions.between(last, last + 1)), None)
        is_subject = last < own and first is not None and first.person == before
        if self._has_spoken(before, draft):
            return False
        if self._has_other_role(before):
            return bool(is_subject and described.others)
        return bool(is_subject or described.others)

    def _has_other_role(self, person: str) -> bool:
        """Tell whether the article gives somebody a role, other than that of a captain or star."""
        held = self._profiles.roles[person] - occupations.NEUTRAL_ROLES
        return bool(held)

    def _possible(self, described: _Described, draft: Draft) -> set[str]:
        """List the people who may be meant: of that gender, and not named in the sentence."""
        sentence = sentence_at(self._text, draft.paragraph, draft.source[0][0])
        beside = {mention.person for mention in self._mentions.between(*sentence)}
        wanted = gender(described.noun)
        pronoun = pronouns.HE if wanted == "h" else pronouns.SHE
        return {
            person
            for person in self._profiles.people - beside
            if wanted is None or self._names.fits(person, pronoun)
        }

    def _is_shown(self, described: _Described, person: str) -> bool:
        """Tell whether the article tells of a person what the noun means."""
        if (
            described.noun in occupations.VAGUE_NOUNS
            or described.noun in self._profiles.roles[person]
        ):
            return False  # a role that RoleHolders found not to fit
        told = self._profiles.roles[person] | self._profiles.deeds[person]
        return any(belongs(word, described.noun) for word in told)

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
            are_related(word, other)
            for word in self._profiles.deeds[person]
            for other in described.others
        )

    def _strength(self, described: _Described, person: str) -> int:
        """Count the words that show somebody to be meant."""
        told = self._profiles.deeds[person] | self._profiles.roles[person]
        return sum(belongs(word, described.noun) for word in told)

    def _relative(self, described: _Described, draft: Draft) -> str | None:
        noun = FORMS_OF_KIN.get(described.noun, described.noun)
        owner = words(described.text)[0]
        printed = {
            person
            for person, kin, other in self._profiles.relatives
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

    def _named_before(
        self, draft: Draft, possible: Set[str] | None = None, *, is_life: bool = False
    ) -> str | None:
        """Find the only person named before a source: in its paragraph, or if none, in the last.

        Of several, only those in `possible` count, and those who are not named as somebody's
        relatives; for a description of a life, the first of them.
        """
        start = sentence_at(self._text, draft.paragraph, draft.source[0][0])[0]
        first, last = self._start_before(draft), start
        named = self._profiles.persons(first, last)
        if not named:
            if draft.paragraph.start < min(start, draft.start):
                return None
            index = paragraph_index(self._paragraphs, draft.paragraph.start) - 1
            while index >= 0 and self._is_quotation(self._paragraphs[index]):
                index -= 1
            if index < 0:
                return None
            first, last = self._paragraphs[index].start, self._paragraphs[index].end
            named = self._profiles.persons(first, last)
        if len(named) > 1 and possible is not None:
            relatives = {person for person, _, _ in self._profiles.relatives}
            named = (named & possible) - relatives or named & possible
            if not named:
                return None
            mentions = [one for one in self._mentions.between(first, last) if one.person in named]
            if len(named) > 1 and is_life:
                return mentions[0].person
            named = {one.person for one in mentions if one.sentence == mentions[-1].sentence}
        return _only(named)

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

    def _named_later(self, described: _Described, draft: Draft) -> str | None:
        """Find who is named at last after "A keeper …": the first new name to start a paragraph."""
        opening = self._text[: draft.paragraph.start].lower()
        if not re.search(rf"\ban? (?:[\w-]+ ){{0,3}}{re.escape(described.noun)}\b", opening):
            return None
        index = paragraph_index(self._paragraphs, draft.paragraph.start) + 1
        for part in self._paragraphs[index : index + MAX_PARAGRAPHS_LATER]:
            first = next(iter(self._mentions.between(part.start, part.start + 1)), None)
            if first and self._first_mentions[first.person] == first.start:
                return first.person
            if self._profiles.persons(part.start, part.end):
                return None
        return None

    def _has_spoken(self, person: str, draft: Draft) -> bool:
        """Tell whether a person speaks just before: "Falk said so. The night guard said"."""
        start = draft.source[0][0]
        first = self._start_before(draft)
        named = (one.end for one in self._mentions.between(first, start) if one.person == person)
        after = words(self._text[next(named, start) : min(start, draft.start)])
        return any(word in cue_verbs.SPEECH_VERBS and not word.endswith("ing") for word in after)

    def _start_before(self, draft: Draft) -> int:
        return max(draft.paragraph.start, draft.source[0][0] - MAX_LOOKBACK)

    @cached_property
    def _first_mentions(self) -> dict[str, int]:
        return {mention.person: mention.start for mention in reversed(self._mentions.all)}

    def _is_quotation(self, part: Paragraph) -> bool:
        return is_quotation_only(self._text, part.start, part.end)


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


def _only(people_found: Iterable[str]) -> str | None:
    found = set(people_found)
    return found.pop() if len(found) == 1 else None
