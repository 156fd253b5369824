from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import IngestError
from bot.ingest.claimlines import KEYS, read_claim

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@given(
    text=TEXT.filter(str.strip), others=st.dictionaries(st.sampled_from(["ref", "speaker"]), TEXT)
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
        ("{", "column"),
        ("[]", "no JSON object"),
        ("{}", "no text"),
        ('{"text": " "}', "no text"),
        ('{"text": 3}', "not text"),
        ('{"text": "a", "ref": 1.5}', "not text"),
        ('{"text": "a", "ref": true}', "not text"),
        ('{"text": "a\\u0000"}', "NUL"),
        ('{"text": "a\\ud800"}', "lone surrogate"),
        ('{"text": "a", "speeker": "b"}', "'speeker'"),
        ('{"text": "a", "published": "soon"}', "'soon'"),
        ('{"text": "a", "kind": "rumour"}', "valid are attribution, statement, direct"),
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
