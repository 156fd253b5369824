"""The modal in which a channel's digest is set, and who may set it.

Each press and each modal from outside the channel is authorised again: it may be old, or forged.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import time

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError, QueryError, SlackError
from bot.model import DigestWants, Subscription
from bot.newsroom import Newsroom
from bot.slack import views
from bot.slack.channels import CHANNEL_ID, is_member, is_public, require_bot
from bot.slack.gate import people
from bot.slack.parts import Block, Message
from bot.slack.refusals import Body, acknowledge_first, report_failure, respond_with, slack_call
from bot.slack.replies import Reply, person_of
from bot.slack.surfaces.digests import settings_blocks
from bot.slack.surfaces.digests.settings_blocks import CALLBACK, SentSettings, SettingsOrigin
from bot.slack.surfaces.digests.terms import schedule_text
from bot.slack.surfaces.home import tab as home_tab
from bot.words import say

MOST_TOPICS, MOST_OUTLETS, LONGEST_TOPIC = 10, 20, 200


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the button that opens the modal, the modal, and the button in it."""

    @app.action(CALLBACK)
    @acknowledge_first
    async def settings(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        channel = str(body["actions"][0].get("value") or "")
        if not CHANNEL_ID.fullmatch(channel):
            raise NotFoundError(say("gone.button"))
        asked = SettingsOrigin(
            channel, "" if home_tab.is_home(body) else str(body.get("response_url") or "")
        )
        await _require_permission(newsroom, client, body, channel)
        await open_settings(newsroom, client, body, asked)

    @app.view(CALLBACK)
    async def save(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        asked = settings_blocks.settings_origin(body["view"])
        written = await asyncio.to_thread(_read, newsroom, body, asked)
        if written.errors:
            await ack(response_action="errors", errors=written.errors)
            return
        await ack()
        reply = Reply(client, body, url=asked.url or None)
        await report_failure(_save(newsroom, client, body, asked, written, reply), reply)

    @app.action("digest_off")
    @acknowledge_first
    async def turn_off(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        asked = settings_blocks.settings_origin(body["view"])
        await _require_permission(newsroom, client, body, asked.channel)
        there = await asyncio.to_thread(
            newsroom.store.ledger.unsubscribe, body["team_id"], asked.channel
        )
        said = views.notice_view(
            say("digest_settings.ended" if there else "digest_settings.none_ended")
        )
        with slack_call(say("digest_settings.not_shown")):
            await client.views_update(view_id=body["view"]["id"], view=said)
        await _republish_home(newsroom, client, body, asked)


async def open_settings(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, asked: SettingsOrigin
) -> None:
    """Open the modal for a channel. Raises SlackError."""
    if asked.channel.startswith("D"):
        raise not_set_error(say("subscription.direct_message"), say("subscription.type_in_channel"))
    failed = say("digest_settings.not_shown")
    zone = (await people.person(client, str(person_of(body)), failed=failed)).zone

    def made() -> Block:
        subscription = newsroom.store.ledger.subscription(body["team_id"], asked.channel)
        stands = say("digest_settings.none_yet")
        if subscription:
            coming = newsroom.digests.next_posting(subscription)
            stands = schedule_text(subscription, coming, newsroom.now())
        return settings_blocks.settings_view(asked, subscription, zone=zone, stands=stands)

    view = await asyncio.to_thread(made)
    with slack_call(failed, again=say("digest_settings.type_again")):
        await client.views_open(trigger_id=body["trigger_id"], view=view)


def not_set_error(cause: str, remedy: str) -> SlackError:
    """Return the error that nothing was set, worded for a person."""
    remedy = f"{remedy} {say('refusals.nothing_changed')}"
    return SlackError(say("subscription.failed"), cause=cause, remedy=remedy)


def save_subscription(
    newsroom: Newsroom, body: Body, channel: str, *, at: time, zone: str, wants: DigestWants
) -> Message:
    """Save a channel's digest and show its settings.

    The first person to set it stays its owner, who is told of failures, unless it has stopped.
    """
    team = body["team_id"]
    known = newsroom.store.ledger.subscription(team, channel)
    goes_on = known is not None and not known.stopped
    made = newsroom.digests.subscriptions.subscribe(
        team=team,
        channel=channel,
        at=at,
        zone=zone,
        person=known.person if known and goes_on else str(person_of(body)),
        wants=wants,
    )
    key = "digest_settings.stands" if known else "digest_settings.begun"
    return settings_blocks.set_message(
        key, made, newsroom.digests.next_posting(made), newsroom.now()
    )


def valid_topic(newsroom: Newsroom, typed: str) -> str:
    """Return a topic as it is stored. Raises QueryError if it cannot be searched for."""
    topic = " ".join(typed.split())
    if len(topic) > LONGEST_TOPIC:
        raise QueryError(say("digest_settings.long_topic", n=LONGEST_TOPIC))
    newsroom.watches.matches.parse_query(topic)
    return topic


def require_within_limits(wants: DigestWants) -> None:
    """Raise QueryError if a digest has too many topics or outlets."""
    for name, most in (("topics", MOST_TOPICS), ("outlets", MOST_OUTLETS)):
        if len(getattr(wants, name)) > most:
            cause = say(f"digest_settings.many_{name}", n=most)
            raise QueryError(cause, remedy=say("digest_settings.remove_one"))


def _read(newsroom: Newsroom, body: Body, asked: SettingsOrigin) -> SentSettings:
    """Read and validate a submitted modal."""
    known = newsroom.store.ledger.subscription(body["team_id"], asked.channel)
    written = settings_blocks.read_settings(body["view"], known.wants if known else DigestWants())
    wants, errors = written.wants, written.errors
    try:
        wants = replace(wants, topics=tuple(valid_topic(newsroom, one) for one in wants.topics))
        require_within_limits(replace(wants, outlets=()))
    except QueryError as error:
        errors["topics"] = str(error)
    try:
        outlet_called = newsroom.digests.subscriptions.resolve_outlet
        wants = replace(wants, outlets=tuple(map(outlet_called, wants.outlets)))
        require_within_limits(replace(wants, topics=()))
    except QueryError as error:
        errors["outlets"] = str(error)
    return written._replace(wants=wants)


async def _save(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    asked: SettingsOrigin,
    written: SentSettings,
    reply: Reply,
) -> None:
    known = await _require_permission(newsroom, client, body, asked.channel)
    if known is None or known.stopped:
        again = say("digest_settings.press_again")
        await require_bot(client, asked.channel, failed=say("subscription.failed"), again=again)
    message = await asyncio.to_thread(
        save_subscription,
        newsroom,
        body,
        asked.channel,
        at=written.at,
        zone=written.zone,
        wants=written.wants,
    )
    if asked.url:
        await respond_with(reply, message)
    await _republish_home(newsroom, client, body, asked)


async def _republish_home(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, asked: SettingsOrigin
) -> None:
    if not asked.url:
        await home_tab.publish(newsroom, client, body["team_id"], body["user"]["id"])


async def _require_permission(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, channel: str
) -> Subscription | None:
    """Require that a person may set a channel's digest, and return its subscription.

    The owner, members of the channel and, for public channels, admins may. Raises NotFoundError,
    worded for them, or SlackError.
    """
    who, failed = str(person_of(body)), say("digest_settings.not_changed")
    known = await asyncio.to_thread(newsroom.store.ledger.subscription, body["team_id"], channel)
    if not (
        (known and known.person == who)
        or await is_member(client, channel, who, failed=failed)
        or (
            await people.is_admin(newsroom, client, who, failed=failed)
            and await is_public(client, channel)
        )
    ):
        raise NotFoundError(say("digest_settings.members_only"))
    return known
