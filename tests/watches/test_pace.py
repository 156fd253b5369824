"""When a watch tells: at once or at its hour, never in quiet hours, no more than so often."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Pace, Watch
from bot.watches.pace import HOUR, alert_time, end_of_quiet_hours

ZONES = ("UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
NIGHT = (time(22), time(7))


def watch(
    pace: Pace = "at_once",
    *,
    at: time | None = None,
    zone: str = "Europe/Paris",
    quiet: tuple[time, time] | None = None,
) -> Watch:
    return Watch(
        id="w",
        number=1,
        team="T",
        person="U",
        channel="C",
        query="x",
        zone=zone,
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
        pace=pace,
        at=at,
        quiet=quiet,
    )


def local(day: str, zone: str = "Europe/Paris") -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("one", "found", "told"),
    [
        (watch(), "2026-11-25T10:20", "2026-11-25T10:20"),
        (watch("hourly"), "2026-11-25T10:20:30", "2026-11-25T11:00"),
        (watch("hourly"), "2026-11-25T10:00", "2026-11-25T11:00"),
        (watch("daily", at=time(8, 30)), "2026-11-25T08:29", "2026-11-25T08:30"),
        (watch("daily", at=time(8, 30)), "2026-11-25T08:30", "2026-11-26T08:30"),
        (watch(quiet=NIGHT), "2026-11-25T21:59", "2026-11-25T21:59"),
        (watch(quiet=NIGHT), "2026-11-25T22:00", "2026-11-26T07:00"),
        (watch(quiet=NIGHT), "2026-11-26T06:59", "2026-11-26T07:00"),
        (watch(quiet=NIGHT), "2026-11-26T07:00", "2026-11-26T07:00"),
        (watch("hourly", quiet=NIGHT), "2026-11-25T21:10", "2026-11-26T07:00"),
        (watch(quiet=(time(12), time(13))), "2026-11-25T12:30", "2026-11-25T13:00"),
        (watch(quiet=(time(8), time(8))), "2026-11-25T08:00", "2026-11-25T08:00"),
        # There is no 02:30 on the day when clocks go forward: quiet hours end with the jump.
        (watch(quiet=(time(23), time(2, 30))), "2026-03-29T01:10", "2026-03-29T03:00"),
        # And two of them when they go back: they end at the first.
        (watch(quiet=(time(23), time(2, 30))), "2026-10-25T01:10", "2026-10-25T02:30"),
        (watch("daily", at=time(2, 30)), "2026-03-28T12:00", "2026-03-29T03:00"),
    ],
)
def test_alerts_are_sent_at_their_time(one: Watch, found: str, told: str) -> None:
    assert alert_time(one, local(found), (), 10) == local(told)


def test_a_day_that_a_zone_leaves_out_has_no_hour() -> None:
    # Samoa went from the 29th of December 2011 to the 31st.
    one = watch("daily", at=time(8), zone="Pacific/Apia")
    found = local("2011-12-29T09:00", "Pacific/Apia")
    assert alert_time(one, found, (), 10) == local("2011-12-31T08:00", "Pacific/Apia")


def test_rate_limited_alerts_wait_an_hour() -> None:
    now = local("2026-11-25T10:20")
    told = [now - timedelta(minutes=minutes) for minutes in (50, 40, 5)]
    assert alert_time(watch(), now, told, 4) == now
    assert alert_time(watch(), now, told, 3) == now + timedelta(minutes=10)
    assert alert_time(watch(), now, told, 2) == now + timedelta(minutes=20)
    assert alert_time(watch("hourly"), now, told, 2) == local("2026-11-25T11:00")


@given(
    found=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
    zone=st.sampled_from(ZONES),
    pace=st.sampled_from(("at_once", "hourly", "daily")),
    at=st.times(),
    quiet=st.none() | st.tuples(st.times(), st.times()),
)
def test_alerts_are_never_early_or_days_late(
    found: datetime, zone: str, pace: Pace, at: time, quiet: tuple[time, time] | None
) -> None:
    one = watch(pace, at=at.replace(microsecond=0), zone=zone, quiet=quiet)
    moment = found.replace(tzinfo=UTC)
    told = alert_time(one, moment, (), 1)
    assert moment <= told <= moment + timedelta(days=2, hours=2)
    assert end_of_quiet_hours(one, told) is None
    if quiet is None and pace == "hourly":
        assert told - moment <= HOUR
    if quiet and pace == "at_once" and told > moment:
        assert end_of_quiet_hours(one, moment) == told
