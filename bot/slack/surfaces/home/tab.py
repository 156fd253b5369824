"""The Home tab and its buttons. The tab is published when opened and after each button click.

It shows only the digests that the person may see: their own and those of public channels.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import re
from collections.abc import Awaitable, Sequence
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError, SlackError
from bot.model import Subscription
from bot.newsroom import Newsroom
from bot.slack import clock
from bot.slack.channels import is_public
from bot.slack.clock import CONFIRM_ACTION
from bot.slack.gate import people, scopes
from bot.slack.parts import notice
from bot.slack.refusals import (
    Body,
    acknowledge_first,
    recent_failures,
    respond_with,
    slack_call,
)
from bot.slack.replies import Reply, pressed_value
from bot.slack.surfaces.answers import agent
from bot.slack.surfaces.answers.form import open_form
from bot.slack.surfaces.answers.form_blocks import FormOrigin
from bot.slack.surfaces.home.blocks import MAX_CORRECTIONS, MAX_REVIEWS, Home, home_view
from bot.words import say

DEAD_LETTER_ACTIONS = re.compile("home_(?:retry|drop)")
"""The buttons of a dead letter: a message that could not be posted."""
MAX_CHANNELS = 50
"""How many channels we ask Slack about for one Home tab, to find other people's public digests."""


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Show the Home tab, and handle its own buttons; greet whoever opens the conversation."""

    @app.event("app_home_opened")
    @acknowledge_first
    async def on_open(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        match body["event"].get("tab"):
            case "home":
                await publish(newsroom, client, body["team_id"], body["event"]["user"])
            case "messages" if reply.channel:
                await agent.greet(newsroom, client, body, reply)

    @app.action("home_find")
    @acknowledge_first
    async def open_search_form(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        await open_form(newsroom, client, body, FormOrigin())

    @app.action(CONFIRM_ACTION)
    @acknowledge_first
    async def confirm_clock(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        await _require_admin(newsroom, client, body, failure=say("clock.not_confirmed"))
        text = await asyncio.to_thread(clock.confirm, newsroom, pressed_value(body))
        await respond_with(reply, notice(text))
        await republish_if_home(newsroom, client, body)

    @app.action(DEAD_LETTER_ACTIONS)
    @acknowledge_first
    async def retry_or_drop(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        message_id = await _dead_letter_id(newsroom, client, body)
        outbox, is_retry = newsroom.delivery.outbox, body["actions"][0]["action_id"] == "home_retry"
        change = outbox.retry_dead_letters if is_retry else outbox.drop_dead_letters
        await asyncio.to_thread(change, [message_id], body["team_id"])
        await publish(newsroom, client, body["team_id"], body["user"]["id"])


async def publish(newsroom: Newsroom, client: AsyncWebClient, team: str, person: str) -> None:
    """Publish a person's Home tab in its current state. Raises SlackError."""
    view = home_view(await _load_home(newsroom, client, team, person))
    with slack_call(say("home.not_shown"), next_step=say("home.open_again")):
        await client.views_publish(user_id=person, view=view)


async def republish_if_home(newsroom: Newsroom, client: AsyncWebClient, body: Body) -> bool:
    """Publish the Home tab again if the button that was pressed is on it; True if it is.

    Raises SlackError.
    """
    if not is_from_home(body):
        return False
    await publish(newsroom, client, body["team_id"], body["user"]["id"])
    return True


def is_from_home(body: Body) -> bool:
    """Tell whether the button that was pressed is on the Home tab."""
    if view := body.get("view"):
        return bool(view.get("type") == "home")
    # The local Slack (bot/slack/local.py), used for the demo and in tests, sends a message without
    # a channel instead of a view.
    return (body.get("container") or {}).get("channel_id") == ""


async def _load_home(newsroom: Newsroom, client: AsyncWebClient, team: str, person: str) -> Home:
    zone = ZoneInfo(await people.zone_of(client, person) or people.DEFAULT_ZONE)
    is_admin, is_reviewer = await asyncio.gather(
        _false_if_unknown(people.is_admin(newsroom, client, person, failure="")),
        _false_if_unknown(people.is_reviewer(newsroom, client, person, failure="")),
    )
    subscriptions = await asyncio.to_thread(newsroom.store.ledger.subscriptions, team)
    missing_scopes = await scopes.find_missing(client) if is_admin else []
    visible_subscriptions = await find_visible_subscriptions(client, subscriptions, person)

    def load() -> Home:
        undecided_corrections = newsroom.health.pending_corrections(team) if is_reviewer else []
        corrections = undecided_corrections[:MAX_CORRECTIONS]
        claims = newsroom.corrections.lookup.current_claims(corrections)
        reviews = newsroom.intake.reviews
        return Home(
            person=person,
            now=newsroom.now().astimezone(zone),
            freshness=newsroom.health.freshness(),
            digests=[(one, newsroom.digests.next_posting(one)) for one in visible_subscriptions],
            watches=newsroom.store.watches.for_person(team, person=person),
            corrections=list(zip(corrections, claims, strict=True)),
            undecided_count=len(undecided_corrections),
            reviews=[one.card for one in reviews.pending(MAX_REVIEWS)] if is_reviewer else (),
            review_count=reviews.count() if is_reviewer else 0,
            problems=newsroom.health.problems(team) if is_admin else None,
            failures=tuple(recent_failures) if is_admin else (),
            missing_scopes=missing_scopes,
            feeds=[feed for feed in newsroom.feeds.all() if feed.state == "active"],
            admins=newsroom.settings.people.admins,
        )

    return await asyncio.to_thread(load)


async def find_visible_subscriptions(
    client: AsyncWebClient, subscriptions: Sequence[Subscription], person: str
) -> list[Subscription]:
    """Return the digest subscriptions that a person may see, their own first.

    Guests and people of other organisations see only their own.
    """
    own = [subscription for subscription in subscriptions if subscription.person == person]
    others = [subscription for subscription in subscriptions if subscription.person != person]
    others = others[:MAX_CHANNELS]
    if not others:
        return own
    team = others[0].team
    if not await _false_if_unknown(_is_full_member(client, team, person)):
        return own
    are_public = await asyncio.gather(
        *(_false_if_unknown(is_public(client, other.channel)) for other in others)
    )
    return [*own, *itertools.compress(others, are_public)]


async def _is_full_member(client: AsyncWebClient, team: str, person: str) -> bool:
    profile = await people.get_person(client, person)
    return team in profile.teams and not profile.is_guest


async def _false_if_unknown(answer: Awaitable[bool]) -> bool:
    """Await an answer from Slack; False if Slack fails, since the tab can be shown without it."""
    with contextlib.suppress(SlackError):
        return await answer
    return False


async def _dead_letter_id(newsroom: Newsroom, client: AsyncWebClient, body: Body) -> int:
    """Return the id of the dead letter whose button an admin has pressed.

    Raises NotFoundError, also if the person is not an admin.
    """
    await _require_admin(newsroom, client, body, failure=say("home.letters_kept"))
    value = pressed_value(body)
    if not (value.isascii() and value.isdecimal() and len(value) < 16):
        raise NotFoundError(say("gone.button"))
    return int(value)


async def _require_admin(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, *, failure: str
) -> None:
    """Raise NotFoundError unless an admin has pressed a button; SlackError if Slack can't say."""
    if not await people.is_admin(newsroom, client, body["user"]["id"], failure=failure):
        raise NotFoundError(say("home.admins_only"))
