"""Decode the tagger's scores into attributions: labels, spans, links.

Labels are B/I tags (Ramshaw & Marcus, 1995) for source, cue and content, read off by Viterbi so
that no span begins in its middle. Links are scored by a dot product of the two spans' mean
projections plus a learned bias for how many cues lie between.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.model import Span, Spans
from bot.text.quotes import is_quoted
from bot.text.sentences import sentences

Floats = npt.NDArray[np.floating]

SOURCE, CUE, CONTENT = range(3)  # the order of roles in the labels: O, B-source, I-source, B-cue …
LABELS = 7
PROJECTION = 64  # width of each of the three projections after the labels' scores
# On single paragraphs the tagger under-labels; this bias gains recall at no cost in precision.
NO_ROLE_BIAS = -0.5
MAX_SOURCE_DISTANCE = 90  # word pieces; a source beyond is hardly this cue's
SENTENCE_END = re.compile(r"[.?!][\"”’]?\s|\n")

_FORBIDDEN = np.zeros((LABELS, LABELS))
for _inside in (2, 4, 6):
    for _before in range(LABELS):
        if _before not in (_inside, _inside - 1):
            _FORBIDDEN[_before, _inside] = -1e9


class TaggedAttribution(NamedTuple):
    """An attribution as tagged; `guessed` if the source is only the nearest one."""

    source: Spans
    cue: Spans
    content: Spans
    confidence: float
    guessed: bool


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
        """Log probabilities [pieces, labels], each from the window with most context around."""
        count = len(self.offsets)
        scores, context = np.zeros((count, LABELS)), np.full(count, -1.0)
        for start, end, outputs in self.windows:
            at = np.arange(start, end)
            before = at - start if start else np.full(end - start, count)
            after = end - 1 - at if end < count else np.full(end - start, count)
            better = np.minimum(before, after) > context[start:end]
            context[start:end][better] = np.minimum(before, after)[better]
            scores[start:end][better] = outputs[better, :LABELS]
        scores[:, 0] += NO_ROLE_BIAS
        return scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)

    def window_around(self, start: int, end: int) -> Window:
        """Choose the window that shows most around the pieces from `start` to `end`."""
        far = len(self.offsets)

        def margin(window: Window) -> int:
            before = start - window.start if window.start else far
            return min(before, window.end - end if window.end < far else far)

        return max(self.windows, key=margin)


@dataclass(frozen=True, slots=True, eq=False)
class RoleSpan:
    """A run of word pieces with one role."""

    role: int
    start: int
    end: int
    confidence: float


class Link(NamedTuple):
    """A part's cue and how probable it is."""

    cue: RoleSpan
    probability: float


def decode(paragraph: str, outputs: Outputs, link_bias: Floats) -> list[TaggedAttribution]:
    """Assemble a paragraph's attributions, in the order of their cues."""
    log_probabilities = outputs.label_log_probabilities()
    parts = _parts(viterbi(log_probabilities), np.exp(log_probabilities))
    parts = _whole_words(parts, outputs.offsets, paragraph)
    cues = [part for part in parts if part.role == CUE]
    links = {
        part: link
        for part in parts
        if part.role != CUE and (link := _link(part, cues, outputs, link_bias))
    }
    links = _within_sentences(links, cues, outputs.offsets, paragraph)
    found = []
    for cue in cues:
        contents = [p for p, link in links.items() if link.cue is cue and p.role == CONTENT]
        sources = [p for p, link in links.items() if link.cue is cue and p.role == SOURCE]
        if not contents:
            continue
        source = max(sources, key=lambda p: links[p].probability, default=None)
        guess = None if source else _nearest_source(cue, parts, outputs.offsets, paragraph)
        mine = [p for p in (source, cue, *contents) if p]
        sure = float(np.mean([p.confidence for p in mine]))
        sure *= float(np.mean([links[p].probability for p in mine if p in links]))
        found.append(
            TaggedAttribution(
                source=_spans([p for p in (source or guess,) if p], outputs.offsets),
                cue=_spans([cue], outputs.offsets),
                content=_spans(contents, outputs.offsets),
                confidence=sure,
                guessed=guess is not None,
            )
        )
    return found


def viterbi(log_probabilities: Floats) -> list[int]:
    """Read off the most probable sequence of labels in which no span begins in its middle."""
    count = len(log_probabilities)
    best = (
        log_probabilities[0] + _FORBIDDEN[0]
    )  # a paragraph begins as if after a piece without label
    came_from = np.zeros((count, LABELS), int)
    for at in range(1, count):
        ways = best[:, None] + _FORBIDDEN
        came_from[at] = ways.argmax(0)
        best = ways.max(0) + log_probabilities[at]
    labels = [int(best.argmax())]
    for at in range(count - 1, 0, -1):
        labels.append(int(came_from[at, labels[-1]]))
    return labels[::-1]


