from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import QueryError
from bot.model import DigestPreferences, Subscription
from bot.slack.surfaces.digests import terms

TODAY = date(2026, 11, 25)  # a Wednesday
NOW = datetime(2026, 11, 25, 7, tzinfo=ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        *((typed, ()) for typed in ("daily", "Every day", "mon-sun", "sat-fri")),
        *((typed, (1, 2, 3, 4, 5)) for typed in ("weekdays", "mon-fri", "Monday – Friday")),
        *(
            (typed, (1, 3))
            for typed in ("mon,wed", "wed mon", "mondays and wednesdays", "Mon; WED")
        ),
        ("fri-mon", (1, 5, 6, 7)),
        ("sunday", (7,)),
    ],
)
def test_days_are_parsed(typed: str, days: tuple[int, ...]) -> None:
    assert terms.parse_days(typed) == days


@pytest.mark.parametrize("typed", ["", "never", "m", "mo", "mon,never", "1,2", "-"])
def test_invalid_days_are_refused(typed: str) -> None:
    with pytest.raises(QueryError, match=r"daily, weekdays or a list such as mon,wed"):
        terms.parse_days(typed)


@given(st.sets(st.integers(1, 7), min_size=1, max_size=6))
def test_printed_days_parse_back(days: set[int]) -> None:
    shown = terms.days_text(DigestPreferences(days=tuple(sorted(days))))
    typed = shown.removeprefix("on ").removeprefix("every ").replace("weekday", "weekdays")
    assert terms.parse_days(typed) == tuple(sorted(days))


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/London", "Europe/London"),
        ("europe/london", "Europe/London"),
        (" london ", "Europe/London"),
        ("new york", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_time_zones_are_parsed(typed: str, zone: str) -> None:
    assert terms.parse_zone(typed) == zone


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("Mars", "looks like Europe/London"),
        ("", "looks like Europe/London"),
        ("../../etc/passwd", "looks like Europe/London"),
        ("lond", "Did you mean Europe/London?"),
    ],
)
def test_invalid_time_zones_are_refused(typed: str, remedy: str) -> None:
    with pytest.raises(QueryError) as told:
        terms.parse_zone(typed)
    assert remedy in str(told.value)


@given(st.sampled_from(sorted(available_timezones())))
def test_every_time_zone_parses_by_name(zone: str) -> None:
    if "/" in zone:
        assert terms.parse_zone(zone.swapcase()) == zone


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 26)),
        ("thursday", date(2026, 11, 26)),
        ("wed", date(2026, 12, 2)),
    ],
)
def test_future_days_are_parsed(typed: str, day: date) -> None:
    assert terms.parse_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("2026-11-24", "has passed"),
        ("2028-01-01", "more than a year"),
        *((typed, "looks like 2026-12-01") for typed in ("", "2026-02-30", "soon", "٢٠٢٦-12-01")),
    ],
)
def test_invalid_future_days_are_refused(typed: str, remedy: str) -> None:
    with pytest.raises(QueryError, match=remedy):
        terms.parse_day(typed, TODAY)


def subscription(**known: object) -> Subscription:
    default: dict[str, object] = {
        **{"team": "T1", "channel": "C1", "at": time(8, 30), "zone": "Europe/London"},
        **{"person": "U1", "since": NOW},
    }
    return Subscription(**(default | known))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wants", "said"),
    [
        (DigestPreferences(), ""),
        (DigestPreferences(skip=TODAY), " · skipped on Wednesday 25 November"),
        (DigestPreferences(skip=TODAY - timedelta(days=1)), ""),
        (DigestPreferences(paused_until=TODAY), ""),
        (DigestPreferences(paused_until=date(2026, 12, 1)), " · paused until Tuesday 1 December"),
    ],
)
def test_the_schedule_is_printed(wants: DigestPreferences, said: str) -> None:
    coming = NOW + timedelta(days=6, hours=1.5)
    assert terms.schedule_text(subscription(preferences=wants), coming, NOW) == (
        f"every day at 08:30 (Europe/London), next on Tuesday 1 December{said}"
    )


def test_a_stopped_digest_says_why_and_gives_no_date() -> None:
    shown = terms.schedule_text(subscription(stop_reason="is_archived"), NOW, NOW)
    assert shown.endswith("(Europe/London) · paused: Slack says this channel is archived")


def test_topics_and_outlets_are_printed_escaped() -> None:
    wants = DigestPreferences(topics=("<!channel> *yuan*", "gas"), outlets=("The Post",), claims=20)
    shown = terms.contents_text(wants)
    assert "<!channel>" not in shown
    assert "; gas · only from: The Post · long: 20 claims" in shown
    assert terms.contents_text(DigestPreferences(claims=10)) == ""
