"""Wherever a disputed claim is shown, the dispute is."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import config
from bot.cli.output.json_lines import answer_json
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.slack import channels
from bot.slack.gate import people
from bot.slack.local import NEWSROOM
from bot.store import FiledArticle
from tests.manual_clock import ManualClock
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


@pytest.mark.parametrize("action", ["cite", "context"])
async def test_a_dispute_is_a_warning(stub: SlackStub, newsroom: Newsroom, action: str) -> None:
    file(newsroom, "b", "Mara Quill", "said", "said")
    assert DISPUTED not in read(await stub.view_opened_by(stub.press(action, "b-1")))
    file(newsroom, "d", "Jon Lund", "denied", "denied")
    assert DISPUTED in read(await stub.view_opened_by(stub.press(action, "b-1")))


@pytest.mark.parametrize("is_shared", [True, False])
async def test_a_dispute_is_in_what_everyone_sees(
    stub: SlackStub, newsroom: Newsroom, is_shared: bool
) -> None:
    file(newsroom, "b", "Mara Quill", "said", "said")
    file(newsroom, "d", "Jon Lund", "denied", "denied")
    mention = stub.event("app_mention", text="<@U0BOT> by:quill quay wall")
    await (stub.post(stub.press("share", "b-1")) if is_shared else stub.deliver(mention))
    await stub.wait_until_idle()
    [message] = stub.called("chat.postMessage")
    assert message["channel"] == NEWSROOM
    assert DISPUTED in json.dumps(message["blocks"], ensure_ascii=False)


def test_json_has_disputes_with_claims_that_the_query_misses(newsroom: Newsroom) -> None:
    file(newsroom, "b", "Mara Quill", "said", "said")
    file(newsroom, "d", "Jon Lund", "denied", "denied")
    found = newsroom.search.find("by:quill quay wall")
    assert [row.disputes for row in found.rows] == [()]
    [hit] = answer_json(newsroom.reports.with_disputes(found))["hits"]
    assert [(one["id"], one["is_denial"]) for one in hit["disputes"]] == [("d-1", True)]
