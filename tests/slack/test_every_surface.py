"""Each surface shows the whole printed sentence and the cue of each annotated claim."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot import config
from bot.cli.output.json_lines import answer_json
from bot.cli.output.screen import print_claim
from bot.extract.paragraphs import paragraphs_of
from bot.model import Article, Claim, Hit, Passage, Row, Spans, pieces
from bot.newsroom import Newsroom
from bot.newsroom.articles.claim_spans import passage_in
from bot.newsroom.watches.watches import AlertContents, AlertStatement
from bot.slack.surfaces.answers import blocks
from bot.slack.surfaces.answers import shared_claims as public
from bot.slack.surfaces.digests import blocks as digest_blocks
from bot.slack.surfaces.watches import blocks as watch_blocks
from bot.store import FiledArticle
from bot.text.sentences import sentences
from bot.text.spans import overlap
from bot.wording.digests.digest_markdown import to_markdown
from bot.wording.hits import hit_before, shown_passage
from bot.wording.passage import MAX_LENGTH
from bot.words import say
from tests.extract.annotations import Annotated, Expected, annotated_articles
from tests.samples import answer, digest, section
from tests.samples import claim as a_claim
from tests.samples import hit as a_hit
from tests.slack.surfaces.watches.test_blocks import watch

NEWS = Path(__file__).parents[1] / "extract" / "news" / "open"
FEWEST = 60
"""The least number of claims that are checked."""
MARKS = re.compile(r"[*>_~`\\]|&(?:amp|gt|lt);|<[^<>]*>|\s+")


def claim_of(article: Article, found: Expected, number: int, outer: int | None) -> Claim:
    return Claim(
        id=f"{article.id}-{number}",
        article_id=article.id,
        kind="attribution",
        text=pieces(article.text, found.content),
        spans=found.content,
        type="indirect",
        source=pieces(article.text, found.source) if found.source else None,
        source_spans=found.source,
        cue=pieces(article.text, found.cue) or None,
        cue_spans=found.cue,
        speaker=found.speakers[0],
        source_kind=found.kinds[0],  # type: ignore[arg-type]
        stance=found.stances[0],  # type: ignore[arg-type]
        negative=found.negative,
        via=tuple(names[0] for names in found.via),
        inside=None if outer is None else f"{article.id}-{outer}",
    )


def filed(one: Annotated) -> FiledArticle:
    article = replace(one.article, title=f"On {one.article.id}", outlet="The Quay Post")
    numbers = {id(found): number for number, found in enumerate(one.attributions)}
    claims = [
        claim_of(article, found, number, numbers.get(id(found.inside)))
        for number, found in enumerate(one.attributions)
    ]
    paragraphs = tuple((part.start, part.end) for part in paragraphs_of(article.text))
    return FiledArticle(article, claims, paragraphs)


def news_articles() -> Iterator[FiledArticle]:
    """Yield the news that the rules were not written for, with its annotated claims."""
    for path in sorted(NEWS.glob("*.json")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        article = Article(
            origin=path.name, id=path.stem, text=text, title="News", outlet="The Post"
        )
        claims = []
        for number, found in enumerate(json.loads(path.read_text("utf-8"))["attributions"]):
            source, cue, content = (
                tuple(map(tuple, found[part])) for part in ("source", "cue", "content")
            )
            claims.append(
                Claim(
                    id=f"{path.stem}-{number}",
                    article_id=path.stem,
                    kind="attribution",
                    text=pieces(text, content),
                    spans=content,
                    source=pieces(text, source) or None,
                    source_spans=source,
                    cue=pieces(text, cue) or None,
                    cue_spans=cue,
                    speaker=found["speaker"],
                    source_kind="named" if found["speaker"] else "described",
                    act=found["act"],
                    inside=found["nested_in"] and f"{path.stem}-{found['nested_in']}",
                )
            )
        paragraphs = tuple((part.start, part.end) for part in paragraphs_of(text))
        yield FiledArticle(article, claims, paragraphs)


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
    before = line["passage"]["before"]
    return f"{before['text'] if before else ''} {line['who']} {line['passage']['text']}"


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
        texts = [text for text in _texts(an_answer(hit).blocks) if "\n> " in text]
        who, _, passage = texts[0].partition("\n")
        assert bare(passage).startswith(bare(hit.passage.text if hit.passage else "")[:40])
        is_tagged = say("who.tag_denial") in who or say("who.tag_refusal") in who
        assert is_tagged or any(word in who for word in (hit.claim.cue or "").split())


# -- one speaker to a bar


@pytest.mark.parametrize("surface", SURFACES)
def test_what_another_says_before_stands_above(
    surface: str, hits: list[tuple[Article, Hit]]
) -> None:
    checked = 0
    for _, hit in hits:
        other = hit_before(hit)
        if not other or not other.passage or len(other.passage.text) > MAX_LENGTH:
            continue
        start = bare(shown_passage(hit)[0])[:30]
        above, _, below = bare(SURFACES[surface](hit)).rpartition(start)
        assert bare(other.passage.text) in above
        assert bare(other.passage.text) not in below
        checked += 1
    assert checked >= 10


def parts_of(claim: Claim) -> Spans:
    return (*claim.source_spans, *claim.cue_spans)


def chain(claim: Claim, by_id: dict[str, Claim]) -> Iterator[str]:
    while claim.inside:
        yield claim.inside
        claim = by_id[claim.inside]


def sentences_of_others(one: FiledArticle, claim: Claim) -> Iterator[str]:
    """Yield the sentences in which another speaks, and the claim's own source does not."""
    text, by_id = one.article.text, {claim.id: claim for claim in one.claims}
    all_sentences = [
        (start + first, start + last)
        for start, end in one.paragraphs
        for first, last in sentences(text[start:end])
    ]
    for other in one.claims:
        is_same = other.speaker == claim.speaker if claim.speaker else other.id == claim.id
        outer = [by_id[id_] for id_ in chain(other, by_id)]
        is_same |= any(claim.speaker and one.speaker == claim.speaker for one in outer)
        is_nested = other.id in chain(claim, by_id) or claim in outer
        if is_same or is_nested or other.act == "event":
            continue
        for sentence in all_sentences:
            if overlap((sentence,), parts_of(claim)):
                continue
            own = overlap((sentence,), claim.spans)
            place = text[slice(*sentence)]
            is_attributed = all(
                overlap((sentence,), spans) for spans in (other.source_spans, other.cue_spans)
            )
            if overlap((sentence,), (*parts_of(other), *other.spans)) and (
                not own or (is_attributed and overlap(claim.spans, parts_of(other)))
            ):
                yield place


def test_no_other_speakers_sentence_is_in_a_bar() -> None:
    checked = 0
    for one in (*map(filed, annotated_articles()), *news_articles()):
        for claim in one.claims:
            passage = passage_in(one.article.text, one.paragraphs, claim, one.claims)
            assert passage
            for sentence in sentences_of_others(one, claim):
                assert sentence not in passage.text, (claim.text, sentence)
                checked += 1
    assert checked > 1000


# -- guesses


@pytest.mark.parametrize("surface", SURFACES)
def test_what_is_posted_names_no_guess(surface: str) -> None:
    guessed = {"speaker": None, "guess": "Ane Dahl", "source": "She", "source_kind": "described"}
    passage = Passage(spans=((0, 30),), text="She said the quay had moved.", content=((9, 27),))
    found = replace(a_hit(), claim=replace(a_claim(), **guessed), passage=passage)
    is_private = surface in ("answer", "notification", "terminal", "JSON")
    assert ("Ane Dahl" in SURFACES[surface](found)) == is_private
