"""Resolve the words of a source to a speaker.

The rules, in order: pronouns, joint sources, people by title, surname or role, organisations by
abbreviation or last word, descriptions by an earlier, longer one. If no rule is sure, the words
stay as printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bot.extract.paragraphs import Paragraph, paragraph_index
from bot.extract.spans.drafts import QUOTATION_MARKS, Draft, sentence_at
from bot.extract.speakers.capitalised import name_after_role, split_titles
from bot.extract.speakers.cores import antecedent_before, core_of
from bot.extract.speakers.described_bodies import DescribedBodies
from bot.extract.speakers.described_people import DescribedPeople
from bot.extract.speakers.history import History
from bot.extract.speakers.kinds import (
    is_one_person,
    is_plural,
    is_pronoun,
    source_kind,
    without_sentence_capital,
)
from bot.extract.speakers.lone_quotations import LoneQuotations
from bot.extract.speakers.mentions import (
    Mentions,
    is_person_name,
    without_party,
    without_role,
)
from bot.extract.speakers.names import Names
from bot.extract.speakers.pronouns.antecedents import MAX_PARAGRAPHS_BACK, Antecedents
from bot.extract.speakers.pronouns.genders import find_usual_pronouns
from bot.extract.speakers.pronouns.pronoun_features import PronounContext
from bot.extract.speakers.pronouns.pronoun_scorer import PronounScorer
from bot.extract.speakers.pronouns.sentences_before import SentencesBefore
from bot.extract.speakers.role_holders import RoleHolders
from bot.extract.speakers.roles import gender
from bot.extract.speakers.speaker_confidence import SourceForm
from bot.extract.words import head_phrase, words
from bot.languages.table import (
    capitals,
    function_words,
    organisations,
    people,
    pronouns,
    references,
    role_forms,
    source_forms,
)
from bot.languages.wordlist import is_word
from bot.model import SourceKind, Span
from bot.text.quotes import is_quoted
from bot.text.spans import joined_text

MAX_CONTEXT = 1_000  # characters before and after a content to search for "anonymous"
TAIL = re.compile(rf"[^.\n“\"]{{0,{MAX_CONTEXT}}}")
SURE_LIKELIHOOD = 0.75
"""Below this, the attribution is marked as unsure."""
GUESSED_LIKELIHOOD = 0.5
"""Of a quotation whose speaker nothing names, that it is the subject's of the sentence before."""


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


