"""Resolve the words of a source to a speaker.

The rules, in order: names beside the source, pronouns, joint sources, and for each part what
single_sources.py finds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.extract.paragraphs import Paragraph, paragraph_at
from bot.extract.spans.drafts import Draft, sentence_at
from bot.extract.speakers.capitalised import split_titles
from bot.extract.speakers.cores import antecedent_before, core_of
from bot.extract.speakers.history import History, paragraphs_before
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
)
from bot.extract.speakers.names import Names
from bot.extract.speakers.pronouns.antecedents import Antecedents
from bot.extract.speakers.pronouns.genders import find_usual_pronouns
from bot.extract.speakers.pronouns.pronoun_features import PronounContext
from bot.extract.speakers.pronouns.pronoun_scorer import PronounScorer
from bot.extract.speakers.pronouns.sentences_before import SentencesBefore
from bot.extract.speakers.roles import gender
from bot.extract.speakers.single_sources import SingleSources
from bot.extract.speakers.speaker_confidence import Evidence, Speaker
from bot.extract.words import head_noun, words
from bot.languages.table import (
    function_words,
    organisations,
    people,
    pronouns,
    references,
    role_forms,
    source_forms,
)
from bot.text.quotes import is_quoted
from bot.text.spans import joined_text

MAX_CONTEXT = 1_000  # characters before and after a content to search for "anonymous"
TAIL = re.compile(rf"[^.\n“\"]{{0,{MAX_CONTEXT}}}")
SURE_LIKELIHOOD = 0.75
"""Below this, the attribution is marked as unsure."""
GUESSED_LIKELIHOOD = 0.5
"""Of a quotation whose speaker nothing names, that it is the subject's of the sentence before."""


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
    _single: SingleSources = field(init=False)
    _people: PronounContext = field(init=False)
    _evidence: Evidence = field(init=False, default="name")

    def __post_init__(self) -> None:
        for person, pronoun in find_usual_pronouns(self.text, self.paragraphs, self.names):
            self.names.note_pronoun(person, pronoun)
        text, paragraphs, names = self.text, self.paragraphs, self.names
        self._history = History(names)
        self._mentions = mentions = Mentions(text, paragraphs, names)
        self._single = SingleSources(text, names, self._history)
        self._people = PronounContext(text, names, mentions)
        self._antecedents = Antecedents(
            text,
            names,
            paragraphs,
            self._history,
            self._people,
            self.pronoun_scorer,
            SentencesBefore(text, names, mentions, self._single.led_to),
        )
        self._lone = LoneQuotations(text, names, mentions, self._history)

    def resolve(self, draft: Draft) -> Speaker:
        """Resolve the speaker of an attribution, and who relayed it."""
        if not draft.source:
            if signatory := self._lone.signatory(draft):
                return Speaker(signatory, "named", (), signatory)
            before = paragraphs_before(self.paragraphs, draft.content[0][0])[-1:]
            return _lone_guess(self._lone.subject_before(draft, *before))
        draft = self._lone.asked(draft)
        core = core_of(joined_text(self.text, draft.source))
        speaker = self._resolve_words(joined_text(self.text, draft.source), draft)
        evidence = self._evidence
        if evidence != "name" and _is_capitalised(speaker) and self._is_other_kind(core, speaker):
            speaker, evidence = without_sentence_capital(core), "name"
        is_family_name = " " not in core and speaker.endswith(f" {core}")
        if is_family_name and self.names.has_relative(core):
            evidence = "lone"  # "Roth’s daughter Mia … said Roth"
        elif function_words.CONJUNCTION not in speaker and not self.names.is_printed(speaker):
            evidence = "lone"  # "his wife, Ane" may have another surname
        if self._lone.is_anothers(speaker, draft):
            return _lone_guess(self._lone.other_speaker(speaker, draft))
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
        printed = without_sentence_capital(core)
        rivals = self._rivals(speaker, printed, draft)
        own = paragraph_at(self.paragraphs, draft.content[0][0])
        if not own.start <= draft.source[0][0] < own.end:  # a quotation that goes on
            is_named = evidence == "name" and kind == "named"
            evidence, printed = "continued" if is_named else "continued inferred", ""
        return Speaker(
            speaker, kind, via, group, is_sure, evidence, likelihood, rivals, printed or None
        )

    def _is_other_kind(self, core: str, speaker: str) -> bool:
        """Tell whether a person's name stands for a body, or a body's for a person."""
        is_person = self.names.has_gender(speaker) and not self.names.is_body(speaker)
        if core.lower() in pronouns.PERSONAL or is_one_person(core):
            return self.names.is_body(speaker) and not is_person
        may_be_body = core.lower() in pronouns.NEUTER or head_noun(core) in references.BODY_NOUNS
        return may_be_body and is_person

    def _rivals(self, speaker: str, printed: str, draft: Draft) -> int:
        """Count the others, named or described since the paragraph before, who may be meant."""
        end = draft.source[0][0]
        start = (paragraphs_before(self.paragraphs, draft.paragraph.start) or [draft.paragraph])[-1]
        if not draft.paragraph.start <= draft.content[0][0] < draft.paragraph.end:
            end = draft.content[0][0]
        pronoun = printed.lower() if is_pronoun(printed) else ""
        mentions = [
            mention
            for mention in self._mentions.between(start.start, end)
            if not mention.is_quoted and (not pronoun or self.names.fits(mention.person, pronoun))
        ]
        last = max((one.end for one in mentions if one.person == speaker), default=start.start)
        described = [
            role
            for role in self._people.described(last, end)
            if not pronoun or gender(role.name) in (None, gender(pronoun))
        ]
        return len({one.person for one in mentions} - {speaker}) + len(described)

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
        self._evidence = "name"
        if name := self._apposed_name(core, draft) or self._name_before(core, draft):
            return name
        self._evidence = "role"
        if author := self._author_of_statement(core, draft) or self._owner(core, draft):
            return author
        first_word = core.split()[0]
        is_relative = (
            first_word.lower() in pronouns.RELATIVE and first_word not in pronouns.PRONOUN_ACRONYMS
        )
        if is_relative or is_pronoun(core) or references.PAIR_REFERENCE.match(core):
            name = self._antecedent(core, draft)
            self._evidence = "name" if is_relative else self._antecedents.evidence
            return name or core
        parts = core.split(function_words.CONJUNCTION)
        if len(parts) == 2 and all(part.strip() for part in parts) and _are_two(*parts):
            names = (self._single.find(part, draft) for part in parts)
            return function_words.CONJUNCTION.join(names)
        name = self._single.find(core, draft)
        self._evidence = self._single.evidence
        return name

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
        owner = self._single.find(owned["owner"], draft)
        return owner if source_kind(owner) == "named" and _is_capitalised(owner) else None

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
        name, whose = self._single.find(noun, draft), references.WHOSE_PHRASE.match(core)
        return references.possessive(name, whose["noun"]) if whose else name


def _lone_guess(person: str | None) -> Speaker:
    if not person:
        return Speaker(None, "none", ())
    return Speaker(person, "named", (), person, False, "lone", GUESSED_LIKELIHOOD)


def _are_two(first: str, second: str) -> bool:
    """Tell whether "and" joins two sources: "the pilot and owner" is one person."""
    word = second.split()[0]
    is_role = not second.split()[-1][0].isupper() and word.lower() not in pronouns.DETERMINERS
    is_definite = first.lower().startswith(f"{pronouns.DEFINITE_ARTICLE} ")
    return not (is_role and is_definite and is_one_person(first) and not is_plural(second))


def _is_capitalised(name: str) -> bool:
    return any(word[0].isupper() for word in name.split() if word[0].isalpha())
