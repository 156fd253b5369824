"""Whatever is set and when: one digest per chosen day, at its hour, with each claim once."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import config, digest
from bot.digest import COMPOSE_DELAY, FIRST_WINDOW, MAX_WINDOW
from bot.errors import NotFoundError
from bot.model import DigestPreferences, Subscription
from bot.newsroom import Newsroom
from bot.store import LedgerRow
from tests.manual_clock import ManualClock
from tests.manual_digests import mark_posted, mark_refused, send_due
from tests.soak import examples

TEAM = "T1"
ZONES = (
    *("Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"),
    *("Asia/Tokyo", "Pacific/Honolulu", "America/St_Johns"),
)
STARTS = (date(2026, 3, 5), date(2026, 3, 26), date(2026, 10, 22), date(2026, 11, 24))
"""Days before clock changes in some zone, and an ordinary one."""

numbers = itertools.count()


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    data = str(tmp_path_factory.mktemp("days"))
    with Newsroom(
        config.load({"CLAIMDESK_DATA": data}), ManualClock(datetime(2026, 11, 24, tzinfo=UTC))
    ) as opened:
        opened.open()
        yield opened


@dataclass
class Channel:
    """A channel with its worker; `history` has its settings by time, None while it was off."""

    newsroom: Newsroom
    name: str
    history: list[tuple[datetime, Subscription | None]] = field(default_factory=list)
    at_once: set[datetime] = field(default_factory=set)

    @property
    def clock(self) -> ManualClock:
        return self.newsroom.now  # type: ignore[return-value]

    @property
    def set_(self) -> Subscription | None:
        return self.newsroom.store.ledger.subscription(TEAM, self.name)

    @property
    def rows(self) -> list[LedgerRow]:
        return self.newsroom.store.ledger.rows(TEAM, self.name)

    def looks(self, *, well: bool = True) -> None:
        """Do what a worker does, which Slack answers well or not."""
        while sent := send_due(self.newsroom, TEAM, self.name):
            if not well:
                mark_refused(self.newsroom, sent)
                return
            mark_posted(self.newsroom, sent, f"{self.clock.now.timestamp()}")

    def sets(self, **changed: object) -> None:
        known = self.set_
        at, zone = changed.pop("at", None), changed.pop("zone", None)
        wants = replace(known.preferences if known else DigestPreferences(), **changed)  # type: ignore[arg-type]
        self.newsroom.digests.subscriptions.subscribe(
            team=TEAM,
            channel=self.name,
            at=at or (known.at if known else time(8, 30)),  # type: ignore[arg-type]
            zone=zone or (known.zone if known else "Europe/London"),  # type: ignore[arg-type]
            person="U1",
            wants=wants,
        )
        self.history.append((self.clock.now, self.set_))

    def is_off(self) -> None:
        self.newsroom.store.ledger.unsubscribe(TEAM, self.name)
        self.history.append((self.clock.now, None))

    def today(self) -> date:
        known = self.set_
        return self.clock.now.astimezone(ZoneInfo(known.zone if known else "UTC")).date()

    def in_force(self, moment: datetime) -> Subscription | None:
        """What was set just before a moment."""
        before = [one for since, one in self.history if since < moment]
        return before[-1] if before else None


def begun(newsroom: Newsroom, start: date, at: time = time(8, 30), **wants: object) -> Channel:
    # Half a minute beside every hour that can be set.
    newsroom.now.now = datetime.combine(start, time(0, 0, 30), UTC)  # type: ignore[attr-defined]
    channel = Channel(newsroom, f"C{next(numbers)}")
    channel.sets(at=at, **wants)
    return channel


def act(channel: Channel, what: str, n: int) -> None:
    """Make an event happen; `n` selects how much, or which."""
    if what in ("off", "pass", "refused", "away"):
        if what == "off":
            channel.looks()  # what is due and was not posted comes no more
            channel.is_off()
        channel.clock.now += timedelta(minutes=n * (31 if what == "off" else 17))
        if what == "off":
            channel.sets()
        if what in ("pass", "refused"):
            channel.looks(well=what == "pass")
    elif what == "now":
        row = channel.newsroom.digests.post_now(TEAM, channel.name)
        channel.at_once.add(row.posting_time)
        channel.clock.now += timedelta(minutes=1)
        channel.looks()
    else:
        changes: dict[str, dict[str, object]] = {
            "at": {"at": time(n % 24, n % 60)},
            "zone": {"zone": ZONES[n % len(ZONES)]},
            "days": {"days": ((), (1, 2, 3, 4, 5), (6, 7), (1,))[n % 4]},
            "skip": {"skip": channel.today() + timedelta(days=n % 3)},
            "pause": {"paused_until": channel.today() + timedelta(days=n % 9)},
            "resume": {"skip": None, "paused_until": None},
            "topics": {"topics": (str(n),)},
        }
        channel.sets(**changes[what])


ACTIONS = (
    *("pass", "pass", "pass", "away", "refused", "at", "zone", "days", "skip", "pause"),
    *("resume", "off", "now", "topics"),
)


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.too_slow])
@given(
    start=st.sampled_from(STARTS),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    what=st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(1, 200)), max_size=25),
)
def test_each_chosen_day_has_one_digest_and_each_claim_appears_once(
    newsroom: Newsroom, start: date, at: time, what: list[tuple[str, int]]
) -> None:
    channel = begun(newsroom, start, at)
    for one in what:
        act(channel, *one)
    channel.clock.now += timedelta(hours=3)
    channel.looks()
    posted = [row for row in channel.rows if row.state == "sent"]
    assert len({row.key.day for row in posted}) == len(posted)
    for row in channel.rows:
        if row.posting_time not in channel.at_once:
            assert_wanted(channel, row)
    for earlier, later in pairwise(posted):
        assert_follows(channel, earlier, later)
    assert_none_is_left_out(channel)


def assert_wanted(channel: Channel, row: LedgerRow) -> None:
    """Check that a digest came on a day and at a time chosen at that moment."""
    known = channel.in_force(row.posting_time)
    assert known
    assert row.posting_time == digest.posting_time(row.key.day, known.at, known.zone)
    assert digest.is_wanted(row.key.day, known.preferences)


def assert_follows(channel: Channel, earlier: LedgerRow, later: LedgerRow) -> None:
    """Where one ends, the next begins; but it is no longer than a week, and after it was off for
    more than a day it holds no more than the day before it was on."""
    assert later.window_start >= earlier.posting_time
    if later.window_start > earlier.posting_time:
        is_longest = later.posting_time - later.window_start == MAX_WINDOW
        on_again = [
            since
            for (_, off), (since, on) in pairwise(channel.history)
            if off is None and on and since - FIRST_WINDOW == later.window_start
        ]
        assert is_longest or on_again


def assert_none_is_left_out(channel: Channel) -> None:
    """Check that the ledger has a row for each day that was chosen at its hour."""
    days = {row.key.day for row in channel.rows}
    ends = [*(since for since, _ in channel.history[1:]), channel.clock.now - COMPOSE_DELAY]
    for (since, known), until in zip(channel.history, ends, strict=True):
        if known is None:
            continue
        first = since.astimezone(ZoneInfo(known.zone)).date() - timedelta(days=1)
        for n in range((until - since).days + 4):
            day = first + timedelta(days=n)
            if digest.day_exists(day, known.zone) and digest.is_wanted(day, known.preferences):
                instant = digest.posting_time(day, known.at, known.zone)
                assert not since < instant <= until or day in days


def test_monday_digest_includes_the_weekend(newsroom: Newsroom) -> None:
    channel = begun(newsroom, date(2026, 11, 19), days=(1, 2, 3, 4, 5))  # a Thursday
    for _ in range(24 * 6):
        channel.clock.now += timedelta(hours=1)
        channel.looks()
    assert [row.key.day.day for row in channel.rows] == [19, 20, 23, 24]
    assert [row.state for row in channel.rows] == ["sent"] * 4
    monday = channel.rows[2]
    assert monday.posting_time - monday.window_start == timedelta(days=3)


@pytest.mark.parametrize(
    ("wants", "days"),
    [
        ({"skip": date(2026, 11, 25)}, [24, 26, 27]),
        ({"paused_until": date(2026, 11, 26)}, [26, 27]),
        ({"days": (3, 4)}, [25, 26]),
    ],
)
def test_skipped_day_is_not_missed_and_its_claims_come_later(
    newsroom: Newsroom, wants: dict[str, object], days: list[int]
) -> None:
    channel = begun(newsroom, date(2026, 11, 24), **wants)
    was_set = channel.clock.now
    for _ in range(24 * 4):
        channel.clock.now += timedelta(hours=1)
        channel.looks()
    assert [(row.key.day.day, row.state) for row in channel.rows] == [(day, "sent") for day in days]
    assert channel.rows[0].window_start <= was_set
    for earlier, later in pairwise(channel.rows):
        assert later.window_start == earlier.posting_time


def test_day_added_after_its_hour_gets_no_digest(newsroom: Newsroom) -> None:
    channel = begun(newsroom, date(2026, 11, 24), skip=date(2026, 11, 25))
    channel.clock.now += timedelta(hours=9)
    channel.looks()
    channel.clock.now += timedelta(days=1)
    channel.sets(skip=None)
    channel.looks()
    assert [row.key.day.day for row in channel.rows] == [24]
    channel.clock.now += timedelta(days=1)
    channel.looks()
    assert [(row.key.day.day, row.state) for row in channel.rows] == [
        *((24, "sent"), (26, "sent")),
    ]
    assert channel.rows[1].window_start == channel.rows[0].posting_time


def test_digest_due_before_a_pause_is_posted(newsroom: Newsroom) -> None:
    channel = begun(newsroom, date(2026, 11, 24))
    channel.clock.now += timedelta(hours=9)  # nobody has looked yet
    channel.sets(paused_until=date(2026, 11, 27))
    channel.looks()
    assert [(row.key.day.day, row.state) for row in channel.rows] == [(24, "sent")]


def test_next_digest_starts_where_an_immediate_one_ends(newsroom: Newsroom) -> None:
    channel = begun(newsroom, date(2026, 11, 24))
    channel.clock.now += timedelta(hours=6)
    now = channel.clock.now
    row = newsroom.digests.post_now(TEAM, channel.name)
    assert (row.state, row.key.day.day) == ("planned", 24)
    channel.looks()
    assert [one.state for one in channel.rows] == ["planned"]  # an article may be being committed
    assert newsroom.digests.next_check(TEAM, channel.name) == now + COMPOSE_DELAY
    channel.clock.now += COMPOSE_DELAY
    channel.looks()
    assert newsroom.digests.post_now(TEAM, channel.name).state == "sent"
    for _ in range(30):
        channel.clock.now += timedelta(hours=1)
        channel.looks()
    first, second = channel.rows
    assert (first.key.day.day, first.posting_time) == (24, now)
    assert (second.key.day.day, second.window_start) == (25, now)


def test_immediate_digest_works_on_a_skipped_day(newsroom: Newsroom) -> None:
    channel = begun(newsroom, date(2026, 11, 28), days=(1, 2, 3, 4, 5))  # a Saturday
    channel.clock.now += timedelta(minutes=1)
    newsroom.digests.post_now(TEAM, channel.name)
    channel.clock.now += COMPOSE_DELAY
    channel.looks()
    assert [(row.key.day.day, row.state) for row in channel.rows] == [(28, "sent")]


def test_immediate_digest_replaces_a_planned_one(newsroom: Newsroom) -> None:
    channel = begun(newsroom, date(2026, 11, 24), at=time(23, 30))
    channel.clock.now += timedelta(hours=23, minutes=30)
    channel.looks(well=False)
    channel.clock.now += timedelta(hours=1)
    newsroom.digests.post_now(TEAM, channel.name)
    channel.clock.now += COMPOSE_DELAY
    channel.looks()
    older, newer = channel.rows
    assert (older.state, newer.state) == ("missed", "sent")
    assert newer.window_start == older.window_start


def test_no_immediate_digest_while_another_is_being_sent(newsroom: Newsroom) -> None:
    channel = begun(newsroom, date(2026, 11, 24), at=time(23, 59))
    channel.clock.now += timedelta(hours=23, minutes=59)
    sent = send_due(newsroom, TEAM, channel.name)
    assert sent
    channel.clock.now += timedelta(minutes=1)
    assert newsroom.digests.post_now(TEAM, channel.name).key == sent.key
    assert newsroom.digests.post_now(TEAM, channel.name).state == "sending"


def test_stopped_digest_waits_until_set_again(newsroom: Newsroom) -> None:
    channel = begun(newsroom, date(2026, 11, 24))
    channel.clock.now += timedelta(hours=9)
    channel.looks()
    known = channel.set_
    assert known
    for _ in range(2):
        newsroom.digests.subscriptions.stop(known, "is_archived", ["U1", "U2"])
    told = [newsroom.store.outbox.next_in_channel(TEAM, person) for person in ("U1", "U2")]
    assert [one.kind for one in told if one] == ["stopped", "stopped"]
    channel.clock.now += timedelta(days=2)
    channel.looks()
    assert newsroom.digests.next_check(TEAM, channel.name) is None
    with pytest.raises(NotFoundError, match="paused"):
        newsroom.digests.post_now(TEAM, channel.name)
    channel.sets()
    channel.looks()
    channel.clock.now += timedelta(days=1)
    channel.looks()
    assert [(row.key.day.day, row.state) for row in channel.rows] == [
        *((24, "sent"), (27, "sent")),
    ]
    assert channel.rows[1].window_start == channel.rows[0].posting_time
