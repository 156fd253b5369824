from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import IngestError
from bot.ingest.formats.claimlines import RULES, read_claim

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
NAME = st.text(st.characters(exclude_categories=["C"]), min_size=1)


@given(
    text=TEXT.filter(str.strip),
    others=st.fixed_dictionaries({}, optional={"ref": TEXT, "speaker": NAME}),
)
def test_the_text_comes_back_to_the_character(text: str, others: dict[str, str]) -> None:
    line = read_claim(json.dumps({"text": text} | others), 1)
    assert line.text == text
    assert line.speaker == (" ".join(others.get("speaker", "").split()) or None)


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
    assert line.kind == (kind, type_)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"text": "a", "url": "javascript:alert(1)"}', "not an http or https address"),
        ('{"text": "a", "url": "https://a.org/|<!channel>"}', "not an http or https address"),
        ('{"text": "a", "url": "http://["}', "not an http or https address"),
        ("{", "column"),
        ("[]", "not a JSON object"),
        ("{}", "with a text"),
        ('{"text": " "}', "with a text"),
        ('{"text": 3}', "not text"),
        ('{"text": "a", "ref": 1.5}', "not text"),
        ('{"text": "a", "ref": true}', "not text"),
        ('{"text": "a\\u0000"}', "NUL"),
        ('{"text": "a\\ud800"}', "half characters"),
        ('{"text": "a", "speeker": "b"}', "'speeker'"),
        ('{"text": "a", "published": "soon"}', "'soon'"),
        ('{"text": "a", "kind": "rumour"}', "one of attribution, statement, direct"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_cannot_be_read_names_line_cause_and_remedy(line: str, why: str) -> None:
    with pytest.raises(IngestError) as caught:
        read_claim(line, 41)
    assert "line 41" in str(caught.value)
    assert why in str(caught.value)
    assert all(key in str(caught.value) for key in RULES)


@given(
    line=st.text()
    | st.recursive(
        st.none() | st.booleans() | st.text() | st.floats(),
        lambda x: st.lists(x) | st.dictionaries(st.sampled_from(list(RULES)) | st.text(), x),
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
        {"speaker": "k" * 9999},
    ],
)
def test_a_refusal_prints_only_the_start_of_a_long_value(stated: dict) -> None:
    with pytest.raises(IngestError) as caught:
        read_claim(json.dumps({"text": "a"} | stated), 1)
    assert len(caught.value.cause) < 160
    assert "…" in caught.value.cause


def test_a_date_is_kept_as_text_day_and_instant() -> None:
    line = read_claim('{"text": "a", "published": "2026-11-05T00:20:00+01:00"}', 1)
    instant = datetime(2026, 11, 4, 23, 20, tzinfo=UTC)
    assert line.published == (date(2026, 11, 5), instant, "2026-11-05T00:20:00+01:00")
    assert read_claim('{"text": "a"}', 1).published is None


def test_the_text_may_hold_control_characters() -> None:
    line = read_claim('{"text": "a\\u001b\\r\\n", "url": "", "title": "\\u202ea\\nb\\u001b"}', 1)
    assert (line.text, line.title) == ("a\x1b\r\n", "a b")
