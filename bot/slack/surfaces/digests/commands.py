"""The slash command /digest: what is typed in a channel is about that channel's digest."""

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
from bot.slack.channels import require_bot
from bot.slack.gate import people
from bot.slack.parts import Message
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply, person_of
from bot.slack.surfaces.answers import blocks
from bot.slack.surfaces.answers.commands import parse_clock, typed_words
from bot.slack.surfaces.digests import settings_blocks
from bot.slack.surfaces.digests.changes import CHANGES
from bot.slack.surfaces.digests.settings import not_set_error, open_settings, save_subscription
from bot.slack.surfaces.digests.settings_blocks import SettingsOrigin
from bot.slack.surfaces.digests.terms import local_day, parse_days
from bot.slack.surfaces.home.tab import visible_digests
from bot.words import say
from bot.words.dates import clock, long_date, long_moment

ON_ARGUMENTS = re.compile(r"(\S+(?:\s+[ap]m)?)(?:\s+(.+))?", re.IGNORECASE)


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer /digest, and the button that previews the next digest."""

    @app.command("/digest")
    @acknowledge_first
    async def digest(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        verb, _, rest = typed_words(body).partition(" ")
        if not verb:
            asked = SettingsOrigin(body["channel_id"], str(body.get("response_url") or ""))
            await open_settings(newsroom, client, body, asked)
            return
        message = await _answer(newsroom, client, body, verb.casefold(), rest.strip())
        await respond_with(reply, message)

    @app.action("digest_preview")
    @acknowledge_first
    async def see_new(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        await respond_with(reply, await _preview(newsroom, client, body, reply.channel or ""))


async def _answer(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, verb: str, rest: str
) -> Message:
    team, channel = body["team_id"], body["channel_id"]
    match verb, rest:
        case "on", at if at:
            return await _set(newsroom, client, body, at)
        case "off", "":
            there = await asyncio.to_thread(newsroom.store.ledger.unsubscribe, team, channel)
            return settings_blocks.markup_text(
                "digest_settings.ended" if there else "digest_settings.none_ended"
            )
        case "list", "":
            return await _list(newsroom, client, body)
        case "preview", "":
            return await _preview(newsroom, client, body, channel)
        case "now", "":
            return await asyncio.to_thread(_post_now, newsroom, team, channel)
        case _, _ if verb in CHANGES:
            return await _changed(newsroom, client, body, verb, rest)
    return blocks.help_message("digest")


async def _set(newsroom: Newsroom, client: AsyncWebClient, body: Body, typed: str) -> Message:
    """Set a channel's digest, in the time zone of whoever types the command."""
    match = ON_ARGUMENTS.fullmatch(typed)
    at = parse_clock(match[1] if match else typed)
    days = parse_days(match[2]) if match and match[2] else None
    channel, failed = body["channel_id"], say("subscription.failed")
    again = say("subscription.again", at=f"{at:%H:%M}")
    if channel.startswith("D"):
        raise not_set_error(say("subscription.direct_message"), say("subscription.type_in_channel"))
    await require_bot(client, channel, failed=failed, again=again)
    zone = (await people.person(client, body["user_id"], failed=failed)).zone
    if not zone:
        raise not_set_error(say("subscription.no_zone"), say("subscription.set_zone", again=again))

    def begin() -> Message:
        known = newsroom.store.ledger.subscription(body["team_id"], channel)
        wants = known.preferences if known else DigestPreferences()
        if days is not None:
            wants = replace(wants, days=days)
        return save_subscription(newsroom, body, channel, at=at, zone=zone, wants=wants)

    return await asyncio.to_thread(begin)


async def _changed(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, verb: str, rest: str
) -> Message:
    """Apply one of CHANGES and show the digest's settings."""
    channel = body["channel_id"]
    known = await asyncio.to_thread(newsroom.store.ledger.subscription, body["team_id"], channel)
    if known is None:
        raise NotFoundError(say("digest_settings.none"))
    asked = await asyncio.to_thread(CHANGES[verb], newsroom, known, rest)
    if known.stop_reason:
        failed, again = say("subscription.failed"), say("digest_settings.type_again")
        await require_bot(client, channel, failed=failed, again=again)
    return await asyncio.to_thread(
        save_subscription,
        newsroom,
        body,
        channel,
        at=asked.at,
        zone=asked.zone,
        wants=asked.preferences,
    )


async def _list(newsroom: Newsroom, client: AsyncWebClient, body: Body) -> Message:
    """List the digests that somebody may see: of this channel, their own, of public channels."""
    team, who, here = body["team_id"], body["user_id"], body["channel_id"]
    every = await asyncio.to_thread(newsroom.store.ledger.subscriptions, team)
    seen = await visible_digests(client, every, who)
    first = [one for one in every if one.channel == here]
    there = [*first, *(one for one in seen if one.channel != here)]

    def made() -> Message:
        coming = [(one, newsroom.digests.next_posting(one)) for one in there]
        return settings_blocks.list_message(coming, newsroom.now(), who)

    return await asyncio.to_thread(made)


async def _preview(newsroom: Newsroom, client: AsyncWebClient, body: Body, channel: str) -> Message:
    """Preview the next digest of a channel; if none is set, the last 24 hours."""
    who, failed = str(person_of(body)), say("digest_settings.not_shown")
    zone = (await people.person(client, who, failed=failed)).zone or people.DEFAULT_ZONE

    def made() -> Message:
        subscription = newsroom.store.ledger.subscription(body["team_id"], channel)
        if subscription:
            day = local_day(newsroom.digests.next_posting(subscription), subscription)
            at, where = subscription.at, subscription.zone
        else:
            now = newsroom.now().astimezone(ZoneInfo(zone))
            day, at, where = now.date(), now.time(), zone
        found = newsroom.digests.preview(day=day, subscription=subscription, at=at, zone=where)
        if not subscription:
            return settings_blocks.preview_message(found, say("digest_settings.preview_unset"))
        # A full date: "yesterday" would differ between now and when it is posted.
        since = long_moment(found.since.astimezone(ZoneInfo(where)), found.language)
        note = say("digest_settings.preview", day=long_date(day, found.language), since=since)
        return settings_blocks.preview_message(found, note)

    return await asyncio.to_thread(made)


def _post_now(newsroom: Newsroom, team: str, channel: str) -> Message:
    row = newsroom.digests.post_now(team, channel)
    if row.state in ("planned", "sending"):
        return settings_blocks.markup_text("digest_settings.coming")
    subscription = newsroom.store.ledger.subscription(team, channel)
    if subscription is None:
        raise NotFoundError(say("digest_settings.none"))
    time = clock(row.posting_time.astimezone(ZoneInfo(subscription.zone)))
    coming = long_date(local_day(newsroom.digests.next_posting(subscription), subscription))
    key = "may_have_come" if row.state == "uncertain" else "came"
    return settings_blocks.came_message(f"digest_settings.{key}", time, coming)
