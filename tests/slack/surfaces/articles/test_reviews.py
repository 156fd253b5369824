"""What a member brings is theirs alone until an editor accepts it, in the local Slack."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.model import viewer_key
from bot.newsroom import Newsroom
from bot.slack.app import make_client
from bot.slack.local import ALICE, BOB, BOT, NEWSROOM, TEAM
from bot.slack.messages.worker import make_worker
from tests.outlet_site import PAGE, OutletSite, Page
from tests.reopen import reopen
from tests.slack import blockkit
from tests.slack.desk import PATIENCE, Desk, Json, controls, pressed, read
from tests.slack.slack_stub import SlackStub, member

MOVED = "by a hand's breadth"
MARK = "Not reviewed yet"
BRINGER = f"Not reviewed yet · brought by <@{BOB}>"
CLAIMED = "The article says it is from Reuters; it came from 127.0.0.1."
HEAD = '<meta property="og:site_name" content="Reuters">'


@pytest.fixture
def newsroom(reading: Newsroom) -> Newsroom:
    return reading


@pytest.fixture
def url(site: OutletSite) -> str:
    page = PAGE.format(title="Harbour closed").replace("<head>", f"<head>{HEAD}")
    site.pages["/harbour"] = Page(page)
    return f"{site.url}/harbour"


def action_ids(message: Json) -> list[str]:
    return [control.name for control in controls(message["blocks"])]


async def test_an_article_is_its_bringers_until_an_editor_accepts_it(
    desk: Desk, newsroom: Newsroom, url: str
) -> None:
    brought = await desk.final_answer_to_command(f"/article {url}", person=BOB)
    assert MOVED in read(brought)
    assert MARK in read(brought)
    assert f"<@{BOB}>" not in read(brought)
    assert set(action_ids(brought)) == {"context"}

    own = await desk.answer_to_command("/claim wall moved", person=BOB)
    assert MARK in read(own)
    assert {"share", "cite", "other"}.isdisjoint(action_ids(own))
    others = await desk.answer_to_command("/claim wall moved", person=ALICE)
    assert MOVED not in read(others)
    assert "There are no articles to search yet" in read(others)

    home = read(await desk.open_home(person=ALICE))
    for shown in ("Articles to review", "Harbour closed", BRINGER):
        assert shown in home
    assert "Articles to review" not in read(await desk.open_home(person=BOB))

    assert "review_accept" not in home
    [pending] = newsroom.intake.reviews.pending()
    await desk.press_at_home("review_open", pending.card.id, person=ALICE)
    modal = read((await desk.call_of("views.open"))["view"])
    for shown in (MOVED, BRINGER, CLAIMED, "Ingrid Solvane"):
        assert shown in modal
    newsroom.intake.reviews.accept(pending.card.id, by="Ida")
    found = await desk.answer_to_command("/claim wall moved", person=ALICE)
    assert MOVED in read(found)
    assert "Not reviewed" not in read(found)
    assert "share" in action_ids(found)


async def test_only_those_who_decide_can_review(desk: Desk, newsroom: Newsroom, url: str) -> None:
    brought = await desk.final_answer_to_command(f"/article {url}", person=BOB)
    [pending] = newsroom.intake.reviews.pending()
    for action in ("review_open", "review_next", "review_remove"):
        refused = await press(desk, brought, action, f"{pending.card.id}:1", BOB)
        assert "Only those who decide on corrections can review articles" in read(refused)
    assert newsroom.intake.reviews.count() == 1


@pytest.fixture
async def stub(reading: Newsroom, url: str) -> AsyncIterator[SlackStub]:
    """A stub of Slack, in which Bob has brought an article."""
    reading.intake.links.ingest(url, brought_by=viewer_key(TEAM, BOB))
    async with SlackStub().opened(reading) as opened:
        yield opened


async def look_at(stub: SlackStub) -> Json:
    """Open the article in review as somebody who decides, and return the modal."""
    [pending] = stub.newsroom.intake.reviews.pending()
    return await stub.view_opened_by(stub.press("review_open", pending.card.id))


async def published_after(stub: SlackStub, body: Json) -> Json:
    """Return the Home tab that is published after a delivery."""
    published = len(stub.called("views.publish"))
    await stub.deliver(body)
    async with asyncio.timeout(PATIENCE):
        while len(stub.called("views.publish")) == published:
            await asyncio.sleep(0.01)
    return dict(stub.called("views.publish")[published]["view"])


def submission(stub: SlackStub, modal: Json) -> Json:
    return stub.submission("review", private_metadata=modal["private_metadata"])


def in_modal(stub: SlackStub, modal: Json, action: str) -> Json:
    """Return what Slack sends when a button of a modal is pressed."""
    [button] = [
        element
        for block in modal["blocks"]
        for element in block.get("elements", [])
        if element.get("action_id") == action
    ]
    there = {"view": {**modal, "id": "V1"}}
    return stub.press(action, button["value"], **there)


async def test_what_was_looked_at_is_accepted(stub: SlackStub, reading: Newsroom) -> None:
    modal = await look_at(stub)
    home = await published_after(stub, submission(stub, modal))
    assert "Articles to review" not in read(home)
    assert reading.intake.reviews.count() == 0
    assert seen_by_everyone(reading)
    await stub.deliver(submission(stub, modal))
    assert "There is no such article to review" in (await stub.words())[0]


async def test_somebody_of_another_workspace_sees_what_is_ours(
    stub: SlackStub, reading: Newsroom
) -> None:
    sent = submission(stub, await look_at(stub))
    person = sent["user"]["id"]
    reading.watches.add(team=TEAM, person=person, channel=NEWSROOM, zone="UTC", query="seawall")
    home = await published_after(stub, sent | {"user": {"id": person, "team_id": "T0GUESTS"}})
    assert "seawall" in read(home)


async def test_a_text_that_changed_after_the_look_is_shown_again(
    stub: SlackStub, reading: Newsroom, site: OutletSite, url: str
) -> None:
    modal = await look_at(stub)
    page = PAGE.format(title="Harbour closed").replace(MOVED, "by seven miles")
    site.pages["/harbour"] = Page(page)
    reading.intake.links.ingest(url, brought_by=viewer_key(TEAM, BOB))
    again = await stub.view_opened_by(submission(stub, modal))
    assert "This article has changed since you looked at it" in read(again)
    assert "by seven miles" in read(again)
    assert not seen_by_everyone(reading)
    await published_after(stub, submission(stub, again))
    assert seen_by_everyone(reading)


async def test_what_was_looked_at_is_removed(stub: SlackStub, reading: Newsroom) -> None:
    modal = await look_at(stub)
    for outcome in ("Removed: Harbour closed.", "There is no such article to review"):
        home = await published_after(stub, in_modal(stub, modal, "review_remove"))
        assert "Articles to review" not in read(home)
        assert read(stub.called("views.update")[-1]["view"]).startswith(outcome)
    assert reading.intake.reviews.count() == 0


async def test_later_pages_show_the_rest_of_the_text(
    stub: SlackStub, reading: Newsroom, site: OutletSite
) -> None:
    text = "".join(f"<p>Ferry {number} is late, said Ingrid Solvane.</p>" for number in range(200))
    site.pages["/long"] = Page(f"<html><body><article><h1>Late</h1>{text}</article></body></html>")
    result = reading.intake.links.ingest(f"{site.url}/long", brought_by=viewer_key(TEAM, BOB))
    [long] = result.outcomes
    modal = await stub.view_opened_by(stub.press("review_open", long.id))
    assert "Ferry 150 " not in read(modal)
    await stub.deliver(in_modal(stub, modal, "review_next"))
    async with asyncio.timeout(PATIENCE):
        while not (sent := stub.called("views.update")):
            await asyncio.sleep(0.01)
    assert blockkit.view_problems(sent[0]["view"]) == []
    assert "Ferry 150 " in read(sent[0]["view"])


async def test_a_members_submission_accepts_nothing(stub: SlackStub, reading: Newsroom) -> None:
    forged = submission(stub, await look_at(stub))
    stub.answers["users.info"] = member(BOB)
    await stub.deliver(forged | {"user": {"id": BOB, "team_id": TEAM}})
    told = (await stub.words())[0]
    assert "Only those who decide on corrections can review articles" in told
    assert reading.intake.reviews.count() == 1


def seen_by_everyone(newsroom: Newsroom) -> bool:
    return bool(newsroom.search.find("Solvane").total)


async def test_nothing_carries_it_to_others_before(
    desk: Desk, newsroom: Newsroom, url: str
) -> None:
    newsroom.watches.add(team=TEAM, person=ALICE, channel=NEWSROOM, zone="UTC", query="wall")
    brought = await desk.final_answer_to_command(f"/article {url}", person=BOB)
    [pending] = newsroom.intake.reviews.pending()
    claim_id = newsroom.store.archive.claims_in(pending.card.id)[0].id

    told = await press(desk, brought, "share", claim_id, BOB)
    assert "The claim was not shown to others: nobody has reviewed its article yet" in read(told)
    for action in ("share", "context", "cite"):
        gone = await press(desk, brought, action, claim_id, ALICE)
        assert "no longer here" in read(gone)
    everyone = await desk.answer_to_message(f"<@{BOT}> wall moved", person=BOB)
    assert MOVED not in read(everyone)
    await make_worker(newsroom, make_client(desk.settings), TEAM).run_due()
    public = [one for one in await desk.messages() if not one.get("ephemeral_to")]
    assert not any(MOVED in read(one) for one in public if one.get("blocks"))


@pytest.mark.parametrize(
    ("person", "channel", "sees_it"), [(BOB, "D1", True), (ALICE, "D2", False), (BOB, "C7", False)]
)
async def test_only_their_direct_message_shows_it(
    reading: Newsroom, url: str, person: str, channel: str, sees_it: bool
) -> None:
    reading.intake.links.ingest(url, brought_by=viewer_key(TEAM, BOB))
    async with SlackStub().opened(reading) as stub:
        words = {"text": f"<@{BOT}> wall moved", "user": person, "channel": channel, "ts": "5.1"}
        kind = "message" if channel.startswith("D") else "app_mention"
        direct = {"channel_type": "im"} if kind == "message" else {}
        await stub.deliver(stub.event(kind, **words, **direct))
        await stub.wait_until_idle()
        [posted] = stub.called("chat.postMessage")
        said = json.dumps(posted)
        assert (MOVED in said) == sees_it
        assert (MARK.replace("·", r"\u00b7") in said) == sees_it


async def test_what_those_who_decide_bring_is_everyones(
    desk: Desk, newsroom: Newsroom, url: str
) -> None:
    await desk.final_answer_to_command(f"/article {url}", person=ALICE)
    assert MOVED in read(await desk.answer_to_command("/claim wall moved", person=BOB))
    again = await desk.final_answer_to_command(f"/article {url}", person=BOB)
    assert "Not reviewed" not in read(again)


async def test_a_setting_shows_to_everyone_what_members_bring(
    desk: Desk, newsroom: Newsroom, url: str
) -> None:
    people = replace(newsroom.settings.people, review_articles=False)
    reopen(newsroom, people=people)
    await desk.final_answer_to_command(f"/article {url}", person=BOB)
    assert MOVED in read(await desk.answer_to_command("/claim wall moved", person=ALICE))


async def test_context_says_which_outlet_a_page_claims(desk: Desk, url: str) -> None:
    brought = await desk.final_answer_to_command(f"/article {url}", person=BOB)
    await desk.click(brought, "context", person=BOB)
    modal = (await desk.call_of("views.open"))["view"]
    assert CLAIMED in read(modal)
    assert MARK in read(modal)


async def press(desk: Desk, message: Json, action: str, value: str, person: str = ALICE) -> Json:
    """Press a button that the message need not have, and return the new or changed message."""
    known = await desk.messages(message["channel"])
    await desk._interact(message, pressed(action, value), person)
    return await desk.next_message(known, message["channel"])
