"""Each optional scope withheld in turn: what needs it says so, and the rest works."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.config import PeopleSettings
from bot.config.manifest import load_manifest
from bot.delivery.transport import NotReadable
from bot.newsroom import Newsroom
from bot.slack import channels
from bot.slack.app import identify_bot
from bot.slack.gate import people, scopes
from bot.slack.local import ALICE, NEWSROOM, TEAM
from bot.slack.messages.lookup import find_message
from tests.logs import records_of
from tests.slack.desk import PATIENCE, read
from tests.slack.slack_stub import SlackStub, member

SCOPES = load_manifest()["oauth_config"]["scopes"]
NOW = datetime.now(UTC)
_numbers = itertools.count(1)
OF_CHANNELS = "channels:read,groups:read,mpim:read,im:read"
OF_HISTORY = "channels:history,groups:history,mpim:history,im:history"


def withhold(stub: SlackStub, *withheld: str) -> str:
    """Let Slack say that these scopes were not granted; return what it says of those granted."""
    every = [*SCOPES["bot"], *SCOPES["bot_optional"]]
    granted = ",".join(scope for scope in every if scope not in withheld)
    stub.headers["X-OAuth-Scopes"] = granted
    return granted


def refuse(stub: SlackStub, method: str, needed: str) -> None:
    """Let a method fail for want of a scope, as Slack words it: it names all that would do."""
    provided = stub.headers["X-OAuth-Scopes"]
    stub.answers[method] = {
        **{"ok": False, "error": "missing_scope"},
        **{"needed": needed, "provided": provided},
    }


@pytest.fixture(autouse=True)
def _nothing_is_known() -> None:
    for module in (channels, people, scopes):
        module.clear_cache()


@pytest.fixture
async def stub(newsroom: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(newsroom) as opened:
        opened.answers["users.info"] = member(is_admin=True)
        opened.answers["conversations.info"] = {
            **{"ok": True},
            "channel": {"is_member": True, "is_private": False},
        }
        yield opened


@pytest.fixture
def groups_only(newsroom: Newsroom) -> Iterator[None]:
    """Only the members of a user group may use the bot."""
    before = newsroom.settings
    newsroom.settings = replace(before, people=PeopleSettings(users=("S0GROUP",)))
    yield
    newsroom.settings = before


async def in_private_channel(stub: SlackStub) -> str:
    refuse(stub, "conversations.info", OF_CHANNELS)
    place = f"C9HIDDEN{next(_numbers)}"
    await stub.deliver(stub.command("yuan", "/watch", channel_id=place))
    return (await stub.words())[-1]


async def lookup(stub: SlackStub, channel: str) -> str:
    refuse(stub, "conversations.history", OF_HISTORY)
    refuse(stub, "conversations.open", "channels:manage,groups:write,im:write,mpim:write")
    outbox = stub.newsroom.delivery.outbox
    with pytest.raises(NotReadable) as failure:
        await find_message(outbox, stub.client, TEAM, channel, "answer/1", since=NOW)
    return str(failure.value)


async def in_public_history(stub: SlackStub) -> str:
    return await lookup(stub, NEWSROOM)


async def in_direct_messages(stub: SlackStub) -> str:
    return await lookup(stub, ALICE)


async def below_links(stub: SlackStub) -> str:
    await stub.deliver(stub.command("unfurl on", "/article", channel_id="C9LINKS"))
    words = (await stub.words())[-1]
    assert not stub.newsroom.store.channels.unfurls(TEAM, "C9LINKS")
    return words


USES: dict[str, Callable[[SlackStub], Awaitable[str]]] = {
    "groups:read": in_private_channel,
    "channels:history": in_public_history,
    "groups:history": in_public_history,
    "im:write": in_direct_messages,
    "links:read": below_links,
    "links:write": below_links,
}


@pytest.mark.parametrize("scope", USES)
async def test_a_feature_names_the_scope_that_it_lacks(stub: SlackStub, scope: str) -> None:
    withhold(stub, scope)
    assert f"I'm missing the permission {scope} in this workspace" in await USES[scope](stub)


async def test_a_channel_hidden_for_want_of_a_scope_is_explained(stub: SlackStub) -> None:
    withhold(stub, "groups:read")
    stub.answers["conversations.info"] = {"ok": False, "error": "channel_not_found"}
    await stub.deliver(stub.command("yuan", "/watch", channel_id="C9UNSEEN"))
    [told] = await stub.words()
    assert "groups:read was not granted, so I can't see private channels" in told
    assert "/invite @Claimdesk" in told
    withhold(stub)
    await stub.deliver(stub.command("yuan", "/watch", channel_id="C9UNSEEN"))
    assert "groups:read" not in (await stub.words(2))[1]


async def test_a_user_group_that_cannot_be_read_is_explained(
    stub: SlackStub, groups_only: None
) -> None:
    withhold(stub, "usergroups:read")
    refuse(stub, "usergroups.users.list", "usergroups:read")
    await stub.deliver(stub.command())
    assert "I'm missing the permission usergroups:read" in (await stub.words())[0]


async def test_whoever_opens_the_conversation_is_greeted_without_prompts(stub: SlackStub) -> None:
    withhold(stub, "assistant:write")
    refuse(stub, "assistant.threads.setSuggestedPrompts", "assistant:write")
    place = f"D9SCOPES{next(_numbers)}"
    await stub.deliver(stub.event("app_home_opened", tab="messages", channel=place))
    assert (await stub.words())[0].startswith("I find claims in articles")


@pytest.mark.parametrize("scope", SCOPES["bot_optional"])
async def test_all_else_works_without_a_scope(
    stub: SlackStub, scope: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "bot")
    withhold(stub, scope)
    stub.answers["auth.test"] = {
        **{"ok": True, "team": "Newsroom", "team_id": TEAM, "user": "claimdesk"},
        **{"url": "https://newsroom.example", "user_id": "U0BOT", "bot_id": "B0BOT"},
    }
    await identify_bot(stub.client)
    warned = [record.getMessage() for record in records_of(caplog, "bot.slack.app")]
    assert [line.split(" is not granted")[0] for line in warned] == [scope]
    number = next(_numbers)
    await stub.deliver(stub.command("yuan"))
    await stub.deliver(
        stub.event("message", channel=f"D8SCOPES{number}", channel_type="im", text="ruble")
    )
    await stub.deliver(stub.event("app_mention", channel=f"C8SCOPES{number}", text="<@U0BOT> yuan"))
    answers = await stub.words(3)
    assert not [answer for answer in answers if "permission" in answer]
    await stub.deliver(stub.event("app_home_opened", tab="home"))
    async with asyncio.timeout(PATIENCE):
        while not (homes := stub.called("views.publish")):
            await stub.wait_until_idle()
    home = read(homes[0]["view"])
    assert home.count("is not granted") == 1
    assert warned[0] in home
    assert "install the app again" in home


async def test_granted_scopes_are_not_mentioned(stub: SlackStub) -> None:
    withhold(stub)
    assert await scopes.find_missing(stub.client) == []
    scopes.clear_cache()
    stub.headers.clear()  # a proxy may drop the header: then nothing is known
    assert await scopes.find_missing(stub.client) == []
    scopes.clear_cache()
    stub.answers["auth.test"] = 500
    assert await scopes.find_missing(stub.client) == []
