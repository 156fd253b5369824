"""The modal of an article in review: all of its stored text and claims, within Slack's limits."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model import Article, ArticleCard
from bot.newsroom.articles.overview import Overview
from bot.newsroom.articles.reviews import ReviewedArticle
from bot.slack.surfaces.articles.review_blocks import PIECE_LENGTH, pieces_of, review_view
from tests.samples import hit, texts
from tests.slack.blockkit import view_problems
from tests.slack.desk import Json, read
from tests.soak import examples

long_texts = st.builds(lambda text, times: text * times, texts, st.integers(1, 400))


def reviewed(text: str = "The quay has sunk.", claims: int = 1, **fields: Any) -> ReviewedArticle:
    article = Article(
        **{"id": "a1", "origin": "https://rogue.example/quay", "text": text} | fields,
        review=("unreviewed",),
        brought_by=("T1/UBOB",),
    )
    card = replace(ArticleCard.from_article(article), opening="The quay")
    hits = tuple(
        replace(hit(), claim=replace(hit().claim, id=f"c{number}")) for number in range(claims)
    )
    return ReviewedArticle(article, Overview(article=card, hits=hits), seq=7)


def values(view: Json, action: str) -> list[str]:
    elements = [element for block in view["blocks"] for element in block.get("elements", [])]
    return [element["value"] for element in elements if element.get("action_id") == action]


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(long_texts, st.integers(0, 12), st.integers(0, 9), texts)
def test_any_page_is_within_slacks_limits(text: str, claims: int, page: int, printed: str) -> None:
    claimed = dict.fromkeys(("title", "outlet", "byline", "published", "claimed_outlet"), printed)
    view = review_view(reviewed(text, claims, **claimed), page, has_changed=True)
    assert view_problems(view) == []


@settings(max_examples=examples(60))
@given(long_texts)
def test_the_pieces_are_the_whole_text(text: str) -> None:
    pieces = pieces_of(text)
    assert all(end - start <= PIECE_LENGTH for start, end in pieces)
    assert "".join("".join(text[start:end].split()) for start, end in pieces) == "".join(
        text.split()
    )


def test_every_piece_and_claim_is_on_some_page() -> None:
    text = " ".join(f"word{number}." for number in range(2_000))
    article, page, said = reviewed(text, claims=3), 0, ""
    while True:
        view = review_view(article, page)
        said += read(view)
        if not (following := values(view, "review_next")):
            break
        page = int(following[0].partition(":")[2])
    assert all(f"word{number}." in said for number in range(2_000))
    assert f"of {len(text):,}" in said
    assert "Claims 1–3 of 3" in said


def test_the_modal_says_what_the_page_claims_to_be() -> None:
    fields = {"byline": "Ann Oakes", "published": "2026-11-03", "claimed_outlet": "Reuters"}
    said = read(review_view(reviewed(**fields)))
    for line in (
        "Not reviewed yet · brought by <@UBOB>",
        "The article says it is from Reuters; it came from rogue.example.",
        "Byline: Ann Oakes",
        "Date: 2026-11-03",
        "Read from https://rogue.example/quay",
    ):
        assert line in said
    said = read(review_view(reviewed(claims=0)))
    for line in ("No byline", "No date", "No claims were found in it."):
        assert line in said


def test_accepting_names_the_change_that_was_looked_at() -> None:
    view = review_view(reviewed())
    assert json.loads(view["private_metadata"]) == {"article": "a1", "change": 7}


def test_the_path_of_a_file_is_not_shown() -> None:
    assert "/srv/inbox" not in read(review_view(reviewed(origin="/srv/inbox/quay.html")))
