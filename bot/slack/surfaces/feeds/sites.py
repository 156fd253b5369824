"""Ask which sites to read, in a form that the Home tab opens, and add their feeds."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import IngestError, NotFoundError
from bot.newsroom import Newsroom
from bot.newsroom.feeds.feed_list import FeedList
from bot.slack import modals, parts
from bot.slack.gate.people import is_admin
from bot.slack.parts import Block, Message, notice
from bot.slack.refusals import Body, acknowledge_first, report_failure, respond_with, slack_call
from bot.slack.replies import Reply
from bot.slack.surfaces.articles.commands import parse_address
from bot.slack.surfaces.articles.failure_blocks import read_failure_message
from bot.slack.surfaces.home.tab import publish
from bot.slack.threads import to_slow_thread
from bot.wording.feeds import added_line
from bot.wording.runs import shorten
from bot.words import say

CALLBACK = "sites_form"
SEPARATORS = re.compile(r"[\s,;]+")
MAX_SITES = 10
MAX_ADDRESSES_LENGTH = 2000
FULL, SHORT = "full", "short"


class _Sites(NamedTuple):
    """What somebody filled in: addresses, and whether to read the pages of articles too."""

    urls: Sequence[str]
    full_text: bool


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Open the form, and add the feeds of the sites that are filled in."""

    @app.action("home_sites")
    @acknowledge_first
    async def open_form(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        await _require_admin(newsroom, client, body)
        with slack_call(say("sites.not_opened"), next_step=say("sites.open_again")):
            await client.views_open(trigger_id=body["trigger_id"], view=sites_view())

    @app.view(CALLBACK)
    async def submit(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        sites, error = _parse(body["view"])
        if error:
            await ack(response_action="errors", errors={"addresses": error})
            return
        await ack(response_action="update", view=modals.notice_view(say("sites.looking")))
        reply = Reply(client, body)
        await report_failure(_add(newsroom, client, body, sites, reply), reply)


def sites_view() -> Block:
    """Return the form that asks which sites to read."""
    options = [parts.option(say(f"sites.how_{value}"), value) for value in (FULL, SHORT)]
    how = parts.menu(say("sites.how_full"), "how", options) | {"initial_option": options[0]}
    addresses = modals.text_input("sites.addresses", MAX_ADDRESSES_LENGTH, multiline=True)
    inputs = [
        modals.field(name, f"sites.{name}", element)
        for name, element in (("addresses", addresses), ("how", how))
    ]
    return modals.modal(CALLBACK, inputs, title="sites.title", submit="sites.submit")


def _parse(view: Mapping[str, Any]) -> tuple[_Sites, str]:
    """Return what was filled in, and what is wrong with it, if anything."""
    values = view["state"]["values"]
    state = (values.get("addresses") or {}).get("addresses") or {}
    typed = [*filter(None, SEPARATORS.split(str(state.get("value") or "")))]
    urls = [(address, parse_address(address) or parse_address(f"{address}/")) for address in typed]
    selected = ((values.get("how") or {}).get("how") or {}).get("selected_option") or {}
    known_urls = [*dict.fromkeys(url for _, url in urls if url)]
    sites = _Sites(known_urls, full_text=selected.get("value") != SHORT)
    if unknown := [address for address, url in urls if not url]:
        return sites, say("sites.no_address", typed=shorten(unknown[0], 60))
    if not known_urls:
        return sites, say("sites.no_address", typed="")
    return sites, say("sites.too_many", n=MAX_SITES) if len(known_urls) > MAX_SITES else ""


async def _add(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, sites: _Sites, reply: Reply
) -> None:
    await _require_admin(newsroom, client, body)
    person = str(reply.person)
    messages = await asyncio.gather(
        *(
            to_slow_thread(_add_site, newsroom.feeds, url, sites.full_text, body["team_id"], person)
            for url in sites.urls
        )
    )
    blocks = [block for message in messages for block in message.blocks]
    await respond_with(reply, Message("\n".join(message.text for message in messages), blocks))
    await publish(newsroom, client, body["team_id"], person)


def _add_site(feeds: FeedList, url: str, full_text: bool, team: str, person: str) -> Message:
    """Add the feed of a site; say what it has, or why there is none."""
    try:
        added = feeds.add(url, added_by="slack", full_text=full_text, team=team, person=person)
    except IngestError as error:
        return read_failure_message([error])
    return notice(added_line(added))


async def _require_admin(newsroom: Newsroom, client: AsyncWebClient, body: Body) -> None:
    """Raise NotFoundError unless the person may change the feeds."""
    failure = say("feeds.not_changed")
    if not await is_admin(newsroom, client, body["user"]["id"], failure=failure):
        raise NotFoundError(say("feeds.admins_only"))
