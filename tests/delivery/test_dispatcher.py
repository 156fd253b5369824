"""What waits is posted once, in order, and not too fast, whatever Slack answers: real store, and a
server shaped like Slack that fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from slack_sdk.web.async_client import AsyncWebClient

from bot import config
from bot.delivery.dispatcher import BLOCKED_PAUSE
from bot.delivery.outbox import LOOKUP_DELAY, MAX_SEND_ATTEMPTS
from bot.delivery.transport import DEFAULT_WAIT
from bot.model import Article, Claim, Share
from bot.newsroom import Newsroom
from bot.slack.app import make_client
from bot.slack.messages import renderers, transport
from bot.slack.messages.post import notice_payload
from bot.slack.messages.transport import make_dispatcher
from bot.slack.messages.worker import make_worker
from bot.slack.parts import Message, notice
from bot.slack.surfaces.answers.sharing import share_claim
from bot.store import FiledArticle, OutboxMessage, schema
from bot.store.delivery.outbox import SEND_LEASE
from bot.store.delivery.payloads import PAYLOADS, SharePayload, UnfurlPayload
from tests.manual_clock import ManualClock
from tests.slack import blockkit
from tests.slack.fake_slack import TEAM, FakeSlack, Fault, Json

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
C1, ALICE = "C1", "U01ALICE"
CLAIM = Claim(id="c1", article_id="a1", kind="statement", text="It <!channel> leaks.")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


@pytest.fixture
def newsroom(tmp_path: Path, clock: ManualClock) -> Iterator[Newsroom]:
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)}), clock) as opened:
        opened.open()
        article = Article(id="a1", origin="a", text=CLAIM.text, outlet="The Post")
        opened.store.archive.apply_steps(
            [FiledArticle(article, [CLAIM])], arrival="single", now=clock
        )
        yield opened


@pytest.fixture
async def slack(clock: ManualClock) -> AsyncIterator[FakeSlack]:
    async with FakeSlack(now=clock).running() as running:
        yield running


@pytest.fixture
def client(slack: FakeSlack) -> AsyncWebClient:
    return make_client(slack.settings)


def ask(newsroom: Newsroom, key: str, channel: str = C1, **changes: Any) -> None:
    payload = notice_payload(notice(f"news {key}"))
    values = {"payload": payload, "person": ALICE} | changes
    assert newsroom.store.outbox.add(
        None, team=TEAM, channel=channel, key=key, **values, now=newsroom.now()
    )


def press(newsroom: Newsroom, channel: str = C1) -> str:
    share = Share(team=TEAM, channel=channel, press="1.1", claim_id="c1", person=ALICE)
    key = newsroom.delivery.shares.request(share)
    assert key
    return key


def texts(slack: FakeSlack, channel: str = C1) -> list[str]:
    return [one.sent["text"] for one in slack.messages_in(channel)]


def keys(slack: FakeSlack, channel: str = C1) -> list[str | None]:
    return [one.key for one in slack.messages_in(channel)]


def state(newsroom: Newsroom, key: str) -> str | None:
    one = newsroom.store.outbox.by_key(TEAM, key)
    return one.state if one else None


async def run(
    newsroom: Newsroom, client: AsyncWebClient, clock: ManualClock, *waits: timedelta
) -> None:
    """Deliver now and after each wait."""
    await make_dispatcher(newsroom, client).deliver(TEAM, C1)
    for wait in waits:
        clock.now += wait
        await make_dispatcher(newsroom, client).deliver(TEAM, C1)


async def test_a_share_is_posted_at_once_and_updated_later(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient
) -> None:
    key = press(newsroom)
    one = await make_dispatcher(newsroom, client).deliver_now(TEAM, C1, key)
    assert one
    assert one.state == "sent"
    [posted] = slack.messages_in(C1)
    assert posted.key == key
    assert blockkit.problems(posted.sent["blocks"]) == []
    assert "<!channel>" not in posted.sent["text"]
    assert (posted.sent["unfurl_links"], posted.sent["unfurl_media"]) == (False, False)
    newsroom.store.archive.remove(
        ["a1"], reason="x", block_reimport=True, removed_at=newsroom.now()
    )
    await make_worker(newsroom, client, TEAM).run_due()
    assert slack.calls["chat.postMessage"] == 1
    [mended] = slack.updates
    assert (mended["channel"], mended["ts"]) == (C1, posted.ts)
    assert "leaks" not in mended["text"]


async def test_the_same_press_is_one_share(newsroom: Newsroom) -> None:
    press(newsroom)
    share = Share(team=TEAM, channel=C1, press="1.1", claim_id="c1", person=ALICE)
    assert newsroom.delivery.shares.request(share) is None


async def test_messages_come_in_order_one_per_second(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, clock: ManualClock
) -> None:
    for key in "abc":
        ask(newsroom, key)
    assert await make_dispatcher(newsroom, client).deliver(TEAM, C1) == NOON + timedelta(seconds=1)
    second = timedelta(seconds=1)
    await run(newsroom, client, clock, second / 2, second / 2, second)
    assert keys(slack) == ["a", "b", "c"]
    at = [one.at for one in slack.accepted]
    assert all(later - earlier >= second for earlier, later in pairwise(at))


async def test_simultaneous_workers_post_each_message_once(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, clock: ManualClock
) -> None:
    for key in "ab":
        ask(newsroom, key)
    for _ in range(3):
        await asyncio.gather(
            *(make_dispatcher(newsroom, client).deliver(TEAM, C1) for _ in range(4))
        )
        clock.now += timedelta(seconds=1)
    assert keys(slack) == ["a", "b"]


@pytest.mark.parametrize("fault", ["500", "error", "unheard", "lost", "dropped"])
async def test_an_unknown_outcome_is_looked_up_before_resending(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, clock: ManualClock, fault: Fault
) -> None:
    slack.fail("chat.postMessage", fault)
    ask(newsroom, "a")
    ask(newsroom, "b")
    await run(newsroom, client, clock)
    assert state(newsroom, "a") == "sending"
    assert state(newsroom, "b") == "waiting"
    await run(newsroom, client, clock, LOOKUP_DELAY, timedelta(seconds=1))
    assert keys(slack) == ["a", "b"]
    assert state(newsroom, "a") == "sent"
    assert newsroom.store.dead_letters.find() == []


async def test_a_message_without_metadata_is_found_by_its_block(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, clock: ManualClock
) -> None:
    slack.keeps_metadata = False
    slack.fail("chat.postMessage", "lost")
    ask(newsroom, "a")
    await run(newsroom, client, clock, LOOKUP_DELAY)
    assert keys(slack) == ["a"]


async def test_a_message_is_found_on_later_pages_and_in_threads(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, clock: ManualClock
) -> None:
    slack.fail("chat.postMessage", *["lost"] * 3)
    ask(newsroom, "a")
    ask(newsroom, "in a thread", thread_ts="1.1", channel="C2")
    ask(newsroom, "to her", channel=ALICE)
    for channel in (C1, "C2", ALICE):
        await make_dispatcher(newsroom, client).deliver(TEAM, channel)
    for _ in range(450):
        slack._post({"channel": C1, "text": "chatter"})
    clock.now += LOOKUP_DELAY
    for channel in (C1, "C2", ALICE):
        await make_dispatcher(newsroom, client).deliver(TEAM, channel)
    assert {state(newsroom, key) for key in ("a", "in a thread", "to her")} == {"sent"}
    assert slack.calls["chat.postMessage"] == 3
    assert slack.calls["conversations.replies"] == 1


async def test_a_message_waits_while_the_history_is_unavailable(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, clock: ManualClock
) -> None:
    slack.fail("chat.postMessage", "lost")
    slack.fail("conversations.history", "500", "429", "error")
    ask(newsroom, "a")
    await run(newsroom, client, clock, LOOKUP_DELAY, DEFAULT_WAIT, DEFAULT_WAIT)
    assert state(newsroom, "a") == "sending"
    await run(newsroom, client, clock, DEFAULT_WAIT)
    assert keys(slack) == ["a"]
    assert state(newsroom, "a") == "sent"


async def test_rate_limited_reading_pauses_all_channels(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, clock: ManualClock
) -> None:
    slack.fail("chat.postMessage", "lost", "lost")
    for key, channel in (("a", C1), ("b", "C2")):
        ask(newsroom, key, channel=channel)
        await make_dispatcher(newsroom, client).deliver(TEAM, channel)
    slack.retry_after = 77
    slack.fail("conversations.history", "429")
    clock.now += LOOKUP_DELAY
    for _ in range(2):
        for channel in (C1, "C2"):
            await make_dispatcher(newsroom, client).deliver(TEAM, channel)
        assert slack.calls["conversations.history"] == 1
        clock.now += timedelta(seconds=76)
    for channel in (C1, "C2"):
        await make_dispatcher(newsroom, client).deliver(TEAM, channel)
    assert (state(newsroom, "a"), state(newsroom, "b")) == ("sent", "sent")
    assert slack.calls["conversations.history"] == 3


@pytest.mark.parametrize("method", ["conversations.history", "conversations.replies"])
async def test_an_unreadable_channel_makes_a_message_uncertain(
    newsroom: Newsroom,
    slack: FakeSlack,
    client: AsyncWebClient,
    clock: ManualClock,
    method: str,
) -> None:
    slack.fail("chat.postMessage", "500")
    slack.methods_without_scope.add(method)
    thread_ts = "1.1" if method.endswith("replies") else None
    ask(newsroom, "a", thread_ts=thread_ts)
    await run(newsroom, client, clock, LOOKUP_DELAY, timedelta(days=2))
    assert state(newsroom, "a") == "uncertain"
    assert texts(slack) == []
    await make_dispatcher(newsroom, client).deliver(TEAM, ALICE)
    [heard] = texts(slack, f"D{ALICE}")
    assert heard.startswith(f"A message was not posted in <#{C1}>, or it was and I can't tell:")


@pytest.mark.parametrize("fault", ["lost", "500"])
async def test_a_retried_uncertain_message_is_looked_up(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, clock: ManualClock, fault: Fault
) -> None:
    slack.fail("chat.postMessage", fault)
    slack.methods_without_scope.add("conversations.history")
    key = press(newsroom)
    await run(newsroom, client, clock, LOOKUP_DELAY)
    for lacking in (True, False):
        [letter] = newsroom.store.dead_letters.find(TEAM)
        assert letter.state == "uncertain"
        if not lacking:
            slack.methods_without_scope.clear()
        newsroom.delivery.outbox.retry_dead_letters([letter.id], TEAM)
        await run(newsroom, client, clock, timedelta(seconds=1))
    assert keys(slack) == [key]
    assert state(newsroom, key) == "sent"


async def test_sharing_an_uncertain_message_again_says_so(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, clock: ManualClock
) -> None:
    slack.fail("chat.postMessage", "lost")
    slack.methods_without_scope.add("conversations.history")
    press(newsroom)
    share = Share(team=TEAM, channel=C1, press="1.1", claim_id="c1", person=ALICE)
    heard = await share_claim(newsroom, client, share)
    assert heard == "Slack hasn't said yet whether the first was posted; I'm checking."
    await run(newsroom, client, clock, LOOKUP_DELAY)
    heard = await share_claim(newsroom, client, share)
    assert heard
    assert heard.startswith("The claim was not shared, or it was and I can't tell: ")


@pytest.mark.parametrize("error", ["is_archived", "not_in_channel", "msg_too_long"])
async def test_a_refused_message_is_reported_and_blocks_nothing(
    newsroom: Newsroom,
    slack: FakeSlack,
    client: AsyncWebClient,
    clock: ManualClock,
    caplog: pytest.LogCaptureFixture,
    error: str,
) -> None:
    slack.errors[f"chat.postMessage {C1}"] = error
    press(newsroom)
    await run(newsroom, client, clock)
    [letter] = newsroom.store.dead_letters.find(TEAM)
    assert (letter.kind, letter.state) == ("share", "dead")
    await make_dispatcher(newsroom, client).deliver(TEAM, ALICE)
    [heard] = texts(slack, f"D{ALICE}")
    assert heard.startswith("The claim was not shared: ")
    told, _, reference = heard.rpartition(" (ref ")
    assert told.endswith("Nothing was posted.")
    assert f"ref {reference[:-1]}: share/C1/" in caplog.text
    slack.errors.clear()
    ask(newsroom, "b")
    newsroom.delivery.outbox.retry_dead_letters([letter.id], TEAM)
    await run(newsroom, client, clock, timedelta(seconds=1), timedelta(seconds=1))
    assert keys(slack) == [letter.key, "b"]


async def test_a_refusal_is_told_to_the_person_who_waits(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient
) -> None:
    slack.errors["chat.postMessage"] = "is_archived"
    one = await make_dispatcher(newsroom, client).deliver_now(TEAM, C1, press(newsroom))
    assert one
    assert one.state == "dead"
    assert "Slack says this channel is archived" in str(one.failure)
    assert newsroom.store.outbox.next_in_channel(TEAM, ALICE) is None


async def test_a_failure_notice_for_a_direct_message_names_no_channel(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient
) -> None:
    slack.errors["chat.postMessage D1"] = "invalid_blocks"
    ask(newsroom, "a", channel="D1", person=None)
    one = await make_dispatcher(newsroom, client).deliver_now(TEAM, "D1", "a")
    assert one
    assert one.failure
    assert one.failure.startswith("A message to you was not delivered: ")


async def test_a_rate_limit_pauses_the_whole_workspace(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, clock: ManualClock
) -> None:
    slack.retry_after = 77
    slack.fail("chat.postMessage", "429")
    ask(newsroom, "a")
    ask(newsroom, "b", channel="C2")
    assert await make_dispatcher(newsroom, client).deliver(TEAM, C1) == NOON + timedelta(seconds=77)
    assert await make_dispatcher(newsroom, client).deliver(TEAM, "C2") == NOON + timedelta(
        seconds=77
    )
    assert slack.calls["chat.postMessage"] == 1
    clock.now += timedelta(seconds=77)
    await make_dispatcher(newsroom, client).deliver(TEAM, "C2")
    await make_dispatcher(newsroom, client).deliver(TEAM, C1)
    assert (keys(slack), keys(slack, "C2")) == (["a"], ["b"])


@pytest.mark.parametrize("asked", [7200, 10**15])
async def test_a_pause_is_at_most_an_hour(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, asked: int
) -> None:
    slack.retry_after = asked
    slack.fail("chat.postMessage", "429")
    ask(newsroom, "a")
    ask(newsroom, "b", channel="C2")
    for channel in (C1, "C2"):
        again_at = await make_dispatcher(newsroom, client).deliver(TEAM, channel)
        assert again_at == NOON + timedelta(hours=1)
    assert slack.calls["chat.postMessage"] == 1


async def test_messages_wait_while_slack_is_unreachable(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, clock: ManualClock
) -> None:
    away = AsyncWebClient(token="xoxb-1", base_url="http://127.0.0.1:9/", retry_handlers=[])
    key = press(newsroom)
    one = await make_dispatcher(newsroom, away).deliver_now(TEAM, C1, key)
    assert one
    assert one.state == "waiting"
    clock.now += timedelta(days=3)
    await make_dispatcher(newsroom, away).deliver(TEAM, C1)
    await run(newsroom, client, clock, DEFAULT_WAIT)
    assert keys(slack) == [key]


async def test_a_revoked_token_pauses_and_is_logged_once(
    newsroom: Newsroom,
    slack: FakeSlack,
    client: AsyncWebClient,
    clock: ManualClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    slack.errors["chat.postMessage"] = "token_revoked"
    ask(newsroom, "a")
    ask(newsroom, "b", channel="C2")
    for _ in range(10):
        await make_dispatcher(newsroom, client).deliver(TEAM, C1)
        await make_dispatcher(newsroom, client).deliver(TEAM, "C2")
        clock.now += timedelta(hours=10)
    said = [one for one in caplog.messages if "token_revoked" in one]
    assert len(said) == 1
    assert "xoxb" not in caplog.text
    assert newsroom.store.channels.failures() == {
        TEAM: "Slack no longer accepts my token (token_revoked)"
    }
    assert newsroom.store.dead_letters.find() == []
    slack.errors.clear()
    for wait in (BLOCKED_PAUSE, BLOCKED_PAUSE):
        clock.now += wait
        await make_dispatcher(newsroom, client).deliver(TEAM, C1)
        await make_dispatcher(newsroom, client).deliver(TEAM, "C2")
    assert (keys(slack), keys(slack, "C2")) == (["a"], ["b"])
    assert newsroom.store.channels.failures() == {}


async def test_a_message_never_found_is_given_up_after_a_day(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, clock: ManualClock
) -> None:
    slack.errors[f"chat.postMessage {C1}"] = "fatal_error"
    ask(newsroom, "poison")
    ask(newsroom, "b")
    for _ in range(3 * MAX_SEND_ATTEMPTS):
        if state(newsroom, "poison") == "dead":
            break
        clock.now = await make_dispatcher(newsroom, client).deliver(TEAM, C1) or clock.now
    assert state(newsroom, "poison") == "dead"
    [given_up] = newsroom.store.dead_letters.find()
    assert timedelta(hours=18) < given_up.due_at - NOON < timedelta(hours=30)
    assert newsroom.store.outbox.next_in_channel(TEAM, ALICE)
    slack.errors.clear()
    await run(newsroom, client, clock, timedelta(hours=1), timedelta(hours=1))
    assert keys(slack) == ["b"]


async def test_a_claim_removed_before_sharing_is_not_shared(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, clock: ManualClock
) -> None:
    key = press(newsroom)
    newsroom.store.archive.remove(
        ["a1"], reason="x", block_reimport=True, removed_at=newsroom.now()
    )
    await run(newsroom, client, clock)
    assert state(newsroom, key) == "dead"
    assert texts(slack) == []
    await make_dispatcher(newsroom, client).deliver(TEAM, ALICE)
    assert texts(slack, f"D{ALICE}")[0].startswith("The claim was not shared: ")


async def test_a_message_that_cannot_be_rendered_is_given_up(
    newsroom: Newsroom,
    slack: FakeSlack,
    client: AsyncWebClient,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def ill(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(transport, "RENDERERS", {**renderers.RENDERERS, "share": ill})
    ask(newsroom, "a", payload=SharePayload(ALICE))
    ask(newsroom, "b")
    while state(newsroom, "a") == "waiting":
        clock.now = await make_dispatcher(newsroom, client).deliver(TEAM, C1) or clock.now
    assert state(newsroom, "a") == "dead"
    assert clock.now - NOON < timedelta(minutes=30)
    await run(newsroom, client, clock, timedelta(seconds=1))
    assert keys(slack) == ["b"]


async def test_a_message_is_not_rendered_before_its_turn(
    newsroom: Newsroom,
    slack: FakeSlack,
    client: AsyncWebClient,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []

    def counted(newsroom: Newsroom, one: OutboxMessage) -> Message | None:
        made.append(one.key)
        return renderers.RENDERERS["told"](newsroom, one)

    monkeypatch.setattr(transport, "RENDERERS", {**renderers.RENDERERS, "told": counted})
    ask(newsroom, "a")
    ask(newsroom, "b")
    newsroom.delivery.outbox.pause(TEAM, timedelta(minutes=1))
    await run(newsroom, client, clock, timedelta(0), timedelta(0))
    assert made == []
    await run(newsroom, client, clock, timedelta(minutes=1), timedelta(0))
    assert made == ["a"]
    await run(newsroom, client, clock, timedelta(seconds=1))
    assert made == keys(slack) == ["a", "b"]


async def test_a_message_without_contents_is_dropped(
    newsroom: Newsroom,
    slack: FakeSlack,
    client: AsyncWebClient,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    silent = {**renderers.RENDERERS, "share": lambda newsroom, one: None}
    monkeypatch.setattr(transport, "RENDERERS", silent)
    ask(newsroom, "a", payload=SharePayload(ALICE))
    ask(newsroom, "b")
    await run(newsroom, client, clock)
    assert keys(slack) == ["b"]
    assert state(newsroom, "a") is None


async def test_the_worker_sends_waiting_messages(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, clock: ManualClock
) -> None:
    ask(newsroom, "a")
    ask(newsroom, "b", channel="C2")
    await make_worker(newsroom, client, TEAM).run_due()
    assert (keys(slack), keys(slack, "C2")) == (["a"], ["b"])
    assert newsroom.store.jobs.counts() == []


async def test_another_worker_finishes_a_dead_workers_message(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, clock: ManualClock
) -> None:
    ask(newsroom, "a")
    waiting = newsroom.store.outbox.next_in_channel(TEAM, C1)
    assert waiting
    newsroom.store.outbox.begin_sending(waiting, newsroom.now())  # and then it is killed
    assert await make_dispatcher(newsroom, client).deliver(TEAM, C1) == NOON + SEND_LEASE
    await run(newsroom, client, clock, SEND_LEASE)
    assert keys(slack) == ["a"]


def marked(blocks: list[Json]) -> bool:
    return bool(blocks[-1].get("block_id"))


async def test_every_message_carries_its_key_twice(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, clock: ManualClock
) -> None:
    ask(newsroom, "a")
    await run(newsroom, client, clock)
    [posted] = slack.messages_in(C1)
    assert posted.key == "a"
    assert posted.sent["blocks"][-1]["block_id"] == "a"


async def test_an_unreadable_message_is_a_dead_letter(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, clock: ManualClock
) -> None:
    key = press(newsroom)
    ask(newsroom, "b")
    with newsroom.store.database.write() as connection:
        mine = sa.update(schema.outbox).where(schema.outbox.c.key == key)
        connection.execute(mine.values(payload={"version": 99}))
    await run(newsroom, client, clock)
    [letter] = newsroom.store.dead_letters.find(TEAM)
    assert (letter.key, letter.state) == (key, "dead")
    assert "version 99 of the payload is not known" in str(letter.failure)
    assert keys(slack) == ["b"]
    await make_dispatcher(newsroom, client).deliver(TEAM, ALICE)
    assert texts(slack, f"D{ALICE}")[0].startswith("The claim was not shared: what I kept of it")


async def test_an_unreadable_posted_message_is_not_updated(
    newsroom: Newsroom, slack: FakeSlack, client: AsyncWebClient, clock: ManualClock
) -> None:
    await make_dispatcher(newsroom, client).deliver_now(TEAM, C1, press(newsroom))
    with newsroom.store.database.write() as connection:
        connection.execute(sa.update(schema.outbox).values(payload=["x"]))
    newsroom.store.archive.remove(
        ["a1"], reason="x", block_reimport=True, removed_at=newsroom.now()
    )
    await make_worker(newsroom, client, TEAM).run_due()
    assert slack.updates == []
    assert newsroom.store.jobs.counts() == []


def test_every_kind_of_message_has_a_renderer() -> None:
    # What stands below somebody else's message is no message of ours.
    assert renderers.RENDERERS.keys() == PAYLOADS.keys() - {UnfurlPayload.kind}
