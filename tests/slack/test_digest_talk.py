"""What people do with a digest that stands in a channel: its menus, and its thread."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import blockkit
import pytest
from front import Front, Json

from bot import config
from bot.digest import SETTLING
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.slack.digest_actions import CHOICES
from bot.slack.digest_blocks import ROW_CHOICES
from bot.slack.local import ALICE, NEWSROOM, TEAM
from bot.slack.worker import Worker
from bot.store import Filed

MORNING = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
TEXT = "Engineers said. The quay wall had moved by nine centimetres since Sunday morning."
DIGEST = "7.7"
"""The ts of the digest."""


class Clock:
    now = MORNING - timedelta(hours=2)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def newsroom(tmp_path: Path, clock: Clock) -> Iterator[Newsroom]:
    """A newsroom with one claim, whose digest is due."""
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path)})
    claim = Claim(
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
    with Newsroom(settings, clock) as opened:
        opened.open()
        article = Article(id="a", origin="a", text=TEXT, title="Quay", outlet="The Post")
        opened.store.archive.file(
            [Filed(article, [claim], paragraphs=((0, len(TEXT)),))], arrival="single", now=clock
        )
        opened.catch_up()
        opened.subscribe(team=TEAM, channel=NEWSROOM, at=time(8, 30), zone="UTC", person=ALICE)
        clock.now = MORNING + SETTLING
        yield opened


@pytest.fixture
async def front(newsroom: Newsroom, clock: Clock) -> AsyncIterator[Front]:
    """The digest has been posted, and its thread."""
    async with Front().opened(newsroom) as opened:
        opened.answers["chat.postMessage"] = {"ok": True, "ts": DIGEST, "channel": NEWSROOM}
        worker = Worker(newsroom, opened.client, TEAM)
        await worker.work_off()
        clock.now += timedelta(seconds=5)
        opened.answers["chat.postMessage"] = {"ok": True, "ts": "8.8", "channel": NEWSROOM}
        await worker.work_off()
        yield opened


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


def test_every_choice_of_the_menu_is_answered() -> None:
    assert set(CHOICES) == set(ROW_CHOICES)


async def test_why_a_row_is_there_is_told_to_whoever_asks(front: Front) -> None:
    answer = await told(front, "why:c1")
    assert answer["text"].splitlines()[0] == "Why this is here"
    assert "· Its source is named." in answer["text"]


@pytest.mark.parametrize("choice", ["context", "cite"])
async def test_context_and_cite_open_their_modal(front: Front, choice: str) -> None:
    await front.deliver(chosen(front, f"{choice}:c1"))
    for _ in range(50):
        if calls := front.called("views.open"):
            break
        await front.quiet()
    view = calls[0]["view"]
    assert blockkit.view_problems(view) == []
    assert view["callback_id"] == choice


async def test_what_is_wrong_leads_to_the_modals_of_corrections(front: Front) -> None:
    answer = await told(front, "wrong:c1")
    buttons = answer["blocks"][-1]["elements"]
    assert [one["action_id"] for one in buttons] == [
        "correct_speaker",
        "correct_rejected",
        "correct_words",
    ]
    assert {one["value"] for one in buttons} == {"c1"}


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


@pytest.mark.parametrize("value", ["why:c9", "context:c9", "nothing:c1", "why", "wrong:<!channel>"])
async def test_what_leads_nowhere_is_said_kindly(front: Front, value: str) -> None:
    answer = await told(front, value)
    assert "not there any more" in answer["text"] or "leads nowhere" in answer["text"]
