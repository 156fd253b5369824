"""The slash commands: /claim and /digest."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncApp, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import QueryError, SlackError
from bot.model import Subscription
from bot.newsroom import Newsroom
from bot.slack import blocks
from bot.slack.pages import page_of
from bot.slack.parts import Message, told
from bot.slack.refusals import INVITE, Body, acknowledged, refused, respond_with
from bot.slack.wording import long_date, shorten

NOT_SET, UNCHANGED = "The digest was not set", "Nothing was changed."

HELP = ("help", "?", "")

CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*(am|pm)?", re.ASCII | re.IGNORECASE)


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer /claim and /digest."""

    @app.command("/claim")
    @acknowledged
    async def claim(body: Body, respond: AsyncRespond, client: AsyncWebClient) -> None:
        words = typed_words(body)
        if words.casefold() in HELP:
            message = blocks.help_message()
        else:
            team, person = body["team_id"], body["user_id"]
            message = await asyncio.to_thread(page_of, newsroom, team, person, words)
        await respond_with(respond, message)

    @app.command("/digest")
    @acknowledged
    async def digest(body: Body, respond: AsyncRespond, client: AsyncWebClient) -> None:
        team, channel = body["team_id"], body["channel_id"]
        match typed_words(body).casefold().split(maxsplit=1):
            case []:
                message = await asyncio.to_thread(_what_is_set, newsroom, team, channel)
            case ["off"]:
                message = await asyncio.to_thread(_end, newsroom, team, channel)
            case ["on", at]:
                message = await _set(newsroom, client, body, parse_clock(at))
            case _:
                message = blocks.digest_help_message()
        await respond_with(respond, message)


def typed_words(command: Body) -> str:
    """What was typed after the command, as typed: Slack escapes three characters on the way."""
    typed = str(command.get("text") or "").strip()
    for escaped, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        typed = typed.replace(escaped, character)
    return typed


def parse_clock(text: str) -> time:
    """Read a time of day: 08:30, 8.30, 8am, 8:30 pm. Raises QueryError."""
    match = CLOCK.fullmatch(text.strip())
    if match:
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half or not match[2]:  # 13pm; a bare 8 may mean either half of the day
            hour = 24
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise QueryError(
        f"I can't read {shorten(text, 60)}", remedy="A time looks like 08:30, 8:30 or 8am."
    )


async def _set(newsroom: Newsroom, client: AsyncWebClient, command: Body, at: time) -> Message:
    channel, person = command["channel_id"], command["user_id"]
    again = f"type /digest on {at:%H:%M} again"
    if channel.startswith("D"):
        raise _not_set("this is a direct message", "Type the command in a channel.")
    try:
        known = (await client.conversations_info(channel=channel))["channel"]
        zone = (await client.users_info(user=person))["user"].get("tz")
    except SlackApiError as error:
        raise refused(error, NOT_SET, again=again, lost=UNCHANGED) from error
    if not known.get("is_member"):
        raise _not_set("I am not in this channel", INVITE.format(again=again))
    if not zone:
        raise _not_set(
            "Slack does not tell me your time zone", f"Set it in your profile, then {again}."
        )
    return await asyncio.to_thread(_begin, newsroom, command, at, zone)


def _not_set(cause: str, remedy: str) -> SlackError:
    return SlackError(NOT_SET, cause=cause, remedy=f"{remedy} {UNCHANGED}")


def _begin(newsroom: Newsroom, command: Body, at: time, zone: str) -> Message:
    subscription = newsroom.subscribe(
        team=command["team_id"],
        channel=command["channel_id"],
        at=at,
        zone=zone,
        person=command["user_id"],
    )
    first = _local(newsroom, subscription)
    return told(
        f"The digest will be posted in this channel each day at {at:%H:%M} ({zone}), first on "
        f"{long_date(first.date())}. /digest off ends it."
    )


def _end(newsroom: Newsroom, team: str, channel: str) -> Message:
    if newsroom.unsubscribe(team, channel):
        return told("The digest is off: none will be posted in this channel any more.")
    return told("No digest was set for this channel.")


def _what_is_set(newsroom: Newsroom, team: str, channel: str) -> Message:
    subscription = newsroom.subscription(team, channel)
    if subscription is None:
        return told("No digest is set for this channel. Set one with /digest on 08:30.")
    coming = _local(newsroom, subscription)
    return told(
        f"The digest is posted in this channel each day at {subscription.at:%H:%M} "
        f"({subscription.zone}), next on {long_date(coming.date())}. /digest off ends it."
    )


def _local(newsroom: Newsroom, subscription: Subscription) -> datetime:
    return newsroom.next_posting(subscription).astimezone(ZoneInfo(subscription.zone))
