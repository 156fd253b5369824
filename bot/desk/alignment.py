"""Align a quotation with printed text, and say in which words the two differ. Pure.

A quotation is aligned semi-globally (Needleman and Wunsch, 1970, without a cost for the printed
text before and after): each of its words is the same as a printed one, another, or in print
nowhere, and printed words may be left out, which costs little, so that a quotation of which much
was dropped is still found. A sentence in the draft's own words is aligned `loosely`, that is
locally (Smith and Waterman, 1981), and the forms of words are no difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.desk.words import BRACKETS, ELLIPSIS, Word, negation_count, text_words, weight
from bot.languages.table import negation, printed_words
from bot.model import Span, Spans
from bot.search.engine.words import stem
from bot.text.quotes import quotations
from bot.text.sentences import sentences

OTHER_COST, ADDED_COST, BRACKETS_COST = 0.3, 0.35, 0.2
DROPPED_COST, UNQUOTED_COST, PARAGRAPH_COST, SENTENCE_COST = 0.1, 0.03, 0.3, 1.0
"""What it costs to leave out a printed word within and outside quotation marks, and to go on in
another paragraph or, loosely, in another sentence."""
MIN_SCORE, MIN_SAME_WEIGHT = 0.35, 1.7
"""How much of a quotation must be printed for it to count as an altered one: the share of its
weight, and the weight itself."""
MIN_LOOSE_VALUE, MIN_LOOSE_SHARE, MAX_LOOSE_WORDS = 2.0, 0.55, 6
"""How much two sentences, or a short one and a part of another, must have in common for their
differences to count, and how many printed words one may have in the place of others."""
MIN_WHOLE = 6
"""A quotation of fewer words is no whole sentence without its end, but a part of one."""
TAIL = re.compile(r"[ ,–-]+(?P<words>[\w’'-]+(?: [\w’'-]+)?)[.!?]?[,.]?[”’\"'](?!\w)")
SENTENCE_START = re.compile(r"(?:^|[.!?:,”’\"]|\n)\W*$")
"""Up to two words that end a quotation, and what stands before one or before its sentence."""

Change = Literal["negation", "figure", "joined", "changed", "added", "dropped", "doubt"]
"""How a quotation differs from what is printed, the worst first; "doubt" is what a paraphrase
dropped that made its statement less sure."""
Pairs = Sequence[tuple[int | None, int | None]]
"""Indexes of words of a draft and of print that stand for each other; None where one has none."""
Numbers = NDArray[np.int64]
Costs = NDArray[np.float64]


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
    same_weight: float


class PrintedText:
    """The words of an article, with the quotation and the sentence that each is in."""

    def __init__(self, text: str, paragraphs: Spans) -> None:
        self.text, self.words = text, text_words(text)
        paragraphs = paragraphs or ((0, len(text)),)
        self.quotations = _within(text, paragraphs, quotations)
        self.line = f" {' '.join(word.key for word in self.words)} "
        self._quoted_in = self._numbers(self.quotations)
        self._sentence_of = self._numbers(_within(text, paragraphs, sentences))
        is_quoted = self._quoted_in >= 0
        # By whether the alignment is loose.
        self._keys = {
            False: self._hashes([word.key for word in self.words]),
            True: self._hashes([stem(word.key) for word in self.words]),
        }
        self._other_costs = {
            False: np.where(is_quoted, OTHER_COST, 2 * OTHER_COST),
            True: np.full(len(self.words), OTHER_COST),
        }
        skipped = np.where(is_quoted, DROPPED_COST, UNQUOTED_COST)
        self._skip_costs = {
            False: _summed(skipped, self._numbers(paragraphs), PARAGRAPH_COST),
            True: _summed(np.full(len(skipped), DROPPED_COST), self._sentence_of, SENTENCE_COST),
        }

    @staticmethod
    def _hashes(keys: Sequence[str]) -> Numbers:
        return np.fromiter(map(hash, keys), np.int64, len(keys))

    def _numbers(self, spans: Spans) -> Numbers:
        """Return the number of the span that each word is in, or -1."""
        starts, ends = (np.array(side) for side in zip(*(spans or ((0, 0),)), strict=True))
        places = np.array([word.start for word in self.words], np.int64)
        numbers = np.searchsorted(starts, places, "right") - 1
        return np.where((numbers >= 0) & (places < ends[numbers]), numbers, -1)

    def contains(self, words: Sequence[Word]) -> bool:
        """Whether these words are printed one after the other."""
        return f" {' '.join(word.key for word in words)} " in self.line

    def compare(self, words: Sequence[Word], *, loosely: bool = False) -> Comparison | None:
        """Compare words of a draft with the printed ones nearest to them; None if none are near.

        Loosely, `score` is the share of their weight that is printed, and only differences in
        figures, negations and doubts count.
        """
        if not words or not self.words:
            return None
        pairs, value = self._align(words, loosely=loosely)
        same = [(d, p) for d, p in pairs if self._is_same(words, d, p, loosely=loosely)]
        total = sum(weight(word.key) for word in words if word.key not in (ELLIPSIS, BRACKETS))
        same_weight = sum(weight(words[d].key) for d, _ in same if d is not None)
        least = min(MIN_LOOSE_VALUE, MIN_LOOSE_SHARE * total) if loosely else MIN_SCORE * total
        is_least = loosely or same_weight >= min(MIN_SAME_WEIGHT, total - 0.01)
        if not same or not total or value < least or not is_least:
            return None
        span = self.words[same[0][1] or 0].start, self.words[same[-1][1] or 0].end
        is_quoted = any(start <= span[0] and span[1] <= end for start, end in self.quotations)
        if loosely:
            pairs = self._with_edges(words, pairs)
        differences = self._differences(words, pairs, loosely=loosely)
        if loosely:
            score = same_weight / total
        else:
            differences = differences or self._dropped_tail(words, pairs)
            score = min(value / total, 0.999) if differences else 1.0
        return Comparison(score, span, tuple(differences), is_quoted, same_weight)

    def _is_same(
        self, words: Sequence[Word], draft: int | None, printed: int | None, *, loosely: bool
    ) -> bool:
        if draft is None or printed is None:
            return False
        mine, theirs = words[draft].key, self.words[printed].key
        return mine == theirs or (loosely and stem(mine) == stem(theirs))

    def _align(self, words: Sequence[Word], *, loosely: bool) -> tuple[Pairs, float]:
        """Return the pairs of words of the best alignment, and its value."""
        skips, keys = self._skip_costs[loosely], self._keys[loosely]
        rows = [np.zeros(len(keys) + 1)]
        for word in words:
            row = rows[-1]
            if word.key in (ELLIPSIS, BRACKETS):
                free = np.maximum.accumulate(row)
                row = free if word.key == ELLIPSIS else np.maximum(row, free - BRACKETS_COST)
            else:
                is_same = keys == hash(stem(word.key) if loosely else word.key)
                gain = np.where(is_same, weight(word.key), -self._other_costs[loosely])
                new = row - ADDED_COST
                new[1:] = np.maximum(new[1:], row[:-1] + gain)
                row = np.maximum.accumulate(new + skips) - skips
            rows.append(np.maximum(row, 0.0) if loosely else row)
        number = int(np.argmax([row.max() for row in rows])) if loosely else len(words)
        column = int(np.argmax(rows[number]))
        value = float(rows[number][column])
        return self._trace(words, rows, (number, column), loosely=loosely), value

    def _trace(
        self, words: Sequence[Word], rows: Sequence[Costs], end: tuple[int, int], *, loosely: bool
    ) -> Pairs:
        """Walk back from the end of the best alignment."""
        pairs: list[tuple[int | None, int | None]] = []
        (number, column), tiny = end, 1e-9
        while number and not (loosely and rows[number][column] < tiny):
            word, value, above = words[number - 1], rows[number][column], rows[number - 1]
            if word.key in (ELLIPSIS, BRACKETS):
                origin = column
                if word.key == ELLIPSIS or abs(value - above[column]) > tiny:
                    origin = int(np.argmax(above[: column + 1]))
                pairs += [(None, printed) for printed in range(column - 1, origin - 1, -1)]
                pairs.append((number - 1, None))
                number, column = number - 1, origin
                continue
            is_same = column and self._is_same(words, number - 1, column - 1, loosely=loosely)
            gain = weight(word.key) if is_same else -self._other_costs[loosely][column - 1]
            if column and abs(above[column - 1] + gain - value) < tiny:
                pairs.append((number - 1, column - 1))
                number, column = number - 1, column - 1
            elif abs(above[column] - ADDED_COST - value) < tiny:
                pairs.append((number - 1, None))
                number -= 1
            else:
                pairs.append((None, column - 1))
                column -= 1
        return pairs[::-1]

    def _with_edges(self, words: Sequence[Word], pairs: Pairs) -> Pairs:
        """Add the words before and after a local alignment, if both sides have a figure or say how
        sure something is: "will [seek a review]", "fallen by [half]"."""
        drafts = [d for d, _ in pairs if d is not None]
        printed = [p for _, p in pairs if p is not None]
        before, after = (drafts[0] - 1, printed[0] - 1), (drafts[-1] + 1, printed[-1] + 1)
        first = [one for one in [before] if self._are_alike(words, *one)]
        # "By half" and "by a third".
        last = [one for one in (after, (after[0], after[1] + 1)) if self._are_alike(words, *one)]
        return [*first, *pairs, *last[:1]]

    def _are_alike(self, words: Sequence[Word], draft: int, printed: int) -> bool:
        if not (0 <= draft < len(words) and 0 <= printed < len(self.words)):
            return False
        mine, theirs = words[draft], self.words[printed]
        modal = printed_words.FIRM | printed_words.DOUBTFUL | printed_words.INTENDED
        return (mine.is_figure and theirs.is_figure) or {mine.key, theirs.key} <= modal

    def _dropped_tail(self, words: Sequence[Word], pairs: Pairs) -> list[Difference]:
        """Return the last words of a printed sentence that is quoted whole but for these."""
        first, last = pairs[0][1], pairs[-1][1]
        has_marks = any(word.key in (ELLIPSIS, BRACKETS) for word in words)
        if has_marks or len(words) < MIN_WHOLE or first is None or last is None:
            return []
        start, end = self.words[first].start, self.words[last].end
        rest = TAIL.match(self.text, end)
        before = self.text[self.words[first - 1].end if first else 0 : start]
        if (
            self._quoted_in[last] < 0
            or not rest
            or not (not first or SENTENCE_START.search(before))
        ):
            return []
        return [Difference("dropped", (words[-1].end, words[-1].end), rest.span("words"))]

    def _differences(
        self, words: Sequence[Word], pairs: Pairs, *, loosely: bool
    ) -> list[Difference]:
        found, draft_end, printed_end = [], 0, 0
        for is_same, run in groupby(pairs, lambda one: self._is_same(words, *one, loosely=loosely)):
            in_run = list(run)
            draft = [words[d] for d, _ in in_run if d is not None]
            printed = [p for _, p in in_run if p is not None]
            change = self._loose_change if loosely else self._change
            if not is_same and (found_change := change(draft, printed)):
                span, printed_span = (draft_end, draft_end), (printed_end, printed_end)
                if draft:
                    span = draft[0].start, draft[-1].end
                if printed:
                    printed_span = self.words[printed[0]].start, self.words[printed[-1]].end
                found.append(Difference(found_change, span, printed_span))
            draft_end = draft[-1].end if draft else draft_end
            printed_end = self.words[printed[-1]].end if printed else printed_end
        return found

    def _change(self, draft: Sequence[Word], printed: Sequence[int]) -> Change | None:
        """Return how these words of a draft differ from the printed ones; None if fairly."""
        own = [word for word in draft if word.key not in (ELLIPSIS, BRACKETS)]
        others = [self.words[index] for index in printed]
        if len(own) < len(draft):
            # What is printed in the place of an ellipsis or of brackets may be left out.
            keys = iter([word.key for word in others])
            if all(word.key in keys for word in own):
                return None
            others = []
        if "".join(word.key for word in own) == "".join(word.key for word in others):
            return None
        if not own and (interruption := self._interruption(printed)):
            return "joined" if interruption == "joined" else None
        if negation_count(own) % 2 != negation_count(others) % 2 or _are_opposites(own, others):
            return "negation"
        figures = [sorted(word.key for word in side if word.is_figure) for side in (own, others)]
        if all(figures) and figures[0] != figures[1]:
            return "figure"
        return "changed" if own and others else "added" if own else "dropped"

    def _loose_change(self, draft: Sequence[Word], printed: Sequence[int]) -> Change | None:
        """Return how a passage is changed in its figures, its negations or its doubts.

        Of many printed words the last count: they belong to what the draft goes on with.
        """
        if len(printed) > MAX_LOOSE_WORDS:
            draft, printed = draft[-2:], printed[-2:]
        if printed and len({*self._sentence_of[list(printed)]}) > 1:
            return None
        sides = draft, [self.words[index] for index in printed]
        figures = [{word.key for word in side if word.is_figure} for side in sides]
        if figures[0] - figures[1] and figures[1] - figures[0]:
            return "figure"
        if negation_count(sides[0]) % 2 != negation_count(sides[1]) % 2:
            return "negation"
        doubts = [{word.key for word in side} & printed_words.DOUBTFUL for side in sides]
        return "doubt" if doubts[1] and not doubts[0] else None

    def _interruption(self, printed: Sequence[int]) -> Literal["fair", "joined"] | None:
        """Tell what dropped printed words are: who says it, between two parts of a quotation, or
        more, so that two quotations were joined; None if they are within one quotation."""
        first, last = printed[0] - 1, printed[-1] + 1
        if first < 0 or last >= len(self.words):
            return None
        before, after = self._quoted_in[first], self._quoted_in[last]
        if before < 0 or after < 0 or before == after:
            return None
        between = self.text[self.words[first].end : self.words[last].start]
        is_one = not re.search(r"[.!?…]\W*$|[.!?]\W*\s|\n", between)
        return "fair" if is_one and (self._quoted_in[list(printed)] < 0).all() else "joined"


def _within(text: str, paragraphs: Spans, find: Callable[[str], Spans]) -> Spans:
    """Return what a function finds in each paragraph, as spans of the whole text."""
    return tuple(
        (start + first, start + last)
        for start, end in paragraphs
        for first, last in find(text[start:end])
    )


def _summed(costs: Costs, units: Numbers, cost: float) -> Costs:
    """Return what it costs to leave out all words up to each; a new unit costs more."""
    costs[1:] += cost * (units[1:] != units[:-1])
    return np.concatenate(([0.0], np.cumsum(costs)))


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
