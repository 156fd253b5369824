"""Resolve the words of a source to a speaker.

`_rules` is the table: for each form of source, what is tried, in order, and what a name that is
found rests on. What no rule finds stays as printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.extract.paragraphs import Paragraph, paragraph_at
from bot.extract.spans.drafts import Draft
from bot.extract.speakers.cores import antecedent_before, core_of
from bot.extract.speakers.history import History
from bot.extract.speakers.kinds import (
    is_one_person,
    is_pronoun,
    source_kind,
    without_sentence_capital,
)
from bot.extract.speakers.mentions import Mentions
from bot.extract.speakers.names import Names
from bot.extract.speakers.pronouns.antecedents import Antecedents
from bot.extract.speakers.pronouns.pronoun_features import PronounContext
from bot.extract.speakers.pronouns.pronoun_scorer import PronounScorer
from bot.extract.speakers.sources import Sources
from bot.extract.speakers.speaker_confidence import Evidence, Found, Speaker
from bot.extract.words import head_noun, head_phrase, joined_text
from bot.languages.table import function_words, people, pronouns, references, source_forms
from bot.text.quotes import is_quoted

MAX_CONTEXT = 1_000  # characters before and after a content to search for "anonymous"
TAIL = re.compile(rf"[^.\n“\"]{{0,{MAX_CONTEXT}}}")
SURE_LIKELIHOOD = 0.75
"""Below this, the attribution is marked as unsure."""
GUESSED_LIKELIHOOD = 0.5
"""Of a quotation that cannot be the named body's, that it is the person's who spoke before."""

Form = Literal[
    "who", "he or she", "he or she, quoted", "it", "they or the two", "name", "description"
]
Rule = tuple[Evidence, Callable[[str, Draft], Found | None]]


def _rules(sources: Sources, pronoun: Antecedents) -> Mapping[Form, tuple[Rule, ...]]:
    return {
        "he or she": (
            ("described", pronoun.described),
            ("only", pronoun.only_person),
            ("scored", pronoun.likeliest),
        ),
        "he or she, quoted": (("lone", pronoun.spoken_of),),
        "it": (("it", pronoun.body),),
        "they or the two": (("it", pronoun.several),),
        "name": (
            ("name", sources.longer_body),
            ("name", sources.person),
            ("body", sources.short_body),
            ("name", sources.plain_name),
            ("name", sources.labelled_name),
        ),
        "description": (
            ("role", sources.author),
            ("role", sources.role_holder),
            ("name", sources.longer_description),
            ("body", sources.described_body),
        ),
    }


@dataclass(slots=True)
class SpeakerResolver:
    """Resolve an article's sources in reading order; each `resolve` uses the earlier results."""

    text: str
    names: Names
    paragraphs: Sequence[Paragraph]
    pronoun_scorer: PronounScorer | None = None
    _history: History = field(init=False)
    _rules: Mapping[Form, tuple[Rule, ...]] = field(init=False)

    def __post_init__(self) -> None:
        text, names, paragraphs = self.text, self.names, self.paragraphs
        self._history = history = History(names)
        context = PronounContext(text, names, Mentions(text, paragraphs, names))
        pronoun = Antecedents(text, names, paragraphs, history, context, self.pronoun_scorer)
        self._rules = _rules(Sources(text, names, history), pronoun)

    def resolve(self, draft: Draft) -> Speaker:
        """Resolve the speaker of an attribution, and who relayed it."""
        if not draft.source:
            return Speaker(None, "none", ())
        core = core_of(joined_text(self.text, draft.source))
        speaker, evidence, likelihood = self._speaker(core, draft)
        if self._is_persons(draft) and self._history.is_body(speaker, source_kind(speaker)):
            return self._person_before(draft)
        via: tuple[str, ...] = ()
        if draft.relay:
            relay = core_of(joined_text(self.text, draft.relay))
            via = (self._speaker(relay, draft)[0],)
        is_known = not (
            is_pronoun(speaker)
            or references.PAIR_REFERENCE.match(speaker)
            or references.WHOSE_PHRASE.match(speaker)
        )
        kind = source_kind(speaker) if is_known else "described"
        if is_known and kind == "described" and people.UNNAMED_SOURCE.search(self._around(draft)):
            kind = "unnamed"
        self._history.add(draft, speaker, kind)
        printed = without_sentence_capital(core)
        own = paragraph_at(self.paragraphs, draft.content[0][0])
        if not own.start <= draft.source[0][0] < own.end:  # a quotation that goes on
            is_named = evidence == "name" and kind == "named"
            evidence, printed = "continued" if is_named else "continued inferred", ""
        is_sure = is_known and likelihood >= SURE_LIKELIHOOD
        return Speaker(speaker, kind, via, is_sure, evidence, likelihood, printed or None)

    def _speaker(self, core: str, draft: Draft) -> tuple[str, Evidence, float]:
        """Return whom a source means, what that rests on, and how likely it is."""
        parts = core.split(function_words.CONJUNCTION)
        if len(parts) != 2 or not all(part.strip() for part in parts):
            return self._find(core, draft)
        names = (self._find(part, draft)[0] for part in parts)
        return function_words.CONJUNCTION.join(names), "name", 1.0

    def _find(self, core: str, draft: Draft) -> tuple[str, Evidence, float]:
        form = self._form(core, draft)
        if form == "who":
            before = self.text[draft.paragraph.start : draft.source[0][0]]
            is_personal = core.lower().startswith(references.PERSONAL_RELATIVE)
            antecedent = antecedent_before(before, is_personal)
            name = self._find(antecedent, draft)[0] if antecedent else core
            whose = references.WHOSE_PHRASE.match(core) if antecedent else None
            return references.possessive(name, whose["noun"]) if whose else name, "name", 1.0
        words = core if form in ("name", "description") else core.lower()
        for evidence, rule in self._rules[form]:
            if (found := rule(words, draft)) and self._may_be(core, found.name, evidence):
                return found.name, evidence, found.likelihood
        if form not in ("name", "description"):
            return core, self._rules[form][-1][0], 0.0
        head = head_phrase(core)
        if self.names.is_common_noun(head, draft.cue_words(self.text)):
            core = head.lower() + core[len(head) :]
        return without_sentence_capital(core), "name", 1.0

    def _form(self, core: str, draft: Draft) -> Form:
        word, position = core.lower(), draft.source[0][0]
        paragraph = draft.paragraph
        if references.PAIR_REFERENCE.match(core):
            return "they or the two"
        if not is_pronoun(core) and not references.WHOSE_PHRASE.match(core):
            return "name" if head_phrase(core).split()[-1][:1].isupper() else "description"
        text = self.text[paragraph.start : paragraph.end]
        quoted = is_quoted(text, position - paragraph.start)
        if word in pronouns.PERSONAL:
            return "he or she, quoted" if quoted else "he or she"
        if word.split()[0] in pronouns.RELATIVE and not quoted:
            return "who"
        if word in pronouns.NEUTER and not quoted:
            return "it"
        return "they or the two" if word in pronouns.PLURAL and not quoted else "description"

    def _may_be(self, core: str, name: str, evidence: Evidence) -> bool:
        """Tell whether a name is of the kind that a source is: a person's or a body's."""
        if evidence == "name" or name == name.lower():
            return True
        is_person = self.names.has_gender(name) and not self.names.is_body(name)
        if core.lower() in pronouns.PERSONAL or is_one_person(core):
            return is_person or not self.names.is_body(name)
        may_be_body = core.lower() in pronouns.NEUTER or head_noun(core) in references.BODY_NOUNS
        return not (may_be_body and is_person)

    def _is_persons(self, draft: Draft) -> bool:
        """Tell whether a quotation in a paragraph of its own says "I", as no body does."""
        if draft.content[0][0] < draft.paragraph.end:
            return False
        return source_forms.PERSONS_WORD.search(draft.content_text(self.text)) is not None

    def _person_before(self, draft: Draft) -> Speaker:
        """Guess that a quotation is by the last person who spoke before it."""
        earlier = self._history.between(0, draft.content[0][0])
        named = (one.speaker for one in earlier if one.kind == "named")
        person = next((one for one in named if self.names.person(one)), None)
        if person is None:
            return Speaker(None, "none", ())
        return Speaker(person, "named", (), False, "lone", GUESSED_LIKELIHOOD)

    def _around(self, draft: Draft) -> str:
        """Return the words from the source or cue to the content, and those after the content."""
        start = min(draft.source[0][0], draft.cue_start)
        content_start, content_end = draft.content[0][0], max(draft.content[-1][1], start)
        tail = TAIL.match(self.text, content_end, draft.paragraph.end)
        content_start = min(content_start, start + MAX_CONTEXT)
        return f"{self.text[start:content_start]} {tail[0] if tail else ''}"
