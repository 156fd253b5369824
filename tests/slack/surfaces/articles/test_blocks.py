"""Messages about one article and its withdrawal: their exact words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.model import Hit
from bot.newsroom.articles.article_intake import Outcome
from bot.newsroom.articles.overview import Overview
from bot.slack.mrkdwn import GAP, JOINER
from bot.slack.parts import Message
from bot.slack.surfaces.answers import blocks
from bot.slack.surfaces.articles import blocks as article_blocks
from bot.slack.surfaces.articles.withdrawal import parse_withdrawal, withdraw_view
from tests.samples import CARD, card, cards, claim, claims, hit, texts
from tests.slack import blockkit

LABEL = "SAMPLE · The Tidewater Post · 3 Nov 2026 · Harbour closure enters third day"
OUTCOME = Outcome(
    id="a1",
    title="Harbour closure enters third day",
    outlet="The Tidewater Post",
    byline=None,
    published="2026-11-03T06:30:00+01:00",
    language="en",
    characters=900,
    status="new",
)
NINE = Overview(
    article=CARD, hits=tuple(hit(claim(id=f"c{n}", text=f"crack {n}")) for n in range(9))
)
BARE = Overview(article=CARD, hits=())


def buttons_of(message: Message) -> list[tuple[str, str]]:
    return [
        (element["action_id"], element["value"])
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "button"
    ]


@given(st.lists(claims, max_size=20), cards, st.lists(texts, max_size=6))
def test_any_article_stays_within_slacks_limits(
    found: list[Any], article: Any, via: list[str]
) -> None:
    hits = tuple(Hit(claim=replace(c, via=tuple(via)), article=article, score=0) for c in found)
    overview = Overview(article=article, hits=hits)
    for offset in range(0, len(hits) + 1, 3):
        message = article_blocks.article_message(None, overview, offset=offset, may_withdraw=True)
        assert blockkit.problems(message.blocks) == []
    for shown in (
        article_blocks.sources_message(overview).blocks,
        article_blocks.unfurl_blocks(overview)["blocks"],
        article_blocks.choice_message([article] * 5).blocks,
    ):
        assert blockkit.problems(shown) == []


def test_only_admins_get_a_button_to_withdraw() -> None:
    message = article_blocks.article_message(OUTCOME, BARE, may_withdraw=True)
    assert buttons_of(message) == [("correct_article", "a1"), ("withdraw", "a1")]
    assert buttons_of(article_blocks.article_message(OUTCOME, BARE)) == [("correct_article", "a1")]


def test_the_withdrawal_modal_states_consequences_and_is_parsed() -> None:
    view = withdraw_view(
        replace(NINE, other_outlets=("The Herald",)), "https://slack.example/answer"
    )
    [label], [means] = (
        [text.replace(JOINER, "").replace(GAP, "") for text in (one["text"],)]
        for one in (view["blocks"][0]["text"], view["blocks"][1]["elements"][0])
    )
    assert label == LABEL
    assert means.startswith("Its 9 claims will no longer be found")
    assert means.endswith("It is also in The Herald: those copies stay.")
    written = {"reason": {"reason": {"type": "plain_text_input", "value": " the man\n sued "}}}
    sent = view | {"state": {"values": written}}
    assert parse_withdrawal(sent) == ("a1", "the man sued", "https://slack.example/answer")
    assert parse_withdrawal(view | {"state": {"values": {"reason": {"reason": {}}}}})[1] == ""


def test_a_withdrawn_articles_words_are_not_repeated() -> None:
    said = article_blocks.withdrawn_message(NINE).text
    assert said.startswith("The article was withdrawn: its 9 claims will no longer be found")
    assert "Harbour" not in said
    french = Overview(article=card(language="fr"), hits=(hit(claim(kind="passage")),))
    assert "withdrawn: its text will" in article_blocks.withdrawn_message(french).text


overviews = st.builds(
    Overview,
    article=cards,
    hits=st.lists(st.builds(Hit, claim=claims, article=cards, score=st.just(0.0)), max_size=4).map(
        tuple
    ),
    other_outlets=st.lists(texts, max_size=3).map(tuple),
    versions=st.integers(1, 10**6),
)


@given(overviews)
def test_any_article_text_is_accepted_by_slack(found: Overview) -> None:
    message = article_blocks.article_message(OUTCOME, found, more_articles=9, may_withdraw=True)
    assert blockkit.problems(message.blocks) == []
    assert blockkit.view_problems(withdraw_view(found, "https://slack.example/a")) == []
    assert blockkit.problems(blocks.help_message("article").blocks) == []
