"""Calibrate the tagger's certainty to the probability that an attribution is right.

The raw certainty is overconfident for some kinds of attribution and underconfident for others. A
logistic regression corrects it; `training/calibrate.py` fits the weights on articles held out from
the tagger's training, and writes calibration.json.
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
MAX_CERTAINTY = 0.999  # certainties are clamped to [1 - MAX_CERTAINTY, MAX_CERTAINTY]


@dataclass(frozen=True, slots=True)
class Calibration:
    """The log odds of being right are the sum of `weights` times features (see `features`).

    "Right" means both content and source. An attribution inside another gets at most
    `inside_at_most`: the corpus has none of these, so the number comes from reading a sample.
    """

    weights: Mapping[str, float]
    inside_at_most: float

    @classmethod
    def read(cls, folder: Path) -> Calibration:
        """Read the weights in a folder. Raises ExtractionError."""
        try:
            made = json.loads((folder / FILE).read_text(encoding="utf-8"))
            weights = {name: float(made["weights"][name]) for name in FEATURES}
            return cls(weights, float(made["inside_at_most"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ExtractionError(
                "cannot load how sure attributions are",
                subject=FILE,
                cause="it is missing or damaged",
                remedy="Install Claimdesk again",
            ) from error

    def apply(self, extraction: Extraction) -> Extraction:
        """Replace the tagger's certainties by probabilities."""
        attributions = tuple(
            replace(each, confidence=round(self.probability(each), 4))
            for each in extraction.attributions
        )
        return replace(extraction, attributions=attributions)

    def probability(self, attribution: Attribution) -> float:
        """Give the probability of an attribution whose `confidence` is still a certainty."""
        odds = sum(self.weights[name] * size for name, size in features(attribution).items())
        right = 1 / (1 + math.exp(-odds))
        return min(right, self.inside_at_most) if attribution.inside else right


def features(attribution: Attribution) -> dict[str, float]:
    """Give the features of an attribution, by the names in FEATURES.

    "certainty" is the log odds of the tagger's certainty, which is still its `confidence`; the
    others are 1 where they apply.
    """
    certain = min(max(attribution.confidence, 1 - MAX_CERTAINTY), MAX_CERTAINTY)
    return {
        "always": 1.0,
        "certainty": math.log(certain / (1 - certain)),
        "indirect": float(attribution.type == "indirect"),
        "unsure": float(attribution.unsure),
    }
