"""What a version before has left in the midst of its work goes on: no message is lost, and none
comes twice. What is expected is what people see, not how the store keeps it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable

import pytest

from tests.outlet_site import OutletSite
from tests.slack.fake_slack import Message
from tests.store.older_store.old_store import BOB, Desk, Place
from tests.store.older_store.played import Play, Record

DIGEST = re.compile(r"digest/\w+/2026-11-\d+")
HEAD = re.compile(r"\w+day \d+ November: \d+ claims in \d+ articles")
PLANNED = ("C03PLANNED", "C04TAKEN", "C05ASKED", "C13NOW", "C20OTHER")
"""Where Tuesday's digest was due and does not stand: refused, taken by a worker that died, asked
for by one that died, wanted at once, and that of another workspace."""
STANDING = ("C01POSTED", "C02DETAIL", "C06STANDS", "C12OFF", "C15THREAD")
"""Where it stands. Of two nobody has noted that, and of all but the first its thread is missing."""
LATER = ("C08UNCERTAIN", "C09MISSED")
"""Where it is due at nine, and Monday's may not stand there or does not."""
EVERY_DAY = {*PLANNED, *STANDING, *LATER, "C07UNREAD"} - {"C12OFF"}
"""Where one comes on Wednesday too: `C12OFF` wants none any more."""
IN_ORDER = {
    "C30SENT": ["share/C30SENT/3.4", "cite/C30SENT/3.5", "answer/C30SENT", "told-waiting"],
    "C31ASKED": ["share/C31ASKED/3.1"],
    "C32STANDS": ["share/C32STANDS/3.3"],
    "C33THREAD": [],
    "C40WATCH": ["alert"],
    "D02BOB": ["answer/D02BOB"],
    "DU01ALICE": ["correction"],
    "DU02BOB": ["ruled", "paused", "unread", "stopped", "alert"],
    "DU03CARA": ["feed/listed/broken"],
}
"""What waited, or was asked for and does not stand there, by channel: a message of each kind. Of
the others a worker had died before it noted that they stand, or nobody can look for them."""


@pytest.fixture(scope="module")
def record(desk: Desk, site: OutletSite) -> Record:
    return asyncio.run(Play(desk, site).play())


def digests(day: int, *channels: str) -> set[Place]:
    """The digests of a day in some channels."""
    return {(channel, f"digest/{channel}/2026-11-{day}") for channel in channels}


def threads(day: int, *channels: str) -> set[Place]:
    """What hangs below them."""
    return {(channel, f"{key}/detail/0") for channel, key in digests(day, *channels)}


def test_no_message_is_posted_twice(record: Record) -> None:
    assert len(record.slack.old) > 40
    assert set(record.slack.where().values()) == {1}


def test_only_due_digests_are_posted(record: Record) -> None:
    in_the_morning = digests(24, *PLANNED) | threads(24, *PLANNED) | threads(24, *STANDING[1:])
    assert record.places("24 8:35", kind="digest/") == sorted(in_the_morning)
    at_nine = digests(24, *LATER) | threads(24, *LATER)
    assert record.places("24 9:00", kind="digest/") == sorted(at_nine)
    rest = "24 8:40", "24 8:45", "24 9:50", "24 12:00", "24 13:00", "24 14:00", "24 17:00"
    assert record.places(*rest, "24 18:00", kind="digest/") == []


def test_later_digests_are_posted_too(record: Record) -> None:
    wednesday = record.places("25 8:30", "25 9:00", "25 17:00", kind="digest/")
    assert set(wednesday) == digests(25, *EVERY_DAY) | threads(25, *EVERY_DAY)
    thursday = set(record.places("26 8:30", kind="digest/"))
    assert digests(26, "C14PAUSED", "C01POSTED", "C07UNREAD") <= thursday


def test_missed_and_uncertain_digests_are_named_once(record: Record) -> None:
    def says(channel: str, day: int) -> str:
        return record.says(channel, f"digest/{channel}/2026-11-{day}")

    assert "Not posted in time: Monday 23 November" in says("C09MISSED", 24)
    assert "May not have been posted: Monday 23 November" in says("C08UNCERTAIN", 24)
    assert "May not have been posted: Tuesday 24 November" in says("C07UNREAD", 25)
    others = [says(channel, 25) for channel in EVERY_DAY - {"C07UNREAD"}]
    for text in (*others, says("C07UNREAD", 26)):
        assert "Not posted in time" not in text
        assert "May not have been posted" not in text


def test_a_due_digest_covers_the_time_since_the_last(record: Record) -> None:
    for channel in ("C03PLANNED", "C04TAKEN", "C05ASKED", "C20OTHER"):
        text = record.says(channel, f"digest/{channel}/2026-11-24")
        assert "Tuesday 24 November: 5 claims in 2 articles" in text


