"""Decode the tagger's scores into attributions: labels, spans, links.

Labels are B/I tags (Ramshaw & Marcus, 1995) for source, cue and content. The Viterbi algorithm
finds the best sequence in which no span starts with an I tag. Links are scored by a dot product of
the two spans' mean projections plus a learned bias for how many cues are between them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.model import Span, Spans
from bot.text.quotes import is_quoted
from bot.text.sentences import sentences

Floats = npt.NDArray[np.floating]

SOURCE, CUE, CONTENT = range(3)  # the order of roles in the labels: O, B-source, I-source, B-cue …
LABEL_COUNT = 7
INSIDE = (2, 4, 6)  # I tags, each of which may only follow the B or I tag of its role
# After the labels' scores there are three projections: of sources, of contents, and of cues.
PROJECTION_WIDTH = 64
MAX_CUE_DISTANCE = 3  # larger distances, in cues, share a link bias
# Added to the score of label O: the tagger misses roles in single paragraphs, and this gains recall
# at no cost in precision.
NO_ROLE_BIAS = -0.5
MAX_SOURCE_DISTANCE = 90  # in word pieces; a source further away rarely belongs to the cue
# Penalties for a candidate source, in word pieces: per sentence end between it and the cue, and for
# coming after the cue.
SENTENCE_PENALTY, FOLLOWING_PENALTY = 15, 12
SENTENCE_END = re.compile(r"[.?!][\"”’]?\s|\n")


class TaggedAttribution(NamedTuple):
    """An attribution as tagged; `is_guessed` if the source is only the nearest one."""

    source: Spans
    cue: Spans
    content: Spans
    confidence: float
    is_guessed: bool


class Window(NamedTuple):
    """The scores of the word pieces from `start` to `end`: labels, then three projections."""

    start: int
    end: int
    scores: Floats


@dataclass(frozen=True, slots=True)
class Outputs:
    """The tagger's output for one paragraph: spans of word pieces and the windows over them."""

    offsets: list[Span]
    windows: list[Window]

    def label_log_probabilities(self) -> Floats:
        """Log probabilities [pieces, labels], each from the window with the most context."""
        count = len(self.offsets)
        scores, context = np.zeros((count, LABEL_COUNT)), np.full(count, -1.0)
        for start, end, outputs in self.windows:
            indexes = np.arange(start, end)
            count_before = indexes - start if start else np.full(end - start, count)
            count_after = end - 1 - indexes if end < count else np.full(end - start, count)
            window_context = np.minimum(count_before, count_after)
            is_better = window_context > context[start:end]
            context[start:end][is_better] = window_context[is_better]
            scores[start:end][is_better] = outputs[is_better, :LABEL_COUNT]
        scores[:, 0] += NO_ROLE_BIAS
        return _log_softmax(scores)

    def window_around(self, start: int, end: int) -> Window:
        """Choose the window with the most context around the pieces from `start` to `end`."""
        count = len(self.offsets)

        def margin(window: Window) -> int:
            margin_before = start - window.start if window.start else count
            return min(margin_before, window.end - end if window.end < count else count)

        # Windows start in order, and the best one overlaps the pieces.
        last = bisect_left(self.windows, end, key=lambda window: window.start)
        first = min(bisect_right(self.windows, start, key=lambda window: window.end), last - 1)
        return max(self.windows[first:last], key=margin)


@dataclass(frozen=True, slots=True, eq=False)
class RoleSpan:
    """A run of word pieces with one role."""

    role: int
    start: int
    end: int
    confidence: float


class Link(NamedTuple):
    """The cue of a source or content, and its probability."""

    cue: RoleSpan
    probability: float


class _Cues:
    """A paragraph's cues in order, with their projections."""

    def __init__(self, cues: list[RoleSpan]) -> None:
        self.all = cues
        self._starts, self._ends = [cue.start for cue in cues], [cue.end for cue in cues]
        self._projections: dict[tuple[RoleSpan, int], Floats] = {}

    def within(self, start: int, end: int) -> list[RoleSpan]:
        """List the cues between two word pieces."""
        return self.all[bisect_left(self._starts, start) : bisect_right(self._ends, end)]

    def projection(self, cue: RoleSpan, window: Window) -> Floats:
        """Return the projection of a cue in a window."""
        key = cue, window.start
        if key not in self._projections:
            self._projections[key] = _projection(cue, window, 2)
        return self._projections[key]


