"""The menus and the thread of a posted digest, over a stub of Slack."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from PIL import Image

from bot import config
from bot.delivery.queue import JOB_LEASE
from bot.delivery.worker import Worker
from bot.digest import COMPOSE_DELAY, chart
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.slack.local import ALICE, NEWSROOM, TEAM
from bot.slack.messages.worker import make_worker, slack_handlers
from bot.slack.surfaces.digests.blocks import ROW_CHOICES
from bot.slack.surfaces.digests.details import queue_details
from bot.slack.surfaces.digests.menu import CHOICES
from bot.store import FiledArticle, MessageKey
from bot.store.delivery.payloads import DigestThreadPayload
from tests.manual_clock import ManualClock
from tests.reopen import reopen
from tests.slack import blockkit
from tests.slack.slack_stub import Json, SlackStub

MORNING = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
TEXT = "Engineers said. The quay wall had moved by nine centimetres since Sunday morning."
DIGEST = "7.7"
"""The ts of the digest."""


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MORNING - timedelta(hours=2))


def claim() -> Claim:
    return Claim(
        id="c1",
        article_id="a",
        kind="attribution",
        text=TEXT[16:],
        spans=((16, len(TEXT)),),
        paragraph=1,
        speaker="Ida Marsh",
        source="Engineers",
        cue="said",
        source_kind="named",
        type="indirect",
        stance="said",
    )


@pytest.fixture
def newsroom(tmp_path: Path, clock: ManualClock) -> Iterator[Newsroom]:
    """A newsroom with one claim, whose digest is due."""
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)}), clock) as opened:
        opened.open()
        article = Article(id="a", origin="a", text=TEXT, title="Quay", outlet="The Post")
        opened.store.archive.apply_steps(
            [FiledArticle(article, [claim()], paragraphs=((0, len(TEXT)),))],
            arrival="single",
            now=clock,
        )
        opened.updates.catch_up()
        opened.digests.subscriptions.subscribe(
            team=TEAM, channel=NEWSROOM, at=time(8, 30), zone="UTC", person=ALICE
        )
        clock.now = MORNING + COMPOSE_DELAY
        yield opened


@pytest.fixture
async def stub(newsroom: Newsroom, clock: ManualClock) -> AsyncIterator[SlackStub]:
    """A stub to which the digest and its thread have been posted."""
    async with SlackStub().opened(newsroom) as opened:
        await post_digest(opened, clock)
        yield opened


async def post_digest(stub: SlackStub, clock: ManualClock) -> None:
    stub.answers["chat.postMessage"] = {"ok": True, "ts": DIGEST, "channel": NEWSROOM}
    worker = make_worker(stub.newsroom, stub.client, TEAM)
    await worker.run_due()
    clock.now += timedelta(seconds=5)
    stub.answers["chat.postMessage"] = {"ok": True, "ts": "8.8", "channel": NEWSROOM}
    await worker.run_due()


def menu_click(stub: SlackStub, value: str) -> Json:
    press = stub.choose("digest_row", value)
    press["container"]["message_ts"] = DIGEST
    return press


async def answer_to_choice(stub: SlackStub, value: str) -> Json:
    """Make a choice and return the private answer."""
    before = len(stub.called("chat.postMessage"))
    await stub.deliver(menu_click(stub, value))
    await stub.words(before + 1)
    answer: Json = stub.shown[-1]
    assert blockkit.problems(answer["blocks"]) == []
    return answer


async def test_the_details_are_posted_in_the_digests_thread(stub: SlackStub) -> None:
    digest, detail = stub.called("chat.postMessage")
    assert "thread_ts" not in digest
    assert detail["thread_ts"] == DIGEST
    assert blockkit.problems(detail["blocks"]) == []
    assert "Engineers said." in str(detail["blocks"])


async def test_a_repeated_job_adds_only_missing_details(
    stub: SlackStub, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = MessageKey(TEAM, NEWSROOM, DIGEST)
    whole = newsroom.delivery.messages.posted_digest(key)
    assert whole
    [row] = whole.rows
    assert row.current.hit
    found = replace(row.current.hit, claim=replace(claim(), id="c2"))
    other = replace(row, claim_id="c2", current=replace(row.current, hit=found))
    grown = replace(whole, sections=(replace(whole.sections[0], rows=(other, row)),))
    monkeypatch.setattr(newsroom.delivery.messages, "posted_digest", lambda message: grown)
    newsroom.store.jobs.add("detail", "k", key._asdict(), due_at=MORNING, team=TEAM)
    job = newsroom.delivery.jobs.take("w", ["detail"], TEAM)
    assert job
    for _ in range(2):
        queue_details(newsroom, job)
    named = f"digest/{NEWSROOM}/2026-11-03/detail"
    asked = [newsroom.store.outbox.by_key(TEAM, f"{named}/{number}") for number in range(3)]
    assert [one and one.payload for one in asked] == [
        *(DigestThreadPayload(("c1",)), DigestThreadPayload(("c2",)), None)
    ]


def test_every_menu_choice_has_an_action() -> None:
    assert set(CHOICES) == set(ROW_CHOICES)


async def test_the_menu_explains_why_a_row_is_shown(stub: SlackStub) -> None:
    answer = await answer_to_choice(stub, "why:c1")
    assert answer["text"].splitlines()[0] == "Why this is here"
    assert "· The article names who said it." in answer["text"]


async def test_context_and_cite_open_their_modal(stub: SlackStub) -> None:
    for number, choice in enumerate(("context", "cite"), 1):
        await stub.deliver(menu_click(stub, f"{choice}:c1"))
        for _ in range(50):
            if len(calls := stub.called("views.open")) == number:
                break
            await stub.wait_until_idle()
        view = calls[-1]["view"]
        assert blockkit.view_problems(view) == []
        assert view["callback_id"] == choice


async def test_what_is_wrong_offers_the_correction_modals(stub: SlackStub) -> None:
    answer = await answer_to_choice(stub, "wrong:c1")
    buttons = answer["blocks"][-1]["elements"]
    assert [one["action_id"] for one in buttons] == [
        "correct_speaker",
        "correct_rejected",
        "correct_words",
        "correct_article",
    ]
    assert {one["value"] for one in buttons[:3]} == {"c1"}


async def test_a_claim_is_shared_in_the_digests_thread_once(
    stub: SlackStub, newsroom: Newsroom, clock: ManualClock
) -> None:
    before = len(stub.called("chat.postMessage"))
    clock.now += timedelta(seconds=5)
    for _ in range(2):
        await stub.post(menu_click(stub, "share_thread:c1"))
        await stub.wait_until_idle()
    (shared,) = stub.called("chat.postMessage")[before:]
    assert shared["thread_ts"] == DIGEST
    assert f"shared by <@{ALICE}>" in str(shared["blocks"])


async def test_invalid_choices_are_refused_politely(stub: SlackStub) -> None:
    for value in ("why:c9", "context:c9", "nothing:c1", "why", "wrong:<!channel>"):
        answer = await answer_to_choice(stub, value)
        assert "no longer here" in answer["text"] or "no longer works" in answer["text"]


# -- what follows a digest


def file_trend(newsroom: Newsroom, clock: ManualClock) -> None:
    """File five days of claims by Ida Marsh."""
    for day in range(1, 6):
        text = " ".join(f"{day}x{n}" for n in range(200))
        said = [
            replace(claim(), id=f"{day}/{n}", article_id=f"d{day}", text=text[n:80], spans=())
            for n in range(3)
        ]
        article = Article(id=f"d{day}", origin=f"d{day}", text=text)
        at = MORNING - timedelta(days=day, hours=1)
        newsroom.store.archive.apply_steps(
            [FiledArticle(article, said)], arrival="single", now=lambda at=at: at
        )


def accept_uploads(stub: SlackStub, complete: object = None) -> None:
    url = f"{stub.url}/api/upload"
    asked = {"ok": True, "upload_url": url, "file_id": "F1"}
    stub.answers["files.getUploadURLExternal"] = asked
    stub.answers["upload"] = {"ok": True}
    stub.answers["files.completeUploadExternal"] = complete or {
        "ok": True,
        "files": [{"id": "F1"}],
    }


async def test_a_chart_is_posted_in_the_thread_once(newsroom: Newsroom, clock: ManualClock) -> None:
    file_trend(newsroom, clock)
    async with SlackStub().opened(newsroom) as stub:
        accept_uploads(stub)
        await post_digest(stub, clock)
        (asked,) = stub.called("files.getUploadURLExternal")
        assert asked["alt_txt"] == (
            "Bar chart of the claims by Ida Marsh, 21 Oct to 3 Nov: 16 in all, 3 on 29 Oct, "
            "1 on 3 Nov."
        )
        (done,) = stub.called("files.completeUploadExternal")
        assert (done["channel_id"], done["thread_ts"]) == (NEWSROOM, DIGEST)
        assert Image.open(io.BytesIO(stub.uploaded[0])).format == "PNG"


async def test_without_pillow_a_digest_has_no_chart(
    newsroom: Newsroom, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chart, "is_installed", lambda: False)
    file_trend(newsroom, clock)
    async with SlackStub().opened(newsroom) as stub:
        accept_uploads(stub)
        await post_digest(stub, clock)
        assert stub.called("chat.postMessage")
        assert not stub.called("files.getUploadURLExternal")
        assert not stub.uploaded


@pytest.mark.parametrize("answer", [500, "cut", {"ok": False, "error": "missing_scope"}])
async def test_a_refused_chart_is_only_logged(
    newsroom: Newsroom, clock: ManualClock, answer: object
) -> None:
    file_trend(newsroom, clock)
    async with SlackStub().opened(newsroom) as stub:
        accept_uploads(stub, answer)
        await post_digest(stub, clock)
        assert len(stub.called("files.completeUploadExternal")) == 1
        assert len(stub.called("chat.postMessage")) == 2  # the digest and its thread
    assert newsroom.store.jobs.failing() == []


async def test_a_chart_refused_for_want_of_a_scope_names_it(
    newsroom: Newsroom, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    file_trend(newsroom, clock)
    async with SlackStub().opened(newsroom) as stub:
        refusal = {"ok": False, "error": "missing_scope", "needed": "files:write"}
        stub.answers["files.getUploadURLExternal"] = refusal
        await post_digest(stub, clock)
        assert len(stub.called("chat.postMessage")) == 2
    assert "files:write is not granted: digests have no chart" in caplog.text


async def test_without_a_trend_there_is_no_chart(stub: SlackStub) -> None:
    assert stub.called("files.getUploadURLExternal") == []


async def test_a_disabled_chart_is_not_posted(newsroom: Newsroom, clock: ManualClock) -> None:
    file_trend(newsroom, clock)
    without = replace(newsroom.settings.digest, chart=False)
    reopen(newsroom, digest=without)
    async with SlackStub().opened(newsroom) as stub:
        accept_uploads(stub)
        await post_digest(stub, clock)
        assert stub.called("files.getUploadURLExternal") == []


async def test_an_interrupted_chart_is_not_repeated(newsroom: Newsroom, clock: ManualClock) -> None:
    file_trend(newsroom, clock)
    async with SlackStub().opened(newsroom) as stub:
        accept_uploads(stub)
        stub.answers["chat.postMessage"] = {"ok": True, "ts": DIGEST, "channel": NEWSROOM}
        known = slack_handlers(newsroom, stub.client)
        only = {one: known[one] for one in ("digest", "send")}
        await Worker(newsroom.delivery.jobs, only, TEAM).run_due()
        assert newsroom.delivery.jobs.take("killed", ["chart"], TEAM)
        clock.now += JOB_LEASE + timedelta(seconds=1)
        await make_worker(newsroom, stub.client, TEAM).run_due()
        assert not stub.called("files.completeUploadExternal")
        assert newsroom.store.jobs.failing() == []
