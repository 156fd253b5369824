"""For any bytes, a format returns Documents that can be stored, or Refusals with cause and remedy.

`make test` tries a few examples, always the same. `make soak` tries new ones in each run, and so
does `make fuzz`, for SECONDS per format.
"""

from __future__ import annotations

import json
import os
import re
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, get_args
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ingest import parser, reader
from bot.ingest.formats.table import FORMATS, Format
from bot.ingest.parser import SourceFile
from bot.model import Document, PubStatus
from tests.ingest.samples_of import samples_of
from tests.soak import SOAK, examples

SECONDS = float(os.environ.get("FUZZ_SECONDS", "0"))
EXAMPLES = 15
MAX_BYTES = 200_000
MAX_MEMORY = 4 * 1024**3
TREES = {"json": ("ninjs", "feed", "jsonlines"), "xml": ("feed", "newsml", "nitf", "html")}


@st.composite
def mutated(draw: st.DrawFn, samples: list[bytes]) -> bytes:
    """Draw a sample that is cut, overwritten, repeated in part, or spliced with another."""
    raw = draw(st.sampled_from(samples))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(raw)))
        end = min(len(raw), start + draw(st.sampled_from([0, 1, 4, 30, 400, 5000])))
        other = draw(st.sampled_from(samples))
        new = draw(
            st.just(b"")
            | st.binary(max_size=8)
            | st.just(raw[start:end] * 3)
            | st.just(other[start : start + 300])
            | st.sampled_from([b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"-1", b"9" * 400, b"<", b'"'])
        )
        raw = raw[:start] + new + raw[end:]
        if draw(st.integers(0, 9)) == 0:
            raw = raw[:start]
    return raw


def names_in(samples: list[bytes], pattern: str) -> list[str]:
    """Return the keys or tags in a format's samples, so that random trees resemble them."""
    text = b"\n".join(samples).decode("utf-8", "replace")
    return sorted(set(re.findall(pattern, text))) or ["a"]


def json_trees(samples: list[bytes]) -> st.SearchStrategy[bytes]:
    names = st.sampled_from(names_in(samples, r'"([\w@.]+)"\s*:'))
    words = st.sampled_from(names_in(samples, r':\s*"([^"\\]{1,60})"'))
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | words
    trees = st.recursive(
        leaves, lambda x: st.lists(x, max_size=4) | st.dictionaries(names, x, max_size=8)
    )
    return st.dictionaries(names, trees, min_size=2).map(lambda tree: json.dumps(tree).encode())


def xml_trees(samples: list[bytes]) -> st.SearchStrategy[bytes]:
    names = st.sampled_from(names_in(samples, r"<([A-Za-z][\w.-]*)"))
    keys = st.sampled_from(names_in(samples, r'\s([A-Za-z][\w-]*)="'))
    words = st.sampled_from(names_in(samples, r'="([^"&<]{1,60})"')) | st.text(max_size=20)
    texts = words.map(escape)
    opening_tags = [
        match.group().decode("utf-8", "replace")
        for raw in samples
        if (match := re.search(rb"\A.*?<[A-Za-z][^>]*>", raw, re.DOTALL))
    ]

    def element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        attributes = st.dictionaries(keys, words, max_size=3)
        inside = st.lists(children, max_size=5).map("".join)
        return st.builds(_element, names, attributes, inside)

    trees = st.lists(st.recursive(texts, element, max_leaves=25), max_size=6).map("".join)
    return st.builds(_document, st.sampled_from(opening_tags), trees)


def _element(name: str, attributes: dict[str, str], inside: str) -> str:
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{written}>{inside}</{name}>"


def _document(opening_tag: str, inside: str) -> bytes:
    name = re.findall(r"<([A-Za-z][\w:.-]*)", opening_tag)[-1]
    return f"{opening_tag}{inside}</{name}>".encode("utf-8", "replace")


def check(raw: bytes, name: str, counts: Counter[str]) -> None:
    counts["files"] += 1
    for one in reader.to_documents(parser.parse(SourceFile(raw, name, MAX_BYTES)), origin="fuzz"):
        counts[type(one).__name__] += 1
        if isinstance(one, Document):
            check_document(one)
        else:
            assert one.cause
            assert one.remedy


def check_document(document: Document) -> None:
    """Check that a document can be stored, in PostgreSQL too, and shown."""
    for name in Document.__dataclass_fields__:
        value = getattr(document, name)
        if isinstance(value, str):
            value.encode()
            assert "\0" not in value
        if isinstance(value, datetime):
            assert value.tzinfo is UTC
    assert document.text.strip() or document.status != "usable"
    assert document.status in get_args(PubStatus)
    assert document.published_at is None or document.published_on


def bytes_of(format_: Format) -> st.SearchStrategy[tuple[str, bytes]]:
    samples = samples_of(format_.module, format_.suffixes)
    assert samples, f"no samples of {format_.name}"
    raws = list(samples.values())
    strategy = mutated(raws)
    for kind, trees in (("json", json_trees), ("xml", xml_trees)):
        of_kind = [raw for raw in raws if raw.lstrip()[:1] == {"json": b"{", "xml": b"<"}[kind]]
        if of_kind and format_.module in TREES[kind]:
            strategy |= trees(of_kind)
    return st.tuples(st.sampled_from(sorted(samples)), strategy)


@pytest.fixture(autouse=True)
def limited_memory() -> Iterator[None]:
    """Limit the memory of a long run, so that a file that needs too much fails only its test."""
    limits = resource.getrlimit(resource.RLIMIT_AS)
    if SECONDS:
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, limits)


def run_repeatedly(run: Callable[[], Any]) -> None:
    """Call `run` once, or again until SECONDS have passed."""
    end = time.monotonic() + SECONDS
    run()
    while time.monotonic() < end:
        run()


@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.module)
def test_any_bytes_are_documents_or_refusals(format_: Format) -> None:
    @settings(
        max_examples=examples(300 if SECONDS else EXAMPLES),
        derandomize=not (SECONDS or SOAK),  # `make test` must not fail by chance
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(named=bytes_of(format_))
    def run(named: tuple[str, bytes]) -> None:
        name, raw = named
        check(raw, name, counts)

    counts = Counter[str]()
    run_repeatedly(run)
    print(f"{format_.name}: {dict(counts)}")  # `make fuzz` shows it
