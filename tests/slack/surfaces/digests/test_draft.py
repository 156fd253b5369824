"""The worker posts due digests once and reports failures: real store, local Slack."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import config
from bot.delivery import worker as worker_
from bot.delivery.outbox import LOOKUP_DELAY as UNKNOWN_FOR
from bot.delivery.worker import Worker
from bot.digest import COMPOSE_DELAY
from bot.model import Article, Claim, Share
from bot.newsroom import Newsroom
from bot.newsroom.digests.digest_messages import RETRY_DELAY
from bot.newsroom.digests.digests import DueDigest
from bot.slack.app import make_client
from bot.slack.local import ALICE, NEWSROOM, PLANNING, TEAM, LocalSlack
from bot.slack.messages import transport
from bot.slack.messages.transport import make_dispatcher
from bot.slack.messages.worker import make_worker
from bot.store import FiledArticle, OutboxMessage, schema
from tests.manual_clock import ManualClock
from tests.reopen import reopen
from tests.samples import live
from tests.slack import blockkit
from tests.slack.desk import Desk, shown
from tests.slack.fake_slack import FakeSlack, Fault

MORNING = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MORNING - timedelta(hours=12))


@pytest.fixture
def newsroom(tmp_path: Path, clock: ManualClock) -> Iterator[Newsroom]:
    """A newsroom with a digest due in #planning at half past eight by the clock."""
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)}), clock) as opened:
        opened.open()
        opened.digests.subscriptions.subscribe(
            team=TEAM, channel=PLANNING, at=time(8, 30), zone="UTC", person=ALICE
        )
        article = Article(id="a", origin="a", text="<!channel> *Mills* pay.", title="Mills")
        claim = Claim(id="c", article_id="a", kind="statement", text=article.text)
        opened.store.archive.apply_steps(
            [FiledArticle(article, [claim])], arrival="single", now=clock
        )
        clock.now = MORNING + COMPOSE_DELAY
        yield opened


@pytest.fixture(scope="module")
def quiet_slack(local_slack_folder: Path) -> Iterator[LocalSlack]:
    with LocalSlack(local_slack_folder) as running:
        yield running


@pytest.fixture
async def desk(quiet_slack: LocalSlack) -> AsyncIterator[Desk]:
    """The local Slack without a bot: the worker needs only the Web API."""
    async with contextlib.AsyncExitStack() as stack:
        yield await stack.enter_async_context(Desk(quiet_slack).opened())


def worker_at(desk: Desk, newsroom: Newsroom) -> Worker:
    return make_worker(newsroom, make_client(desk.settings), TEAM)


def states(newsroom: Newsroom) -> list[str]:
    return [row.state for row in newsroom.store.ledger.rows(TEAM, PLANNING)]


async def test_a_due_digest_is_posted_and_recorded(desk: Desk, newsroom: Newsroom) -> None:
    await worker_at(desk, newsroom).run_due()
    (message,) = await desk.messages(PLANNING)
    assert blockkit.problems(message["blocks"]) == []
    assert message["blocks"][0]["text"]["text"] == "Tuesday 3 November: 1 claim in 1 article"
    for text in (*live(message["blocks"]), message["text"]):
        assert "<!channel>" not in text
    (sent,) = desk.called("chat.postMessage")
    assert (sent["unfurl_links"], sent["unfurl_media"]) == (False, False)
    assert states(newsroom) == ["sent"]


async def test_a_posted_digest_ends_the_hold_on_the_workspace(
    desk: Desk, newsroom: Newsroom, clock: ManualClock
) -> None:
    newsroom.delivery.outbox.pause(
        TEAM, HOUR / 12, "Slack no longer accepts my token (token_revoked)"
    )
    clock.now += HOUR / 6
    await worker_at(desk, newsroom).run_due()
    assert states(newsroom) == ["sent"]
    assert newsroom.store.channels.failures() == {}


