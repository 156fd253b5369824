from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import digest

ZONES = sorted(available_timezones())
days = st.dates(date(1975, 1, 1), date(2035, 12, 31))
at_times = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    ("day", "at", "zone", "instant"),
    [
        ((2026, 7, 1), (8, 30), "Europe/London", "2026-07-01T07:30"),
        ((2026, 3, 29), (1, 30), "Europe/London", "2026-03-29T01:00"),  # there is no 1:30
        ((2026, 10, 25), (1, 30), "Europe/London", "2026-10-25T00:30"),  # there are two
        ((2026, 3, 8), (2, 30), "America/New_York", "2026-03-08T07:00"),
        ((2026, 10, 4), (2, 10), "Australia/Lord_Howe", "2026-10-03T15:30"),  # half an hour
    ],
)
def test_posting_time(day: tuple, at: tuple, zone: str, instant: str) -> None:
    found = digest.posting_time(date(*day), time(*at), zone)
    assert found == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@given(day=days, at=at_times, zone=st.sampled_from(ZONES))
def test_posting_time_is_the_first_possible_instant(day: date, at: time, zone: str) -> None:
    instant, tz = digest.posting_time(day, at, zone), ZoneInfo(zone)
    wanted = datetime.combine(day, at)

    def local(moment: datetime) -> datetime:
        return moment.astimezone(tz).replace(tzinfo=None)

    assert local(instant) >= wanted
    for back in (timedelta(seconds=1), timedelta(minutes=1), timedelta(minutes=17)):
        assert local(instant - back) < wanted


@given(
    zone=st.sampled_from(ZONES),
    at=at_times,
    first=days,
    steps=st.lists(st.integers(1, 26 * 60), min_size=1, max_size=40),
)
def test_every_local_day_gets_one_digest_however_often_one_looks(
    zone: str, at: time, first: date, steps: list[int]
) -> None:
    since = now = datetime.combine(first, time(), UTC)
    settled: list[date] = []
    for minutes in steps:
        now += timedelta(minutes=minutes)
        for one in digest.find_due(
            local_time=at,
            zone=zone,
            since=since,
            finished=settled,
            now=now,
            max_lateness=timedelta(hours=2),
        ):
            assert since < one.posting_time <= now - digest.COMPOSE_DELAY
            assert one.is_late == (now - one.posting_time > timedelta(hours=2))
            settled.append(one.day)
    assert max(Counter(settled).values(), default=1) == 1
    assert settled == sorted(settled)
    coming = digest.next_posting(local_time=at, zone=zone, finished=settled, now=now)
    assert coming > now
    wanted = {
        day
        for n in range((now.date() - first).days + 3)
        if since
        < digest.posting_time(day := first + timedelta(n - 1), at, zone)
        <= now - digest.COMPOSE_DELAY
    }
    # Where a zone left out a whole day, that day has no digest.
    assert {day for day in wanted if digest.day_exists(day, zone)} == set(settled)


def test_a_day_that_a_zone_left_out_has_no_digest() -> None:
    # Samoa went from 29 to 31 December 2011.
    due = digest.find_due(
        local_time=time(8, 30),
        zone="Pacific/Apia",
        since=datetime(2011, 12, 28, 23, tzinfo=UTC),
        finished=[],
        now=datetime(2012, 1, 1, 22, tzinfo=UTC),
        max_lateness=timedelta(hours=2),
    )
    assert [one.day.day for one in due] == [29, 31, 1, 2]


def test_times_before_the_subscription_are_not_caught_up() -> None:
    since = datetime(2026, 11, 3, 9, tzinfo=UTC)
    due = digest.find_due(
        local_time=time(8, 30),
        zone="UTC",
        since=since,
        finished=[],
        now=since + timedelta(minutes=1),
        max_lateness=timedelta(hours=2),
    )
    assert list(due) == []
