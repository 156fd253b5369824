"""Withdrawing what a person shared, cited or asked to be posted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot import config
from bot.config import PeopleSettings
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.slack import channels
from bot.slack.gate import people
from bot.slack.local import ALICE, BOB, BOT, NEWSROOM, TEAM
from bot.slack.messages.worker import make_worker
from bot.store import FiledArticle
from bot.store.schema import audit
from tests.manual_clock import ManualClock
from tests.slack.desk import read
from tests.slack.slack_stub import Json, SlackStub

CAROL = "U03CAROL"
DELETED = {"channel": NEWSROOM, "ts": "1.0"}


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 25, 7, tzinfo=UTC))


@pytest.fixture
def newsroom(tmp_path: Path, clock: ManualClock) -> Iterator[Newsroom]:
    settings = replace(
        config.load({"CLAIMDESK_DATA": str(tmp_path)}),
        people=PeopleSettings(admins=("U0ADMIN",), reviewers=(CAROL,)),
    )
    with Newsroom(settings, clock) as opened:
        opened.open()
        article = Article(id="a", origin="a", text="The mills are shut.", title="Mills")
        claim = Claim(id="c1", article_id="a", kind="statement", text="The mills are shut.")
        filed = [FiledArticle(article, [claim])]
        opened.store.archive.apply_steps(filed, arrival="single", now=clock)
        opened.updates.catch_up()
        yield opened


@pytest.fixture
async def stub(newsroom: Newsroom) -> AsyncIterator[SlackStub]:
    people.clear_cache()
    channels.clear_cache()
    async with SlackStub().opened(newsroom) as opened:
        yield opened


async def post(stub: SlackStub, action: str = "share") -> Json:
    """Post a claim, and return the posted message."""
    if action == "mention":
        await stub.deliver(stub.event("app_mention", text=f"<@{BOT}> mills shut"))
    else:
        await stub.post(stub.press(action, "c1"))
    await stub.wait_until_idle()
    [sent] = stub.called("chat.postMessage")
    return {**sent, "ts": "1.0"}


def press(stub: SlackStub, posted: Json, person: str = ALICE) -> Json:
    """Press Withdraw on a posted message."""
    [button] = [
        element
        for block in posted["blocks"]
        for element in block.get("elements", ())
        if element.get("action_id") == "withdraw_post"
    ]
    user = {"id": person, "team_id": TEAM}
    return stub.press("withdraw_post", button["value"], user=user, message=posted)


def deleted(stub: SlackStub) -> list[Json]:
    return [{name: sent[name] for name in DELETED} for sent in stub.called("chat.delete")]


@pytest.mark.parametrize("action", ["share", "cite", "mention"])
async def test_a_person_withdraws_what_they_posted(
    stub: SlackStub, newsroom: Newsroom, action: str
) -> None:
    posted = await post(stub, action)
    told = read(await stub.answer_to(press(stub, posted)))
    assert told == "Withdrawn: The mills are shut."
    assert deleted(stub) == [DELETED]
    with newsroom.store.database.read() as connection:
        [row] = connection.execute(sa.select(audit))
    key = posted["metadata"]["event_payload"]["key"]
    assert (row.kind, row.ordered_by, row.subject) == ("withdraw", ALICE, key)


async def test_others_are_told_who_may_withdraw_it(stub: SlackStub) -> None:
    told = read(await stub.answer_to(press(stub, await post(stub), BOB)))
    assert told == (
        f"<@{ALICE}> asked for this message. Only they or a reviewer can withdraw it. "
        f"Ask <@{CAROL}>."
    )
    assert deleted(stub) == []


@pytest.mark.parametrize("person", [CAROL, "U0ADMIN"])
async def test_after_a_day_only_reviewers_and_admins_may(
    stub: SlackStub, clock: ManualClock, person: str
) -> None:
    posted = await post(stub)
    clock.now += timedelta(hours=24)
    told = read(await stub.answer_to(press(stub, posted)))
    assert told.endswith(f"After that a reviewer can. Ask <@{CAROL}>.")
    assert deleted(stub) == []
    assert "Withdrawn" in read(await stub.answer_to(press(stub, posted, person)))
    assert deleted(stub) == [DELETED]


async def test_a_withdrawn_message_is_neither_updated_nor_posted_again(
    stub: SlackStub, newsroom: Newsroom
) -> None:
    place = {"type": "message", "message_ts": "1.5", "channel_id": NEWSROOM}
    share = stub.press("share", "c1", container=place)
    await stub.post(share)
    await stub.wait_until_idle()
    [posted] = stub.called("chat.postMessage")
    await stub.answer_to(press(stub, {**posted, "ts": "1.0"}))
    await stub.post(stub.press("share", "c1", container=place))
    await stub.wait_until_idle()
    newsroom.intake.articles.remove(["a"], reason="a mistake")
    await make_worker(newsroom, stub.client, TEAM).run_due()
    assert stub.called("chat.update") == []
    assert len(stub.called("chat.postMessage")) == 1


@pytest.mark.parametrize("error", ["ratelimited", "internal_error", "message_not_found"])
async def test_the_worker_deletes_what_slack_did_not(
    stub: SlackStub, newsroom: Newsroom, clock: ManualClock, error: str
) -> None:
    posted = await post(stub)
    stub.answers["chat.delete"] = {"ok": False, "error": error}
    told = read(await stub.answer_to(press(stub, posted)))
    answers = {
        "ratelimited": "It will be withdrawn as soon as Slack lets me: The mills are shut.",
        "message_not_found": "Withdrawn: The mills are shut.",
    }
    assert answers.get(error, "The message was not withdrawn") in told
    number = len(deleted(stub))
    del stub.answers["chat.delete"]
    clock.now += timedelta(hours=1)
    for _ in range(2):
        await make_worker(newsroom, stub.client, TEAM).run_due()
    assert deleted(stub)[number:] == [DELETED]


async def test_a_withdrawal_survives_a_killed_process(
    stub: SlackStub, newsroom: Newsroom, clock: ManualClock
) -> None:
    key = (await post(stub))["metadata"]["event_payload"]["key"]
    message = newsroom.store.outbox.by_key(TEAM, key)
    assert message
    for _ in range(2):  # the process ends before it calls Slack, and the person presses again
        newsroom.store.outbox.withdraw(message, person=ALICE, now=clock.now)
    await make_worker(newsroom, stub.client, TEAM).run_due()
    assert deleted(stub) == [DELETED]
    with newsroom.store.database.read() as connection:
        assert len(connection.execute(sa.select(audit)).all()) == 1


async def test_what_is_not_posted_yet_is_cancelled(
    stub: SlackStub, newsroom: Newsroom, clock: ManualClock
) -> None:
    stub.answers["chat.postMessage"] = {"ok": False, "error": "ratelimited"}
    view = await stub.view_opened_by(stub.press("share", "c1"))
    submitted = stub.submission("share", private_metadata=view["private_metadata"])
    await stub.deliver(submitted)
    await stub.wait_until_idle()
    [waits] = [*stub.called("chat.postEphemeral"), *stub.shown]
    assert "as soon as Slack lets me" in read(waits)
    told = await stub.answer_to(press(stub, {**waits, "ts": "7.7"}))
    assert read(told) == "Withdrawn: The mills are shut."
    number = len(stub.called("chat.postMessage"))
    stub.answers["chat.postMessage"] = {"ok": True, "ts": "1.0", "channel": NEWSROOM}
    clock.now += timedelta(hours=1)
    await make_worker(newsroom, stub.client, TEAM).run_due()
    assert len(stub.called("chat.postMessage")) == number
    assert deleted(stub) == []


@pytest.mark.parametrize("is_pressed_on_it", [True, False])
async def test_a_message_whose_posting_is_unknown_is_deleted(
    stub: SlackStub, newsroom: Newsroom, clock: ManualClock, is_pressed_on_it: bool
) -> None:
    stub.answers["chat.postMessage"] = "cut"
    view = await stub.view_opened_by(stub.press("share", "c1"))
    told = await stub.answer_to(stub.submission("share", private_metadata=view["private_metadata"]))
    [sent] = stub.called("chat.postMessage")
    found = {**sent, "ts": "1.0"}
    stub.answers["conversations.history"] = {"ok": True, "messages": [found]}
    pressed = found if is_pressed_on_it else {**told, "ts": "7.7"}
    assert "Withdrawn" in read(await stub.answer_to(press(stub, pressed)))
    assert len(stub.called("conversations.history")) == (not is_pressed_on_it)
    clock.now += timedelta(hours=1)
    await make_worker(newsroom, stub.client, TEAM).run_due()
    assert DELETED in deleted(stub)
    assert len(stub.called("chat.postMessage")) == 1


async def test_a_message_withdrawn_while_it_is_posted_is_deleted(
    stub: SlackStub, newsroom: Newsroom, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox, mark_sent = newsroom.store.outbox, newsroom.store.outbox.mark_sent

    def withdraw_first(message: Any, **place: Any) -> None:
        outbox.withdraw(message, person=ALICE, now=clock.now)
        mark_sent(message, **place)

    monkeypatch.setattr(outbox, "mark_sent", withdraw_first)
    await post(stub)
    await make_worker(newsroom, stub.client, TEAM).run_due()
    assert deleted(stub) == [DELETED]


@pytest.mark.parametrize("value", ["", "share/C1/1.5/c1", "'; --"])
async def test_a_forged_button_withdraws_nothing(stub: SlackStub, value: str) -> None:
    told = read(await stub.answer_to(stub.press("withdraw_post", value)))
    assert "no longer works" in told
    assert deleted(stub) == []
