"""The Home tab and its buttons: published when somebody opens it and after each press in it.

It shows only digests that the person may see: their own and those of public channels.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Sequence
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError, SlackError
from bot.model import Subscription
from bot.newsroom import Newsroom
from bot.slack.channels import is_public
from bot.slack.gate import people
from bot.slack.refusals import Body, acknowledge_first, slack_call
from bot.slack.replies import Reply
from bot.slack.surfaces.answers.form import open_form
from bot.slack.surfaces.answers.form_blocks import FormOrigin
from bot.slack.surfaces.home.blocks import MOST_CORRECTIONS, Home, home_view
from bot.words import say

MOST_CHANNELS = 50
"""Channels of other people's digests that are looked up for one Home tab."""


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Show the Home tab, and answer its own buttons."""

    @app.event("app_home_opened")
    @acknowledge_first
    async def opened(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        if body["event"].get("tab") == "home":
            await publish(newsroom, client, body["team_id"], body["event"]["user"])

    @app.action("home_find")
    @acknowledge_first
    async def find(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        await open_form(newsroom, client, body, FormOrigin())

    @app.action("home_retry")
    @acknowledge_first
    async def retry(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        letter = await _letter_id(newsroom, client, body)
        await asyncio.to_thread(newsroom.delivery.outbox.retry_letters, [letter], body["team_id"])
        await publish(newsroom, client, body["team_id"], body["user"]["id"])

    @app.action("home_drop")
    @acknowledge_first
    async def drop(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        letter = await _letter_id(newsroom, client, body)
        await asyncio.to_thread(newsroom.delivery.outbox.drop_letters, [letter], body["team_id"])
        await publish(newsroom, client, body["team_id"], body["user"]["id"])


async def publish(newsroom: Newsroom, client: AsyncWebClient, team: str, who: str) -> None:
    """Publish somebody's Home tab in its current state. Raises SlackError."""
    view = home_view(await _home(newsroom, client, team, who))
    with slack_call(say("home.not_shown"), again=say("home.open_again")):
        await client.views_publish(user_id=who, view=view)


async def republish_if_home(newsroom: Newsroom, client: AsyncWebClient, body: Body) -> bool:
    """Publish the Home tab again if a button was pressed in it; return whether it was.

    Raises SlackError.
    """
    if not is_home(body):
        return False
    await publish(newsroom, client, body["team_id"], body["user"]["id"])
    return True


def is_home(body: Body) -> bool:
    """Tell whether a button was pressed in the Home tab."""
    if view := body.get("view"):
        return bool(view.get("type") == "home")
    # The local Slack sends a message without a channel.
    return (body.get("container") or {}).get("channel_id") == ""


async def _home(newsroom: Newsroom, client: AsyncWebClient, team: str, who: str) -> Home:
    """Collect the contents of somebody's Home tab."""
    zone = ZoneInfo(await people.zone_of(client, who) or people.DEFAULT_ZONE)
    is_admin, decides = await asyncio.gather(
        _false_if_unknown(people.is_admin(newsroom, client, who, failed="")),
        _false_if_unknown(people.is_reviewer(newsroom, client, who, failed="")),
    )
    every = await asyncio.to_thread(newsroom.store.ledger.subscriptions, team)
    digests = await visible_digests(client, every, who)

    def made() -> Home:
        undecided = newsroom.health.pending_corrections(team) if decides else []
        first = undecided[:MOST_CORRECTIONS]
        claims = newsroom.corrections.correctables.current_claims(first)
        return Home(
            person=who,
            now=newsroom.now().astimezone(zone),
            freshness=newsroom.health.freshness(),
            digests=[(one, newsroom.digests.next_posting(one)) for one in digests],
            watches=newsroom.store.watches.of(team, person=who),
            corrections=list(zip(first, claims, strict=True)),
            undecided=len(undecided),
            troubles=newsroom.health.problems(team) if is_admin else None,
        )

    return await asyncio.to_thread(made)


async def visible_digests(
    client: AsyncWebClient, every: Sequence[Subscription], who: str
) -> list[Subscription]:
    """Return the digests that somebody may see, their own first.

    Guests and people of other organisations see only their own.
    """
    others = [one for one in every if one.person != who][:MOST_CHANNELS]
    if others and not await _false_if_unknown(_is_member(client, others[0].team, who)):
        others = []
    public = await asyncio.gather(
        *(_false_if_unknown(is_public(client, one.channel)) for one in others)
    )
    seen = [one for one, is_one in zip(others, public, strict=True) if is_one]
    return [*(one for one in every if one.person == who), *seen]


async def _is_member(client: AsyncWebClient, team: str, who: str) -> bool:
    known = await people.person(client, who)
    return team in known.teams and not known.is_guest


async def _false_if_unknown(asked: Awaitable[bool]) -> bool:
    """Await what Slack says; False if it fails, since the Home tab can do without."""
    with contextlib.suppress(SlackError):
        return await asked
    return False


async def _letter_id(newsroom: Newsroom, client: AsyncWebClient, body: Body) -> int:
    """Return the id of the message of an admin's button. Raises NotFoundError."""
    failed = say("home.letters_kept")
    if not await people.is_admin(newsroom, client, body["user"]["id"], failed=failed):
        raise NotFoundError(say("home.admins_only"))
    value = str(body["actions"][0].get("value") or "")
    if not (value.isascii() and value.isdecimal() and len(value) < 16):
        raise NotFoundError(say("gone.button"))
    return int(value)
