"""The digest comes once: real ledger, a clock of our own, several workers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import config
from bot.errors import NotFoundError, SettingsError
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.newsroom.digests import LEASE, RETRY

TEAM = "T1"


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time_: float) -> None:
        self.now += timedelta(**time_)


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 2, 20, tzinfo=UTC))


@pytest.fixture
def newsroom(database_url: str, tmp_path: Path, clock: Clock) -> Newsroom:
    """A newsroom over each kind of database."""
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path), "DATABASE_URL": database_url})
    return open_newsroom(settings, clock)


def open_newsroom(settings: config.Settings, clock: Clock) -> Newsroom:
    from bot.store import Store

    store = Store(settings.database_url)
    store.database.migrate()
    store.close()
    return Newsroom(settings, clock)


def arrive(newsroom: Newsroom, name: str, *, arrival: str = "single") -> None:
    """An article with one claim arrives now."""
    article = Article(id=name, origin=name, text=f"{name} said so.", title=name)
    claim = Claim(id=f"claim-{name}", article_id=name, kind="statement", text=f"{name} said so.")
    newsroom.store.archive.file([(article, [claim])], arrival=arrival, arrived_at=newsroom.now())


def subscribe(newsroom: Newsroom, channel: str = "C1", zone: str = "UTC", at: time = time(8, 30)):
    return newsroom.subscribe(team=TEAM, channel=channel, at=at, zone=zone, person="U1")


def post_due(newsroom: Newsroom, worker: str = "w1") -> list[tuple[str, date, list[str]]]:
    """Do what a worker does when Slack answers well."""
    posted = []
    while assignment := newsroom.take_due(worker, TEAM):
        assert newsroom.start_posting(assignment, worker)
        newsroom.record_posted(assignment, worker, ts=str(len(posted)))
        titles = [section.article.id for section in assignment.digest.sections]
        posted.append((assignment.key.channel, assignment.key.day, titles))
    return posted


def test_a_digest_holds_what_arrived_since_the_last_one(newsroom: Newsroom, clock: Clock) -> None:
    arrive(newsroom, "before")
    subscribe(newsroom)
    arrive(newsroom, "bulk", arrival="bulk")
    assert post_due(newsroom) == []
    clock.now = datetime(2026, 11, 3, 8, 29, 59, tzinfo=UTC)
    arrive(newsroom, "late")
    assert post_due(newsroom) == []
    clock.now = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
    arrive(newsroom, "next")
    assert post_due(newsroom) == [("C1", date(2026, 11, 3), ["before", "late"])]
    assert post_due(newsroom) == []
    clock.pass_(days=1)
    assert post_due(newsroom) == [("C1", date(2026, 11, 4), ["next"])]


def test_the_same_minute_again_or_another_worker_posts_nothing_more(
    newsroom: Newsroom, clock: Clock
) -> None:
    subscribe(newsroom)
    clock.now = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
    assert len(post_due(newsroom, "w1")) == 1
    assert post_due(newsroom, "w2") == []
    again = Newsroom(newsroom.settings, clock)  # a restart within the minute
    assert post_due(again, "w3") == []


def test_while_one_worker_posts_another_has_nothing_to_do(newsroom: Newsroom, clock: Clock) -> None:
    subscribe(newsroom)
    clock.now = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
    assert newsroom.take_due("w1", TEAM)
    assert newsroom.take_due("w2", TEAM) is None


def test_a_worker_that_died_before_posting_is_replaced(newsroom: Newsroom, clock: Clock) -> None:
    subscribe(newsroom)
    clock.now = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
    assignment = newsroom.take_due("dead", TEAM)
    assert assignment
    clock.now += LEASE
    assert len(post_due(newsroom, "next")) == 1
    assert not newsroom.start_posting(assignment, "dead")


def test_a_worker_that_died_while_posting_leaves_doubt_and_the_next_digest_says_so(
    newsroom: Newsroom, clock: Clock
) -> None:
    subscribe(newsroom)
    arrive(newsroom, "maybe posted")
    clock.now = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
    assignment = newsroom.take_due("dead", TEAM)
    assert assignment
    assert newsroom.start_posting(assignment, "dead")
    clock.now += LEASE
    assert post_due(newsroom) == []
    clock.now = datetime(2026, 11, 4, 8, 30, tzinfo=UTC)
    following = newsroom.take_due("w", TEAM)
    assert following
    assert following.digest.uncertain == (datetime(2026, 11, 3, 8, 30, tzinfo=UTC),)
    assert following.digest.claims == 0  # what may have been posted does not come twice


def test_a_late_start_posts_within_two_hours_and_names_the_rest_as_missed(
    newsroom: Newsroom, clock: Clock
) -> None:
    subscribe(newsroom)
    clock.now = datetime(2026, 11, 3, 10, 30, tzinfo=UTC)
    assert len(post_due(newsroom)) == 1
    arrive(newsroom, "on the fourth")
    clock.now = datetime(2026, 11, 5, 10, 30, 1, tzinfo=UTC)  # two days down, a second too late
    assert post_due(newsroom) == []
    clock.now = datetime(2026, 11, 6, 8, 30, tzinfo=UTC)
    assignment = newsroom.take_due("w", TEAM)
    assert assignment
    assert [moment.day for moment in assignment.digest.missed] == [4, 5]
    assert [s.article.id for s in assignment.digest.sections] == ["on the fourth"]
    newsroom.start_posting(assignment, "w")
    newsroom.record_posted(assignment, "w", "1")
    clock.pass_(days=1)
    following = newsroom.take_due("w", TEAM)
    assert following
    assert following.digest.missed == ()


def test_what_slack_refuses_is_tried_again_and_then_missed(
    newsroom: Newsroom, clock: Clock
) -> None:
    subscribe(newsroom)
    clock.now = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
    told = 0
    while clock.now <= datetime(2026, 11, 3, 11, tzinfo=UTC):
        if assignment := newsroom.take_due("w", TEAM):
            assert newsroom.start_posting(assignment, "w")
            told += newsroom.put_back(assignment, "w", "not_in_channel")
        clock.now += RETRY / 2
    assert told == 1
    clock.now = datetime(2026, 11, 4, 8, 30, tzinfo=UTC)
    following = newsroom.take_due("w", TEAM)
    assert following
    assert following.digest.missed == (datetime(2026, 11, 3, 8, 30, tzinfo=UTC),)


def test_a_worker_posts_for_its_own_workspace_only(newsroom: Newsroom, clock: Clock) -> None:
    subscribe(newsroom)
    clock.now = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
    assert newsroom.take_due("w", "T2") is None


def test_setting_it_anew_the_same_day_brings_no_second_one(
    newsroom: Newsroom, clock: Clock
) -> None:
    subscribe(newsroom)
    clock.now = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
    assert len(post_due(newsroom)) == 1
    later = subscribe(newsroom, at=time(9))
    assert newsroom.next_posting(later) == datetime(2026, 11, 4, 9, tzinfo=UTC)
    clock.now = datetime(2026, 11, 3, 9, tzinfo=UTC)
    assert post_due(newsroom) == []


def test_a_digest_that_was_ended_comes_no_more(newsroom: Newsroom, clock: Clock) -> None:
    subscribe(newsroom)
    assert newsroom.unsubscribe(TEAM, "C1")
    clock.now = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
    assert post_due(newsroom) == []
    with pytest.raises(NotFoundError, match="C1"):
        newsroom.subscription_of("C1")


def test_an_unknown_zone_is_refused(newsroom: Newsroom) -> None:
    with pytest.raises(SettingsError, match="Mars/Olympus"):
        subscribe(newsroom, zone="Mars/Olympus")


@pytest.mark.parametrize("start", [date(2026, 3, 26), date(2026, 10, 22), date(2026, 3, 5)])
def test_a_week_with_a_clock_change_brings_seven_digests_in_each_zone(
    newsroom: Newsroom, clock: Clock, start: date
) -> None:
    zones = {
        "C1": ("Europe/London", time(1, 30)),  # in the gap, and in the doubled hour
        "C2": ("America/New_York", time(2, 30)),
        "C3": ("Australia/Lord_Howe", time(8, 30)),
    }
    clock.now = datetime.combine(start, time(), UTC)
    for channel, (zone, at) in zones.items():
        subscribe(newsroom, channel, zone, at)
    end = clock.now + timedelta(days=7)
    posted: list[tuple[str, date]] = []
    minute = 0
    while clock.now < end:
        # Two workers look at every minute, and one of them is restarted now and then.
        for worker in (f"a{minute // 500}", "b"):
            for channel, day, _ in post_due(newsroom, worker):
                zone, at = zones[channel]
                local = clock.now.astimezone(ZoneInfo(zone))
                assert (local.date(), local.time()) >= (day, at)
                assert local - local.replace(hour=at.hour, minute=at.minute) <= timedelta(hours=1)
                posted.append((channel, day))
        minute += 7
        clock.now += timedelta(minutes=7)
    assert Counter(channel for channel, _ in posted) == {"C1": 7, "C2": 7, "C3": 7}
    assert len(set(posted)) == 21


def test_a_preview_is_what_was_or_will_be_posted(newsroom: Newsroom, clock: Clock) -> None:
    subscription = subscribe(newsroom)
    arrive(newsroom, "one")
    clock.now = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)

    def preview(day: int):
        return newsroom.preview(
            day=date(2026, 11, day), subscription=subscription, at=time(), zone="UTC"
        )

    before = preview(3)
    clock.now = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
    assignment = newsroom.take_due("w", TEAM)
    assert assignment
    assert assignment.digest == before
    newsroom.start_posting(assignment, "w")
    newsroom.record_posted(assignment, "w", "1")
    arrive(newsroom, "two")
    clock.now = datetime(2026, 11, 4, 9, tzinfo=UTC)
    assert preview(3) == before
    assert [s.article.id for s in preview(4).sections] == ["two"]


def test_a_preview_without_a_channel_covers_the_day_before_its_posting_time(
    newsroom: Newsroom, clock: Clock
) -> None:
    arrive(newsroom, "one")
    made = newsroom.preview(
        day=date(2026, 11, 3), subscription=None, at=time(8, 30), zone="Europe/Paris"
    )
    assert made.until == datetime(2026, 11, 3, 7, 30, tzinfo=UTC)
    assert made.until - made.since == timedelta(days=1)
    assert [s.article.id for s in made.sections] == ["one"]


def test_articles_too_old_are_left_out_by_the_setting(newsroom: Newsroom, clock: Clock) -> None:
    article = Article(
        id="old", origin="o", text="x", published_on=clock.now.date() - timedelta(days=4)
    )
    claim = Claim(id="c", article_id="old", kind="statement", text="x")
    newsroom.store.archive.file([(article, [claim])], arrival="single", arrived_at=clock.now)

    def claims(days: int) -> int:
        newsroom.settings = replace(
            newsroom.settings, digest=replace(newsroom.settings.digest, oldest_days=days)
        )
        day = clock.now.date() + timedelta(days=1)
        return newsroom.preview(day=day, subscription=None, at=time(8), zone="UTC").claims

    assert claims(3) == 0
    assert claims(4) == 1
