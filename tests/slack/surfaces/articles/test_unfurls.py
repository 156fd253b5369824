"""Unfurls of links to known articles, and their updates."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.articles.review import brought
from bot.model import Document, viewer_key
from bot.newsroom import Newsroom
from bot.slack.local import BOB, TEAM
from bot.slack.messages.worker import make_worker
from tests.slack import blockkit
from tests.slack.desk import PATIENCE, read
from tests.slack.slack_stub import Json, SlackStub, member

URL = "https://post.example/2026/harbour"
PLACE = "C7LINKS"
STORY = (
    "The wall has moved by a hand's breadth, said Ingrid Solvane, the harbour master.\n\n"
    "Officials denied that ships had left the roads outside the town on Monday evening."
)


@pytest.fixture
async def stub(reading: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(reading) as opened:
        yield opened


@pytest.fixture
def article_id(reading: Newsroom) -> str:
    story = Document(text=STORY, title="Harbour closed", url=URL, origin=URL, outlet="The Post")
    (outcome,) = reading.intake.articles.ingest([story])
    reading.updates.catch_up_if_free()
    return outcome.id


def shared(stub: SlackStub, *urls: str, **more: Any) -> Json:
    links = [{"domain": "post.example", "url": url} for url in urls]
    there = {"channel": PLACE, "message_ts": "3.1", "source": "conversations_history"}
    return stub.event("link_shared", **{**there, "links": links, **more})


async def post_links(stub: SlackStub, *urls: str, **more: Any) -> list[Json]:
    await stub.deliver(shared(stub, *urls, **more))
    await stub.wait_until_idle()
    return stub.called("chat.unfurl")


async def test_links_are_unfurled_only_if_switched_on(
    stub: SlackStub, reading: Newsroom, article_id: str
) -> None:
    assert await post_links(stub, URL) == []
    await stub.deliver(stub.command("unfurl on", "/article", channel_id=PLACE))
    assert "I'll show up to three claims in this channel" in (await stub.words())[0]
    [sent] = await post_links(stub, f"{URL}?utm_source=slack", "https://post.example/none")
    assert (sent["channel"], sent["ts"]) == (PLACE, "3.1")
    [(url, shown)] = sent["unfurls"].items()
    assert url == f"{URL}?utm_source=slack"
    words = read(shown)
    assert "The Post · " in words.splitlines()[0]
    assert f"<{URL}|Harbour closed>" in words.splitlines()[0]
    assert "hand's breadth" in words
    assert blockkit.problems(shown["blocks"]) == []

    assert len(await post_links(stub, URL, channel="C8OTHER")) == 1
    assert len(await post_links(stub, URL, source="composer")) == 1
    elsewhere = {**shared(stub, URL), "authorizations": [{"team_id": "T9OTHER"}]}
    await stub.deliver(elsewhere)
    await stub.wait_until_idle()
    assert len(stub.called("chat.unfurl")) == 1
    await stub.deliver(stub.command("unfurl", "/article", channel_id=PLACE))
    assert "turns that off" in (await stub.words(2))[1]
    await stub.deliver(stub.command("UNFURL off", "/article", channel_id=PLACE))
    assert "leave links" in (await stub.words(3))[2]
    assert len(await post_links(stub, URL)) == 1
    await stub.deliver(stub.command("unfurl on", "/article", channel_id="D1"))
    assert "only works in channels" in (await stub.words(4))[3]


async def test_only_reviewers_switch_unfurls_on(reading: Newsroom) -> None:
    async with SlackStub().opened(reading) as stub:
        stub.answers["users.info"] = member(BOB)
        for words, expected in [
            ("unfurl on", "Only reviewers can switch this on. Nothing was changed."),
            ("unfurl off", "From now on I'll leave links in this channel alone."),
        ]:
            typed = stub.command(words, "/article", channel_id=PLACE, user_id=BOB)
            assert (await stub.answer_to(typed))["text"] == expected
    assert not reading.store.channels.unfurls(TEAM, PLACE)


async def test_a_withdrawn_article_disappears_from_unfurls(
    stub: SlackStub, reading: Newsroom, article_id: str
) -> None:
    reading.store.channels.set_unfurls(TEAM, PLACE, enabled=True)
    await post_links(stub, URL)
    reading.intake.articles.remove([article_id], reason="the outlet has retracted it")
    await make_worker(reading, stub.client, TEAM).run_due()
    first, last = stub.called("chat.unfurl")
    assert "hand's breadth" in str(first["unfurls"])
    assert (last["channel"], last["ts"]) == (PLACE, "3.1")
    assert read(last["unfurls"][URL]) == "This article is no longer here."
    assert not stub.called("chat.update")
    assert len(await post_links(stub, URL, message_ts="3.2")) == 2


async def test_a_late_unfurl_does_not_restore_a_withdrawn_article(
    stub: SlackStub, reading: Newsroom, article_id: str
) -> None:
    reading.store.channels.set_unfurls(TEAM, PLACE, enabled=True)
    stub.held["chat.unfurl"] = asyncio.Event()
    delivered = asyncio.ensure_future(stub.deliver(shared(stub, URL)))
    async with asyncio.timeout(PATIENCE):
        while not stub.called("chat.unfurl"):
            await asyncio.sleep(0.01)
    reading.intake.articles.remove([article_id], reason="the outlet has retracted it")
    stub.held.pop("chat.unfurl").set()
    await delivered
    await stub.wait_until_idle()
    last = stub.called("chat.unfurl")[-1]
    assert read(last["unfurls"][URL]) == "This article is no longer here."


async def test_a_replacing_claim_is_updated_too(stub: SlackStub, reading: Newsroom) -> None:
    url = f"{URL}-quay"
    told = "\n\n".join(f"The quay will be closed on {n} May, said Mara Quill." for n in range(1, 6))
    (outcome,) = reading.intake.articles.ingest(
        [Document(text=told, title="Quay", url=url, origin=url)]
    )
    reading.store.channels.set_unfurls(TEAM, PLACE, enabled=True)
    await post_links(stub, url, message_ts="3.4")
    claims = reading.articles.overviews.load(outcome.id).claims
    assert len(claims) > 3
    for number in (0, 3):
        known = {"person": "U1", "person_name": "x", "is_accepted": True, "press": f"u{number}"}
        claim_id, reason = claims[number].claim.id, "it is none"
        reading.corrections.correct(
            team=TEAM, claim_id=claim_id, changes={"rejected": True}, reason=reason, **known
        )
        await make_worker(reading, stub.client, TEAM).run_due()
    last = str(stub.called("chat.unfurl")[-1]["unfurls"][url])
    assert [f"{n} May" in last for n in range(1, 6)] == [False, True, True, False, True]


async def test_refused_people_and_failed_calls_get_no_content(
    stub: SlackStub, reading: Newsroom, article_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    reading.store.channels.set_unfurls(TEAM, PLACE, enabled=True)
    stub.answers["chat.unfurl"] = {"ok": False, "error": "cannot_unfurl_url"}
    await post_links(stub, URL)
    assert "An article was not shown below its link" in caplog.text
    stub.answers["users.info"] = member("U03GUEST", is_restricted=True)
    await post_links(stub, URL, user="U03GUEST")
    assert len(stub.called("chat.unfurl")) == 1
    assert not stub.shown
    assert not stub.called("chat.postEphemeral")


async def test_an_article_that_nobody_has_reviewed_is_not_unfurled(
    stub: SlackStub, reading: Newsroom
) -> None:
    story = Document(text=STORY, title="Harbour closed", url=URL, origin=URL)
    [outcome] = reading.intake.articles.ingest([brought(story, viewer_key(TEAM, "U1"))])
    reading.store.channels.set_unfurls(TEAM, PLACE, enabled=True)
    assert await post_links(stub, URL) == []
    reading.intake.reviews.accept(outcome.id, by="Ida")
    assert len(await post_links(stub, URL)) == 1
