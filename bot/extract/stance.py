"""How something was said, by the words of its cue: said, denied, believes, or not said at all."""

from __future__ import annotations

import re

from bot.config import Cues
from bot.extract.spans.drafts import Draft, joined_text, subtract
from bot.extract.speakers.kinds import is_outlet
from bot.languages.table import cue_verbs, negation, orders, pronouns
from bot.model import Stance
from bot.text.negation import lookback_length

LOOKAHEAD = 25  # … and after it for the rest of "called for", where the cue is but "called"


class StanceLexicon:
    """Read the stance of a cue from a lexicon of verbs."""

    def __init__(self, cues: Cues) -> None:
        made = {
            form: stance
            for verb, stance in cues.stances.items()
            for form in cue_verbs.inflections(verb, cues.irregular)
        }
        self._stances = {**made, **cues.stances}
        # Longest first, so that "call for" matches before "call".
        forms = sorted(self._stances, key=len, reverse=True)
        spaced = "|".join(r"\s+".join(map(re.escape, form.split())) for form in forms)
        self._form = re.compile(rf"\b(?:{spaced})\b")

    def read(self, text: str, draft: Draft) -> tuple[Stance, bool]:
        """Give the stance of the first known verb in a cue, and whether the cue is negated."""
        cue, end = joined_text(text, draft.cue).lower(), draft.cue[-1][1]
        after = text[end : min(end + LOOKAHEAD, draft.paragraph.end)].lower()
        verbs = [verb for verb in self._form.finditer(cue + after) if verb.start() < len(cue)]
        # Only words before the verb negate it: "said without naming anyone" was said.
        spoken = cue[: verbs[-1].end()] if verbs else cue
        negative = bool(negation.CUE_NEGATION.search(spoken)) or _is_negated(text, draft)
        if not verbs:
            return "said", negative
        verb = " ".join(verbs[0][0].split())
        if verb in orders.TELL_FORMS and _is_order(text, draft):
            return "ordered", negative
        stance = self._stances[verb]
        reports = (
            verb in cue_verbs.LEARNING_VERBS
            and stance == "believes"
            and is_outlet(joined_text(text, draft.source))
        )
        return "said" if reports else stance, negative


def _is_negated(text: str, draft: Draft) -> bool:
    """Tell whether the words before a cue, or its source ("nobody"), negate it."""
    if pronouns.NEGATIVE_SUBJECT.match(joined_text(text, draft.source)):
        return True
    start = draft.cue[0][0]
    window = (max(draft.paragraph.start, start - lookback_length(draft.source, start)), start)
    clause = negation.LAST_CLAUSE.search(joined_text(text, subtract((window,), draft.source)))
    before = clause[0] if clause else ""
    return any(
        negation.WORDS_BEFORE_VERB.fullmatch(before, found.end())
        for found in negation.CUE_NEGATION.finditer(before)
    )


def _is_order(text: str, draft: Draft) -> bool:
    """Tell that a content after its cue is what others are to do: "told them to leave"."""
    after = (span for span in draft.content if span[0] >= draft.cue[-1][1])
    return any(orders.ORDER.match(text, start, end) for start, end in after)
