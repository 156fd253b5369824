"""Which parts of a claim's text a query matched, to be shown bold."""

from __future__ import annotations

from bot.model import PIECE_SEPARATOR, Span, Spans
from bot.search.engine.query_builder import QueryBuilder, Stems
from bot.search.engine.words import stem, word_spans
from bot.search.language.query import Query


def highlight(builder: QueryBuilder, query: Query, text: str) -> Spans:
    """Find the whole words and phrases of `text` that match, as the index matches them.

    Returns sorted spans of code points that do not overlap; a phrase is one span.
    """
    alternatives = (typed for group in query.alternatives for typed in group)
    asked = (*query.words, *query.phrases, *alternatives)
    wanted = {run for typed in asked for run in builder.stem_sequences(typed)}
    wanted.update(run for name in query.mentions for run in builder.mention_sequences(name))
    found: list[Span] = []
    offset = 0
    for piece in text.split(PIECE_SEPARATOR):
        found += [(offset + start, offset + end) for start, end in _matches(wanted, piece)]
        offset += len(piece) + len(PIECE_SEPARATOR)
    return _joined(sorted(found))


def _matches(wanted: set[Stems], piece: str) -> list[Span]:
    placed = [(stem(word), span) for word, span in word_spans(piece)]
    stems = tuple(one for one, _ in placed)
    lengths = {len(run) for run in wanted}
    return [
        (placed[at][1][0], placed[at + length - 1][1][1])
        for length in lengths
        for at in range(len(stems) - length + 1)
        if stems[at : at + length] in wanted
    ]


def _joined(spans: list[Span]) -> Spans:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)
