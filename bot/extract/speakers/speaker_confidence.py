"""Estimate how probable it is that an attribution's speaker is the right one.

That depends on how the source names the speaker, how certain the tagger is of the source, and for a
pronoun on the scorer's answer. The weights in speakers.json were set to agree with articles that
neither was trained on (docs/model-card.md).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.errors import ExtractionError

FILE = "speakers.json"
SourceForm = Literal["name", "pronoun", "description", "none"]
"""How a source names its speaker. "description": by words that lead to a name; words that stay as
printed count as a name. "none": not at all, in a quotation that continues an earlier one."""
FORMS: tuple[SourceForm, ...] = ("name", "pronoun", "description", "none")
FEATURES = ("always", "certainty", "likelihood")
MOST = 0.999  # probabilities are clamped to [1 - MOST, MOST]


@dataclass(frozen=True, slots=True)
class SpeakerConfidence:
    """The log odds that a speaker is right: `weights` of each form times `features`."""

    weights: Mapping[str, Mapping[str, float]]

    @classmethod
    def read(cls, folder: Path) -> SpeakerConfidence:
        """Read the weights in a folder. Raises ExtractionError."""
        try:
            stored = json.loads((folder / FILE).read_text(encoding="utf-8"))
            return cls(
                {form: {name: float(stored[form][name]) for name in FEATURES} for form in FORMS}
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ExtractionError(
                "cannot load how sure speakers are",
                subject=FILE,
                cause="it is missing or damaged",
                remedy="Install Claimdesk again",
            ) from error

    def probability(self, form: SourceForm, confidence: float, likelihood: float) -> float:
        """Return the probability that a speaker is right.

        `confidence` is the tagger's, `likelihood` the scorer's (only of pronouns).
        """
        weights = self.weights[form]
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
