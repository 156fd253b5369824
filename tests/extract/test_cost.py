"""The cost of reading an article grows as the article does, whatever it consists of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from bot.extract.paragraphs import Paragraph, paragraphs_of
from bot.extract.spans.drafts import Draft, quotations_between
from bot.extract.spans.open_quotes import join_quotations
from bot.extract.spans.unattributed import find_unattributed
from bot.extract.speakers.names import Names
from bot.extract.speakers.resolution import SpeakerResolver
from bot.extract.tagger import decoding, tagger
from bot.extract.tagger.decoding import (
    LABEL_COUNT,
    PROJECTION_WIDTH,
    Outputs,
    RoleSpan,
    Window,
    decode,
)
from bot.model import Span
from bot.speakers.descriptions import mentions
from tests.steps import LINEAR, growth

B_SOURCE, B_CUE, B_CONTENT, I_CONTENT = 1, 3, 5, 6


def decode_sentences(count: int) -> Callable[[], object]:
    """Decode "A said it leaks." again and again, in one paragraph."""
    labels = np.array([B_SOURCE, B_CUE, B_CONTENT, I_CONTENT, 0] * count)
    scores = np.zeros((len(labels), LABEL_COUNT + 3 * PROJECTION_WIDTH), np.float32)
    scores[np.arange(len(labels)), labels] = 9
    offsets = [
        (18 * n + start, 18 * n + end)
        for n in range(count)
        for start, end in ((0, 1), (2, 6), (7, 9), (10, 15), (15, 16))
    ]
    windows = [Window(*span, scores[slice(*span)]) for span in tagger._windows(len(labels))]
    text = "A said it leaks.  " * count
    return lambda: decode(text, Outputs(offsets, windows), np.zeros((2, 7)))


def choose_windows(count: int) -> Callable[[], object]:
    windows = [Window(*span, np.zeros(0)) for span in tagger._windows(count * tagger.STRIDE)]
    outputs = Outputs([(n, n + 1) for n in range(count * tagger.STRIDE)], windows)
    return lambda: [outputs.window_around(window.start, window.end) for window in windows]


def list_cues_of_each_sentence(count: int) -> Callable[[], object]:
    cues = decoding._Cues([RoleSpan(decoding.CUE, n, n + 1, 0.9) for n in range(count)])
    return lambda: [cues.within(n - 5, n + 5) for n in range(count)]


def guess_source_of_each_cue(count: int) -> Callable[[], object]:
    text, offsets = "a " * 100 * count, [(2 * n, 2 * n + 1) for n in range(100 * count)]
    sources = [RoleSpan(decoding.SOURCE, 100 * n, 100 * n + 1, 0.9) for n in range(count)]
    cues = [RoleSpan(decoding.CUE, 100 * n + 2, 100 * n + 3, 0.9) for n in range(count)]
    return lambda: [decoding._nearest_source(cue, sources, offsets, text) for cue in cues]


def list_quotations_of_each_sentence(count: int) -> Callable[[], object]:
    text = "“It leaks.” " * count
    paragraph = Paragraph(0, len(text), "text")
    return lambda: [quotations_between(text, paragraph, 12 * n, 12 * n + 11) for n in range(count)]


def resolve_pronouns(count: int) -> Callable[[], object]:
    sentence = "He said it leaks. "
    text = sentence * count

    def shift(span: Span, n: int) -> tuple[Span]:
        return ((span[0] + n * len(sentence), span[1] + n * len(sentence)),)

    paragraph = Paragraph(0, len(text), "text")
    drafts = [
        Draft(shift((0, 2), n), shift((3, 7), n), shift((8, 16), n), 0.9, False, paragraph)
        for n in range(count)
    ]
    resolver = SpeakerResolver(text, Names(text), [paragraph])
    return lambda: [resolver.resolve(draft) for draft in drafts]


def join_quotations_of_paragraphs(count: int) -> Callable[[], object]:
    text = "\n".join(["Ida Falk said it leaks. “It opened in 1950. "] * count)
    found = paragraphs_of(text)
    drafts = [
        Draft(((at, at + 8),), ((at + 9, at + 13),), ((at + 14, at + 22),), 0.9, False, paragraph)
        for paragraph in found
        for at in (paragraph.start,)
    ]
    return lambda: (
        join_quotations(text, found, drafts, lambda _: True),
        find_unattributed(text, found, []),
    )


def find_mentions_of_each_name(count: int) -> Callable[[], object]:
    text = " ".join(f"“It leaks,” said Falk{n}." for n in range(count))
    return lambda: [list(mentions(text, f"Falk{n}")) for n in range(count)]


@pytest.mark.parametrize(
    ("make_call", "size"),
    [
        (decode_sentences, 80),
        (choose_windows, 40),
        (list_cues_of_each_sentence, 100),
        (guess_source_of_each_cue, 40),
        (list_quotations_of_each_sentence, 100),
        (resolve_pronouns, 150),
        (find_mentions_of_each_name, 100),
        (join_quotations_of_paragraphs, 50),
    ],
)
def test_work_grows_as_the_text_does(make_call: Callable[[int], Callable[[], object]], size: int):
    assert growth(make_call, size) < LINEAR
