"""Spelling: which words of the index a mistyped word may stand for.

Words are looked up by symmetric deletions (Garbe's SymSpell): two words within two edits of each
other share a form of their first eight letters with at most two letters deleted. The forms of the
whole vocabulary are hashed into one sorted array; what a look-up brings is checked with rapidfuzz.
One more form of each word is how it sounds, so that names are found in other transliterations.
"""

from __future__ import annotations

import math
import os
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

from bot.search.spelling.sounds import sounds

_LONGEST_WORD = 40

_PREFIX = 8
_DELETED = [gone for count in range(3) for gone in combinations(range(_PREFIX), count)]
_LAST_DELETED = np.array([max(gone, default=-1) for gone in _DELETED])

_SHORT_WORD = 5
"""Letters; one slip is forgiven between words of up to so many, two where one is longer."""
_SOUNDING = 6
"""Letters from which a word that only sounds the same is taken for another."""
_FURTHEST = 4
"""Edits between two spellings of one sound."""
_MOST_CANDIDATES = 25
_MOST_REMEMBERED = 1_000

# What a slip costs; one that hands make often costs less. Tried on made-up slips of four kinds.
_SWAPPED, _DOUBLED, _DROPPED = 0.9, 0.9, 0.9
_NEXT_KEY = MAX_LIKELY_SLIP = 1.0  # up to so much it is one of these
_STRAY, _OTHER_LETTER = 1.2, 1.5
_SOUNDS_THE_SAME = 2.5
_OTHER_FIRST_LETTER = 0.4
_COMMONNESS = 0.125

Hashes = npt.NDArray[np.uint32]

_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LARGE = 1_000_000
"""Bytes from which a file is mapped into memory rather than read."""
_LOWER, _OWNER = np.uint64(32), np.uint64(2**32 - 1)
_WORDS, _FORMS = "words.txt", "forms.npy"
_TORN = (EOFError, OverflowError, MemoryError, SyntaxError, TokenError)
"""What numpy raises beside ValueError where an array's file is torn."""


class Candidate(NamedTuple):
    """A word that may have been meant; the lower `cost`, the likelier. `slip` is what of it the
    slips alone cost, however common the word is."""

    word: str
    cost: float
    slip: float


def can_be_mistyped(word: str) -> bool:
    """Whether slips are looked for: nobody mistypes a number into a better one, and of a word of
    one letter ("Q", "李") nothing is left that any other would share."""
    return word.isalpha() and 1 < len(word) <= _LONGEST_WORD


