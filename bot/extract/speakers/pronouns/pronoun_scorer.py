"""Find out whom "he" or "she" refers to: a trained scorer over the names before it.

Each mention of a possible person gets a score, from its features (pronoun_features.py) and, if
those leave doubt, from what the tagger's network knows of the name and of the pronoun. The softmax
of the scores, and of a 0 for "nobody named", gives the probabilities. `training/pronouns.py` learns
the weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from bot.errors import ExtractionError
from bot.extract.speakers.pronouns.pronoun_features import Candidate
from bot.extract.tagger.tagger import States
from bot.model import Span

FILE = "pronouns.npz"
CERTAIN = 0.85
"""If the features alone give a person this probability, the network is not asked."""

ReadStates = Callable[[Iterable[tuple[int, str]], int], States]


@dataclass(frozen=True, slots=True)
class PronounWeights:
    """The weights of each of `features`, of which the last is always there.

    `quick` are for features alone, `beside_states` for use with the network's states, which
    `pronoun` and `name` project into one space. `mean` is the average state of a name.
    """

    features: np.ndarray
    quick: np.ndarray
    beside_states: np.ndarray
    mean: np.ndarray
    pronoun: np.ndarray
    pronoun_bias: np.ndarray
    name: np.ndarray
    name_bias: np.ndarray

    @classmethod
    def read(cls, folder: Path) -> PronounWeights:
        """Read the weights in a folder. Raises ExtractionError."""
        try:
            with np.load(folder / FILE, allow_pickle=False) as stored:
                parts = {part.name: stored[part.name] for part in fields(cls)}
        except (OSError, ValueError, KeyError) as error:
            raise ExtractionError(
                "cannot load how pronouns are resolved",
                subject=FILE,
                cause="it is missing or damaged",
                remedy="Install Claimdesk again",
            ) from error
        return cls(**{name: _in_float32(values) for name, values in parts.items()})

    def write(self, file: Path) -> None:
        """Write the weights, in half precision."""
        parts = {part.name: getattr(self, part.name) for part in fields(self)}
        halves = {
            name: values.astype(np.float16) if values.dtype.kind == "f" else values
            for name, values in parts.items()
        }
        np.savez_compressed(file, allow_pickle=False, **halves)


def _in_float32(values: np.ndarray) -> np.ndarray:
    return values.astype(np.float32) if values.dtype.kind == "f" else values


class PronounScorer:
    """Score candidates; `read_states` runs the tagger's network on a part of the article."""

    def __init__(self, weights: PronounWeights, read_states: ReadStates) -> None:
        self._weights = weights
        self._read_states = read_states
        self._columns = {name: index for index, name in enumerate(weights.features.tolist())}

    def probabilities(
        self, candidates: Sequence[Candidate], pronoun: Span, parts: Sequence[tuple[int, str]]
    ) -> Mapping[str, float]:
        """Return each person's probability of being meant by a pronoun.

        `parts` are the paragraphs before and around it, with their offsets.
        """
        if not candidates:
            return {}
        inputs = feature_matrix(candidates, self._columns)
        quick = _by_person(candidates, softmax(inputs @ self._weights.quick))
        if max(quick.values()) >= CERTAIN:
            return quick
        states = self._read_states(parts, pronoun[0])
        scores = inputs @ self._weights.beside_states
        scores += self._agreement(candidates, pronoun, states)
        return _by_person(candidates, softmax(scores))

    def _agreement(
        self, candidates: Sequence[Candidate], pronoun: Span, states: States
    ) -> np.ndarray:
        """Score how well the network's states of the names go with the pronoun's."""
        weights = self._weights
        own = state_of(states, pronoun)
        agreement = np.zeros(len(candidates), np.float32)
        if own is None:
            return agreement
        sought = (own - weights.mean) @ weights.pronoun + weights.pronoun_bias
        for index, candidate in enumerate(candidates):
            state = state_of(states, (candidate.mention.start, candidate.mention.end))
            # One that the network has not read counts as an average name.
            deviation = 0 if state is None else (state - weights.mean) @ weights.name
            agreement[index] = sought @ (deviation + weights.name_bias)
        return agreement


def feature_matrix(candidates: Sequence[Candidate], columns: Mapping[str, int]) -> np.ndarray:
    """Return a row for each candidate, with 1 for each feature that it has."""
    inputs = np.zeros((len(candidates), len(columns)), np.float32)
    for row, candidate in enumerate(candidates):
        known = [columns[name] for name in candidate.features if name in columns]
        inputs[row, known] = 1
    inputs[:, -1] = 1
    return inputs


def state_of(states: States, span: Span) -> np.ndarray | None:
    """Return the state of the last word piece of a span, if the network has read it."""
    start, end = span
    for index in range(len(states.offsets) - 1, -1, -1):
        piece_start, piece_end = states.offsets[index]
        if piece_start < end and piece_end > start:
            return np.asarray(states.rows[index], np.float32)
    return None


def softmax(scores: np.ndarray) -> np.ndarray:
    """Return the probabilities of scores, beside a score of 0 for none of them."""
    highest = max(0.0, float(scores.max()))
    shares = np.exp(scores - highest)
    return np.asarray(shares / (shares.sum() + np.exp(-highest)))


def _by_person(candidates: Sequence[Candidate], probabilities: np.ndarray) -> Mapping[str, float]:
    sums: Counter[str] = Counter()
    for candidate, probability in zip(candidates, probabilities.tolist(), strict=True):
        sums[candidate.mention.person] += probability
    return sums
