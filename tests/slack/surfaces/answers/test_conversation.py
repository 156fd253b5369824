"""Conversations in the local Slack: commands, buttons and their answers, in both modes."""

from __future__ import annotations

import logging
import re

import pytest
import sqlalchemy as sa

from bot.newsroom import Newsroom
from bot.slack.local import ALICE, BOB, NEWSROOM, PLANNING, TEAM
from bot.store.schema import outbox
from bot.words import say
from tests.slack.desk import Desk, read, shown

YUAN = "using *rubles* and *yuan* in financial transactions"
OWN_WORDS = "In the article's own words"


async def test_an_answer_is_shown_to_the_asker_alone(desk: Desk) -> None:
    answer = await desk.answer_to_command("/claim yuan ruble")
    first, *_ = shown(answer).splitlines()
    assert first == OWN_WORDS
    assert YUAN in answer["blocks"][0]["text"]["text"]
    assert "yuan ruble · " in shown(answer).splitlines()[-1]
    assert answer["text"].startswith(f"{OWN_WORDS}: In addition, Russia and China are increasingly")
    assert answer["ephemeral_to"] == ALICE


async def test_typos_are_corrected_and_mentioned(desk: Desk) -> None:
    answer = await desk.answer_to_command("/claim yaun rubel")
    assert YUAN in shown(answer)
    assert shown(answer).startswith(
        "Nothing for “yaun”, “rubel”; showing claims about “yuan rubles”."
    )


@pytest.mark.parametrize("typed", ["/claim help", "/claim ?", "/claim HELP"])
async def test_help_says_what_to_type(desk: Desk, typed: str) -> None:
    answer = await desk.answer_to_command(typed)
    assert "`/claim yuan ruble`" in shown(answer)
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


async def test_nothing_found_says_what_was_searched(desk: Desk) -> None:
    answer = await desk.answer_to_command("/claim photosynthesis")
    assert re.match(r"Nothing on photosynthesis in \d+ articles \(\d+ claims, ", shown(answer))


async def test_a_search_that_finds_nothing_can_be_changed(desk: Desk) -> None:
    nothing = await desk.answer_to_command("/claim photosynthesis in:post")
    await desk.click(nothing, "change_search")
    opened = await desk.call_of("views.open")
    words = opened["view"]["blocks"][0]["element"]
    assert words["initial_value"] == "photosynthesis in:post"


async def test_a_suggestion_leads_to_claims(desk: Desk) -> None:
    nothing = await desk.answer_to_command("/claim photosynthesis harbour")
    answer = await desk.answer_to_click(nothing, "suggest_0")
    assert answer["ts"] == nothing["ts"]
    assert "Nothing on" not in shown(answer)
    assert any(block["type"] == "actions" for block in answer["blocks"])


@pytest.mark.parametrize("typed", ["<!channel>", "<@U02BOB> zzzz", "*x* `y` ~z~ :tada: qqqq"])
async def test_hostile_queries_stay_text(desk: Desk, typed: str) -> None:
    answer = await desk.answer_to_command(f"/claim {typed}")
    for text in (shown(answer), answer["text"]):
        assert "<!" not in text
        assert "<@" not in text
        assert ":tada:" not in text


async def test_an_unclosed_quotation_mark_is_answered(desk: Desk) -> None:
    answer = await desk.answer_to_command('/claim "zebra crossing')
    assert "zebra crossing" in shown(answer)


async def test_an_unreadable_query_is_explained(desk: Desk) -> None:
    answer = await desk.answer_to_command("/claim after:never")
    assert shown(answer).startswith("I can't read after:never.")
    assert "(ref" not in shown(answer)


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


async def test_paging_replaces_the_message(desk: Desk) -> None:
    first = await desk.answer_to_command("/claim port")
    second = await desk.answer_to_click(first, "next")
    assert second["ts"] == first["ts"]
    assert "4–6 shown" in shown(second)
    assert "4–6 shown" not in shown(first)
    back = await desk.answer_to_click(second, "previous")
    assert shown(back) == shown(first)


