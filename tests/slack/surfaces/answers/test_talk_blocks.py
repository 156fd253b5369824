"""Answers to messages: their exact words, within Slack's limits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.model import CurrentClaim, Hit
from bot.slack.mrkdwn import GAP, JOINER
from bot.slack.parts import Message
from bot.slack.surfaces.answers import talk_blocks
from bot.store.delivery.payloads import AnswerPayload
from tests.samples import answer, cards, claim, claims, hit, live, texts
from tests.slack import blockkit


def render(*found: CurrentClaim, is_seen: bool = True, **kept: Any) -> Message:
    what = AnswerPayload(
        query="quay",
        said="quay · 1 claim · 9 articles searched",
        read=None,
        marks={},
        places={},
        meant=(),
        more=0,
        nearest=(),
    )
    return talk_blocks.answer_message(
        found, replace(what, **kept), button_value="1.5", is_public=is_seen
    )


def all_text(message: Message) -> str:
    return str(message.blocks).replace(JOINER, "").replace(GAP, "")


def test_claims_found_by_meaning_are_marked() -> None:
    first, other = CurrentClaim(hit=hit()), CurrentClaim(hit=hit(claim(id="c2")))
    said = "found by its meaning"
    assert all_text(render(first, other, meant=["c2"])).count(said) == 1
    assert said in all_text(render(other, meant=["c2"]))
    assert said not in all_text(render(first, meant=["c2"]))
    meant = replace(hit(claim(id="c2")), by_meaning=True)
    kept = talk_blocks.answer_payload(answer(hits=(hit(), meant)), "x")
    assert kept.meant == ("c2",)


def test_an_empty_answer_suggests_other_queries() -> None:
    kept = talk_blocks.answer_payload(
        answer(hits=(), total=0, suggestions=("quai", "<!here>")), "kway"
    )
    assert kept.more == 0
    message = talk_blocks.answer_message([], kept, button_value="1.5", is_public=True)
    assert "These searches find something: quai, &lt;!here" in message.text
    buttons = message.blocks[-1]["elements"]
    assert [(one["text"]["text"], one["value"]) for one in buttons] == [
        ("quai", "1.5:0"),
        ("<!here>", "1.5:1"),
        ("Change search", "1.5"),
    ]


@given(st.lists(st.tuples(claims, cards, st.booleans()), max_size=3), texts, st.integers(0, 10**9))
def test_any_answer_stays_within_slacks_limits(
    found: list[tuple[Any, Any, bool]], said: str, more: int
) -> None:
    restated = [
        CurrentClaim(hit=Hit(claim=replace(c, id=str(n)), article=a, score=0.0), changed=changed)
        for n, (c, a, changed) in enumerate(found)
    ]
    marks = {str(n): [(0, len(c.text))] for n, (c, _, _) in enumerate(found)}
    message = render(*restated, said=said or "nothing", marks=marks, more=more)
    assert blockkit.problems(message.blocks) == []
    assert not any("<!" in text for text in live(message.blocks))


def test_help_and_prompts_fit() -> None:
    for message in (
        talk_blocks.help_message(is_direct_message=True),
        talk_blocks.help_message(is_direct_message=False),
        talk_blocks.greeting_message(is_archive_empty=True),
    ):
        assert blockkit.problems(message.blocks) == []
    assert len(talk_blocks.prompts()) == 3
