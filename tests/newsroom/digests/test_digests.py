"""Digests are posted once: real ledger, manual clock, several workers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import config
from bot.digest import COMPOSE_DELAY
from bot.errors import NotFoundError, SettingsError
from bot.model import Article, Claim, Digest, DigestPreferences, Subscription
from bot.newsroom import Newsroom
from bot.newsroom.digests.digest_messages import RETRY_DELAY
from bot.store import FiledArticle, OutboxMessage, schema
from bot.store.delivery.outbox import SEND_LEASE
from bot.store.delivery.payloads import UnreadablePayload
from tests.manual_clock import ManualClock
from tests.manual_digests import (
    SentDigest,
    lose_answer,
    mark_missing,
    mark_posted,
    mark_refused,
    mark_uncertain,
    send_due,
    take_uncertain,
)
from tests.reopen import reopen

TEAM = "T1"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 2, 20, tzinfo=UTC))


@pytest.fixture
def newsroom(database_url: str, tmp_path: Path, clock: ManualClock) -> Newsroom:
    """Return a newsroom over each kind of database."""
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path), "DATABASE_URL": database_url})
    return open_newsroom(settings, clock)


def open_newsroom(settings: config.Settings, clock: ManualClock) -> Newsroom:
    from bot.store import Store

    store = Store(settings.database_url)
    store.database.migrate()
    store.close()
    return Newsroom(settings, clock)


def arrive(
    newsroom: Newsroom, name: str, *, arrival: str = "single", at: datetime | None = None
) -> None:
    """File an article with one claim, now or with another timestamp."""
    article = Article(id=name, origin=name, text=f"{name} said so.", title=name)
    claim = Claim(id=f"claim-{name}", article_id=name, kind="statement", text=f"{name} said so.")
    stamp = at or newsroom.now()
    newsroom.store.archive.apply_steps(
        [FiledArticle(article, [claim])], arrival=arrival, now=lambda: stamp
    )


def refuse_due(newsroom: Newsroom) -> None:
    """Act as a worker whose message Slack refuses."""
    sent = send_due(newsroom)
    assert sent
    mark_refused(newsroom, sent)


def subscribe(
    newsroom: Newsroom,
    channel: str = "C1",
    zone: str = "UTC",
    at: time = time(8, 30),
    wants: DigestPreferences | None = None,
) -> Subscription:
    return newsroom.digests.subscriptions.subscribe(
        team=TEAM, channel=channel, at=at, zone=zone, person="U1", wants=wants
    )


def posting_time(day: int) -> datetime:
    return datetime(2026, 11, day, 8, 30, tzinfo=UTC)


def morning(day: int) -> datetime:
    """Return the earliest time at which that day's digest is posted."""
    return posting_time(day) + COMPOSE_DELAY


def post_due(newsroom: Newsroom) -> list[tuple[str, date, list[str]]]:
    """Act as a worker whose message Slack accepts."""
    stand = []
    while sent := send_due(newsroom):
        mark_posted(newsroom, sent, str(len(stand)))
        stand.append((sent.key.channel, sent.key.day, articles_of(sent.digest)))
    return stand


def test_digest_covers_arrivals_since_the_last_one(newsroom: Newsroom, clock: ManualClock) -> None:
    arrive(newsroom, "before")
    subscribe(newsroom)
    arrive(newsroom, "bulk", arrival="bulk")
    assert post_due(newsroom) == []
    clock.now = datetime(2026, 11, 3, 8, 29, 59, tzinfo=UTC)
    arrive(newsroom, "late")
    assert post_due(newsroom) == []
    clock.now = posting_time(3)
    arrive(newsroom, "next")
    clock.now = morning(3)
    assert post_due(newsroom) == [("C1", date(2026, 11, 3), ["before", "late"])]
    assert post_due(newsroom) == []
    clock.now += timedelta(days=1)
    assert post_due(newsroom) == [("C1", date(2026, 11, 4), ["next"])]


