"""Answers to messages: their exact words, within Slack's limits."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import CurrentClaim, Gone, Hit, Passage, Row, Section
from bot.slack.mrkdwn import GAP, JOINER
from bot.slack.parts import Message
from bot.slack.surfaces.answers import talk_blocks
from bot.store.delivery.payloads import AnswerPayload, payload_from_json, payload_to_json
from bot.wording.answers import gone_line
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


def test_claims_are_followed_by_the_summary() -> None:
    message = render(CurrentClaim(hit=hit()), CurrentClaim(hit=hit(claim(id="c2"))))
    kinds = [block["type"] for block in message.blocks]
    one = ["section", "context", "actions"]
    assert kinds == [*one, "divider", *one, "context"]
    assert message.blocks[0]["text"]["text"].startswith(
        "*Ida Marsh* said\n> the quay wall had moved"
    )
    last = message.text.splitlines()[-1]
    assert last == "quay · 1 claim · 9 articles searched · everyone here can see this"
    assert "everyone" not in render(CurrentClaim(hit=hit()), is_seen=False).text


def test_what_matched_is_bold_until_the_claim_changes() -> None:
    marks = {"c1": [[4, 8]]}
    assert "the *quay* wall" in all_text(render(CurrentClaim(hit=hit()), marks=marks))
    changed = all_text(render(CurrentClaim(hit=hit(), changed=True), marks=marks))
    assert "the quay wall" in changed
    assert "changed since this was posted" in changed


def test_claims_found_by_meaning_are_marked() -> None:
    first, other = CurrentClaim(hit=hit()), CurrentClaim(hit=hit(claim(id="c2")))
    said = "found by its meaning"
    assert all_text(render(first, other, meant=["c2"])).count(said) == 1
    assert said in all_text(render(other, meant=["c2"]))
    assert said not in all_text(render(first, meant=["c2"]))
    meant = replace(hit(claim(id="c2")), by_meaning=True)
    kept = talk_blocks.answer_payload(answer(hits=(hit(), meant)), "x")
    assert kept.meant == ("c2",)


def test_a_claim_says_who_else_reports_it() -> None:
    other = hit(claim(id="c2"), replace(hit().article, id="a2", outlet="Halyard Post"))
    row = Row(hits=(hit(), other))
    message = talk_blocks.answer_message(
        [CurrentClaim(hit=hit())],
        talk_blocks.answer_payload(answer(), "quay"),
        button_value="1.5",
        is_public=True,
        rows={"c1": row},
    )
    assert "also in Halyard Post" in all_text(message)
    assert "elsewhere" in all_text(message)


@pytest.mark.parametrize("reason", ["withdrawn", "corrected"])
def test_a_deleted_claim_is_replaced_by_the_reason(reason: Any) -> None:
    gone = Gone(reason=reason, on=hit().article.published_on, outlet="The Post")  # type: ignore[arg-type]
    message = render(CurrentClaim(gone=gone), CurrentClaim(hit=hit()))
    assert gone_line(gone) in message.text
    assert message.text.count("quay wall") == 1


@pytest.mark.parametrize(
    ("more", "label"),
    [(0, None), (1, "See it in full (only you)"), (1204, "See all 1,204 (only you)")],
)
def test_a_button_shows_all_claims(more: int, label: str | None) -> None:
    buttons = [
        (element["text"]["text"], element["value"])
        for block in render(CurrentClaim(hit=hit()), more=more).blocks
        for element in block.get("elements", [])
        if element.get("action_id") == "answer_all"
    ]
    assert buttons == ([(label, "1.5")] if label else [])


def test_the_best_claim_of_each_sentence_is_shown_once() -> None:
    first, second = hit(claim(id="a")), hit(claim(id="b"))
    sections = tuple(
        Section(sentence=s, hits=hits)
        for s, hits in [("One.", (first, second)), ("Two.", (first,)), ("Three.", (second,))]
    )
    found = answer(sections=sections, hits=(first, second), total=3)
    assert talk_blocks.best_claims(found) == [first, second]
    assert (
        len(talk_blocks.best_claims(answer(hits=tuple(hit(claim(id=f"{n}")) for n in range(9)))))
        == 3
    )


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


def test_claims_of_one_sentence_are_one_row() -> None:
    text = "Ida Marsh said the wall had moved, but the port denied that it had."
    passage = Passage(spans=((100, 100 + len(text)),), text=text)

    def found(name: str, content: str) -> Hit:
        start = text.index(content)
        end = start + len(content)
        made = claim(id=name, text=text[start:end], spans=((100 + start, 100 + end),))
        return replace(hit(made), passage=passage, passage_matches=((start, start + 2),))

    first, other = found("c1", "the wall had moved"), found("c2", "it had")
    made = answer(
        hits=(first,), rows=(Row(hits=(first,), same_sentence=(Row(hits=(other,)),)),), row_count=1
    )
    kept = payload_from_json(
        "answer", json.loads(json.dumps(payload_to_json(talk_blocks.answer_payload(made, "wall"))))
    )
    assert isinstance(kept, AnswerPayload)
    assert kept.more == 0
    assert talk_blocks.best_claims(made) == [first, other]
    stands = [CurrentClaim(hit=replace(one, passage_matches=())) for one in (first, other)]
    message = talk_blocks.answer_message(stands, kept, button_value="1.5", is_public=True)
    assert all_text(message).count("the port denied") == 1
    assert "said *the* wall had moved, but the port denied that *it* had." in all_text(message)
    assert message.blocks[1]["accessory"]["action_id"] == "claim_menu"


def test_the_reading_is_shown_above_the_claims() -> None:
    kept = talk_blocks.answer_payload(answer(query="quai", corrections=(("quai", "quay"),)), "quai")
    message = talk_blocks.answer_message(
        [CurrentClaim(hit=hit())], kept, button_value="1.5", is_public=True
    )
    assert message.text.startswith("Nothing for “quai”;")
    assert message.blocks[0]["text"]["text"].startswith("Nothing for “quai”;")


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


def test_the_greeting_says_where_to_begin_while_there_is_nothing() -> None:
    empty = talk_blocks.greeting_message(is_archive_empty=True)
    assert "Which sites do you read? An admin can add them in the Home tab." in empty.text
    later = talk_blocks.greeting_message(is_archive_empty=False)
    assert later.text.startswith("I find claims in articles")
    assert "Home tab" not in later.text
