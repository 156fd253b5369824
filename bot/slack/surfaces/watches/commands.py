"""The slash command /watch, the buttons of watches, and the modal for editing a watch.

A watch may be changed by its owner and, in its channel, by admins. The values of buttons are
validated: they may be old or forged.
"""

from __future__ import annotations

import asyncio
import re

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError, QueryError
from bot.model import Watch
from bot.newsroom import Newsroom
from bot.slack.channels import is_member, require_bot_in_channel
from bot.slack.gate.people import DEFAULT_ZONE, get_person, is_admin
from bot.slack.parts import Message, markup_message
from bot.slack.refusals import (
    Body,
    acknowledge_first,
    report_failure,
    respond_with,
    slack_call,
)
from bot.slack.replies import Reply, person_id_of, sign_response_url
from bot.slack.surfaces.answers.buttons import PAGE_VALUE
from bot.slack.surfaces.answers.commands import HELP_WORDS, typed_words
from bot.slack.surfaces.home import tab as home_tab
from bot.slack.surfaces.watches import blocks as watch_blocks
from bot.slack.surfaces.watches import views as watch_views
from bot.words import say

CHANGE_COMMAND = re.compile(r"(pause|resume|end|edit)\s+#?(\d{1,9})", re.ASCII | re.IGNORECASE)
CHANGE_ACTIONS = re.compile(r"watch_(pause|resume|end)")
CONFIRM_VALUE = re.compile(r"([0-9A-Za-z_-]{1,64}):([0-9A-Za-z_-]{1,64})", re.ASCII)
"""The ids under which the query and the channel for its alerts are stored."""


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle /watch, and the buttons and modals of watches and alerts."""
    _register_setup(app, newsroom)
    _register_changes(app, newsroom)


def _register_setup(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle /watch and the buttons that set a watch."""

    @app.command("/watch")
    @acknowledge_first
    async def watch(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        words = typed_words(body)
        if words.casefold() in HELP_WORDS:
            await respond_with(reply, markup_message(say("watches.help")))
        elif words.casefold() == "list":
            await respond_with(reply, await asyncio.to_thread(_list, newsroom, body))
        elif match := CHANGE_COMMAND.fullmatch(words):
            verb, number = match[1].casefold(), int(match[2])
            find_watch = newsroom.store.watches.by_number
            existing_watch = await asyncio.to_thread(find_watch, body["team_id"], number)
            if verb == "edit":
                await _open_modal(newsroom, client, body, existing_watch)
            else:
                await _change(newsroom, client, body, reply, existing_watch, verb)
        else:
            is_private, query = _split_dm(words)
            is_private = is_private or body["channel_id"].startswith("D")
            channel = _user_id(body) if is_private else _channel(body)
            await respond_with(reply, await _set_watch(newsroom, client, body, query, channel))

    @app.action("watch_search")
    @acknowledge_first
    async def watch_search(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        query = await asyncio.to_thread(_searched_query, newsroom, body)
        # The answer was private, so the alerts are private too.
        await respond_with(reply, await _set_watch(newsroom, client, body, query, _user_id(body)))

    @app.action("watch_anyway")
    @acknowledge_first
    async def confirm(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        match = CONFIRM_VALUE.fullmatch(_value(body))
        if match is None:
            raise NotFoundError(say("gone.button"), remedy=say("watches.type_again"))
        team, user_id = body["team_id"], _user_id(body)
        recall = newsroom.store.conversations.recall
        # The button may be in another channel than the one where /watch was typed.
        query, channel = [
            await asyncio.to_thread(recall, team, user_id, stored_id)
            for stored_id in match.groups()
        ]
        message = await _set_watch(newsroom, client, body, query, channel, is_confirmed=True)
        await respond_with(reply, message, replace=True)


def _register_changes(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle the buttons and the modal that change a watch."""

    @app.action(CHANGE_ACTIONS)
    @acknowledge_first
    async def change(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        watch = await asyncio.to_thread(_clicked_watch, newsroom, body)
        verb = body["actions"][0]["action_id"].removeprefix("watch_")
        await _change(newsroom, client, body, reply, watch, verb)

    @app.action("watch_edit")
    @acknowledge_first
    async def edit(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        watch = await asyncio.to_thread(_clicked_watch, newsroom, body)
        await _open_modal(newsroom, client, body, watch)

    @app.view("watch_edit")
    async def save(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        watch_id, _, url = watch_views.parse_metadata(body["view"])
        reply = Reply(client, body, signed_url=url)
        try:
            watch = await asyncio.to_thread(newsroom.store.watches.by_id, body["team_id"], watch_id)
        except NotFoundError as error:
            await ack()
            await report_failure(_raise(error), reply)
            return
        edited_watch, errors = watch_views.parse_watch(body["view"], watch)
        try:
            await asyncio.to_thread(newsroom.watches.matches.parse_query, edited_watch.query)
        except QueryError as error:
            errors = {**errors, "query": str(error)}
        if errors:
            await ack(response_action="errors", errors=dict(errors))
            return
        await ack()
        await report_failure(_save(newsroom, client, body, watch, edited_watch, reply), reply)


async def _raise(error: Exception) -> None:
    """Raise an error when awaited, for report_failure."""
    raise error


def _user_id(body: Body) -> str:
    return str(person_id_of(body))


def _channel(body: Body) -> str:
    """Return the channel that a command or a click comes from; empty for the Home tab."""
    return str(body.get("channel_id") or (body.get("channel") or {}).get("id") or "")


def _value(body: Body) -> str:
    return str(body["actions"][0].get("value") or "")


def _split_dm(words: str) -> tuple[bool, str]:
    """Return whether a query starts with "dm", and the query without it."""
    first, _, query = words.partition(" ")
    is_dm = first.casefold() == "dm" and bool(query.strip())
    return is_dm, query.strip() if is_dm else words


async def _set_watch(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    query: str,
    channel: str,
    *,
    is_confirmed: bool = False,
) -> Message:
    """Set a watch, or ask for confirmation if it would find very many claims.

    `channel` is where it alerts, a person's id for direct messages.
    """
    team, user_id, failure = body["team_id"], _user_id(body), say("watches.not_set")
    if not is_confirmed:
        forecast = await asyncio.to_thread(newsroom.watches.forecast, query)
        if forecast.is_broad:
            conversation = newsroom.store.conversations.begin(team, user_id, newsroom.now())
            stored_ids = [conversation.remember(text) for text in (query, channel)]
            conversation.save()  # if that fails, a watch cannot be stored either
            return watch_blocks.broad_message(query, forecast, ":".join(stored_ids))
    await _require_access(client, body, channel, user_id, failure)
    zone = (await get_person(client, user_id, failure=failure)).zone or DEFAULT_ZONE
    watch = await asyncio.to_thread(
        newsroom.watches.add, team=team, person=user_id, channel=channel, query=query, zone=zone
    )
    return watch_blocks.watch_message("watches.begun", watch)


async def _require_access(
    client: AsyncWebClient, body: Body, channel: str, owner_id: str, failure: str
) -> None:
    """Require that the bot and the owner of a watch are in its channel.

    Raises NotFoundError if the owner is not, and SlackError.
    """
    if channel == owner_id:
        return
    await require_bot_in_channel(client, channel, failure=failure, next_step=say("watches.again"))
    is_in_channel = owner_id == _user_id(body) and channel == _channel(body)
    if not is_in_channel and not await is_member(client, channel, owner_id, failure=failure):
        raise NotFoundError(say("watches.members_only"))


def _searched_query(newsroom: Newsroom, body: Body) -> str:
    """Return the query of the answer whose button was clicked, with its typos corrected and without
    days that are over. Raises NotFoundError and QueryError."""
    match = PAGE_VALUE.fullmatch(_value(body))
    if match is None:
        raise NotFoundError(say("gone.button"), remedy=say("gone.search_again"))
    query = newsroom.store.conversations.recall(body["team_id"], _user_id(body), match[1])
    answer = newsroom.search.find(query, limit=1)
    return newsroom.watches.looking_ahead(answer.read_as if answer.corrections else query)


def _list(newsroom: Newsroom, body: Body) -> Message:
    user_id, channel = _user_id(body), body["channel_id"]
    watches = newsroom.store.watches.for_person(body["team_id"], person=user_id, channel=channel)
    return watch_blocks.list_message(watches, user_id)


def _clicked_watch(newsroom: Newsroom, body: Body) -> Watch:
    """Return the watch whose button was clicked. Raises NotFoundError."""
    return newsroom.store.watches.by_id(body["team_id"], _value(body))


async def _require_permission(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, watch: Watch, channel: str
) -> None:
    """Require that the user, who is in `channel`, may change a watch.

    Raises NotFoundError with a message for the user.
    """
    user_id, failure = _user_id(body), say("watches.not_changed")
    if user_id == watch.person:
        return
    # Admins see a watch only in its channel.
    if channel != watch.channel or not await is_admin(newsroom, client, user_id, failure=failure):
        raise NotFoundError(say("watches.owners_only"))


async def _change(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    reply: Reply,
    watch: Watch,
    verb: str,
) -> None:
    """Pause, resume or end a watch."""
    await _require_permission(newsroom, client, body, watch, _channel(body))
    changes = {
        "pause": (newsroom.watches.pause, "paused"),
        "resume": (newsroom.watches.resume, "resumed"),
        "end": (newsroom.watches.end, "ended"),
    }
    apply, outcome = changes[verb]
    if verb == "resume":
        failure = say("watches.not_changed")
        await _require_access(client, body, watch.channel, watch.person, failure)
    await asyncio.to_thread(apply, watch)
    if not await home_tab.republish_if_home(newsroom, client, body):
        await respond_with(reply, watch_blocks.changed_message(outcome, watch))


async def _open_modal(newsroom: Newsroom, client: AsyncWebClient, body: Body, watch: Watch) -> None:
    """Open the modal for editing a watch."""
    channel = _channel(body)
    await _require_permission(newsroom, client, body, watch, channel)
    channel = channel if watch.is_private else watch.channel
    channel = "" if channel.startswith("D") else channel
    url = "" if home_tab.is_from_home(body) else sign_response_url(client, body)
    view = watch_views.edit_view(watch, channel, url)
    with slack_call(say("watches.not_changed"), next_step=say("watches.press_again")):
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def _save(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    watch: Watch,
    edited_watch: Watch,
    reply: Reply,
) -> None:
    _, channel, url = watch_views.parse_metadata(body["view"])
    await _require_permission(newsroom, client, body, watch, channel)
    failure = say("watches.not_changed")
    await _require_access(client, body, edited_watch.channel, watch.person, failure)
    saved_watch = await asyncio.to_thread(newsroom.watches.edit, edited_watch)
    if url:
        await respond_with(reply, watch_blocks.watch_message("watches.edited", saved_watch))
    else:
        await home_tab.publish(newsroom, client, body["team_id"], _user_id(body))
