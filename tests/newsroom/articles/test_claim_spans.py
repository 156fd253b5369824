"""Finding a claim's source and cue in its article."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.extract.extractor import Extractor
from bot.model import Article, ArticleCard, Claim, Hit, Spans
from bot.newsroom.articles.claim_spans import find_source_and_cue, passage_in
from bot.newsroom.articles.claims import make_claims
from bot.wording.hits import after_line, before_line, shown_passage
from bot.wording.runs import plain_text

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


def claims_of(text: str, *found: tuple[str, str, str, str]) -> list[Claim]:
    """Return claims of a text, given by speaker, source, cue and content."""

    def place(words: str, start: int = 0) -> Spans:
        first = text.index(words, start)
        return ((first, first + len(words)),) if words else ()

    return [
        Claim(
            id=f"c{number}",
            article_id="a",
            kind="attribution" if cue else "statement",
            text=content,
            spans=place(content),
            speaker=speaker or None,
            source=source or None,
            source_spans=place(source),
            cue=cue or None,
            cue_spans=place(cue),
            source_kind="named",
        )
        for number, (speaker, source, cue, content) in enumerate(found)
    ]


def shown(text: str, claims: list[Claim], number: int = -1) -> Hit:
    passage = passage_in(text, ((0, len(text)),), claims[number], claims)
    card = ArticleCard.from_article(Article(id="a", origin="a", text=text))
    return Hit(claim=claims[number], article=card, score=1, passage=passage)


LUND = ("Lund", "Lund", "said", "the wall leaks")


def test_what_another_said_stands_above_the_bar() -> None:
    text = "Lund said the wall leaks. Marsh denied that."
    hit = shown(text, claims_of(text, LUND, ("Marsh", "Marsh", "denied", "that")))
    assert hit.passage
    assert hit.passage.text == "Marsh denied that."
    assert plain_text(before_line(hit)) == "Lund said the wall leaks."


def test_who_said_it_is_told_where_the_sentence_does_not_begin_with_it() -> None:
    text = "“It leaks,” he said. Marsh denied that."
    claims = claims_of(
        text, ("Lund", "he", "said", "“It leaks,”"), ("Marsh", "Marsh", "denied", "that")
    )
    assert plain_text(before_line(shown(text, claims))) == "Lund (“he”) said: “It leaks,” he said."


@pytest.mark.parametrize("before", ["Marsh said the wall leaks.", "The wall leaks."])
def test_ones_own_and_the_articles_sentence_stay_in_the_bar(before: str) -> None:
    text = f"{before} She denied that."
    own = [("Marsh", "Marsh", "said", "the wall leaks")] if "said" in before else []
    hit = shown(text, claims_of(text, *own, ("Marsh", "She", "denied", "that")))
    assert hit.passage
    assert hit.passage.text == text
    assert not before_line(hit)


PIECES = "the quay moved. Marsh said the wall leaks. Ships wait"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (f"Lund said {PIECES}.", "Lund said the quay moved. […] Ships wait."),
        # Whoever is quoted quotes: that is theirs.
        (f"Lund said “{PIECES}.”", f"Lund said “{PIECES}.”"),
    ],
)
def test_anothers_sentence_in_the_content_is_left_out(text: str, printed: str) -> None:
    claims = claims_of(
        text, ("Marsh", "Marsh", "said", "the wall leaks"), ("Lund", "Lund", "said", PIECES)
    )
    claims[0] = replace(
        claims[0], cue_spans=((text.index("said the wall"), text.index(" the wall")),)
    )
    hit = shown(text, claims)
    assert hit.passage
    assert hit.passage.text == printed
    inside = [replace(claims[0], inside=claims[1].id), claims[1]]
    assert shown(text, inside).passage.text == text  # type: ignore[union-attr]


def test_a_sentence_of_two_speakers_is_never_cut() -> None:
    long = "and it stank, " * 20
    sentence = f"Lund said the wall leaks, {long}while Marsh denied the quay moved, {long}it said."
    text = f"Rain fell. {sentence} {long}"
    claims = claims_of(text, LUND, ("Marsh", "Marsh", "denied", "the quay moved"))
    for number in (0, 1):
        printed, _ = shown_passage(shown(text, claims, number))
        assert sentence in printed


@pytest.mark.parametrize(
    ("before", "cue", "line"),
    [
        ("Lund said the wall leaks.", "said", "after what Lund said"),
        ("Lund told the Post the wall leaks.", "told the Post", "after what Lund told the Post"),
        ("Lund denied the wall leaks.", "denied", "after what Lund denied"),
        ("Lund cast doubt on the wall leaks.", "cast doubt on", ""),
    ],
)
def test_the_articles_own_words_follow_somebody(before: str, cue: str, line: str) -> None:
    text = f"{before} Ships wait outside."
    claims = claims_of(
        text, ("Lund", "Lund", cue, "the wall leaks"), ("", "", "", "Ships wait outside.")
    )
    stance = "denied" if cue == "denied" else "said"
    claims[0] = replace(claims[0], stance=stance)  # type: ignore[arg-type]
    hit = shown(text, claims)
    assert plain_text(after_line(hit)) == line
    assert not before_line(hit)


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
