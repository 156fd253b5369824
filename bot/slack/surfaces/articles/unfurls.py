"""Unfurl links to known articles in the channels where unfurling is switched on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackError
from bot.newsroom.articles.overview import Overview
from bot.newsroom.articles.unfurls import Unfurls
from bot.slack.refusals import Body, acknowledge_first, slack_call
from bot.slack.replies import Reply
from bot.slack.surfaces.articles.blocks import unfurl_blocks
from bot.store import Channels, OutboxMessage
from bot.store.delivery.payloads import UnfurlPayload

MAX_LINKS = 5
"""How many links of one message are unfurled."""

log = logging.getLogger(__name__)


def register(app: AsyncApp, unfurls: Unfurls, channels: Channels) -> None:
    """Unfurl links when they are posted."""

    @app.event("link_shared")
    @acknowledge_first
    async def on_links(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        event, team = body["event"], body["team_id"]
        # While somebody is typing, the message is not in the channel yet.
        if event.get("source") == "composer" or not event.get("message_ts"):
            return
        channel, ts = event["channel"], event["message_ts"]
        urls = [str(link.get("url")) for link in event.get("links") or ()][:MAX_LINKS]

        def load() -> dict[str, Overview]:
            if not channels.unfurls(team, channel):
                return {}
            overviews = unfurls.articles_at(urls)
            if overviews:
                unfurls.record(team, channel, ts, overviews)
            # Changes from now on update this unfurl; those since the first load are read here.
            return unfurls.articles_at(list(overviews))

        if overviews := await asyncio.to_thread(load):
            try:
                with slack_call("An article was not shown below its link"):
                    await _unfurl_until_current(unfurls, client, channel, ts, overviews)
            except SlackError as error:
                # Nobody asked for the unfurl, so nobody is told.
                log.error("%s (%s)", error, error.code)


async def _unfurl_until_current(
    unfurls: Unfurls,
    client: AsyncWebClient,
    channel: str,
    ts: str,
    overviews: Mapping[str, Overview | None],
) -> None:
    """Unfurl links; repeat this if their articles changed while Slack handled the call."""
    articles = {url: overview.article.id for url, overview in overviews.items() if overview}
    shown_overviews: Mapping[str, Overview | None] | None = None
    while shown_overviews != overviews:
        await _unfurl(client, channel, ts, overviews)
        shown_overviews = overviews
        overviews = await asyncio.to_thread(unfurls.current_overviews, articles)


async def update_unfurl(unfurls: Unfurls, client: AsyncWebClient, message: OutboxMessage) -> None:
    """Update the unfurls of a message to the current articles. Raises what slack_sdk raises."""
    articles = message.payload_as(UnfurlPayload).articles
    overviews = await asyncio.to_thread(unfurls.current_overviews, articles)
    await _unfurl(client, message.channel, str(message.ts), overviews)


async def _unfurl(
    client: AsyncWebClient, channel: str, ts: str, overviews: Mapping[str, Overview | None]
) -> None:
    # A second call for a message replaces its unfurls.
    blocks = {url: unfurl_blocks(overview) for url, overview in overviews.items()}
    await client.chat_unfurl(channel=channel, ts=ts, unfurls=blocks)
