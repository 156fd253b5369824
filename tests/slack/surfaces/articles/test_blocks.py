"""Messages about one article and its withdrawal: their exact words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
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
from bot.wording import answers as wording
from bot.wording.runs import plain_text
from bot.words import say
from tests.samples import CARD, STATEMENT, card, cards, claim, claims, hit, texts
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


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"version": 2}, "version 2"),
        (
            {"version": 3, "modified_at": datetime(2026, 11, 4, 9, tzinfo=UTC)},
            "version 3 (4 Nov 2026)",
        ),
        ({"excerpt": True}, "excerpt only, from the feed"),
        ({"language": "fr-CA"}, "in French"),
        ({"language": "en-GB"}, None),
        ({"modified_at": datetime(2026, 11, 4, 9, tzinfo=UTC)}, None),
    ],
)
def test_an_articles_line_describes_its_text(known: dict[str, Any], said: str | None) -> None:
    line = plain_text(wording.article_line(card(**known)))
    assert line == " · ".join(filter(None, (LABEL, said)))


def test_an_article_shows_its_first_claims_and_their_number() -> None:
    message = article_blocks.article_message(OUTCOME, NINE)
    assert message.text.endswith("just added · 9 claims · 1–3 shown · quotes 1 source")
    with_others = article_blocks.article_message(OUTCOME, NINE, more_articles=2).text
    assert with_others.endswith("quotes 1 source · 2 more articles from the same address")
    assert [f"crack {n}" in message.text for n in range(5)] == [True] * 3 + [False] * 2
    assert blockkit.problems(message.blocks) == []


def test_claims_are_divided_and_name_their_paragraph() -> None:
    several = (claim(id="c1", paragraph=4), claim(id="c2", paragraph=7, corrected=True))
    found = Overview(article=CARD, hits=tuple(map(hit, several)))
    message = article_blocks.article_message(None, found)
    assert [block["type"] for block in message.blocks].count("divider") == 2
    notes = [block["elements"][0]["text"] for block in message.blocks if block["type"] == "context"]
    assert notes[1:3] == ["paragraph 4", f"paragraph 7 · {say('claims.corrected')}"]
    assert blockkit.problems(message.blocks) == []


@pytest.mark.parametrize(
    ("offset", "said", "steps"),
    [
        (0, "9 claims · 1–3 shown", [("article_next", "a1:3")]),
        (3, "9 claims · 4–6 shown", [("article_previous", "a1:0"), ("article_next", "a1:6")]),
        (6, "9 claims · 7–9 shown", [("article_previous", "a1:3")]),
        (8, "9 claims · no. 9 shown", [("article_previous", "a1:5")]),
    ],
)
def test_an_articles_claims_are_paged(offset: int, said: str, steps: list[tuple[str, str]]) -> None:
    message = article_blocks.article_message(None, NINE, offset=offset)
    assert message.text.splitlines()[-1].startswith(said)
    assert [one for one in buttons_of(message) if one[0].startswith("article_")] == steps
    assert f"crack {offset} " in message.text
    assert blockkit.problems(message.blocks) == []


def test_sources_are_shown_with_their_counts() -> None:
    several = [
        claim(id="c1"),
        claim(id="c2", known_as="Ida Marsh, the mayor"),
        claim(id="c3", known_as="Ida Marsh, the mayor"),
        claim(id="c4", speaker="insiders", source_kind="described", via=("The Journal",)),
        claim(id="c5", negative=True, speaker="the ministry"),
        claim(id="c6", speaker=None, guess="Jon Lund"),
        STATEMENT,
    ]
    found = Overview(article=CARD, hits=tuple(map(hit, several)))
    message = article_blocks.sources_message(found)
    assert message.text.replace(JOINER, "").replace(GAP, "").splitlines() == [
        "Who is quoted, and who passed it on",
        "██████████ 2 · Ida Marsh, the mayor",
        "█████ 1 · Ida Marsh",
        "█████ 1 · insiders (unnamed) → The Journal",
        "█████ 1 · source not named",
        "1 claim in the article's own words",
    ]
    assert ("article_sources", "a1") in buttons_of(article_blocks.article_message(None, found))
    assert article_blocks.sources_message(BARE).text.endswith("\nquotes 0 sources")


def test_several_articles_offer_a_choice() -> None:
    cards = [card(id=f"a{n}", title=f"*Harbour* <{n}>") for n in range(5)]
    message = article_blocks.choice_message(cards)
    shown = [block["accessory"] for block in message.blocks[1:]]
    assert [(one["action_id"], one["value"]) for one in shown] == [
        ("article_open", f"a{n}") for n in range(5)
    ]
    assert "&lt;4" in message.text
    assert blockkit.problems(message.blocks) == []
    none = article_blocks.no_article_message("<!here> *quay*", 9).text
    assert none.replace(JOINER, "").replace(GAP, "") == (
        "No article has &lt;!here&gt; *quay* in its title or claims (9 articles searched)."
    )


def test_an_unfurl_has_the_title_and_first_claims() -> None:
    blocks_shown = article_blocks.unfurl_blocks(NINE)["blocks"]
    assert blockkit.problems(blocks_shown) == []
    assert [one["type"] for one in blocks_shown] == ["section"] * 4 + ["actions"]
    assert "Harbour closure" in blocks_shown[0]["text"]["text"]
    assert blocks_shown[4]["elements"][0]["text"]["text"] == "Show all 9 claims"
    (gone,) = article_blocks.unfurl_blocks(None)["blocks"]
    assert gone["text"]["text"] == "This article is no longer here."


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


def test_an_unchanged_text_reports_only_new_details() -> None:
    message = article_blocks.article_message(
        replace(OUTCOME, status="updated", has_same_text=True), BARE
    )
    assert message.text.endswith("already here: same text, new details · 0 claims")


def test_only_admins_get_a_button_to_withdraw() -> None:
    message = article_blocks.article_message(OUTCOME, BARE, may_withdraw=True)
    assert buttons_of(message) == [("correct_article", "a1"), ("withdraw", "a1")]
    assert buttons_of(article_blocks.article_message(OUTCOME, BARE)) == [("correct_article", "a1")]


@pytest.mark.parametrize(
    ("status", "known", "said"),
    [
        ("new", {}, "just added · 0 claims"),
        ("unchanged", {}, "already here, unchanged · 0 claims"),
        (
            "updated",
            {"versions": 2, "change_counts": Counter(changed=3, gone=1, unchanged=7)},
            "changed since it was last read · 0 claims · 2 versions; in the latest, 3 claims "
            "changed, 1 removed",
        ),
        (
            "unchanged",
            {"versions": 3, "change_counts": Counter(new=1, unchanged=7)},
            "already here, unchanged · 0 claims · 3 versions; in the latest, 1 new claim",
        ),
        (
            "unchanged",
            {"versions": 2, "change_counts": Counter(unchanged=7)},
            "already here, unchanged · 0 claims · 2 versions; no claims changed in the latest",
        ),
    ],
)
def test_the_outcome_of_reading_is_stated(status: Any, known: dict[str, Any], said: str) -> None:
    outcome = replace(OUTCOME, status=status)
    message = article_blocks.article_message(outcome, replace(BARE, **known))
    assert message.text == f"{LABEL}\n{said}"


def test_an_article_in_another_language_says_so() -> None:
    french = card(language="fr")
    found = Overview(article=french, hits=(hit(claim(kind="passage"), french),))
    said = article_blocks.article_message(OUTCOME, found).text
    unread = "text only: I can't find claims in this language"
    assert said == f"{LABEL} · in French\njust added · {unread}"


def test_other_outlets_with_the_article_are_named() -> None:
    found = replace(BARE, other_outlets=("The Herald", "The Gull"))
    said = article_blocks.article_message(OUTCOME, found).text
    assert said.splitlines()[0] == f"{LABEL} · also in 2 outlets"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("withdrawn", "The article at {} was withdrawn, so I can't show it."),
        ("withheld", "The publisher is holding back the article at {} for now"),
    ],
)
def test_an_excluded_article_is_not_described(status: Any, said: str) -> None:
    outcome = replace(OUTCOME, status=status, reason="killed by its publisher: wrong man")
    message = article_blocks.not_shown_message("https://post.example/1", outcome)
    assert message.text.startswith(said.format("https://post.example/1"))
    for secret in ("Harbour", "wrong man", "Tidewater"):
        assert secret not in message.text


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
