"""Align a quotation with printed text, and say in which words the two differ. Pure.

The alignment is semi-global (Needleman and Wunsch, 1970, without a cost for the printed text before
and after): each word of the quotation is the same as a printed word, another, or in print nowhere,
and printed words may be left out in between, which costs little, so that a quotation of which much
was dropped is still found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import groupby
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.desk.words import (
    BRACKETS,
    ELLIPSIS,
    Word,
    negation_count,
    text_words,
    weight,
)
from bot.languages.table import negation
from bot.model import Span, Spans
from bot.text.quotes import quotations

OTHER_COST, ADDED_COST = 0.3, 0.35
DROPPED_COST, UNQUOTED_COST, PARAGRAPH_COST = 0.1, 0.03, 0.3
"""What it costs to leave out a printed word within and outside quotation marks, and to go on in
another paragraph."""
MIN_SCORE = 0.35
MIN_SAME_WEIGHT = 1.7
"""How much of a quotation must be printed for it to count as an altered one: the share of its
weight, and the weight itself."""

Change = Literal["negation", "figure", "joined", "changed", "added", "dropped"]
"""How a quotation differs from what is printed, the worst first."""


class Difference(NamedTuple):
    """Words of the draft and those that are printed in their place; either may be empty."""

    change: Change
    draft: Span
    printed: Span


class Comparison(NamedTuple):
    """A quotation and the printed words nearest to it.

    `score` is 1 if all its words are printed, in order. `is_quoted` tells whether the printed words
    are in quotation marks.
    """

    score: float
    printed: Span
    differences: tuple[Difference, ...]
    is_quoted: bool


class PrintedText:
    """The words of an article, with the quotation and the paragraph that each is in."""

    def __init__(self, text: str, paragraphs: Spans) -> None:
        self.text, self.words = text, text_words(text)
        self.paragraphs = paragraphs or ((0, len(text)),)
        self.quotations = tuple(
            (start + first, start + last)
            for start, end in self.paragraphs
            for first, last in quotations(text[start:end])
        )

    @cached_property
    def keys(self) -> NDArray[np.int64]:
        """A number for each word, the same for equal words."""
        return np.fromiter((hash(word.key) for word in self.words), np.int64, len(self.words))

    @cached_property
    def line(self) -> str:
        """All words as one line, each between spaces."""
        return f" {' '.join(word.key for word in self.words)} "

    @cached_property
    def quoted_in(self) -> NDArray[np.int64]:
        """The number of the quotation that each word is in, or -1."""
        return self._numbers(self.quotations)

    @cached_property
    def skip_costs(self) -> NDArray[np.float64]:
        """What it costs to leave out all words up to each."""
        paragraphs = self._numbers(self.paragraphs)
        costs = np.where(self.quoted_in >= 0, DROPPED_COST, UNQUOTED_COST)
        costs[1:] += PARAGRAPH_COST * (paragraphs[1:] != paragraphs[:-1])
        return np.concatenate(([0.0], np.cumsum(costs)))

    def _numbers(self, spans: Spans) -> NDArray[np.int64]:
        starts = np.array([start for start, _ in spans] or [0])
        ends = np.array([end for _, end in spans] or [0])
        places = np.array([word.start for word in self.words], np.int64)
        numbers = np.searchsorted(starts, places, "right") - 1
        return np.where((numbers >= 0) & (places < ends[numbers]), numbers, -1)

    def contains(self, words: Sequence[Word]) -> bool:
        """Whether these words are printed one after the other."""
        return f" {' '.join(word.key for word in words)} " in self.line

    def compare(self, words: Sequence[Word]) -> Comparison | None:
        """Compare a quotation with the printed words nearest to it; None if none are near."""
        if not words or not self.words:
            return None
        pairs, value = self._align(words)
        total = sum(weight(word.key) for word in words if word.key not in (ELLIPSIS, BRACKETS))
        same = [
            (d, p) for d, p in pairs if d is not None and p is not None and self._same(words, d, p)
        ]
        same_weight = sum(weight(words[d].key) for d, _ in same)
        if not total or not same or value < MIN_SCORE * total:
            return None
        if same_weight < min(MIN_SAME_WEIGHT, total - 0.01):
            return None
        differences = tuple(self._differences(words, pairs))
        printed = [p for _, p in same]
        span = self.words[printed[0]].start, self.words[printed[-1]].end
        quoted = self.quoted_in[printed]
        return Comparison(
            score=1.0 if not differences else min(value / total, 0.999),
            printed=span,
            differences=differences,
            is_quoted=bool((quoted >= 0).mean() > 0.5),
        )

    def _same(self, words: Sequence[Word], draft: int, printed: int) -> bool:
        return words[draft].key == self.words[printed].key

    def _align(self, words: Sequence[Word]) -> tuple[list[tuple[int | None, int | None]], float]:
        """Return pairs of indexes of words, None where one side has no word, and their value."""
        skips, keys = self.skip_costs, self.keys
        row = np.zeros(len(keys) + 1)
        rows = [row]
        for word in words:
            if word.key in (ELLIPSIS, BRACKETS):
                row = np.maximum.accumulate(row)
                if word.key == BRACKETS:  # a few printed words at most
                    row = np.maximum(rows[-1], row - 0.2)
            else:
                other = -OTHER_COST
                gain = np.where(keys == hash(word.key), weight(word.key), other)
                new = row - ADDED_COST
                new[1:] = np.maximum(new[1:], row[:-1] + gain)
                row = np.maximum.accumulate(new + skips) - skips
            rows.append(row)
        column = int(np.argmax(row))
        return self._trace(words, rows, column), float(row[column])

    def _trace(
        self, words: Sequence[Word], rows: Sequence[NDArray[np.float64]], column: int
    ) -> list[tuple[int | None, int | None]]:
        """Walk back from the end of the best alignment."""
        pairs: list[tuple[int | None, int | None]] = []
        number, tiny = len(words), 1e-9
        while number:
            word, row, above = words[number - 1], rows[number], rows[number - 1]
            if word.key in (ELLIPSIS, BRACKETS):
                origin = column
                if word.key == ELLIPSIS or abs(row[column] - above[column]) > tiny:
                    origin = int(np.argmax(above[: column + 1]))
                pairs += [(None, p) for p in range(column - 1, origin - 1, -1)]
                pairs.append((number - 1, None))
                number, column = number - 1, origin
                continue
            if column:
                gain = weight(word.key) if self.words[column - 1].key == word.key else -OTHER_COST
                if abs(above[column - 1] + gain - row[column]) < tiny:
                    pairs.append((number - 1, column - 1))
                    number, column = number - 1, column - 1
                    continue
            if abs(above[column] - ADDED_COST - row[column]) < tiny:
                pairs.append((number - 1, None))
                number -= 1
                continue
            pairs.append((None, column - 1))
            column -= 1
        return pairs[::-1]

    def _differences(
        self, words: Sequence[Word], pairs: Sequence[tuple[int | None, int | None]]
    ) -> list[Difference]:
        found = []
        ends = 0, 0
        for is_same, run in groupby(
            pairs,
            lambda pair: None not in pair and self._same(words, *pair),  # type: ignore[arg-type]
        ):
            pairs_in_run = list(run)
            draft = [words[d] for d, _ in pairs_in_run if d is not None]
            printed = [p for _, p in pairs_in_run if p is not None]
            if not is_same:
                change = self._change(draft, printed)
                if change:
                    draft_span = (draft[0].start, draft[-1].end) if draft else (ends[0], ends[0])
                    printed_span = (
                        (self.words[printed[0]].start, self.words[printed[-1]].end)
                        if printed
                        else (ends[1], ends[1])
                    )
                    found.append(Difference(change, draft_span, printed_span))
            if draft:
                ends = draft[-1].end, ends[1]
            if printed:
                ends = ends[0], self.words[printed[-1]].end
        return found

    def _change(self, draft: Sequence[Word], printed: Sequence[int]) -> Change | None:
        """Return how these words of a draft differ from the printed ones; None if fairly."""
        marks = {word.key for word in draft} & {ELLIPSIS, BRACKETS}
        own = [word for word in draft if word.key not in marks]
        others = [self.words[index] for index in printed]
        if marks:
            # What is printed in the place of an ellipsis or of brackets may be left out.
            return "added" if own and not _is_part(own, others) else None
        if "".join(word.key for word in own) == "".join(word.key for word in others):
            return None
        if not own and (outside := self._interruption(printed)):
            return "joined" if outside == "joined" else None
        if negation_count(own) % 2 != negation_count(others) % 2 or _are_opposites(own, others):
            return "negation"
        figures = [sorted(w.key for w in side if w.is_figure) for side in (own, others)]
        if figures[0] != figures[1]:
            return "figure"
        return "changed" if own and others else "added" if own else "dropped"

    def _interruption(self, printed: Sequence[int]) -> Literal["fair", "joined"] | None:
        """Tell what dropped printed words are: who says it, between two parts of a quotation, or
        more, so that two quotations were joined; None if they are within one quotation."""
        quoted = self.quoted_in[list(printed)]
        before = self.quoted_in[printed[0] - 1] if printed[0] else -1
        after = self.quoted_in[printed[-1] + 1] if printed[-1] + 1 < len(self.words) else -1
        if before < 0 or after < 0 or before == after:
            return None
        if (quoted >= 0).any():
            return "joined"
        return "fair" if self._is_one_sentence(printed) else "joined"

    def _is_one_sentence(self, printed: Sequence[int]) -> bool:
        start, end = self.words[printed[0] - 1].start, self.words[printed[-1] + 1].end
        between = self.text[self.words[printed[0] - 1].end : self.words[printed[-1] + 1].start]
        return not re.search(r"[.!?…]\W*$|[.!?]\W*\s", between) and "\n" not in self.text[start:end]


def _is_part(own: Sequence[Word], others: Sequence[Word]) -> bool:
    keys = iter([word.key for word in others])
    return all(word.key in keys for word in own)


def _are_opposites(own: Sequence[Word], others: Sequence[Word]) -> bool:
    """Whether one side has a word that the other has with a negating prefix."""
    mine, theirs = ({word.key for word in side} for side in (own, others))
    return any(
        prefix + word in other
        for one, other in ((mine, theirs), (theirs, mine))
        for word in one
        if len(word) > 3
        for prefix in negation.NEGATIVE_PREFIXES
    )
