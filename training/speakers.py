"""Fit bot/extract/tagger/speakers.json: how probable it is that a speaker is the right one.

For what a name rests on (its evidence), a logistic regression on the features of
bot/extract/speakers/speaker_confidence.py, drawn towards its mean and towards weak slopes. The
articles are those of tests/extract/news. First each author of news/blind and the frozen half are
held out in turn; the table shows what the limits then let through.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import get_args

import numpy as np

from bot.extract.speakers.speaker_confidence import FEATURES, FILE, Evidence, features
from bot.extract.tagger.tagger import MODEL_FOLDER
from tests.extract.sure_names import JudgedName, judged_names

WEIGHTS = {"open": 0.3, "frozen": 0.6}
"""How much the articles of an author count. Rules were made on the open half; in both halves
descriptions are five times as frequent as in real news."""
SLOPES: Mapping[Evidence, tuple[float, float]] = {
    "name": (0.3, 0.0),
    "role": (0.1, 0.0),
    "body": (0.1, 0.0),
    "only": (0.2, 0.2),
    "scored": (0.2, 0.4),
    "described": (0.2, 0.1),
    "it": (0.2, 0.0),
    "continued": (0.2, 0.0),
    "continued inferred": (0.2, 0.1),
    "lone": (0.0, 0.0),
}
"""What the weights of certainty and likelihood are drawn towards."""
RIDGE = np.array([1.0, 20.0, 20.0])
PRIOR_NAMES, PRIOR_SHARE = (
    2.0,
    0.75,
)  # as if so many more names had been seen, so many of them right
STEPS = 60  # of Newton's method
LIMITS = (0.9, 0.92, 0.94, 0.95, 0.955, 0.96, 0.97)


def main() -> None:
    """Fit the weights, and print what each limit lets through with authors held out."""
    names = [name for part in ("blind", "open", "frozen") for name in judged_names(part)]
    held_out: list[tuple[float, JudgedName]] = []
    for author in sorted({name.author for name in names} - {"open"}):
        weights = fit([name for name in names if name.author != author])
        own = [name for name in names if name.author == author]
        held_out += [(probability(weights, name), name) for name in own]
    print(
        "limit  names that stand, right  inferred, right  inferred right that stand  guesses, right"
    )
    for title, authors in (("four authors", "abcd"), ("frozen half", ("frozen",))):
        print(title)
        for limit in LIMITS:
            print(_row([one for one in held_out if one[1].author in authors], limit))
    fitted = {
        evidence: dict(zip(FEATURES, np.round(weights, 3).tolist(), strict=True))
        for evidence, weights in fit(names).items()
    }
    (MODEL_FOLDER / FILE).write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")


def _row(held_out: Sequence[tuple[float, JudgedName]], limit: float) -> str:
    stand = [name for probable, name in held_out if probable >= limit]
    inferred = [name for name in stand if name.is_inferred]
    all_right = sum(name.is_inferred and name.is_right for _, name in held_out)
    guesses = [name for probable, name in held_out if 0.5 <= probable < limit]
    kept = sum(name.is_right for name in inferred) / all_right
    shares = [f"{len(group):5} {_share(group):.3f}" for group in (stand, inferred, guesses)]
    return f"{limit:.3f}  {shares[0]}  {shares[1]}  {kept:.2f}  {shares[2]}"


def _share(names: Sequence[JudgedName]) -> float:
    return sum(name.is_right for name in names) / len(names)


def fit(names: Sequence[JudgedName]) -> dict[Evidence, np.ndarray]:
    """Fit the weights of each evidence; those of doubt never make a speaker surer."""
    fitted: dict[Evidence, np.ndarray] = {}
    for evidence in get_args(Evidence):
        own = [name for name in names if name.evidence == evidence]
        known = np.array([_known(name) for name in own]).reshape(-1, len(FEATURES))
        right = np.array([float(name.is_right) for name in own])
        counts = np.array([WEIGHTS.get(name.author, 1.0) for name in own])
        share = (counts @ right + PRIOR_NAMES * PRIOR_SHARE) / (counts.sum() + PRIOR_NAMES)
        prior = np.array([0.0, *SLOPES[evidence]])
        mean = np.average(known, axis=0, weights=counts)
        prior[0] = math.log(share / (1 - share)) - prior[1:] @ mean[1:]
        ridge = RIDGE if any(SLOPES[evidence]) else np.array([1.0, 1e6, 1e6])
        weights = prior.copy()
        for _ in range(STEPS):
            probable = 1 / (1 + np.exp(-known @ weights))
            gradient = known.T @ (counts * (probable - right)) + ridge * (weights - prior)
            curvature = counts * probable * (1 - probable)
            hessian = known.T @ (known * curvature[:, None]) + np.diag(ridge)
            weights = weights - np.linalg.solve(hessian, gradient)
        weights[1:] = np.maximum(weights[1:], 0.0)
        fitted[evidence] = weights
    return fitted


def probability(weights: Mapping[Evidence, np.ndarray], name: JudgedName) -> float:
    """Return how probable a name is."""
    return float(1 / (1 + np.exp(-weights[name.evidence] @ np.array(_known(name)))))


def _known(name: JudgedName) -> list[float]:
    known = features(name.certainty, name.likelihood)
    return [known[feature] for feature in FEATURES]


if __name__ == "__main__":
    main()
