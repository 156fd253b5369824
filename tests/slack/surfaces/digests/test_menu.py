"""What people do with a digest that stands in a channel: its menus, and its thread."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from PIL import Image

from bot import config
from bot.config.settings import MailSettings
from bot.delivery import mail
from bot.delivery.queue import JOB_LEASE
from bot.delivery.worker import Worker
from bot.digest import SETTLING, chart
from bot.model import Article, Claim, DigestWants
from bot.newsroom import Newsroom
from bot.slack.local import ALICE, NEWSROOM, TEAM
from bot.slack.messages.worker import in_slack, worker_of
from bot.slack.surfaces.digests.blocks import ROW_CHOICES
from bot.slack.surfaces.digests.details import ask_for_details
from bot.slack.surfaces.digests.menu import CHOICES
from bot.store import Filed, MessageKey
from bot.store.delivery.payloads import DigestThreadPayload
from tests.anew import opened_anew
from tests.hand_clock import Clock
from tests.slack import blockkit
from tests.slack.front import Front, Json

MORNING = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
TEXT = "Engineers said. The quay wall had moved by nine centimetres since Sunday morning."
DIGEST = "7.7"
"""The ts of the digest."""


@pytest.fixture
def clock() -> Clock:
    return Clock(MORNING - timedelta(hours=2))


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
def newsroom(tmp_path: Path, clock: Clock) -> Iterator[Newsroom]:
    """A newsroom with one claim, whose digest is due."""
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)}), clock) as opened:
        opened.open()
        article = Article(id="a", origin="a", text=TEXT, title="Quay", outlet="The Post")
        opened.store.archive.file(
            [Filed(article, [claim()], paragraphs=((0, len(TEXT)),))], arrival="single", now=clock
        )
        opened.updates.catch_up()
        opened.digests.subscriptions.subscribe(
            team=TEAM, channel=NEWSROOM, at=time(8, 30), zone="UTC", person=ALICE
        )
        clock.now = MORNING + SETTLING
        yield opened


@pytest.fixture
async def front(newsroom: Newsroom, clock: Clock) -> AsyncIterator[Front]:
    """The digest has been posted, and its thread."""
    async with Front().opened(newsroom) as opened:
        await posted(opened, clock)
        yield opened


async def posted(front: Front, clock: Clock) -> None:
    front.answers["chat.postMessage"] = {"ok": True, "ts": DIGEST, "channel": NEWSROOM}
    worker = worker_of(front.newsroom, front.client, TEAM)
    await worker.run_due()
    clock.now += timedelta(seconds=5)
    front.answers["chat.postMessage"] = {"ok": True, "ts": "8.8", "channel": NEWSROOM}
    await worker.run_due()


def chosen(front: Front, value: str) -> Json:
    press = front.press("digest_row")
    press["container"]["message_ts"] = DIGEST
    option = {"text": {"type": "plain_text", "text": "chosen"}, "value": value}
    press["actions"] = [{"type": "overflow", "action_id": "digest_row", "selected_option": option}]
    return press


async def told(front: Front, value: str) -> Json:
    """What the person alone sees of a choice."""
    before = len(front.called("chat.postMessage"))
    await front.deliver(chosen(front, value))
    await front.words(before + 1)
    answer: Json = front.shown[-1]
    assert blockkit.problems(answer["blocks"]) == []
    return answer


async def test_the_details_hang_in_the_digests_thread(front: Front) -> None:
    digest, detail = front.called("chat.postMessage")
    assert "thread_ts" not in digest
    assert detail["thread_ts"] == DIGEST
    assert blockkit.problems(detail["blocks"]) == []
    assert "Engineers said." in str(detail["blocks"])


async def test_asked_for_again_only_what_its_thread_lacks_is_added(
    front: Front, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = MessageKey(TEAM, NEWSROOM, DIGEST)
    whole = newsroom.delivery.messages.posted_digest(key)
    assert whole
    [row] = whole.rows
    assert row.stands.hit
    found = replace(row.stands.hit, claim=replace(claim(), id="c2"))
    other = replace(row, claim_id="c2", stands=replace(row.stands, hit=found))
    grown = replace(whole, sections=(replace(whole.sections[0], rows=(other, row)),))
    monkeypatch.setattr(newsroom.delivery.messages, "posted_digest", lambda message: grown)
    newsroom.store.jobs.add("detail", "k", key._asdict(), due_at=MORNING, team=TEAM)
    job = newsroom.delivery.jobs.take("w", ["detail"], TEAM)
    assert job
    for _ in range(2):
        ask_for_details(newsroom, job)
    named = f"digest/{NEWSROOM}/2026-11-03/detail"
    asked = [newsroom.store.outbox.by_key(TEAM, f"{named}/{number}") for number in range(3)]
    assert [one and one.payload for one in asked] == [
        *(DigestThreadPayload(("c1",)), DigestThreadPayload(("c2",)), None)
    ]


def test_every_choice_of_the_menu_is_answered() -> None:
    assert set(CHOICES) == set(ROW_CHOICES)


async def test_why_a_row_is_there_is_told_to_whoever_asks(front: Front) -> None:
    answer = await told(front, "why:c1")
    assert answer["text"].splitlines()[0] == "Why this is here"
    assert "· The article names who said it." in answer["text"]


async def test_context_and_cite_open_their_modal(front: Front) -> None:
    for number, choice in enumerate(("context", "cite"), 1):
        await front.deliver(chosen(front, f"{choice}:c1"))
        for _ in range(50):
            if len(calls := front.called("views.open")) == number:
                break
            await front.quiet()
        view = calls[-1]["view"]
        assert blockkit.view_problems(view) == []
        assert view["callback_id"] == choice


async def test_what_is_wrong_leads_to_the_modals_of_corrections(front: Front) -> None:
    answer = await told(front, "wrong:c1")
    buttons = answer["blocks"][-1]["elements"]
    assert [one["action_id"] for one in buttons] == [
        "correct_speaker",
        "correct_rejected",
        "correct_words",
        "correct_article",
    ]
    assert {one["value"] for one in buttons[:3]} == {"c1"}


async def test_a_claim_is_shared_in_the_digests_thread_once(
    front: Front, newsroom: Newsroom, clock: Clock
) -> None:
    before = len(front.called("chat.postMessage"))
    clock.now += timedelta(seconds=5)
    for _ in range(2):
        await front.deliver(chosen(front, "share_thread:c1"))
        await front.quiet()
        await front.quiet()
    (shared,) = front.called("chat.postMessage")[before:]
    assert shared["thread_ts"] == DIGEST
    assert f"shared by <@{ALICE}>" in str(shared["blocks"])


async def test_what_leads_nowhere_is_said_kindly(front: Front) -> None:
    for value in ("why:c9", "context:c9", "nothing:c1", "why", "wrong:<!channel>"):
        answer = await told(front, value)
        assert "no longer here" in answer["text"] or "no longer works" in answer["text"]


# -- what follows a digest


def trending(newsroom: Newsroom, clock: Clock) -> None:
    """Ida Marsh has been quoted for days."""
    for day in range(1, 6):
        text = " ".join(f"{day}x{n}" for n in range(200))
        said = [
            replace(claim(), id=f"{day}/{n}", article_id=f"d{day}", text=text[n:80], spans=())
            for n in range(3)
        ]
        article = Article(id=f"d{day}", origin=f"d{day}", text=text)
        at = MORNING - timedelta(days=day, hours=1)
        newsroom.store.archive.file([Filed(article, said)], arrival="single", now=lambda at=at: at)


def uploads(front: Front, complete: object = None) -> None:
    url = f"{front.url}/api/upload"
    asked = {"ok": True, "upload_url": url, "file_id": "F1"}
    front.answers["files.getUploadURLExternal"] = asked
    front.answers["upload"] = {"ok": True}
    front.answers["files.completeUploadExternal"] = complete or {
        "ok": True,
        "files": [{"id": "F1"}],
    }


async def test_a_chart_hangs_in_the_thread_once(newsroom: Newsroom, clock: Clock) -> None:
    trending(newsroom, clock)
    async with Front().opened(newsroom) as front:
        uploads(front)
        await posted(front, clock)
        (asked,) = front.called("files.getUploadURLExternal")
        assert asked["alt_txt"] == (
            "Bar chart of the claims by Ida Marsh, 21 Oct to 3 Nov: 16 in all, 3 on 29 Oct, "
            "1 on 3 Nov."
        )
        (done,) = front.called("files.completeUploadExternal")
        assert (done["channel_id"], done["thread_ts"]) == (NEWSROOM, DIGEST)
        assert Image.open(io.BytesIO(front.uploaded[0])).format == "PNG"


async def test_all_that_hangs_there_has_its_dates_in_the_channels_language(
    newsroom: Newsroom, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Json] = []
    monkeypatch.setattr(mail, "send", lambda *_, **words: sent.append(words))
    server = MailSettings(host="mail.example.org", sender="a@b.org", recipients=("c@d.org",))
    opened_anew(newsroom, mail=server)
    known = newsroom.store.ledger.subscription(TEAM, NEWSROOM)
    assert known
    newsroom.store.ledger.subscribe(replace(known, wants=DigestWants(language="de")))
    trending(newsroom, clock)
    async with Front().opened(newsroom) as front:
        uploads(front)
        await posted(front, clock)
        digest, _ = front.called("chat.postMessage")
        heading = digest["blocks"][0]["text"]["text"]
        assert heading.startswith("Dienstag, 3. November 2026: ")
        (asked,) = front.called("files.getUploadURLExternal")
        assert asked["alt_txt"].endswith(
            "21. Okt. to 3. Nov.: 16 in all, 3 on 29. Okt., 1 on 3. Nov."
        )
        assert len(front.uploaded) == 1
    assert [one["subject"] for one in sent] == [heading]
    assert heading in sent[0]["text"]
    assert heading in sent[0]["html"]


async def test_without_pillow_a_digest_has_no_chart(
    newsroom: Newsroom, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chart, "is_installed", lambda: False)
    trending(newsroom, clock)
    async with Front().opened(newsroom) as front:
        uploads(front)
        await posted(front, clock)
        assert front.called("chat.postMessage")
        assert not front.called("files.getUploadURLExternal")
        assert not front.uploaded


@pytest.mark.parametrize("answer", [500, "cut", {"ok": False, "error": "missing_scope"}])
async def test_a_chart_that_is_not_taken_harms_nothing(
    newsroom: Newsroom, clock: Clock, answer: object
) -> None:
    trending(newsroom, clock)
    async with Front().opened(newsroom) as front:
        uploads(front, answer)
        await posted(front, clock)
        assert len(front.called("files.completeUploadExternal")) == 1
        assert len(front.called("chat.postMessage")) == 2  # the digest and its thread
    assert newsroom.store.jobs.in_trouble() == []


async def test_without_a_trend_there_is_no_chart(front: Front) -> None:
    assert front.called("files.getUploadURLExternal") == []


async def test_where_it_is_not_wanted_there_is_no_chart(newsroom: Newsroom, clock: Clock) -> None:
    trending(newsroom, clock)
    without = replace(newsroom.settings.digest, chart=False)
    opened_anew(newsroom, digest=without)
    async with Front().opened(newsroom) as front:
        uploads(front)
        await posted(front, clock)
        assert front.called("files.getUploadURLExternal") == []


@pytest.mark.parametrize("kind", ["chart", "mail"])
async def test_whoever_dies_in_the_middle_of_it_leaves_it_undone_rather_than_twice(
    newsroom: Newsroom, clock: Clock, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    trending(newsroom, clock)
    sent: list[str] = []
    monkeypatch.setattr(mail, "send", lambda *_, **words: sent.append(words["name"]))
    server = MailSettings(host="mail.example.org", sender="a@b.org", recipients=("c@d.org",))
    opened_anew(newsroom, mail=server)
    async with Front().opened(newsroom) as front:
        uploads(front)
        front.answers["chat.postMessage"] = {"ok": True, "ts": DIGEST, "channel": NEWSROOM}
        known = in_slack(newsroom, front.client)
        only = {one: known[one] for one in ("digest", "send")}
        await Worker(newsroom.delivery.jobs, only, TEAM).run_due()
        assert newsroom.delivery.jobs.take("killed", [kind], TEAM)
        clock.now += JOB_LEASE + timedelta(seconds=1)
        await worker_of(newsroom, front.client, TEAM).run_due()
        assert bool(front.called("files.completeUploadExternal")) == (kind != "chart")
        assert bool(sent) == (kind != "mail")
        ill = [(job.kind, job.state) for job in newsroom.store.jobs.in_trouble()]
        assert ill == ([("mail", "failed")] if kind == "mail" else [])