class Lexicon:
    """Words, how many claims hold each, and the sorted hashes of their forms.

    A form is a hash in the upper 32 bits and the place of its word in the lower ones. Building
    takes about 2 s and 60 MB for 250,000 words; a saved one is mapped into memory, not loaded.
    """

    def __init__(
        self, spelled: list[str], counts: npt.NDArray[np.int32], forms: npt.NDArray[np.uint64]
    ) -> None:
        self._spelled = spelled
        self._counts = counts
        self._forms = forms.view(np.ndarray)  # which is much quicker to cut than a memmap
        self._lengths = np.fromiter(map(len, spelled), np.uint8, len(spelled))
        self._places = {word: place for place, word in enumerate(spelled)}

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Lexicon:
        """Make one of words with the number of claims that hold each."""
        spelled = list(filter(can_be_mistyped, counts))
        forms = [_hashed(*_deletions(spelled)), _hashed(*_sounding(spelled))]
        numbers = np.fromiter((counts[word] for word in spelled), np.int32, len(spelled))
        return cls(spelled, numbers, np.sort(np.concatenate(forms)))

    @classmethod
    def load(cls, folder: Path) -> Lexicon:
        """Open what `save` wrote. Raises OSError or ValueError where it is missing or torn."""
        number, *fields = (folder / _WORDS).read_text(encoding="utf-8").split()
        large = (folder / _FORMS).stat().st_size > _LARGE
        try:
            spelled, counts = fields[::2], np.array(fields[1::2], dtype=np.int32)
            forms = np.load(folder / _FORMS, mmap_mode="r" if large else None, allow_pickle=False)
            whole = len(spelled) == len(counts) == int(number)
            whole = whole and forms.dtype == np.uint64 and forms.ndim == 1
            # Of a mapped one this would read all of it.
            whole = whole and (large or not np.any(forms & _OWNER >= len(spelled)))
            if whole:
                return cls(spelled, counts, forms)
        except _TORN as error:
            raise ValueError("the vocabulary is torn") from error
        raise ValueError("the vocabulary is torn")

    def save(self, folder: Path) -> None:
        """Write the words as text and the forms as an array that can be mapped into memory."""
        lines = zip(self._spelled, self._counts.tolist(), strict=True)
        text = "".join(f"{word} {count}\n" for word, count in lines)
        with (folder / _WORDS).open("wb") as words, (folder / _FORMS).open("wb") as forms:
            words.write(f"{len(self)}\n{text}".encode())
            np.save(forms, self._forms)
            for file in (words, forms):
                file.flush()
                os.fsync(file.fileno())

    def __len__(self) -> int:
        return len(self._spelled)

    def __contains__(self, word: str) -> bool:
        return word in self._places

    def count(self, word: str) -> int:
        """How many claims held the word when this was made."""
        place = self._places.get(word)
        return 0 if place is None else int(self._counts[place])

    def sharing(self, hashes: Hashes, shortest: int, longest: int) -> list[str]:
        """The words of so many letters that have a form with one of these hashes, each once."""
        if not hashes.size:  # to ask numpy for nothing takes as long as for something
            return []
        first = hashes.astype(np.uint64) << _LOWER
        starts = self._forms.searchsorted(first)
        ends = self._forms.searchsorted(first | _OWNER, "right")
        shared = (starts < ends).nonzero()[0].tolist()
        spans = [self._forms[starts[at] : ends[at]] for at in shared]
        if not spans:
            return []
        owners = (np.concatenate(spans) & _OWNER).astype(np.intp)
        lengths = self._lengths[owners]  # looking at each word takes longer
        fit = owners[(lengths >= shortest) & (lengths <= longest)]
        return [self._spelled[owner] for owner in set(fit.tolist())]


class Vocabulary:
    """The words that a slip may stand for: those of a lexicon, and `fresh` ones beside them."""

    def __init__(self, lexicon: Lexicon, fresh: Iterable[str] = ()) -> None:
        self._lexicon = lexicon
        self._fresh = Lexicon.of({word: 1 for word in fresh if word not in lexicon})
        # A query that finds nothing asks for the same words again, with and without slips.
        self.near = lru_cache(maxsize=_MOST_REMEMBERED)(self._near)

    def count(self, word: str) -> int:
        """How many claims hold the word, about."""
        return self._lexicon.count(word) or self._fresh.count(word)

    def _near(self, word: str) -> Sequence[Candidate]:
        """The likeliest words that `word` may be a slip for, itself among them if it is known.

        At most 25, best first; none for a word with digits.
        """
        if not can_be_mistyped(word):
            return ()
        costs = dict(self._alike(word, _sounding([word])[0], _FURTHEST))
        costs = {other: max(cost, _SOUNDS_THE_SAME) for other, cost in costs.items()}
        costs |= dict(self._alike(word, _deletions([word])[0], 2))
        candidates = (
            Candidate(other, slip - _COMMONNESS * math.log1p(self.count(other)), slip)
            for other, slip in costs.items()
        )
        return tuple(sorted(candidates, key=lambda one: (one.cost, one.word))[:_MOST_CANDIDATES])

    def _alike(self, word: str, hashes: Hashes, furthest: int) -> Iterator[tuple[str, float]]:
        """The words that share a form and are not too far away, with what the slips cost."""
        lengths = len(word) - furthest, len(word) + furthest
        found = self._lexicon.sharing(hashes, *lengths) + self._fresh.sharing(hashes, *lengths)
        if not found:
            return
        edits = cdist([word], found, scorer=OSA.distance, score_cutoff=furthest)[0]
        for place in np.flatnonzero(edits <= furthest).tolist():
            other, distance = found[place], int(edits[place])
            if distance < 2 or max(len(word), len(other)) > _SHORT_WORD:
                yield other, _slips(word, other, distance)


