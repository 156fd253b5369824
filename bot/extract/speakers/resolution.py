"""Resolve the words of a source to the speaker they mean.

Rules, in order: pronouns, joint sources, persons by title, surname or role, bodies by abbreviation
or last word, descriptions by an earlier, longer one. If no rule is sure, the words stay as printed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import Draft, joined_text, overlap, sentence_at
from bot.extract.speakers.capitalised import split_titles
from bot.extract.speakers.cores import antecedent_before, core_of
from bot.extract.speakers.genders import usual_pronouns
from bot.extract.speakers.kinds import (
    is_one_person,
    is_plural,
    may_be_person,
    source_kind,
    without_sentence_capital,
)
from bot.extract.speakers.names import Names
from bot.extract.speakers.roles import Mention, described_persons, gender
from bot.extract.words import head_phrase, words
from bot.languages.table import (
    bodies,
    capitals,
    function_words,
    people,
    pronouns,
    references,
    source_forms,
)
from bot.model import SourceKind, Span, Spans
from bot.text.quotes import is_quoted, quotation_mask
from bot.text.sentences import sentences

TAIL = re.compile(r"[^.\n“\"]*")
MAX_PARAGRAPHS_BACK = 2  # how far a pronoun looks for its antecedent …
MAX_SENTENCES_BACK = 12  # … in paragraphs, and in sentences


class Speaker(NamedTuple):
    """Who spoke, how the source names them, and who relayed it (as in Attribution.via).

    `known` is False for an unresolved pronoun or "the two"; `sure` is also False for a pronoun
    that may mean somebody else. `group` is the name, or the group the speaker belongs to.
    """

    name: str | None
    kind: SourceKind
    via: tuple[str, ...]
    known: bool
    group: str | None = None
    sure: bool = True


@dataclass(slots=True)
class SpeakerResolver:
    """Resolve an article's sources in reading order: `resolve` remembers what it has found."""

    text: str
    names: Names
    paragraphs: Sequence[Paragraph]
    _said: list[tuple[Draft, str, SourceKind]] = field(default_factory=list)
    _places: list[int] = field(default_factory=list)
    _pronoun_meaning: dict[tuple[int, str], str | None] = field(default_factory=dict)
    _doubted: set[Draft] = field(default_factory=set)
    _described_as: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for person, pronoun in usual_pronouns(self.text, self.paragraphs, self.names):
            self.names.note_pronoun(person, pronoun)

    def resolve(self, draft: Draft) -> Speaker:
        """Name the speaker of an attribution, and who stands between them and the article."""
        if not draft.source:
            return Speaker(None, "none", (), known=True)
        speaker = self.name(joined_text(self.text, draft.source), draft)
        via = (self.name(joined_text(self.text, draft.between), draft),) if draft.between else ()
        pronoun = speaker.lower() in pronouns.PRONOUNS and speaker not in pronouns.PRONOUN_ACRONYMS
        known = not (
            pronoun
            or references.PAIR_REFERENCE.match(speaker)
            or references.WHOSE_PHRASE.match(speaker)
        )
        kind = source_kind(speaker) if known else "described"
        if known and kind == "described" and people.UNNAMED_SOURCE.search(self._context(draft)):
            kind = "unnamed"
        group = self._group(speaker, draft)
        self._remember(draft, speaker, kind)
        return Speaker(speaker, kind, via, known, group, known and draft not in self._doubted)

    def _group(self, speaker: str, draft: Draft) -> str:
        """Find the group of a speaker: "one of them" belongs to the two dockers before."""
        part = source_forms.PART_OF_GROUP.match(speaker)
        if not part:
            return speaker
        every = part["all"].lower()
        if every in pronouns.PLURAL.union(pronouns.PLURAL_DEMONSTRATIVES):
            return self._plural_before(pronouns.THEY, draft) or speaker
        return self._described(part["all"]) or speaker

    def name(self, printed: str, draft: Draft) -> str:
        """Name whom printed words mean at the place of an attribution."""
        core = core_of(printed)
        if stated_by := self._author_of_statement(core, draft):
            return stated_by
        first = core.split()[0]
        pronoun = core.lower() in pronouns.PRONOUNS or first.lower() in pronouns.RELATIVE
        if (pronoun and first not in pronouns.PRONOUN_ACRONYMS) or references.PAIR_REFERENCE.match(
            core
        ):
            return self._antecedent(core, draft) or core
        parts = core.split(function_words.CONJUNCTION)
        if len(parts) == 2 and all(part.strip() for part in parts):
            return function_words.CONJUNCTION.join(self._resolve_one(part, draft) for part in parts)
        return self._resolve_one(core, draft)

    def _context(self, draft: Draft) -> str:
        """Read what stands beside source and cue: up to the content, and after it."""
        start = min(draft.source[0][0], draft.cue[0][0])
        first, after = draft.content[0][0], max(draft.content[-1][1], start)
        tail = TAIL.match(self.text, after, draft.paragraph.end)
        return f"{self.text[start:first]} {tail[0] if tail else ''}"

    def _remember(self, draft: Draft, speaker: str, kind: SourceKind) -> None:
        spoken = self._spoken(draft.paragraph.start, draft.start + 1)
        if draft.outer or any(overlap(outer.content, draft.source) for outer, _, _ in spoken):
            return  # mentioned by another speaker, so not speaking here
        self._said.append((draft, speaker, kind))
        self._places.append(draft.start)
        noun = head_phrase(speaker).split()
        if function_words.CONJUNCTION not in speaker and len(noun) > 1:
            self._described_as[noun[-1].lower()].add(speaker)

    def _author_of_statement(self, core: str, draft: Draft) -> str | None:
        """Find who has just "said in a statement", where "the statement" is the source."""
        article, _, noun = core.lower().partition(" ")
        if article != pronouns.DEFINITE_ARTICLE or noun not in bodies.DOCUMENTS:
            return None
        earlier = next(self._spoken(draft.paragraph.start, draft.start), None)
        if earlier is None:
            return None
        by, speaker, _ = earlier
        cue = words(joined_text(self.text, by.cue))
        return speaker if cue[-3:] in references.document_cues(noun) else None

    def _resolve_one(self, core: str, draft: Draft) -> str:
        known = self._person(core, draft) or self._body(core, draft) or self._described(core)
        noun = head_phrase(core)
        if not known and " " in noun and noun != core:  # "Ida Falk of the canal trust"
            known = self.names.person(noun, draft.start)
        if not known and self.names.is_common_noun(noun, words(joined_text(self.text, draft.cue))):
            return noun.lower() + core[len(noun) :]
        return known or without_sentence_capital(core)

    def _person(self, core: str, draft: Draft) -> str | None:
        runs = list(capitals.CAPITALISED_RUN.finditer(core))
        if runs and runs[-1].end() == len(core) and not function_words.POSTMODIFIER.search(core):
            titles, name = split_titles(runs[-1][0])
            self.names.note_source(name)
            if person := self.names.person_with_title(titles, name, draft.start):
                return person
            if self.names.is_shared(name):
                return core
            if person := self.names.person(name, draft.start):
                # "Mr Falk" tells more than "Falk", where nothing tells which Falk it is.
                return person if " " in person else core
        article, *role = core.lower().split()
        if article == pronouns.DEFINITE_ARTICLE and 0 < len(role) < 3:
            return self.names.in_role(" ".join(role), draft.start)
        return None

    def _body(self, core: str, draft: Draft) -> str | None:
        parts = core.split()
        article = parts[0].lower() == pronouns.DEFINITE_ARTICLE
        name = parts[-1]
        common = (
            name.lower() in function_words.NON_NAME_WORDS and name not in pronouns.PRONOUN_ACRONYMS
        )
        if len(parts) != 1 + article or common:
            return None
        if not article and not name.isupper():
            return None
        full = self.names.body(name)
        if (
            article and not full and name in bodies.MUNICIPALITIES
        ):  # "the city" is one such as is named
            full = self.names.municipality(draft.start)
        if not full or (article and not self.names.is_unambiguous(name, full)):
            return None
        return f"{pronouns.DEFINITE_ARTICLE} {full}" if article else full

    def _described(self, core: str) -> str | None:
        """Find the earlier description that "the advisers" refers to, if there is only one."""
        parts = core.split()
        if len(parts) != 2 or parts[0].lower() not in (
            pronouns.DEFINITE_ARTICLE,
            *pronouns.PLURAL_DEMONSTRATIVES,
        ):
            return None
        noun = parts[1].lower()
        longer = [
            each for each in self._described_as.get(noun, ()) if len(head_phrase(each).split()) > 1
        ]
        longer = [each for each in longer if each.lower() != core.lower()]
        return (
            longer[0] if len(longer) == 1 and self.names.is_unambiguous(noun, longer[0]) else None
        )

    def _antecedent(self, core: str, draft: Draft) -> str | None:
        pronoun, place = core.lower(), draft.source[0][0]
        paragraph = draft.paragraph
        if is_quoted(self.text[paragraph.start : paragraph.end], place - paragraph.start):
            # Pronouns in a quotation may mean people that the article never names.
            return self._quoted_speaker(draft) if pronoun in pronouns.FIRST_PERSON else None
        if pronoun.split()[0] in pronouns.RELATIVE:
            noun = antecedent_before(
                self.text[paragraph.start : place],
                who=pronoun.startswith(references.PERSONAL_RELATIVE),
            )
            if not noun:
                return None
            meant, whose = self._resolve_one(noun, draft), references.WHOSE_PHRASE.match(core)
            return references.possessive(meant, whose["of"]) if whose else meant
        if pronoun in pronouns.PERSONAL:
            return self._person_before(pronoun, draft)
        if pronoun in pronouns.NEUTER:
            return self._body_before(draft)
        if pronoun in pronouns.PLURAL or references.PAIR_REFERENCE.match(core):
            return self._plural_before(core, draft)
        return None

    def _quoted_speaker(self, draft: Draft) -> str | None:
        """Find who speaks the quotation in which a source stands."""
        place = draft.source[0][0]
        for earlier, speaker, _ in self._spoken(draft.paragraph.start, place):
            if any(start <= place < end for start, end in earlier.content):
                return speaker
        return None

    def _body_before(self, draft: Draft) -> str | None:
        near = self._paragraphs_before(draft.paragraph.start)
        first = near[0].start if near else draft.paragraph.start
        for _, speaker, kind in self._spoken(first, draft.start + 1):
            if self._is_body(speaker, kind):
                return speaker
        return None

    def _is_body(self, speaker: str, kind: SourceKind) -> bool:
        if kind == "named" and speaker[:1].isupper():
            return self.names.possible_person(speaker) is None
        noun = words(head_phrase(speaker))
        return not is_one_person(speaker) and not bodies.BODIES.isdisjoint(noun)

    def _person_before(self, pronoun: str, draft: Draft) -> str | None:
        """Look back, sentence by sentence, for who spoke there or is named first."""
        nearer: list[Mention] = []
        for first, last in self._sentences_before(draft):
            for _, speaker, kind in self._spoken(first, last):
                # "Ida Falk for the canal trust" is still Ida Falk to whom "she" refers.
                person = self.names.person(speaker) or self.names.possible_person(
                    head_phrase(speaker)
                )
                if person and self._fits(person, pronoun, draft):
                    return self._note_doubt(person, pronoun, draft, (first, last), nearer)
                if not person and kind != "named" and may_be_person(speaker, pronoun):
                    return speaker if is_one_person(speaker, pronoun) else None
            named = self.names.persons(first, last)
            for person in self._candidates(named, (first, last), pronoun, draft):
                if self._fits(person, pronoun, draft):
                    return self._note_doubt(person, pronoun, draft, (first, last), nearer)
            nearer += described_persons(self.text, first, last, pronoun)
        return None

    def _candidates(
        self, named: Sequence[Mention], sentence: Span, pronoun: str, draft: Draft
    ) -> list[str]:
        """List the persons named in a sentence that a pronoun may mean, in order."""
        inside = quotation_mask(self.text[slice(*sentence)])
        # Nobody speaks of themselves by name: "Falk, he said, was late".
        named = [
            mention
            for mention in named
            if not inside[mention.start - sentence[0]]
            and not overlap(((mention.start, mention.start + 1),), draft.content)
            and self.names.fits(mention.name, pronoun)
        ]
        # In "Lie’s colleague Karin Moe", she is the one.
        nearer = [mention.name for mention in named if not self._is_possessive(mention)]
        return list(dict.fromkeys(nearer or [mention.name for mention in named]))

    def _note_doubt(
        self, person: str, pronoun: str, draft: Draft, sentence: Span, nearer: Sequence[Mention]
    ) -> str:
        """Return `person`, marking the draft as doubtful if the pronoun may mean another.

        That is somebody else named in the same sentence, unless the article shows the person's
        pronoun; or somebody described in a nearer sentence: "the manager".
        """
        named = self.names.possible_persons(*sentence)
        others = set(self._candidates(named, sentence, pronoun, draft)) - {person}
        alike = others and not self.names.goes_with_pronoun(person, pronoun)
        if alike or any(self.names.in_role(role, at) != person for at, role in nearer):
            self._doubted.add(draft)
        return person

    def _fits(self, person: str, pronoun: str, draft: Draft) -> bool:
        """Tell whether a pronoun may mean a person: nobody is "he" and "she" in one paragraph."""
        if not self.names.fits(person, pronoun):
            return False
        meant = gender(pronoun)
        return self._pronoun_meaning.setdefault((draft.paragraph.start, person), meant) == meant

    def _is_possessive(self, mention: Mention) -> bool:
        """Tell whether a name stands in the possessive."""
        run = capitals.CAPITALISED_RUN.match(self.text, mention.start)
        return run is not None and run[0].endswith(("’s", "'s"))

    def _plural_before(self, core: str, draft: Draft) -> str | None:
        """Look back for the two persons or countries that a sentence is about, or who spoke.

        "They" may be any speakers of the plural, "the two" only a pair.
        """
        two = references.PAIR_REFERENCE.match(core)
        for first, last in self._sentences_before(draft):
            for _, speaker, kind in self._spoken(first, last):
                parts = speaker.split(function_words.CONJUNCTION)
                if len(parts) == 2 or (not two and self._is_plural(speaker, kind)):
                    return speaker
            pair = self.names.subject_pair(first, last)
            persons = [self.names.possible_person(name) for name in pair]
            if two and two["lands"]:
                found = pair if not any(persons) else ()
            else:
                found = tuple(filter(None, persons))
            if len(found) == 2:
                return function_words.CONJUNCTION.join(found)
        return None

    def _is_plural(self, speaker: str, kind: SourceKind) -> bool:
        """Tell whether "they" may mean a speaker: several, or a body."""
        paper = not bodies.DOCUMENTS.isdisjoint(words(head_phrase(speaker))[-1:])
        return not paper and (is_plural(speaker) or self._is_body(speaker, kind))

    def _spoken(self, first: int, last: int) -> Iterator[tuple[Draft, str, SourceKind]]:
        """List what was said in a stretch of the article, the last first."""
        start, end = bisect_left(self._places, first), bisect_left(self._places, last)
        return (self._said[at] for at in range(end - 1, start - 1, -1))

    def _sentences_before(self, draft: Draft) -> Spans:
        """List the sentences before a source, nearest first, in its paragraph and those before.

        The source's own sentence is the first, up to the source.
        """
        start, place = draft.paragraph.start, draft.source[0][0]
        own = sentence_at(self.text, draft.paragraph, place)[0]
        found: list[Span] = []
        for paragraph in (*self._paragraphs_before(start), draft.paragraph):
            inside = sentences(self.text[paragraph.start : paragraph.end])
            upto = bisect_left(inside, place - paragraph.start, key=lambda span: span[0])
            found += [
                (paragraph.start + first, paragraph.start + last)
                for first, last in inside[max(0, upto - MAX_SENTENCES_BACK) : upto]
                if paragraph.start + first < own
            ]
        before = [(own, place)] if own < place else []
        return (*before, *found[: -MAX_SENTENCES_BACK - 1 : -1])

    def _paragraphs_before(self, start: int) -> list[Paragraph]:
        at = bisect_left(self.paragraphs, start, key=lambda paragraph: paragraph.start)
        near = self.paragraphs[max(0, at - 2 * MAX_PARAGRAPHS_BACK) : at]  # with headings between
        return [paragraph for paragraph in near if paragraph.kind == "text"][-MAX_PARAGRAPHS_BACK:]
