"""Turn the tagger's confidence into the probability that an attribution is correct.

The raw confidence is too high for some kinds of attribution and too low for others. A logistic
regression corrects it; `training/calibrate.py` fits the weights on articles held out from the
tagger's training, and writes calibration.json.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.errors import ExtractionError
from bot.model import Attribution, Extraction

FILE = "calibration.json"
FEATURES = ("always", "certainty", "indirect", "unsure")
MAX_CONFIDENCE = 0.999  # raw confidence is clamped to [1 - MAX_CONFIDENCE, MAX_CONFIDENCE]


@dataclass(frozen=True, slots=True)
class Calibration:
    """The log odds that source and content are correct: the sum of `weights` times `features`.

    `inside_at_most` is the maximum probability of an attribution inside another one. It comes from
    a sample read by hand, because the corpus contains no such attributions.
    """

    weights: Mapping[str, float]
    inside_at_most: float

    @classmethod
    def read(cls, folder: Path) -> Calibration:
        """Read the weights in a folder. Raises ExtractionError."""
        try:
            stored = json.loads((folder / FILE).read_text(encoding="utf-8"))
            weights = {name: float(stored["weights"][name]) for name in FEATURES}
            return cls(weights, float(stored["inside_at_most"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ExtractionError(
                "cannot load how sure attributions are",
                subject=FILE,
                cause="it is missing or damaged",
                remedy="Install Claimdesk again",
            ) from error

    def apply(self, extraction: Extraction) -> Extraction:
        """Replace the tagger's confidence values with probabilities."""
        attributions = tuple(
            replace(attribution, confidence=round(self.probability(attribution), 4))
            for attribution in extraction.attributions
        )
        return replace(extraction, attributions=attributions)

    def probability(self, attribution: Attribution) -> float:
        """Return the probability that an attribution with a raw `confidence` is correct."""
        log_odds = sum(self.weights[name] * value for name, value in features(attribution).items())
        probability = 1 / (1 + math.exp(-log_odds))
        return min(probability, self.inside_at_most) if attribution.inside else probability


def features(attribution: Attribution) -> dict[str, float]:
    """Return the features of an attribution with a raw `confidence`, by the names in FEATURES.

    "certainty" is the log odds of the confidence; the others are 1 if they apply, else 0.
    """
    confidence = min(max(attribution.confidence, 1 - MAX_CONFIDENCE), MAX_CONFIDENCE)
    return {
        "always": 1.0,
        "certainty": math.log(confidence / (1 - confidence)),
        "indirect": float(attribution.type == "indirect"),
        "unsure": float(attribution.unsure),
    }
