"""Resolve the words of a source to a speaker.

The rules, in order: pronouns, joint sources, people by title, surname or role, organisations by
abbreviation or last word, descriptions by an earlier, longer one. If no rule is sure, the words
stay as printed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.extract.paragraphs import Paragraph, paragraph_at, paragraph_index
from bot.extract.spans.drafts import QUOTATION_MARKS, Draft, sentence_at
from bot.extract.spans.signed_quotations import is_quotation_only
from bot.extract.speakers.capitalised import name_after_role, split_titles
from bot.extract.speakers.cores import antecedent_before, core_of
from bot.extract.speakers.described_bodies import find_body, find_introduced, is_named_as_body
from bot.extract.speakers.described_people import DescribedPeople
from bot.extract.speakers.genders import find_usual_pronouns
from bot.extract.speakers.kinds import (
    is_one_person,
    is_plural,
    source_kind,
    without_sentence_capital,
)
from bot.extract.speakers.mentions import (
    Mentions,
    is_person_name,
    without_party,
    without_role,
)
from bot.extract.speakers.names import Names
from bot.extract.speakers.pronoun_features import Candidate, PronounContext, Spoken
from bot.extract.speakers.pronoun_scorer import PronounScorer
from bot.extract.speakers.role_holders import RoleHolders
from bot.extract.speakers.roles import gender
from bot.extract.speakers.speaker_confidence import SourceForm
from bot.extract.words import head_noun, head_phrase, words
from bot.languages.table import (
    capitals,
    function_words,
    given_names,
    organisations,
    people,
    pronouns,
    references,
    role_forms,
    source_forms,
)
from bot.languages.wordlist import is_word
from bot.model import SourceKind, Span, Spans
from bot.text.quotes import is_quoted
from bot.text.sentences import sentences
from bot.text.spans import joined_text, overlap, shifted

MAX_CONTEXT = 1_000  # characters before and after a content to search for "anonymous"
TAIL = re.compile(rf"[^.\n“\"]{{0,{MAX_CONTEXT}}}")
# How far back to search for a pronoun's antecedent.
MAX_PARAGRAPHS_BACK = 2
MAX_SENTENCES_BACK = 12
MAX_SENTENCE_LENGTH = 3_000  # in characters, from its end
LEAST_LIKELIHOOD = 0.5
"""A pronoun stays as printed if nobody is at least so likely meant by it."""
SURE_LIKELIHOOD = 0.75
"""Below this, the attribution is marked as unsure."""
DESCRIBED_LIKELIHOOD = 0.9
"""Of a pronoun that means the person whom a description before it led to."""
GUESSED_LIKELIHOOD = 0.5
"""Of a quotation whose speaker nothing names, that it is the subject's of the sentence before."""
MAX_RESOLVED_BACK = 100  # attributions; three paragraphs of prose never have so many


