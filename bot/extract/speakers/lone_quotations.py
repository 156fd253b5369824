"""Find whose a quotation, letter or answer is that stands without words that name its speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import Draft, is_quotation_only, sentence_at
from bot.extract.speakers.history import History
from bot.extract.speakers.kinds import source_kind
from bot.extract.speakers.mentions import Mentions
from bot.extract.speakers.names import Names
from bot.languages.table import pronouns, references, source_forms
from bot.text.quotes import quotations
from bot.text.sentences import sentences

BLOCK_QUOTE = re.compile(r"^> ", re.MULTILINE)


@dataclass(slots=True)
class LoneQuotations:
    """Looks up the speakers of one article's quotations that have no source beside them."""

    text: str
    names: Names
    mentions: Mentions
    history: History

    def signatory(self, draft: Draft) -> str | None:
        """Find whose name a letter ends with: "Yours, Ida Falk"."""
        signature = source_forms.SIGNATURE.search(draft.content_text(self.text))
        return self.names.possible_person(signature["name"]) if signature else None

    def subject_before(self, draft: Draft, before: Paragraph | None = None) -> str | None:
        """Guess whose a paragraph of quotations is by the subject of the sentence before it."""
        start, end = draft.content[0][0], draft.content[-1][1]
        if not before or not is_quotation_only(self.text, start, end):
            return None
        last = sentence_at(self.text, before, before.end - 1)
        named = [mention for mention in self.mentions.between(*last) if not mention.is_quoted]
        person = self.names.person(named[0].person) if named else None
        if not person or named[0].start != last[0] or len({one.person for one in named}) > 1:
            return None
        return self.other_speaker(person, draft) if self._is_about(person, draft) else person

    def asked(self, draft: Draft) -> Draft:
        """Make who is asked the source of an answer: "I ask what she will do. “Sleep.”"."""
        end = sentence_at(self.text, draft.paragraph, draft.source[0][0])[1]
        is_narrator = draft.source_text(self.text).lower() in pronouns.FIRST_PERSON
        is_question = not source_forms.ASKING.isdisjoint(draft.cue_words(self.text))
        if draft.content[0][0] < end or not (is_narrator and is_question):
            return draft
        asked = references.GENDERED_PRONOUN.search(self.text, draft.cue_end, end)
        return replace(draft, source=(asked.span(),)) if asked else draft

    def is_answer(self, draft: Draft) -> bool:
        """Tell whether a draft is an answer to a question in bold: in neither marks nor a block."""
        start, end = draft.content[0]
        is_block = BLOCK_QUOTE.match(self.text, max(0, start - 2)) is not None
        return _is_without_cue(draft) and not is_block and not quotations(self.text[start:end])

    def is_anothers(self, speaker: str, draft: Draft) -> bool:
        """Tell whether a quotation shows that it is not by the person or body named before it.

        “She can’t swim, bless her” is not hers, and “I can” is no body's.
        """
        if draft.content[0][0] < draft.paragraph.end or self.is_answer(draft):
            return False
        if _is_without_cue(draft):
            return self._is_about(speaker, draft)
        is_body = self.history.is_organisation(speaker, source_kind(speaker))
        return (
            is_body and source_forms.PERSONS_WORD.search(draft.content_text(self.text)) is not None
        )

    def other_speaker(self, speaker: str, draft: Draft) -> str | None:
        """Find the last person before a quotation who has spoken, other than one."""
        earlier = self.history.between(0, draft.content[0][0])
        others = (one.speaker for one in earlier if one.kind == "named" and one.speaker != speaker)
        return next((one for one in others if self.names.person(one)), None)

    def _is_about(self, person: str, draft: Draft) -> bool:
        """Tell whether a quotation starts with words about a person: "We found him asleep"."""
        content = draft.content_text(self.text)
        pronoun = references.GENDERED_PRONOUN.search(content, *sentences(content)[0])
        return pronoun is not None and self.names.goes_with_pronoun(person, pronoun[0].lower())


def _is_without_cue(draft: Draft) -> bool:
    """Tell whether no words show that the source, who is named before, said the content."""
    start = draft.content[0][0]
    is_before = bool(draft.source) and draft.source[-1][1] < start
    return is_before and draft.cue == ((start, start + 1),)
