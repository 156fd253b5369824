"""UnitVectors made small: a byte for each number, and a bit for its sign.

Two directions whose signs differ in few places are near (Charikar, "Similarity estimation
techniques from rounding algorithms", 2002); which are nearest of these the bytes tell. On 384
numbers a cosine of 0.5 makes about 128 signs differ, 0 makes 192.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

DIMENSIONS = 384
WORDS = DIMENSIONS // 64

UnitVectors = npt.NDArray[np.float32]
"""Unit vectors, one a row; or a single one."""
Packed = npt.NDArray[np.int8]
Signs = npt.NDArray[np.uint64]


def quantised(directions: UnitVectors) -> Packed:
    """Scale each row so that its largest number is 127, and round: its direction stays."""
    largest = np.abs(directions).max(axis=1, keepdims=True)
    scaled: Packed = np.rint(directions * (127 / largest)).astype(np.int8)
    return scaled


def signs(rows: Packed) -> Signs:
    """The signs of packed rows, as six words of 64 bits each."""
    return np.packbits(rows > 0, axis=1).view(np.uint64)


def half_distances(blocks: Signs, wanted: Signs) -> npt.NDArray[np.uint8]:
    """How many of the first half of the signs of each column of each block differ from `wanted`.

    A block is six words high, as `wanted` is; the count is at most 192.
    """
    differing = np.empty((len(blocks), blocks.shape[2]), np.uint8)
    for block, counted in zip(blocks, differing, strict=True):
        np.bitwise_count(block[0] ^ wanted[0], out=counted)
        for word in range(1, WORDS // 2):
            counted += np.bitwise_count(block[word] ^ wanted[word])
    return differing


def other_distances(columns: Signs, wanted: Signs) -> npt.NDArray[np.intp]:
    """How many of the second half of the signs differ: of columns that are rows of three words."""
    counted = np.bitwise_count(columns ^ wanted[WORDS // 2 :])
    apart: npt.NDArray[np.intp] = counted.sum(axis=1, dtype=np.intp)
    return apart


def cosines(rows: Packed, direction: UnitVectors) -> UnitVectors:
    """The cosine of the angle between each packed row and a unit vector; 0 for empty rows."""
    numbers = rows.astype(np.float32)
    lengths = np.maximum(np.linalg.norm(numbers, axis=1), 1)
    measured: UnitVectors = (numbers @ direction) / lengths
    return measured
