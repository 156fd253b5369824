"""Wherever a disputed claim is shown, the dispute is."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from rich.console import Console

from bot import config
from bot.cli.output.json_lines import answer_json
from bot.cli.output.screen import print_answer
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.slack import channels
from bot.slack.gate import people
from bot.slack.surfaces.watches.blocks import alert_message
from bot.store import FiledArticle
from bot.wording.notes import dispute_lines
from tests.manual_clock import ManualClock
from tests.newsroom.watches.test_watches import TEAM, do
from tests.slack.desk import read
from tests.slack.slack_stub import SlackStub

DISPUTED = "Disputed: Jon Lund denied this · The Post"


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    clock = ManualClock(datetime(2026, 11, 25, 7, tzinfo=UTC))
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)}), clock) as opened:
        opened.open()
        yield opened


@pytest.fixture
async def stub(newsroom: Newsroom) -> AsyncIterator[SlackStub]:
    people.clear_cache()
    channels.clear_cache()
    async with SlackStub().opened(newsroom) as opened:
        yield opened


INSPECTED = "the northern quay wall at Vellmouth had been inspected in September"


def file(newsroom: Newsroom, name: str, speaker: str, cue: str, stance: str) -> None:
    """Store an article of one sentence, in which somebody says or denies something."""
    text = f"{speaker} {cue} that {INSPECTED}."
    article = Article(id=name, origin=name, text=text, title="Vellmouth quay", outlet="The Post")
    made = Claim(
        id=f"{name}-1",
        article_id=name,
        kind="attribution",
        text=INSPECTED,
        spans=((text.index(INSPECTED), len(text) - 1),),
        source=speaker,
        speaker=speaker,
        cue=cue,
        source_kind="named",
        type="indirect",
        stance=stance,  # type: ignore[arg-type]
    )
    filed = FiledArticle(article, [made], ((0, len(text)),))
    newsroom.store.archive.apply_steps([filed], arrival="single", now=newsroom.now)
    newsroom.updates.catch_up()


@pytest.fixture
def disputed(newsroom: Newsroom) -> Newsroom:
    """Return a newsroom with one claim and its denial."""
    file(newsroom, "b", "Mara Quill", "said", "said")
    file(newsroom, "d", "Jon Lund", "denied", "denied")
    return newsroom


@pytest.mark.parametrize("action", ["cite", "context"])
async def test_a_dispute_is_a_warning(stub: SlackStub, newsroom: Newsroom, action: str) -> None:
    file(newsroom, "b", "Mara Quill", "said", "said")
    assert DISPUTED not in read(await stub.view_opened_by(stub.press(action, "b-1")))
    file(newsroom, "d", "Jon Lund", "denied", "denied")
    assert DISPUTED in read(await stub.view_opened_by(stub.press(action, "b-1")))


@pytest.mark.parametrize(
    "query",
    ["quay wall", "by:quill", "by:quill quay wall", "quay wall -denied type:indirect by:quill"],
)
async def test_a_private_answer_shows_it_however_it_is_filtered(
    stub: SlackStub, disputed: Newsroom, query: str
) -> None:
    assert DISPUTED in read(await stub.answer_to(stub.command(query)))
    terminal = Console(file=io.StringIO(), width=200)
    answer = disputed.search.find_rows(query, limit=5)
    print_answer(terminal, answer)
    assert DISPUTED in terminal.file.getvalue()  # type: ignore[attr-defined]
    for hit in answer_json(disputed.search.find(query))["hits"]:
        assert {(one["id"], one["is_denial"], one["same_matter"]) for one in hit["disputes"]} == {
            ("d-1", True, False) if hit["id"] == "b-1" else ("b-1", False, False)
        }


def test_every_page_of_an_answer_shows_it(disputed: Newsroom) -> None:
    pages = [disputed.search.find_rows("quay wall", limit=1, offset=place) for place in (0, 1)]
    [one], [other] = ([dispute_lines(hit) for hit in page.hits] for page in pages)
    assert sorted([*one, *other]) == [
        "Denies what Mara Quill said · The Post · unclear which came first",
        f"{DISPUTED} · unclear which came first",
    ]


@pytest.mark.parametrize("surface", ["share", "mention", "direct message"])
async def test_a_message_shows_it(stub: SlackStub, newsroom: Newsroom, surface: str) -> None:
    file(newsroom, "d", "Jon Lund", "denied", "denied")
    file(newsroom, "b", "Mara Quill", "said", "said")
    words = "by:quill quay wall"
    if surface == "share":
        await stub.post(stub.press("share", "b-1"))
    elif surface == "mention":
        await stub.deliver(stub.event("app_mention", text=f"<@U0BOT> {words}"))
    else:
        await stub.deliver(stub.event("message", channel_type="im", channel="D1", text=words))
    await stub.wait_until_idle()
    messages = json.dumps(
        [message["blocks"] for message in stub.called("chat.postMessage")], ensure_ascii=False
    )
    assert DISPUTED in messages


def test_a_digest_shows_it(disputed: Newsroom) -> None:
    digest = disputed.digests.preview(
        day=date(2026, 11, 26), subscription=None, at=time(), zone="UTC"
    )
    [row] = [row for row in digest.rows if row.claim_id == "b-1"]
    assert [dispute.hit.claim.id for dispute in row.disputes] == ["d-1"]


def test_an_alert_of_a_watch_shows_it(newsroom: Newsroom) -> None:
    newsroom.watches.add(team=TEAM, person="U1", channel="C1", query="by:quill", zone="UTC")
    file(newsroom, "d", "Jon Lund", "denied", "denied")
    file(newsroom, "b", "Mara Quill", "said", "said")
    do(newsroom)
    message = newsroom.store.outbox.next_in_channel(TEAM, "C1")
    contents = message and newsroom.watches.alert_contents(message)
    assert contents
    assert DISPUTED in read(alert_message(contents)._asdict())
