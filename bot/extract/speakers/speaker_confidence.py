"""Estimate how probable it is that an attribution's speaker is the right one, and what then stands.

That depends on what the name rests on, how certain the tagger is of the source, and for a pronoun
on the scorer's answer. The weights in speakers.json were fitted to articles that no rule was made
on (docs/trust/model-card.md).

A name that the source itself prints is the speaker unless the source is doubtful. A name that is
inferred ("he", "the company", a quotation without a source) stands only if it is sure enough.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from bot.errors import ExtractionError
from bot.extract.speakers.kinds import is_pronoun
from bot.model import Attribution, SourceKind

FILE = "speakers.json"
Evidence = Literal[
    "name", "role", "body", "only", "scored", "described", "it", "continued",
    "continued inferred", "lone",
]  # fmt: skip
"""What a name rests on. "name": the source prints it. "role": its printed role. "body": what a body
is called. A pronoun: the "only" person near whom it fits, the best "scored", whom the speaker
before was "described" as, a body ("it"). A quotation without a source: it is "continued" from a
paragraph that names its speaker or from one where that is inferred, or stands "lone"."""
FEATURES = ("always", "certainty", "likelihood")
MOST = 0.999  # probabilities are clamped to [1 - MOST, MOST]


class Found(NamedTuple):
    """A name to which a source was resolved, and how likely a pronoun means it."""

    name: str
    likelihood: float = 1.0


class Speaker(NamedTuple):
    """A resolved speaker: name, kind, and who relayed the content (as in Attribution.via).

    `is_sure` is False for an unresolved pronoun or "the two", and for a pronoun that may refer to
    somebody else. `evidence` is what the name rests on, `likelihood` how likely a pronoun means
    it. `printed` is the source beside the content, without appositions.
    """

    name: str | None
    kind: SourceKind
    via: tuple[str, ...]
    is_sure: bool = True
    evidence: Evidence = "name"
    likelihood: float = 1.0
    printed: str | None = None


@dataclass(frozen=True, slots=True)
class SpeakerConfidence:
    """The log odds that a speaker is right: `weights` of each evidence times `features`."""

    weights: Mapping[str, Mapping[str, float]]

    @classmethod
    def read(cls, folder: Path) -> SpeakerConfidence:
        """Read the weights in a folder. Raises ExtractionError."""
        try:
            stored = json.loads((folder / FILE).read_text(encoding="utf-8"))
            return cls(
                {
                    evidence: {name: float(stored[evidence][name]) for name in FEATURES}
                    for evidence in get_args(Evidence)
                }
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ExtractionError(
                "cannot load how sure speakers are",
                subject=FILE,
                cause="it is missing or damaged",
                remedy="Install Claimdesk again",
            ) from error

    def probability(self, evidence: Evidence, confidence: float, likelihood: float) -> float:
        """Return the probability that a speaker is right.

        `confidence` is the tagger's, `likelihood` the scorer's (only of pronouns).
        """
        weights = self.weights[evidence]
        known = features(confidence, likelihood)
        log_odds = sum(weights[name] * value for name, value in known.items())
        return round(1 / (1 + math.exp(-log_odds)), 4)


def features(confidence: float, likelihood: float) -> dict[str, float]:
    """Return the features by the names in FEATURES."""
    return {
        "always": 1.0,
        "certainty": _log_odds(confidence),
        "likelihood": _log_odds(likelihood),
    }


def _log_odds(probability: float) -> float:
    probability = min(max(probability, 1 - MOST), MOST)
    return math.log(probability / (1 - probability))


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
        words = printed if speaker.evidence in ("role", "body") else None
        return replace(attribution, speaker=words, source_kind=kind)
