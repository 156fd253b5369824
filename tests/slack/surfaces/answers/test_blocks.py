"""Blocks of answers: within Slack's limits for any text, with all markup in it escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Context, Hit, Passage, Row, Spans
from bot.slack import claim_parts
from bot.slack.mrkdwn import (
    GAP,
    JOINER,
    escape,
    escape_code,
    has_markup,
    quotation,
    render_line,
)
from bot.slack.surfaces.answers import blocks
from bot.slack.surfaces.answers import shared_claims as public
from bot.slack.surfaces.answers.context import context_view
from bot.wording.runs import BIDI_CONTROLS, Run, shorten
from tests.samples import answer, card, claim, contexts, denied_by, hit, hits, texts
from tests.slack import blockkit
from tests.soak import examples

LIVE_EMPHASIS = re.compile(rf"(?<!{JOINER})[*_~`]|[*_~`](?!{GAP})")
LIVE_QUOTE = re.compile(r"^\s*(&gt;|＞|>)", re.MULTILINE)
LIVE_EMOJI = re.compile(r":[\w+'-]+:")
LIVE_ENTITY = re.compile(r"&(?!(?:amp|lt|gt);)")


def mrkdwn_of(made: list[dict[str, Any]]) -> Iterator[str]:
    for block in made:
        for text in [block.get("text"), *block.get("elements", [])]:
            if isinstance(text, dict) and text["type"] == "mrkdwn":
                assert text["verbatim"]
                yield text["text"]


def visible(text: str) -> str:
    text = text.replace(JOINER, "").replace(GAP, "")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@given(texts)
def test_escaped_text_has_no_markup_and_reads_the_same(text: str) -> None:
    made = escape(text)
    assert not re.search(r"[<>]|@(channel|here|everyone)", made)
    for live in (LIVE_EMPHASIS, LIVE_QUOTE, LIVE_EMOJI, LIVE_ENTITY):
        assert not live.search(made)
    assert visible(made) == visible(text) or any(sign in text for sign in (JOINER, GAP, "&"))


def test_bidirectional_control_characters_are_dropped() -> None:
    turning = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
    assert escape(f"Xi {turning}Jinping") == "Xi Jinping"
    assert quotation(f"a {turning}port{turning} b", ((11, 15),)) == "> a *port* b"


@given(texts, st.integers(1, 90))
def test_text_in_backticks_is_shown_as_typed(text: str, length: int) -> None:
    made = escape_code(text, max_length=length, max_escaped=120)
    assert len(made) <= 120
    assert not re.search(r"[<>`\n]|@(channel|here|everyone)", made)
    assert not LIVE_ENTITY.search(made)
    whole = escape_code(text, max_length=len(text) + 1, max_escaped=10**6).replace(
        f"@{JOINER}", "@"
    )
    typed = " ".join(text.split()).replace("`", "'")
    if typed.isascii():
        assert html.unescape(whole) == typed


def test_text_that_looks_like_an_entity_is_shown_as_typed() -> None:
    assert visible(escape("&lt;!channel&gt;")) == "&lt;!channel&gt;"


def test_bold_in_a_quotation_covers_whole_words() -> None:
    text = "“No vessel will berth,” she said."
    assert quotation(text, ((1, 3), (17, 22))) == "> *“No* vessel will *berth,”* she said."
    assert quotation("One two.\nThree four.", ((0, 12),)) == "> *One two.*\n> *Three* four."
    assert quotation("One.\n\nTwo & three.", ()) == "> One.\n> Two &amp; three."


@given(texts, st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=3))
def test_a_quotation_adds_no_invisible_characters(text: str, chosen: Spans) -> None:
    text = text.translate(dict.fromkeys(map(ord, "*_~`＞:@"), "x"))
    assert not has_markup(text)
    lines = [line.removeprefix("> ") for line in quotation(text, chosen).splitlines()]
    copied = html.unescape("\n".join(lines)).replace("*", "")
    assert copied.split() == text.translate(BIDI_CONTROLS).split()


@pytest.mark.parametrize("text", ["4 kg of *salt*", "a_b_c", "`x`", "~no~", ":boat: left", "@here"])
def test_a_passage_with_markup_is_plain_text(text: str) -> None:
    made = claim_parts.quoted_claim(hit(claim(text=text)))
    assert [block["text"]["type"] for block in made] == ["mrkdwn", "plain_text"]
    assert made[1]["text"]["text"] == text


def test_bold_ends_at_a_line_end() -> None:
    assert quotation("one\n two three", ((0, 14),)) == "> *one*\n> *two three*"


def test_text_is_cut_at_a_word_with_an_ellipsis() -> None:
    assert shorten("the quay wall had moved", 15) == "the quay wall…"
    assert shorten("short", 5) == "short"


def test_only_web_addresses_become_links() -> None:
    assert (
        render_line([Run("t", link="https://a.org/?b&c")], max_length=99)
        == "<https://a.org/?b&amp;c|t>"
    )
    assert render_line([Run("t", link="javascript:alert(1)")], max_length=99) == "t"
    assert render_line([Run("t", link="https://a.org/|<!channel>")], max_length=99) == "t"


@given(st.lists(st.builds(Run, texts, st.booleans()), max_size=9), st.integers(50, 500))
def test_a_line_stays_within_its_length(runs: list[Run], room: int) -> None:
    made = render_line(runs, max_length=room)
    assert len(made) <= room
    assert "\n" not in made


MENTION = re.compile(r"<(?!https?://)")


def check(message: blocks.Message) -> None:
    assert blockkit.problems(message.blocks) == []
    assert message.text.strip()
    for text in [message.text, *mrkdwn_of(message.blocks)]:
        assert not MENTION.search(text.replace("<@U01BOB>", ""))
        assert "@here" not in text
        assert not LIVE_EMOJI.search(re.sub(r"<https?://[^|]*\|", "", text))


@settings(max_examples=examples(60))
@given(st.lists(hits(), min_size=1, max_size=5), st.integers(0, 40), texts)
def test_any_answer_is_within_slacks_limits(found: list[Hit], offset: int, query: str) -> None:
    made = answer(
        hits=tuple(found), total=offset + 9, read_as="quay", corrections=((query, query),)
    )
    check(blocks.answer_message(made, answer_id="q1", offset=offset, page_size=5))


@pytest.mark.parametrize("long", ["x" * 900, "&" * 900, "*" * 900, "word " * 200])
@pytest.mark.parametrize("page", [1, 3, 5])
def test_a_page_with_all_notes_is_within_the_limits(long: str, page: int) -> None:
    made = claim(text=long, speaker=long, source=long[1:], cue=long, via=(long,), known_as=long)
    where = card(title=long, outlet=long, url="https://example.org/" + "&" * 280)
    found = [replace(hit(replace(made, id=f"c{n}"), where), by_meaning=True) for n in range(page)]
    unnamed = hit(replace(made, source_kind="unnamed"), replace(where, outlet=long[2:]))
    found = [replace(one, disputes=denied_by(unnamed, unnamed)) for one in found]
    rows = tuple(Row(hits=(one, unnamed)) for one in found)
    shown = answer(hits=tuple(found), rows=rows, total=99, read_as=long)
    check(blocks.answer_message(shown, answer_id="q1", offset=5, page_size=page, exact_id="q2"))


@settings(max_examples=examples(60))
@given(texts, st.lists(texts, max_size=5))
def test_any_empty_answer_is_within_the_limits(query: str, near: list[str]) -> None:
    made = answer(hits=(), total=0, read_as=query)
    check(blocks.nothing_found_message(made, [("q1", other) for other in near], answer_id="q"))


@settings(max_examples=examples(60))
@given(hits())
def test_any_shared_claim_is_within_the_limits(found: Hit) -> None:
    check(public.share_message(found, "shared by <@U01BOB>"))


@settings(max_examples=examples(60))
@given(contexts())
def test_any_context_is_within_the_limits(found: Context) -> None:
    view = context_view(found)
    assert blockkit.view_problems(view) == []
    assert not any(MENTION.search(text) for text in mrkdwn_of(view["blocks"]))


@pytest.mark.parametrize(
    "made",
    [
        partial(blocks.help_message, "claim"),
        partial(blocks.help_message, "digest"),
        blocks.welcome_message,
    ],
)
def test_fixed_messages_are_within_the_limits(made: Any) -> None:
    assert blockkit.problems(made().blocks) == []


def same_sentence_row(many: int) -> Row:
    """Make a row of an answer with further claims from the same sentence."""
    text = " ".join(f"Speaker {n} said part {n}," for n in range(many))
    firsts = []
    for n in range(many):
        start = text.index(f"part {n},")
        place = (start, start + 6)
        made = claim(id=f"c{n}", text=f"part {n}", speaker=f"Speaker {n}", source=f"Speaker {n}")
        passage = Passage(spans=((0, len(text)),), text=text, content=(place,))
        found = hit(replace(made, spans=(place,)))
        firsts.append(replace(found, passage=passage, passage_matches=(place,)))
    first, *others = [Row(hits=(one,)) for one in firsts]
    return replace(first, same_sentence=tuple(others))


def test_left_out_claims_of_a_sentence_are_counted() -> None:
    rows = tuple(same_sentence_row(9) for _ in range(5))
    made = answer(hits=tuple(row.hits[0] for row in rows), rows=rows, total=99, statements=20)
    message = blocks.answer_message(made, answer_id="q1", offset=0, page_size=5)
    assert "and 5 more claims in this passage" in str(message.blocks)
    check(message)


def test_the_article_line_ends_with_other_reports_and_corrections() -> None:
    other = hit(claim(id="c2"), card(id="a2", outlet="The Northbank Chronicle"))
    first = hit(claim(corrected=True))
    made = answer(hits=(first,), rows=(Row(hits=(first, other)),))
    message = blocks.answer_message(made, answer_id="q1", offset=0, page_size=3)
    assert message.blocks[1]["elements"][0]["text"].endswith(
        "Harbour closure enters third day · also in The Northbank Chronicle · corrected by a person"
    )
    assert [block["type"] for block in message.blocks][2] == "actions"


@settings(max_examples=examples(20))
@given(st.integers(0, 1900))
def test_a_long_paragraph_is_split_without_losing_words(first: int) -> None:
    words = [f"w{number:04}" for number in range(2000)]
    marked = ((6 * first, 6 * (first + 100) - 1),)
    found = Context(hit=hit(), paragraph=" ".join(words), claim_spans=marked)
    view = context_view(found)
    assert blockkit.view_problems(view) == []
    sections = [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]
    shown = re.findall(r"w\d+", " ".join(sections[1:]))
    at = words.index(shown[0])
    assert shown[:-1] == words[at : at + len(shown) - 1]
    bold = re.findall(r"w\d+", " ".join(re.findall(r"\*([^*]*)\*", " ".join(sections[1:]))))
    assert bold == words[first : first + 100]
