"""Embedding: what a text means, as a direction in 384 dimensions (all-MiniLM-L6-v2).

The model reads one text at a time: in int8 its activations are scaled by what is in the batch, so
that together one text's direction would depend on its neighbours. Parallel work comes from threads.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from bot import onnx
from bot.search.meaning import weights
from bot.search.meaning.codes import DIMENSIONS, UnitVectors

_LONGEST = 256
"""Word pieces; the model was trained on no longer texts, and what follows is not read."""


class Embedder:
    """Turns texts into unit vectors, on `threads` threads (0: one for each core).

    `tokenizer` is the file of BERT's uncased word pieces. Safe to share between threads. Raises
    SearchIndexError where the weights are missing or not the right ones.
    """

    def __init__(self, tokenizer: Path, threads: int = 0) -> None:
        model = weights.load()
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_LONGEST)
        self._session = onnx.session(model)
        self._pool = ThreadPoolExecutor(threads or os.cpu_count() or 1, "embedder")

    def embed(self, texts: Sequence[str]) -> UnitVectors:
        """Embed texts: a unit vector each, the same for the same text every time."""
        if len(texts) == 1:
            return self._one(texts[0])[np.newaxis]
        return np.array(list(self._pool.map(self._one, texts)), np.float32).reshape(-1, DIMENSIONS)

    def _one(self, text: str) -> UnitVectors:
        whole = text.encode(errors="replace").decode()  # lone surrogates are no text to it
        ids = np.array([self._tokenizer.encode(whole).ids], np.int64)
        given = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        mean: UnitVectors = self._session.run(None, given)[0][0].mean(axis=0)
        return mean / np.linalg.norm(mean)
