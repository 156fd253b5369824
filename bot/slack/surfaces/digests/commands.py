"""The slash command /digest, which is about the digest of the channel it is typed in."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError
from bot.model import DigestPreferences
from bot.newsroom import Newsroom
from bot.slack.channels import require_bot_in_channel
from bot.slack.gate import people
from bot.slack.parts import Message
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply, person_id_of, sign_response_url
from bot.slack.surfaces.answers import blocks
from bot.slack.surfaces.answers.commands import parse_clock, typed_words
from bot.slack.surfaces.digests import settings_blocks
from bot.slack.surfaces.digests.changes import CHANGES
from bot.slack.surfaces.digests.settings import (
    not_set_error,
    open_settings,
    save_subscription,
    turn_off_digest,
)
from bot.slack.surfaces.digests.settings_blocks import SettingsOrigin
from bot.slack.surfaces.digests.terms import local_day, parse_days
from bot.slack.surfaces.home.tab import find_visible_subscriptions
from bot.words import say
from bot.words.dates import clock, long_date, long_moment

ON_ARGUMENTS = re.compile(r"(\S+(?:\s+[ap]m)?)(?:\s+(.+))?", re.IGNORECASE)
"""A time of day and, optionally, days of the week."""


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle /digest, and the button that previews the next digest."""

    @app.command("/digest")
    @acknowledge_first
    async def digest(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        verb, _, arguments = typed_words(body).partition(" ")
        if not verb:
            origin = SettingsOrigin(body["channel_id"], sign_response_url(client, body))
            await open_settings(newsroom, client, body, origin)
            return
        message = await _run(newsroom, client, body, verb.casefold(), arguments.strip())
        await respond_with(reply, message)

    @app.action("digest_preview")
    @acknowledge_first
    async def preview(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        await respond_with(reply, await _preview(newsroom, client, body, reply.channel or ""))


async def _run(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, verb: str, arguments: str
) -> Message:
    """Run a subcommand and return its answer, or the help if there is no such subcommand."""
    team, channel = body["team_id"], body["channel_id"]
    match verb, arguments:
        case "on", arguments if arguments:
            return await _turn_on(newsroom, client, body, arguments)
        case "off", "":
            key = await asyncio.to_thread(turn_off_digest, newsroom, team, channel)
            return settings_blocks.text_message(key)
        case "list", "":
            return await _list(newsroom, client, body)
        case "preview", "":
            return await _preview(newsroom, client, body, channel)
        case "now", "":
            return await asyncio.to_thread(_post_now, newsroom, team, channel)
        case _, _ if verb in CHANGES:
            return await _change(newsroom, client, body, verb, arguments)
    return blocks.help_message("digest")


async def _turn_on(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, typed_text: str
) -> Message:
    """Set a channel's digest, in the time zone of the person who types the command."""
    match = ON_ARGUMENTS.fullmatch(typed_text)
    posting_time = parse_clock(match[1] if match else typed_text)
    days = parse_days(match[2]) if match and match[2] else None
    channel, failure = body["channel_id"], say("subscription.failed")
    next_step = say("subscription.again", at=f"{posting_time:%H:%M}")
    if channel.startswith("D"):
        raise not_set_error(say("subscription.direct_message"), say("subscription.type_in_channel"))
    await require_bot_in_channel(client, channel, failure=failure, next_step=next_step)
    zone = (await people.get_person(client, body["user_id"], failure=failure)).zone
    if not zone:
        remedy = say("subscription.set_zone", again=next_step)
        raise not_set_error(say("subscription.no_zone"), remedy)

    def save() -> Message:
        current = newsroom.store.ledger.subscription(body["team_id"], channel)
        preferences = current.preferences if current else DigestPreferences()
        if days is not None:
            preferences = replace(preferences, days=days)
        return save_subscription(newsroom, body, channel, posting_time, zone, preferences)

    return await asyncio.to_thread(save)


async def _change(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, verb: str, typed_text: str
) -> Message:
    """Apply one of CHANGES and show the digest's settings."""
    channel = body["channel_id"]
    current = await asyncio.to_thread(newsroom.store.ledger.subscription, body["team_id"], channel)
    if current is None:
        raise NotFoundError(say("digest_settings.none"))
    subscription = await asyncio.to_thread(CHANGES[verb], newsroom, current, typed_text)
    if current.stop_reason:
        failure, next_step = say("subscription.failed"), say("digest_settings.type_again")
        await require_bot_in_channel(client, channel, failure=failure, next_step=next_step)
    return await asyncio.to_thread(
        save_subscription,
        newsroom,
        body,
        channel,
        subscription.at,
        subscription.zone,
        subscription.preferences,
    )


async def _list(newsroom: Newsroom, client: AsyncWebClient, body: Body) -> Message:
    """List the digests of this channel, of the person and of the public channels."""
    user_id, channel = body["user_id"], body["channel_id"]
    subscriptions = await asyncio.to_thread(newsroom.store.ledger.subscriptions, body["team_id"])
    visible_subscriptions = await find_visible_subscriptions(client, subscriptions, user_id)
    channel_digests = [
        subscription for subscription in subscriptions if subscription.channel == channel
    ]
    other_digests = [
        subscription for subscription in visible_subscriptions if subscription.channel != channel
    ]

    def render() -> Message:
        rows = [
            (subscription, newsroom.digests.next_posting(subscription))
            for subscription in [*channel_digests, *other_digests]
        ]
        return settings_blocks.list_message(rows, newsroom.now(), user_id)

    return await asyncio.to_thread(render)


async def _preview(newsroom: Newsroom, client: AsyncWebClient, body: Body, channel: str) -> Message:
    """Preview a channel's next digest or, if it has none, a digest of the last 24 hours."""
    user_id, failure = str(person_id_of(body)), say("digest_settings.not_shown")
    user_zone = (
        await people.get_person(client, user_id, failure=failure)
    ).zone or people.DEFAULT_ZONE

    def preview() -> Message:
        subscription = newsroom.store.ledger.subscription(body["team_id"], channel)
        if not subscription:
            now = newsroom.now().astimezone(ZoneInfo(user_zone))
            digest = newsroom.digests.preview(
                day=now.date(), subscription=None, at=now.time(), zone=user_zone
            )
            return settings_blocks.preview_message(digest, say("digest_settings.preview_unset"))
        zone = subscription.zone
        day = local_day(newsroom.digests.next_posting(subscription), zone)
        digest = newsroom.digests.preview(
            day=day, subscription=subscription, at=subscription.at, zone=zone
        )
        # A full date: "yesterday" would be another day when the digest is posted.
        start = long_moment(digest.since.astimezone(ZoneInfo(zone)))
        note = say("digest_settings.preview", day=long_date(day), since=start)
        return settings_blocks.preview_message(digest, note)

    return await asyncio.to_thread(preview)


def _post_now(newsroom: Newsroom, team: str, channel: str) -> Message:
    """Have today's digest posted at once, unless it already was."""
    row = newsroom.digests.post_now(team, channel)
    if row.state in ("planned", "sending"):
        return settings_blocks.text_message("digest_settings.coming")
    subscription = newsroom.store.ledger.subscription(team, channel)
    if subscription is None:
        raise NotFoundError(say("digest_settings.none"))
    next_posting = newsroom.digests.next_posting(subscription)
    return settings_blocks.already_posted_message(
        f"digest_settings.{'may_have_come' if row.state == 'uncertain' else 'came'}",
        time=clock(row.posting_time.astimezone(ZoneInfo(subscription.zone))),
        day=long_date(local_day(next_posting, subscription.zone)),
    )
