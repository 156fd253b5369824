"""The modal for the settings of a channel's digest, and who may change them.

Each click and each submission from outside the channel is authorised again: it may be old or
forged.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import time

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError, QueryError, SlackError
from bot.model import DigestPreferences, Subscription
from bot.newsroom import Newsroom
from bot.slack import modals
from bot.slack.channels import CHANNEL_ID, is_member, is_public, require_bot_in_channel
from bot.slack.gate import people
from bot.slack.parts import Block, Message
from bot.slack.refusals import Body, acknowledge_first, report_failure, respond_with, slack_call
from bot.slack.replies import Reply, person_id_of, sign_response_url
from bot.slack.surfaces.digests import settings_blocks
from bot.slack.surfaces.digests.settings_blocks import (
    SETTINGS_CALLBACK,
    SettingsOrigin,
    SubmittedSettings,
)
from bot.slack.surfaces.digests.terms import schedule_text
from bot.slack.surfaces.home import tab as home_tab
from bot.words import say

MAX_TOPICS, MAX_OUTLETS = 10, 20
MAX_TOPIC_LENGTH = 200


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle the button that opens the modal, the modal, and the button in it."""

    @app.action(SETTINGS_CALLBACK)
    @acknowledge_first
    async def open_modal(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        channel = str(body["actions"][0].get("value") or "")
        if not CHANNEL_ID.fullmatch(channel):
            raise NotFoundError(say("gone.button"))
        url = "" if home_tab.is_from_home(body) else sign_response_url(client, body)
        await _require_permission(newsroom, client, body, channel)
        await open_settings(newsroom, client, body, SettingsOrigin(channel, url))

    @app.view(SETTINGS_CALLBACK)
    async def save(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        origin = settings_blocks.settings_origin(body["view"])
        submission = await asyncio.to_thread(_parse, newsroom, body, origin)
        if submission.errors:
            await ack(response_action="errors", errors=submission.errors)
            return
        await ack()
        reply = Reply(client, body, signed_url=origin.url)
        await report_failure(_save(newsroom, client, body, origin, submission, reply), reply)

    @app.action("digest_off")
    @acknowledge_first
    async def turn_off(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        origin = settings_blocks.settings_origin(body["view"])
        await _require_permission(newsroom, client, body, origin.channel)
        key = await asyncio.to_thread(turn_off_digest, newsroom, body["team_id"], origin.channel)
        with slack_call(say("digest_settings.not_shown")):
            view = modals.notice_view(say(key))
            await client.views_update(view_id=body["view"]["id"], view=view)
        await _republish_home(newsroom, client, body, origin)


async def open_settings(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, origin: SettingsOrigin
) -> None:
    """Open the modal for a channel. Raises SlackError."""
    if origin.channel.startswith("D"):
        raise not_set_error(say("subscription.direct_message"), say("subscription.type_in_channel"))
    failure = say("digest_settings.not_shown")
    zone = (await people.get_person(client, str(person_id_of(body)), failure=failure)).zone

    def render() -> Block:
        subscription = newsroom.store.ledger.subscription(body["team_id"], origin.channel)
        status = say("digest_settings.none_yet")
        if subscription:
            next_posting = newsroom.digests.next_posting(subscription)
            status = schedule_text(subscription, next_posting, newsroom.now())
        return settings_blocks.settings_view(origin, subscription, zone=zone, status=status)

    view = await asyncio.to_thread(render)
    with slack_call(failure, next_step=say("digest_settings.type_again")):
        await client.views_open(trigger_id=body["trigger_id"], view=view)


def turn_off_digest(newsroom: Newsroom, team: str, channel: str) -> str:
    """Turn off a channel's digest, if it has one; return the key of the text that says so."""
    had_digest = newsroom.store.ledger.unsubscribe(team, channel)
    return "digest_settings.ended" if had_digest else "digest_settings.none_ended"


def not_set_error(cause: str, remedy: str) -> SlackError:
    """Return the error for a digest that was not set, with a message for the user."""
    remedy = f"{remedy} {say('refusals.nothing_changed')}"
    return SlackError(say("subscription.failed"), cause=cause, remedy=remedy)


def save_subscription(
    newsroom: Newsroom,
    body: Body,
    channel: str,
    posting_time: time,
    zone: str,
    preferences: DigestPreferences,
) -> Message:
    """Save a channel's digest and show its settings.

    The first person to set the digest stays its owner, who is told of failures. If it has stopped,
    the person who sets it again becomes the owner.
    """
    team = body["team_id"]
    current = newsroom.store.ledger.subscription(team, channel)
    is_running = current is not None and not current.stop_reason
    subscription = newsroom.digests.subscriptions.subscribe(
        team=team,
        channel=channel,
        at=posting_time,
        zone=zone,
        person=current.person if current and is_running else str(person_id_of(body)),
        wants=preferences,
    )
    key = "digest_settings.stands" if current else "digest_settings.begun"
    next_posting = newsroom.digests.next_posting(subscription)
    return settings_blocks.saved_message(key, subscription, next_posting, newsroom.now())


def parse_topic(newsroom: Newsroom, typed_text: str) -> str:
    """Return a topic as it is stored. Raises QueryError if it is too long or not a valid query."""
    topic = " ".join(typed_text.split())
    if len(topic) > MAX_TOPIC_LENGTH:
        raise QueryError(say("digest_settings.long_topic", n=MAX_TOPIC_LENGTH))
    newsroom.watches.matches.parse_query(topic)
    return topic


def require_within_limits(preferences: DigestPreferences) -> None:
    """Raise QueryError if a digest has too many topics or outlets."""
    for name, limit in (("topics", MAX_TOPICS), ("outlets", MAX_OUTLETS)):
        if len(getattr(preferences, name)) > limit:
            cause = say(f"digest_settings.many_{name}", n=limit)
            raise QueryError(cause, remedy=say("digest_settings.remove_one"))


def _parse(newsroom: Newsroom, body: Body, origin: SettingsOrigin) -> SubmittedSettings:
    """Parse and validate a submitted modal."""
    current = newsroom.store.ledger.subscription(body["team_id"], origin.channel)
    submission = settings_blocks.parse_settings(
        body["view"], current.preferences if current else DigestPreferences()
    )
    preferences, errors = submission.preferences, submission.errors
    try:
        preferences = replace(
            preferences, topics=tuple(parse_topic(newsroom, topic) for topic in preferences.topics)
        )
        require_within_limits(replace(preferences, outlets=()))
    except QueryError as error:
        errors["topics"] = str(error)
    try:
        find_outlet = newsroom.digests.subscriptions.resolve_outlet
        preferences = replace(preferences, outlets=tuple(map(find_outlet, preferences.outlets)))
        require_within_limits(replace(preferences, topics=()))
    except QueryError as error:
        errors["outlets"] = str(error)
    return submission._replace(preferences=preferences)


async def _save(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    origin: SettingsOrigin,
    submission: SubmittedSettings,
    reply: Reply,
) -> None:
    channel = origin.channel
    current = await _require_permission(newsroom, client, body, channel)
    if current is None or current.stop_reason:
        failure, next_step = say("subscription.failed"), say("digest_settings.press_again")
        await require_bot_in_channel(client, channel, failure=failure, next_step=next_step)
    posting_time, zone, preferences, _ = submission
    message = await asyncio.to_thread(
        save_subscription, newsroom, body, channel, posting_time, zone, preferences
    )
    if origin.url:
        await respond_with(reply, message)
    await _republish_home(newsroom, client, body, origin)


async def _republish_home(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, origin: SettingsOrigin
) -> None:
    """Publish the Home tab again if the modal was opened there."""
    if not origin.url:
        await home_tab.publish(newsroom, client, body["team_id"], body["user"]["id"])


async def _require_permission(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, channel: str
) -> Subscription | None:
    """Require that a person may set a channel's digest, and return its subscription.

    The owner, members of the channel and, in public channels, admins may. Raises NotFoundError with
    a message for the user, or SlackError.
    """
    user_id, failure = str(person_id_of(body)), say("digest_settings.not_changed")
    current = await asyncio.to_thread(newsroom.store.ledger.subscription, body["team_id"], channel)
    if not (
        (current and current.person == user_id)
        or await is_member(client, channel, user_id, failure=failure)
        or (
            await people.is_admin(newsroom, client, user_id, failure=failure)
            and await is_public(client, channel)
        )
    ):
        raise NotFoundError(say("digest_settings.members_only"))
    return current
