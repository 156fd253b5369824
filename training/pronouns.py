"""Train the scorer of pronouns: `python -m training.pronouns`; see README.md."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.extract.extractor import Extractor
from bot.extract.speakers.pronouns.pronoun_scorer import FILE, PronounScorer, PronounWeights
from bot.extract.tagger.tagger import MODEL_FOLDER, States, Tagger
from training.pronoun_examples import Example, read_decided, read_gap
from training.pronoun_head import fit

SAMPLES = 1000  # of the bootstrap
FEMALE = ("she", "her", "hers", "herself")


def main() -> None:
    """Train on GAP's development part and on articles; print the scores on what was left out."""
    parser = argparse.ArgumentParser(prog="python -m training.pronouns", description=main.__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of the corpus")
    parser.add_argument("--articles", type=int, default=840, help="how many articles are read")
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER, help="folder to write to")
    given = parser.parse_args()
    tagger = Tagger(1)
    examples = list(read_gap(given.corpus, "development", tagger))
    fit(examples).write(given.out / FILE)  # the extractor does not start without the file
    extractor = Extractor(threads=1, folder=given.out)
    train = given.corpus / "polnear-train.tar.xz"
    width = examples[0].states.shape[1]
    examples += read_decided(train, given.articles, extractor, width)
    print(f"{len(examples)} examples")
    fit(examples).write(given.out / FILE)
    weights = PronounWeights.read(given.out)
    print(format_gap(list(read_gap(given.corpus, "validation", tagger)), weights))
    dev = given.corpus / "polnear-dev.tar.xz"
    print(format_decided(list(read_decided(dev, given.articles, extractor, width)), weights))


def people_of(example: Example, weights: PronounWeights, *, ask_network: bool) -> dict[str, float]:
    """Return the probabilities that the scorer gives to an example's people."""
    states = States([], np.zeros((0, example.states.shape[1])))
    rows = [example.own_state, *example.states.astype(np.float32)]
    spans = [(-1, 0), *((mention.start, mention.end) for mention, _ in example.candidates)]
    if ask_network:
        has_state = [True, *map(bool, example.has_state)]
        kept = [index for index, has in enumerate(has_state) if has]
        states = States([spans[index] for index in kept], np.array([rows[index] for index in kept]))
    scorer = PronounScorer(weights, lambda parts, position: states)
    return dict(scorer.probabilities(example.candidates, (-1, 0), []))


def format_gap(examples: Sequence[Example], weights: PronounWeights) -> str:
    """Return GAP's scores: F1, and that of feminine over masculine pronouns with an interval."""
    counts = np.array([_gap_counts(example, weights) for example in examples])
    female = np.array([example.pronoun in FEMALE for example in examples])
    random = np.random.default_rng(0)
    samples = [random.integers(0, len(examples), len(examples)) for _ in range(SAMPLES)]

    def bias(chosen: np.ndarray) -> float:
        return _f1(counts[chosen][female[chosen]]) / _f1(counts[chosen][~female[chosen]])

    low, high = np.percentile([bias(chosen) for chosen in samples], [2.5, 97.5])
    low_f1, high_f1 = np.percentile([_f1(counts[chosen]) for chosen in samples], [2.5, 97.5])
    whole = np.arange(len(examples))
    return (
        f"GAP, {len(examples)} snippets: F1 {100 * _f1(counts):.1f} "
        f"[{100 * low_f1:.1f}, {100 * high_f1:.1f}], masculine {100 * _f1(counts[~female]):.1f}, "
        f"feminine {100 * _f1(counts[female]):.1f}, ratio {bias(whole):.3f} "
        f"[{low:.3f}, {high:.3f}]"
    )


def _gap_counts(example: Example, weights: PronounWeights) -> tuple[int, int, int]:
    """Count true positives, false positives and false negatives among GAP's two names."""
    people = people_of(example, weights, ask_network=True)
    best = max(people, key=lambda person: people[person], default=None)
    answers = [
        (name == best, right) for name, right in zip(example.pair, example.pair_right, strict=True)
    ]
    return (
        sum(said and right for said, right in answers),
        sum(said and not right for said, right in answers),
        sum(right and not said for said, right in answers),
    )


def _f1(counts: np.ndarray) -> float:
    right, wrong, missed = counts.sum(0)
    return float(2 * right / (2 * right + wrong + missed))


def format_decided(examples: Sequence[Example], weights: PronounWeights) -> str:
    """Return the share of right persons where given names decide, with their gender hidden."""
    answers = [people_of(example, weights, ask_network=False) for example in examples]
    lines = []
    for least in (0.0, 0.5, 0.7, 0.9):
        sure = [
            best in example.right
            for example, people in zip(examples, answers, strict=True)
            if people and people[best := max(people, key=lambda person: people[person])] >= least
        ]
        lines.append(f"at {least}: {sum(sure)} of {len(sure)} right")
    return f"where names decide, {len(examples)}: " + ", ".join(lines)


if __name__ == "__main__":
    main()
