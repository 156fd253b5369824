from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import IngestError
from bot.ingest.formats.claimlines import KEYS, read_claim

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
NAME = st.text(st.characters(exclude_categories=["C"]), min_size=1)


@given(
    text=TEXT.filter(str.strip),
    others=st.fixed_dictionaries({}, optional={"ref": TEXT, "speaker": NAME}),
)
def test_the_text_comes_back_to_the_character(text: str, others: dict[str, str]) -> None:
    line = read_claim(json.dumps({"text": text} | others), 1)
    assert line.text == text
    assert line.speaker == others.get("speaker")


@pytest.mark.parametrize("ref", ["R/1", "", 17, 0, None])
def test_a_reference_is_kept_as_it_was_given(ref: str | int | None) -> None:
    assert read_claim(json.dumps({"text": "x", "ref": ref}), 1).ref == ref


@pytest.mark.parametrize(
    ("stated", "kind", "type_"),
    [
        ({}, "statement", None),
        ({"speaker": "A"}, "attribution", None),
        ({"source": "she"}, "attribution", None),
        ({"speaker": "A", "kind": "statement"}, "statement", None),
        ({"kind": "attribution"}, "attribution", None),
        ({"kind": "mixed"}, "attribution", "mixed"),
        ({"speaker": None, "kind": None}, "statement", None),
    ],
)
def test_kind(stated: dict, kind: str, type_: str | None) -> None:
    line = read_claim(json.dumps({"text": "x"} | stated), 1)
    assert (line.kind, line.type) == (kind, type_)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"text": "a", "url": "javascript:alert(1)"}', "not an http or https address"),
        ('{"text": "a", "url": "https://a.org/|<!channel>"}', "not an http or https address"),
        ('{"text": "a", "url": "http://["}', "not an http or https address"),
        (
            '{"text": "a", "speaker": "b\\u001b[31m"}',
            "speaker is 'b\\x1b[31m', which has",
        ),
        ('{"text": "a", "title": "b\\nc"}', "control character"),
        ('{"text": "a", "outlet": "\\u202eb"}', "control character"),
        ("{", "column"),
        ("[]", "not a JSON object"),
        ("{}", "no text"),
        ('{"text": " "}', "no text"),
        ('{"text": 3}', "not text"),
        ('{"text": "a", "ref": 1.5}', "not text"),
        ('{"text": "a", "ref": true}', "not text"),
        ('{"text": "a\\u0000"}', "NUL"),
        ('{"text": "a\\ud800"}', "lone surrogate"),
        ('{"text": "a", "speeker": "b"}', "'speeker'"),
        ('{"text": "a", "published": "soon"}', "'soon'"),
        ('{"text": "a", "kind": "rumour"}', "valid ones are attribution, statement, direct"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_cannot_be_read_names_line_cause_and_remedy(line: str, why: str) -> None:
    with pytest.raises(IngestError) as caught:
        read_claim(line, 41)
    assert "line 41" in str(caught.value)
    assert why in str(caught.value)
    assert all(key in str(caught.value) for key in KEYS)


@given(
    line=st.text()
    | st.recursive(
        st.none() | st.booleans() | st.text() | st.floats(),
        lambda x: st.lists(x) | st.dictionaries(st.sampled_from(KEYS) | st.text(), x),
    ).map(json.dumps)
)
def test_any_line_is_a_claim_or_an_ingest_error(line: str) -> None:
    try:
        assert read_claim(line, 1).text.strip()
    except IngestError as error:
        assert "line 1" in str(error)


@pytest.mark.parametrize(
    "stated",
    [
        {"k" * 999: 1},
        {"published": "9" * 999},
        {"url": "k" * 999},
        {"kind": "k" * 999},
        {"cue": [["k" * 999]]},
        {"speaker": "\x1b" + "k" * 999},
    ],
)
def test_a_refusal_prints_only_the_start_of_a_long_value(stated: dict) -> None:
    with pytest.raises(IngestError) as caught:
        read_claim(json.dumps({"text": "a"} | stated), 1)
    assert len(caught.value.cause) < 160
    assert "…" in caught.value.cause


def test_a_date_is_kept_as_text_day_and_instant() -> None:
    line = read_claim('{"text": "a", "published": "2026-11-05T00:20:00+01:00"}', 1)
    assert line.published == "2026-11-05T00:20:00+01:00"
    assert line.published_on == date(2026, 11, 5)
    assert line.published_at == datetime(2026, 11, 4, 23, 20, tzinfo=UTC)
    bare = read_claim('{"text": "a"}', 1)
    assert (bare.published, bare.published_on, bare.published_at) == (None, None, None)


def test_the_text_may_hold_control_characters() -> None:
    assert read_claim('{"text": "a\\u001b\\r\\n", "url": ""}', 1).text == "a\x1b\r\n"
