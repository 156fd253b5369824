"""/digest, its buttons and its modal, over a stub of Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import config
from bot.config import PeopleSettings
from bot.model import Article, Claim, DigestPreferences, Subscription
from bot.newsroom import Newsroom
from bot.slack import channels
from bot.slack.gate import people
from bot.slack.local import ALICE, BOB, NEWSROOM, PLANNING, TEAM
from bot.slack.messages.renderers import RENDERERS
from bot.slack.surfaces.digests.changes import CHANGES
from bot.slack.surfaces.digests.draft import stop_digest_of_lost_channel
from bot.store import FiledArticle
from bot.words import say
from tests.manual_clock import ManualClock
from tests.manual_digests import mark_posted, send_due
from tests.slack.desk import read
from tests.slack.slack_stub import Json, SlackStub, member
from tests.slack.surfaces.digests.test_settings_blocks import state

IN_IT = {"ok": True, "channel": {"is_member": True, "is_private": True}}
BY_BOB = {"user": {"id": BOB, "team_id": TEAM}, "user_id": BOB}


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 25, 7, tzinfo=UTC))


@pytest.fixture
def newsroom(tmp_path: Path, clock: ManualClock) -> Iterator[Newsroom]:
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})
    with Newsroom(settings, clock) as opened:
        opened.open()
        yield opened


@pytest.fixture
async def stub(newsroom: Newsroom) -> AsyncIterator[SlackStub]:
    people.clear_cache()
    channels.clear_cache()
    async with SlackStub().opened(newsroom) as opened:
        opened.answers["conversations.info"] = IN_IT
        opened.answers["conversations.members"] = {"ok": True, "members": [ALICE]}
        yield opened


def file(newsroom: Newsroom, name: str) -> None:
    article = Article(id=name, origin=name, text=name, outlet="The Post", title=name)
    claim = Claim(id=f"c-{name}", article_id=name, kind="statement", text=f"{name} is claimed.")
    newsroom.store.archive.apply_steps(
        [FiledArticle(article, [claim])], arrival="single", now=newsroom.now
    )
    newsroom.updates.catch_up_if_free()


async def type_command(stub: SlackStub, typed: str, **more: Any) -> str:
    return read(await stub.answer_to(stub.command(typed, "/digest", **more)))


def subscription_of(newsroom: Newsroom, channel: str = NEWSROOM) -> Subscription:
    found = newsroom.store.ledger.subscription(TEAM, channel)
    assert found
    return found


async def test_every_change_is_saved_and_confirmed(stub: SlackStub, newsroom: Newsroom) -> None:
    file(newsroom, "harbour")
    said = await type_command(stub, "on 08:30 weekdays")
    assert "every weekday at 08:30 (Europe/London). The first is due on Wednesday 25" in said
    for typed, words in {
        "time 6.15 pm": "every weekday at 18:15 (Europe/London). The next is due on Wednesday",
        "days mon, wed": "on Mon, Wed at 18:15",
        "zone new york": "at 18:15 (America/New_York)",
        "topics add yuan  ruble": "topics: yuan ruble",
        "Topics ADD by:roe": "topics: yuan ruble; by:roe",
        "topics remove Yuan Ruble": "topics: by:roe",
        "outlets add the post": "only from: The Post",
        "length long": "long: 20 claims",
        "skip": "next is due on Monday 30 November",
        "pause until 2026-12-09": "next is due on Wednesday 9 December",
    }.items():
        assert words in await type_command(stub, typed), typed
    assert subscription_of(newsroom).preferences == DigestPreferences(
        days=(1, 3),
        topics=("by:roe",),
        outlets=("The Post",),
        claims=20,
        skip=date(2026, 11, 25),
        paused_until=date(2026, 12, 9),
    )
    assert "next is due on Wednesday 25 November" in await type_command(stub, "resume")
    assert subscription_of(newsroom).person == ALICE
    assert "digest is off" in await type_command(stub, "off")
    assert "no digest" in await type_command(stub, "time 09:00")


UNREADABLE = {
    "on noonish": "A time looks like 08:30",
    "on 08:30 sometimes": "I can't read sometimes. Days are",
    "time later": "A time looks like",
    "days": "Days are daily",
    "zone Mars": "A time zone looks like Europe/London.",
    "topics": "Type add or remove, then the name.",
    "topics add after:never": "I can't read after:never.",
    "topics remove gas": "This digest has no topic gas. It has yuan.",
    "outlets add nobody": "I don't know an outlet called nobody. Type its name",
    "outlets add post": "called post. Did you mean The Post, The Washington Post?",
    "outlets remove the post": "This digest is not limited to The Post. It has none.",
    "length huge": "Type short, normal or long.",
    "pause": "Until when?",
    "pause until yesterday": "A day looks like 2026-12-01",
    "skip 2020-01-01": "That day has passed.",
}


async def test_invalid_input_changes_nothing(stub: SlackStub, newsroom: Newsroom) -> None:
    file(newsroom, "harbour")
    await type_command(stub, "on 08:30")
    await type_command(stub, "topics add yuan")
    before = subscription_of(newsroom)
    for typed, words in UNREADABLE.items():
        assert words in await type_command(stub, typed), typed
        assert subscription_of(newsroom) == before


async def test_skip_typed_twice_skips_one_digest(stub: SlackStub, newsroom: Newsroom) -> None:
    await type_command(stub, "on 08:30")
    for _ in range(2):
        assert "next is due on Thursday 26 November" in await type_command(stub, "skip")
    assert subscription_of(newsroom).preferences.skip == date(2026, 11, 25)


async def test_digest_now_posts_once_a_day(
    stub: SlackStub, newsroom: Newsroom, clock: ManualClock
) -> None:
    await type_command(stub, "on 08:30")
    clock.now += timedelta(minutes=5)
    assert "today's digest here in a moment" in await type_command(stub, "now")
    clock.now += timedelta(seconds=2)
    sent = send_due(newsroom, TEAM, NEWSROOM)
    assert sent
    mark_posted(newsroom, sent, "1.0")
    clock.now += timedelta(hours=4)
    file(newsroom, "mills")
    told = await stub.answer_to(stub.command("now", "/digest"))
    assert read(told).startswith("Today's digest was posted at 07:05.")
    assert send_due(newsroom, TEAM, NEWSROOM) is None
    seen = read(await stub.answer_to(stub.press("digest_preview", "preview")))
    since = "with what has come in since Wednesday 25 November 07:05"
    assert f"The digest for Thursday 26 November so far, {since}. Only you" in seen
    assert "mills is claimed." in seen


async def test_a_preview_is_private_and_needs_no_digest(
    stub: SlackStub, newsroom: Newsroom
) -> None:
    file(newsroom, "mills")
    newsroom.now.now += timedelta(seconds=1)  # type: ignore[attr-defined]
    seen = await type_command(stub, "preview")
    assert seen.strip().startswith("This channel has no digest yet.")
    assert "mills is claimed." in seen
    assert newsroom.store.ledger.subscriptions(TEAM) == []


@pytest.mark.parametrize("typed", ["on 08:30", ""])
async def test_a_direct_message_cannot_have_a_digest(
    stub: SlackStub, newsroom: Newsroom, typed: str
) -> None:
    assert "this is a direct message" in await type_command(stub, typed, channel_id="D1")
    assert newsroom.store.ledger.subscriptions(TEAM) == []


async def test_the_list_has_only_visible_digests(stub: SlackStub, newsroom: Newsroom) -> None:
    for channel, person in ((NEWSROOM, BOB), (PLANNING, ALICE), ("C0SECRET", BOB)):
        newsroom.digests.subscriptions.subscribe(
            team=TEAM, channel=channel, at=time(8, 30), zone="UTC", person=person
        )
    newsroom.digests.subscriptions.stop(subscription_of(newsroom, PLANNING), "is_archived", [])
    listed = await stub.answer_to(stub.command("list", "/digest"))
    assert [block["accessory"]["value"] for block in listed["blocks"]] == [NEWSROOM, PLANNING]
    assert "paused: Slack says this channel is archived" in read(listed)
    assert f"set by <@{BOB}>" in read(listed)


@pytest.mark.parametrize("verb", ["on", "off", "list", "preview", "now", *CHANGES])
def test_help_names_every_subcommand(verb: str) -> None:
    assert f"`/digest {verb}" in say("help.digest")


# -- the modal


async def test_the_modal_sets_a_digest(stub: SlackStub, newsroom: Newsroom) -> None:
    view = await stub.view_opened_by(stub.command("", "/digest"))
    first = view["blocks"][0]["text"]["text"]
    assert first == f"<#{NEWSROOM}> · This channel has no digest yet. Save to set one up."
    values = state(view)
    assert values["zone"]["zone"]["value"] == "Europe/London"
    values["topics"]["topics"] = {"value": "after:never"}
    sent = stub.submission("digest_settings", **{"private_metadata": view["private_metadata"]})
    sent["view"]["state"] = {"values": values}
    refused = await stub.deliver(sent)
    assert "after:never" in str(refused.body)
    assert newsroom.store.ledger.subscriptions(TEAM) == []
    values["topics"]["topics"] = {"value": "yuan"}
    again = stub.submission("digest_settings", **{"private_metadata": view["private_metadata"]})
    again["view"]["state"] = {"values": values}
    said = read(await stub.answer_to(again))
    assert "first is due on Wednesday 25 November" in said
    assert "topics: yuan" in said
    assert subscription_of(newsroom).preferences == DigestPreferences(topics=("yuan",))


def at_home(stub: SlackStub, body: Json) -> Json:
    body.pop("channel"), body.pop("response_url")
    view = {"type": "home", "id": "VHOME", "callback_id": ""}
    return {**body, "container": {"type": "view", "view_id": "VHOME"}, "view": view}


async def test_the_home_tab_requires_permission_to_change_a_digest(
    stub: SlackStub, newsroom: Newsroom
) -> None:
    newsroom.digests.subscriptions.subscribe(
        team=TEAM, channel=PLANNING, at=time(8, 30), zone="UTC", person=BOB
    )
    press = at_home(stub, stub.press("digest_settings", PLANNING, **BY_BOB))
    assert PLANNING in (await stub.view_opened_by(press))["private_metadata"]  # has set it
    await stub.view_opened_by(at_home(stub, stub.press("digest_settings", PLANNING)))  # is in it
    stub.answers["conversations.members"] = {"ok": True, "members": [BOB]}
    await stub.deliver(at_home(stub, stub.press("digest_settings", PLANNING)))
    [told] = await stub.words()
    assert told.startswith("Only members of the channel")
    people.clear_cache()
    stub.answers["users.info"] = member(is_admin=True)
    await stub.deliver(at_home(stub, stub.press("digest_settings", PLANNING)))
    assert (await stub.words(2))[1].startswith("Only members of the channel")  # it is private
    channels.clear_cache()
    public = {"is_member": True, "is_private": False}
    stub.answers["conversations.info"] = {"ok": True, "channel": public}
    await stub.view_opened_by(at_home(stub, stub.press("digest_settings", PLANNING)))
    assert len(stub.called("views.open")) == 3


async def test_a_submission_is_authorised_and_shown_in_the_home_tab(
    stub: SlackStub, newsroom: Newsroom
) -> None:
    newsroom.digests.subscriptions.subscribe(
        team=TEAM, channel=PLANNING, at=time(8, 30), zone="UTC", person=BOB
    )
    public = {"is_member": True, "is_private": False}
    stub.answers["conversations.info"] = {"ok": True, "channel": public}
    view = await stub.view_opened_by(at_home(stub, stub.press("digest_settings", PLANNING)))
    values = state(view) | {"at": {"at": {"value": "09:00"}}}

    def sent() -> Json:
        made = stub.submission("digest_settings", private_metadata=view["private_metadata"])
        made["view"]["state"] = {"values": values}
        return made

    stub.answers["conversations.members"] = {"ok": True, "members": []}
    await stub.deliver(sent())
    assert (await stub.words())[0].startswith("Only members of the channel")
    assert subscription_of(newsroom, PLANNING).at == time(8, 30)
    stub.answers["conversations.members"] = {"ok": True, "members": [ALICE]}
    await stub.deliver(sent())
    await stub.wait_until_idle()
    assert "09:00" in read(stub.called("views.publish")[-1]["view"])
    assert subscription_of(newsroom, PLANNING).person == BOB
    off = stub.press("digest_off", PLANNING)
    off.pop("channel"), off.pop("response_url")
    modal = {"type": "modal", "id": "V1", "private_metadata": view["private_metadata"]}
    await stub.deliver({**off, "view": modal})
    await stub.wait_until_idle()
    assert newsroom.store.ledger.subscriptions(TEAM) == []
    assert "is off" in read(stub.called("views.update")[-1]["view"])


@pytest.mark.parametrize("value", ["", "D123", "../x", "C" * 99])
async def test_a_forged_channel_is_refused(stub: SlackStub, value: str) -> None:
    await stub.deliver(stub.press("digest_settings", value))
    [told] = await stub.words()
    assert told.startswith("This button no longer works")


# -- where it can't be posted any more


async def test_the_owner_or_else_the_admins_are_notified(
    stub: SlackStub, newsroom: Newsroom
) -> None:
    newsroom.digests.subscriptions.subscribe(
        team=TEAM, channel=PLANNING, at=time(8, 30), zone="UTC", person=BOB
    )
    for _ in range(2):
        await stop_digest_of_lost_channel(newsroom, stub.client, TEAM, PLANNING, "is_archived")
    [letter] = [newsroom.store.outbox.next_in_channel(TEAM, BOB)]
    assert letter
    message = RENDERERS[letter.kind](newsroom, letter)
    assert message
    assert message.text.startswith(f"I've paused the digest in <#{PLANNING}>: Slack says")
    people.clear_cache()
    stub.answers["users.info"] = member(BOB, deleted=True)
    admins = [{"id": "U7", "is_admin": True}, {"id": "U8"}, {"id": "U9", "is_owner": True}]
    gone = {"id": "U6", "is_admin": True, "deleted": True}
    stub.answers["users.list"] = {"ok": True, "members": [gone, *admins]}
    newsroom.digests.subscriptions.subscribe(
        team=TEAM, channel=NEWSROOM, at=time(8, 30), zone="UTC", person=BOB
    )
    await stop_digest_of_lost_channel(newsroom, stub.client, TEAM, NEWSROOM, "not_in_channel")
    assert [
        bool(newsroom.store.outbox.next_in_channel(TEAM, who)) for who in ("U6", "U7", "U8", "U9")
    ] == [
        *(False, True, False, True),
    ]
    newsroom.settings = replace(newsroom.settings, people=PeopleSettings(admins=("U5",)))
    newsroom.digests.subscriptions.subscribe(
        team=TEAM, channel="C3", at=time(8, 30), zone="UTC", person=BOB
    )
    await stop_digest_of_lost_channel(newsroom, stub.client, TEAM, "C3", "not_in_channel")
    assert newsroom.store.outbox.next_in_channel(TEAM, "U5")
    await stop_digest_of_lost_channel(newsroom, stub.client, TEAM, "C-unknown", "not_in_channel")


async def test_a_paused_digest_resumes_when_set_again(stub: SlackStub, newsroom: Newsroom) -> None:
    newsroom.digests.subscriptions.subscribe(
        team=TEAM, channel=NEWSROOM, at=time(8, 30), zone="UTC", person=BOB
    )
    newsroom.digests.subscriptions.stop(subscription_of(newsroom), "not_in_channel", [BOB])
    stub.answers["conversations.info"] = {"ok": True, "channel": {"is_member": False}}
    assert "I'm not in this channel" in await type_command(stub, "resume")
    assert subscription_of(newsroom).stop_reason
    stub.answers["conversations.info"] = IN_IT
    assert "next is due on Wednesday 25 November" in await type_command(stub, "resume")
    assert (subscription_of(newsroom).stop_reason, subscription_of(newsroom).person) == (
        None,
        ALICE,
    )
    letter = newsroom.store.outbox.next_in_channel(TEAM, BOB)
    assert letter
    assert RENDERERS[letter.kind](newsroom, letter) is None