async def test_two_workers_and_a_restart_post_it_once(desk: Desk, newsroom: Newsroom) -> None:
    workers = [worker_at(desk, newsroom) for _ in range(3)]
    await asyncio.gather(*(worker.run_due() for worker in workers))
    again = Newsroom(newsroom.settings, newsroom.now)
    await worker_at(desk, again).run_due()
    again.close()
    assert len(desk.called("chat.postMessage")) == 1


async def test_a_job_run_twice_posts_once(desk: Desk, newsroom: Newsroom) -> None:
    by = make_dispatcher(newsroom, make_client(desk.settings))
    for _ in range(3):
        ask = newsroom.digests.queue_due_message
        await asyncio.gather(*(asyncio.to_thread(ask, TEAM, PLANNING) for _ in range(3)))
        await asyncio.gather(*(by.deliver(TEAM, PLANNING) for _ in range(3)))
    assert len(desk.called("chat.postMessage")) == 1
    assert states(newsroom) == ["sent"]


async def test_a_refusal_is_reported_once_and_retried(
    desk: Desk, newsroom: Newsroom, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    worker = worker_at(desk, newsroom)
    desk.faults["chat.postMessage"] = "not_in_channel"
    await worker.run_due()
    assert [sent["channel"] for sent in desk.called("chat.postMessage")] == [PLANNING, ALICE]
    told = desk.called("chat.postMessage")[1]["text"]
    words, _, reference = told.rpartition(" (ref ")
    assert f"ref {reference[:-1]}: digest/{PLANNING}/2026-11-03" in caplog.text
    assert words == (
        f"The digest for Tuesday 3 November was not posted in <#{PLANNING}>: I'm not in this "
        "channel. Invite me with /invite @Claimdesk, then I can post it. I'll try again every 5 "
        "minutes until 10:30. If that fails too, its claims will be in the next digest."
    )
    clock.now += timedelta(minutes=5)
    await worker.run_due()
    assert [sent["channel"] for sent in desk.called("chat.postMessage")][2:] == [PLANNING]
    del desk.faults["chat.postMessage"]
    clock.now += timedelta(minutes=5)
    await worker.run_due()
    assert states(newsroom) == ["sent"]
    assert len(await desk.messages(PLANNING)) == 1


async def test_a_lost_channel_stops_its_digest_and_notifies_once(
    desk: Desk, newsroom: Newsroom, clock: ManualClock
) -> None:
    desk.faults["chat.postMessage"] = "is_archived"
    for minutes in range(0, 3 * 24 * 60, 60):
        clock.now = MORNING + COMPOSE_DELAY + timedelta(minutes=minutes)
        for _ in range(2 if minutes < 180 else 1):
            await worker_at(desk, newsroom).run_due()
            clock.now += timedelta(minutes=58)
    told = [sent["text"] for sent in desk.called("chat.postMessage") if sent["channel"] == ALICE]
    assert told[-1] == (
        f"I've paused the digest in <#{PLANNING}>: Slack says this channel is archived. Choose "
        "another channel. To start it again, type /digest resume in that channel."
    )
    assert ["paused" in text for text in told].count(True) == 1
    assert [row.key.day.day for row in newsroom.store.ledger.rows(TEAM, PLANNING)] == [3]
    del desk.faults["chat.postMessage"]
    set_ = newsroom.store.ledger.subscription(TEAM, PLANNING)
    assert set_
    assert set_.stop_reason == "is_archived"
    again = newsroom.digests.subscriptions.subscribe(
        team=TEAM, channel=PLANNING, at=set_.at, zone=set_.zone, person=ALICE
    )
    clock.now = newsroom.digests.next_posting(again) + COMPOSE_DELAY
    await worker_at(desk, newsroom).run_due()
    (message,) = await desk.messages(PLANNING)
    assert "Not posted in time: Tuesday 3 November" in shown(message)
    assert "1 claim in 1 article" in shown(message)  # what arrived before it was paused is not lost


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_too_long"])
async def test_other_errors_do_not_stop_the_digest(
    desk: Desk, newsroom: Newsroom, clock: ManualClock, code: str
) -> None:
    clock.now = MORNING + timedelta(hours=1, minutes=58)
    desk.faults["chat.postMessage"] = code
    await worker_at(desk, newsroom).run_due()
    told = desk.called("chat.postMessage")[1]["text"]
    assert "Its claims will be in the next digest. (ref " in told
    set_ = newsroom.store.ledger.subscription(TEAM, PLANNING)
    assert set_
    assert set_.stop_reason is None


@pytest.mark.parametrize("answer", ["fatal_error", {"ok": True}, "500"])
async def test_an_uncertain_digest_is_not_reposted_without_a_lookup(
    desk: Desk, newsroom: Newsroom, clock: ManualClock, answer: str | dict
) -> None:
    desk.faults["chat.postMessage"] = answer
    desk.faults["conversations.history"] = "missing_scope"
    await worker_at(desk, newsroom).run_due()
    assert states(newsroom) == ["sending"]
    del desk.faults["chat.postMessage"]
    for _ in range(3):
        clock.now += timedelta(minutes=30)
        await worker_at(desk, newsroom).run_due()
    assert states(newsroom) == ["uncertain"]
    assert len(desk.called("chat.postMessage")) == 1


@pytest.mark.parametrize("answer", ["fatal_error", {"ok": True}, "500"])
async def test_an_uncertain_digest_that_is_missing_is_posted(
    desk: Desk, newsroom: Newsroom, clock: ManualClock, answer: str | dict
) -> None:
    desk.faults["chat.postMessage"] = answer
    await worker_at(desk, newsroom).run_due()
    del desk.faults["chat.postMessage"]
    clock.now += UNKNOWN_FOR
    await worker_at(desk, newsroom).run_due()
    assert states(newsroom) == ["sent"]
    assert len(await desk.messages(PLANNING)) == 1


@pytest.mark.parametrize("fault", ["lost", "dropped", "unheard", "429"])
async def test_a_digest_is_posted_once_whatever_slack_answers(
    newsroom: Newsroom, clock: ManualClock, fault: Fault
) -> None:
    async with FakeSlack(now=clock).running() as slack:
        slack.fail("chat.postMessage", fault)
        slack.fail("conversations.history", "500")
        worker = make_worker(newsroom, make_client(slack.settings), TEAM)
        for _ in range(4):
            await worker.run_due()
            clock.now += timedelta(seconds=30)
        [posted] = slack.messages_in(PLANNING)
        thread = slack.messages_in(PLANNING, posted.ts)
        assert posted.key == f"digest/{PLANNING}/2026-11-03"
        assert [one.key for one in thread] == [f"{posted.key}/detail/0"]
        assert states(newsroom) == ["sent"]
        newsroom.store.archive.remove(["a"], reason="x", block_reimport=True, removed_at=clock.now)
        await worker.run_due()
        mended = [(one["channel"], one["ts"]) for one in slack.updates]
        assert set(mended) == {(PLANNING, one.ts) for one in (posted, *thread)}
        assert "Mills" not in str([one["blocks"] for one in slack.updates])


async def test_a_digest_that_cannot_be_composed_blocks_nothing(
    newsroom: Newsroom, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ill(*_: object) -> None:
        raise ZeroDivisionError

    share = Share(team=TEAM, channel=PLANNING, press="1.1", claim_id="c", person=ALICE)
    async with FakeSlack(now=clock).running() as slack:
        worker = make_worker(newsroom, make_client(slack.settings), TEAM)
        with monkeypatch.context() as patched:
            patched.setattr(transport, "digest_draft", ill)
            newsroom.digests.queue_due_message(TEAM, PLANNING)
            key = newsroom.delivery.shares.request(share)
            await worker.run_due()
            assert [one.key for one in slack.messages_in(PLANNING)] == [key]
            [row] = newsroom.store.ledger.rows(TEAM, PLANNING)
            assert (row.state, row.retry_at) == ("planned", clock.now + RETRY_DELAY)
        clock.now += RETRY_DELAY
        await worker.run_due()
        assert len(slack.messages_in(PLANNING)) == 2
    assert states(newsroom) == ["sent"]


async def test_an_unreadable_outbox_row_is_composed_again(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    newsroom.digests.queue_due_message(TEAM, PLANNING)
    with newsroom.store.database.write() as connection:
        connection.execute(sa.update(schema.outbox).values(payload={"version": 99}))
    async with FakeSlack(now=clock).running() as slack:
        worker = make_worker(newsroom, make_client(slack.settings), TEAM)
        await worker.run_due()
        assert slack.messages_in(PLANNING) == []
        clock.now += RETRY_DELAY
        await worker.run_due()
        assert len(slack.messages_in(PLANNING)) == 1
    assert states(newsroom) == ["sent"]


async def test_no_digest_is_looked_up_while_rate_limited(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    async with FakeSlack(now=clock).running() as slack:
        newsroom.digests.subscriptions.subscribe(
            team=TEAM, channel=NEWSROOM, at=time(8, 30), zone="UTC", person=ALICE
        )
        worker = make_worker(newsroom, make_client(slack.settings), TEAM)
        for wait in (timedelta(seconds=2), timedelta(days=1)):
            await worker.run_due()
            clock.now += wait
        slack.retry_after = 77
        slack.fail("chat.postMessage", "lost", "lost")
        slack.fail("conversations.history", "429")
        await worker.run_due()
        clock.now += UNKNOWN_FOR
        # One after the other: at once neither would know of the other's answer.
        for wait, asked in ((76, 1), (1, 1), (0, 3)):
            for channel in (PLANNING, NEWSROOM):
                await make_dispatcher(newsroom, make_client(slack.settings)).deliver(TEAM, channel)
            assert slack.calls["conversations.history"] == asked
            clock.now += timedelta(seconds=wait)
        for channel, days in ((PLANNING, 2), (NEWSROOM, 1)):
            assert len(slack.messages_in(channel)) == days


async def test_related_claims_in_the_thread_are_updated(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    for name, words in [
        ("b", "Halvard Mills closed the harbour"),
        ("d", "mills closed the harbour"),
    ]:
        article = Article(id=name, origin=name, text=words, outlet=f"The {name.upper()} Post")
        told = Claim(id=f"{name}1", article_id=name, kind="statement", text=words)
        filed = [FiledArticle(article, [told])]
        newsroom.store.archive.apply_steps(filed, arrival="single", now=lambda: MORNING - HOUR)
    async with FakeSlack(now=clock).running() as slack:
        worker = make_worker(newsroom, make_client(slack.settings), TEAM)
        for _ in range(2):
            clock.now += timedelta(seconds=30)
            await worker.run_due()
        [posted] = slack.messages_in(PLANNING)
        [below] = slack.messages_in(PLANNING, posted.ts)
        assert "The D Post" in str(below.sent["blocks"])
        newsroom.store.archive.remove(["d"], reason="x", block_reimport=True, removed_at=clock.now)
        await worker.run_due()
        [mended] = [one for one in slack.updates if one["ts"] == below.ts]
        assert "Halvard Mills" in str(mended["blocks"])
        assert "The D Post" not in str(mended["blocks"])


async def test_a_digest_waits_for_its_channels_turn(newsroom: Newsroom, clock: ManualClock) -> None:
    async with FakeSlack(now=clock).running() as slack:
        assert newsroom.store.channels.reserve_slot(TEAM, PLANNING, newsroom.now()) is None
        worker = make_worker(newsroom, make_client(slack.settings), TEAM)
        await worker.run_due()
        assert slack.messages_in(PLANNING) == []
        clock.now += timedelta(seconds=1)
        await worker.run_due()
        assert len(slack.messages_in(PLANNING)) == 1


async def test_one_failing_digest_does_not_stop_others(
    desk: Desk,
    newsroom: Newsroom,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock.now = MORNING - timedelta(minutes=1)
    for channel in (NEWSROOM, "C00"):
        newsroom.digests.subscriptions.subscribe(
            team=TEAM, channel=channel, at=time(8, 30), zone="UTC", person=ALICE
        )
    clock.now = MORNING + COMPOSE_DELAY
    made = newsroom.digests.due_digest

    def ill(one: OutboxMessage) -> DueDigest | None:
        if one.channel == "C00":
            raise AttributeError("nobody has thought of this")
        return made(one)

    monkeypatch.setattr(newsroom.digests, "due_digest", ill)
    await worker_at(desk, newsroom).run_due()
    posted = [sent["channel"] for sent in desk.called("chat.postMessage")]
    assert sorted(posted) == sorted([NEWSROOM, PLANNING])
    assert "nobody has thought of this" in caplog.text


async def test_the_worker_survives_any_failure(
    desk: Desk,
    newsroom: Newsroom,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def ill(*_: object) -> None:
        raise RuntimeError("nobody has thought of this")

    take = newsroom.delivery.jobs.take
    monkeypatch.setattr(worker_, "FAILURE_PAUSE", timedelta(seconds=0.01))
    monkeypatch.setattr(newsroom.delivery.jobs, "ensure_standing_jobs", ill)
    monkeypatch.setattr(newsroom.delivery.jobs, "take", ill)
    running = asyncio.create_task(worker_at(desk, newsroom).run())
    while caplog.text.count("Traceback") < 4:
        await asyncio.sleep(0.01)
    monkeypatch.setattr(newsroom.delivery.jobs, "take", take)
    await desk.call_of("chat.postMessage")
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert states(newsroom) == ["sent"]


async def test_only_shown_rows_are_recorded(desk: Desk, newsroom: Newsroom) -> None:
    reopen(newsroom, digest=replace(newsroom.settings.digest, claims=60))
    text = "&" * 400
    filed = []
    for n in range(60):
        article = Article(
            id=f"a{n}", origin="o", text=text, title=text, url="http://a.org/" + "x" * 280
        )
        claim = Claim(id=f"c{n}", article_id=article.id, kind="attribution", text=text, cue=text)
        claim = replace(claim, speaker=text, source=text[1:], via=(text,))
        filed.append(FiledArticle(article, [claim]))
    newsroom.store.archive.apply_steps(
        filed, arrival="single", now=lambda: MORNING - timedelta(hours=1)
    )
    await worker_at(desk, newsroom).run_due()
    (message,) = await desk.messages(PLANNING)
    menus = [b["accessory"]["options"] for b in message["blocks"] if "accessory" in b]
    shown_ = [menu[0]["value"].removeprefix("context:") for menu in menus]
    with newsroom.store.database.read() as connection:
        query = sa.select(schema.outbox_claims.c.claim_id).join(schema.outbox)
        query = query.where(schema.outbox.c.kind == "digest")
        rows = connection.scalars(query.order_by(schema.outbox_claims.c.position)).all()
    assert rows == shown_
    assert 1 < len(rows) < 60


async def test_an_unreachable_slack_is_retried(
    desk: Desk, newsroom: Newsroom, clock: ManualClock
) -> None:
    away = replace(desk.settings, api_url="http://127.0.0.1:9/api/")
    await make_worker(newsroom, make_client(away), TEAM).run_due()
    assert states(newsroom) == ["planned"]
    clock.now += timedelta(minutes=5)
    await worker_at(desk, newsroom).run_due()
    assert states(newsroom) == ["sent"]


async def test_a_stopped_worker_finishes_its_current_message(
    desk: Desk, newsroom: Newsroom
) -> None:
    running = asyncio.create_task(worker_at(desk, newsroom).run())
    await desk.call_of("chat.postMessage")
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert states(newsroom) == ["sent"]
