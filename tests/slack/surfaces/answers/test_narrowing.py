"""The menu of filters, the button for an exact search, and pasted passages, in both modes."""

from __future__ import annotations

import re
from dataclasses import replace
from operator import itemgetter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model import Answer, Count, Facets, Section
from bot.newsroom import Newsroom
from bot.slack.local import ALICE, TEAM
from bot.slack.surfaces.answers import blocks
from bot.wording import answers as wording
from tests.samples import answer, hits, texts
from tests.slack import blockkit
from tests.slack.desk import Desk, read, shown
from tests.soak import examples

PASSAGE = (
    "Russia and China are using rubles and yuan in transactions instead of dollars, he writes. "
    "Nobody has ever photographed such zebras! "
    "Twenty-six ships are waiting in the roads outside Vellmouth today."
)


def options(message: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """Return the menu's options by facet: (text, value)."""
    menus = [
        element
        for block in message["blocks"]
        for element in block.get("elements", [])
        if element.get("type") == "static_select"
    ]
    found: dict[str, list[tuple[str, str]]] = {}
    for option in (one for menu in menus for one in menu["options"]):
        facet, _, label = option["text"]["text"].partition(": ")
        found.setdefault(facet, []).append((label, option["value"]))
    return found


def total(message: dict[str, Any]) -> int:
    found = re.search(r"([\d,]+) claims? ·", read(message))
    assert found
    return int(found[1])


async def test_the_menu_narrows_the_answer_in_place(desk: Desk) -> None:
    answer = await desk.answer_to_command("/claim port")
    groups = options(answer)
    assert list(groups) == ["Speaker", "Outlet", "Month", "Type"]
    for label, value in (groups["Outlet"][0], groups["Type"][0], groups["Speaker"][0]):
        narrowed = await desk.answer_to_choice(answer, value)
        assert narrowed["ts"] == answer["ts"]
        counted = re.fullmatch(r"(.*) \((\d+)\)", label)
        assert counted
        assert int(counted[2]) <= total(narrowed) < total(answer)
        assert counted[1] in read(narrowed)


@pytest.mark.parametrize("value", ["", "nonsense", "{id}:speaker:00000000", "{id}:text:00000000"])
async def test_a_forged_choice_is_refused(desk: Desk, value: str) -> None:
    answer = await desk.answer_to_command("/claim port")
    answer_id = options(answer)["Type"][0][1].partition(":")[0]
    told = await desk.answer_to_choice(answer, value.format(id=answer_id))
    assert "Search again" in shown(told)
    assert "(ref" not in shown(told)
    assert told["ephemeral_to"] == ALICE


async def test_another_persons_answer_cannot_be_narrowed(desk: Desk) -> None:
    answer = await desk.answer_to_command("/claim port")
    choice = options(answer)["Type"][0][1].partition(":")[2]
    told = await desk.answer_to_choice(answer, f"0123456789abcdef:{choice}")
    assert "Ask again" in shown(told)


async def test_an_answer_of_one_page_has_no_menu(desk: Desk) -> None:
    assert not options(await desk.answer_to_command("/claim yuan ruble"))


async def test_a_corrected_query_can_be_searched_exactly(desk: Desk) -> None:
    answer = await desk.answer_to_command("/claim yaun")
    assert "Nothing for “yaun”" in shown(answer)
    buttons = [one for block in answer["blocks"] for one in block.get("elements", [])]
    (label,) = [one["text"]["text"] for one in buttons if one.get("action_id") == "exact"]
    assert label == "Search exactly for yaun"
    exact = await desk.answer_to_click(answer, "exact")
    assert shown(exact).startswith("Nothing with exactly yaun in ")
    assert "yuan" in str(exact["blocks"][-1])


async def test_a_question_offers_its_words_and_its_watch(desk: Desk, newsroom: Newsroom) -> None:
    answer = await desk.answer_to_command("/claim what did sun yun say about russia")
    buttons = [one for block in answer["blocks"] for one in block.get("elements", [])]
    (label,) = [one["text"]["text"] for one in buttons if one.get("action_id") == "exact"]
    assert label == "Search exactly for what did sun yun say about russia"
    watched = await desk.answer_to_click(answer, "watch_search")
    assert '~russia by:"sun yun"' in re.sub("[\u2060\u200b]", "", shown(watched))
    for watch in newsroom.store.watches.for_person(TEAM, person=ALICE):
        newsroom.watches.end(watch)  # other tests share this newsroom
    exact = await desk.answer_to_click(answer, "exact")
    assert shown(exact).startswith("Nothing with exactly what did sun yun say")


async def test_a_pasted_passage_is_answered_sentence_by_sentence(desk: Desk) -> None:
    answer = await desk.answer_to_command(f"/claim {PASSAGE}")
    text = read(answer)
    assert "Your sentence: Russia and China are using rubles" in text
    assert "Your sentence: Twenty-six ships" in text
    assert "nothing for: “Nobody has ever photographed such zebras!”" in text
    assert "*rubles* and *yuan* in financial *transactions*" in text
    close = "claims close to 2 of 3 sentences (they may say the opposite) · 9 articles searched"
    assert f"your text · {close}" in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"is_index_behind": True}, "the newest claims may be missing"),
        ({"sentences_left_out": 2}, "2 sentences at the end were not searched"),
        ({"sentences_left_out": 1}, "1 sentence at the end was not searched"),
    ],
)
def test_answer_shortcomings_are_mentioned(changes: dict[str, Any], said: str) -> None:
    assert wording.summary_line(answer(**changes)).endswith(f" · {said}")
    nothing = wording.nothing_found(answer(total=0, hits=(), **changes))
    assert nothing.endswith(f" {said[0].upper()}{said[1:]}.")


def test_an_index_that_is_being_rebuilt_is_mentioned() -> None:
    changes = {"is_index_behind": True, "is_index_rebuilding": True}
    said = "the search index is being rebuilt: some claims are missing"
    assert wording.summary_line(answer(**changes)).endswith(f" · {said}")
    nothing = wording.nothing_found(answer(total=0, hits=(), **changes))
    assert nothing.startswith("I can't search yet: my search index is being built.")


counts = st.lists(
    st.builds(Count, texts, st.integers(1, 10**6)), max_size=10, unique_by=itemgetter(0)
)
answers = st.builds(
    answer,
    query=texts,
    read_as=texts,
    total=st.integers(1, 10**6),
    hits=st.lists(hits(), min_size=1, max_size=3).map(tuple),
    corrections=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    facets=st.none() | st.builds(Facets, speaker=counts, outlet=counts, month=counts, type=counts),
    is_index_behind=st.booleans(),
)
sections = st.builds(
    Section, sentence=texts, hits=st.lists(hits(), min_size=1, max_size=3).map(tuple)
)


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.too_slow])
@given(answers, st.lists(sections, max_size=blocks.MAX_SENTENCES).map(tuple))
def test_any_full_answer_is_within_the_limits(made: Answer, parts: tuple[Section, ...]) -> None:
    made = replace(made, sections=parts)
    message = blocks.answer_message(
        made, answer_id="0123456789abcdef", offset=3, page_size=3, exact_id="0123456789abcdef"
    )
    assert blockkit.problems(message.blocks) == []
