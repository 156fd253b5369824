"""Spans of a text."""

from __future__ import annotations

Span = tuple[int, int]


Spans = tuple[Span, ...]


PIECE_SEPARATOR = " … "


def pieces(text: str, spans: Spans) -> str:
    """Print the spans of a text, pieces joined by " … " as the bot shows them."""
    return PIECE_SEPARATOR.join(text[start:end] for start, end in spans)
