"""Directions made small: a byte for each number, and a bit for its sign.

Two directions whose signs differ in few places are near (Charikar, "Similarity estimation
techniques from rounding algorithms", 2002); which are nearest of these the bytes tell. On 384
numbers a cosine of 0.5 makes about 128 signs differ, 0 makes 192.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

DIMENSIONS = 384
WORDS = DIMENSIONS // 64

Directions = npt.NDArray[np.float32]
"""Unit vectors, one a row; or a single one."""
Packed = npt.NDArray[np.int8]
Signs = npt.NDArray[np.uint64]


def packed(directions: Directions) -> Packed:
    """Scale each row so that its largest number is 127, and round: its direction stays."""
    largest = np.abs(directions).max(axis=1, keepdims=True)
    scaled: Packed = np.rint(directions * (127 / largest)).astype(np.int8)
    return scaled


def signs(rows: Packed) -> Signs:
    """The signs of packed rows, as six words of 64 bits each."""
    return np.packbits(rows > 0, axis=1).view(np.uint64)


def distances(blocks: Signs, wanted: Signs) -> npt.NDArray[np.uint8]:
    """How many signs of each column of each block, which is six words high, differ from `wanted`.

    Counts from 256 on come out too low by 256. So far apart lies next to nothing, and who takes
    it for near finds out by its bytes.
    """
    differing = np.empty((len(blocks), blocks.shape[2]), np.uint8)
    for block, counted in zip(blocks, differing, strict=True):
        np.bitwise_count(block[0] ^ wanted[0], out=counted)
        for word in range(1, WORDS):
            counted += np.bitwise_count(block[word] ^ wanted[word])
    return differing


def cosines(rows: Packed, direction: Directions) -> Directions:
    """The cosine of the angle between each packed row and a unit vector; 0 for empty rows."""
    numbers = rows.astype(np.float32)
    lengths = np.maximum(np.linalg.norm(numbers, axis=1), 1)
    measured: Directions = (numbers @ direction) / lengths
    return measured
