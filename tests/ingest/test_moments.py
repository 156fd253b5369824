"""Dates of wires and feeds: the printed day and zone are kept, and nothing is guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.moments import instant, stated


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
    ],
)
def test_dates_are_read_as_printed(text: str, printed: str) -> None:
    published = stated(f" {text}\n")
    assert published is not None
    assert published.printed == printed
    assert published.on.isoformat() == printed[:10]
    assert (published.at is not None) == (len(printed) > len("2026-11-03T08:30:00"))


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
    ],
)
def test_texts_without_a_date_have_none(text: str) -> None:
    assert stated(text) is None
    assert instant(text) is None


OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=OFFSETS))
def test_e_mail_and_iso_dates_are_equal(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    for text in (format_datetime(moment), moment.isoformat(), moment.strftime("%Y%m%dT%H%M%S%z")):
        published = stated(text)
        assert published is not None
        assert published.on == moment.date()
        assert published.at == moment.astimezone(UTC)
