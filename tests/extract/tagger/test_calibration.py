from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ExtractionError
from bot.extract.extractor import Extractor
from bot.extract.tagger.calibration import Calibration
from bot.extract.tagger.tagger import MODEL_FOLDER
from bot.model import Article, Attribution

SHIPPED = Calibration.read(MODEL_FOLDER)
AS_IT_IS = Calibration(
    {"always": 0.0, "certainty": 1.0, "indirect": 0.0, "unsure": 0.0}, inside_at_most=1.0
)

certainties = st.floats(0, 1)
attributions = st.builds(
    Attribution,
    id=st.just("a1"),
    source=st.sampled_from([(), ((0, 3),)]),
    cue=st.just(((4, 8),)),
    content=st.just(((9, 20),)),
    type=st.sampled_from(["direct", "mixed", "indirect"]),
    speaker=st.just("Roe"),
    source_kind=st.just("named"),
    inside=st.sampled_from([None, "a0"]),
    unsure=st.booleans(),
    confidence=certainties,
)


@given(attributions, certainties)
def test_probability_grows_with_confidence(one: Attribution, certainty: float) -> None:
    low, high = sorted((one.confidence, certainty))
    less, more = replace(one, confidence=low), replace(one, confidence=high)
    assert 0 < SHIPPED.probability(less) <= SHIPPED.probability(more) < 1


@given(attributions)
def test_nested_attributions_have_a_maximum_probability(one: Attribution) -> None:
    inside, outside = replace(one, inside="a0"), replace(one, inside=None)
    expected = min(SHIPPED.probability(outside), SHIPPED.inside_at_most)
    assert SHIPPED.probability(inside) == expected


@given(attributions)
def test_an_unsure_source_is_less_probable(one: Attribution) -> None:
    sure, unsure = replace(one, unsure=False), replace(one, unsure=True)
    assert SHIPPED.probability(unsure) <= SHIPPED.probability(sure)


@pytest.mark.parametrize(
    "written",
    [
        None,
        "{",
        "[]",
        json.dumps({"weights": {}, "inside_at_most": 1}),
        json.dumps({"weights": {"always": "much"}, "inside_at_most": 1}),
    ],
)
def test_a_damaged_calibration_file_is_named(tmp_path: Path, written: str | None) -> None:
    if written is not None:
        (tmp_path / "calibration.json").write_text(written)
    with pytest.raises(ExtractionError, match=r"calibration\.json"):
        Calibration.read(tmp_path)


def test_extractions_have_calibrated_confidence(tmp_path: Path) -> None:
    for name in ("tagger.onnx", "tagger.json", "tokenizer.json", "pronouns.npz", "speakers.json"):
        (tmp_path / name).symlink_to(MODEL_FOLDER / name)
    made = {"weights": dict(AS_IT_IS.weights), "inside_at_most": AS_IT_IS.inside_at_most}
    (tmp_path / "calibration.json").write_text(json.dumps(made))
    text = "“The lock leaks,” said Jane Roe, who added that Ann Poe believes it will be mended."
    article = Article(id="a", origin="a", text=text)
    certain = Extractor(threads=1, folder=tmp_path).extract(article).attributions
    probable = Extractor(threads=1).extract(article).attributions
    assert len(certain) >= 2
    for before, after in zip(certain, probable, strict=True):
        assert after.confidence == pytest.approx(SHIPPED.probability(before), abs=0.001)
        assert after == replace(before, confidence=after.confidence)
