"""From a ParsedArticle to a Document: invalid metadata is dropped or refused, never stored."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import ingest
from bot.errors import IngestError
from bot.ingest.documents import make_document
from bot.ingest.metadata import MAX_FIELD_LENGTH, MAX_REVISION, Published, parse_iso_date
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.model import Document

ODD_VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.binary()
    | st.datetimes(timezones=st.none() | st.timezones())
    | st.builds(
        Published,
        on=st.dates(),
        at=st.none() | st.datetimes(timezones=st.timezones()),
        printed=st.text(),
    )
)
KEYS = (
    *("title", "outlet", "byline", "guid", "note", "published", "modified_at", "embargo"),
    *("status", "revision", "url", "language", "sample", "excerpt"),
)


def made(text: str = "Shut.", **known: Any) -> Document:
    return make_document(ParsedArticle(text, known), "wire.xml")


def refused(text: str = "Shut.", **known: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        made(text, **known)
    return caught.value


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("ab\ud800" * 500_000, {}),
        ("ab\0" * 500_000, {}),
        ("Shut.", {"title": "ab " * 500_000}),
        ("Shut.", {"published": Published(date(2026, 11, 3), None, "ab " * 500_000)}),
    ],
)
def test_cleaning_takes_little_memory(text: str, known: dict[str, Any]) -> None:
    tracemalloc.start()
    made(text, **known)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000


def test_all_metadata_is_kept() -> None:
    at = datetime(2026, 11, 3, 9, 0, tzinfo=timezone(timedelta(hours=1)))
    found = make_document(
        ParsedArticle(
            "Shut.",
            {
                "title": " Port\n shut ",
                "outlet": "Halyard",
                "byline": "E. Marsh",
                "published": parse_iso_date("2026-11-03T09:00:00+01:00"),
                "url": "https://a.example/b",
                "language": "pt_BR",
                "guid": "urn:a:1",
                "revision": 3,
                "modified_at": at,
                "status": "withheld",
                "embargo": at,
                "excerpt": True,
                "note": "ADDS quote",
                "sample": True,
            },
            "story 2",
        ),
        "wire.xml",
    )
    utc = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)
    assert found == Document(
        origin="wire.xml#story 2",
        text="Shut.",
        title="Port shut",
        outlet="Halyard",
        byline="E. Marsh",
        published="2026-11-03T09:00:00+01:00",
        published_on=date(2026, 11, 3),
        published_at=utc,
        url="https://a.example/b",
        language="pt-BR",
        sample=True,
        guid="urn:a:1",
        revision=3,
        modified_at=utc,
        status="withheld",
        embargo=utc,
        excerpt=True,
        note="ADDS quote",
    )


def test_text_loses_only_what_cannot_be_kept() -> None:
    assert made("a\0b\ud800c\u202ed\x1be \r\n").text == "abcd\x1be \r\n"


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("title", "a\u202eb\x1b", "ab"),
        ("title", "x" * (MAX_FIELD_LENGTH + 1), None),
        ("byline", " \n", None),
        ("url", "javascript:alert(1)", None),
        ("url", "https://a.example/<b>", None),
        ("language", "English, mostly", None),
        ("revision", -1, None),
        ("revision", True, None),
        ("revision", MAX_REVISION + 1, None),
        ("modified_at", datetime(2026, 11, 3), None),
        ("modified_at", datetime.min.replace(tzinfo=timezone(timedelta(hours=9))), None),
        ("note", None, None),
    ],
)
def test_invalid_metadata_is_dropped(key: str, value: object, kept: object) -> None:
    assert getattr(made(**{key: value}), key) == kept


@pytest.mark.parametrize(
    ("known", "cause"),
    [
        ({"status": "cancelled"}, "its status is 'cancelled'"),
        ({"embargo": datetime(2026, 11, 3)}, "is not a date and time"),
        ({"embargo": "noon"}, "its embargo is 'noon'"),
    ],
)
def test_unreadable_status_or_embargo_is_refused(known: dict[str, Any], cause: str) -> None:
    assert cause in refused(**known).cause


def test_an_article_without_text_is_refused_unless_it_withdraws_another() -> None:
    assert refused(" \n\0").cause == "it has no text"
    link = refused("", excerpt=True, url="https://a.example/b")
    assert link.is_skipped
    assert made("", status="canceled", guid="urn:a:1").status == "canceled"
    assert made("", status="withheld", url="https://a.example/b").text == ""
    assert "without saying which" in refused("", status="canceled").cause


def test_to_documents_yields_errors_for_refusals() -> None:
    parts = [
        ParsedArticle("Shut.", {}),
        ParsedArticle("", {}, "entry 2"),
        Refusal("x", "y", place="entry 3"),
    ]
    first, second, third = ingest.to_documents(parts, origin="https://a.example/feed")
    assert isinstance(first, Document)
    assert isinstance(second, IngestError)
    assert isinstance(third, IngestError)
    assert second.subject == "https://a.example/feed#entry 2"
    assert (second.location, third.location) == ("entry 2", "entry 3")
    assert list(ingest.to_documents([], origin="a")) == []


@given(
    text=st.text(),
    known=st.dictionaries(st.sampled_from(KEYS), ODD_VALUES),
    place=st.text(),
)
def test_any_article_can_be_stored_or_is_refused(
    text: str, known: dict[str, Any], place: str
) -> None:
    try:
        found = make_document(ParsedArticle(text, known, place), "a")
    except Refusal as refusal:
        assert refusal.cause
        assert refusal.remedy
        return
    for value in (getattr(found, name) for name in Document.__dataclass_fields__):
        if isinstance(value, str):
            value.encode()
            assert "\0" not in value
        if isinstance(value, datetime):
            assert value.tzinfo is UTC
