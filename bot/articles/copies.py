"""Find near-duplicates: a wire story that several outlets cut, edited or extended. No I/O.

Texts are compared by their shingles, the runs of four words in them (Broder, "On the resemblance
and containment of documents", 1997). MinHash and banding find the candidates (Leskovec, Rajaraman
and Ullman, "Mining of Massive Datasets", chapter 3), which are then compared in full.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

import numpy as np

SHINGLE_WORDS = 4
"""Words in a shingle. With three, texts from a template (weather, results) become too similar. With
five, an edited text becomes too different from the original."""

MIN_SHARED = 0.65
"""The minimum share of the shorter text's shingles that the longer text contains. Measured with
near_pairs.py."""

MIN_LENGTH_RATIO = 0.3
"""The minimum length of the shorter text, as a share of the longer: a quotation is no copy."""

MIN_SHINGLES = 24
"""Texts with fewer shingles must be identical, since so few may coincide by chance."""

MAX_CHARACTERS = 100_000
"""Longer texts are compared by their beginnings. Hardly any article is longer, and comparing a
book or a table of megabytes would block all writers for minutes."""

BANDS, ROWS = 32, 3
"""A pair of Jaccard similarity s shares a band with probability 1 - (1 - s³)³²: .99 at one half
(a text and its first half), .03 at one tenth (two texts with the same footer)."""

# Chinese and Japanese have no spaces between words, so each character counts as a word.
_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff]|[^\\W_\u3040-\u30ff\u3400-\u9fff]+")


def bands(text: str) -> list[int]:
    """Return the bands of a text as signed 64-bit numbers; near-duplicates share at least one.

    Empty for a text without words.
    """
    hashes = np.array([_hash(shingle) for shingle in sorted(_shingles(text))], np.uint64)
    if not hashes.size:
        return []
    # Each factor and term permute all shingles; the minimum of a permutation represents the text.
    minima = np.array([(hashes * factor + term).min() for factor, term in _PERMUTATIONS])
    rows = (minima >> np.uint64(32)).astype(">u4").reshape(BANDS, ROWS)
    return [_hash(f"{band} {row.tobytes().hex()}", signed=True) for band, row in enumerate(rows)]


def is_near_duplicate(text: str, other: str) -> bool:
    """Tell whether one text is the other with small changes, cuts or additions.

    Additions or cuts may be twice as long as the rest, but at most a third of the shorter text may
    be unique to it: an update that is half new is another text.
    """
    shorter, longer = sorted((_shingles(text), _shingles(other)), key=len)
    if len(shorter) < MIN_SHINGLES:
        return bool(shorter) and shorter == longer
    if len(shorter) < MIN_LENGTH_RATIO * len(longer):
        return False
    shared = shorter & longer
    if len(shared) < MIN_SHARED * len(shorter):
        return False
    return len(_numbers(shared)) >= MIN_SHARED * len(_numbers(shorter))


def _numbers(shingles: set[str]) -> set[str]:
    """The numbers in some shingles. Automated reports on two earthquakes differ only in these,
    while people who edit a story keep them."""
    return {word for shingle in shingles for word in shingle.split() if word.isdecimal()}


def _shingles(text: str) -> set[str]:
    """Return the runs of words, folded so that quotes, dashes, case and spacing make no
    difference."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).casefold())
    count = max(1, len(words) - SHINGLE_WORDS + 1) if words else 0
    return {" ".join(words[start : start + SHINGLE_WORDS]) for start in range(count)}


def _hash(text: str, *, signed: bool = False) -> int:
    digest = hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, signed=signed)


# An odd factor maps 64-bit numbers one to one.
_PERMUTATIONS = [
    (np.uint64(_hash(f"factor {number}") | 1), np.uint64(_hash(f"term {number}")))
    for number in range(BANDS * ROWS)
]