def _parts(labels: list[int], probabilities: Floats) -> list[RoleSpan]:
    parts, start = [], 0
    while start < len(labels):
        end = start + 1
        if labels[start]:
            role = (labels[start] - 1) // 2
            while end < len(labels) and labels[end] == 2 * role + 2:
                end += 1
            sure = probabilities[range(start, end), labels[start:end]].mean()
            parts.append(RoleSpan(role, start, end, float(sure)))
        start = end
    return parts


def _whole_words(parts: list[RoleSpan], offsets: list[Span], paragraph: str) -> list[RoleSpan]:
    """Widen parts to whole words, the earlier part first."""

    def within_word(at: int) -> bool:
        if not 0 < at < len(offsets) or offsets[at][0] != offsets[at - 1][1]:
            return False
        return paragraph[offsets[at][0]].isalnum() and paragraph[offsets[at][0] - 1].isalnum()

    whole: list[RoleSpan] = []
    taken = 0
    for part in parts:
        start, end = max(part.start, taken), part.end
        while start > taken and within_word(start):
            start -= 1
        while within_word(end):
            end += 1
        if end > start:
            whole.append(RoleSpan(part.role, start, end, part.confidence))
            taken = end
    return whole


def _link(part: RoleSpan, cues: list[RoleSpan], outputs: Outputs, link_bias: Floats) -> Link | None:
    """Choose the cue of a source or content among those in its window."""
    window = outputs.window_around(part.start, part.end)
    near = [cue for cue in cues if window.start <= cue.start and cue.end <= window.end]
    if not near:
        return None
    row = 0 if part.role == SOURCE else 1
    query = _projection(part, window, row)
    before = sum(cue.start < part.start for cue in near)
    scores = np.empty(len(near))
    for at, cue in enumerate(near):
        # -1 is the nearest cue on the left, 1 the nearest on the right; the bias stops at 3.
        distance = at - before + (at >= before)
        bias = link_bias[row][min(3, max(-3, distance)) + 3]
        scores[at] = query @ _projection(cue, window, 2) / np.sqrt(PROJECTION) + bias
    chances = np.exp(scores - np.logaddexp.reduce(scores))
    return Link(near[int(chances.argmax())], float(chances.max()))


def _within_sentences(
    links: dict[RoleSpan, Link], cues: list[RoleSpan], offsets: list[Span], paragraph: str
) -> dict[RoleSpan, Link]:
    """Link content outside quotation marks to a cue of its own sentence, where that has one."""
    divided = sentences(paragraph)

    def sentence(piece: int) -> int:
        return bisect_right(divided, offsets[piece][0], key=lambda span: span[0])

    kept = dict(links)
    for part, link in links.items():
        at = sentence(part.start)
        if part.role != CONTENT or at == sentence(link.cue.start) or at != sentence(part.end - 1):
            continue
        own = [cue for cue in cues if sentence(cue.start) == at]
        if own and not is_quoted(paragraph, offsets[part.start][0]):
            nearest = min(own, key=lambda cue: abs(cue.start - part.start))
            kept[part] = Link(nearest, link.probability)
    return kept


def _projection(part: RoleSpan, window: Window, which: int) -> Floats:
    start = min(max(part.start - window.start, 0), window.end - window.start - 1)
    end = max(start + 1, part.end - window.start)
    first = LABELS + which * PROJECTION
    mean: Floats = window.scores[start:end, first : first + PROJECTION].mean(0)
    return mean


def _nearest_source(
    cue: RoleSpan, parts: list[RoleSpan], offsets: list[Span], paragraph: str
) -> RoleSpan | None:
    """Guess a cue's source: the nearest one, rather before it and in the same sentence."""

    def gap(source: RoleSpan) -> int:
        return max(source.start, cue.start) - min(source.end, cue.end)

    def distance(source: RoleSpan) -> float:
        first, second = (source, cue) if source.start < cue.start else (cue, source)
        between = paragraph[offsets[first.end - 1][1] : offsets[second.start][0]]
        sentences = len(SENTENCE_END.findall(between))
        return gap(source) + 15 * sentences + (12 if source is second else 0)

    sources = [part for part in parts if part.role == SOURCE and gap(part) < MAX_SOURCE_DISTANCE]
    nearest = min(sources, key=distance, default=None)
    return nearest if nearest and distance(nearest) < MAX_SOURCE_DISTANCE else None


def _spans(parts: list[RoleSpan], offsets: list[Span]) -> Spans:
    ordered = sorted(parts, key=lambda part: part.start)
    return tuple((offsets[part.start][0], offsets[part.end - 1][1]) for part in ordered)
