"""Find near-duplicates: a wire story cut, edited or added to by several outlets. Pure.

Texts are compared by their shingles, the runs of four words that they hold (Broder, "On the
resemblance and containment of documents", 1997). Those that may be the same are found by MinHash
and banding (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3), and then
compared whole.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

import numpy as np

SHINGLE_WORDS = 4
"""Words. With three, templates (weather, results) come near one another; with five, a text that was
retouched goes too far from itself."""

MIN_SHARED = 0.65
"""Share of the shorter text's shingles that must stand in the longer. Measured: near_pairs.py."""

MIN_LENGTH_RATIO = 0.3
"""Minimum length of the shorter text as a share of the longer: a quotation is not a copy."""

MIN_SHINGLES = 24
"""Texts with fewer shingles must be identical, since so few may coincide by chance."""

MAX_CHARACTERS = 100_000
"""Only so many characters are compared, more than nearly any article has: a book or a table of
megabytes would block all writers for minutes."""

BANDS, ROWS = 32, 3
"""A pair of Jaccard similarity s shares a band with probability 1 - (1 - s³)³²: .99 at a half (a
text and its first half), .03 at a tenth (two texts with the same footer)."""

# Chinese and Japanese write no spaces: there a character is a word.
_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff]|[^\\W_\u3040-\u30ff\u3400-\u9fff]+")


def bands(text: str) -> list[int]:
    """The bands of a text: signed 64-bit numbers; near-duplicates share at least one.

    Empty for a text without words.
    """
    hashes = np.array([_number(shingle) for shingle in sorted(_shingles(text))], np.uint64)
    if not hashes.size:
        return []
    # Each row of factors makes another order of all shingles; the least in it stands for the text.
    least = np.array([(hashes * factor + term).min() for factor, term in _ORDERS])
    rows = (least >> np.uint64(32)).astype(">u4").reshape(BANDS, ROWS)
    return [_number(f"{band} {row.tobytes().hex()}", signed=True) for band, row in enumerate(rows)]


def is_near_duplicate(one: str, other: str) -> bool:
    """Tell whether one text is the other with little changed, cut or added.

    Additions or cuts may be twice as long as the rest, but at most a third of the shorter text may
    be its own: an update that is half new is another text.
    """
    shorter, longer = sorted((_shingles(one), _shingles(other)), key=len)
    if len(shorter) < MIN_SHINGLES:
        return bool(shorter) and shorter == longer
    if len(shorter) < MIN_LENGTH_RATIO * len(longer):
        return False
    shared = shorter & longer
    if len(shared) < MIN_SHARED * len(shorter):
        return False
    return len(_numbers(shared)) >= MIN_SHARED * len(_numbers(shorter))


def _numbers(shingles: set[str]) -> set[str]:
    """The numbers in shingles. Machine-written texts on two earthquakes differ only in these;
    people who edit a story keep them."""
    return {word for shingle in shingles for word in shingle.split() if word.isdecimal()}


def _shingles(text: str) -> set[str]:
    """The runs of words, folded so that quotes, dashes, case and spacing make no difference."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).casefold())
    last = max(1, len(words) - SHINGLE_WORDS + 1) if words else 0
    return {" ".join(words[at : at + SHINGLE_WORDS]) for at in range(last)}


def _number(text: str, *, signed: bool = False) -> int:
    digest = hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, signed=signed)


def _orders() -> Iterator[tuple[np.uint64, np.uint64]]:
    for number in range(BANDS * ROWS):
        # An odd factor maps 64-bit numbers one to one.
        yield np.uint64(_number(f"factor {number}") | 1), np.uint64(_number(f"term {number}"))


_ORDERS = tuple(_orders())
