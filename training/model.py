"""The network: MPNet (Song et al., 2020), pruned, with outputs for labels and links.

Its token types give the uncased encoder the case, the paragraph's start and quotation marks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, INNER, LAYERS = 768, 12, 3072, 12
HEAD_WIDTH = WIDTH // HEADS
VOCABULARY, POSITIONS, FIRST_POSITION, BUCKETS = 30527, 514, 2, 32
TYPES = 12
LABELS, PROJECTION = 7, 64  # see bot/extract/tagger/decoding.py
OUTPUTS = LABELS + 3 * PROJECTION


@dataclass(frozen=True)
class Shape:
    """The size of a layer: the numbers of its heads, and the count of its inner neurons."""

    heads: tuple[int, ...]
    inner: int


FULL = (Shape(tuple(range(HEADS)), INNER),) * LAYERS


class Layer(nn.Module):
    """One transformer layer of any shape."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        mixed = HEAD_WIDTH * len(shape.heads)
        self.heads = shape.heads
        self.qkv = nn.Linear(WIDTH, 3 * mixed)
        self.mix = nn.Linear(mixed, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, 1e-5)
        self.up = nn.Linear(WIDTH, shape.inner)
        self.down = nn.Linear(shape.inner, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, 1e-5)

    def forward(self, hidden: Tensor, bias: Tensor, dropout: float = 0.0) -> Tensor:
        """Map [batch, pieces, WIDTH] to the same shape; `bias`: [batch, HEADS, pieces, pieces]."""
        hidden = self.norm1(hidden + self.mix(self.attend(hidden, bias)))
        inner = self.down(self.inner(hidden))
        return self.norm2(hidden + functional.dropout(inner, dropout, self.training))

    def attend(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """Return each head's output, concatenated; `bias` is added to the attention scores."""
        batch, length = hidden.shape[:2]
        query, key, value = (
            part.reshape(batch, length, len(self.heads), HEAD_WIDTH).transpose(1, 2)
            for part in self.qkv(hidden).chunk(3, -1)
        )
        if len(self.heads) < HEADS:
            bias = bias[:, list(self.heads)]
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        return mixed.transpose(1, 2).reshape(batch, length, -1)

    def inner(self, hidden: Tensor) -> Tensor:
        """Return the activations of the inner neurons."""
        return functional.gelu(self.up(hidden))


class Network(nn.Module):
    """Maps each word piece to 7 label scores and 3 × 64 link projections."""

    def __init__(self, shapes: Sequence[Shape] = FULL, dropout: float = 0.0) -> None:
        super().__init__()
        self.shapes, self.dropout = tuple(shapes), dropout
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.types = nn.Embedding(TYPES, WIDTH)
        self.nearness = nn.Embedding(BUCKETS, HEADS)
        self.norm = nn.LayerNorm(WIDTH, 1e-5)
        self.layers = nn.ModuleList(Layer(shape) for shape in shapes)
        self.head = nn.Linear(WIDTH, OUTPUTS)
        # Rows: source and content. Columns: the distance to the cue, in cues, −3 … 3.
        self.link_bias = nn.Parameter(torch.zeros(2, 7))
        places = torch.arange(POSITIONS - FIRST_POSITION)
        self.register_buffer("buckets", bucket(places[None] - places[:, None]), persistent=False)
        for table in (self.words, self.positions, self.nearness):
            table.weight.requires_grad_(False)

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> Tensor:
        """Map [batch, pieces] ids of MPNet's vocabulary to [batch, pieces, OUTPUTS]."""
        hidden, bias = self.embed(ids, mask, types)
        for layer in self.layers:
            hidden = layer(hidden, bias, self.dropout)
        return self.head(functional.dropout(hidden, self.dropout, self.training))

    def embed(self, ids: Tensor, mask: Tensor, types: Tensor) -> tuple[Tensor, Tensor]:
        """Return the input of the first layer, and the attention bias for all layers."""
        length = ids.shape[1]
        positions = self.positions.weight[FIRST_POSITION : FIRST_POSITION + length]
        hidden = self.norm(self.words(ids) + self.types(types) + positions)
        near = self.nearness(self.buckets[:length, :length]).permute(2, 0, 1)[None]
        bias = near + ((1 - mask.to(near.dtype)) * -1e4)[:, None, None]
        if torch.is_autocast_enabled(ids.device.type):
            # Norms keep the precision of their input, so all layers run in half precision.
            half = torch.get_autocast_dtype(ids.device.type)
            hidden, bias = hidden.to(half), bias.to(half)
        return hidden, bias


def bucket(distance: Tensor, farthest: int = 128) -> Tensor:
    """Group distances between pieces into buckets as T5 does (Raffel et al., 2020).

    Short distances have a bucket each.
    """
    half = BUCKETS // 2
    exact = half // 2
    side = (distance > 0).long() * half
    far = distance.abs()
    log = torch.log(far.float().clamp(min=1) / exact) / math.log(farthest / exact)
    grouped = (exact + (log * (half - exact)).long()).clamp(max=half - 1)
    return side + torch.where(far < exact, far, grouped)
