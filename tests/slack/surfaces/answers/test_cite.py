"""Citing a claim posts its sentence in the thread of the message with the button."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import config
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.slack import channels
from bot.slack.gate import people
from bot.slack.local import ALICE, NEWSROOM, TEAM
from bot.store import FiledArticle
from tests.manual_clock import ManualClock
from tests.slack.desk import read
from tests.slack.slack_stub import Json, SlackStub

TEXT = "The mills, he said, are shut. Ida Marsh said that the mills would reopen. She denied this."


def claim(name: str, source: str, cue: str, content: str) -> Claim:
    spans = {words: (at := TEXT.index(words), at + len(words)) for words in (source, cue, content)}
    return Claim(
        id=name,
        article_id="a",
        kind="attribution",
        text=content,
        spans=(spans[content],),
        source_spans=(spans[source],),
        cue_spans=(spans[cue],),
        source=source,
        cue=cue,
        speaker="Ida Marsh",
        source_kind="named",
        type="indirect",
        stance="said",
    )


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    clock = ManualClock(datetime(2026, 11, 25, 7, tzinfo=UTC))
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)}), clock) as opened:
        opened.open()
        article = Article(id="a", origin="a", text=TEXT, title="Mills")
        claims = [
            claim("c1", "Ida Marsh", "said that", "the mills would reopen"),
            claim("c2", "She", "denied", "this"),
        ]
        filed = FiledArticle(article, claims, ((0, len(TEXT)),))
        opened.store.archive.apply_steps([filed], arrival="single", now=clock)
        opened.updates.catch_up()
        yield opened


@pytest.fixture
async def stub(newsroom: Newsroom) -> AsyncIterator[SlackStub]:
    people.clear_cache()
    channels.clear_cache()
    async with SlackStub().opened(newsroom) as opened:
        yield opened


def press_cite(
    stub: SlackStub, claim_id: str = "c1", channel: str = NEWSROOM, **place: Any
) -> Json:
    where = {"type": "message", "message_ts": "1.5", "channel_id": channel, **place}
    return stub.press("cite", claim_id, channel={"id": channel}, container=where)


def submission(stub: SlackStub, view: Json) -> Json:
    return stub.submission("cite", private_metadata=view.get("private_metadata", ""))


def posted(stub: SlackStub) -> list[Json]:
    return stub.called("chat.postMessage")


async def test_a_citation_is_posted_in_the_messages_thread(stub: SlackStub) -> None:
    view = await stub.view_opened_by(press_cite(stub))
    assert view["submit"]["text"] == "Post in thread"
    assert posted(stub) == []
    await stub.deliver(submission(stub, view))
    await stub.wait_until_idle()
    [cited] = posted(stub)
    assert (cited["channel"], cited["thread_ts"]) == (NEWSROOM, "1.5")
    text = cited["blocks"][0]["text"]
    assert (text["type"], text["text"]) == (
        "plain_text",
        view["blocks"][-3]["element"]["initial_value"],
    )
    assert text["text"].startswith("Ida Marsh said that the mills would reopen, an article report")
    assert cited["blocks"][:-1] == view["blocks"][1 : len(cited["blocks"])]
    assert f"cited by <@{ALICE}>" in json.dumps(cited["blocks"])


async def test_cite_warns_in_the_post_as_in_the_modal(stub: SlackStub, newsroom: Newsroom) -> None:
    view = await stub.view_opened_by(press_cite(stub, "c2"))
    warning = "The article prints “She” here; I inferred that this is Ida Marsh."
    assert warning in read(view)
    await stub.deliver(submission(stub, view))
    await stub.wait_until_idle()
    [cited] = posted(stub)
    assert warning in read(cited)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"speaker": "Jon Lund"}, "Jon Lund said that the mills would reopen, an article reported"),
        ({"content": "mills would reopen"}, "Ida Marsh said that mills would reopen, an article"),
        ({"source": "he", "cue": "said"}, "the mills would reopen.\n– Ida Marsh (“he”) said"),
    ],
)
async def test_cite_takes_the_corrected_words(
    stub: SlackStub, newsroom: Newsroom, changes: Json, text: str
) -> None:
    for name in changes.keys() & {"source", "cue", "content"}:
        at = TEXT.index(changes[name])
        changes[name] = ((at, at + len(changes[name])),)
    newsroom.corrections.correct(
        **{"team": TEAM, "press": "9", "claim_id": "c1", "changes": changes, "reason": "so"},
        **{"person": ALICE, "person_name": "alice", "is_accepted": True},
    )
    view = await stub.view_opened_by(press_cite(stub))
    assert text in view["blocks"][1]["text"]["text"]


async def test_in_a_thread_a_citation_is_posted_there(stub: SlackStub) -> None:
    alone = {"thread_ts": "1.1", "is_ephemeral": True}
    await stub.deliver(submission(stub, await stub.view_opened_by(press_cite(stub, **alone))))
    await stub.wait_until_idle()
    assert [one["thread_ts"] for one in posted(stub)] == ["1.1"]


async def test_a_modal_sent_twice_posts_once(stub: SlackStub) -> None:
    view = await stub.view_opened_by(press_cite(stub))
    await stub.deliver(submission(stub, view))
    told = read(await stub.answer_to(submission(stub, view)))
    assert "This claim was already cited from here. To cite it again, search for it again." in told
    await stub.wait_until_idle()
    assert len(posted(stub)) == 1


async def test_a_shared_claim_can_be_cited_from_its_message(
    stub: SlackStub, newsroom: Newsroom
) -> None:
    place = {"type": "message", "message_ts": "1.5", "channel_id": NEWSROOM}
    await stub.post(stub.press("share", "c1", container=place))
    await stub.wait_until_idle()
    await stub.deliver(submission(stub, await stub.view_opened_by(press_cite(stub))))
    await stub.wait_until_idle()
    for kind in ("share", "cite"):  # one of them may have to wait for its turn in the channel
        assert newsroom.store.outbox.by_key(TEAM, f"{kind}/{NEWSROOM}/1.5/c1")


async def test_without_a_sentence_the_quotation_is_posted(stub: SlackStub) -> None:
    view = await stub.view_opened_by(press_cite(stub, "c2"))
    assert "I can't make a sentence of this one, so here is the quote." in read(view)
    await stub.deliver(submission(stub, view))
    await stub.wait_until_idle()
    [cited] = posted(stub)
    assert "She denied this.\n– Ida Marsh (“She”) denied" in cited["blocks"][0]["text"]["text"]


async def test_from_an_ephemeral_answer_it_posts_in_the_channel(
    stub: SlackStub,
) -> None:
    view = await stub.view_opened_by(press_cite(stub, is_ephemeral=True))
    assert view["submit"]["text"] == "Post in channel"
    await stub.deliver(submission(stub, view))
    await stub.wait_until_idle()
    assert [one.get("thread_ts") for one in posted(stub)] == [None]


@pytest.mark.parametrize(
    ("channel", "place"),
    [(NEWSROOM, {"type": "view", "message_ts": None}), ("D0BOB", {"is_ephemeral": True})],
)
async def test_in_a_direct_message_nothing_is_posted(
    stub: SlackStub, channel: str, place: Json
) -> None:
    view = await stub.view_opened_by(press_cite(stub, channel=channel, **place))
    assert "It can't be posted from here" in read(view)
    assert view["submit"]["text"] == "Done"
    assert (await stub.deliver(submission(stub, view))).status == 200
    await stub.wait_until_idle()
    assert posted(stub) == []


@pytest.mark.parametrize("refusal", ["not_in_channel", "is_archived", "channel_not_found"])
async def test_a_refused_citation_is_reported(stub: SlackStub, refusal: str) -> None:
    view = await stub.view_opened_by(press_cite(stub))
    stub.answers["chat.postMessage"] = {"ok": False, "error": refusal}
    told = read(await stub.answer_to(submission(stub, view)))
    assert told.startswith("The citation was not posted")


async def test_a_deleted_claim_is_not_cited(stub: SlackStub, newsroom: Newsroom) -> None:
    view = await stub.view_opened_by(press_cite(stub))
    newsroom.intake.articles.remove(["a"], reason="a mistake")
    told = read(await stub.answer_to(submission(stub, view)))
    assert "no longer here" in told
    assert posted(stub) == []
