"""The modals for corrections: their inputs, and the changes parsed from them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import CurrentClaim, EditableClaim, MarkedWords, Spans, pieces
from bot.newsroom.corrections.lookup import WORD
from bot.slack import parts
from bot.slack.surfaces.corrections.blocks import (
    correction_blocks,
    correction_lines,
    correction_message,
    decision_message,
    quote,
)
from bot.slack.surfaces.corrections.views import (
    KINDS,
    SubmittedModal,
    correction_view,
    find_in_paragraph,
    parse_modal,
    requested_changes,
)
from bot.words import say
from tests.samples import card, claim, correction, hit, texts
from tests.slack import blockkit
from tests.soak import examples

START = 100
PARAGRAPH = (
    "“The wall moved,” she said, “and it’ll move again.” Mara Quill was told so by the ministry."
)
SPEAKERS = ("Ida Marsh", "Mara Quill", "the ministry")


def spans_in(paragraph: str, *words: str, start: int = START) -> Spans:
    """Return the spans of words in a paragraph, as spans of its article."""
    found = []
    for one in words:
        at = paragraph.index(one) + start
        found.append((at, at + len(one)))
    return tuple(found)


def correctable(
    paragraph: str = PARAGRAPH,
    content: tuple[str, ...] = ("“The wall moved,”", "“and it’ll move again.”"),
    **changes: Any,
) -> EditableClaim:
    words = tuple((one.start() + START, one.end() + START) for one in WORD.finditer(paragraph))
    spans = spans_in(paragraph, *content)
    ranges = tuple(
        (
            min(n for n, word in enumerate(words) if word[1] > start),
            max(n for n, word in enumerate(words) if word[0] < end) + 1,
        )
        for start, end in spans
    )
    text = pieces(" " * START + paragraph, spans)
    known = {"text": text, "spans": spans, "cue": "said", "type": "direct", **changes}
    return EditableClaim(
        hit=hit(claim(**known)),
        paragraph=paragraph,
        start=START,
        words=words,
        source=(),
        cue=(),
        content=ranges,
        speakers=SPEAKERS,
    )


def submit(found: EditableClaim, kind: str, **values: str) -> SubmittedModal:
    """Parse a submitted modal; inputs without a value keep the initial one."""
    view = correction_view(kind, found, "https://hooks.example/1")
    state: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        name, element = block["block_id"], block["element"]
        if element["type"] == "static_select":
            shown = element.get("initial_option")
            chosen = {"value": values[name]} if name in values else shown
            state[name] = {name: {"selected_option": chosen}}
        else:
            value = values.get(name, element.get("initial_value"))
            state[name] = {name: {"value": value}}
    back = {**view, "state": {"values": state}}
    return parse_modal(json.loads(json.dumps(back)))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("was told", "was told"),
        ("  Was   TOLD so ", "was told so"),
        ('"the wall moved"', "The wall moved"),
        ("it'll", "it’ll"),
        ("ministry.", "ministry"),
    ],
)
def test_a_cue_is_found_in_any_case_and_punctuation(typed: str, words: str) -> None:
    found = correctable()
    places = find_in_paragraph(found, typed)
    assert pieces(" " * START + PARAGRAPH, places) == words
    made = requested_changes("speaker", found, submit(found, "speaker", cue=typed, why="w"))
    assert made == ({"cue": places}, {})


@pytest.mark.parametrize("value", ["", "-1", "99999", "1e3", "٣", "999999999999"])
def test_a_forged_word_number_changes_nothing(value: str) -> None:
    found = correctable()
    made = requested_changes("words", found, submit(found, "words", first=value, why="w"))
    assert made == ({}, {"first": "Nothing has changed yet. Choose another first or last word."})


def test_words_from_an_outdated_paragraph_are_refused() -> None:
    values = submit(correctable(), "words", last="1", why="w")
    changed = correctable(PARAGRAPH.replace("wall", "quay"), ("“The quay moved,”",))
    assert "changed in the meantime" in requested_changes("words", changed, values).errors["first"]


def test_gaps_in_the_content_remain_gaps() -> None:
    found = correctable()
    last = next(n for n, word in enumerate(found.words) if word[1] == START + len(PARAGRAPH) - 1)
    made = requested_changes("words", found, submit(found, "words", last=str(last), why="w"))
    text = " " * START + PARAGRAPH
    assert pieces(text, made.changes["content"]) == (
        "“The wall moved,” … “and it’ll move again.” Mara Quill was told so by the ministry"
    )
    made = requested_changes("words", found, submit(found, "words", last="1", why="w"))
    assert pieces(text, made.changes["content"]) == "“The wall"


@settings(max_examples=examples(100))
@given(st.data())
def test_the_new_content_spans_the_two_selected_words(data: st.DataObject) -> None:
    number = data.draw(st.integers(1, 400))
    paragraph = " ".join(f"w{n}" for n in range(number))
    begin = data.draw(st.integers(0, number - 1))
    end = data.draw(st.integers(begin, number - 1))
    content = " ".join(f"w{n}" for n in range(begin, end + 1))
    found = correctable(f"{paragraph}.", (content,) if begin or end else ("w0",))
    view = correction_view("words", found, "")
    assert blockkit.view_problems(view) == []
    menus = {b["block_id"]: b["element"] for b in view["blocks"] if b["type"] == "input"}
    first, last = (
        data.draw(st.sampled_from(menus[name]["options"]))["value"] for name in ("first", "last")
    )
    made = requested_changes(
        "words", found, submit(found, "words", first=first, last=last, why="w")
    )
    if int(last) < int(first):
        assert set(made.errors) == {"last"}
    elif (int(first), int(last)) == (begin, end):
        assert set(made.errors) == {"first"}
    else:
        words = pieces(" " * START + paragraph, made.changes["content"])
        assert words == " ".join(f"w{n}" for n in range(int(first), int(last) + 1))


@settings(max_examples=examples(60))
@given(texts.filter(WORD.search), texts, st.sampled_from(KINDS))
def test_any_correction_modal_fits_slacks_limits(text: str, name: str, kind: str) -> None:
    words = WORD.findall(text)
    found = correctable(text, (words[0],), speaker=name, cue=name)
    assert blockkit.view_problems(correction_view(kind, found, "https://hooks.example/1")) == []


def test_each_modal_asks_for_its_own_reason() -> None:
    examples = set()
    for kind in KINDS:
        (why,) = [
            b
            for b in correction_view(kind, correctable(), "")["blocks"]
            if b.get("block_id") == "why"
        ]
        examples.add(why["element"]["placeholder"]["text"])
    assert len(examples) == len(KINDS)


FIELDS = ("speaker", "cue", "content")


@settings(max_examples=examples(60))
@given(st.dictionaries(st.sampled_from(FIELDS), texts), texts, texts, st.booleans())
def test_any_correction_message_fits_slacks_limits(
    changes: dict[str, str], name: str, reason: str, is_open: bool
) -> None:
    after = {k: v if k == "speaker" else MarkedWords((), (v,)) for k, v in changes.items()}
    made = correction(
        changes=after, before=dict.fromkeys(after), person_name=name, reason=reason, person="cli"
    )
    if is_open:
        made = correction(changes=after, before={}, state="suggested", rulings=(), reason=reason)
    quoted = quote(CurrentClaim(hit=hit(claim(text=reason), card(title=name))))
    stands = correction_message(made, quotation=quoted, remarks=[name])
    for message in (stands, decision_message(made, CurrentClaim(hit=hit()))):
        assert blockkit.problems(message.blocks) == []
        assert "<!" not in message.text
    shown = correction_blocks([made] * 5, "another", None, may_undo=True)
    listed = correction_lines([made] * 5, None)
    assert parts.context(say("correcting.more_made", n=2)) in shown
    for below in (shown, listed):
        assert blockkit.view_problems(correction_view("speaker", correctable(), "", below)) == []


@pytest.mark.parametrize("state", ["suggested", "accepted"])
def test_words_of_a_gone_claim_are_hidden(state: Any) -> None:
    content = MarkedWords(((0, 9),), ("The mayor",)), MarkedWords(((0, 3),), ("The",))
    changes = {"speaker": "Ida Marsh", "content": content[0]}
    before = {"speaker": "Mara Quill", "content": content[1]}
    made = correction(state=state, changes=changes, before=before, reason="it is The mayor")
    for message in (decision_message(made, CurrentClaim()), correction_message(made, is_gone=True)):
        told = message.text + str(message.blocks)
        assert "peaker changed" in told
        assert "words changed" in told
        assert not any(words in told for words in ("mayor", "Ida Marsh", "Mara Quill"))