@pytest.mark.parametrize("words", ["lamp would be kept burning", "pumps failed overnight"])
def test_each_claim_is_in_one_digest_per_channel(record: Record, words: str) -> None:
    said: dict[str, list[str]] = {channel: [] for channel in EVERY_DAY}
    for one in record.slack.accepted:
        if one.channel in said and DIGEST.fullmatch(one.key or "") and words in str(one.sent):
            said[one.channel].append(str(one.key))
    assert [keys for keys in said.values() if len(keys) > 1] == []
    # Those that take in Monday's too show fewer claims than they count.
    assert {channel for channel, keys in said.items() if not keys} <= {"C09MISSED", "C13NOW"}


def test_posted_digests_keep_their_first_line(record: Record) -> None:
    """Though their rows change as articles are withdrawn."""

    def first_lines(messages: Iterable[Message]) -> dict[Place, str]:
        old = {(one.channel, one.ts) for one in record.slack.old}
        return {
            (one.channel, one.key): found[0]
            for one in messages
            if (one.channel, one.ts) in old and (found := HEAD.match(one.sent["text"]))
        }

    before = first_lines(record.slack.old)
    assert len(before) == 17
    assert first_lines(record.slack.accepted) == before


def test_waiting_messages_are_posted_in_order(record: Record) -> None:
    new = [one for one in record.came["24 8:35"] if not str(one.key).startswith("digest/")]
    for channel, kinds in IN_ORDER.items():
        keys = [str(one.key) for one in new if one.channel == channel]
        assert [k for k, kind in zip(keys, kinds, strict=True) if not k.startswith(kind)] == []
    assert {one.channel for one in new} == {one for one, kinds in IN_ORDER.items() if kinds}
    [answer] = [one for one in new if one.key == "answer/C30SENT/1700000000.000500"]
    assert answer.sent["thread_ts"] == "1700000000.000500"


def test_dead_letters_can_be_retried_or_dropped(record: Record) -> None:
    states = {one["channel"]: one["state"] for one in record.before if "channel" in one}
    doubtful, dead = dict.fromkeys(("C34DOUBT", "C35DOUBT"), "uncertain"), "dead"
    assert states == {**doubtful, "C36DEAD": dead, "C37DEAD": dead}
    retried = [channel for channel, _ in record.places("24 8:45", kind="share/")]
    assert retried == ["C35DOUBT", "C36DEAD"]  # that of C34DOUBT stands there
    assert record.after == []


def test_withdrawn_claims_leave_posted_messages(record: Record) -> None:
    """Also from what nobody had noted that it stands, and from below other people's messages."""
    ferry, silo, wall = record.withdrawn.values()
    assert {"C01POSTED", "C30SENT"} < ferry[0]
    assert {"C01POSTED", "C06STANDS", "C12OFF"} < silo[0] & wall[0]
    # Nobody knows whether these stand there.
    assert ferry[1] == {"C08UNCERTAIN", "C34DOUBT"}
    assert silo[1] == wall[2] == {"C07UNREAD"}
    assert "1700000000.000300" in [one["ts"] for one in record.slack.unfurled]


def test_watches_report_old_and_new_alerts(record: Record) -> None:
    def told(moment: str) -> list[str]:
        return [channel for channel, _ in record.places(moment, kind="alert/")]

    assert told("24 12:00") == ["C40WATCH", "C40WATCH"]  # an embargo ends: two watches look for it
    assert "will be deepened" in str([one.sent for one in record.came["24 12:00"]])
    assert told("24 13:00") == ["C40WATCH"]  # others are paused, have ended, or wait for the hour
    assert told("24 14:00") == ["C40WATCH"]
    assert told("24 18:00") == [f"D{BOB}"]
    [toll] = [one for one in record.came["24 18:00"] if str(one.key).startswith("alert/")]
    assert "toll" in str(toll.sent)


def test_failed_feeds_and_jobs_continue(record: Record, desk: Desk, site: OutletSite) -> None:
    troubled = {one["kind"]: one["state"] for one in record.before if "channel" not in one}
    assert troubled == {"page": "failed", "mail": "failed", "chart": "waiting"}
    asked = [one for one in site.requests if one.path != "/robots.txt"]
    etags = {one.headers.get("If-None-Match") for one in asked if one.path == "/feed"}
    assert etags == {'"one"'}
    # One of the others is paused, one is gone.
    assert {one.path_qs for one in asked} == {"/buoy", "/whole", "/feed"}
    [hit, *_] = desk.newsroom.search.find("hand's breadth").hits  # of the page that had failed
    assert hit.article.outlet == "The Buoy"
