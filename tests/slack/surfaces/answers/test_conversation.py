"""Conversations in the local Slack: commands, buttons and their answers, in both modes."""

from __future__ import annotations

import logging
import re

import pytest
import sqlalchemy as sa

from bot.newsroom import Newsroom
from bot.slack.local import ALICE, NEWSROOM, TEAM
from bot.store.schema import outbox
from bot.words import say
from tests.slack.desk import Desk, controls, shown

YUAN = "using *rubles* and *yuan* in financial transactions"
OWN_WORDS = "In the article's own words"


async def test_an_answer_is_shown_to_the_asker_alone(desk: Desk) -> None:
    answer = await desk.answer_to_command("/claim yuan ruble")
    first, *_ = shown(answer).splitlines()
    assert first == "`Article's own words`"
    assert YUAN in answer["blocks"][0]["text"]["text"]
    assert "yuan ruble · " in shown(answer).splitlines()[-1]
    assert answer["text"].startswith(f"{OWN_WORDS}: In addition, Russia and China are increasingly")
    assert answer["ephemeral_to"] == ALICE


def examples(*texts: str) -> set[str]:
    """Return the example queries in a text, which are between backticks."""
    typed = [typed for text in texts for typed in re.findall("`([^`]+)`", text)]
    queries = {one.removeprefix("/claim ") for one in typed}
    return {one for one in queries if one[0] != "/"} - {"help", "photosynthesis"}


@pytest.mark.parametrize("query", sorted(examples(say("help.claim"), say("help.welcome"))))
def test_examples_in_help_and_welcome_find_something(newsroom: Newsroom, query: str) -> None:
    assert newsroom.search.find(query).hits


@pytest.mark.parametrize("key", ["help.claim", "help.welcome"])
def test_help_and_welcome_have_working_examples(newsroom: Newsroom, key: str) -> None:
    commands = dict(re.findall("`(/[a-z]+) ?([^`]*)`", say(key)))
    assert {"/speaker", "/article", "/watch", "/digest"} <= commands.keys()
    assert newsroom.speakers.profiles.load(commands["/speaker"], limit=1).hits
    assert newsroom.articles.overviews.find_by_text(commands["/article"])
    assert newsroom.search.find(commands["/watch"]).hits


async def test_a_search_that_finds_nothing_can_be_changed(desk: Desk) -> None:
    nothing = await desk.answer_to_command("/claim photosynthesis in:post")
    await desk.click(nothing, "change_search")
    opened = await desk.call_of("views.open")
    words = opened["view"]["blocks"][0]["element"]
    assert words["initial_value"] == "photosynthesis in:post"


@pytest.mark.parametrize("typed", ["<!channel>", "<@U02BOB> zzzz", "*x* `y` ~z~ :tada: qqqq"])
async def test_hostile_queries_stay_text(desk: Desk, typed: str) -> None:
    answer = await desk.answer_to_command(f"/claim {typed}")
    for text in (shown(answer), answer["text"]):
        assert "<!" not in text
        assert "<@" not in text
        assert ":tada:" not in text


async def test_context_opens_the_paragraph_with_the_claim_marked(desk: Desk) -> None:
    answer = await desk.answer_to_command("/claim yuan ruble")
    await desk.click(answer, "context")
    view = (await desk.call_of("views.open"))["view"]
    assert "*In addition, Russia and China are increasingly using rubles" in shown(view)
    assert "A move that could give both sides protection" in shown(view)
    assert OWN_WORDS in shown(view)


async def test_a_claim_is_shared_once_and_recorded(desk: Desk, newsroom: Newsroom) -> None:
    answer = await desk.answer_to_command("/claim yuan ruble")
    shared = await desk.answer_to_post(answer, "share")
    again = await desk.answer_to_post(answer, "share")
    assert "ephemeral_to" not in shared
    assert f"shared by <@{ALICE}>" in shown(shared)
    assert "increasingly using rubles" in shown(shared)
    assert "was already shared from here" in shown(again)
    (posted,) = desk.called("chat.postMessage")
    assert posted["unfurl_links"] is False
    assert posted["unfurl_media"] is False
    with newsroom.store.database.read() as connection:
        query = sa.select(outbox).where(outbox.c.ts == shared["ts"])
        (record,) = connection.execute(query)
    assert (record.team, record.channel, record.person) == (TEAM, NEWSROOM, ALICE)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("not_in_channel", "I'm not in this channel. Invite me with /invite @Claimdesk"),
        ("channel_not_found", "I'm not in this channel."),
        ("is_archived", "Slack says this channel is archived."),
        ("restricted_action", "this workspace restricts who may post here."),
    ],
)
async def test_a_refused_share_is_reported_and_can_be_retried(
    desk: Desk, caplog: pytest.LogCaptureFixture, code: str, told: str
) -> None:
    answer = await desk.answer_to_command("/claim yuan ruble")
    desk.faults["chat.postMessage"] = code
    with caplog.at_level(logging.ERROR):
        refusal = await desk.answer_to_post(answer, "share")
    assert shown(refusal).startswith("The claim was not shared: " + told)
    reference = re.search(r"Nothing was posted\. \(ref ([0-9a-f]{4})\)$", shown(refusal))
    assert reference
    assert refusal["ephemeral_to"] == ALICE
    assert f"ref {reference[1]}" in caplog.text
    assert f"({code})" in caplog.text
    assert "xoxb" not in caplog.text
    desk.faults.clear()
    shared = await desk.answer_to_post(answer, "share")
    assert f"shared by <@{ALICE}>" in shown(shared)


async def test_paging_reaches_every_claim_once(desk: Desk) -> None:
    page = await desk.answer_to_command("/claim port")
    total = int(re.search(r"(\d+) claims ·", shown(page))[1])  # type: ignore[index]
    seen: list[str] = []
    while True:
        shown_controls = list(controls(page["blocks"]))
        seen += [one.value for one in shown_controls if one.name == "context"]
        if not any(one.name == "next" for one in shown_controls):
            break
        page = await desk.answer_to_click(page, "next")
    assert len(seen) == len(set(seen)) == total


@pytest.mark.parametrize(
    "value", ["", "nonsense", "abc:-1", "unknown:3", "0:99999999", "<!channel>"]
)
async def test_a_forged_page_value_is_refused(desk: Desk, value: str) -> None:
    answer = await desk.answer_to_command("/claim port")
    told = await desk.answer_to_click(answer, "next", value=value)
    assert "Search again" in shown(told) or "ask again" in shown(told).casefold()
    assert told["ephemeral_to"] == ALICE


async def test_an_internal_failure_is_reported_and_logged(
    desk: Desk,
    newsroom: Newsroom,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*args: object, **options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(newsroom.search, "find_rows", fail)
    told = await desk.answer_to_command("/claim port")
    reference = re.search(r"That didn't work.*\(ref ([0-9a-f]{4})\)", shown(told))
    assert reference
    assert f"ref {reference[1]}" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "didn't call ack" not in caplog.text


@pytest.mark.parametrize("fault", ["channel_not_found", {"ok": True, "channel": {"id": "C"}}])
async def test_a_digest_needs_the_bot_in_the_channel(desk: Desk, fault: str | dict) -> None:
    desk.faults["conversations.info"] = fault
    told = await desk.answer_to_command("/digest on 08:30")
    assert shown(told).startswith("The digest was not set: I'm not in this channel. Invite me")
    assert "no digest" in shown(await desk.answer_to_command("/digest list"))
