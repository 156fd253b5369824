"""Find signed quotations: “…” – Ingrid Solvane, harbour master."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import Draft
from bot.model import Span, Spans
from bot.text.quotes import quotations
from bot.text.spans import masked, shifted

SIGNATURE = re.compile(
    r"""\s* (?P<cue>--|[-–—―]) \s*
    (?P<who> [^\W\d_a-z][\w.’'-]* (?:\s (?:[^\W\d_a-z][\w.’'-]* | [a-z]{1,3}) ){0,7}
      (?:,\s [^.;:“”"\d]{1,80})? (?<![^\W\d_]{4}\.) )
    (?:,\s\d[^“”"\n]{0,40})? \.?\s*""",
    re.VERBOSE,
)
"""A dash, a name, and perhaps a role after a comma. The words of a name start with a capital, or
are short, such as "de" and "of". A full stop after "Jr." belongs to the name; that after a word of
four letters does not. A time may follow: ", 6:14 p.m."."""
SIGNATURE_LINE = re.compile(
    r"""(?P<cue>) (?P<who> [^\W\d_a-z][\w.’'-]* (?:\s (?:[^\W\d_a-z][\w.’'-]* | [a-z]{1,3}) ){1,5}
      ,\s [^.;:“”"]{3,80} )""",
    re.VERBOSE,
)
"""A name and a role on a line of their own, without a dash."""
MAX_SIGNATURE_LENGTH = 120
CONFIDENCE = 0.9


def find_signed_quotations(text: str, paragraphs: Sequence[Paragraph]) -> list[Draft]:
    """Find paragraphs of quotations only that end in a signature, or have it as the next line."""
    return [
        Draft(
            source=(signature.span("who"),),
            cue=(
                signature.span("cue") if signature["cue"] else (content[0][0], content[0][0] + 1),
            ),
            content=content,
            confidence=CONFIDENCE,
            is_guessed=False,
            paragraph=Paragraph(content[0][0], signature.end("who"), "text"),
        )
        for content, signature in _signed(text, paragraphs)
    ]


def _signed(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Spans, re.Match[str]]]:
    for paragraph, following in pairwise([*paragraphs, None]):
        if paragraph is None or paragraph.kind == "furniture":
            continue
        spans = shifted(quotations(text[paragraph.start : paragraph.end]), paragraph.start)
        if not spans or spans[0][0] != paragraph.start:
            continue
        rest = (spans[-1][1], paragraph.end)
        if text[slice(*rest)].strip() or not following:
            signature = _signature(text, rest)
        else:
            signature = find_signature_line(text, spans[-1][1], following)
        if signature and is_quotation_only(text, paragraph.start, spans[-1][1]):
            yield spans, signature


def _signature(text: str, span: Span) -> re.Match[str] | None:
    start, end = span
    return SIGNATURE.fullmatch(text, start, end) if end - start <= MAX_SIGNATURE_LENGTH else None


def find_signature_line(text: str, end: int, following: Paragraph) -> re.Match[str] | None:
    """Match the paragraph after a quotation that ends at `end` as its signature, if it is one.

    Without a dash, it must be the very next line.
    """
    span = following.start, following.end
    if signature := _signature(text, span):
        return signature
    is_next_line = text[end : following.start].count("\n") == 1
    return SIGNATURE_LINE.fullmatch(text, *span) if is_next_line else None


def is_quotation_only(text: str, start: int, end: int) -> bool:
    """Tell whether a part of an article consists of quotations."""
    printed = text[start:end]
    return bool(printed) and not masked(printed, quotations(printed)).split()
