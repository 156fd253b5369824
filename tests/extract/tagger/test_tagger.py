from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ExtractionError
from bot.extract.tagger import tagger
from bot.extract.tagger.decoding import Window, viterbi

TAGGER = tagger.Tagger(1)
FILES = ("tagger.onnx", "tokenizer.json", "tagger.json")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(tagger.MODEL_FOLDER / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(model: Path, name: str):
    (model / name).unlink()
    with pytest.raises(ExtractionError, match=name):
        tagger.Tagger(1, model)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_named(model: Path, name: str):
    damaged = bytearray((model / name).read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    (model / name).write_bytes(damaged)
    with pytest.raises(ExtractionError):
        tagger.Tagger(1, model)


def test_results_do_not_depend_on_the_number_of_threads():
    texts = ["Ida Falk said that the lock leaks.", "It leaks, the council said."] * 4
    assert list(tagger.Tagger(1).tag(texts)) == list(tagger.Tagger(3).tag(texts))


@given(st.lists(st.lists(st.floats(-20, 0), min_size=7, max_size=7), min_size=1, max_size=30))
def test_no_span_starts_with_an_inside_label(scores):
    labels = viterbi(np.array(scores))
    for before, label in zip([0, *labels], labels, strict=False):
        if label in (2, 4, 6):
            assert before in (label - 1, label)


class Enough(Exception):
    """The long article need not be read to its end."""


def test_a_short_article_does_not_wait_for_a_long_one():
    """One thread reads both, so without turns the short one would be read last."""
    one_thread, short_is_queued = tagger.Tagger(1), threading.Event()
    read: list[str] = []
    interrupted: list[bool] = []

    def check_long() -> None:
        assert short_is_queued.wait(60)
        if "short" in read:
            raise Enough
        read.append("long")

    def short_text() -> Iterator[str]:
        yield "Ida Falk said that the lock leaks."
        short_is_queued.set()  # the tagger asks for more when it has queued that

    def tag_long() -> None:
        long = " ".join(["the lower lock leaks at night"] * 2_000)
        try:
            list(one_thread.tag([long] * 3, check_long))
        except Enough:
            interrupted.append(True)

    tagging_long = threading.Thread(target=tag_long, daemon=True)
    tagging_long.start()
    short = one_thread.tag(short_text(), lambda: read.append("short"))
    assert next(short).attributions
    tagging_long.join()
    assert interrupted
    assert read.index("short") < 10


def test_an_error_in_a_window_is_raised_where_the_paragraph_is_awaited():
    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(tagger.Tagger(1).tag(["Ida Falk said it leaks."] * 20, fail))


def test_the_tokenizer_is_given_short_stretches(monkeypatch: pytest.MonkeyPatch):
    """It takes quadratic time: all of these marks at once would take hours."""
    one_thread, lengths = tagger.Tagger(1), []
    tokenizer = one_thread._tokenizer

    def encode(text: str, **options: bool) -> object:
        lengths.append(len(text))
        return tokenizer.encode(text[: 2 * tagger.STRETCH], **options)

    monkeypatch.setattr(one_thread, "_tokenizer", SimpleNamespace(encode=encode))
    pieces = one_thread._encode('"' * 200_000)
    assert max(lengths) <= 2 * tagger.STRETCH
    assert pieces.offsets == [(n, n + 1) for n in range(200_000)]


def test_two_long_paragraphs_of_an_article_are_queued_at_once(monkeypatch: pytest.MonkeyPatch):
    """Their windows take much memory, so more threads would not have more of them."""
    ten_threads, queued = tagger.Tagger(10), []
    monkeypatch.setattr(
        ten_threads,
        "_infer",
        lambda _, start, end: Window(start, end, np.zeros((end - start, 199))),
    )

    def paragraphs() -> Iterator[str]:
        for number in range(6):
            queued.append(number)
            yield "leaks " * (tagger.MAX_QUEUED_CHARACTERS // 6)

    for number, _ in enumerate(ten_threads.tag(paragraphs())):
        assert len(queued) - number <= 2


@given(st.text("aé1 “”'—-._中😀\n\u0301\x07€", max_size=2_000))
def test_a_paragraph_is_encoded_as_if_in_one_piece(text: str):
    one = TAGGER._tokenizer.encode(text, add_special_tokens=False)
    kept = [n for n, (start, end) in enumerate(one.offsets) if end > start]
    pieces = TAGGER._encode(text)
    assert pieces.ids == [one.ids[n] for n in kept]
    assert pieces.offsets == [one.offsets[n] for n in kept]
