"""ninjs 1, 2 and 3: what each version says, its chains of versions, and what is no story."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.formats import ninjs
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from tests.ingest.formats.wire_samples import only_part, parts_or_refusals, printed, sample

FERRY = "urn:newsml:halyard.example:20261103:ferry"


def item(**stated: Any) -> ParsedArticle:
    whole = {"uri": "urn:x:1", "type": "text", "body_text": "Shut.", **stated}
    return only_part(ninjs.read, json.dumps(whole).encode())


def test_a_story_of_version_1() -> None:
    part = only_part(ninjs.read, sample("ninjs/ferry_1.json"))
    assert part.text == (
        "VELLMOUTH (Halyard) – The night ferry to Sorrel Island will make its last crossing on "
        "March 31, its operator said on Tuesday.\n\n"
        "“We carried four passengers a night last winter,” said Bram Tolley, who manages the "
        "line. “That cannot go on.”\n\n"
        "The island council said it had not been asked.\n\n"
        "Day crossings stay.\n\n"
        "Freight moves to Dunmere."
    )
    assert printed(part) == "2026-11-03T09:10:00+01:00"
    assert {key: value for key, value in part.metadata.items() if key != "published"} == {
        "guid": FERRY,
        "revision": 1,
        "title": "Night ferry to Sorrel Island will stop in spring, operator says",
        "outlet": "Halyard News Agency",
        "byline": "Ines Carrow",
        "modified_at": datetime(2026, 11, 3, 8, 10, tzinfo=UTC),
        "language": "en-GB",
        "status": "usable",
    }


def test_corrections_and_kills_share_the_storys_id() -> None:
    correction = only_part(ninjs.read, sample("ninjs/ferry_2_correction.json"))
    kill = only_part(ninjs.read, sample("ninjs/ferry_3_kill.json"))
    assert (correction.metadata["guid"], correction.metadata["revision"]) == (FERRY, 2)
    assert correction.metadata["note"] == "CORRECTS number of passengers in 2nd paragraph"
    assert "forty passengers" in correction.text
    assert (kill.metadata["guid"], kill.metadata["revision"], kill.text) == (FERRY, 3, "")
    assert kill.metadata["status"] == "canceled"
    assert "published" not in kill.metadata


def test_an_embargo_of_version_2_is_kept_and_lifted() -> None:
    held = only_part(ninjs.read, sample("ninjs/harvest_1_embargoed.json"))
    lifted = only_part(ninjs.read, sample("ninjs/harvest_2_lifted.json"))
    assert held.metadata["embargo"] == datetime(2026, 11, 4, 23, 1, tzinfo=UTC)
    assert "embargo" not in lifted.metadata
    assert held.metadata["guid"] == lifted.metadata["guid"]
    assert held.metadata["title"] == "Harvest worst in two decades, ministry to report"
    assert held.metadata["outlet"] == "Halyard News Agency"
    assert held.metadata["byline"] == "Oona Lisk and Teodor Vance"
    assert held.metadata["url"] == "https://halyard.example/harvest"
    assert held.text.startswith("The harvest is the worst")


def test_version_3_in_camel_case() -> None:
    part = only_part(ninjs.read, sample("ninjs/quay_v3.json"))
    assert part.text == (
        "DUNMERE (Corran) -- Divers called the quay “safe for now” on Thursday.\n\n"
        "The engineer disagreed."
    )
    assert part.metadata["title"] == "Quay “safe for now”"
    assert (part.metadata["outlet"], part.metadata["note"]) == ("Corran Press", "More to come")
    assert part.metadata["excerpt"] is True
    assert part.metadata["modified_at"] == datetime(2026, 11, 6, 4, 15, tzinfo=UTC)
    assert printed(part) == "2026-11-05T22:50:00-05:00"


def test_the_main_body_is_read_though_another_is_longer() -> None:
    bodies = [{"role": "main", "value": "It leaks."}, {"role": "background", "value": "Old. " * 9}]
    assert item(bodies=bodies).text == "It leaks."


def test_non_articles_are_reported_and_the_rest_read() -> None:
    found = list(ninjs.read(sample("ninjs/desk.json")))
    refusals = {one.place: one for one in found if isinstance(one, Refusal)}
    assert {place: one.is_skipped for place, one in refusals.items()} == {
        "urn:x-halyard:p1": True,
        "urn:x-halyard:e1": True,
        "urn:x-halyard:k1": True,
        "item 8": False,
    }
    assert "picture" in refusals["urn:x-halyard:p1"].cause
    parts = {one.place: one for one in found if isinstance(one, ParsedArticle)}
    assert parts["item 3"].text == 'The bridge is open again.\n\n"We are glad," the mayor said.'
    assert "revision" not in parts["item 3"].metadata
    assert parts["urn:x-halyard:w1"].metadata["status"] == "withheld"
    assert parts["urn:x-halyard:t1"].text == "The main story's text."


@pytest.mark.parametrize("embargo", ["Thursday", "2026-11-05", "2026-11-05T08:00:00", 7, {}, True])
def test_an_embargo_without_an_instant_withholds(embargo: object) -> None:
    part = item(embargoed=embargo)
    assert part.metadata["status"] == "withheld"
    assert "embargo" not in part.metadata


@pytest.mark.parametrize(
    ("package", "inner", "hour"),
    [(9, None, 9), (9, 8, 9), (8, 9, 9), (None, 9, 9), (None, None, None)],
)
def test_a_package_withholds_its_stories(
    package: int | None, inner: int | None, hour: int | None
) -> None:
    embargo = {None: None, 8: "2026-11-05T08:00:00Z", 9: "2026-11-05T09:00:00Z"}
    part = item(
        type="composite",
        body_text="",
        embargoed=embargo[package],
        associations={"a": {"uri": "b", "body_text": "Shut.", "embargoed": embargo[inner]}},
    )
    at = datetime(2026, 11, 5, hour, tzinfo=UTC) if hour else None
    assert (part.metadata["guid"], part.metadata.get("embargo")) == ("b", at)


def test_a_package_cancels_its_stories() -> None:
    inner = {"uri": "b", "body_text": "Shut.", "pubstatus": "usable"}
    part = item(type="composite", body_text="", pubstatus="canceled", associations=[inner])
    assert part.metadata["status"] == "canceled"


@pytest.mark.parametrize("embargo", [None, "", False])
def test_no_embargo(embargo: object) -> None:
    assert item(embargoed=embargo).metadata["status"] == "usable"


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        ("usable", "usable"),
        (None, "usable"),
        ("stat:Canceled", "canceled"),
        ("cancelled", "canceled"),
        ("http://cv.iptc.org/newscodes/pubstatusg2/withheld", "withheld"),
        ("draft", "withheld"),
        ({"qcode": "stat:canceled"}, "withheld"),
    ],
)
def test_an_unknown_status_is_withheld(stated: object, status: str) -> None:
    assert item(pubstatus=stated).metadata["status"] == status


@pytest.mark.parametrize(
    ("raw", "why", "place"),
    [
        (b'{"uri": "a",\n "body_text": ', "not JSON", "line 2"),
        (b'{"uri": "\xff"}', "not UTF-8", ""),
        (b"[" * 100_000, "nested too deeply", ""),
        (b'{"version": ' + b"1" * 10_000 + b"}", "not readable JSON", ""),
    ],
)
def test_what_cannot_be_read(raw: bytes, why: str, place: str) -> None:
    with pytest.raises(Refusal, match=why) as caught:
        list(ninjs.read(raw))
    assert caught.value.place == place


def test_it_is_recognised() -> None:
    assert ninjs.recognises(sample("ninjs/quay_v3.json"))
    assert not ninjs.recognises(b'{"text": "an article a line"}')


WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


@given(st.lists(st.lists(WORDS, min_size=1), min_size=1))
def test_plain_text_comes_out_with_its_words(paragraphs: list[list[str]]) -> None:
    part = item(body_text="\r\n\r\n".join(" ".join(words) for words in paragraphs))
    assert [text.split() for text in part.text.split("\n\n")] == paragraphs


KEYS = st.sampled_from(
    ["uri", "type", "bodies", "body_html", "headlines", "embargoed", "infosource", "associations"]
)
TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(), inner),
)


@given(TREES)
def test_any_json_gives_articles_or_refusals(tree: object) -> None:
    parts_or_refusals(ninjs.read, json.dumps(tree).encode())