class Speaker(NamedTuple):
    """A resolved speaker: name, kind, and who relayed the content (as in Attribution.via).

    `group` is the name, or the group the speaker belongs to. `is_sure` is False for an unresolved
    pronoun or "the two", and for a pronoun that may refer to somebody else. `form` is how the
    source names the speaker, `likelihood` how likely a pronoun means this one.
    """

    name: str | None
    kind: SourceKind
    via: tuple[str, ...]
    group: str | None = None
    is_sure: bool = True
    form: SourceForm = "name"
    likelihood: float = 1.0


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
    pronoun_scorer: PronounScorer | None = None
    _resolved: list[_Resolved] = field(default_factory=list)
    _positions: list[int] = field(default_factory=list)
    _pronoun_genders: dict[tuple[int, str], str | None] = field(default_factory=dict)
    _likelihoods: dict[Draft, float] = field(default_factory=dict)
    _pronoun_context: PronounContext = field(init=False)
    _role_holders: RoleHolders = field(init=False)
    _described_people: DescribedPeople = field(init=False)
    _introductions: dict[str, set[str]] = field(default_factory=dict)
    _descriptions_by_noun: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self._role_holders = RoleHolders(self.text, self.names)
        for person, pronoun in find_usual_pronouns(self.text, self.paragraphs, self.names):
            self.names.note_pronoun(person, pronoun)
        mentions = Mentions(self.text, self.paragraphs, self.names)
        self._pronoun_context = PronounContext(self.text, self.names, mentions)
        self._described_people = DescribedPeople(self.text, self.paragraphs, self.names, mentions)

    def resolve(self, draft: Draft) -> Speaker:
        """Resolve the speaker of an attribution, and who relayed it."""
        if not draft.source:
            return self._subject_before(draft)
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
        likelihood = self._likelihoods.get(draft, 1.0 if is_known else 0.0)
        is_sure = is_known and likelihood >= SURE_LIKELIHOOD
        return Speaker(speaker, kind, via, group, is_sure, self._form(speaker, draft), likelihood)

    def _subject_before(self, draft: Draft) -> Speaker:
        """Guess whose a paragraph of quotations is by the subject of the sentence before it."""
        start = draft.content[0][0]
        before = self._paragraphs_before(start)[-1:]
        if not before or not is_quotation_only(self.text, start, draft.content[-1][1]):
            return Speaker(None, "none", ())
        last = sentence_at(self.text, before[0], before[0].end - 1)
        named = [
            mention
            for mention in self._pronoun_context.mentions.between(*last)
            if not mention.is_quoted
        ]
        person = self.names.person(named[0].person) if named else None
        if not person or named[0].start != last[0] or len({one.person for one in named}) > 1:
            return Speaker(None, "none", ())
        return Speaker(person, "named", (), person, False, "none", GUESSED_LIKELIHOOD)

    def _form(self, speaker: str, draft: Draft) -> SourceForm:
        """Tell how the source of a draft names its speaker."""
        own = paragraph_at(self.paragraphs, draft.content[0][0])
        if not own.start <= draft.source[0][0] < own.end:
            return "none"
        printed = joined_text(self.text, draft.source)
        if _is_pronoun(core_of(printed)):
            return "pronoun"
        shown = set(words(printed.lower()))
        return "description" if shown.isdisjoint(words(speaker.lower())) else "name"

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
        if name := self._apposed_name(core, draft) or self._name_before(core, draft):
            return name
        if holder := self._headline_role_holder(core, draft):
            return holder
        if author := self._author_of_statement(core, draft) or self._owner(core, draft):
            return author
        first_word = core.split()[0]
        is_relative = (
            first_word.lower() in pronouns.RELATIVE and first_word not in pronouns.PRONOUN_ACRONYMS
        )
        if is_relative or _is_pronoun(core) or references.PAIR_REFERENCE.match(core):
            return self._antecedent(core, draft) or core
        parts = core.split(function_words.CONJUNCTION)
        if len(parts) == 2 and all(part.strip() for part in parts) and _are_two(*parts):
            names = (self._resolve_single(part, draft) for part in parts)
            return function_words.CONJUNCTION.join(names)
        return self._resolve_single(core, draft)

    def _apposed_name(self, core: str, draft: Draft) -> str | None:
        """Find the name after a source that describes: "said a foreman[, Omar Lund,]"."""
        if not is_one_person(core) or source_kind(core) == "named":
            return None
        end = draft.source[-1][1]
        match = role_forms.APPOSED_NAME.match(self.text, end, draft.paragraph.end)
        if not match or match["name"].split()[0].lower() in function_words.NON_NAME_WORDS:
            return None
        name = split_titles(match["name"])[1]
        if not is_person_name(self.text, match.start("name"), name, has_title=False):
            return None
        self.names.note_source(name)
        return self.names.person(name, end) or name

    def _name_before(self, core: str, draft: Draft) -> str | None:
        """Find the name before a source that describes: "Ida Falk, [the only tenant], said"."""
        if _is_pronoun(core) or not is_one_person(core) or source_kind(core) == "named":
            return None
        start = draft.source[0][0]
        sentence = sentence_at(self.text, draft.paragraph, start)
        match = role_forms.NAME_BEFORE_DESCRIPTION.search(self.text, sentence[0], start)
        name = split_titles(match["name"])[1] if match else ""
        return self.names.possible_person(name, start) if name else None

    def _headline_role_holder(self, core: str, draft: Draft) -> str | None:
        """Find whom a role without an article means in a headline: "mayor says"."""
        is_headline = draft.paragraph.start == self.paragraphs[0].start
        first_word = core.lower().split()[0]
        if not is_headline or first_word in pronouns.DETERMINERS | pronouns.POSSESSIVES:
            return None
        if source_kind(core[:1].lower() + core[1:]) == "named":
            return None
        definite = f"{pronouns.DEFINITE_ARTICLE} {core[:1].lower()}{core[1:]}"
        holder = self._role_holders.find(definite, is_introduction=False)
        return holder or self._body(definite, draft)

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
        sentence = sentence_at(self.text, latest.draft.paragraph, latest.draft.start)
        printed = self.text[slice(*sentence)]
        return latest.speaker if references.in_document(noun).search(printed) else None

    def _owner(self, core: str, draft: Draft) -> str | None:
        """Find who speaks in "her statement" or "the agency’s annual report"."""
        possessive, _, noun = core.lower().partition(" ")
        pronoun = references.OWNERS.get(possessive)
        if pronoun and noun in references.PERSONAL_DOCUMENTS:
            return self._antecedent(pronoun, draft)
        owned = references.OWNED_DOCUMENT.fullmatch(core)
        if not owned or words(owned["noun"])[0] not in organisations.DOCUMENTS:
            return None
        owner = self._resolve_single(owned["owner"], draft)
        return owner if source_kind(owner) == "named" and _is_capitalised(owner) else None

    def _resolve_single(self, core: str, draft: Draft) -> str:
        core = name_after_role(core) or core
        name = (
            self._longer_body(core)
            or self._person(core, draft)
            or self._organisation(core, draft)
            or self._longer_description(core)
            or self._role_holder(core, draft)
            or self._body(core, draft)
        )
        head = head_phrase(core)
        if not name and " " in head:  # "Ida Falk of the canal trust", "Forecaster Ida Falk"
            name = self._plain_name(head, draft)
        if name:
            return name
        if self.names.is_common_noun(head, draft.cue_words(self.text)):
            return head.lower() + core[len(head) :]
        return without_sentence_capital(core)

    def _plain_name(self, head: str, draft: Draft) -> str | None:
        """Return the name in a head phrase that a role, a party or a place stands beside."""
        name = without_role(without_party(split_titles(head)[1]))
        if known := self.names.person(name, draft.start):
            return known
        is_name = capitals.CAPITALISED_RUN.fullmatch(head) and " " in name
        at = self.text.find(name, draft.source[0][0])
        return name if is_name and is_person_name(self.text, at, name, has_title=False) else None

    def _person(self, core: str, draft: Draft) -> str | None:
        if full := self.names.with_particle(core):
            return full
        runs = list(capitals.CAPITALISED_RUN.finditer(core))
        is_name = runs and core[runs[-1].end() :] in ("", ".")
        if is_name and not function_words.POSTMODIFIER.search(core):
            titles, name = split_titles(runs[-1][0])
            if " " not in name and _has_unknown_given_name(core[: runs[-1].start()]):
                return core
            self.names.note_source(name)
            if person := self.names.person_with_title(titles, name, draft.start):
                return person
            if self.names.is_ambiguous(name):
                return core
            if (person := self.names.person(name, draft.start)) and self._fits_title(
                person, titles
            ):
                # "Mr Falk" says more than "Falk" if nothing shows which Falk it is.
                return person if " " in person else core
        article, *role = core.lower().split()
        if article == pronouns.DEFINITE_ARTICLE and 0 < len(role) < 3:
            return self.names.person_in_role(" ".join(role), draft.start)
        return None

    def _fits_title(self, person: str, titles: Sequence[str]) -> bool:
        """Tell whether no title before a name is of the other gender."""
        return all(
            self.names.fits(person, title)
            for title in (title.lower().rstrip(".") for title in titles)
            if gender(title)
        )

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
            return self.names.bodies.full(name) if name.isupper() else None
        full = self.names.bodies.full(name)
        if not full and name in organisations.MUNICIPALITIES:  # "the city" is the last one named
            full = self.names.bodies.municipality(draft.start)
        if not full or not self.names.is_unambiguous(name, full):
            return None
        return f"{pronouns.DEFINITE_ARTICLE} {full}"

    def _longer_body(self, core: str) -> str | None:
        """Return the longer name of a body: "Dyke Water" may be Dyke Water Ltd."""
        article, _, name = core.partition(" ")
        name = name if article.lower() == pronouns.DEFINITE_ARTICLE else core
        is_name = name and capitals.CAPITALISED_RUN.fullmatch(name)
        if not is_name or (" " not in name and (name.isupper() or is_word(name.lower()))):
            return None
        is_person = given_names.gender_of(name.split()[0]) or self.names.is_like_person(name)
        return None if is_person else self.names.bodies.longer(name)

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
        if age := references.AGE.match(core):
            aged = self.names.person_aged(age["age"])
            return aged or self._described_people.find(core, draft)
        is_definite = determiner.lower() in (pronouns.DEFINITE_ARTICLE, *pronouns.POSSESSIVES)
        is_definite = is_definite or determiner.endswith(("’s", "'s", "s’", "s'"))
        is_introduction = determiner.lower() in pronouns.INDEFINITE_ARTICLES and self._is_at_start(
            draft
        )
        if not (is_definite or is_introduction) or not is_one_person(core):
            return None
        holder = self._role_holders.find(core, is_introduction=is_introduction)
        # "The mayor" alone may be another town's, who is named later.
        if is_definite and " " not in role and holder and not self._is_known(holder, role, draft):
            return None
        if holder is None and is_definite:
            return self._described_people.find(core, draft)
        is_beside = holder and holder in self.text[draft.paragraph.start : draft.paragraph.end]
        # "A coach said so. Jo Lie, a coach, denied it": two people.
        return None if is_introduction and is_beside else holder

    def _is_known(self, person: str, role: str, draft: Draft) -> bool:
        """Tell whether a person is named soon enough, and their role is nobody else's."""
        index = paragraph_index(self.paragraphs, draft.paragraph.start)
        following = self.paragraphs[: index + 1 + MAX_PARAGRAPHS_BACK][-1]
        return 0 <= self.text.find(person) < following.end and self.names.is_unambiguous(
            role, self._role_holders.words_of(person)
        )

    def _body(self, core: str, draft: Draft) -> str | None:
        """Find the named body that a description means."""
        if head_phrase(core).split()[-1][:1].isupper():
            return None
        spoken = [
            earlier
            for earlier in self._resolved_between(self._first_start(draft), draft.start)
            if earlier.kind == "named"
            and earlier.speaker != core
            and not self._is_like_person(earlier.speaker)
        ]
        latest = next(
            (one.speaker for one in spoken[:1] if one.draft.start >= draft.paragraph.start), None
        )
        named = [name for name in self.names.bodies.named if not self._is_like_person(name)]
        speakers = [one.speaker for one in spoken]
        introduced = self._introduced_bodies((*named, *speakers))
        has_other = re.search(rf"\b{references.OTHER} {re.escape(head_noun(core))}\b", self.text)
        body = find_body(core, speakers, named, introduced, latest, has_other is not None)
        noun = head_noun(core)
        is_by_noun = " " not in core.partition(" ")[2] and noun in words(body or "")
        return body if body and (not is_by_noun or self.names.is_unambiguous(noun, body)) else None

    def _is_like_person(self, name: str) -> bool:
        if given_names.gender_of(name.split()[0]):
            return True
        return not is_named_as_body(name) and self.names.is_like_person(name)

    def _introduced_bodies(self, names: Iterable[str]) -> Mapping[str, set[str]]:
        """Map nouns to the bodies that the article says to be that; computed once a body."""
        for name in names:
            if name not in self._introductions:
                self._introductions[name] = set(find_introduced(self.text, [name]))
        found: defaultdict[str, set[str]] = defaultdict(set)
        for name, nouns in self._introductions.items():
            for noun in nouns:
                found[noun].add(name)
        return found

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
        """Find the person whom a pronoun most likely refers to, or the one just described."""
        if described := self._described_before(pronoun, draft):
            return described
        start = draft.source[0][0]
        spoken = [
            Spoken(earlier.draft.start, earlier.speaker)
            for earlier in reversed([*self._resolved_between(0, start)])
        ]
        candidates = [
            candidate
            for candidate in self._pronoun_context.candidates(start, pronoun, spoken)
            # Nobody refers to themselves by name: "Falk, he said, was late".
            if not overlap(((candidate.mention.start, candidate.mention.end),), draft.content)
            and self._fits(candidate.mention.person, pronoun, draft)
        ]
        likelihoods = self._score(candidates, draft, pronoun)
        best = max(likelihoods, key=lambda person: likelihoods[person], default=None)
        if best is None or likelihoods[best] < LEAST_LIKELIHOOD:
            return None
        self._likelihoods[draft] = likelihoods[best]
        self._note_gender(best, pronoun, draft)
        return best

    def _score(
        self, candidates: Sequence[Candidate], draft: Draft, pronoun: str
    ) -> Mapping[str, float]:
        if self.pronoun_scorer is None:
            return {}
        start = draft.source[0][0]
        index = paragraph_index(self.paragraphs, draft.paragraph.start)
        parts = parts_around(self.text, self.paragraphs, index)
        return self.pronoun_scorer.probabilities(candidates, (start, start + len(pronoun)), parts)

    def _described_before(self, pronoun: str, draft: Draft) -> str | None:
        """Find the last speaker, if nobody is named since: one who is only described ("A nurse").

        Or "she", who stays the same in a paragraph.
        """
        latest = next(self._resolved_between(self._first_start(draft), draft.start), None)
        if latest is None:
            return None
        printed = core_of(joined_text(self.text, latest.draft.source))
        is_repeated = printed.lower() == pronoun and latest.draft.start >= draft.paragraph.start
        is_led_to_name = latest.kind == "named"
        if is_repeated:
            is_possible = latest.draft.source[0][0] < draft.source[0][0] and not _is_pronoun(
                latest.speaker
            )
        elif is_led_to_name:
            is_possible = (
                self._form(latest.speaker, latest.draft) == "description"
                and is_one_person(printed, pronoun)
                and self.names.fits(latest.speaker, pronoun)
            )
        else:
            is_possible = is_one_person(latest.speaker, pronoun)
        if not is_possible or self._is_named_between(latest, draft, pronoun):
            return None
        if is_repeated:
            self._likelihoods[draft] = self._likelihoods.get(latest.draft, 1.0)
        elif is_led_to_name:
            self._likelihoods[draft] = DESCRIBED_LIKELIHOOD
        return latest.speaker

    def _is_named_between(self, latest: _Resolved, draft: Draft, pronoun: str) -> bool:
        """Tell whether somebody else whom a pronoun fits is named since an attribution."""
        start = draft.source[0][0]
        return any(
            not mention.is_quoted
            and mention.person != latest.speaker
            and self.names.fits(mention.person, pronoun)
            for mention in self._pronoun_context.mentions.between(latest.draft.start, start)
        )

    def _first_start(self, draft: Draft) -> int:
        """Return where the paragraphs start in which a pronoun's antecedent is sought."""
        before = self._paragraphs_before(draft.paragraph.start)
        return (before[0] if before else draft.paragraph).start

    def _fits(self, person: str, pronoun: str, draft: Draft) -> bool:
        """Tell whether a pronoun may refer to a person, who keeps one gender in a paragraph."""
        known = self._pronoun_genders.get((draft.paragraph.start, person), gender(pronoun))
        return self.names.fits(person, pronoun) and known == gender(pronoun)

    def _note_gender(self, person: str, pronoun: str, draft: Draft) -> None:
        self._pronoun_genders[draft.paragraph.start, person] = gender(pronoun)

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


def _are_two(first: str, second: str) -> bool:
    """Tell whether "and" joins two sources: "the pilot and owner" is one person."""
    word = second.split()[0]
    is_role = not second.split()[-1][0].isupper() and word.lower() not in pronouns.DETERMINERS
    is_definite = first.lower().startswith(f"{pronouns.DEFINITE_ARTICLE} ")
    return not (is_role and is_definite and is_one_person(first) and not is_plural(second))


def _is_capitalised(name: str) -> bool:
    return any(word[0].isupper() for word in name.split() if word[0].isalpha())


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


def parts_around(text: str, paragraphs: Sequence[Paragraph], index: int) -> list[tuple[int, str]]:
    """List the text paragraphs just before one, and that one, each with its offset."""
    first = max(0, index - 2 * MAX_PARAGRAPHS_BACK)
    before = [paragraph for paragraph in paragraphs[first:index] if paragraph.kind == "text"]
    parts = (*before[-MAX_PARAGRAPHS_BACK:], paragraphs[index])
    return [(part.start, text[part.start : part.end]) for part in parts]