def decode(paragraph: str, outputs: Outputs, link_bias: Floats) -> list[TaggedAttribution]:
    """Assemble a paragraph's attributions, in the order of their cues."""
    log_probabilities = outputs.label_log_probabilities()
    parts = _role_spans(viterbi(log_probabilities), np.exp(log_probabilities))
    parts = _extend_to_words(parts, outputs.offsets, paragraph)
    cues = _Cues([part for part in parts if part.role == CUE])
    links = {
        part: link
        for part in parts
        if part.role != CUE and (link := _link(part, cues, outputs, link_bias))
    }
    links = _within_sentences(links, cues.all, outputs.offsets, paragraph)
    parts_by_cue: defaultdict[RoleSpan, list[RoleSpan]] = defaultdict(list)
    for part, link in links.items():
        parts_by_cue[link.cue].append(part)
    all_sources = [part for part in parts if part.role == SOURCE]
    attributions = []
    for cue in cues.all:
        linked_parts = parts_by_cue[cue]
        contents = [part for part in linked_parts if part.role == CONTENT]
        if not contents:
            continue
        sources = [part for part in linked_parts if part.role == SOURCE]
        source = max(sources, key=lambda part: links[part].probability, default=None)
        guess = None if source else _nearest_source(cue, all_sources, outputs.offsets, paragraph)
        used_parts = [part for part in (source, cue, *contents) if part]
        confidence = float(np.mean([part.confidence for part in used_parts]))
        confidence *= float(
            np.mean([links[part].probability for part in used_parts if part in links])
        )
        attributions.append(
            TaggedAttribution(
                source=_spans([part for part in (source or guess,) if part], outputs.offsets),
                cue=_spans([cue], outputs.offsets),
                content=_spans(contents, outputs.offsets),
                confidence=confidence,
                is_guessed=guess is not None,
            )
        )
    return attributions


def _log_softmax(scores: Floats) -> Floats:
    """Return log probabilities along the last axis; ten times as fast as logaddexp.reduce."""
    less = scores - scores.max(-1, keepdims=True)
    found: Floats = less - np.log(np.exp(less).sum(-1, keepdims=True))
    return found


def viterbi(log_probabilities: Floats) -> list[int]:
    """Find the most probable sequence of labels in which no span starts with an I tag."""
    best = [-1e9 if label in INSIDE else 0.0 for label in range(LABEL_COUNT)]  # after an O tag
    previous: list[list[int]] = []
    for row in log_probabilities.tolist():
        top = max(range(LABEL_COUNT), key=best.__getitem__)
        if not previous:
            sources = list(range(LABEL_COUNT))
        else:
            sources = [top] * LABEL_COUNT
            for inside in INSIDE:
                sources[inside] = inside if best[inside] > best[inside - 1] else inside - 1
        best = [best[source] + score for source, score in zip(sources, row, strict=True)]
        previous.append(sources)
    labels = [max(range(LABEL_COUNT), key=best.__getitem__)]
    for sources in previous[:0:-1]:
        labels.append(sources[labels[-1]])
    return labels[::-1]


def _role_spans(labels: list[int], probabilities: Floats) -> list[RoleSpan]:
    parts, start = [], 0
    while start < len(labels):
        end = start + 1
        if labels[start]:
            role = (labels[start] - 1) // 2
            while end < len(labels) and labels[end] == 2 * role + 2:
                end += 1
            confidence = probabilities[range(start, end), labels[start:end]].mean()
            parts.append(RoleSpan(role, start, end, float(confidence)))
        start = end
    return parts


def _extend_to_words(parts: list[RoleSpan], offsets: list[Span], paragraph: str) -> list[RoleSpan]:
    """Extend parts to whole words; a word between two parts goes to the earlier one."""

    def is_within_word(index: int) -> bool:
        if not 0 < index < len(offsets) or offsets[index][0] != offsets[index - 1][1]:
            return False
        start = offsets[index][0]
        return paragraph[start].isalnum() and paragraph[start - 1].isalnum()

    extended: list[RoleSpan] = []
    previous_end = 0
    for part in parts:
        start, end = max(part.start, previous_end), part.end
        while start > previous_end and is_within_word(start):
            start -= 1
        while is_within_word(end):
            end += 1
        if end > start:
            extended.append(RoleSpan(part.role, start, end, part.confidence))
            previous_end = end
    return extended