async def test_paging_reaches_every_claim_once(desk: Desk) -> None:
    page = await desk.answer_to_command("/claim port")
    total = int(re.search(r"(\d+) claims ·", shown(page))[1])  # type: ignore[index]
    seen: list[str] = []
    while True:
        buttons = [b for block in page["blocks"] for b in block.get("elements", [])]
        seen += [b["value"] for b in buttons if b.get("action_id") == "context"]
        beside = [block["accessory"] for block in page["blocks"] if "accessory" in block]
        menus = [menu for menu in beside if menu["type"] == "overflow"]
        seen += [menu["options"][0]["value"].removeprefix("alone:") for menu in menus]
        if not any(b.get("action_id") == "next" for b in buttons):
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


async def test_a_deleted_claim_is_reported(desk: Desk) -> None:
    answer = await desk.answer_to_command("/claim port")
    for action in ("context", "share"):
        told = await desk.answer_to_click(answer, action, value="no-such-claim")
        assert "no longer here" in shown(told)
    assert not desk.called("chat.postMessage")


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


async def test_a_digest_is_set_changed_listed_and_ended(desk: Desk, newsroom: Newsroom) -> None:
    assert "no digest" in shown(await desk.answer_to_command("/digest list"))
    answer = await desk.answer_to_command("/digest on 8:30pm weekdays", person=BOB)
    assert "every weekday at 20:30 (America/New_York)" in read(answer)
    assert answer["ephemeral_to"] == BOB
    assert (await desk.open_modal("/digest"))["callback_id"] == "digest_settings"
    known = await desk.messages()
    chosen = {
        "days": {"days": {"selected_options": [{"value": "1"}, {"value": "3"}]}},
        "length": {"length": {"selected_option": {"value": "short"}}},
        "paused": {"paused": {"selected_date": None}},
    }
    typed = {"at": "nine", "zone": "London", "topics": "yuan ruble", "outlets": ""}
    texts = {name: {name: {"value": value}} for name, value in typed.items()}
    assert (await desk.submit_values({**chosen, **texts}))["t"] == "view_errors"
    texts["at"]["at"]["value"] = "9am"
    await desk.submit_values({**chosen, **texts})
    said = read(await desk.next_message(known))
    assert "on Mon, Wed at 09:00 (Europe/London)" in said
    assert "topics: yuan ruble · short: 5 claims" in said
    listed = await desk.answer_to_command("/digest list", person=BOB)
    assert f"<#{NEWSROOM}> · on Mon, Wed at 09:00" in read(listed)
    assert "no digest yet" in read(
        await desk.answer_to_command("/digest preview", channel=PLANNING)
    )
    assert "The digest is off" in shown(await desk.answer_to_command("/digest off"))
    assert "This channel has no digest" in shown(await desk.answer_to_command("/digest off"))


@pytest.mark.parametrize("fault", ["channel_not_found", {"ok": True, "channel": {"id": "C"}}])
async def test_a_digest_needs_the_bot_in_the_channel(desk: Desk, fault: str | dict) -> None:
    desk.faults["conversations.info"] = fault
    told = await desk.answer_to_command("/digest on 08:30")
    assert shown(told).startswith("The digest was not set: I'm not in this channel. Invite me")
    assert "no digest" in shown(await desk.answer_to_command("/digest list"))


@pytest.mark.parametrize("typed", ["/digest help", "/digest sometimes", "/digest on"])
async def test_digest_help(desk: Desk, typed: str) -> None:
    assert "`/digest on 08:30`" in shown(await desk.answer_to_command(typed))


async def test_an_unreadable_time_is_explained(desk: Desk) -> None:
    told = await desk.answer_to_command("/digest on noonish")
    assert shown(told) == "I can't read noonish. A time looks like 08:30, 8:30 or 8am."