@dataclass(slots=True)
class SpeakerResolver:
    """Resolve an article's sources in reading order; each `resolve` uses the earlier results."""

    text: str
    names: Names
    paragraphs: Sequence[Paragraph]
    pronoun_scorer: PronounScorer | None = None
    _history: History = field(init=False)
    _mentions: Mentions = field(init=False)
    _antecedents: Antecedents = field(init=False)
    _lone: LoneQuotations = field(init=False)
    _role_holders: RoleHolders = field(init=False)
    _described_people: DescribedPeople = field(init=False)
    _described_bodies: DescribedBodies = field(init=False)

    def __post_init__(self) -> None:
        for person, pronoun in find_usual_pronouns(self.text, self.paragraphs, self.names):
            self.names.note_pronoun(person, pronoun)
        text, paragraphs, names = self.text, self.paragraphs, self.names
        self._history = History(names)
        self._mentions = mentions = Mentions(text, paragraphs, names)
        self._antecedents = Antecedents(
            text,
            names,
            paragraphs,
            self._history,
            PronounContext(text, names, mentions),
            self.pronoun_scorer,
            SentencesBefore(text, names, mentions, self._led_to),
        )
        self._lone = LoneQuotations(text, names, mentions, self._history)
        self._role_holders = RoleHolders(text, names)
        self._described_people = DescribedPeople(text, paragraphs, names, mentions)
        self._described_bodies = DescribedBodies(text, names, self._history)

    def resolve(self, draft: Draft) -> Speaker:
        """Resolve the speaker of an attribution, and who relayed it."""
        if not draft.source:
            if signatory := self._lone.signatory(draft):
                return Speaker(signatory, "named", (), signatory, form="none")
            before = self._antecedents.paragraphs_before(draft.content[0][0])[-1:]
            return self._guess(self._lone.subject_before(draft, *before))
        draft = self._lone.asked(draft)
        speaker = self._resolve_words(joined_text(self.text, draft.source), draft)
        if self._lone.is_anothers(speaker, draft):
            return self._guess(self._lone.other_speaker(speaker, draft))
        via = (
            (self._resolve_words(joined_text(self.text, draft.relay), draft),)
            if draft.relay
            else ()
        )
        is_known = not (
            is_pronoun(speaker)
            or references.PAIR_REFERENCE.match(speaker)
            or references.WHOSE_PHRASE.match(speaker)
        )
        kind = source_kind(speaker) if is_known else "described"
        if is_known and kind == "described" and people.UNNAMED_SOURCE.search(self._context(draft)):
            kind = "unnamed"
        group = self._group(speaker, draft)
        self._history.add(draft, speaker, kind)
        if is_known and self._lone.is_answer(draft):
            self._antecedents.interviewee = speaker
        likelihood = self._antecedents.likelihoods.get(draft, 1.0 if is_known else 0.0)
        is_sure = is_known and likelihood >= SURE_LIKELIHOOD
        return Speaker(
            speaker, kind, via, group, is_sure, self._antecedents.form(speaker, draft), likelihood
        )

    def _guess(self, person: str | None) -> Speaker:
        if not person:
            return Speaker(None, "none", ())
        return Speaker(person, "named", (), person, False, "none", GUESSED_LIKELIHOOD)

    def _group(self, speaker: str, draft: Draft) -> str:
        """Find a speaker's group: "one of them" belongs to the two dockers mentioned before."""
        part = source_forms.PART_OF_GROUP.match(speaker)
        if not part:
            return speaker
        if part["group"].lower() in pronouns.PLURAL.union(pronouns.PLURAL_DEMONSTRATIVES):
            return self._antecedents.plural_before(pronouns.THEY, draft) or speaker
        return self._history.longer_description(part["group"]) or speaker

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
        if is_relative or is_pronoun(core) or references.PAIR_REFERENCE.match(core):
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
        if is_pronoun(core) or not is_one_person(core) or source_kind(core) == "named":
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

    def _author_of_statement(self, core: str, draft: Draft) -> str | None:
        """Find who just "said in a statement", if the source is "the statement"."""
        article, _, noun = core.lower().partition(" ")
        if article != pronouns.DEFINITE_ARTICLE or noun not in organisations.DOCUMENTS:
            return None
        latest = next(self._history.between(draft.paragraph.start, draft.start), None)
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
            self._described_bodies.find_longer(core)
            or self._person(core, draft)
            or self._organisation(core, draft)
            or self._history.longer_description(core)
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
        if holder is None:
            return self._described_people.find(core, draft)
        is_beside = holder and holder in self.text[draft.paragraph.start : draft.paragraph.end]
        # "A coach said so. Jo Lie, a coach, denied it": two people.
        return None if is_introduction and is_beside else holder

    def _led_to(self, description: Span, draft: Draft) -> str | None:
        """Find the person whom a description before a pronoun means."""
        core = without_sentence_capital(self.text[slice(*description)])
        described = replace(draft, source=(description,))
        return self._person(core, described) or self._role_holder(core, described)

    def _is_known(self, person: str, role: str, draft: Draft) -> bool:
        """Tell whether a person is named soon enough, and their role is nobody else's."""
        index = paragraph_index(self.paragraphs, draft.paragraph.start)
        following = self.paragraphs[: index + 1 + MAX_PARAGRAPHS_BACK][-1]
        return 0 <= self.text.find(person) < following.end and self.names.is_unambiguous(
            role, self._role_holders.words_of(person)
        )

    def _body(self, core: str, draft: Draft) -> str | None:
        return self._described_bodies.find(core, draft, self._antecedents.first_start(draft))

    def _is_at_start(self, draft: Draft) -> bool:
        first = next((part for part in self.paragraphs if part.kind == "text"), None)
        return first is not None and draft.paragraph.start == first.start

    def _antecedent(self, core: str, draft: Draft) -> str | None:
        """Find whom a pronoun, "who" or "the two" refers to."""
        pronoun, position = core.lower(), draft.source[0][0]
        start = draft.paragraph.start
        is_relative = pronoun.split()[0] in pronouns.RELATIVE
        if not is_relative or is_quoted(self.text[start : draft.paragraph.end], position - start):
            return self._antecedents.find(core, draft)
        is_personal = pronoun.startswith(references.PERSONAL_RELATIVE)
        noun = antecedent_before(self.text[start:position], is_personal)
        if not noun:
            return None
        name, whose = self._resolve_single(noun, draft), references.WHOSE_PHRASE.match(core)
        return references.possessive(name, whose["noun"]) if whose else name


def _are_two(first: str, second: str) -> bool:
    """Tell whether "and" joins two sources: "the pilot and owner" is one person."""
    word = second.split()[0]
    is_role = not second.split()[-1][0].isupper() and word.lower() not in pronouns.DETERMINERS
    is_definite = first.lower().startswith(f"{pronouns.DEFINITE_ARTICLE} ")
    return not (is_role and is_definite and is_one_person(first) and not is_plural(second))


def _is_capitalised(name: str) -> bool:
    return any(word[0].isupper() for word in name.split() if word[0].isalpha())


def _has_unknown_given_name(words_before: str) -> bool:
    """Tell whether the words before a surname may name another bearer of it than the one known.

    Those are “Rick” in quotation marks, or no English word: "danah", "Ḥasan".
    """
    *_, last = words_before.split() or [""]
    return bool(last) and (
        last[-1] in QUOTATION_MARKS or (last.isalpha() and not is_word(last.lower()))
    )
