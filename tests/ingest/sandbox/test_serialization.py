"""What the process apart sends takes no more memory than its reader may."""

from __future__ import annotations

import tracemalloc

import pytest

from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.reader import memory_for
from bot.ingest.refusal import Refusal
from bot.ingest.sandbox.process import MEMORY_PER_RESULT_SIZE
from bot.ingest.sandbox.serialization import dump, load

MEMORY = 10_000_000


@pytest.mark.parametrize(
    "value", [b"{}", b"[1]", b'"ab"', b'{"a":1}', b'"a\\\\"', b'"a\\""', b"[[[]]]"]
)
def test_many_small_values_are_refused_within_memory(value: bytes) -> None:
    payload = (
        b"[" + b",".join([value] * (MEMORY // MEMORY_PER_RESULT_SIZE // (len(value) + 1))) + b"]"
    )
    tracemalloc.start()
    with pytest.raises(ValueError, match="unreadable answer"):
        load(payload, ParsedArticle | Refusal, MEMORY)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MEMORY


def test_a_text_may_hold_many_brackets_and_quotation_marks() -> None:
    part = ParsedArticle('{"a": [\\"b\\\\", {}], ' * 50_000, {})
    assert load(dump(part), ParsedArticle | Refusal, memory_for(len(part.text))) == part
