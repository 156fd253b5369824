"""The Home tab, and its buttons: made anew for whoever opens it, and after what they press there.

It says of digests only what the person may know: those of public channels and those that they have
set themselves.
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
"""Channels of others' digests that Slack is asked about for one Home tab."""


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Show the Home tab, and answer the buttons that no other surface has."""

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
    """Show somebody their Home tab as it is now. Raises SlackError."""
    view = home_view(await _home(newsroom, client, team, who))
    with slack_call(say("home.not_shown"), again=say("home.open_again")):
        await client.views_publish(user_id=who, view=view)


async def republish_if_home(newsroom: Newsroom, client: AsyncWebClient, body: Body) -> bool:
    """Show somebody their Home tab anew where a button was pressed there; False where it was not.

    Raises SlackError.
    """
    if not is_home(body):
        return False
    await publish(newsroom, client, body["team_id"], body["user"]["id"])
    return True


def is_home(body: Body) -> bool:
    """Whether a button was pressed in the Home tab."""
    if view := body.get("view"):
        return bool(view.get("type") == "home")
    # The local Slack makes a message of it that is in no channel.
    return (body.get("container") or {}).get("channel_id") == ""


async def _home(newsroom: Newsroom, client: AsyncWebClient, team: str, who: str) -> Home:
    """What somebody's Home tab shows."""
    zone = ZoneInfo(await people.zone_of(client, who) or people.DEFAULT_ZONE)
    is_admin, decides = await asyncio.gather(
        _false_if_unknown(people.is_admin(newsroom, client, who, failed="")),
        _false_if_unknown(people.is_reviewer(newsroom, client, who, failed="")),
    )
    every = await asyncio.to_thread(newsroom.store.ledger.subscriptions, team)
    digests = await visible_digests(client, every, who)

    def made() -> Home:
        undecided = newsroom.health.undecided(team) if decides else []
        first = undecided[:MOST_CORRECTIONS]
        claims = newsroom.corrections.correctables.corrected(first)
        return Home(
            person=who,
            now=newsroom.now().astimezone(zone),
            freshness=newsroom.health.freshness(),
            digests=[(one, newsroom.digests.next_posting(one)) for one in digests],
            watches=newsroom.store.watches.of(team, person=who),
            corrections=list(zip(first, claims, strict=True)),
            undecided=len(undecided),
            troubles=newsroom.health.troubles(team) if is_admin else None,
        )

    return await asyncio.to_thread(made)


async def visible_digests(
    client: AsyncWebClient, every: Sequence[Subscription], who: str
) -> list[Subscription]:
    """The digests that somebody may know of, their own first. Guests, and people of other
    organisations, see but the channels that they are in, and hear of no others."""
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
    """What Slack says; where it does not, the Home tab goes without."""
    with contextlib.suppress(SlackError):
        return await asked
    return False


async def _letter_id(newsroom: Newsroom, client: AsyncWebClient, body: Body) -> int:
    """The message that a button of an admin is about. Raises NotFoundError."""
    failed = say("home.letters_kept")
    if not await people.is_admin(newsroom, client, body["user"]["id"], failed=failed):
        raise NotFoundError(say("home.admins_only"))
    value = str(body["actions"][0].get("value") or "")
    if not (value.isascii() and value.isdecimal() and len(value) < 16):
        raise NotFoundError(say("gone.button"))
    return int(value)
