"""The vocabulary of a generation on disk, updated as claims arrive.

    words-3/words.txt    the words of the index when this folder was created, with their counts
    words-3/forms.npy    the sorted hashes of their forms, mapped into memory
    words-3/checksums.json
    words-3/fresh.txt    words of claims that were added since, one a line

Removed words stay, and counts are as of when the folder was created: both affect only the order in
which corrections are tried.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import tantivy

from bot.search.engine.embedded.snapshot import write_checksums
from bot.search.spelling.vocabulary import Lexicon, Vocabulary, can_be_mistyped

_ADDED_FILE = "fresh.txt"
_MIN_ADDED_LIMIT, _MAX_ADDED_LIMIT = 2_000, 10_000
"""A new folder is created when a tenth of the lexicon has been added, within these bounds. After
every commit with new words, all added words are hashed again: 30 ms for 10,000."""


@dataclass(frozen=True, slots=True)
class StoredVocabulary:
    """The words of a generation: those of its newest folder, and those added to it since."""

    folder: Path
    lexicon: Lexicon = field(compare=False)
    added_words: frozenset[str]


class CachedVocabulary:
    """The vocabulary for corrections, made when it is first needed; thread-safe.

    `more_words` are correct, too.
    """

    def __init__(self, stored: StoredVocabulary, more_words: Iterable[str]) -> None:
        self._stored, self._more_words = stored, more_words
        self._vocabulary: Vocabulary | None = None
        self._lock = Lock()

    def get(self) -> Vocabulary:
        """The vocabulary."""
        with self._lock:
            if self._vocabulary is None:
                added_words = self._stored.added_words.union(self._more_words)
                self._vocabulary = Vocabulary(self._stored.lexicon, added_words)
            return self._vocabulary


def create(generation: Path, searcher: tantivy.Searcher) -> None:
    """Write the vocabulary of the whole index to a new folder; processes may still read the
    older ones."""
    counts: Counter[str] = Counter()
    for index_field in ("surface", "name"):
        counts.update(dict(searcher.terms_with_prefix(index_field, "")))
    number = max(map(_number, _folders(generation)), default=0) + 1
    temporary_folder = generation / "words.new"
    shutil.rmtree(temporary_folder, ignore_errors=True)
    temporary_folder.mkdir()
    Lexicon.build(counts).save(temporary_folder)
    write_checksums(temporary_folder)
    (temporary_folder / _ADDED_FILE).touch()
    new_folder = temporary_folder.rename(generation / f"words-{number}")
    for folder in _folders(generation):
        if folder != new_folder:
            shutil.rmtree(folder, ignore_errors=True)


def newest_folder(generation: Path) -> Path:
    """Return the folder of a generation's vocabulary; it may be missing."""
    return max(_folders(generation), key=_number, default=generation / "words-1")


def load(folder: Path, copy: Path, previous: StoredVocabulary | None = None) -> StoredVocabulary:
    """Open the vocabulary of a folder from a copy, reusing the lexicon of `previous` if it is the
    same.

    Raises OSError or ValueError if it is missing or corrupt.
    """
    is_same = previous is not None and previous.folder == folder
    lexicon = previous.lexicon if previous and is_same else Lexicon.load(copy)
    added_words = (copy / _ADDED_FILE).read_text(encoding="utf-8")
    if "\0" in added_words:
        raise ValueError(f"{_ADDED_FILE} is damaged")
    return StoredVocabulary(folder, lexicon, frozenset(added_words.split()))


def add(vocabulary: StoredVocabulary, words: Iterable[str]) -> bool:
    """Add the words of new claims; returns True if the vocabulary should be created again.

    A killed process may leave an unfinished line, which does no harm: it is just one more odd word.
    """
    new_words = {word for word in words if can_be_mistyped(word)} - vocabulary.added_words
    new_words -= vocabulary.lexicon.positions(new_words).keys()
    with (vocabulary.folder / _ADDED_FILE).open("a", encoding="utf-8") as file:
        file.write("".join(f"\n{word}" for word in new_words))
    limit = min(_MAX_ADDED_LIMIT, max(_MIN_ADDED_LIMIT, len(vocabulary.lexicon) // 10))
    return len(vocabulary.added_words) + len(new_words) > limit


def _folders(generation: Path) -> list[Path]:
    return list(generation.glob("words-*"))


def _number(folder: Path) -> int:
    return int(folder.name.partition("-")[2])
