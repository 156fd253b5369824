"""Find the stance of a cue ("said", "denied", "believes" …), and whether the cue is negated."""

from __future__ import annotations

import re

from bot.config import Cues
from bot.extract.spans.drafts import Draft
from bot.extract.speakers.kinds import is_outlet
from bot.extract.words import joined_text
from bot.languages.table import cue_verbs, negation, orders, pronouns
from bot.model import Stance
from bot.text.negation import lookback_length
from bot.text.spans import subtract

LOOKAHEAD = 25  # characters after a cue to search for the rest of a verb: "called [for]"


class StanceLexicon:
    """Read the stance of a cue from a lexicon of verbs."""

    def __init__(self, cues: Cues) -> None:
        inflected = {
            form: stance
            for verb, stance in cues.stances.items()
            for form in cue_verbs.inflections(verb, cues.irregular)
        }
        self._stances = {**inflected, **cues.stances}
        # Longest first, so that "call for" matches before "call".
        forms = sorted(self._stances, key=len, reverse=True)
        alternatives = "|".join(r"\s+".join(map(re.escape, form.split())) for form in forms)
        self._form = re.compile(rf"\b(?:{alternatives})\b")

    def read(self, text: str, draft: Draft) -> tuple[Stance, bool]:
        """Return the stance of the first known verb in a cue, and whether the cue is negated."""
        cue, end = joined_text(text, draft.cue).lower(), draft.cue_end
        text_after = text[end : min(end + LOOKAHEAD, draft.paragraph.end)].lower()
        verbs = [verb for verb in self._form.finditer(cue + text_after) if verb.start() < len(cue)]
        # Only words before the verb negate it: "said without naming anyone" was said.
        negatable = cue[: verbs[-1].end()] if verbs else cue
        is_negated = bool(negation.CUE_NEGATION.search(negatable)) or _is_negated(text, draft)
        if not verbs:
            return "said", is_negated
        verb = " ".join(verbs[0][0].split())
        stance = self._stances[verb]
        if verb in orders.TELL_FORMS and any(
            orders.is_order(text[start:end])
            for start, end in draft.content
            if start >= draft.cue_end
        ):
            stance = "ordered"
        elif (
            stance == "believes"
            and verb in cue_verbs.LEARNING_VERBS
            and is_outlet(draft.source_text(text))
        ):
            stance = "said"
        return stance, is_negated


def _is_negated(text: str, draft: Draft) -> bool:
    """Tell whether the words before a cue, or its source ("nobody"), negate it."""
    if pronouns.NEGATIVE_SUBJECT.match(draft.source_text(text)):
        return True
    end = draft.cue_start
    start = max(draft.paragraph.start, end - lookback_length(draft.source, end))
    clause = negation.LAST_CLAUSE.search(joined_text(text, subtract(((start, end),), draft.source)))
    text_before = clause[0] if clause else ""
    is_negated = negation.NEGATED_SUBJECT.search(text_before)
    return bool(is_negated or negation.NEGATED_CLAUSE.search(text_before)) or any(
        negation.WORDS_BEFORE_VERB.fullmatch(text_before, match.end())
        for match in negation.CUE_NEGATION.finditer(text_before)
    )