def test_the_same_minute_again_or_another_worker_posts_nothing_more(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    subscribe(newsroom)
    clock.now = morning(3)
    assert len(post_due(newsroom)) == 1
    assert post_due(newsroom) == []
    again = Newsroom(newsroom.settings, clock)  # a restart within the minute
    assert post_due(again) == []


def test_interrupted_posting_is_uncertain_and_reported_next_time(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    subscribe(newsroom)
    arrive(newsroom, "maybe posted")
    clock.now = morning(3)
    assert send_due(newsroom)
    assert take_uncertain(newsroom) is None
    clock.now += SEND_LEASE
    assert post_due(newsroom) == []
    begun = take_uncertain(newsroom)
    assert begun
    mark_uncertain(newsroom, begun)  # it could not be looked for
    assert newsroom.store.outbox.by_key(TEAM, begun.key) is None
    assert newsroom.store.dead_letters.find(TEAM) == []
    clock.now = morning(4)
    following = send_due(newsroom)
    assert following
    assert following.digest.uncertain == (posting_time(3),)
    assert following.digest.claims == 0  # what may have been posted does not come twice


def test_late_digests_are_posted_or_reported_as_missed(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    subscribe(newsroom)
    clock.now = datetime(2026, 11, 3, 10, 30, tzinfo=UTC)
    assert len(post_due(newsroom)) == 1
    arrive(newsroom, "on the fourth")
    clock.now = datetime(2026, 11, 5, 10, 30, 1, tzinfo=UTC)  # two days down, a second too late
    assert post_due(newsroom) == []
    clock.now = morning(6)
    assignment = send_due(newsroom)
    assert assignment
    assert [moment.day for moment in assignment.digest.missed] == [4, 5]
    assert articles_of(assignment.digest) == ["on the fourth"]
    mark_posted(newsroom, assignment, "1")
    clock.now += timedelta(days=1)
    following = send_due(newsroom)
    assert following
    assert following.digest.missed == ()


@pytest.mark.parametrize("is_open", [True, False])
def test_missed_and_uncertain_digests_are_reported_once(
    newsroom: Newsroom, clock: ManualClock, is_open: bool
) -> None:
    subscribe(newsroom)
    clock.now = morning(3)
    if is_open:
        assignment = send_due(newsroom)
        assert assignment
        mark_uncertain(newsroom, assignment)
    else:
        refuse_due(newsroom)
    clock.now += timedelta(hours=5)
    post_due(newsroom)
    wants = DigestPreferences(paused_until=date(2026, 11, 14))
    newsroom.digests.subscriptions.subscribe(
        team=TEAM, channel="C1", at=time(8, 30), zone="UTC", person="U1", wants=wants
    )
    for day, named in ((14, (posting_time(3),)), (15, ())):
        clock.now = morning(day)
        assignment = send_due(newsroom)
        assert assignment
        made = assignment.digest
        assert (made.uncertain if is_open else made.missed) == named
        mark_posted(newsroom, assignment, str(day))


def test_articles_committed_just_after_the_hour_are_included(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    subscribe(newsroom)
    stamped = posting_time(3) - timedelta(milliseconds=1)
    clock.now = posting_time(3) + timedelta(seconds=1)
    assert post_due(newsroom) == []
    arrive(newsroom, "just in time", at=stamped)
    clock.now = morning(3)
    assert post_due(newsroom) == [("C1", date(2026, 11, 3), ["just in time"])]


def test_refused_digest_is_retried_and_then_missed(newsroom: Newsroom, clock: ManualClock) -> None:
    subscribe(newsroom)
    clock.now = morning(3)
    tried = 0
    while clock.now <= datetime(2026, 11, 3, 11, tzinfo=UTC):
        if assignment := send_due(newsroom):
            mark_refused(newsroom, assignment)
            tried += 1
        clock.now += RETRY_DELAY / 2
    assert tried == 24
    clock.now = morning(4)
    following = send_due(newsroom)
    assert following
    assert following.digest.missed == (posting_time(3),)


def test_a_worker_posts_for_its_own_workspace_only(newsroom: Newsroom, clock: ManualClock) -> None:
    subscribe(newsroom)
    clock.now = morning(3)
    assert send_due(newsroom, "T2") is None


def test_changing_settings_brings_no_second_digest_that_day(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    subscribe(newsroom)
    clock.now = morning(3)
    assert len(post_due(newsroom)) == 1
    later = subscribe(newsroom, at=time(9))
    assert newsroom.digests.next_posting(later) == datetime(2026, 11, 4, 9, tzinfo=UTC)
    clock.now = datetime(2026, 11, 3, 9, tzinfo=UTC)
    assert post_due(newsroom) == []


def test_another_time_or_zone_counts_from_now_on(newsroom: Newsroom, clock: ManualClock) -> None:
    subscribe(newsroom)
    clock.now = posting_time(3) + timedelta(seconds=1)
    assert subscribe(newsroom, at=time(8, 29)).since == clock.now
    assert subscribe(newsroom, at=time(8, 29), zone="Europe/London").since == clock.now
    clock.now += timedelta(hours=1)
    assert post_due(newsroom) == []


@pytest.mark.parametrize("pause", [True, False])
def test_rescheduled_digest_replaces_a_refused_one(
    newsroom: Newsroom, clock: ManualClock, pause: bool
) -> None:
    subscribe(newsroom)
    arrive(newsroom, "before")
    clock.now = morning(3)
    refuse_due(newsroom)
    clock.now = datetime(2026, 11, 3, 9, tzinfo=UTC)
    arrive(newsroom, "between")
    if pause:
        newsroom.store.ledger.unsubscribe(TEAM, "C1")
    later = subscribe(newsroom, at=time(9, 30))
    assert newsroom.digests.next_posting(later) == datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    assert post_due(newsroom) == []
    clock.now = datetime(2026, 11, 3, 9, 30, 2, tzinfo=UTC)
    assert post_due(newsroom) == [("C1", date(2026, 11, 3), ["before", "between"])]
    clock.now = datetime(2026, 11, 4, 9, 30, 2, tzinfo=UTC)
    assert post_due(newsroom) == [("C1", date(2026, 11, 4), [])]


def test_newer_digest_replaces_an_older_one_with_its_claims(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    all_day_long(newsroom)
    subscribe(newsroom)
    arrive(newsroom, "for the third")
    clock.now = morning(3)
    refuse_due(newsroom)
    arrive(newsroom, "for the fourth")
    clock.now = posting_time(4)
    refuse_due(newsroom)
    clock.now += RETRY_DELAY
    assignment = send_due(newsroom)
    assert assignment
    assert assignment.key.day == date(2026, 11, 4)
    assert assignment.digest.missed == (posting_time(3),)
    assert articles_of(assignment.digest) == ["for the fourth", "for the third"]
    assert send_due(newsroom) is None


def test_newer_digest_waits_while_an_older_one_is_sent(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    all_day_long(newsroom)
    subscribe(newsroom)
    arrive(newsroom, "for the third")
    clock.now = morning(4) - timedelta(minutes=1)
    slow = send_due(newsroom)
    assert slow
    clock.now = morning(4)
    assert send_due(newsroom) is None
    assert send_due(newsroom) is None
    mark_posted(newsroom, slow, "1")
    assert post_due(newsroom) == [("C1", date(2026, 11, 4), [])]


def all_day_long(newsroom: Newsroom) -> None:
    """Let digests be caught up beyond the next one, as a setting of 24 hours does where clocks go
    forward."""
    reopen(newsroom, digest=replace(newsroom.settings.digest, catch_up_minutes=1500))


def articles_of(digest: Digest) -> list[str]:
    return sorted(row.current.hit.article.id for row in digest.rows if row.current.hit)


def test_ended_digest_is_not_posted(newsroom: Newsroom, clock: ManualClock) -> None:
    subscribe(newsroom)
    clock.now = morning(3)
    refuse_due(newsroom)
    assert newsroom.store.ledger.unsubscribe(TEAM, "C1")
    clock.now += RETRY_DELAY
    assert send_due(newsroom, channel="C1") is None
    assert newsroom.digests.next_check(TEAM, "C1") is None
    with pytest.raises(NotFoundError, match="C1"):
        newsroom.digests.subscriptions.find_by_channel("C1")


def test_uncertain_posting_is_looked_up_after_the_end(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    subscribe(newsroom)
    clock.now = morning(3)
    sent = send_due(newsroom)
    assert sent
    lose_answer(newsroom, sent, clock.now + RETRY_DELAY)
    newsroom.store.ledger.unsubscribe(TEAM, "C1")
    assert newsroom.store.outbox.pending_channels(TEAM) == {"C1": clock.now + RETRY_DELAY}
    clock.now += RETRY_DELAY
    begun = take_uncertain(newsroom)
    assert begun
    mark_posted(newsroom, begun, "1.1")
    assert newsroom.digests.next_check(TEAM, "C1") is None


def test_unposted_message_of_an_ended_digest_is_not_resent(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    subscribe(newsroom)
    clock.now = morning(3)
    assert send_due(newsroom)
    newsroom.store.ledger.unsubscribe(TEAM, "C1")
    clock.now += SEND_LEASE
    begun = take_uncertain(newsroom)
    assert begun
    mark_missing(newsroom, begun)
    waiting = newsroom.store.outbox.next_in_channel(TEAM, "C1")
    assert waiting
    assert newsroom.digests.due_digest(waiting) is None
    newsroom.delivery.outbox.drop(waiting)
    assert newsroom.store.outbox.next_in_channel(TEAM, "C1") is None


def test_retry_continues_when_days_are_added(newsroom: Newsroom, clock: ManualClock) -> None:
    first = subscribe(newsroom, wants=DigestPreferences(days=(1, 2, 3, 4, 5)))
    for day in (3, 4, 5, 6):
        clock.now = morning(day)
        assert len(post_due(newsroom)) == 1
    clock.now = morning(9)  # behind a weekend that none was wanted for
    refuse_due(newsroom)
    assert subscribe(newsroom, wants=DigestPreferences()).since > first.since
    clock.now += RETRY_DELAY
    assert [day for _, day, _ in post_due(newsroom)] == [date(2026, 11, 9)]
    clock.now = morning(10)
    assert [day for _, day, _ in post_due(newsroom)] == [date(2026, 11, 10)]


def test_an_unknown_zone_is_refused(newsroom: Newsroom) -> None:
    with pytest.raises(SettingsError, match="Mars/Olympus"):
        subscribe(newsroom, zone="Mars/Olympus")


def test_failing_channel_does_not_stop_others(newsroom: Newsroom, clock: ManualClock) -> None:
    subscribe(newsroom, "C2")
    broken = subscribe(newsroom, "C1")
    newsroom.store.ledger.subscribe(replace(broken, zone="Mars/Olympus"))
    clock.now = morning(3)
    with pytest.raises(KeyError, match="Mars"):
        send_due(newsroom, channel="C1")
    assert send_due(newsroom, channel="C2")


@pytest.mark.parametrize(
    ("start", "zone", "at"),
    [
        (date(2026, 3, 26), "Europe/London", time(1, 30)),
        (date(2026, 10, 29), "America/New_York", time(1, 30)),
        (date(2026, 3, 5), "Pacific/Apia", time(0, 0)),
    ],
)
def test_checks_at_next_check_post_each_digest_on_time(
    newsroom: Newsroom, clock: ManualClock, start: date, zone: str, at: time
) -> None:
    clock.now = datetime.combine(start, time(), UTC)
    subscribe(newsroom, zone=zone, at=at)
    days = []
    for _ in range(7):
        look = newsroom.digests.next_check(TEAM, "C1")
        assert look
        for early in (look - COMPOSE_DELAY, look - timedelta(seconds=1)):
            clock.now = early
            assert post_due(newsroom) == []
            assert newsroom.digests.next_check(TEAM, "C1") == look
        clock.now = look
        ((_, day, _),) = post_due(newsroom)
        days.append(day)
    assert [later - earlier for earlier, later in pairwise(days)] == [timedelta(days=1)] * 6


def test_next_check_follows_the_outcome_of_a_digest(newsroom: Newsroom, clock: ManualClock) -> None:
    subscribe(newsroom)
    clock.now = morning(3)
    assert newsroom.digests.next_check(TEAM, "C1") == clock.now
    newsroom.digests.queue_due_message(TEAM, "C1")
    assert newsroom.digests.next_check(TEAM, "C1") == morning(4)  # the rest is the outbox's
    sent = send_due(newsroom)
    assert sent
    assert newsroom.digests.next_check(TEAM, "C1") == morning(4)
    mark_refused(newsroom, sent)
    assert newsroom.digests.next_check(TEAM, "C1") == clock.now + RETRY_DELAY
    newsroom.store.ledger.unsubscribe(TEAM, "C1")
    assert newsroom.digests.next_check(TEAM, "C1") is None


@pytest.mark.parametrize("how", [mark_posted, mark_refused, mark_uncertain])
def test_finished_message_triggers_a_check(
    newsroom: Newsroom, clock: ManualClock, how: Callable[[Newsroom, SentDigest], None]
) -> None:
    subscribe(newsroom)
    clock.now = morning(3)
    sent = send_due(newsroom)
    assert sent
    job = newsroom.delivery.jobs.take("w", ["digest"], TEAM)
    assert job
    newsroom.delivery.jobs.complete(job, None)
    how(newsroom, sent)
    clock.now += RETRY_DELAY
    assert newsroom.delivery.jobs.take("w", ["digest"], TEAM)


def test_digest_queued_for_too_long_is_missed(newsroom: Newsroom, clock: ManualClock) -> None:
    subscribe(newsroom)
    clock.now = morning(3)
    newsroom.digests.queue_due_message(TEAM, "C1")
    waiting = newsroom.store.outbox.next_in_channel(TEAM, "C1")
    assert waiting
    clock.now += timedelta(hours=3)
    assert newsroom.digests.due_digest(waiting) is None
    assert newsroom.store.outbox.next_in_channel(TEAM, "C1") is None
    assert [row.state for row in newsroom.store.ledger.rows(TEAM, "C1")] == ["missed"]


def asked_and_sent(newsroom: Newsroom) -> tuple[OutboxMessage, SentDigest]:
    """Return a digest's queued message, and the same as another worker sends it."""
    newsroom.digests.queue_due_message(TEAM, "C1")
    waiting = newsroom.store.outbox.next_in_channel(TEAM, "C1")
    sent = send_due(newsroom)
    assert waiting
    assert sent
    return waiting, sent


def test_stale_message_copy_does_not_end_a_digest(newsroom: Newsroom, clock: ManualClock) -> None:
    subscribe(newsroom)
    clock.now = morning(3)
    waiting, sent = asked_and_sent(newsroom)
    mark_refused(newsroom, waiting)
    mark_uncertain(newsroom, waiting)
    mark_posted(newsroom, sent)
    [row] = newsroom.store.ledger.rows(TEAM, "C1")
    assert (row.state, row.failure, row.retry_at) == ("sent", None, None)


def test_digest_being_sent_is_not_missed(newsroom: Newsroom, clock: ManualClock) -> None:
    subscribe(newsroom)
    clock.now = morning(3)
    _, sent = asked_and_sent(newsroom)
    assert not newsroom.store.ledger.mark_missed(sent.key)
    mark_posted(newsroom, sent)
    with newsroom.store.database.read() as connection:
        assert connection.scalar(sa.select(schema.digests.c.state)) == "planned"


def spoil(newsroom: Newsroom) -> OutboxMessage:
    """Make the payload of a digest's message unreadable."""
    with newsroom.store.database.write() as connection:
        connection.execute(sa.update(schema.outbox).values(payload={"version": 99}))
    one = newsroom.store.outbox.next_in_channel(TEAM, "C1")
    assert one
    assert isinstance(one.payload, UnreadablePayload)
    return one


def test_unreadable_uncertain_message_does_not_block_the_channel(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    subscribe(newsroom)
    clock.now = morning(3)
    assert send_due(newsroom)
    mark_uncertain(newsroom, spoil(newsroom))
    assert newsroom.store.outbox.next_in_channel(TEAM, "C1") is None
    assert [row.state for row in newsroom.store.ledger.rows(TEAM, "C1")] == ["uncertain"]
    clock.now = morning(4)
    sent = send_due(newsroom)
    assert sent
    assert sent.digest.uncertain == (posting_time(3),)


def test_unreadable_posted_message_is_followed_up(newsroom: Newsroom, clock: ManualClock) -> None:
    subscribe(newsroom)
    clock.now = morning(3)
    assert send_due(newsroom)
    mark_posted(newsroom, spoil(newsroom))
    assert newsroom.delivery.jobs.take("w", ["detail"], TEAM)
    assert newsroom.digests.next_check(TEAM, "C1") == morning(4)


def test_uncertain_dead_letter_does_not_block_the_channel(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    subscribe(newsroom)
    clock.now = morning(3)
    assert send_due(newsroom)
    one = spoil(newsroom)
    newsroom.store.outbox.give_up(one, "uncertain", failure="x", notice=None, now=clock.now)
    assert newsroom.digests.next_check(TEAM, "C1") == morning(4)
    clock.now = morning(4)
    assert [day for _, day, _ in post_due(newsroom)] == [date(2026, 11, 4)]


def test_clock_that_was_ahead_does_not_silence_a_channel(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    subscribe(newsroom)
    clock.now = morning(3) + timedelta(days=900)
    assert len(post_due(newsroom)) == 1
    clock.now += timedelta(days=1)
    refuse_due(newsroom)
    clock.now = morning(3)
    arrive(newsroom, "late")
    assert [day for _, day, _ in post_due(newsroom)] == [date(2026, 11, 3)]
    assert newsroom.digests.next_check(TEAM, "C1") == morning(4)
    clock.now = morning(4)
    assert post_due(newsroom) == [("C1", date(2026, 11, 4), ["late"])]


def test_preview_matches_the_posted_digest(newsroom: Newsroom, clock: ManualClock) -> None:
    subscription = subscribe(newsroom)
    arrive(newsroom, "one")
    clock.now = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)

    def preview(day: int):
        return newsroom.digests.preview(
            day=date(2026, 11, day), subscription=subscription, at=time(), zone="UTC"
        )

    before = preview(3)
    clock.now = morning(3)
    assignment = send_due(newsroom)
    assert assignment
    assert assignment.digest == before
    mark_posted(newsroom, assignment, "1")
    arrive(newsroom, "two")
    clock.now = datetime(2026, 11, 4, 9, tzinfo=UTC)
    assert preview(3) == before
    assert articles_of(preview(4)) == ["two"]


def preview(newsroom: Newsroom, subscription: Subscription, day: int) -> Digest:
    return newsroom.digests.preview(
        day=date(2026, 11, day), subscription=subscription, at=time(), zone="UTC"
    )


def test_preview_lists_missed_digests_and_writes_nothing(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    subscription = subscribe(newsroom)
    arrive(newsroom, "for the third")
    clock.now = posting_time(3) + timedelta(hours=2, seconds=1)
    arrive(newsroom, "for the fourth")
    foreseen = preview(newsroom, subscription, 4)
    assert foreseen.missed == (posting_time(3),)
    assert articles_of(foreseen) == ["for the fourth", "for the third"]
    assert newsroom.store.ledger.rows(TEAM, "C1") == []
    clock.now = morning(4)
    assignment = send_due(newsroom)
    assert assignment
    assert assignment.digest == foreseen


def test_a_preview_expects_that_those_before_it_will_be_posted(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    subscription = subscribe(newsroom)
    arrive(newsroom, "for the third")
    assert articles_of(preview(newsroom, subscription, 3)) == ["for the third"]
    assert preview(newsroom, subscription, 6).since == posting_time(5)
    clock.now = morning(3)
    refuse_due(newsroom)
    assert articles_of(preview(newsroom, subscription, 3)) == ["for the third"]
    assert articles_of(preview(newsroom, subscription, 4)) == []


def test_preview_without_channel_covers_24_hours(newsroom: Newsroom, clock: ManualClock) -> None:
    arrive(newsroom, "one")
    made = newsroom.digests.preview(
        day=date(2026, 11, 3), subscription=None, at=time(8, 30), zone="Europe/Paris"
    )
    assert made.until == datetime(2026, 11, 3, 7, 30, tzinfo=UTC)
    assert made.until - made.since == timedelta(days=1)
    assert articles_of(made) == ["one"]


def test_articles_too_old_are_left_out_by_the_setting(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    article = Article(
        id="old", origin="o", text="x", published_on=clock.now.date() - timedelta(days=4)
    )
    claim = Claim(id="c", article_id="old", kind="statement", text="x")
    newsroom.store.archive.apply_steps(
        [FiledArticle(article, [claim])], arrival="single", now=clock
    )

    def claims(days: int) -> int:
        reopen(newsroom, digest=replace(newsroom.settings.digest, oldest_days=days))
        day = clock.now.date() + timedelta(days=1)
        return newsroom.digests.preview(day=day, subscription=None, at=time(8), zone="UTC").claims

    assert claims(3) == 0
    assert claims(4) == 1
