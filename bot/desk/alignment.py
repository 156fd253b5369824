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
from bot.languages.table import negation, printed_words
from bot.model import Span, Spans
from bot.search.engine.words import stem
from bot.text.quotes import quotations
from bot.text.sentences import sentences

OTHER_COST, ADDED_COST = 0.3, 0.35
DROPPED_COST, UNQUOTED_COST, PARAGRAPH_COST = 0.1, 0.03, 0.3
LOOSE_COST, SENTENCE_COST = 0.1, 1.0
"""What it costs to leave out a printed word within and outside quotation marks, and to go on in
another paragraph."""
BRACKETS_COST = 0.2
MAX_LOOSE_WORDS = 6
"""What has more printed words in its place says something else."""
MIN_WHOLE = 6
"""A quotation of fewer words is no whole sentence without its end, but a part of one."""
MIN_LOOSE_VALUE, MIN_LOOSE_SHARE = 2.0, 0.55
"""How much two passages must have in common, or a short one with another, for their differences to
count."""
MIN_SCORE = 0.35
MIN_SAME_WEIGHT = 1.7
"""How much of a quotation must be printed for it to count as an altered one: the share of its
weight, and the weight itself."""

TAIL = re.compile(r"[ ,–-]+(?P<words>[\w’'-]+(?: [\w’'-]+)?)[.!?]?[,.]?[”’\"'](?!\w)")
SENTENCE_START = re.compile(r"(?:^|[.!?:,”’\"]|\n)\W*$")
"""Up to two words that end a quotation, and what stands before one or before its sentence."""

Change = Literal["negation", "figure", "joined", "changed", "added", "dropped", "doubt"]
"""How a quotation differs from what is printed, the worst first; "doubt" is what a paraphrase
dropped that made its statement less sure."""
Pairs = Sequence[tuple[int | None, int | None]]
"""Indexes of words of a draft and of print that stand for each other; None where one has none."""


class Difference(NamedTuple):
    """Words of the draft and those that are printed in their place; either may be empty."""

    change: Change
    draft: Span
    printed: Span


