"""Find the indexed words that a mistyped word may stand for.

Words are looked up by symmetric deletions (Garbe's SymSpell): two words within two edits of each
other share a form of their first eight letters with at most two letters deleted. The hashes of the
whole vocabulary's forms are one sorted array; rapidfuzz then measures the words that share a form.
A word's phonetic key is one more form, so that names are found in other transliterations.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from tokenize import TokenError
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

_MAX_WORD_LENGTH = 40
_MAX_EDITS = 2
"""Maximum number of edits between a typed and a similar word."""

_PREFIX_LENGTH = 8
_DELETIONS = [
    columns
    for count in range(_MAX_EDITS + 1)
    for columns in combinations(range(_PREFIX_LENGTH), count)
]
"""The positions of the deleted letters, for each form of a word."""
_LAST_DELETED = np.array([max(columns, default=-1) for columns in _DELETIONS])
"""The last of these positions, or -1 if no letter is deleted."""

_FACTORS = (
    *(3090441205, 1404335235, 1007195001, 4240321755),
    *(756055013, 1368852629, 2760064839, 3386791891),
)
"""Random odd numbers, by which the letters of a form are multiplied to get its hash."""

_MAX_SHORT_WORD_LENGTH = 5
"""Length of words between which only one edit is allowed; if either is longer, two are."""
_MIN_PHONETIC_LENGTH = 6
"""Minimum length of a word that is found by its phonetic key."""
_MAX_PHONETIC_EDITS = 4
"""Maximum number of edits between two words with the same phonetic key."""
_MAX_CANDIDATES = 25
_CACHE_SIZE = 1_000

# The costs of typing errors; frequent ones cost less. Tuned on made-up errors of four kinds.
_SWAP_COST, _DOUBLED_LETTER_COST, _DROPPED_LETTER_COST = 0.9, 0.9, 0.9
_NEIGHBOURING_KEY_COST = MAX_LIKELY_COST = 1.0  # each frequent error costs at most this
_EXTRA_LETTER_COST, _WRONG_LETTER_COST = 1.2, 1.5
_SAME_SOUND_COST = 2.5
_WRONG_FIRST_LETTER_COST = 0.4
_FREQUENCY_BONUS = 0.125

Hashes = npt.NDArray[np.uint32]

_MERGED_CONSONANTS = {
    **dict.fromkeys(("tsch", "tch", "ch", "cz"), "C"),
    **dict.fromkeys(("sch", "sh", "zh", "ts", "tz", "z"), "s"),
    **dict.fromkeys(("kh", "gh"), "h"),
    **dict.fromkeys(("ck", "c", "q", "g"), "k"),
    "dh": "d",
    "th": "t",
    "ph": "f",
    "w": "v",
}
_CONSONANTS = re.compile("|".join(sorted(_MERGED_CONSONANTS, key=len, reverse=True)))
# \B: not a word's first letter.
_INNER_VOWELS = re.compile(r"\B[aeiouyj]+")
_DOUBLED_LETTER = re.compile(r"([^\W\d_])\1+")

_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_MIN_MAPPED_SIZE = 1_000_000
"""Size in bytes from which a file is mapped into memory rather than read."""
_HASH_SHIFT, _POSITION_MASK = np.uint64(32), np.uint64(2**32 - 1)
_WORDS_FILE, _FORMS_FILE = "words.txt", "forms.npy"
_CORRUPT_FILE_ERRORS = (EOFError, OverflowError, MemoryError, SyntaxError, TokenError)
"""The errors that numpy raises, besides ValueError, for a corrupt file."""


class Candidate(NamedTuple):
    """A word that the user may have meant; the lower its `cost`, the likelier.

    `typing_cost` is the cost of the typing errors alone, however common the word is; about
    `claims` claims have it.
    """

    word: str
    cost: float
    typing_cost: float
    claims: int


def can_be_mistyped(word: str) -> bool:
    """Whether a word can be corrected: it has at least two characters, all of them letters."""
    return word.isalpha() and 1 < len(word) <= _MAX_WORD_LENGTH


class Lexicon:
    """Words, the number of claims that have each, and the sorted hashes of their forms.

    A form has its hash in the upper 32 bits and the position of its word in the lower ones.
    Building takes about 2 s and 60 MB for 250,000 words; a large saved file is mapped into memory.
    """

    def __init__(self, lines: bytes, forms: npt.NDArray[np.uint64]) -> None:
        """Raises ValueError if `lines` are not those of words, each with its count."""
        self._lines = lines
        self._forms = forms.view(np.ndarray)  # slicing this is much faster than a memmap
        characters = np.frombuffer(lines, np.uint8)
        self._spaces, self._ends = (np.flatnonzero(characters == ord(char)) for char in " \n")
        self._starts = np.append(0, self._ends + 1)[:-1]
        if len(self._spaces) != len(self._ends) or np.any(self._spaces <= self._starts):
            raise ValueError("the vocabulary is corrupt")
        # Without UTF-8's further bytes.
        letters_so_far = np.cumsum(characters & 0xC0 != 0x80, dtype=np.uint32)
        lengths = letters_so_far[self._spaces] - letters_so_far[self._starts]
        self._lengths = lengths.astype(np.uint8)

    @classmethod
    def build(cls, counts: Mapping[str, int]) -> Lexicon:
        """Build a lexicon of words with the number of claims that have each."""
        words = list(filter(can_be_mistyped, counts))
        forms = [_pack(*_deletion_hashes(words)), _pack(*_phonetic_hashes(words))]
        lines = "".join(f"{word} {counts[word]}\n" for word in words)
        return cls(lines.encode(), np.sort(np.concatenate(forms)))

    @classmethod
    def load(cls, folder: Path) -> Lexicon:
        """Open what `save` wrote. Raises OSError or ValueError if it is missing or corrupt."""
        size, _, lines = (folder / _WORDS_FILE).read_bytes().partition(b"\n")
        is_mapped = (folder / _FORMS_FILE).stat().st_size > _MIN_MAPPED_SIZE
        try:
            forms = np.load(
                folder / _FORMS_FILE, mmap_mode="r" if is_mapped else None, allow_pickle=False
            )
            is_valid = forms.dtype == np.uint64 and forms.ndim == 1
            # For a mapped file, this check would read all of it.
            is_valid = is_valid and (is_mapped or not np.any(forms & _POSITION_MASK >= int(size)))
            if is_valid and len(lexicon := cls(lines, forms)) == int(size):
                return lexicon
        except _CORRUPT_FILE_ERRORS as error:
            raise ValueError("the vocabulary is corrupt") from error
        raise ValueError("the vocabulary is corrupt")

    def save(self, folder: Path) -> None:
        """Write the words as text and the forms as an array that can be mapped into memory."""
        with (folder / _WORDS_FILE).open("wb") as words, (folder / _FORMS_FILE).open("wb") as forms:
            words.write(f"{len(self)}\n".encode() + self._lines)
            np.save(forms, self._forms)
            for file in (words, forms):
                file.flush()
                os.fsync(file.fileno())

    def __len__(self) -> int:
        return len(self._starts)

    def positions(self, words: Iterable[str]) -> dict[str, int]:
        """The positions of those of these words that it has."""
        correctable = list(filter(can_be_mistyped, words))
        if not correctable:
            return {}
        letters, _ = _letters(correctable)
        spans = self._spans(letters @ _DELETION_MATRIX[:, 0])
        return {
            word: position
            for word, span in zip(correctable, spans, strict=True)
            for position in (span & _POSITION_MASK).tolist()
            if self._lines[self._starts[position] : self._spaces[position]] == word.encode()
        }

    def count(self, position: int) -> int:
        """How many claims had the word at a position when the lexicon was built."""
        return int(self._lines[self._spaces[position] : self._ends[position]])

    def find_by_hashes(self, hashes: Hashes, min_length: int, max_length: int) -> dict[str, int]:
        """Find the words of these lengths that have a form with one of these hashes; returns them
        with their positions."""
        if not (hashes.size and len(self)):  # numpy is slow even for empty arrays
            return {}
        spans = self._spans(hashes)
        positions = (np.concatenate(spans) & _POSITION_MASK).astype(np.intp)
        lengths = self._lengths[positions]  # faster than measuring each word
        matches = positions[(lengths >= min_length) & (lengths <= max_length)]
        starts, ends = self._starts[matches].tolist(), self._spaces[matches].tolist()
        return {
            self._lines[start:end].decode(): position
            for start, end, position in set(zip(starts, ends, matches.tolist(), strict=True))
        }

    def _spans(self, hashes: Hashes) -> list[npt.NDArray[np.uint64]]:
        first = hashes.astype(np.uint64) << _HASH_SHIFT
        starts = self._forms.searchsorted(first).tolist()
        ends = self._forms.searchsorted(first | _POSITION_MASK, "right").tolist()
        return [self._forms[start:end] for start, end in zip(starts, ends, strict=True)]


class Vocabulary:
    """The words by which a query may be corrected: those of a lexicon, and words added since."""

    def __init__(self, lexicon: Lexicon, added_words: Iterable[str] = ()) -> None:
        self._lexicon = lexicon
        added_words = set(added_words)
        added_words -= lexicon.positions(added_words).keys()
        self._added_lexicon = Lexicon.build(dict.fromkeys(added_words, 1))
        # A query that finds nothing looks up the same words several times.
        self.similar_words = lru_cache(maxsize=_CACHE_SIZE)(self._similar_words)

    def count(self, word: str) -> int:
        """About how many claims have the word."""
        position = self._lexicon.positions([word]).get(word)
        if position is None:
            return len(self._added_lexicon.positions([word]))
        return self._lexicon.count(position)

    def _similar_words(self, word: str) -> Sequence[Candidate]:
        """The likeliest words that `word` may be a misspelling of, including itself if indexed.

        At most 25, best first; empty for a word with digits.
        """
        if not can_be_mistyped(word):
            return ()
        phonetic_matches = self._costs(word, _phonetic_hashes([word])[0], _MAX_PHONETIC_EDITS)
        found = {
            other: (max(cost, _SAME_SOUND_COST), count) for other, cost, count in phonetic_matches
        }
        matches = self._costs(word, _deletion_hashes([word])[0], _MAX_EDITS)
        found |= {other: (cost, count) for other, cost, count in matches}
        candidates = (
            Candidate(other, cost - _FREQUENCY_BONUS * math.log1p(count), cost, count)
            for other, (cost, count) in found.items()
        )
        ranked = sorted(candidates, key=lambda candidate: (candidate.cost, candidate.word))
        return tuple(ranked[:_MAX_CANDIDATES])

    def _costs(self, word: str, hashes: Hashes, max_edits: int) -> Iterator[tuple[str, float, int]]:
        """Yield the words that share a form and are within `max_edits`, each with the cost of the
        typing errors and its count."""
        lengths = len(word) - max_edits, len(word) + max_edits
        known = self._lexicon.find_by_hashes(hashes, *lengths)
        words = [*known, *self._added_lexicon.find_by_hashes(hashes, *lengths)]
        if not words:
            return
        distances = cdist([word], words, scorer=OSA.distance, score_cutoff=max_edits)[0]
        for index in np.flatnonzero(distances <= max_edits).tolist():
            other, distance = words[index], int(distances[index])
            if distance < 2 or max(len(word), len(other)) > _MAX_SHORT_WORD_LENGTH:
                count = self._lexicon.count(known[other]) if other in known else 1
                yield other, _cost_of_edits(word, other, distance), count


def typing_cost(typed: str, intended: str) -> float:
    """The cost of the errors that turn one word into another; infinite for more than two."""
    distance = OSA.distance(typed, intended, score_cutoff=_MAX_EDITS)
    return _cost_of_edits(typed, intended, distance) if distance <= _MAX_EDITS else math.inf


def _cost_of_edits(typed: str, intended: str, distance: int) -> float:
    first = _WRONG_FIRST_LETTER_COST if typed[0] != intended[0] else 0.0
    return first + (_cost_of_one_edit(typed, intended) if distance == 1 else distance)


def _cost_of_one_edit(typed: str, intended: str) -> float:
    index = 0
    while typed[index : index + 1] == intended[index : index + 1]:
        index += 1
    if len(typed) < len(intended):
        return _DROPPED_LETTER_COST
    letter = typed[index]
    if len(typed) > len(intended):
        return _DOUBLED_LETTER_COST if typed[index - 1 : index] == letter else _EXTRA_LETTER_COST
    if typed[index + 1 :] != intended[index + 1 :]:
        return _SWAP_COST
    return (
        _NEIGHBOURING_KEY_COST
        if intended[index] in _NEIGHBOURS.get(letter, "")
        else _WRONG_LETTER_COST
    )


def _deletion_matrix() -> npt.NDArray[np.uint32]:
    """The matrix by which eight letters are multiplied to get the hash of each form.

    A form's hash is a sum of products, in which the empty cells after a short word count as zero.
    """
    matrix = np.zeros((_PREFIX_LENGTH, len(_DELETIONS)), dtype=np.uint32)
    for form, deleted_columns in enumerate(_DELETIONS):
        kept_columns = [column for column in range(_PREFIX_LENGTH) if column not in deleted_columns]
        matrix[kept_columns, form] = _FACTORS[: len(kept_columns)]
    return matrix


_DELETION_MATRIX = _deletion_matrix()


def _neighbours() -> dict[str, str]:
    """The letters beside, above and below each on a QWERTY keyboard, whose rows are staggered."""
    neighbours: dict[str, str] = {}
    for row, letters in enumerate(_KEYBOARD):
        for column, letter in enumerate(letters):
            left_column = max(0, column - 1)
            beside = letters[left_column:column] + letters[column + 1 : column + 2]
            above = _KEYBOARD[row - 1][column : column + 2] if row else ""
            below = _KEYBOARD[row + 1][left_column : column + 1] if row < 2 else ""
            neighbours[letter] = beside + above + below
    return neighbours


_NEIGHBOURS = _neighbours()


def _pack(hashes: Hashes, positions: npt.NDArray[np.intp]) -> npt.NDArray[np.uint64]:
    return hashes.astype(np.uint64) << _HASH_SHIFT | positions.astype(np.uint64)


def _deletion_hashes(words: list[str]) -> tuple[Hashes, npt.NDArray[np.intp]]:
    """Hash every form of the words' first letters with up to two of them deleted.

    Returns the hashes, and the position in `words` that each belongs to.
    """
    letters, lengths = _letters(words)
    positions, forms = np.nonzero(lengths[:, None] > _LAST_DELETED)
    return (letters @ _DELETION_MATRIX)[positions, forms], positions


def _phonetic_hashes(words: list[str]) -> tuple[Hashes, npt.NDArray[np.intp]]:
    """Hash the phonetic keys of the words that are long enough; see `_deletion_hashes`."""
    # In capitals, so that no key is a form of another word.
    keys = [key.upper() for key in phonetic_keys(words)]
    is_long = [
        len(word) >= _MIN_PHONETIC_LENGTH and len(key) > 2
        for word, key in zip(words, keys, strict=True)
    ]
    positions = np.flatnonzero(is_long)
    letters, _ = _letters([keys[position] for position in positions])
    return letters @ _DELETION_MATRIX[:, 0], positions


def _letters(words: list[str]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.intp]]:
    prefixes = np.array(words, dtype=f"U{_PREFIX_LENGTH}")
    letters = prefixes.view(np.uint32).reshape(len(words), _PREFIX_LENGTH)
    return letters, np.count_nonzero(letters, axis=1)


def phonetic_keys(words: list[str]) -> list[str]:
    """The phonetic key of each word; words are folded, and have letters only.

    Different transliterations of a foreign name get the same key: interchangeable consonants are
    merged, the others kept, and vowels dropped except at the start. Zelenskyy and Selenskyj are
    both "slnsk", Gaddafi and Qadhafi "kdf".
    """
    if not words:
        return []
    text = "\n".join(words)
    text = _CONSONANTS.sub(lambda match: _MERGED_CONSONANTS[match[0]], text)
    return _INNER_VOWELS.sub("", _DOUBLED_LETTER.sub(r"\1", text)).split("\n")
