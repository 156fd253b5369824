"""Dates of wires and feeds: the printed day and zone are kept, and nothing is guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.timestamps import parse_date, parse_instant


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("2026-11-03", "2026-11-03"),
        ("20261103", "2026-11-03"),
        ("2026-11-03T08:30:00+01:00", "2026-11-03T08:30:00+01:00"),
        ("2026-11-03T08:30:00.123456789Z", "2026-11-03T08:30:00.123456+00:00"),
        ("2026-11-03 08:30:00 +0100", "2026-11-03T08:30:00+01:00"),
        ("2026-11-03 08:30:00 UTC", "2026-11-03T08:30:00+00:00"),
        ("20261103T083000-0500", "2026-11-03T08:30:00-05:00"),
        ("20261103T0830Z", "2026-11-03T08:30:00+00:00"),
        ("2026-11-03T08:30", "2026-11-03T08:30:00"),
        ("Tue, 03 Nov 2026 08:30:00 +0100", "2026-11-03T08:30:00+01:00"),
        ("Mon, 3 Nov 2026 08:30:00 GMT", "2026-11-03T08:30:00+00:00"),  # the wrong weekday
        ("Dienstag, 3 November 2026 8:30 CET", "2026-11-03T08:30:00+01:00"),
        ("03-Nov-26 08:30 PDT", "2026-11-03T08:30:00-07:00"),
        ("3 Nov 2026 08:30 BST", "2026-11-03T08:30:00"),  # Britain's or Bangladesh's
        ("3 Nov 2026", "2026-11-03"),
        ("2026-11-03t08:30:00z", "2026-11-03T08:30:00+00:00"),
        ("2026-11-03T08Z", "2026-11-03T08:00:00+00:00"),
        ("2026-11-03T8:30-05:00", "2026-11-03T08:30:00-05:00"),
        ("2026-11-03T08:30:00,5+01", "2026-11-03T08:30:00.500000+01:00"),
        ("2026-W45-2", "2026-11-03"),
        ("2026W452T083000Z", "2026-11-03T08:30:00+00:00"),
        ("2026/11/3 8:30", "2026-11-03T08:30:00"),
        ("2026. 11. 3.", "2026-11-03"),
        ("03.11.2026 08:30", "2026-11-03T08:30:00"),
        ("11/23/2026 8:30 PM", "2026-11-23T20:30:00"),
        ("23/11/2026", "2026-11-23"),
        ("Nov 3, 2026", "2026-11-03"),
        ("Tuesday, November 3rd, 2026 at 12:30 AM EST", "2026-11-03T00:30:00-05:00"),
        ("Tue Nov  3 08:30:00 2026", "2026-11-03T08:30:00"),
        ("Tue Nov 03 08:30:00 GMT 2026", "2026-11-03T08:30:00+00:00"),
        ("Tue,03 Nov 2026 08:30:0 UTC+1", "2026-11-03T08:30:00+01:00"),
        ("Tue, 03 Nov 2026 08:30:00 +0100 (CET)", "2026-11-03T08:30:00+01:00"),
        ("mar., 3 nov. 2026 08:30 +0100", "2026-11-03T08:30:00+01:00"),
        ("2026-november-3T8:30+01:00", "2026-11-03T08:30:00+01:00"),
    ],
)
def test_dates_are_read_as_printed(text: str, printed: str) -> None:
    published = parse_date(f" {text}\n")
    assert published is not None
    assert published.printed == printed
    assert published.on.isoformat() == printed[:10]
    assert (published.at is not None) == (len(printed) > len("2026-11-03T08:30:00"))
    if published.at:
        assert published.at == datetime.fromisoformat(printed)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-13-03",
        "2026-11-03T25:00:00Z",
        "31 Feb 2026 08:00 GMT",
        "3 Nonsense 2026",
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "2026-11-03T08:30:00+99:00",
        "3 Nov 2026 08:30 +9900",
        "1793700000",
        "1712030830",
        "1712030830 GMT",
        "26/11/03 08:30",
        "11-12-2026 08:30 GMT",
        "2026",
        "2026-11",
        "Nov 2026",
        "3/11/2026",  # a day in November or in March
        f"2026-11-04T15:30{'9' * 60}",
        "2026-366",
        "2026-W54-1",
        "2026-W01",
        "2026-11-03 - 2026-11-05",
        "may 5 1931 2026",
        "8:30",
        "3 Nov 2026 " * 100,
    ],
)
def test_text_without_a_date_is_none(text: str) -> None:
    assert parse_date(text) is None
    assert parse_instant(text) is None


OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=OFFSETS))
def test_email_and_iso_dates_agree(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    for text in (format_datetime(moment), moment.isoformat(), moment.strftime("%Y%m%dT%H%M%S%z")):
        published = parse_date(text)
        assert published is not None
        assert published.on == moment.date()
        assert published.at == moment.astimezone(UTC)