def slips(typed: str, meant: str) -> float:
    """What the slips cost by which one word would be typed for another; infinite from three on."""
    distance = OSA.distance(typed, meant, score_cutoff=2)
    return _slips(typed, meant, distance) if distance <= 2 else math.inf


def _slips(typed: str, meant: str, distance: int) -> float:
    first = _OTHER_FIRST_LETTER if typed[0] != meant[0] else 0.0
    return first + (_slip(typed, meant) if distance == 1 else distance)


def _slip(typed: str, meant: str) -> float:
    """What a single slip costs, by its kind."""
    first = 0
    while typed[first : first + 1] == meant[first : first + 1]:
        first += 1
    if len(typed) < len(meant):
        return _DROPPED
    letter = typed[first]
    if len(typed) > len(meant):
        return _DOUBLED if typed[first - 1 : first] == letter else _STRAY
    if typed[first + 1 :] != meant[first + 1 :]:
        return _SWAPPED
    return _NEXT_KEY if meant[first] in _NEIGHBOURS.get(letter, "") else _OTHER_LETTER


def _deleting() -> npt.NDArray[np.uint32]:
    """A matrix that makes of eight letters the hash of each form. A form's hash is a sum of
    products, in which the empty cells behind a short word count for nothing."""
    factors = np.random.default_rng(8).integers(1, 2**32, _PREFIX, dtype=np.uint32) | np.uint32(1)
    matrix = np.zeros((_PREFIX, len(_DELETED)), dtype=np.uint32)
    for form, gone in enumerate(_DELETED):
        kept = [column for column in range(_PREFIX) if column not in gone]
        matrix[kept, form] = factors[: len(kept)]
    return matrix


_DELETING = _deleting()


def _neighbours() -> dict[str, str]:
    """The letters beside, above and below each on a QWERTY keyboard, whose rows are staggered."""
    around: dict[str, str] = {}
    for row, letters in enumerate(_KEYBOARD):
        for place, letter in enumerate(letters):
            beside = letters[max(0, place - 1) : place] + letters[place + 1 : place + 2]
            above = _KEYBOARD[row - 1][place : place + 2] if row else ""
            below = _KEYBOARD[row + 1][max(0, place - 1) : place + 1] if row < 2 else ""
            around[letter] = beside + above + below
    return around


_NEIGHBOURS = _neighbours()


def _hashed(hashes: Hashes, owners: npt.NDArray[np.intp]) -> npt.NDArray[np.uint64]:
    """Put the place of its word behind each hash."""
    return hashes.astype(np.uint64) << _LOWER | owners.astype(np.uint64)


def _deletions(words: list[str]) -> tuple[Hashes, npt.NDArray[np.intp]]:
    """Hash every form of the words' first letters with up to two deleted.

    Returns the hashes, and the position in `words` that each belongs to.
    """
    letters, lengths = _letters(words)
    owners, forms = np.nonzero(lengths[:, None] > _LAST_DELETED)
    return (letters @ _DELETING)[owners, forms], owners


def _sounding(words: list[str]) -> tuple[Hashes, npt.NDArray[np.intp]]:
    """Hash how the words sound, of those that are long enough; returns as _deletions does."""
    # In capitals, so that no sound is the form of another word.
    sounded = [sound.upper() for sound in sounds(words)]
    told = [len(w) >= _SOUNDING and len(s) > 2 for w, s in zip(words, sounded, strict=True)]
    owners = np.flatnonzero(told)
    return _letters([sounded[owner] for owner in owners])[0] @ _DELETING[:, 0], owners


def _letters(words: list[str]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.intp]]:
    """The first eight letters of each word as a row of code points, and how many there are."""
    prefixes = np.array(words, dtype=f"U{_PREFIX}")
    letters = prefixes.view(np.uint32).reshape(len(words), _PREFIX)
    return letters, np.count_nonzero(letters, axis=1)
