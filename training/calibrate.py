"""Fit bot/extract/tagger/calibration.json to held-out articles; see README.md.

An attribution is correct if the corpus' score.py counts it for who_said_what: half of its content
and a word of its source overlap an annotated one. Attributions inside another one are left out,
because the corpus has none.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np

from bot.extract.extractor import Extractor
from bot.extract.tagger.calibration import FEATURES, FILE, Calibration, features
from bot.extract.tagger.tagger import MODEL_FOLDER
from bot.model import Article, Attribution
from training.corpus import Annotated, Fold, read_annotated

UNCALIBRATED = {name: float(name == "certainty") for name in FEATURES}  # the raw confidence
RIDGE = 1.0  # pulls weights towards 0
STEPS = 25  # of Newton's method; it converges in far fewer
BIN_EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)

Judged = list[tuple[Attribution, bool]]


def main() -> None:
    """Fit the weights, and print confidence and accuracy on held-out and other articles."""
    parser = argparse.ArgumentParser(prog="python -m training.calibrate", description=main.__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of the corpus")
    parser.add_argument("--tagger", type=Path, required=True, help="folder written with --held-out")
    parser.add_argument("--held-out", type=Fold.parse, required=True, help="as in training")
    parser.add_argument(
        "--inside-at-most", type=float, required=True, help="from a sample read by hand"
    )
    given = parser.parse_args()
    scorer = _load_scorer(given.corpus)
    unseen = read_annotated(given.corpus / "polnear-train.tar.xz")
    unseen = [article for article in unseen if given.held_out.contains(article.id)]
    _write(given.tagger, UNCALIBRATED, 1.0)
    judged = list(judge_attributions(Extractor(folder=given.tagger), unseen, scorer))
    weights = dict(zip(FEATURES, np.round(fit(judged), 2).tolist(), strict=True))
    _write(MODEL_FOLDER, weights, given.inside_at_most)
    calibration = Calibration.read(MODEL_FOLDER)
    fitted = [(calibration.probability(found), correct) for found, correct in judged]
    print("on the held-out articles, to which it was fitted", *format_table(fitted), sep="\n")
    others = read_annotated(given.corpus / "polnear-dev.tar.xz")
    results = judge_attributions(Extractor(), others, scorer)
    shown = [(found.confidence, correct) for found, correct in results]
    print(
        "on the corpus' development part, with the shipped tagger", *format_table(shown), sep="\n"
    )


def judge_attributions(
    extractor: Extractor, articles: Sequence[Annotated], scorer: ModuleType
) -> Iterator[tuple[Attribution, bool]]:
    """Yield each attribution found in the articles, and whether it is correct."""
    texts = [Article(id=article.id, origin=article.id, text=article.text) for article in articles]
    for article, found in zip(articles, extractor.extract_many(texts), strict=True):
        spans = [
            {"source": outer.source, "cue": outer.cue, "content": outer.content, "of": outer}
            for outer in found.attributions
            if not outer.inside
        ]
        _, (_, _, read, _, matched) = scorer.score_article(
            article.text, article.attributions, spans
        )
        correct = {index for _, index in matched}
        yield from ((entry["raw"]["of"], index in correct) for index, entry in enumerate(read))


def fit(judged: Judged) -> np.ndarray:
    """Fit a logistic regression by Newton's method; returns a weight for each of FEATURES."""
    rows = [features(attribution) for attribution, _ in judged]
    inputs = np.array([[row[name] for name in FEATURES] for row in rows])
    correct = np.array([correct for _, correct in judged], float)
    weights = np.zeros(len(FEATURES))
    ridge = RIDGE * np.eye(len(FEATURES))
    for _ in range(STEPS):
        predicted = 1 / (1 + np.exp(-inputs @ weights))
        gradient = inputs.T @ (correct - predicted) - ridge @ weights
        hessian = (inputs * (predicted * (1 - predicted))[:, None]).T @ inputs + ridge
        weights += np.linalg.solve(hessian, gradient)
    return weights


def format_table(shown: Sequence[tuple[float, bool]]) -> Iterator[str]:
    """Yield a Markdown table: per bin of confidence the count, mean confidence and accuracy."""
    yield "| confidence | attributions | mean | right |"
    yield "|---|---|---|---|"
    for low, high in pairwise(BIN_EDGES):
        in_bin = [
            (confidence, correct) for confidence, correct in shown if low <= confidence < high
        ]
        if in_bin:
            confidence, accuracy = np.mean(in_bin, axis=0)
            yield f"| {low}–{min(high, 1)} | {len(in_bin)} | {confidence:.3f} | {accuracy:.3f} |"


def _load_scorer(corpus: Path) -> ModuleType:
    """Load the corpus' own score.py, so that both use the same measure."""
    spec = importlib.util.spec_from_file_location("score", corpus / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{corpus} has no score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _write(folder: Path, weights: dict[str, float], inside_at_most: float) -> None:
    stored = {"weights": weights, "inside_at_most": inside_at_most}
    (folder / FILE).write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
