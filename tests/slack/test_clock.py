"""What people see when the newsroom's clock jumps, and workers whose clocks differ."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from aiohttp import web

from bot import config
from bot.config import PeopleSettings
from bot.model import Article, Claim, Share
from bot.newsroom import Newsroom
from bot.slack.app import make_client
from bot.slack.clock import ClockWatch
from bot.slack.gate import people
from bot.slack.local import ALICE, BOB, NEWSROOM
from bot.slack.local import TEAM as LOCAL_TEAM
from bot.slack.messages.worker import make_worker
from bot.slack.surfaces.answers.sharing import share_claim
from bot.store import FiledArticle, Store
from tests.jumping_clocks import JumpingClocks
from tests.slack.desk import Desk, Json, read
from tests.slack.fake_slack import TEAM, FakeSlack
from tests.slack.slack_stub import SlackStub

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.fixture
def clocks() -> JumpingClocks:
    return JumpingClocks(NOON)


@pytest.fixture
def newsroom(tmp_path: Path, clocks: JumpingClocks) -> Iterator[Newsroom]:
    """A newsroom whose admin is Alice."""
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path)})
    settings = replace(settings, people=PeopleSettings(admins=(ALICE,)))
    with Newsroom(settings, machine=clocks.machine) as opened:
        opened.open()
        yield opened


@pytest.fixture
async def stub(newsroom: Newsroom, clocks: JumpingClocks) -> AsyncIterator[SlackStub]:
    people.clear_cache()
    async with SlackStub().opened(newsroom) as opened:
        opened.headers["Date"] = format_datetime(clocks.wall, usegmt=True)
        yield opened


async def check(stub: SlackStub) -> None:
    await ClockWatch(stub.newsroom, stub.client, LOCAL_TEAM).check()


def told(newsroom: Newsroom, person: str) -> list[Json]:
    """Return the blocks of the message that waits for a person, if there is one."""
    message = newsroom.store.outbox.next_in_channel(LOCAL_TEAM, person)
    return list(message.payload.blocks) if message else []  # type: ignore[union-attr]


async def test_slacks_date_confirms_the_clock(stub: SlackStub, clocks: JumpingClocks) -> None:
    clocks.set_forward(days=300)
    stub.headers["Date"] = format_datetime(clocks.wall, usegmt=True)
    await check(stub)
    assert stub.newsroom.now() == clocks.wall
    assert not told(stub.newsroom, ALICE)


async def test_a_refusal_by_slack_confirms_the_clock_too(
    stub: SlackStub, clocks: JumpingClocks
) -> None:
    clocks.set_forward(days=300)
    stub.headers["Date"] = format_datetime(clocks.wall, usegmt=True)
    stub.answers["api.test"] = {"ok": False, "error": "ratelimited"}
    await check(stub)
    assert stub.newsroom.clock.jump() is None


async def test_slack_is_not_asked_while_the_clock_is_right(stub: SlackStub) -> None:
    await check(stub)
    assert stub.calls == []


@pytest.mark.parametrize("date", ["Tue, 03 Nov 2026 12:00:00 GMT", "yesterday"])
async def test_admins_are_told_once_of_an_unconfirmed_clock(
    stub: SlackStub, clocks: JumpingClocks, date: str
) -> None:
    stub.headers["Date"] = date
    clocks.set_forward(days=300)
    for _ in range(3):
        await check(stub)
        clocks.advance(seconds=10)
    text, buttons = told(stub.newsroom, ALICE)
    assert "30 Aug 2027, 12:00 UTC" in text["text"]["text"]
    assert "3 Nov 2026, 12:00 UTC" in text["text"]["text"]
    assert buttons["elements"][0]["action_id"] == "clock_confirm"
    assert not told(stub.newsroom, BOB)
    with stub.newsroom.store.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar() == 1


async def test_admins_are_told_if_slack_is_unreachable(
    stub: SlackStub, clocks: JumpingClocks
) -> None:
    stub.answers["api.test"] = "cut"
    clocks.set_forward(days=300)
    await check(stub)
    assert told(stub.newsroom, ALICE)


async def test_only_admins_confirm_the_clock(stub: SlackStub, clocks: JumpingClocks) -> None:
    clocks.set_forward(days=300)
    await check(stub)
    _, buttons = told(stub.newsroom, ALICE)
    press = stub.press("clock_confirm", buttons["elements"][0]["value"])
    answer = await stub.answer_to(press | {"user": {"id": BOB, "team_id": LOCAL_TEAM}})
    assert "Only admins can do that" in read(answer)
    assert stub.newsroom.clock.jump()
    answer = await stub.answer_to(press | {"trigger_id": "t-again"})
    assert "30 Aug 2027, 12:00 UTC" in read(answer)
    assert stub.newsroom.now() == clocks.wall


async def test_a_button_of_an_earlier_jump_confirms_nothing(
    stub: SlackStub, clocks: JumpingClocks
) -> None:
    clocks.set_forward(days=300)
    await check(stub)
    _, buttons = told(stub.newsroom, ALICE)
    clocks.set_forward(days=30)
    press = stub.press("clock_confirm", buttons["elements"][0]["value"])
    assert "I confirmed nothing" in read(await stub.answer_to(press))
    assert stub.newsroom.clock.jump()


@pytest.mark.parametrize("value", ["", "tomorrow", "2027-08-30T12:00:00"])
async def test_a_forged_button_confirms_nothing(
    stub: SlackStub, clocks: JumpingClocks, value: str
) -> None:
    clocks.set_forward(days=300)
    answer = await stub.answer_to(stub.press("clock_confirm", value))
    assert "button no longer works" in read(answer)
    assert stub.newsroom.clock.jump()


async def test_an_admin_confirms_the_clock_at_home(
    newsroom: Newsroom, clocks: JumpingClocks, desk: Desk
) -> None:
    clocks.set_forward(days=300)
    newsroom.clock_checks.check()
    home = await desk.open_home()
    assert "My clock says 30 Aug 2027, 12:00 UTC" in read(home)
    (button,) = [
        element
        for block in home["blocks"]
        for element in block.get("elements", [])
        if element.get("action_id") == "clock_confirm"
    ]
    await desk.press_at_home("clock_confirm", button["value"])
    home = dict((await desk.call_of("views.publish", 2, user_id=ALICE))["view"])
    assert "My clock says" not in read(home)
    assert newsroom.now() == clocks.wall


async def test_others_see_nothing_of_the_clock_at_home(
    newsroom: Newsroom, clocks: JumpingClocks, desk: Desk
) -> None:
    clocks.set_forward(days=300)
    assert "My clock says" not in read(await desk.open_home(person=BOB))


class SlowSlack(FakeSlack):
    """A fake Slack that takes its time with messages."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.is_asked, self.may_answer = asyncio.Event(), asyncio.Event()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["method"] == "chat.postMessage":
            self.is_asked.set()
            await self.may_answer.wait()
        return await super()._answer(request)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_workers_whose_clocks_differ_post_a_share_once(
    database_url: str, tmp_path: Path
) -> None:
    store = Store(database_url)
    store.database.migrate()
    store.close()
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path), "DATABASE_URL": database_url})
    ahead = JumpingClocks(datetime.now(UTC) + timedelta(minutes=10))
    with Newsroom(settings) as first, Newsroom(settings, machine=ahead.machine) as second:
        article = Article(id="a", origin="a", text="The mills are shut.")
        claim = Claim(id="c1", article_id="a", kind="statement", text="The mills are shut.")
        filed = FiledArticle(article, [claim])
        first.store.archive.apply_steps([filed], arrival="single", now=first.now)
        async with SlowSlack().running() as slack:
            client = make_client(slack.settings)
            share = Share(team=TEAM, channel=NEWSROOM, press="1.1", claim_id="c1", person=ALICE)
            sharing = asyncio.create_task(share_claim(first, client, share))
            await slack.is_asked.wait()
            slack.is_asked.clear()
            working = asyncio.create_task(make_worker(second, client, TEAM).run_due())
            posting_again = asyncio.create_task(slack.is_asked.wait())
            await asyncio.wait({working, posting_again}, return_when=asyncio.FIRST_COMPLETED)
            slack.may_answer.set()
            await asyncio.gather(sharing, working)
            posting_again.cancel()
            assert len(slack.messages_in(NEWSROOM)) == 1
