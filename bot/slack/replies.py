"""Answer the one person behind a delivery, privately, by whichever way is open."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack.parts import Message

log = logging.getLogger(__name__)

RESPONSE_URL_TIMEOUT = 10
"""How long Slack may take over an answer that is sent to a response_url."""
EVENTS_FOR_BOT = ("app_mention", "assistant_thread_started")
"""The events in which somebody turns to the bot, beside direct messages."""


class Reply:
    """How the person behind a delivery is answered, where nobody else sees it.

    By the delivery's response_url, which takes five answers in half an hour
    (docs.slack.dev/interactivity/handling-user-interaction); else in the channel or thread where
    they are, shown to them alone; else in a direct message. `url` stands in for the delivery's own.
    With `thread_first` the thread goes before the response_url, which leads to its channel. It
    `is_awaited` where the person has turned to the bot.
    """

    def __init__(
        self, client: AsyncWebClient, body: dict[str, Any], *, url: str | None = None
    ) -> None:
        self._client = client
        self._url = url or _url_of(body)
        self.person, self.channel, self.thread_ts = person_of(body), *_place_of(body)
        self.is_awaited = _asks_the_bot(body)
        self.thread_first = False

    async def show(self, message: Message, *, replace: bool) -> None:
        """Show a message; with `replace`, in place of the one whose button was pressed, where that
        can be. Raises what slack_sdk or aiohttp raise where every way is closed."""
        ways = [self._through_url, self._in_place]
        for way in reversed(ways) if self.thread_first else ways:
            if await way(message, replace):
                return
        await self._client.chat_postMessage(
            channel=self.person or "",
            text=message.text,
            blocks=message.blocks,
            unfurl_links=False,
            unfurl_media=False,
        )

    async def _in_place(self, message: Message, replace: bool) -> bool:
        """Show it where the person is; whether that could be. It can't `replace` anything there."""
        if not (self.channel and self.person):
            return False
        try:
            await self._client.chat_postEphemeral(
                channel=self.channel,
                user=self.person,
                thread_ts=self.thread_ts,
                text=message.text,
                blocks=message.blocks,
            )
        except (SlackApiError, aiohttp.ClientError, TimeoutError):
            return False  # The bot may be no member there.
        return True

    async def _through_url(self, message: Message, replace: bool) -> bool:
        """Whether Slack took it."""
        client, url = self._client, self._url
        if not url:
            return False
        # No retries: there are other ways.
        webhook = AsyncWebhookClient(
            url, ssl=client.ssl, proxy=client.proxy, session=client.session, retry_handlers=[]
        )
        try:
            async with asyncio.timeout(RESPONSE_URL_TIMEOUT):
                answer = await webhook.send(
                    text=message.text,
                    blocks=message.blocks,
                    response_type="ephemeral",
                    replace_original=replace,
                    unfurl_links=False,
                    unfurl_media=False,
                )
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("sending an answer another way: %s", type(error).__name__)
            return False
        if answer.status_code == 200 and '"ok":false' not in answer.body.replace(" ", ""):
            return True
        log.warning("sending an answer another way: %s %.100r", answer.status_code, answer.body)
        return False


def person_of(body: dict[str, Any]) -> str | None:
    """The id of the person who did what a delivery tells of; None where there is none."""
    event = body.get("event") or {}
    asked = event.get("assistant_thread") or {}
    user = body.get("user") or body.get("user_id") or event.get("user") or asked.get("user_id")
    found: str | None = user.get("id") if isinstance(user, dict) else user
    return found


def _asks_the_bot(body: dict[str, Any]) -> bool:
    """Tell whether a delivery asks the bot for something, and does not only tell what somebody
    did: posted a link, or opened Home."""
    event = body.get("event")
    return not event or event.get("type") in EVENTS_FOR_BOT or event.get("channel_type") == "im"


def _url_of(body: dict[str, Any]) -> str | None:
    several = body.get("response_urls") or [{}]
    url: str | None = body.get("response_url") or several[0].get("response_url")
    return url


def _place_of(body: dict[str, Any]) -> tuple[str | None, str | None]:
    """The channel that a delivery comes from, and the thread in it."""
    event = body.get("event") or {}
    there = event.get("assistant_thread") or event
    inside = body.get("container") or {}
    channel = body.get("channel") or body.get("channel_id") or inside.get("channel_id")
    channel = channel or there.get("channel") or there.get("channel_id")
    thread_ts = inside.get("thread_ts") or (body.get("message") or {}).get("thread_ts")
    place = channel.get("id") if isinstance(channel, dict) else channel
    return place, thread_ts or there.get("thread_ts")
