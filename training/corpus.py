"""The corpus as word pieces with labels, cut into the windows that training reads."""

from __future__ import annotations

import hashlib
import json
import random
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from bot.extract.tagger.tagger import WIDTH as LONGEST
from bot.extract.tagger.tagger import piece_types

ROLES = ("source", "cue", "content")
SOURCE, CUE, CONTENT = range(3)
# The tokenizer is BERT's; MPNet has the same pieces, four places on, and marks of its own.
SHIFT, FIRST, LAST, PADDING = 4, 0, 2, 1
TOKENIZER = Path(__file__).resolve().parent.parent / "bot" / "extract" / "tokenizer.json"


@dataclass
class Pieces:
    """An article's word pieces, paragraph after paragraph.

    `labels` are those of bot/extract/tagger/decoding.py; `soft` are a teacher's scores for
    them, or None.
    """

    ids: np.ndarray
    types: np.ndarray
    paragraphs: np.ndarray
    labels: np.ndarray
    attributions: list[frozenset[int]]
    soft: np.ndarray | None


class Window(NamedTuple):
    """Pieces from `start` to `end` of an article."""

    article: Pieces
    start: int
    end: int

    @property
    def padded(self) -> int:
        """Its length with its marks, up to the next multiple of 8."""
        return -(-(self.end - self.start + 2) // 8) * 8


class Part(NamedTuple):
    """A span of one role: its row and place in a batch, and its attributions."""

    row: int
    role: int
    start: int
    end: int
    attributions: frozenset[int]


class Batch(NamedTuple):
    """Windows side by side; a label of −100 counts for nothing."""

    ids: Tensor
    mask: Tensor
    types: Tensor
    labels: Tensor
    soft: Tensor
    parts: list[Part]

    def to(self, device: torch.device) -> Batch:
        """Move the batch's tensors."""
        return Batch(*(each.to(device) for each in self[:-1]), parts=self.parts)


class Fold(NamedTuple):
    """One of several equal parts of the articles; their ids alone decide which is whose."""

    number: int
    parts: int

    @classmethod
    def named(cls, name: str) -> Fold:
        """Read "1/5", the first of five. Raises ValueError."""
        number, parts = map(int, name.split("/"))
        if not 1 <= number <= parts:
            raise ValueError(name)
        return cls(number, parts)

    def holds(self, article: str) -> bool:
        """Tell whether the article of this id is in the fold."""
        digest = hashlib.sha256(article.encode()).digest()
        return int.from_bytes(digest[:8], "big") % self.parts == self.number - 1


class Annotated(NamedTuple):
    """An article and its attributions: `source`, `cue` and `content` as [start, end] pairs."""

    id: str
    text: str
    attributions: list[dict[str, list[list[int]]]]


def annotated(place: Path) -> list[Annotated]:
    """Read the articles of a .tar.xz or folder of `<id>.txt` and `<id>.json`, in order of ids."""
    files = _folder(place) if place.is_dir() else _archive(place)
    articles = []
    for name in sorted(name for name in files if name.endswith(".json")):
        gold = json.loads(files[name])
        text = files[name.removesuffix("json") + "txt"].decode()
        articles.append(Annotated(gold["id"], text, gold["attributions"]))
    return articles


def read(articles: Sequence[Annotated], soft: Path | None = None) -> list[Pieces]:
    """Encode articles, with the teacher's scores for them from the file `soft`."""
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    scores = np.load(soft) if soft else {}
    return [
        pieces(each.text, each.attributions, tokenizer, scores.get(each.id)) for each in articles
    ]


def _folder(place: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in place.iterdir() if file.is_file()}


def _archive(place: Path) -> dict[str, bytes]:
    with tarfile.open(place) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar if member.isfile()}


