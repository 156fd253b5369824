"""The button Withdraw on a message that a person shared, cited or asked to be posted."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError
from bot.newsroom import Newsroom
from bot.slack.gate.people import admins_to_notify, is_admin, is_reviewer, reviewers
from bot.slack.messages.post import has_key
from bot.slack.messages.updates import delete_message
from bot.slack.parts import markup_message, notice
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply, pressed_value
from bot.wording.runs import shorten
from bot.words import say

POSTERS_TIME = timedelta(hours=24)
"""How long people may withdraw what they posted; after that only reviewers and admins may."""
KINDS = ("share", "cite", "answer")
MAX_TEXT_LENGTH, MAX_NAMED = 200, 3


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle the button, whose value is the key of the message; it may be old or forged."""

    @app.action("withdraw_post")
    @acknowledge_first
    async def withdraw(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        team, key, person = body["team_id"], pressed_value(body), body["user"]["id"]
        store, failure = newsroom.store.outbox, say("sharing.not_withdrawn")
        message = await asyncio.to_thread(store.by_key, team, key)
        if message is None or message.kind not in KINDS:
            raise NotFoundError(say("gone.button"), remedy=say("refusals.nothing_changed"))
        is_poster = message.person == person
        is_recent = newsroom.now() < (message.tried_at or message.asked_at) + POSTERS_TIME
        if not (
            (is_poster and is_recent)
            or await is_reviewer(newsroom, client, person, failure=failure)
            or await is_admin(newsroom, client, person, failure=failure)
        ):
            ids = await reviewers(newsroom, client, MAX_NAMED)
            ids = ids or await admins_to_notify(newsroom, client)
            ask = ", ".join(f"<@{id_}>" for id_ in ids) or say("sharing.an_admin")
            told = "sharing.withdraw_late" if is_poster else "sharing.withdraw_others"
            poster = f"<@{message.person}>"
            await respond_with(reply, markup_message(say(told, poster=poster, ask=ask)))
            return
        # If its row does not say where it was posted, the press does.
        pressed = body.get("message") or {}
        ts = str(pressed["ts"]) if has_key(pressed, key) else None
        await asyncio.to_thread(store.withdraw, message, person=person, now=newsroom.now(), ts=ts)
        next_at = await delete_message(newsroom, client, team, key)
        ids = [claim.claim_id for claim in message.shown[:1]]
        hits = await asyncio.to_thread(newsroom.claims.load_hits, ids)
        words = [hit.claim.text for hit in hits.values()] or [say("sharing.the_message")]
        done = "sharing.withdraws" if next_at else "sharing.withdrawn"
        await respond_with(reply, notice(say(done, what=shorten(words[0], MAX_TEXT_LENGTH))))
