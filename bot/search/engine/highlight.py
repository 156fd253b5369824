"""Find the parts of a claim's text that a query matched, to be shown in bold."""

from __future__ import annotations

from bot.model import PIECE_SEPARATOR, Span, Spans
from bot.search.engine.query_builder import QueryBuilder
from bot.search.engine.words import stem, word_spans
from bot.search.forms import Stems
from bot.search.language.query import Query


def highlight(builder: QueryBuilder, query: Query, text: str) -> Spans:
    """Find the whole words and phrases of `text` that match, as the index matches them.

    Returns sorted spans of code points that do not overlap; a phrase is one span.
    """
    alternatives = (typed for group in query.alternatives for typed in group)
    texts = (*query.words, *query.phrases, *alternatives)
    sequences = {stems for typed in texts for stems in builder.stem_sequences(typed)}
    sequences.update(stems for name in query.mentions for stems in builder.mention_sequences(name))
    spans: list[Span] = []
    offset = 0
    for piece in text.split(PIECE_SEPARATOR):
        spans += [(offset + start, offset + end) for start, end in _matches(sequences, piece)]
        offset += len(piece) + len(PIECE_SEPARATOR)
    return _merge(sorted(spans))


def _matches(sequences: set[Stems], piece: str) -> list[Span]:
    stems, spans = [], []
    for word, span in word_spans(piece):
        stems.append(stem(word))
        spans.append(span)
    return [
        (spans[index][0], spans[index + length - 1][1])
        for length in {len(sequence) for sequence in sequences}
        for index in range(len(stems) - length + 1)
        if tuple(stems[index : index + length]) in sequences
    ]


def _merge(spans: list[Span]) -> Spans:
    merged_spans: list[Span] = []
    for start, end in spans:
        if merged_spans and start < merged_spans[-1][1]:
            merged_spans[-1] = merged_spans[-1][0], max(end, merged_spans[-1][1])
        else:
            merged_spans.append((start, end))
    return tuple(merged_spans)
