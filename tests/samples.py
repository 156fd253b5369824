"""Sample claims, articles, answers and digests, and hypothesis strategies for random ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from bot.model import (
    Answer,
    ArticleCard,
    Claim,
    Context,
    Correction,
    Coverage,
    CurrentClaim,
    Digest,
    DigestKind,
    DigestRow,
    DigestSection,
    Dispute,
    Hit,
    NearbyAttribution,
    Passage,
    Ruling,
)

CLAIM = Claim(
    id="c1",
    article_id="a1",
    kind="attribution",
    text="the quay wall had moved",
    spans=((10, 33),),
    paragraph=2,
    type="indirect",
    speaker="Ida Marsh",
    source="Ida Marsh",
    cue="said",
    source_kind="named",
    stance="said",
)
STATEMENT = Claim(id="s1", article_id="a1", kind="statement", text="The port is shut.", paragraph=1)
CARD = ArticleCard(
    id="a1",
    title="Harbour closure enters third day",
    outlet="The Tidewater Post",
    published="2026-11-03",
    published_on=date(2026, 11, 3),
    url=None,
    sample=True,
    opening="The harbour stayed shut…",
)
COVERAGE = Coverage(articles=9, claims=212, first=date(2026, 11, 1), last=date(2026, 11, 25))


def live(blocks: Any) -> Iterator[str]:
    """Return all texts of blocks that Slack renders as mrkdwn."""
    if isinstance(blocks, dict):
        if blocks.get("type") == "mrkdwn":
            yield blocks["text"]
        blocks = list(blocks.values())
    if isinstance(blocks, list):
        for element in blocks:
            yield from live(element)


def claim(**changes: Any) -> Claim:
    return replace(CLAIM, **changes)


def card(**changes: Any) -> ArticleCard:
    return replace(CARD, **changes)


def hit(claim: Claim = CLAIM, article: ArticleCard = CARD) -> Hit:
    return Hit(claim=claim, article=article, score=1.0)


def denied_by(*denials: Hit) -> tuple[Dispute, ...]:
    """Return the disputes of a row with these denials."""
    return tuple(Dispute(hit=denial, is_denial=True) for denial in denials)


def answer(**changes: Any) -> Answer:
    return replace(
        Answer(
            query="quay wall",
            read_as="quay wall",
            total=1,
            hits=(hit(),),
            searched=COVERAGE,
            took_ms=1.0,
        ),
        **changes,
    )


def row(shown: Hit, *, changed: bool = False, **fields: Any) -> DigestRow:
    """Return a digest row with one claim."""
    return DigestRow(
        claim_id=shown.claim.id, current=CurrentClaim(hit=shown, changed=changed), **fields
    )


def section(*shown: Hit, kind: DigestKind = "more") -> DigestSection:
    return DigestSection(kind=kind, rows=tuple(map(row, shown)))


def digest(**changes: Any) -> Digest:
    return replace(
        Digest(
            day=date(2026, 11, 24),
            since=datetime(2026, 11, 23, 8, 30, tzinfo=UTC),
            until=datetime(2026, 11, 24, 8, 30, tzinfo=UTC),
            zone="Europe/London",
            sections=(section(hit()),),
            claims=1,
            articles=1,
        ),
        **changes,
    )


RULED = Ruling(
    ruling="accepted", person="U01BOB", person_name="bob", at=datetime(2026, 11, 25, 9, tzinfo=UTC)
)


def correction(**changes: Any) -> Correction:
    """Return a correction of a speaker, accepted by another person."""
    return replace(
        Correction(
            id="k1",
            team="T",
            press="V1",
            claim_id="c1",
            article_id="a1",
            changes={"speaker": "Ida Marsh"},
            before={"speaker": "Mara Quill"},
            reason="paragraph 2 names her",
            person="U01ALICE",
            person_name="alice",
            suggested_at=datetime(2026, 11, 25, 8, tzinfo=UTC),
            state="accepted",
            rulings=(RULED,),
        ),
        **changes,
    )


# Printable text, with many strings that are special in Slack, or very long.
SHORT = ["<!channel>", "<@U01ALICE>", "@here", "*b*", "_i_", "~s~", "`c`", "```", ":tada:", "&lt;"]
LONG = ["&" * 700, "<" * 900, "*" * 800, "x" * 2000, "word " * 500, "\n> q", "\n\n", " "]
hostile = st.sampled_from(SHORT + LONG)
texts = st.lists(hostile | st.text(max_size=40), min_size=1, max_size=6).map("".join)
texts = texts.filter(str.strip)
maybe = st.none() | texts
links = st.sampled_from(
    [None, "https://example.org/a?b=1&c=<d>", "https://example.org/" + "&" * 280]
)
links = links | st.just("javascript:alert(1)") | st.just("https://example.org/|<!channel>")
days = st.none() | st.dates()
kinds = st.sampled_from(["named", "described", "unnamed", "none"])

claims = st.builds(
    Claim,
    id=st.just("c1"),
    article_id=st.just("a1"),
    kind=st.sampled_from(["attribution", "statement"]),
    text=texts,
    paragraph=st.none() | st.integers(1, 10_000),
    type=st.sampled_from(["direct", "indirect", "mixed", None]),
    speaker=maybe,
    source=maybe,
    cue=maybe,
    source_kind=kinds,
    stance=st.sampled_from(["said", "denied", "believes", None]),
    negative=st.booleans(),
    via=st.lists(texts, max_size=4).map(tuple),
    inside=st.sampled_from([None, "c0"]),
    near=st.none() | st.builds(NearbyAttribution, speaker=texts, text=texts, report=maybe),
    said_on=days,
    said_on_inferred=st.booleans(),
)
cards = st.builds(
    ArticleCard,
    id=st.just("a1"),
    title=maybe,
    outlet=maybe,
    published=st.none(),
    published_on=days,
    url=links,
    sample=st.booleans(),
    opening=texts,
)


@st.composite
def spans_of(draw: st.DrawFn, text: str) -> tuple[tuple[int, int], ...]:
    ends = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return tuple(zip(ends[::2], ends[1::2], strict=False))


@st.composite
def hits(draw: st.DrawFn) -> Hit:
    found = draw(claims)
    matched = draw(spans_of(found.text))
    shown = Hit(claim=found, article=draw(cards), score=1.0, text_matches=matched)
    text = draw(maybe)
    if text is None:
        return shown
    printed = {name: draw(spans_of(text)) for name in ("source", "cue", "content")}
    passage = Passage(spans=((0, len(text)),), text=text, **printed)
    return replace(shown, passage=passage, passage_matches=draw(spans_of(text)))


@st.composite
def contexts(draw: st.DrawFn) -> Context:
    paragraph = draw(texts)
    return Context(
        hit=draw(hits()),
        paragraph=paragraph,
        claim_spans=draw(spans_of(paragraph)),
        before=draw(maybe),
        after=draw(maybe),
    )
