"""Passages of annotated articles: our own, and the corpora where they are at hand."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.extract.paragraphs import paragraphs_of
from bot.model import Passage, Spans
from bot.wording.passage import MAX_LENGTH, passage_of, shorten_passage
from tests.extract.annotations import annotated_articles

ROOT = Path(__file__).parents[2]
CORPORA = ROOT.parent / "shared" / "attribution"


Places = dict[str, Spans]
PARTS = ("source", "cue", "content")


def own() -> Iterator[tuple[str, list[Places]]]:
    for one in annotated_articles():
        places = [{part: getattr(found, part) for part in PARTS} for found in one.attributions]
        yield one.article.text, places


def corpus(name: str) -> Iterator[tuple[str, list[Places]]]:
    path = CORPORA / f"{name}.tar.xz"
    if not path.exists():
        pytest.skip("skipped: no corpus")
    with tarfile.open(path) as archive:
        files = {one.name: archive.extractfile(one) for one in archive if one.isfile()}
        read = {name: file.read().decode() for name, file in files.items() if file}
    for name, known in read.items():
        if name.endswith(".json"):
            found = json.loads(known)["attributions"]
            places = [{part: spans_of(one[part]) for part in PARTS} for one in found]
            yield read[f"{name.removesuffix('.json')}.txt"], places


def spans_of(annotated: Any) -> Spans:
    return tuple((start, end) for start, end in annotated or ())


@pytest.mark.parametrize("name", ["own", "wikinews-dev", "polnear-dev"])
def test_passages_contain_all_parts_and_excerpts_source_and_cue(name: str) -> None:
    count = 0
    for text, found in own() if name == "own" else corpus(name):
        paragraphs = tuple((one.start, one.end) for one in paragraphs_of(text))
        for places in found:
            passage = passage_of(text, paragraphs, **places)
            check(text, passage, places)
            count += 1
    assert count >= 100


def check(text: str, passage: Passage, places: Places) -> None:
    for part, spans in places.items():
        for start, end in spans:
            assert any(s <= start and end <= e for s, e in passage.spans)
        found = [passage.text[start:end] for start, end in getattr(passage, part)]
        assert all(any(text[start:end] in one for one in found) for start, end in spans)
    printed, marks = shorten_passage(passage, passage.cue)
    assert len(printed) <= 2 * MAX_LENGTH
    words = " ".join(printed.split())
    for start, end in (*passage.source, *passage.cue):
        assert " ".join(passage.text[start:end].split()) in words, (words, passage.text[start:end])
    assert len(marks) >= len(passage.cue)
