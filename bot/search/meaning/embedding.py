"""Embedding: represent a text's meaning as a vector of 384 dimensions (all-MiniLM-L6-v2).

The model embeds one text at a time: int8 scaling depends on the whole batch, so in a batch one
text's vector would depend on the others. Threads provide the parallelism.
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

_MAX_TOKENS = 256
"""The model was not trained on longer texts; the rest of a text is cut off."""


class Embedder:
    """Embeds texts as unit vectors, on `threads` threads (0: one for each core).

    `tokenizer` is the tokenizer file of uncased BERT, `place` where the weights are if not in their
    package. Thread-safe. Raises SearchIndexError if the weights are missing or their checksum is
    wrong.
    """

    def __init__(self, tokenizer: Path, threads: int = 0, place: Path | None = None) -> None:
        model = weights.load(place)
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MAX_TOKENS)
        self._session = onnx.load_session(model)
        self._pool = ThreadPoolExecutor(threads or os.cpu_count() or 1, "embedder")

    def embed(self, texts: Sequence[str]) -> UnitVectors:
        """Embed texts as one unit vector each; the same text always has the same vector."""
        if len(texts) == 1:
            return self._embed_one(texts[0])[np.newaxis]
        vectors = list(self._pool.map(self._embed_one, texts))
        return np.array(vectors, np.float32).reshape(-1, DIMENSIONS)

    def _embed_one(self, text: str) -> UnitVectors:
        valid_text = text.encode(errors="replace").decode()  # the tokenizer rejects lone surrogates
        ids = np.array([self._tokenizer.encode(valid_text).ids], np.int64)
        inputs = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        mean_vector: UnitVectors = self._session.run(None, inputs)[0][0].mean(axis=0)
        return mean_vector / np.linalg.norm(mean_vector)