def pieces(
    text: str,
    attributions: Sequence[dict[str, list[list[int]]]],
    tokenizer: Tokenizer,
    soft: np.ndarray | None = None,
) -> Pieces:
    """Encode an article as bot/extract/tagger/tagger.py encodes its paragraphs."""
    ids, types, offsets, paragraphs, kept = [], [], [], [], []
    begin = 0
    for number, line in enumerate(text.split("\n")):
        encoded = tokenizer.encode(line, add_special_tokens=False)
        whole = [end > start for start, end in encoded.offsets]
        spans = [span for span, keep in zip(encoded.offsets, whole, strict=True) if keep]
        ids += [piece for piece, keep in zip(encoded.ids, whole, strict=True) if keep]
        types += piece_types(line, spans)
        offsets += [(begin + start, begin + end) for start, end in spans]
        paragraphs += [number] * len(spans)
        kept += whole
        begin += len(line) + 1
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
                for at in inside:
                    members[at].add(number)
    return labels, [frozenset(each) for each in members]


def windows(articles: Sequence[Pieces], chance: random.Random) -> list[Window]:
    """Cut articles: half of them into paragraphs, as the tagger reads, half into long windows.

    The long ones teach what a paragraph alone cannot; their lengths vary, so that no place in
    them means anything.
    """
    cut = []
    for article in articles:
        single = chance.random() < 0.5
        start = 0
        while start < len(article.ids):
            end = (_paragraph if single else _several)(article.paragraphs, start, chance)
            cut.append(Window(article, start, end))
            start = end
    return cut


def _paragraph(paragraphs: np.ndarray, start: int, _: random.Random) -> int:
    return min(start + LONGEST, int(np.searchsorted(paragraphs, paragraphs[start], "right")))


def _several(paragraphs: np.ndarray, start: int, chance: random.Random) -> int:
    size = LONGEST if chance.random() < 0.75 else chance.randint(48, LONGEST)
    end = min(start + size, len(paragraphs))
    if end < len(paragraphs):
        # Rather between two paragraphs, if that leaves the most of it.
        between = int(np.searchsorted(paragraphs, paragraphs[end]))
        end = between if between > start + 0.6 * size else end
    return end


def batches(cut: list[Window], size: int, chance: random.Random) -> list[list[Window]]:
    """Shuffle windows into batches of at most `size` pieces, of windows about as long."""
    chance.shuffle(cut)
    made = []
    for at in range(0, len(cut), 2048):
        batch: list[Window] = []
        for window in sorted(cut[at : at + 2048], key=lambda w: w.padded):
            if batch and window.padded * (len(batch) + 1) > size:
                made.append(batch)
                batch = []
            batch.append(window)
        made.append(batch)
    chance.shuffle(made)
    return made


def collate(cut: Sequence[Window]) -> Batch:
    """Lay windows side by side; a span that a window cuts begins there."""
    shape = (len(cut), max(window.padded for window in cut))
    ids = torch.full(shape, PADDING)
    mask, types = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    labels = torch.full(shape, -100)
    soft = torch.full((*shape, 7), torch.nan)
    parts: list[Part] = []
    for row, (article, start, end) in enumerate(cut):
        length = end - start
        ids[row, 0], ids[row, length + 1] = FIRST, LAST
        mask[row, : length + 2] = 1
        here = slice(1, length + 1)
        ids[row, here] = torch.from_numpy(article.ids[start:end])
        types[row, here] = torch.from_numpy(article.types[start:end])
        labels[row, here] = torch.from_numpy(article.labels[start:end])
        if labels[row, 1] in (2, 4, 6):
            labels[row, 1] -= 1
        if article.soft is not None:
            soft[row, here] = torch.from_numpy(article.soft[start:end].astype(np.float32))
        parts += _parts(row, article, start, end)
    return Batch(ids, mask, types, labels, soft, parts)


def _parts(row: int, article: Pieces, start: int, end: int) -> Iterator[Part]:
    labels, members = article.labels, article.attributions
    at = start
    while at < end:
        first, role = at, (labels[at] - 1) // 2
        at += 1
        if labels[first] == 0:
            continue
        while at < end and labels[at] == 2 * role + 2 and members[at] == members[first]:
            at += 1
        yield Part(row, int(role), first - start + 1, at - start + 1, members[first])
