"""Resolve the words of a source to a speaker.

The rules, in order: pronouns, joint sources, people by title, surname or role, organisations by
abbreviation or last word, descriptions by an earlier, longer one. If no rule is sure, the words
stay as printed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import QUOTATION_MARKS, Draft, sentence_at
from bot.extract.speakers.capitalised import split_titles
from bot.extract.speakers.cores import antecedent_before, core_of
from bot.extract.speakers.genders import find_usual_pronouns
from bot.extract.speakers.kinds import (
    is_one_person,
    is_plural,
    may_be_person,
    source_kind,
    without_sentence_capital,
)
from bot.extract.speakers.names import Names
from bot.extract.speakers.role_holders import RoleHolders
from bot.extract.speakers.roles import Mention, gender, list_described_roles
from bot.extract.words import head_noun, head_phrase, words
from bot.languages.table import (
    capitals,
    function_words,
    organisations,
    people,
    pronouns,
    references,
    source_forms,
)
from bot.languages.wordlist import is_word
from bot.model import SourceKind, Span, Spans
from bot.text.quotes import is_quoted, quotation_mask
from bot.text.sentences import sentences
from bot.text.spans import joined_text, overlap, shifted

MAX_CONTEXT = 1_000  # characters before and after a content to search for "anonymous"
TAIL = re.compile(rf"[^.\n“\"]{{0,{MAX_CONTEXT}}}")
# How far back to search for a pronoun's antecedent.
MAX_PARAGRAPHS_BACK = 2
MAX_SENTENCES_BACK = 12
MAX_SENTENCE_LENGTH = 3_000  # in characters, from its end
MAX_RESOLVED_BACK = 100  # attributions; three paragraphs of prose never have so many


class Speaker(NamedTuple):
    """A resolved speaker: name, kind, and who relayed the content (as in Attribution.via).

    `group` is the name, or the group the speaker belongs to. `is_sure` is False for an unresolved
    pronoun or "the two", and for a pronoun that may refer to somebody else.
    """

    name: str | None
    kind: SourceKind
    via: tuple[str, ...]
    group: str | None = None
    is_sure: bool = True


class _Resolved(NamedTuple):
    """An attribution whose source has been resolved."""

    draft: Draft
    speaker: str
    kind: SourceKind


@dataclass(slots=True)
class SpeakerResolver:
    """Resolve an article's sources in reading order; each `resolve` uses the earlier results."""

    text: str
    names: Names
    paragraphs: Sequence[Paragraph]
    _resolved: list[_Resolved] = field(default_factory=list)
    _positions: list[int] = field(default_factory=list)
    _pronoun_genders: dict[tuple[int, str], str | None] = field(default_factory=dict)
    _doubtful_drafts: set[Draft] = field(default_factory=set)
    _role_holders: RoleHolders = field(init=False)
    _descriptions_by_noun: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self._role_holders = RoleHolders(self.text, self.names)
        for person, pronoun in find_usual_pronouns(self.text, self.paragraphs, self.names):
            self.names.note_pronoun(person, pronoun)

    def resolve(self, draft: Draft) -> Speaker:
        """Resolve the speaker of an attribution, and who relayed it."""
        if not draft.source:
            return Speaker(None, "none", ())
        speaker = self._resolve_words(joined_text(self.text, draft.source), draft)
        via = (
            (self._resolve_words(joined_text(self.text, draft.relay), draft),)
            if draft.relay
            else ()
        )
        is_known = not (
            _is_pronoun(speaker)
            or references.PAIR_REFERENCE.match(speaker)
            or references.WHOSE_PHRASE.match(speaker)
        )
        kind = source_kind(speaker) if is_known else "described"
        if is_known and kind == "described" and people.UNNAMED_SOURCE.search(self._context(draft)):
            kind = "unnamed"
        group = self._group(speaker, draft)
        self._remember(draft, speaker, kind)
        return Speaker(speaker, kind, via, group, is_known and draft not in self._doubtful_drafts)

    def _group(self, speaker: str, draft: Draft) -> str:
        """Find a speaker's group: "one of them" belongs to the two dockers mentioned before."""
        part = source_forms.PART_OF_GROUP.match(speaker)
        if not part:
            return speaker
        if part["group"].lower() in pronouns.PLURAL.union(pronouns.PLURAL_DEMONSTRATIVES):
            return self._plural_before(pronouns.THEY, draft) or speaker
        return self._longer_description(part["group"]) or speaker

    def _resolve_words(self, printed: str, draft: Draft) -> str:
        """Return the name of the speaker whom the words of a source refer to."""
        core = core_of(printed)
        if author := self._author_of_statement(core, draft) or self._owner(core, draft):
            return author
        first_word = core.split()[0]
        is_relative = (
            first_word.lower() in pronouns.RELATIVE and first_word not in pronouns.PRONOUN_ACRONYMS
        )
        if is_relative or _is_pronoun(core) or references.PAIR_REFERENCE.match(core):
            return self._antecedent(core, draft) or core
        parts = core.split(function_words.CONJUNCTION)
        if len(parts) == 2 and all(part.strip() for part in parts):
            names = (self._resolve_single(part, draft) for part in parts)
            return function_words.CONJUNCTION.join(names)
        return self._resolve_single(core, draft)

    def _context(self, draft: Draft) -> str:
        """Return the words from the source or cue to the content, and those after the content."""
        start = min(draft.source[0][0], draft.cue_start)
        content_start, content_end = draft.content[0][0], max(draft.content[-1][1], start)
        tail = TAIL.match(self.text, content_end, draft.paragraph.end)
        content_start = min(content_start, start + MAX_CONTEXT)
        return f"{self.text[start:content_start]} {tail[0] if tail else ''}"

    def _remember(self, draft: Draft, speaker: str, kind: SourceKind) -> None:
        earlier = self._resolved_between(draft.paragraph.start, draft.start + 1)
        if draft.outer or any(overlap(other.draft.content, draft.source) for other in earlier):
            return  # only mentioned in what another speaker says
        self._resolved.append(_Resolved(draft, speaker, kind))
        self._positions.append(draft.start)
        head = head_phrase(speaker).split()
        if function_words.CONJUNCTION not in speaker and len(head) > 1:
            self._descriptions_by_noun[head[-1].lower()].add(speaker)

    def _author_of_statement(self, core: str, draft: Draft) -> str | None:
        """Find who just "said in a statement", if the source is "the statement"."""
        article, _, noun = core.lower().partition(" ")
        if article != pronouns.DEFINITE_ARTICLE or noun not in organisations.DOCUMENTS:
            return None
        latest = next(self._resolved_between(draft.paragraph.start, draft.start), None)
        if latest is None:
            return None
        cue = latest.draft.cue_words(self.text)
        return latest.speaker if cue[-3:] in references.document_cues(noun) else None

    def _owner(self, core: str, draft: Draft) -> str | None:
        """Find who speaks in "her statement"."""
        possessive, _, noun = core.lower().partition(" ")
        pronoun = references.OWNERS.get(possessive)
        if not pronoun or noun not in references.PERSONAL_DOCUMENTS:
            return None
        return self._antecedent(pronoun, draft)

    def _resolve_single(self, core: str, draft: Draft) -> str:
        name = (
            self._person(core, draft)
            or self._organisation(core, draft)
            or self._longer_description(core)
            or self._role_holder(core, draft)
        )
        head = head_phrase(core)
        if not name and " " in head and head != core:  # "Ida Falk of the canal trust"
            name = self.names.person(head, draft.start)
        if name:
            return name
        if self.names.is_common_noun(head, draft.cue_words(self.text)):
            return head.lower() + core[len(head) :]
        return without_sentence_capital(core)

    def _person(self, core: str, draft: Draft) -> str | None:
        runs = list(capitals.CAPITALISED_RUN.finditer(core))
        is_name = runs and runs[-1].end() == len(core)
        if is_name and not function_words.POSTMODIFIER.search(core):
            titles, name = split_titles(runs[-1][0])
            if " " not in name and _has_unknown_given_name(core[: runs[-1].start()]):
                return core
            self.names.note_source(name)
            if person := self.names.person_with_title(titles, name, draft.start):
                return person
            if self.names.is_ambiguous(name):
                return core
            if person := self.names.person(name, draft.start):
                # "Mr Falk" says more than "Falk" if nothing shows which Falk it is.
                return person if " " in person else core
        article, *role = core.lower().split()
        if article == pronouns.DEFINITE_ARTICLE and 0 < len(role) < 3:
            return self.names.person_in_role(" ".join(role), draft.start)
        return None

    def _organisation(self, core: str, draft: Draft) -> str | None:
        """Return the name of an organisation, given as an acronym or as "the" and a noun."""
        *words_before, name = core.split()
        has_article = [word.lower() for word in words_before] == [pronouns.DEFINITE_ARTICLE]
        is_common = name.lower() in function_words.NON_NAME_WORDS
        if (words_before and not has_article) or (
            is_common and name not in pronouns.PRONOUN_ACRONYMS
        ):
            return None
        if not has_article:
            return self.names.organisation(name) if name.isupper() else None
        full = self.names.organisation(name)
        if not full and name in organisations.MUNICIPALITIES:  # "the city" is the last one named
            full = self.names.municipality(draft.start)
        if not full or not self.names.is_unambiguous(name, full):
            return None
        return f"{pronouns.DEFINITE_ARTICLE} {full}"

    def _longer_description(self, core: str) -> str | None:
        """Find the earlier description to which "the advisers" refers, if there is only one."""
        parts = core.lower().split()
        determiners = (pronouns.DEFINITE_ARTICLE, *pronouns.PLURAL_DEMONSTRATIVES)
        if len(parts) != 2 or parts[0] not in determiners:
            return None
        noun = parts[1]
        longer = [
            description
            for description in self._descriptions_by_noun.get(noun, ())
            if len(head_phrase(description).split()) > 1 and description.lower() != core.lower()
        ]
        if len(longer) != 1 or not self.names.is_unambiguous(noun, longer[0]):
            return None
        return longer[0]

    def _role_holder(self, core: str, draft: Draft) -> str | None:
        """Find the only person in the article with the role of a description.

        "A teacher" is somebody whom the article names later only at its start.
        """
        determiner, _, role = core.partition(" ")
        is_definite = determiner.lower() == pronouns.DEFINITE_ARTICLE
        is_introduction = determiner.lower() in pronouns.INDEFINITE_ARTICLES and self._is_at_start(
            draft
        )
        # "The mayor" alone may be another town's.
        if not ((is_definite and " " in role) or is_introduction) or not is_one_person(core):
            return None
        holder = self._role_holders.find(core, is_introduction=is_introduction)
        is_beside = holder and holder in self.text[draft.paragraph.start : draft.paragraph.end]
        # "A coach said so. Jo Lie, a coach, denied it": two people.
        return None if is_introduction and is_beside else holder

    def _is_at_start(self, draft: Draft) -> bool:
        first = next((part for part in self.paragraphs if part.kind == "text"), None)
        return first is not None and draft.paragraph.start == first.start

    def _antecedent(self, core: str, draft: Draft) -> str | None:
        pronoun, position = core.lower(), draft.source[0][0]
        paragraph = draft.paragraph
        if is_quoted(self.text[paragraph.start : paragraph.end], position - paragraph.start):
            # Pronouns in a quotation may refer to people that the article never names.
            return self._quoted_speaker(draft) if pronoun in pronouns.FIRST_PERSON else None
        if pronoun.split()[0] in pronouns.RELATIVE:
            is_personal = pronoun.startswith(references.PERSONAL_RELATIVE)
            noun = antecedent_before(self.text[paragraph.start : position], is_personal)
            if not noun:
                return None
            name, whose = self._resolve_single(noun, draft), references.WHOSE_PHRASE.match(core)
            return references.possessive(name, whose["noun"]) if whose else name
        if pronoun in pronouns.PERSONAL:
            return self._person_before(pronoun, draft)
        if pronoun in pronouns.NEUTER:
            return self._organisation_before(draft)
        if pronoun in pronouns.PLURAL or references.PAIR_REFERENCE.match(core):
            return self._plural_before(core, draft)
        return None

    def _quoted_speaker(self, draft: Draft) -> str | None:
        """Find the speaker of the quotation that contains a source."""
        position = draft.source[0][0]
        for earlier in self._resolved_between(draft.paragraph.start, position):
            if any(start <= position < end for start, end in earlier.draft.content):
                return earlier.speaker
        return None

    def _organisation_before(self, draft: Draft) -> str | None:
        paragraphs = [*self._paragraphs_before(draft.paragraph.start), draft.paragraph]
        for earlier in self._resolved_between(paragraphs[0].start, draft.start + 1):
            if self._is_organisation(earlier.speaker, earlier.kind):
                return earlier.speaker
        return None

    def _is_organisation(self, speaker: str, kind: SourceKind) -> bool:
        if kind == "named" and speaker[:1].isupper():
            return self.names.possible_person(speaker) is None
        return not is_one_person(speaker) and not organisations.ORGANISATIONS.isdisjoint(
            words(head_phrase(speaker))
        )

    def _person_before(self, pronoun: str, draft: Draft) -> str | None:
        """Find the person whom a pronoun refers to, searching backwards sentence by sentence.

        A sentence's speaker is considered before the people named in it.
        """
        nearer_roles: list[Mention] = []
        for sentence in self._sentences_before(draft):
            for _, speaker, kind in self._resolved_between(*sentence):
                # In "Ida Falk for the canal trust", "she" refers to Ida Falk.
                person = self.names.person(speaker) or self.names.possible_person(
                    head_phrase(speaker)
                )
                if person and self._fits(person, pronoun, draft):
                    self._note_doubt(person, pronoun, draft, sentence, nearer_roles)
                    return person
                if not person and kind != "named" and may_be_person(speaker, pronoun):
                    return speaker if is_one_person(speaker, pronoun) else None
            named = self.names.persons(*sentence)
            for person in self._candidates(named, sentence, pronoun, draft):
                if self._fits(person, pronoun, draft):
                    self._note_doubt(person, pronoun, draft, sentence, nearer_roles)
                    return person
            nearer_roles += list_described_roles(self.text, *sentence, pronoun)
        return None

    def _candidates(
        self, named: Sequence[Mention], sentence: Span, pronoun: str, draft: Draft
    ) -> list[str]:
        """List the people named in a sentence to whom a pronoun may refer, in order."""
        quoted = quotation_mask(self.text[slice(*sentence)])
        # Nobody refers to themselves by name: "Falk, he said, was late".
        named = [
            mention
            for mention in named
            if not quoted[mention.start - sentence[0]]
            and not overlap(((mention.start, mention.start + 1),), draft.content)
            and self.names.fits(mention.name, pronoun)
        ]
        # In "Lie’s colleague Karin Moe", "she" is Karin Moe.
        others = [mention for mention in named if not self._is_possessive(mention)]
        return list(dict.fromkeys(mention.name for mention in others or named))

    def _note_doubt(
        self, person: str, pronoun: str, draft: Draft, sentence: Span, nearer: Sequence[Mention]
    ) -> None:
        """Mark the draft as doubtful if the pronoun may refer to somebody other than `person`.

        That is somebody else named in the same sentence, unless the article shows the person's
        pronoun; or somebody described in a nearer sentence: "the manager".
        """
        named = self.names.possible_persons(*sentence)
        others = set(self._candidates(named, sentence, pronoun, draft)) - {person}
        has_rival = others and not self.names.goes_with_pronoun(person, pronoun)
        if has_rival or any(
            self.names.person_in_role(role, start) != person for start, role in nearer
        ):
            self._doubtful_drafts.add(draft)

    def _fits(self, person: str, pronoun: str, draft: Draft) -> bool:
        """Tell whether a pronoun may refer to a person, who keeps one gender in a paragraph."""
        if not self.names.fits(person, pronoun):
            return False
        key, pronoun_gender = (draft.paragraph.start, person), gender(pronoun)
        return self._pronoun_genders.setdefault(key, pronoun_gender) == pronoun_gender

    def _is_possessive(self, mention: Mention) -> bool:
        """Tell whether a name is in the possessive."""
        run = capitals.CAPITALISED_RUN.match(self.text, mention.start)
        return run is not None and run[0].endswith(("’s", "'s"))

    def _plural_before(self, core: str, draft: Draft) -> str | None:
        """Search backwards for a pair that a sentence is about, or for plural speakers.

        "They" may be any plural speakers; "the two" only a pair of people or countries.
        """
        pair_reference = references.PAIR_REFERENCE.match(core)
        for sentence in self._sentences_before(draft):
            for _, speaker, kind in self._resolved_between(*sentence):
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
        return not is_document and (is_plural(speaker) or self._is_organisation(speaker, kind))

    def _resolved_between(self, start: int, end: int) -> Iterator[_Resolved]:
        """List the resolved attributions in a part of the article, last first.

        Only the last MAX_RESOLVED_BACK are listed: each draft asks for them.
        """
        end_index = bisect_left(self._positions, end)
        first_index = max(bisect_left(self._positions, start), end_index - MAX_RESOLVED_BACK)
        return reversed(self._resolved[first_index:end_index])

    def _sentences_before(self, draft: Draft) -> Spans:
        """List the sentences before a source, nearest first, in its paragraph and those before.

        The source's own sentence is the first, up to the source.
        """
        start, position = draft.paragraph.start, draft.source[0][0]
        own_start = sentence_at(self.text, draft.paragraph, position)[0]
        earlier_spans: list[Span] = []
        for paragraph in (*self._paragraphs_before(start), draft.paragraph):
            offset = paragraph.start
            spans = sentences(self.text[offset : paragraph.end])
            limit = bisect_left(spans, position - offset, key=lambda span: span[0])
            nearest = shifted(spans[max(0, limit - MAX_SENTENCES_BACK) : limit], offset)
            earlier_spans += [_end_of(span) for span in nearest if span[0] < own_start]
        own_span = [_end_of((own_start, position))] if own_start < position else []
        return (*own_span, *earlier_spans[: -MAX_SENTENCES_BACK - 1 : -1])

    def _paragraphs_before(self, start: int) -> list[Paragraph]:
        index = bisect_left(self.paragraphs, start, key=lambda paragraph: paragraph.start)
        # Twice as many, because headings are skipped.
        paragraphs_before = self.paragraphs[max(0, index - 2 * MAX_PARAGRAPHS_BACK) : index]
        text_paragraphs = [paragraph for paragraph in paragraphs_before if paragraph.kind == "text"]
        return text_paragraphs[-MAX_PARAGRAPHS_BACK:]


def _end_of(sentence: Span) -> Span:
    """Return the end of a sentence, up to MAX_SENTENCE_LENGTH: all of it, if it is prose."""
    start, end = sentence
    return max(start, end - MAX_SENTENCE_LENGTH), end


def _is_pronoun(phrase: str) -> bool:
    return phrase.lower() in pronouns.PRONOUNS and phrase not in pronouns.PRONOUN_ACRONYMS


def _has_unknown_given_name(words_before: str) -> bool:
    """Tell whether the words before a surname may name another bearer of it than the one known.

    Those are “Rick” in quotation marks, or no English word: "danah", "Ḥasan".
    """
    *_, last = words_before.split() or [""]
    return bool(last) and (
        last[-1] in QUOTATION_MARKS or (last.isalpha() and not is_word(last.lower()))
    )