class Comparison(NamedTuple):
    """A quotation and the printed words nearest to it.

    `score` is 1 if all its words are printed, in order. `is_quoted` tells whether the printed words
    are in quotation marks. `same_weight` is what they have in common.
    """

    score: float
    printed: Span
    differences: tuple[Difference, ...]
    is_quoted: bool
    same_weight: float = 0.0


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
    def stem_keys(self) -> NDArray[np.int64]:
        """The same for words with one stem."""
        return np.fromiter((hash(stem(word.key)) for word in self.words), np.int64, len(self.words))

    @cached_property
    def line(self) -> str:
        """All words as one line, each between spaces."""
        return f" {' '.join(word.key for word in self.words)} "

    @cached_property
    def quoted_in(self) -> NDArray[np.int64]:
        """The number of the quotation that each word is in, or -1."""
        return self._numbers(self.quotations)

    @cached_property
    def sentence_of(self) -> NDArray[np.int64]:
        """The number of the sentence that each word is in."""
        return self._numbers(
            tuple(
                (start + first, start + last)
                for start, end in self.paragraphs
                for first, last in sentences(self.text[start:end])
            )
        )

    @cached_property
    def loose_skip_costs(self) -> NDArray[np.float64]:
        """The same for a sentence of a draft, which is to be compared with one in print."""
        costs = np.full(len(self.words), LOOSE_COST)
        costs[1:] += SENTENCE_COST * (self.sentence_of[1:] != self.sentence_of[:-1])
        return np.concatenate(([0.0], np.cumsum(costs)))

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
        same_weight, span = self._same(words, pairs)
        if not total or not same_weight or value < MIN_SCORE * total:
            return None
        if same_weight < min(MIN_SAME_WEIGHT, total - 0.01):
            return None
        differences = self._differences(words, pairs)
        has_marks = any(word.key in (ELLIPSIS, BRACKETS) for word in words)
        if not (differences or has_marks) and (tail := self._dropped_tail(words, pairs)):
            differences = [tail]
        score = 1.0 if not differences else min(value / total, 0.999)
        return Comparison(score, span, tuple(differences), self._is_quoted(span))

    def compare_loosely(self, words: Sequence[Word]) -> Comparison | None:
        """Compare a sentence with the passage that is most like a part of it; None if none is.

        The forms of words are no difference, and only those in figures, negations and doubts count.
        `score` is the share of the words' weight that the passage has.
        """
        if not words or not self.words:
            return None
        pairs, value = self._align(words, loose=True)
        same_weight, span = self._same(words, pairs, loose=True)
        total = sum(weight(word.key) for word in words)
        if value < min(MIN_LOOSE_VALUE, MIN_LOOSE_SHARE * total):
            return None
        pairs = self._with_edges(words, pairs)
        differences = self._differences(words, pairs, loose=True)
        return Comparison(
            same_weight / total, span, tuple(differences), self._is_quoted(span), same_weight
        )

    def _is_quoted(self, span: Span) -> bool:
        return any(start <= span[0] and span[1] <= end for start, end in self.quotations)

    def _same(
        self, words: Sequence[Word], pairs: Pairs, *, loose: bool = False
    ) -> tuple[float, Span]:
        """Return the weight of the words that are the same, and the span of these in print."""
        same = [(d, p) for d, p in pairs if self._is_same(words, d, p, loose=loose)]
        if not same:
            return 0.0, (0, 0)
        first, last = same[0][1] or 0, same[-1][1] or 0
        same_weight = sum(weight(words[d].key) for d, _ in same if d is not None)
        return same_weight, (self.words[first].start, self.words[last].end)

    def _is_same(
        self, words: Sequence[Word], draft: int | None, printed: int | None, *, loose: bool
    ) -> bool:
        if draft is None or printed is None:
            return False
        mine, theirs = words[draft].key, self.words[printed].key
        return mine == theirs or (loose and stem(mine) == stem(theirs))

    def _align(self, words: Sequence[Word], *, loose: bool = False) -> tuple[Pairs, float]:
        """Return the pairs of words of the best alignment, and its value.

        A loose one is local (Smith and Waterman, 1981): of the words, too, only a part counts.
        """
        skips = self.loose_skip_costs if loose else self.skip_costs
        keys = self.stem_keys if loose else self.keys
        rows = [np.zeros(len(keys) + 1)]
        for word in words:
            row = rows[-1]
            if word.key in (ELLIPSIS, BRACKETS):
                free = np.maximum.accumulate(row)
                row = free if word.key == ELLIPSIS else np.maximum(row, free - BRACKETS_COST)
            else:
                key = hash(stem(word.key) if loose else word.key)
                gain = np.where(keys == key, weight(word.key), -self._other_costs(loose=loose))
                new = row - ADDED_COST
                new[1:] = np.maximum(new[1:], row[:-1] + gain)
                row = np.maximum.accumulate(new + skips) - skips
            rows.append(np.maximum(row, 0.0) if loose else row)
        number = int(np.argmax([row.max() for row in rows])) if loose else len(words)
        column = int(np.argmax(rows[number]))
        value = float(rows[number][column])
        return self._trace(words, rows, (number, column), loose=loose), value

    def _other_costs(self, *, loose: bool) -> NDArray[np.float64]:
        """What it costs to have another word in the place of each: who says it is no part of a
        quotation."""
        return self._costs_within if loose else self._costs

    @cached_property
    def _costs_within(self) -> NDArray[np.float64]:
        return np.full(len(self.words), OTHER_COST)

    @cached_property
    def _costs(self) -> NDArray[np.float64]:
        return np.where(self.quoted_in >= 0, OTHER_COST, 2 * OTHER_COST)

    def _trace(
        self,
        words: Sequence[Word],
        rows: Sequence[NDArray[np.float64]],
        end: tuple[int, int],
        *,
        loose: bool,
    ) -> Pairs:
        """Walk back from the end of the best alignment."""
        pairs: list[tuple[int | None, int | None]] = []
        (number, column), tiny = end, 1e-9
        while number:
            word, row, above = words[number - 1], rows[number], rows[number - 1]
            if loose and row[column] < tiny:
                break
            if word.key in (ELLIPSIS, BRACKETS):
                origin = column
                if word.key == ELLIPSIS or abs(row[column] - above[column]) > tiny:
                    origin = int(np.argmax(above[: column + 1]))
                pairs += [(None, p) for p in range(column - 1, origin - 1, -1)]
                pairs.append((number - 1, None))
                number, column = number - 1, origin
                continue
            if column:
                is_same = self._is_same(words, number - 1, column - 1, loose=loose)
                other = -float(self._other_costs(loose=loose)[column - 1])
                gain = weight(word.key) if is_same else other
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

    def _with_edges(self, words: Sequence[Word], pairs: Pairs) -> Pairs:
        """Add the words before and after a local alignment, if both sides have a figure or say how
        sure something is: "will [seek a review]", "fallen by [half]"."""
        drafts = [d for d, _ in pairs if d is not None]
        printed = [p for _, p in pairs if p is not None]
        before, after = (drafts[0] - 1, printed[0] - 1), (drafts[-1] + 1, printed[-1] + 1)
        first = [before] if self._are_alike(words, *before) else []
        last = [after] if self._are_alike(words, *after) else []
        if not last and self._are_alike(words, after[0], after[1] + 1):  # "by half", "by a third"
            last = [(after[0], after[1] + 1)]
        return [*first, *pairs, *last]

    def _are_alike(self, words: Sequence[Word], draft: int, printed: int) -> bool:
        if not (0 <= draft < len(words) and 0 <= printed < len(self.words)):
            return False
        mine, theirs = words[draft], self.words[printed]
        are_modal = printed_words.FIRM | printed_words.DOUBTFUL | printed_words.INTENDED
        return (mine.is_figure and theirs.is_figure) or {mine.key, theirs.key} <= are_modal

    def _dropped_tail(self, words: Sequence[Word], pairs: Pairs) -> Difference | None:
        """Return the last words of a printed sentence that is quoted whole but for these."""
        first, last = pairs[0][1], pairs[-1][1]
        if first is None or last is None or len(words) < MIN_WHOLE or self.quoted_in[last] < 0:
            return None
        start, end = self.words[first].start, self.words[last].end
        before = self.text[self.words[first - 1].end if first else 0 : start]
        rest = TAIL.match(self.text, end)
        if rest is None or not (first == 0 or SENTENCE_START.search(before)):
            return None
        return Difference("dropped", (words[-1].end, words[-1].end), rest.span("words"))

    def _differences(
        self, words: Sequence[Word], pairs: Pairs, *, loose: bool = False
    ) -> list[Difference]:
        found = []
        ends = 0, 0
        for is_same, run in groupby(pairs, lambda pair: self._is_same(words, *pair, loose=loose)):
            pairs_in_run = list(run)
            draft = [words[d] for d, _ in pairs_in_run if d is not None]
            printed = [p for _, p in pairs_in_run if p is not None]
            if not is_same:
                change = (self._loose_change if loose else self._change)(draft, printed)
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
            if not own or _is_part(own, others):
                return None
            others = []
        if "".join(word.key for word in own) == "".join(word.key for word in others):
            return None
        if not own and (outside := self._interruption(printed)):
            return "joined" if outside == "joined" else None
        if negation_count(own) % 2 != negation_count(others) % 2 or _are_opposites(own, others):
            return "negation"
        figures = [sorted(w.key for w in side if w.is_figure) for side in (own, others)]
        if all(figures) and figures[0] != figures[1]:
            return "figure"
        return "changed" if own and others else "added" if own else "dropped"

    def _loose_change(self, draft: Sequence[Word], printed: Sequence[int]) -> Change | None:
        """Return how a passage is changed in its figures, its negations or its doubts.

        Of many printed words the last count: they belong to what the draft goes on with.
        """
        if len(printed) > MAX_LOOSE_WORDS:
            draft, printed = draft[-2:], printed[-2:]
        if printed and len({*self.sentence_of[list(printed)]}) > 1:
            return None
        others = [self.words[index] for index in printed]
        figures = [{word.key for word in side if word.is_figure} for side in (draft, others)]
        if figures[0] - figures[1] and figures[1] - figures[0]:
            return "figure"
        if negation_count(draft) % 2 != negation_count(others) % 2:
            return "negation"
        keys = [{word.key for word in side} for side in (draft, others)]
        if keys[1] & printed_words.DOUBTFUL and not keys[0] & printed_words.DOUBTFUL:
            return "doubt"
        return None

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
