"""Decide what stands as the speaker: a name, the printed words, or these with a guess.

A name that the source itself prints is the speaker unless the source is doubtful. A name that is
inferred ("he", "the company", a quotation without a source) stands only if it is sure enough.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.extract.speakers.kinds import is_pronoun
from bot.extract.speakers.resolution import Speaker
from bot.model import Attribution, SourceKind


@dataclass(frozen=True, slots=True)
class Certainty:
    """From which probability a name stands as the speaker, and from which as a guess."""

    sure_from: float = 0.95
    probably_from: float = 0.5

    def apply(self, attribution: Attribution, speaker: Speaker) -> Attribution:
        """Return an attribution, whose speaker is the best name, with what is sure enough of it."""
        name, printed, probability = speaker.name, speaker.printed, attribution.speaker_confidence
        if name is None or is_pronoun(name):
            return replace(attribution, speaker=None)
        if name == printed or probability >= self.sure_from:
            return attribution
        kind: SourceKind = "described" if printed else "none"
        if probability >= self.probably_from:
            return replace(attribution, speaker=None, guess=name, source_kind=kind)
        words = printed if speaker.evidence in ("role", "deeds", "body") else None
        return replace(attribution, speaker=words, source_kind=kind)
