"""Encode the corpus as labelled word pieces, and cut it into windows and batches for training."""

from __future__ import annotations

import hashlib
import json
import random
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from bot.extract.tagger.tagger import MODEL_FOLDER, piece_types
from bot.extract.tagger.tagger import WIDTH as MAX_WINDOW
from bot.text.spans import shifted

ROLES = ("source", "cue", "content")
SOURCE, CUE, CONTENT = range(3)
# The tokenizer is BERT's; MPNet has the same pieces with ids shifted by four, and its own special
# tokens.
SHIFT, FIRST, LAST, PADDING = 4, 0, 2, 1
TOKENIZER = MODEL_FOLDER / "tokenizer.json"


@dataclass
class Pieces:
    """An article's word pieces, in order, each with the number of its paragraph.

    `labels` are those of bot/extract/tagger/decoding.py; `soft` holds the teacher's scores for
    each label, or None.
    """

    ids: np.ndarray
    types: np.ndarray
    paragraphs: np.ndarray
    labels: np.ndarray
    attributions: list[frozenset[int]]
    soft: np.ndarray | None


class Window(NamedTuple):
    """The pieces of an article from `start` to `end`."""

    article: Pieces
    start: int
    end: int

    @property
    def padded_length(self) -> int:
        """The length with special tokens, rounded up to a multiple of 8."""
        return -(-(self.end - self.start + 2) // 8) * 8


class RoleSpan(NamedTuple):
    """A span of one role: its row and position in a batch, and its attributions."""

    row: int
    role: int
    start: int
    end: int
    attributions: frozenset[int]


class Batch(NamedTuple):
    """A batch of windows; labels of −100 are ignored."""

    ids: Tensor
    mask: Tensor
    types: Tensor
    labels: Tensor
    soft: Tensor
    parts: list[RoleSpan]

    def to(self, device: torch.device) -> Batch:
        """Move the tensors to a device."""
        return Batch(*(tensor.to(device) for tensor in self[:-1]), parts=self.parts)


class Fold(NamedTuple):
    """One of several equal parts of the articles, chosen by a digest of their ids."""

    number: int
    parts: int

    @classmethod
    def parse(cls, name: str) -> Fold:
        """Parse "1/5", the first of five. Raises ValueError."""
        number, parts = map(int, name.split("/"))
        if not 1 <= number <= parts:
            raise ValueError(name)
        return cls(number, parts)

    def contains(self, article_id: str) -> bool:
        """Tell whether an article is in the fold."""
        digest = hashlib.sha256(article_id.encode()).digest()
        return int.from_bytes(digest[:8], "big") % self.parts == self.number - 1


class Annotated(NamedTuple):
    """An article and its attributions: `source`, `cue` and `content` as [start, end] pairs."""

    id: str
    text: str
    attributions: list[dict[str, list[list[int]]]]


def read_annotated(path: Path) -> list[Annotated]:
    """Read a .tar.xz or folder of `<id>.txt` and `<id>.json` files, sorted by id."""
    files = _read_folder(path) if path.is_dir() else _read_archive(path)
    articles = []
    for name in sorted(name for name in files if name.endswith(".json")):
        gold = json.loads(files[name])
        text = files[name.removesuffix("json") + "txt"].decode()
        articles.append(Annotated(gold["id"], text, gold["attributions"]))
    return articles


def encode_articles(articles: Sequence[Annotated], soft: Path | None = None) -> list[Pieces]:
    """Encode articles, with the teacher's scores in the file `soft`."""
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    scores = np.load(soft) if soft else {}
    return [
        encode(article.text, article.attributions, tokenizer, scores.get(article.id))
        for article in articles
    ]


def _read_folder(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.iterdir() if file.is_file()}


def _read_archive(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar if member.isfile()}


def encode(
    text: str,
    attributions: Sequence[dict[str, list[list[int]]]],
    tokenizer: Tokenizer,
    soft: np.ndarray | None = None,
) -> Pieces:
    """Encode an article in the same way as bot/extract/tagger/tagger.py encodes paragraphs."""
    ids, types, offsets, paragraphs, kept = [], [], [], [], []
    line_start = 0
    for number, line in enumerate(text.split("\n")):
        encoded = tokenizer.encode(line, add_special_tokens=False)
        non_empty = [end > start for start, end in encoded.offsets]
        spans = list(compress(encoded.offsets, non_empty))
        ids += compress(encoded.ids, non_empty)
        types += piece_types(line, spans)
        offsets += shifted(spans, line_start)
        paragraphs += [number] * len(spans)
        kept += non_empty
        line_start += len(line) + 1
    if soft is not None:
        soft = soft[np.array(kept, bool)] if len(soft) == len(kept) else None
    labels, members = _labels(attributions, offsets)
    return Pieces(
        np.array(ids) + SHIFT, np.array(types), np.array(paragraphs), labels, members, soft
    )


def _labels(
    attributions: Sequence[dict[str, list[list[int]]]], offsets: Sequence[tuple[int, int]]
) -> tuple[np.ndarray, list[frozenset[int]]]:
    starts = np.array([start for start, _ in offsets])
    ends = np.array([end for _, end in offsets])
    labels = np.zeros(len(offsets), int)
    members: list[set[int]] = [set() for _ in offsets]
    for number, attribution in enumerate(attributions):
        for role, name in enumerate(ROLES):
            for start, end in attribution[name]:
                inside = np.flatnonzero((starts < end) & (ends > start))
                labels[inside] = 2 * role + 2
                labels[inside[:1]] = 2 * role + 1
                for index in inside:
                    members[index].add(number)
    return labels, [frozenset(numbers) for numbers in members]


def cut_windows(articles: Sequence[Pieces], rng: random.Random) -> list[Window]:
    """Cut half of the articles into paragraphs, as for the tagger, and half into long windows.

    The long ones teach what a paragraph alone cannot. Their lengths vary, so that a position in
    them carries no information.
    """
    windows = []
    for article in articles:
        window_end = _paragraph_end if rng.random() < 0.5 else _long_window_end
        start = 0
        while start < len(article.ids):
            end = window_end(article.paragraphs, start, rng)
            windows.append(Window(article, start, end))
            start = end
    return windows


def _paragraph_end(paragraphs: np.ndarray, start: int, _: random.Random) -> int:
    return min(start + MAX_WINDOW, int(np.searchsorted(paragraphs, paragraphs[start], "right")))


def _long_window_end(paragraphs: np.ndarray, start: int, rng: random.Random) -> int:
    size = MAX_WINDOW if rng.random() < 0.75 else rng.randint(48, MAX_WINDOW)
    end = min(start + size, len(paragraphs))
    if end < len(paragraphs):
        # End at a paragraph boundary if that keeps most of the window.
        boundary = int(np.searchsorted(paragraphs, paragraphs[end]))
        end = boundary if boundary > start + 0.6 * size else end
    return end


def make_batches(windows: list[Window], size: int, rng: random.Random) -> list[list[Window]]:
    """Shuffle windows into batches of at most `size` pieces, each of windows of similar length."""
    rng.shuffle(windows)
    batches = []
    for start in range(0, len(windows), 2048):
        batch: list[Window] = []
        for window in sorted(windows[start : start + 2048], key=lambda w: w.padded_length):
            if batch and window.padded_length * (len(batch) + 1) > size:
                batches.append(batch)
                batch = []
            batch.append(window)
        batches.append(batch)
    rng.shuffle(batches)
    return batches


def collate(windows: Sequence[Window]) -> Batch:
    """Combine windows into a batch; a span that a window cuts off starts in the window."""
    shape = (len(windows), max(window.padded_length for window in windows))
    ids = torch.full(shape, PADDING)
    mask, types = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    labels = torch.full(shape, -100)
    soft = torch.full((*shape, 7), torch.nan)
    parts: list[RoleSpan] = []
    for row, (article, start, end) in enumerate(windows):
        length = end - start
        ids[row, 0], ids[row, length + 1] = FIRST, LAST
        mask[row, : length + 2] = 1
        columns = slice(1, length + 1)
        ids[row, columns] = torch.from_numpy(article.ids[start:end])
        types[row, columns] = torch.from_numpy(article.types[start:end])
        labels[row, columns] = torch.from_numpy(article.labels[start:end])
        if labels[row, 1] in (2, 4, 6):
            labels[row, 1] -= 1
        if article.soft is not None:
            soft[row, columns] = torch.from_numpy(article.soft[start:end].astype(np.float32))
        parts += _parts(row, article, start, end)
    return Batch(ids, mask, types, labels, soft, parts)


def _parts(row: int, article: Pieces, start: int, end: int) -> Iterator[RoleSpan]:
    labels, members = article.labels, article.attributions
    index = start
    while index < end:
        first, role = index, (labels[index] - 1) // 2
        index += 1
        if labels[first] == 0:
            continue
        while index < end and labels[index] == 2 * role + 2 and members[index] == members[first]:
            index += 1
        yield RoleSpan(row, int(role), first - start + 1, index - start + 1, members[first])
