"""Spans of a text."""

from __future__ import annotations

Span = tuple[int, int]


Spans = tuple[Span, ...]


PIECE_SEPARATOR = " … "


def pieces(text: str, spans: Spans) -> str:
    """Return the pieces of a text at some spans, joined by " … "."""
    return PIECE_SEPARATOR.join(text[start:end] for start, end in spans)