def _link(part: RoleSpan, cues: _Cues, outputs: Outputs, link_bias: Floats) -> Link | None:
    """Choose the cue of a source or content among those in its window."""
    window = outputs.window_around(part.start, part.end)
    candidates = cues.within(window.start, window.end)
    if not candidates:
        return None
    row = 0 if part.role == SOURCE else 1
    query = _projection(part, window, row)
    count_before = sum(cue.start < part.start for cue in candidates)
    scores = np.empty(len(candidates))
    for index, cue in enumerate(candidates):
        # -1 is the nearest cue on the left, 1 the nearest on the right.
        distance = index - count_before + (index >= count_before)
        distance = min(MAX_CUE_DISTANCE, max(-MAX_CUE_DISTANCE, distance))
        bias = link_bias[row][distance + MAX_CUE_DISTANCE]
        scores[index] = query @ cues.projection(cue, window) / np.sqrt(PROJECTION_WIDTH) + bias
    probabilities = np.exp(_log_softmax(scores))
    return Link(candidates[int(probabilities.argmax())], float(probabilities.max()))


def _within_sentences(
    links: dict[RoleSpan, Link], cues: list[RoleSpan], offsets: list[Span], paragraph: str
) -> dict[RoleSpan, Link]:
    """Link unquoted content to a cue in its own sentence, if there is one."""
    spans = sentences(paragraph)

    def sentence_of(piece: int) -> int:
        return bisect_right(spans, offsets[piece][0], key=lambda span: span[0])

    cues_by_sentence: defaultdict[int, list[RoleSpan]] = defaultdict(list)
    for cue in cues:
        cues_by_sentence[sentence_of(cue.start)].append(cue)
    corrected = dict(links)
    for part, link in links.items():
        sentence = sentence_of(part.start)
        is_within_one = sentence == sentence_of(part.end - 1)
        if part.role != CONTENT or not is_within_one or sentence == sentence_of(link.cue.start):
            continue
        candidates = cues_by_sentence[sentence]
        if candidates and not is_quoted(paragraph, offsets[part.start][0]):
            nearest = min(candidates, key=lambda cue: abs(cue.start - part.start))
            corrected[part] = Link(nearest, link.probability)
    return corrected


def _projection(part: RoleSpan, window: Window, index: int) -> Floats:
    """Return the mean of one of the three projections over a part's word pieces."""
    start = min(max(part.start - window.start, 0), window.end - window.start - 1)
    end = max(start + 1, part.end - window.start)
    first = LABEL_COUNT + index * PROJECTION_WIDTH
    mean: Floats = window.scores[start:end, first : first + PROJECTION_WIDTH].mean(0)
    return mean


def _nearest_source(
    cue: RoleSpan, sources: list[RoleSpan], offsets: list[Span], paragraph: str
) -> RoleSpan | None:
    """Guess a cue's source: the nearest one, preferably before it and in the same sentence.

    `sources` are all of the paragraph, in order.
    """

    def gap(source: RoleSpan) -> int:
        return max(source.start, cue.start) - min(source.end, cue.end)

    def distance(source: RoleSpan) -> int:
        first, second = sorted((source, cue), key=lambda part: part.start)
        between = paragraph[offsets[first.end - 1][1] : offsets[second.start][0]]
        penalty = SENTENCE_PENALTY * len(SENTENCE_END.findall(between))
        return gap(source) + penalty + (FOLLOWING_PENALTY if source is second else 0)

    limit = MAX_SOURCE_DISTANCE
    first = bisect_right(sources, cue.start - limit, key=lambda source: source.end)
    last = bisect_left(sources, cue.end + limit, key=lambda source: source.start)
    candidates = [source for source in sources[first:last] if gap(source) < limit]
    nearest = min(candidates, key=distance, default=None)
    return nearest if nearest and distance(nearest) < MAX_SOURCE_DISTANCE else None


def _spans(parts: list[RoleSpan], offsets: list[Span]) -> Spans:
    ordered = sorted(parts, key=lambda part: part.start)
    return tuple((offsets[part.start][0], offsets[part.end - 1][1]) for part in ordered)
