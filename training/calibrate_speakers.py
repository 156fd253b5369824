"""Fit bot/extract/tagger/speakers.json to articles that nothing was trained on; see README.md.

The speaker of a name is right if its source is. That of a pronoun is right if its source is and the
scorer found the person, who is known where given names decide: the scorer's answer without gender
is judged. Speakers of descriptions and of quotations without a source are in no corpus: their share
is given.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bot.extract.extractor import Extractor
from bot.extract.speakers.pronoun_scorer import PronounWeights
from bot.extract.speakers.speaker_confidence import FEATURES, FILE, features
from bot.extract.tagger.tagger import MODEL_FOLDER
from training.calibrate import STEPS
from training.pronoun_examples import read_decided
from training.pronouns import people_of

RIDGE = 0.3  # pulls weights towards 0
Judged = list[tuple[dict[str, float], bool]]


def main() -> None:
    """Fit the weights and print what they say."""
    parser = argparse.ArgumentParser(
        prog="python -m training.calibrate_speakers", description=main.__doc__
    )
    parser.add_argument("--corpus", type=Path, required=True, help="folder of the corpus")
    parser.add_argument("--named", type=float, required=True, help="right, of names, when read")
    parser.add_argument("--described", type=float, required=True, help="of led descriptions")
    parser.add_argument("--unmentioned", type=float, required=True, help="of those without source")
    given = parser.parse_args()
    weights = {
        "name": _constant(given.named),
        "pronoun": fit(list(_judged_pronouns(given.corpus))),
        "description": _constant(given.described),
        "none": _constant(given.unmentioned),
    }
    (MODEL_FOLDER / FILE).write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")
    print(weights)


def _constant(share: float) -> dict[str, float]:
    return dict.fromkeys(FEATURES, 0.0) | {"always": round(math.log(share / (1 - share)), 2)}


def _judged_pronouns(corpus: Path) -> Iterator[tuple[dict[str, float], bool]]:
    weights, extractor = PronounWeights.read(MODEL_FOLDER), Extractor(threads=1)
    for example in read_decided(corpus / "polnear-dev.tar.xz", 1000, extractor, 1):
        people = people_of(example, weights, ask_network=False)
        if people:
            best = max(people, key=lambda person: people[person])
            yield features(0.5, people[best]), best in example.right


def fit(judged: Judged) -> dict[str, float]:
    """Fit a logistic regression by Newton's method."""
    inputs = np.array([[row[name] for name in FEATURES] for row, _ in judged])
    right = np.array([is_right for _, is_right in judged], float)
    weights, ridge = np.zeros(len(FEATURES)), RIDGE * np.eye(len(FEATURES))
    for _ in range(STEPS):
        predicted = 1 / (1 + np.exp(-inputs @ weights))
        gradient = inputs.T @ (right - predicted) - ridge @ weights
        hessian = (inputs * (predicted * (1 - predicted))[:, None]).T @ inputs + ridge
        weights += np.linalg.solve(hessian, gradient)
    return dict(zip(FEATURES, np.round(weights, 2).tolist(), strict=True))
