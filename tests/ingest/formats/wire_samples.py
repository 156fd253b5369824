"""What the tests of wires and feeds share: their samples, read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from bot.ingest.metadata import Published
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal

SAMPLES = Path(__file__).parents[1] / "samples"

Reader = Callable[[bytes], Iterator[ParsedArticle | Refusal]]


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def only_part(read: Reader, raw: bytes) -> ParsedArticle:
    (part,) = read(raw)
    assert isinstance(part, ParsedArticle)
    return part


def printed(part: ParsedArticle) -> str | None:
    published = part.metadata.get("published")
    return published.printed if isinstance(published, Published) else None


def parts_or_refusals(read: Reader, raw: bytes) -> list[ParsedArticle | Refusal]:
    """What a reader makes of anything; nothing but parts and refusals may come of it."""
    try:
        found = list(read(raw))
    except Refusal as refusal:
        found = [refusal]
    for one in found:
        assert isinstance(one, ParsedArticle | Refusal)
        if isinstance(one, Refusal):
            assert one.cause
            assert one.remedy
    return found
