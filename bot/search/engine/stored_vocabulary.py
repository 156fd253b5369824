"""The vocabulary of a generation on disk, updated as claims arrive.

    words-3/words.txt    the words of the index when this was made, with their counts
    words-3/forms.npy    the sorted hashes of their forms, mapped into memory
    words-3/fresh.txt    words of claims that were added since, one a line

Removed words stay, and counts are as of when the folder was made: both affect only the order in
which corrections are tried.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import tantivy

from bot.search.spelling.vocabulary import Lexicon, can_be_mistyped

_FRESH = "fresh.txt"
_SMALL = 2_000
_MOST_FRESH = 10_000
"""Fresh words are hashed again after every commit that brings some: 30 ms for so many."""


@dataclass(frozen=True, slots=True)
class StoredVocabulary:
    """The words of a generation: those of its newest folder, and those added to it since."""

    folder: Path
    lexicon: Lexicon = field(compare=False)
    fresh: frozenset[str]


def make(generation: Path, searcher: tantivy.Searcher) -> None:
    """Write the vocabulary of the whole index to a new folder, since others may be open."""
    counts: Counter[str] = Counter()
    for where in ("surface", "name"):
        counts.update(dict(searcher.terms_with_prefix(where, "")))
    number = max(map(_number, _folders(generation)), default=0) + 1
    unfinished = generation / "words.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    Lexicon.of(counts).save(unfinished)
    (unfinished / _FRESH).touch()
    made = unfinished.rename(generation / f"words-{number}")
    for old in _folders(generation):
        if old != made:
            shutil.rmtree(old, ignore_errors=True)


def read(generation: Path, before: StoredVocabulary | None = None) -> StoredVocabulary:
    """Open the newest vocabulary, reusing what `before` has read.

    Raises OSError or ValueError where it is missing or torn.
    """
    folder = max(_folders(generation), key=_number, default=generation / "words-1")
    lexicon = before.lexicon if before and before.folder == folder else Lexicon.load(folder)
    fresh = frozenset((folder / _FRESH).read_text(encoding="utf-8").split())
    return StoredVocabulary(folder, lexicon, fresh)


def add(book: StoredVocabulary, words: Iterable[str]) -> bool:
    """Add the words of new claims; returns True if the vocabulary should be rebuilt. A line that a
    killed process left unfinished is only one odd word more."""
    new = [
        word
        for word in words
        if can_be_mistyped(word) and word not in book.lexicon and word not in book.fresh
    ]
    with (book.folder / _FRESH).open("a", encoding="utf-8") as file:
        file.write("".join(f"\n{word}" for word in new))
    most = min(_MOST_FRESH, max(_SMALL, len(book.lexicon) // 10))
    return len(book.fresh) + len(new) > most


def _folders(generation: Path) -> list[Path]:
    return list(generation.glob("words-*"))


def _number(folder: Path) -> int:
    return int(folder.name.partition("-")[2])
