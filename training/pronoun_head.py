"""Fit the weights of the pronoun scorer by gradient descent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.extract.speakers.pronouns.pronoun_scorer import PronounWeights, feature_matrix
from training.pronoun_examples import Example

SIZE = 32  # of the space into which states are projected
EPOCHS, RATE, BATCH = 15, 0.003, 64
FEATURE_RATE = 3.0  # multiplies the rate for the features' weights
DROPPED = 0.5  # share of a state's numbers left out in each batch
PULL = {"features": 2.0, "states": 20.0}  # towards 0
MIN_COUNT = 5  # of a feature in the examples
SCALE = 2.0  # states are divided by it


@dataclass(slots=True)
class Rows:
    """All candidates of some examples: `example` is the index of each row's example."""

    inputs: np.ndarray
    own: np.ndarray
    states: np.ndarray
    has_state: np.ndarray
    example: np.ndarray
    right: np.ndarray
    none_right: np.ndarray


def count_features(examples: Sequence[Example]) -> list[str]:
    """List the features that occur often enough, and at last one that is always there."""
    counts = Counter(
        name for example in examples for _, names in example.candidates for name in names
    )
    return [*sorted(name for name, count in counts.items() if count >= MIN_COUNT), "always"]


def rows_of(examples: Sequence[Example], columns: Mapping[str, int]) -> Rows:
    """Put the candidates of examples into arrays."""
    examples = [example for example in examples if example.candidates]
    return Rows(
        np.concatenate([feature_matrix(example.candidates, columns) for example in examples]),
        np.array([example.own_state for example in examples], np.float32),
        np.concatenate([example.states for example in examples]).astype(np.float32),
        np.concatenate([example.has_state for example in examples]),
        np.repeat(np.arange(len(examples)), [len(example.candidates) for example in examples]),
        np.array(
            [
                mention.person in example.right
                for example in examples
                for mention, _ in example.candidates
            ]
        ),
        np.array([example.none_right for example in examples]),
    )


def fit(examples: Sequence[Example], seed: int = 0) -> PronounWeights:
    """Learn all weights."""
    features = count_features(examples)
    rows = rows_of(examples, {name: index for index, name in enumerate(features)})
    mean = rows.states[rows.has_state > 0].mean(0)
    rows.own = (rows.own - mean) / SCALE
    rows.states = (rows.states - mean) / SCALE
    both = _descend(rows, seed, use_states=True)
    quick = _descend(rows, seed, use_states=False)
    return PronounWeights(
        np.array(features),
        quick["features"],
        both["features"],
        mean,
        both["pronoun"] / SCALE,
        both["pronoun_bias"],
        both["name"] / SCALE,
        both["name_bias"],
    )


def _descend(rows: Rows, seed: int, *, use_states: bool) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    width = rows.own.shape[1]
    weights = {
        "features": np.zeros(rows.inputs.shape[1]),
        "pronoun": random.normal(0, 0.03, (width, SIZE)),
        "pronoun_bias": np.zeros(SIZE),
        "name": random.normal(0, 0.03, (width, SIZE)),
        "name_bias": np.zeros(SIZE),
    }
    weights = {name: value.astype(np.float32) for name, value in weights.items()}
    moments = {
        name: (np.zeros_like(value), np.zeros_like(value)) for name, value in weights.items()
    }
    count = len(rows.none_right)
    bounds = np.searchsorted(rows.example, np.arange(count + 1))
    step = 0
    for epoch in range(EPOCHS):
        rate = RATE * (1 - 0.98 * epoch / EPOCHS)
        for chosen in np.array_split(random.permutation(count), -(-count // BATCH)):
            chosen.sort()
            picked = np.concatenate([np.arange(bounds[one], bounds[one + 1]) for one in chosen])
            masks = (random.random((2, width)) > DROPPED).astype(np.float32) / (1 - DROPPED)
            slopes = _slopes(rows, weights, chosen, picked, masks * use_states)
            step += 1
            for name, slope in slopes.items():
                pull = PULL["states" if name in ("pronoun", "name") else "features"]
                slope = slope / len(chosen) + pull * weights[name] / count
                first, second = moments[name]
                first += 0.1 * (slope - first)
                second += 0.01 * (slope**2 - second)
                change = first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
                weights[name] -= (
                    rate * (FEATURE_RATE if name == "features" else 1) * change
                ).astype(np.float32)
    return weights


def _slopes(
    rows: Rows,
    weights: Mapping[str, np.ndarray],
    chosen: np.ndarray,
    picked: np.ndarray,
    masks: np.ndarray,
) -> dict[str, np.ndarray]:
    """Return the gradients of the negative log likelihood of some examples."""
    group = np.searchsorted(chosen, rows.example[picked])
    inputs, has_state = rows.inputs[picked], rows.has_state[picked]
    own, states = rows.own[chosen] * masks[0], rows.states[picked] * masks[1]
    sought = own @ weights["pronoun"] + weights["pronoun_bias"]
    found = states @ weights["name"] + weights["name_bias"]
    use_states = float(masks.any())
    agreement = (sought[group] * found).sum(1) * has_state * use_states
    probabilities, none = group_softmax(
        inputs @ weights["features"] + agreement, group, len(chosen)
    )
    right = probabilities * rows.right[picked]
    total = np.bincount(group, right, len(chosen)) + none * rows.none_right[chosen]
    error = (probabilities - right / np.maximum(total, 1e-9)[group]).astype(np.float32)
    slopes = {"features": inputs.T @ error}
    if not use_states:
        return slopes
    error = error * has_state
    to_own = np.zeros_like(sought)
    np.add.at(to_own, group, error[:, None] * found)
    to_state = error[:, None] * sought[group]
    return slopes | {
        "pronoun": own.T @ to_own,
        "pronoun_bias": to_own.sum(0),
        "name": states.T @ to_state,
        "name_bias": to_state.sum(0),
    }


def group_softmax(
    scores: np.ndarray, group: np.ndarray, count: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return each row's probability in its group, and the groups' of a score of 0 for nobody."""
    highest = np.zeros(count)
    np.maximum.at(highest, group, scores)
    shares, none = np.exp(scores - highest[group]), np.exp(-highest)
    total = np.bincount(group, shares, count) + none
    return shares / total[group], none / total
