"""Keys by which the claims are found that may report or deny the same statement. No I/O.

If one content repeats another, or a part of it, nearly all neighbouring words of one are neighbours
in the other. So a key is a pair of neighbouring content words, in any order. A claim is stored with
the rarest of every few of its pairs, and finds others by all of them. Words that are synonyms or
opposites count as one, so that "rose" finds "fell".
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.languages.table import negation
from bot.languages.wordlist import is_listed
from bot.model import Claim
from bot.search.engine.words import letters, normalise
from bot.search.tokenized import NUMBER_WORDS, UNITS, base_stem, content_stem, tokenize
from bot.statements.clauses import COMMON_STEMS, OPPOSITE_SIDES, synonym_stem

Numbers = npt.NDArray[np.int64]

_BLOCK, _FEW = 3, 6
"""One of at most so many neighbouring pairs is stored, but all if there are few."""
MAX_ROWS = 32
"""How many statements are stored with a pair; it would find too many."""
_HASH_BITS, _WEIGHT_BITS, _WORD_BITS = 30, 6, 59
_AROUND = 8
"""How many words a negation is away from words that it may negate."""
_COMMON = 10
"""How many letters a common word counts less."""
_MAX_DISTANCE = 3
"""How far apart two words near a negation may be for a pair by which others are found."""
_MIN_POSITIVE = 4
"""The least letters of a word after "un" or "non" that these negate."""
NEGATES, ONE_SIDE, OTHER_SIDE, IS_ATTRIBUTION = (1 << _WORD_BITS + bit for bit in range(4))
"""What a signature tells beside the bits for its claim's words: whether near those of its key there
is a negation, and a word of the one side of a pair of opposites, or of the other."""
WORDS = (1 << _WORD_BITS) - 1
_NUMBER_STEMS = frozenset(map(base_stem, (*NUMBER_WORDS, *UNITS)))


class Keys(NamedTuple):
    """The keys by which claims find others: whose each is (the claim's number), its weight, as rare
    words are heavier, and its `signatures`, with bits for all words of its claim.

    The last keys are those for all words of each claim, in order.
    """

    keys: Numbers
    owners: Numbers
    weights: Numbers
    blocks: Numbers
    signatures: Numbers

    def stored(self, rows: Numbers | None = None) -> Numbers:
        """The places of the keys that claims are stored with, given how many rows each key has.

        They are the rarest pair of each block, unless it has enough rows; a claim without any pair
        that has not is stored with all its words.
        """
        rows = np.zeros_like(self.keys) if rows is None else rows
        claims = int(self.owners[-1]) + 1 if len(self.owners) else 0
        order = np.lexsort((self.keys, -self.weights, rows >= MAX_ROWS, self.blocks))
        order = order[: np.searchsorted(self.blocks[order], claims << 32)]
        is_first = np.diff(self.blocks[order], prepend=-1) != 0
        chosen = order[is_first]
        chosen = chosen[np.lexsort((self.owners[chosen], self.keys[chosen]))]
        keys = self.keys[chosen]
        ranks = np.arange(len(keys)) - np.searchsorted(keys, keys)
        chosen = chosen[rows[chosen] + ranks < MAX_ROWS]
        rest = np.setdiff1d(np.arange(claims), self.owners[chosen])
        return np.concatenate([chosen, rest + len(self.keys) - claims])


def keys_of(claims: Sequence[Claim]) -> Keys:
    """Find the keys of claims."""
    packed: list[int] = []
    starts: list[int] = []
    for claim in claims:
        folded = normalise(claim.text).replace("n't", " not")
        starts.append(len(packed))
        # The speaker, whom "she" means in the content.
        name = letters(normalise(claim.speaker or ""))
        packed.append(_PACKED[name[-1]] if name else 0)
        packed += map(_PACKED.__getitem__, letters(folded))
        packed.append(0)
    flat, first_places = np.array(packed, np.int64), np.array(starts, np.int64)
    hashes = flat & (1 << _HASH_BITS) - 1
    every = np.arange(len(claims))
    owners = np.repeat(every, np.diff([*starts, len(flat)]))
    said = hashes.copy()
    said[first_places] = 0
    words = np.bitwise_or.reduceat(np.where(said, 1 << said % _WORD_BITS, 0), starts)
    is_attribution = [claim.kind == "attribution" for claim in claims]
    words |= np.array(is_attribution, np.int64) * IS_ATTRIBUTION
    # Odd numbers, of which no product is zero.
    whole = np.multiply.reduceat(said * 2 + 1, starts) & (1 << 62) - 1

    # Negations and opposites count for the words around them.
    places = np.arange(len(flat))
    first = np.maximum(places - _AROUND, first_places[owners])
    last = np.minimum(places + _AROUND, np.array([*starts[1:], len(flat)])[owners] - 1)
    signs = np.zeros_like(flat)
    for sign, bit in ((NEGATES, 1), (ONE_SIDE, 2), (OTHER_SIDE, 4)):
        total = np.cumsum(flat >> _HASH_BITS + _WEIGHT_BITS & bit != 0)
        total = np.concatenate([[0], total])
        signs |= (total[last + 1] > total[first]) * sign
    signs |= np.array([claim.stance == "denied" for claim in claims])[owners] * NEGATES

    places = np.flatnonzero(hashes)
    weights = flat >> _HASH_BITS & (1 << _WEIGHT_BITS) - 1
    numbers = np.arange(len(places))
    parts = []
    for distance in range(1, _MAX_DISTANCE + 1):
        at, after = places[:-distance], places[distance:]
        is_pair = owners[at] == owners[after]
        if distance > 1:
            is_pair &= signs[at] | signs[after] != 0
        at, after, of = at[is_pair], after[is_pair], owners[at[is_pair]]
        if distance == 1:
            counts = np.bincount(of, minlength=len(claims))
            sizes = np.clip(-(-counts // _FEW), 1, _BLOCK)[of]
            blocks = (of << 32) + numbers[: len(at)] // sizes
        else:
            blocks = of + (len(claims) << 32)
        signed = words[of] | signs[at] | signs[after]
        parts.append((hashes[at] * hashes[after], of, weights[at] + weights[after], blocks, signed))
    for number in np.flatnonzero(counts == 0).tolist():
        whole[number] = _hash(" ".join(tokenize(claims[number].text).parts), 7)
    last_block = every + (len(claims) << 32)
    signed = words | np.bitwise_or.reduceat(signs, starts)
    parts.append((whole, every, np.zeros_like(every), last_block, signed))
    return Keys(*map(np.concatenate, zip(*parts, strict=True)))


class _Packed(dict[str, int]):
    """For each folded word: the number of its stem, how rare it is, and what it does, in bits."""

    def __missing__(self, printed: str) -> int:
        word = printed
        if len(self) > 200_000:
            self.clear()
        does = int(word in negation.NEGATION_WORDS or word.startswith(negation.DENIAL_STARTS))
        for prefix in negation.PRODUCTIVE_PREFIXES:
            positive = word.removeprefix(prefix)
            if len(word) > len(positive) >= _MIN_POSITIVE and is_listed(positive):
                word, does = positive, 1
        content = content_stem(word)
        stem = synonym_stem(word)
        packed = 0
        if content and content not in _NUMBER_STEMS:
            group, side = OPPOSITE_SIDES.get(stem, ("", None))
            does |= 0 if side is None else 2 << side
            weight = max(0, min(len(content), 40) - _COMMON * (content in COMMON_STEMS))
            packed = _hash(group or stem or content, 4) >> 2 | weight << _HASH_BITS
        self[printed] = packed | does << _HASH_BITS + _WEIGHT_BITS
        return self[printed]


_PACKED = _Packed()


def _hash(text: str, size: int) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=size).digest())
