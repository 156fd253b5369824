"""The slash command /watch, the buttons of watches, and the modal in which one is changed.

Only its owner may change a watch and, in its channel, admins. The values of buttons are validated:
they may be old, or forged.
"""

from __future__ import annotations

import asyncio
import re
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError, QueryError
from bot.model import Watch
from bot.newsroom import Newsroom
from bot.slack.channels import is_member, require_bot
from bot.slack.gate.people import DEFAULT_ZONE, is_admin, person
from bot.slack.parts import Message
from bot.slack.refusals import (
    Body,
    acknowledge_first,
    report_failure,
    respond_with,
    slack_call,
)
from bot.slack.replies import Reply
from bot.slack.surfaces.answers.buttons import PAGE_VALUE
from bot.slack.surfaces.answers.commands import HELP, typed_words
from bot.slack.surfaces.home import tab as home_tab
from bot.slack.surfaces.watches import blocks as watch_blocks
from bot.slack.surfaces.watches import views as watch_views
from bot.words import say

CHANGE_COMMAND = re.compile(r"(pause|resume|end|edit)\s+#?(\d{1,9})", re.ASCII | re.IGNORECASE)
CHANGE_ACTIONS = re.compile(r"watch_(pause|resume|end)")
ANYWAY_VALUE = re.compile(r"([0-9A-Za-z_-]{1,64}):([0-9A-Za-z_-]{1,64})", re.ASCII)
"""The ids of the stored query and of the stored place for its alerts."""


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer /watch, and the buttons and modals of watches and alerts."""
    _register_setting(app, newsroom)
    _register_changes(app, newsroom)


def _register_setting(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer /watch and the buttons that set a watch."""

    @app.command("/watch")
    @acknowledge_first
    async def watch(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        words = typed_words(body)
        if words.casefold() in HELP:
            await respond_with(reply, watch_blocks.help_message())
        elif words.casefold() == "list":
            await respond_with(reply, await asyncio.to_thread(_list, newsroom, body))
        elif asked := CHANGE_COMMAND.fullmatch(words):
            called = await asyncio.to_thread(
                newsroom.store.watches.by_number, body["team_id"], int(asked[2])
            )
            if (verb := asked[1].casefold()) == "edit":
                await _open(newsroom, client, body, called)
            else:
                await _change(newsroom, client, body, reply, called, verb)
        else:
            directly, query = _split_directly(words)
            place = _place(body, directly=directly or body["channel_id"].startswith("D"))
            await respond_with(reply, await _set(newsroom, client, body, query, place))

    @app.action("watch_search")
    @acknowledge_first
    async def search(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        query = await asyncio.to_thread(_searched_query, newsroom, body)
        # The answer was private, so the alerts are too.
        await respond_with(reply, await _set(newsroom, client, body, query, _who(body)))

    @app.action("watch_anyway")
    @acknowledge_first
    async def anyway(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        asked = ANYWAY_VALUE.fullmatch(str(body["actions"][0].get("value") or ""))
        if asked is None:
            raise NotFoundError(say("gone.button"), remedy=say("watches.type_again"))
        team, who = body["team_id"], _who(body)
        recall = partial(newsroom.store.conversations.recall, team, who)
        query = await asyncio.to_thread(recall, asked[1])
        # The button may be in another place than the one where /watch was typed.
        place = await asyncio.to_thread(recall, asked[2])
        message = await _set(newsroom, client, body, query, place, is_sure=True)
        await respond_with(reply, message, replace=True)


def _register_changes(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the buttons and the modal that change a watch."""

    @app.action(CHANGE_ACTIONS)
    @acknowledge_first
    async def press(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        action = body["actions"][0]
        called = await asyncio.to_thread(_pressed_watch, newsroom, body)
        verb = action["action_id"].removeprefix("watch_")
        await _change(newsroom, client, body, reply, called, verb)

    @app.action("watch_edit")
    @acknowledge_first
    async def edit(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        called = await asyncio.to_thread(_pressed_watch, newsroom, body)
        await _open(newsroom, client, body, called)

    @app.view("watch_edit")
    async def save(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        watch_id, _, url = watch_views.read_metadata(body["view"])
        reply = Reply(client, body, url=url or None)
        try:
            there = await asyncio.to_thread(newsroom.store.watches.by_id, body["team_id"], watch_id)
        except NotFoundError as gone:
            await ack()
            await report_failure(_raise(gone), reply)
            return
        changed, errors = watch_views.read_watch(body["view"], there)
        try:
            await asyncio.to_thread(newsroom.watches.matches.parse_query, changed.query)
        except QueryError as error:
            errors = {**errors, "query": str(error)}
        if errors:
            await ack(response_action="errors", errors=dict(errors))
            return
        await ack()
        await report_failure(_save(newsroom, client, body, there, changed, reply), reply)


async def _raise(error: Exception) -> None:
    raise error


def _who(body: Body) -> str:
    return str(body.get("user_id") or body["user"]["id"])


def _split_directly(words: str) -> tuple[bool, str]:
    """Split a leading "dm" from a query; return whether there was one, and the query."""
    first, _, rest = words.partition(" ")
    return (True, rest.strip()) if first.casefold() == "dm" and rest.strip() else (False, words)


def _place(body: Body, *, directly: bool) -> str:
    """Return where a watch set here alerts: the channel, or the person."""
    if directly:
        return _who(body)
    # The Home tab has no channel.
    return str(body.get("channel_id") or (body.get("channel") or {}).get("id") or "")


async def _set(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    query: str,
    place: str,
    *,
    is_sure: bool = False,
) -> Message:
    """Set a watch, or ask first if it would find very many claims."""
    team, who = body["team_id"], _who(body)
    failed = say("watches.not_set")
    if not is_sure:
        foreseen = await asyncio.to_thread(newsroom.watches.forecast, query)
        if foreseen.is_broad:
            remember = newsroom.store.conversations.remember
            kept = [
                await asyncio.to_thread(remember, team, who, one, newsroom.now())
                for one in (query, place)
            ]
            return watch_blocks.broad_message(query, foreseen, ":".join(kept))
    await _require_place(client, body, place, who, failed)
    zone = (await person(client, who, failed=failed)).zone or DEFAULT_ZONE
    made = await asyncio.to_thread(
        newsroom.watches.add, team=team, person=who, channel=place, query=query, zone=zone
    )
    return watch_blocks.watch_message("watches.begun", made)


async def _require_place(
    client: AsyncWebClient, body: Body, place: str, who: str, failed: str
) -> None:
    """Require that the bot and the person are in the channel of a watch.

    Raises NotFoundError if the person is not, and SlackError.
    """
    if place == who:
        return
    await require_bot(client, place, failed=failed, again=say("watches.again"))
    is_here = who == _who(body) and place == _place(body, directly=False)
    if not is_here and not await is_member(client, place, who, failed=failed):
        raise NotFoundError(say("watches.members_only"))


def _searched_query(newsroom: Newsroom, body: Body) -> str:
    """Return the query of the answer whose button was pressed, with its typos corrected. Raises
    NotFoundError."""
    asked = PAGE_VALUE.fullmatch(str(body["actions"][0].get("value") or ""))
    if asked is None:
        raise NotFoundError(say("gone.button"), remedy=say("gone.search_again"))
    query = newsroom.store.conversations.recall(body["team_id"], _who(body), asked[1])
    answer = newsroom.search.find(query, limit=1)
    return answer.read_as if answer.corrections else query


def _list(newsroom: Newsroom, body: Body) -> Message:
    who = _who(body)
    there = newsroom.store.watches.of(body["team_id"], person=who, channel=body["channel_id"])
    return watch_blocks.list_message(there, who)


def _pressed_watch(newsroom: Newsroom, body: Body) -> Watch:
    """Return the watch whose button was pressed. Raises NotFoundError."""
    return newsroom.store.watches.by_id(body["team_id"], str(body["actions"][0].get("value") or ""))


async def _require_owner(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, watch: Watch, here: str
) -> None:
    """Require that a person in the channel `here` may change a watch.

    Raises NotFoundError, worded for them.
    """
    who, failed = _who(body), say("watches.not_changed")
    if who == watch.person:
        return
    # Admins do not see private watches, or those of channels where they are not.
    if here != watch.channel or not await is_admin(newsroom, client, who, failed=failed):
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
    await _require_owner(newsroom, client, body, watch, _place(body, directly=False))
    changes = {
        "pause": (newsroom.watches.pause, "paused"),
        "resume": (newsroom.watches.resume, "resumed"),
        "end": (newsroom.watches.end, "ended"),
    }
    change, became = changes[verb]
    if verb == "resume":
        failed = say("watches.not_changed")
        await _require_place(client, body, watch.channel, watch.person, failed)
    await asyncio.to_thread(change, watch)
    if not await home_tab.republish_if_home(newsroom, client, body):
        await respond_with(reply, watch_blocks.changed_message(became, watch))


async def _open(newsroom: Newsroom, client: AsyncWebClient, body: Body, watch: Watch) -> None:
    """Open the modal in which a watch is changed."""
    here = _place(body, directly=False)
    await _require_owner(newsroom, client, body, watch, here)
    here = here if watch.is_private else watch.channel
    channel = "" if here.startswith("D") else here
    url = "" if home_tab.is_home(body) else str(body.get("response_url") or "")
    view = watch_views.edit_view(watch, channel, url)
    with slack_call(say("watches.not_changed"), again=say("watches.press_again")):
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def _save(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    there: Watch,
    changed: Watch,
    reply: Reply,
) -> None:
    _, here, url = watch_views.read_metadata(body["view"])
    await _require_owner(newsroom, client, body, there, here)
    failed = say("watches.not_changed")
    await _require_place(client, body, changed.channel, there.person, failed)
    made = await asyncio.to_thread(newsroom.watches.edit, changed)
    if url:
        await respond_with(reply, watch_blocks.watch_message("watches.edited", made))
    else:
        await home_tab.publish(newsroom, client, body["team_id"], _who(body))
