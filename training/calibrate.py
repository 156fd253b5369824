"""Fit bot/extract/tagger/calibration.json to articles that a tagger never saw: see README.md.

An attribution is right when score.py of the corpus counts it for who_said_what: half of its
content and a word of its source are those of an annotated one. Those inside another are left out,
since the corpus has none.
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
from training.corpus import Annotated, Fold, annotated

AS_IT_IS = {name: float(name == "certainty") for name in FEATURES}  # the tagger's own certainty
RIDGE = 1.0  # draws weights towards 0
STEPS = 25  # of Newton's method; far fewer are needed
EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)

Judged = list[tuple[Attribution, bool]]


def main() -> None:
    """Fit the weights, and print what is shown and what is right, there and on other articles."""
    parser = argparse.ArgumentParser(prog="python -m training.calibrate", description=main.__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of the corpus")
    parser.add_argument("--tagger", type=Path, required=True, help="what --held-out made")
    parser.add_argument("--held-out", type=Fold.named, required=True, help="as it was trained with")
    parser.add_argument("--inside-at-most", type=float, required=True, help="read from a sample")
    given = parser.parse_args()
    score = _score(given.corpus)
    unseen = annotated(given.corpus / "polnear-train.tar.xz")
    unseen = [each for each in unseen if given.held_out.holds(each.id)]
    _write(given.tagger, AS_IT_IS, 1.0)
    judged = list(judge(Extractor(folder=given.tagger), unseen, score))
    weights = dict(zip(FEATURES, np.round(fit(judged), 2).tolist(), strict=True))
    _write(MODEL_FOLDER, weights, given.inside_at_most)
    calibration = Calibration.read(MODEL_FOLDER)
    fitted = [(calibration.probability(each), right) for each, right in judged]
    print("on what was held out, where it was fitted", *table(fitted), sep="\n")
    others = annotated(given.corpus / "polnear-dev.tar.xz")
    shown = [(each.confidence, right) for each, right in judge(Extractor(), others, score)]
    print("on the corpus' development part, with the shipped tagger", *table(shown), sep="\n")


def judge(
    extractor: Extractor, articles: Sequence[Annotated], score: ModuleType
) -> Iterator[tuple[Attribution, bool]]:
    """Give each attribution that is found in the articles, and whether it is right."""
    texts = [Article(id=each.id, origin=each.id, text=each.text) for each in articles]
    for article, found in zip(articles, extractor.extract_many(texts), strict=True):
        outer = [each for each in found.attributions if not each.inside]
        spans = [
            {"source": each.source, "cue": each.cue, "content": each.content, "of": each}
            for each in outer
        ]
        _, (_, _, read, _, matched) = score.score_article(article.text, article.attributions, spans)
        right = {at for _, at in matched}
        yield from ((each["raw"]["of"], at in right) for at, each in enumerate(read))


def fit(judged: Judged) -> np.ndarray:
    """Fit a logistic regression by Newton's method; gives a weight for each of FEATURES."""
    rows = [features(attribution) for attribution, _ in judged]
    given = np.array([[row[name] for name in FEATURES] for row in rows])
    right = np.array([right for _, right in judged], float)
    weights = np.zeros(len(FEATURES))
    ridge = RIDGE * np.eye(len(FEATURES))
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (right - chance) - ridge @ weights
        bend = (given * (chance * (1 - chance))[:, None]).T @ given + ridge
        weights += np.linalg.solve(bend, slope)
    return weights


def table(shown: Sequence[tuple[float, bool]]) -> Iterator[str]:
    """Print for each bin of confidence how many are shown in it, at what mean, and are right."""
    yield "| confidence | attributions | mean | right |"
    yield "|---|---|---|---|"
    for low, high in pairwise(EDGES):
        inside = [(chance, right) for chance, right in shown if low <= chance < high]
        if inside:
            chance, right = np.mean(inside, axis=0)
            yield f"| {low}–{min(high, 1)} | {len(inside)} | {chance:.3f} | {right:.3f} |"


def _score(corpus: Path) -> ModuleType:
    """Load the corpus' own measure, so that right here means right there."""
    spec = importlib.util.spec_from_file_location("score", corpus / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{corpus} has no score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _write(folder: Path, weights: dict[str, float], inside_at_most: float) -> None:
    made = {"weights": weights, "inside_at_most": inside_at_most}
    (folder / FILE).write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
