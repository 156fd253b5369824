"""Finding a claim's source and cue in its article."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.extract.extractor import Extractor
from bot.model import Article, Claim, Spans
from bot.newsroom.articles.claim_spans import find_source_and_cue, passage_in
from bot.newsroom.articles.claims import make_claims

ANNOTATED = Path(__file__).parents[2] / "extract" / "annotated"


@pytest.mark.parametrize(
    ("text", "content", "source", "cue", "expected"),
    [
        ("He said so. He said it leaks.", "it leaks", "He", "said", (((12, 14),), ((15, 19),))),
        ("It leaks, he said. He said no.", "It leaks", "he", "said", (((10, 12),), ((13, 17),))),
        ("Obama: it leaks", "it leaks", "Obama", ":", (((0, 5),), ((5, 6),))),
        ("He said.\n\nIt leaks.", "It leaks", "He", "said", (((0, 2),), ((3, 7),))),
        ("A told B that it leaks", "it leaks", "A", "told B", (((0, 1),), ((2, 8),))),
        ("It was, A has it leaks", "it leaks", "A", "was … has", (((8, 9),), ((3, 6), (10, 13)))),
        ("It leaks.", "It leaks", "Lund", None, ((), ())),
    ],
)  # fmt: skip
def test_words_are_found(
    text: str, content: str, source: str, cue: str | None, expected: tuple[Spans, Spans]
) -> None:
    start = text.rindex(content)
    spans = ((start, start + len(content)),)
    claim = Claim(
        id="c",
        article_id="a",
        kind="attribution",
        text=content,
        spans=spans,
        source=source,
        cue=cue,
    )
    paragraphs = [found.span() for found in re.finditer(r"[^\n]+", text)]
    assert find_source_and_cue(text, tuple(paragraphs), claim) == expected


@pytest.mark.parametrize(
    "later",
    [
        'UPDATE. He denied it. "The wall is safe," said Lund.',
        '"The wall is safe," a deputy of his said. Lund would not.',
        '"The wall is safe," Lund wrote.',
    ],
)
def test_claim_has_no_passage_in_another_version(later: str) -> None:
    claim = Claim(
        id="c",
        article_id="a",
        kind="attribution",
        text='"The wall is safe,"',
        spans=((0, 19),),
        source="Lund",
        source_spans=((20, 24),),
        cue="said",
        cue_spans=((25, 29),),
    )
    text = '"The wall is safe," Lund said.'
    passage = passage_in(text, ((0, len(text)),), claim)
    assert passage
    assert passage.text == text
    assert passage_in(later, ((0, len(later)),), claim) is None
    # What earlier versions filed has no places of its source and cue.
    old = replace(claim, source_spans=(), cue_spans=())
    assert passage_in(text, ((0, len(text)),), old) == passage


def test_imported_claim_has_no_passage() -> None:
    claim = Claim(id="c", article_id="a", kind="attribution", text="x", source="A", cue="said")
    assert find_source_and_cue("", (), claim) == ((), ())


def test_of_the_annotated_articles_every_source_and_cue_is_found(extractor: Extractor) -> None:
    for file in sorted(ANNOTATED.glob("*.txt"))[:4]:
        text = file.read_text("utf-8")
        article = Article(id=file.stem, origin="a", text=text, language="en")
        found = extractor.extract(article)
        there = {(one.source, one.cue[:1] and one.cue[0][0]) for one in found.attributions}
        for claim in make_claims(article, found, []):
            if claim.kind == "attribution":
                source, cue = find_source_and_cue(text, found.paragraphs, claim)
                assert (source, cue[:1] and cue[0][0]) in there, claim.text
