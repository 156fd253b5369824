"""Unfurl links to known articles in the channels that have it on."""

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

MOST_LINKS = 5
"""Links unfurled in one message."""

log = logging.getLogger(__name__)


def register(app: AsyncApp, unfurls: Unfurls, channels: Channels) -> None:
    """Unfurl links."""

    @app.event("link_shared")
    @acknowledge_first
    async def shared(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        event, team = body["event"], body["team_id"]
        # While somebody types, the message does not have a place yet.
        if event.get("source") == "composer" or not event.get("message_ts"):
            return
        channel, ts = event["channel"], event["message_ts"]
        urls = [str(one.get("url")) for one in event.get("links") or ()][:MOST_LINKS]

        def found() -> dict[str, Overview]:
            if not channels.unfurls(team, channel):
                return {}
            # From here on, changes update this unfurl.
            if known := unfurls.articles_at(urls):
                unfurls.record(team, channel, ts, known)
            return unfurls.articles_at(list(known))

        if known := await asyncio.to_thread(found):
            articles = {url: one.article.id for url, one in known.items()}
            try:
                with slack_call("An article was not shown below its link"):
                    shown: Mapping[str, Overview | None] = known
                    while True:
                        await _unfurl(client, channel, ts, shown)
                        # The articles may have been updated while Slack delayed the call.
                        present = await asyncio.to_thread(unfurls.current_overviews, articles)
                        if present == shown:
                            break
                        shown = present
            except SlackError as error:
                # Nobody asked for the unfurl, so nobody is told.
                log.error("%s (%s)", error, error.code)


async def update_unfurl(unfurls: Unfurls, client: AsyncWebClient, one: OutboxMessage) -> None:
    """Update the unfurls of a message to the current articles. Raises what slack_sdk raises."""
    known = await asyncio.to_thread(unfurls.current_overviews, one.contents(UnfurlPayload).articles)
    await _unfurl(client, one.channel, str(one.ts), known)


async def _unfurl(
    client: AsyncWebClient, channel: str, ts: str, known: Mapping[str, Overview | None]
) -> None:
    # A second call for a message replaces its unfurls.
    shown = {url: unfurl_blocks(one) for url, one in known.items()}
    await client.chat_unfurl(channel=channel, ts=ts, unfurls=shown)
