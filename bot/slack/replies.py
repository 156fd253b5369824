"""Answer the person behind a delivery privately, by whichever way works."""

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
"""Seconds for a request to a response_url."""
EVENTS_FOR_BOT = ("app_mention", "assistant_thread_started")
"""Events that ask the bot for something, besides direct messages."""


class Reply:
    """A private answer to the person behind a delivery.

    By the delivery's response_url, which takes five answers in half an hour
    (docs.slack.dev/interactivity/handling-user-interaction); else as an ephemeral message in their
    channel or thread; else as a direct message. `url` replaces the delivery's response_url. With
    `thread_first` the thread is tried before the response_url, which leads to the channel. A reply
    `is_awaited` if the person asked the bot for something.
    """

    def __init__(
        self, client: AsyncWebClient, body: dict[str, Any], *, url: str | None = None
    ) -> None:
        self._client = client
        self._url = url or _url_of(body)
        self.person, self.channel, self.thread_ts = person_id_of(body), *_place_of(body)
        self.is_awaited = _asks_the_bot(body)
        self.thread_first = False

    async def show(self, message: Message, *, replace: bool) -> None:
        """Show a message; with `replace`, if possible in place of the one that was pressed.

        Raises what slack_sdk or aiohttp raise if every way fails.
        """
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
        """Post an ephemeral message where the person is; tell whether that worked. It replaces
        nothing."""
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
            return False  # the bot may not be a member there
        return True

    async def _through_url(self, message: Message, replace: bool) -> bool:
        """Send to the response_url; tell whether Slack accepted it."""
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


def person_id_of(body: dict[str, Any]) -> str | None:
    """Return the id of the person behind a delivery; None if there is none."""
    event = body.get("event") or {}
    asked = event.get("assistant_thread") or {}
    user = body.get("user") or body.get("user_id") or event.get("user") or asked.get("user_id")
    found: str | None = user.get("id") if isinstance(user, dict) else user
    return found


def _asks_the_bot(body: dict[str, Any]) -> bool:
    """Tell whether a delivery asks the bot for something, rather than reports what somebody did,
    such as posting a link or opening the Home tab."""
    event = body.get("event")
    return not event or event.get("type") in EVENTS_FOR_BOT or event.get("channel_type") == "im"


def _url_of(body: dict[str, Any]) -> str | None:
    several = body.get("response_urls") or [{}]
    url: str | None = body.get("response_url") or several[0].get("response_url")
    return url


def _place_of(body: dict[str, Any]) -> tuple[str | None, str | None]:
    """Return the channel and the thread that a delivery comes from."""
    event = body.get("event") or {}
    there = event.get("assistant_thread") or event
    inside = body.get("container") or {}
    channel = body.get("channel") or body.get("channel_id") or inside.get("channel_id")
    channel = channel or there.get("channel") or there.get("channel_id")
    thread_ts = inside.get("thread_ts") or (body.get("message") or {}).get("thread_ts")
    place = channel.get("id") if isinstance(channel, dict) else channel
    return place, thread_ts or there.get("thread_ts")
