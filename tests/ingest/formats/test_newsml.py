"""NewsML-G2: items, messages, versions, embargoes, and what is no story."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ingest.formats import newsml
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from tests.ingest.formats.wire_samples import only_part, printed, sample

LOCK = "urn:newsml:corran.example:20261104:lock"


def test_an_item_with_xhtml() -> None:
    part = only_part(newsml.read, sample("newsml/lock_1.xml"))
    assert part.text == (
        "DUNMERE (Corran) - The lock gate failed because of rust, the city's engineer said on "
        "Wednesday.\n\n“Nobody had looked at it since 1998,” Ruta Vale told reporters.\n\n"
        "1998\n\nlast look"
    )
    assert printed(part) == "2026-11-04T10:20:00-05:00"
    assert {key: value for key, value in part.metadata.items() if key != "published"} == {
        "guid": LOCK,
        "revision": 1,
        "title": "Lock gate failed because of rust, engineer says",
        "outlet": "Corran Press",
        "byline": "Priya Morland",
        "modified_at": datetime(2026, 11, 4, 15, 20, tzinfo=UTC),
        "language": "en",
        "status": "usable",
    }


def test_corrections_and_kills_share_the_storys_id() -> None:
    correction = only_part(newsml.read, sample("newsml/lock_2_correction.xml"))
    kill = only_part(newsml.read, sample("newsml/lock_3_kill.xml"))
    assert (correction.metadata["guid"], correction.metadata["revision"]) == (LOCK, 2)
    assert (correction.metadata["status"], correction.metadata["note"]) == (
        "usable",
        "CORRECTS year",
    )
    assert "since 1989" in correction.text
    assert (kill.metadata["guid"], kill.metadata["revision"], kill.text) == (LOCK, 3, "")
    assert kill.metadata["status"] == "canceled"


def test_inner_nitf_fills_gaps_in_the_envelope() -> None:
    part = only_part(newsml.read, sample("newsml/budget_embargoed.xml"))
    assert part.text == "The budget grows by a fifth.\n\nReaction\n\n“Too late,” the union said."
    assert part.metadata["embargo"] == datetime(2026, 11, 6, 14, 0, tzinfo=UTC)
    assert part.metadata["guid"] == "tag:corran.example,2026:budget"
    assert part.metadata["title"] == "Budget grows by a fifth"
    assert part.metadata["byline"] == "Ada Quill"
    assert part.metadata["note"] == "update"


def test_the_stricter_status_counts() -> None:
    raw = sample("newsml/budget_embargoed.xml").replace(
        b"<docdata>", b'<docdata management-status="canceled">'
    )
    assert only_part(newsml.read, raw).metadata["status"] == "canceled"


def test_the_later_embargo_counts() -> None:
    raw = sample("newsml/budget_embargoed.xml").replace(
        b"<docdata>", b'<docdata><date.release norm="20261107T090000Z"/>'
    )
    embargo = only_part(newsml.read, raw).metadata["embargo"]
    assert embargo == datetime(2026, 11, 7, 9, 0, tzinfo=UTC)


def test_a_message_gives_its_articles_and_reports_the_rest() -> None:
    found = list(newsml.read(sample("newsml/message.xml")))
    parts = {one.place: one for one in found if isinstance(one, ParsedArticle)}
    assert parts["urn:c:t1"].text == 'Café owners object.\n\n"It is our street," one said.'
    assert parts["urn:c:t1"].metadata["status"] == "usable"
    assert parts["urn:c:h1"].text == "Until we say so."
    assert parts["urn:c:h1"].metadata["status"] == "withheld"  # embargoed without an end
    refusals = {one.place: one for one in found if isinstance(one, Refusal)}
    assert all(one.is_skipped for one in refusals.values())
    assert {place: one.cause.split()[-1] for place, one in refusals.items()} == {
        "urn:c:pkg": "<packageItem>",
        "urn:c:p1": "picture",
        "urn:c:r1": "text",
        "urn:c:c1": "<conceptItem>",
        "urn:c:pl1": "<planningItem>",
    }


@pytest.mark.parametrize(
    ("raw", "why", "place"),
    [
        (b"<NewsML/>", "root is <NewsML>", ""),
        (b"<html/>", "not NewsML-G2", ""),
        (b"<newsItem>\n<itemMeta>", "not well-formed XML", "line 2"),
        (b"", "not well-formed XML", "line 1"),
    ],
)
def test_what_cannot_be_read(raw: bytes, why: str, place: str) -> None:
    with pytest.raises(Refusal, match=why) as caught:
        list(newsml.read(raw))
    assert caught.value.place == place


def test_it_is_recognised() -> None:
    assert newsml.recognises(sample("newsml/lock_3_kill.xml"))  # with a prefix
    assert not newsml.recognises(sample("nitf/mill_1.xml"))
    assert not newsml.recognises(sample("feed/halyard.atom"))
