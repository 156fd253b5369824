"""Each surface shows the whole printed sentence and the cue of each annotated claim."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from bot import config
from bot.cli.output.json_lines import answer_json
from bot.cli.output.screen import print_claim
from bot.extract.paragraphs import paragraphs_of
from bot.model import Article, Claim, Hit, Row, Spans, pieces
from bot.newsroom import Newsroom
from bot.newsroom.watches.watches import AlertContents, AlertStatement
from bot.slack.surfaces.answers import blocks
from bot.slack.surfaces.answers import shared_claims as public
from bot.slack.surfaces.digests import blocks as digest_blocks
from bot.slack.surfaces.watches import blocks as watch_blocks
from bot.store import FiledArticle
from bot.wording.digests.digest_markdown import to_markdown
from bot.wording.passage import MAX_LENGTH
from tests.extract.annotations import Annotated, Expected, annotated_articles
from tests.samples import answer, digest, section
from tests.slack.surfaces.watches.test_blocks import watch

FEWEST = 60
"""The least number of claims that are checked."""
MARKS = re.compile(r"[*>_~`\\]|&(?:amp|gt|lt);|<[^<>]*>|\s+")


def claim_of(article: Article, found: Expected, number: int) -> Claim:
    return Claim(
        id=f"{article.id}-{number}",
        article_id=article.id,
        kind="attribution",
        text=pieces(article.text, found.content),
        spans=found.content,
        type="indirect",
        source=pieces(article.text, found.source) if found.source else None,
        source_spans=found.source,
        cue=pieces(article.text, found.cue),
        cue_spans=found.cue,
        speaker=found.speakers[0],
        source_kind=found.kinds[0],  # type: ignore[arg-type]
        stance=found.stances[0],  # type: ignore[arg-type]
        negative=found.negative,
        via=tuple(names[0] for names in found.via),
    )


def filed(one: Annotated) -> FiledArticle:
    article = replace(one.article, title=f"On {one.article.id}", outlet="The Quay Post")
    claims = [claim_of(article, found, n) for n, found in enumerate(one.attributions)]
    paragraphs = tuple((part.start, part.end) for part in paragraphs_of(article.text))
    return FiledArticle(article, claims, paragraphs)


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    data = tmp_path_factory.mktemp("surfaces")
    with Newsroom(config.load({"CLAIMDESK_DATA": str(data)})) as opened:
        made = [filed(one) for one in annotated_articles()]
        opened.store.archive.apply_steps(made, arrival="single", now=opened.now)
        yield opened


@pytest.fixture(scope="module")
def hits(newsroom: Newsroom) -> list[tuple[Article, Hit]]:
    found = [
        (one.article, newsroom.claims.load_hit(claim.id))
        for one in map(filed, annotated_articles())
        for claim in one.claims
    ]
    assert len(found) >= FEWEST
    return found


def slack(made: Any) -> str:
    """Return all texts of a message's blocks."""
    return " ".join(_texts(made))


def _texts(made: Any) -> Iterator[str]:
    if isinstance(made, dict):
        if made.get("type") in ("mrkdwn", "plain_text"):
            yield made["text"]
        made = list(made.values())
    if isinstance(made, list):
        for one in made:
            yield from _texts(one)


def in_a_digest(hit: Hit) -> Any:
    return digest(sections=(section(hit),))


def alert(hit: Hit) -> str:
    message = watch_blocks.alert_message(
        AlertContents(watch(), (AlertStatement(Row(hits=(hit,))),))
    )
    return slack(message.blocks)


def terminal(hit: Hit) -> str:
    out = Console(file=io.StringIO(), width=10_000)
    print_claim(out, "1. ", hit)
    return out.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def in_an_answer(hit: Hit) -> Any:
    return answer(hits=(hit,), rows=(Row(hits=(hit,)),))


def as_json(hit: Hit) -> str:
    (line,) = answer_json(in_an_answer(hit))["hits"]
    return f"{line['who']} {line['passage']['text']}"


def an_answer(hit: Hit) -> Any:
    return blocks.answer_message(in_an_answer(hit), answer_id="a", offset=0, page_size=3)


SURFACES: dict[str, Callable[[Hit], str]] = {
    "answer": lambda hit: slack(an_answer(hit).blocks),
    "notification": lambda hit: an_answer(hit).text,
    "share": lambda hit: slack(public.share_message(hit, "U1").blocks),
    "alert": alert,
    "digest": lambda hit: slack(digest_blocks.digest_message(in_a_digest(hit)).blocks),
    "Markdown": lambda hit: to_markdown(in_a_digest(hit)),
    "terminal": terminal,
    "JSON": as_json,
}


def bare(text: str) -> str:
    """Return a text without markup and whitespace, for comparison."""
    return MARKS.sub("", html.unescape(html.unescape(text)).replace('\\"', '"')).replace("\\", "")


def printed(article: Article, hit: Hit) -> str:
    """Return the article's text from the start to the end of a claim's source, cue and content."""
    places: Spans = (*hit.claim.source_spans, *hit.claim.cue_spans, *hit.claim.spans)
    return article.text[min(start for start, _ in places) : max(end for _, end in places)]


@pytest.mark.parametrize("surface", SURFACES)
def test_each_surface_shows_the_whole_sentence(
    surface: str, hits: list[tuple[Article, Hit]]
) -> None:
    whole = 0
    for article, hit in hits:
        shown = bare(SURFACES[surface](hit))
        assert hit.passage
        for place in hit.passage.cue:  # with the words that negate it
            assert bare(hit.passage.text[slice(*place)]) in shown
        if len(hit.passage.text) <= MAX_LENGTH:
            assert bare(hit.passage.text) in shown
            assert bare(printed(article, hit)) in shown
            whole += 1
    assert whole >= FEWEST


def test_a_table_has_the_whole_sentence(
    newsroom: Newsroom, hits: list[tuple[Article, Hit]]
) -> None:
    table = "".join(newsroom.archive.export("csv")).removeprefix("\ufeff")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(table))}
    for article, hit in hits:
        row = rows[hit.claim.id]
        assert row["who"]
        if hit.passage and len(hit.passage.text) <= MAX_LENGTH:
            assert bare(printed(article, hit)) in bare(row["passage"])


def test_a_denial_is_announced_above_its_sentence(hits: list[tuple[Article, Hit]]) -> None:
    denials = [hit for _, hit in hits if hit.claim.negative or hit.claim.stance == "denied"]
    assert len(denials) >= 15
    for hit in denials:
        who, _, passage = next(_texts(an_answer(hit).blocks)).partition("\n")
        assert bare(passage).startswith(bare(hit.passage.text if hit.passage else "")[:40])
        assert any(word in who for word in (hit.claim.cue or "").split())
