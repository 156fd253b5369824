"""Compact vectors: a byte for each number, and a bit for its sign.

Two vectors whose signs differ in few positions are near each other (Charikar, "Similarity
estimation techniques from rounding algorithms", 2002); the bytes then tell which are nearest. For
384 numbers, about 128 signs differ at a cosine of 0.5, and 192 at a cosine of 0.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

DIMENSIONS = 384
SIGN_WORDS = DIMENSIONS // 64
"""The number of 64-bit words that hold the signs of one vector."""

UnitVectors = npt.NDArray[np.float32]
"""Unit vectors, one in each row; or a single one."""
ByteVectors = npt.NDArray[np.int8]
SignBits = npt.NDArray[np.uint64]


def quantise(vectors: UnitVectors) -> ByteVectors:
    """Scale each row so that its largest number is 127, and round; its direction hardly changes."""
    largest_numbers = np.abs(vectors).max(axis=1, keepdims=True)
    scaled_vectors: ByteVectors = np.rint(vectors * (127 / largest_numbers)).astype(np.int8)
    return scaled_vectors


def sign_bits(rows: ByteVectors) -> SignBits:
    """The signs of each row, as six words of 64 bits."""
    return np.packbits(rows > 0, axis=1).view(np.uint64)


def first_half_distances(blocks: SignBits, signs: SignBits) -> npt.NDArray[np.uint8]:
    """Count the signs in the first half of each column of each block that differ from `signs`.

    A column has six words, as `signs` has; a count is at most 192.
    """
    counts = np.empty((len(blocks), blocks.shape[2]), np.uint8)
    for block, block_counts in zip(blocks, counts, strict=True):
        np.bitwise_count(block[0] ^ signs[0], out=block_counts)
        for word in range(1, SIGN_WORDS // 2):
            block_counts += np.bitwise_count(block[word] ^ signs[word])
    return counts


def second_half_distances(rows: SignBits, signs: SignBits) -> npt.NDArray[np.intp]:
    """Count the signs in the second half that differ from `signs`; each row has the three words of
    that half."""
    counts: npt.NDArray[np.intp] = np.bitwise_count(rows ^ signs[SIGN_WORDS // 2 :]).sum(
        axis=1, dtype=np.intp
    )
    return counts


def cosines(rows: ByteVectors, vector: UnitVectors) -> npt.NDArray[np.float32]:
    """The cosine of the angle between each row and a unit vector; 0 for empty rows."""
    numbers = rows.astype(np.float32)
    lengths = np.maximum(np.linalg.norm(numbers, axis=1), 1)
    result: npt.NDArray[np.float32] = (numbers @ vector) / lengths
    return result
