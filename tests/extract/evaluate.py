"""Evaluate the extraction: `make evaluate`; --misses lists the errors.

It uses the annotated articles, for which test_evaluation.py checks the same floors, the open half
of the news that the rules were not written for (FROZEN=1: the frozen half), and the dev parts of
PolNeAR and Wikinews with their own scorers, if these are next to the checkout. Exits with 1 if a
score is below its floor.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bot.extract.extractor import Extractor
from bot.extract.speakers.speaker_confidence import Certainty
from bot.model import Article, Attribution
from tests.extract.annotations import annotated_articles
from tests.extract.news_scores import Rate, news, news_scores
from tests.extract.scoring import Score, score

FLOORS = {
    "content": 0.94,
    "who said what": 0.93,
    "speaker": 0.965,
    "source kind": 0.965,
    "stance": 0.98,
    "negation": 0.91,
    "chain": 0.92,
    "inside": 0.92,
    "date": 0.75,
    "statements": 0.94,
    "ranking": 0.77,
    "not claims": 0.96,
}
"""Minimum F1 on the annotated articles, slightly below the measured values. For properties of
attributions that were found, F1 is the share of correct answers."""

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "attribution"

POLNEAR = {
    "who_said_what": 0.785,
    "wsw_direct": 0.94,
    "wsw_mixed": 0.85,
    "wsw_indirect": 0.715,
    "content_exact": 0.70,
}
WIKINEWS = {
    "recall verb_class=speech": 0.94,
    "recall verb_class=cognition": 0.6,
    "recall quoted=True": 0.6,
    "speaker name": 0.97,
    "speaker nominal": 0.91,
    "speaker pronoun": 0.84,
    "full_name": 0.9,
}
NEWS = {
    "speech P": 0.88,
    "speech R": 0.91,
    "thought R": 0.82,
    "event R": 0.6,
    "full name, name": 0.92,
    "full name, pronoun": 0.77,
    "full name, description": 0.25,
    "full name, none": 0.4,
    "paragraph after reported speech": 0.38,
    "sure, and the right person": 0.96,
}
"""Slightly below the measured shares of the open half."""


class Row(NamedTuple):
    """A score from 0 to 1, its floor, and the counts it is based on."""

    name: str
    figure: float
    floor: float
    made_of: str = ""


def main() -> int:
    """Print a table of all scores with their floors."""
    # Each name counts, however unsure: that is how well speakers are found.
    extractor = Extractor(certainty=Certainty(sure_from=0))
    scores = annotated_scores(extractor)
    rows = [*_annotated(scores), *_news(extractor, "frozen" if "FROZEN" in os.environ else "open")]
    if CORPORA.is_dir():
        rows += [*_polnear(extractor), *_wikinews(extractor)]
    for row in rows:
        below = "" if row.figure >= row.floor else "  BELOW"
        print(f"{row.name:<44}{row.figure:.3f}  floor {row.floor:.3f}  {row.made_of}{below}")
    if not CORPORA.is_dir():
        print("PolNeAR, Wikinews: skipped: no corpus")
    if "--misses" in sys.argv:
        for name, result in scores.items():
            print(f"\n{name}", *result.wrong, sep="\n  ")
    return int(any(row.figure < row.floor for row in rows))


def annotated_scores(extractor: Extractor) -> dict[str, Score]:
    """Score an extractor on the annotated articles."""
    articles = annotated_articles()
    found = extractor.extract_many(annotated.article for annotated in articles)
    return score(zip(articles, found, strict=True))


def _annotated(scores: dict[str, Score]) -> Iterator[Row]:
    for name, one in scores.items():
        made_of = f"P {one.precision:.3f}  R {one.recall:.3f}  {one.right} of {one.asked}"
        yield Row(f"annotated articles: {name}", one.f1, FLOORS[name], made_of)


def _news(extractor: Extractor, part: str) -> Iterator[Row]:
    articles = news(part)
    found = extractor.extract_many(article for article, _ in articles)
    rows = zip(articles, found, strict=True)
    scores = news_scores((*annotated, extraction) for annotated, extraction in rows)
    wrong = scores.pop("somebody else")
    scores["sure, and the right person"] = Rate(wrong.asked - wrong.right, wrong.asked)
    for name, rate in scores.items():
        made_of = f"{rate.right} of {rate.asked}"
        floor = NEWS.get(name, 0.0) if part == "open" else 0.0
        yield Row(f"{part} news: {name}", rate.share, floor, made_of)


def _polnear(extractor: Extractor) -> Iterator[Row]:
    # PolNeAR marks no attribution inside another.
    figures = _scored(extractor, "polnear-dev", "score.py", nested=False)
    for name, floor in POLNEAR.items():
        one = figures[name]
        yield Row(f"PolNeAR dev: {name}", one["F1"], floor, f"P {one['P']:.3f}  R {one['R']:.3f}")


def _wikinews(extractor: Extractor) -> Iterator[Row]:
    figures = _scored(extractor, "wikinews-dev", "score_speakers.py", nested=True)
    shares = {f"recall {name}": one["extract"] for name, one in figures["recall"].items()}
    shares |= {f"speaker {form}": one for form, one in figures["speaker"].items()}
    shares["full_name"] = figures["full_name"]
    for name, floor in WIKINEWS.items():
        one = shares[name]
        yield Row(f"Wikinews dev: {name}", one["share"], floor, f"{one['n']} of {one['of']}")


def _scored(extractor: Extractor, corpus: str, scorer: str, *, nested: bool) -> dict[str, Any]:
    """Extract a corpus and return the results of its own scorer."""
    with tempfile.TemporaryDirectory() as folder:
        gold, found = Path(folder, "gold"), Path(folder, "found")
        found.mkdir()
        shutil.unpack_archive(CORPORA / f"{corpus}.tar.xz", gold)
        (gold,) = gold.iterdir()
        articles = [_article(path) for path in sorted(gold.glob("*.txt"))]
        for article, extraction in zip(articles, extractor.extract_many(articles), strict=True):
            attributions = [
                _for_scorer(a) for a in extraction.attributions if nested or not a.inside
            ]
            made = {"id": article.id, "text_sha": article.text_sha, "attributions": attributions}
            (found / f"{article.id}.json").write_text(json.dumps(made), encoding="utf-8")
        command = [sys.executable, CORPORA / scorer, gold, found, "--json"]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures: dict[str, Any] = json.loads(printed)
    return figures


def _for_scorer(one: Attribution) -> dict[str, Any]:
    spans = {"source": one.source, "cue": one.cue, "content": one.content}
    return {**spans, "speaker": one.speaker or "", "negative": one.negative}


def _article(path: Path) -> Article:
    with path.open(encoding="utf-8", newline="") as file:
        return Article(origin=path.name, id=path.stem, text=file.read())


if __name__ == "__main__":
    sys.exit(main())
