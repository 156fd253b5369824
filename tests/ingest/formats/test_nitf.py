"""NITF: body and head, and how a document updates or ends another."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.ingest.formats import nitf
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from tests.ingest.formats.wire_samples import only_part, printed, sample

MILL = "halyard.example:4711"


def test_a_story() -> None:
    part = only_part(nitf.read, sample("nitf/mill_1.xml"))
    assert part.text == (
        "The paper mill on the Orle will close in June, its owners said on Tuesday.\n\n"
        "“We looked for a buyer for two years,” said Noel Brandt, the chairman.\n\n"
        "Nobody told us\u00a0anything.\n\nA worker\n\n310 jobs go.\n\nForty stay."
    )
    assert printed(part) == "2026-11-03T17:30:00+01:00"
    assert {key: value for key, value in part.metadata.items() if key != "published"} == {
        "guid": MILL,
        "revision": 1,
        "title": "Mill to close after 140 years",
        "outlet": "Halyard News Agency",
        "byline": "Ines Carrow",
        "modified_at": datetime(2026, 11, 3, 16, 30, tzinfo=UTC),
        "language": "en",
        "note": "Pictures follow",
        "status": "usable",
    }


def test_updates_and_kills_have_the_id_of_their_document() -> None:
    update = only_part(nitf.read, sample("nitf/mill_2_update.xml"))
    kill = only_part(nitf.read, sample("nitf/mill_3_kill.xml"))
    assert (update.metadata["guid"], update.metadata["revision"]) == (MILL, 2)
    assert update.metadata["note"] == "CORRECTS number of jobs"
    assert update.metadata["modified_at"] == datetime(2026, 11, 3, 17, 55, tzinfo=UTC)
    assert (kill.metadata["guid"], kill.metadata["status"], kill.text) == (MILL, "canceled", "")


def test_an_embargo_and_an_abstract_alone() -> None:
    part = only_part(nitf.read, sample("nitf/census_embargoed.xml"))
    assert part.metadata["embargo"] == datetime(2026, 11, 6, 11, 0, tzinfo=UTC)
    assert part.metadata["excerpt"] is True
    assert part.text == "Fewer people live here.\n\nMany left."
    assert part.metadata["outlet"] == "The Tidewater Post"
    assert part.metadata["url"] == "https://tidewaterpost.example/census"
    assert printed(part) == "2026-11-05"  # T000000 states no time


def test_an_embargo_without_a_release_date_withholds() -> None:
    raw = sample("nitf/census_embargoed.xml").replace(b"<date.release", b"<date.expire")
    assert only_part(nitf.read, raw).metadata["status"] == "withheld"


def test_a_release_date_without_a_zone_is_not_an_embargo() -> None:
    raw = sample("nitf/mill_1.xml").replace(b"<urgency", b'<date.release norm="20261103"/><urgency')
    part = only_part(nitf.read, raw)
    assert part.metadata["status"] == "usable"
    assert "embargo" not in part.metadata


def test_a_document_that_cancels_another_gives_both() -> None:
    end, new = nitf.read(sample("nitf/replaces.xml"))
    assert isinstance(end, ParsedArticle)
    assert isinstance(new, ParsedArticle)
    assert end.metadata == {"guid": "corran.example:20", "status": "canceled"}
    assert (new.metadata["guid"], new.metadata["byline"]) == ("corran.example:21", "Bo Rand")


def test_what_cannot_be_read() -> None:
    with pytest.raises(Refusal, match="not NITF: its root is <rss>"):
        list(nitf.read(b"<rss/>"))
    (nothing,) = nitf.read(b"<nitf/>")
    assert isinstance(nothing, Refusal)
    assert nothing.is_skipped


def test_it_is_recognised_behind_a_doctype() -> None:
    assert nitf.recognises(sample("nitf/mill_1.xml"))
    assert not nitf.recognises(sample("newsml/budget_embargoed.xml"))
