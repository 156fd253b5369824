"""The modal in which a channel's digest is set, and who may set it.

Whoever opens or sends it from elsewhere than the channel is asked for anew whether they may: a
press may be old, or forged.
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
from bot.slack.channels import CHANNEL, is_member, is_public, require_bot
from bot.slack.gate import people
from bot.slack.parts import Block, Message
from bot.slack.refusals import Body, acknowledged, asking, respond_with, told_if_it_fails
from bot.slack.replies import Reply, person_of
from bot.slack.surfaces.digests import settings_blocks
from bot.slack.surfaces.digests.settings_blocks import CALLBACK, Asked, Written
from bot.slack.surfaces.digests.terms import stands_shown
from bot.slack.surfaces.home import tab as home_tab
from bot.words import say

MOST_TOPICS, MOST_OUTLETS, LONGEST_TOPIC = 10, 20, 200


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the button that opens the modal, the modal, and the button in it."""

    @app.action(CALLBACK)
    @acknowledged
    async def settings(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        channel = str(body["actions"][0].get("value") or "")
        if not CHANNEL.fullmatch(channel):
            raise NotFoundError(say("gone.button"))
        asked = Asked(
            channel, "" if home_tab.is_home(body) else str(body.get("response_url") or "")
        )
        await _require_right(newsroom, client, body, channel)
        await open_settings(newsroom, client, body, asked)

    @app.view(CALLBACK)
    async def save(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        asked = settings_blocks.asked_for(body["view"])
        written = await asyncio.to_thread(_read, newsroom, body, asked)
        if written.errors:
            await ack(response_action="errors", errors=written.errors)
            return
        await ack()
        reply = Reply(client, body, url=asked.url or None)
        await told_if_it_fails(_save(newsroom, client, body, asked, written, reply), reply)

    @app.action("digest_off")
    @acknowledged
    async def turn_off(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        asked = settings_blocks.asked_for(body["view"])
        await _require_right(newsroom, client, body, asked.channel)
        there = await asyncio.to_thread(
            newsroom.store.ledger.unsubscribe, body["team_id"], asked.channel
        )
        said = views.told_view(
            say("digest_settings.ended" if there else "digest_settings.none_ended")
        )
        with asking(say("digest_settings.not_shown")):
            await client.views_update(view_id=body["view"]["id"], view=said)
        await _shown_at_home(newsroom, client, body, asked)


async def open_settings(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, asked: Asked
) -> None:
    """Open the modal for a channel. Raises SlackError."""
    if asked.channel.startswith("D"):
        raise not_set(say("subscription.direct_message"), say("subscription.type_in_channel"))
    failed = say("digest_settings.not_shown")
    zone = (await people.person(client, str(person_of(body)), failed=failed)).zone

    def made() -> Block:
        subscription = newsroom.store.ledger.subscription(body["team_id"], asked.channel)
        stands = say("digest_settings.none_yet")
        if subscription:
            coming = newsroom.digests.next_posting(subscription)
            stands = stands_shown(subscription, coming, newsroom.now())
        return settings_blocks.settings_view(asked, subscription, zone=zone, stands=stands)

    view = await asyncio.to_thread(made)
    with asking(failed, again=say("digest_settings.type_again")):
        await client.views_open(trigger_id=body["trigger_id"], view=view)


def not_set(cause: str, remedy: str) -> SlackError:
    """What a person hears where nothing was set."""
    remedy = f"{remedy} {say('refusals.nothing_changed')}"
    return SlackError(say("subscription.failed"), cause=cause, remedy=remedy)


def set_as_asked(
    newsroom: Newsroom, body: Body, channel: str, *, at: time, zone: str, wants: DigestWants
) -> Message:
    """Set a channel's digest, and say how it stands. Who has set it first stays who is told when
    it fails, unless it has failed."""
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


def topic_of(newsroom: Newsroom, typed: str) -> str:
    """A topic as it is kept. Raises QueryError for one that cannot be searched for."""
    topic = " ".join(typed.split())
    if len(topic) > LONGEST_TOPIC:
        raise QueryError(say("digest_settings.long_topic", n=LONGEST_TOPIC))
    newsroom.watches.matches.parse_query(topic)
    return topic


def require_few(wants: DigestWants) -> None:
    """Make sure that a digest has no more topics and outlets than there is room for. Raises
    QueryError."""
    for name, most in (("topics", MOST_TOPICS), ("outlets", MOST_OUTLETS)):
        if len(getattr(wants, name)) > most:
            cause = say(f"digest_settings.many_{name}", n=most)
            raise QueryError(cause, remedy=say("digest_settings.remove_one"))


def _read(newsroom: Newsroom, body: Body, asked: Asked) -> Written:
    """What was written in a modal that was sent, as it can be kept."""
    known = newsroom.store.ledger.subscription(body["team_id"], asked.channel)
    written = settings_blocks.written(body["view"], known.wants if known else DigestWants())
    wants, errors = written.wants, written.errors
    try:
        wants = replace(wants, topics=tuple(topic_of(newsroom, one) for one in wants.topics))
        require_few(replace(wants, outlets=()))
    except QueryError as error:
        errors["topics"] = str(error)
    try:
        outlet_called = newsroom.digests.subscriptions.outlet_named
        wants = replace(wants, outlets=tuple(map(outlet_called, wants.outlets)))
        require_few(replace(wants, topics=()))
    except QueryError as error:
        errors["outlets"] = str(error)
    return written._replace(wants=wants)


async def _save(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    asked: Asked,
    written: Written,
    reply: Reply,
) -> None:
    known = await _require_right(newsroom, client, body, asked.channel)
    if known is None or known.stopped:
        again = say("digest_settings.press_again")
        await require_bot(client, asked.channel, failed=say("subscription.failed"), again=again)
    message = await asyncio.to_thread(
        set_as_asked,
        newsroom,
        body,
        asked.channel,
        at=written.at,
        zone=written.zone,
        wants=written.wants,
    )
    if asked.url:
        await respond_with(reply, message)
    await _shown_at_home(newsroom, client, body, asked)


async def _shown_at_home(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, asked: Asked
) -> None:
    if not asked.url:
        await home_tab.publish(newsroom, client, body["team_id"], body["user"]["id"])


async def _require_right(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, channel: str
) -> Subscription | None:
    """Make sure that a person may set a channel's digest: whoever has set it, its members, and
    admins where everybody may see the channel. Returns what is set. Raises NotFoundError, worded
    for them, or SlackError."""
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
