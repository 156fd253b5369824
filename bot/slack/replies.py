"""Answer the person behind a delivery privately, in whichever way works."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import re
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.errors import NotFoundError
from bot.model import ANYONE, viewer_key
from bot.monitoring.requests import current_request
from bot.slack.parts import Message
from bot.words import say

log = logging.getLogger(__name__)

RESPONSE_URL_TIMEOUT = 10
"""Seconds for a request to a response_url."""


class Reply:
    """A private answer to the person behind a delivery.

    It is sent to the delivery's response_url, which accepts five answers within half an hour
    (docs.slack.dev/interactivity/handling-user-interaction). If that fails, it is posted
    as an ephemeral message in the person's channel or thread and, if that fails too, as a direct
    message.

    `signed_url`, from a modal's metadata, replaces the delivery's response_url. Set
    `prefers_thread` to try the thread before the response_url, which leads to the channel.
    `is_awaited` tells whether the person asked the bot for something.
    """

    def __init__(
        self, client: AsyncWebClient, body: dict[str, Any], *, signed_url: str = ""
    ) -> None:
        self._client = client
        self._url = _verified_url(client, signed_url) or _response_url(body)
        self.person, self.channel, self.thread_ts = person_id_of(body), *_channel_and_thread(body)
        self.is_awaited = asks_the_bot(body)
        self.prefers_thread = False

    async def show(self, message: Message, *, replace: bool) -> None:
        """Show a message; with `replace`, in place of the message whose button was pressed.

        Only the response_url can replace a message. Raises what slack_sdk or aiohttp raise if every
        way fails.
        """
        attempts = [self._send_to_response_url, self._post_ephemeral]
        for attempt in reversed(attempts) if self.prefers_thread else attempts:
            if await attempt(message, replace):
                break
        else:
            await self._client.chat_postMessage(
                channel=self.person or "",
                text=message.text,
                blocks=message.blocks,
                unfurl_links=False,
                unfurl_media=False,
            )
        if request := current_request():
            request.is_settled.set()

    async def _post_ephemeral(self, message: Message, replace: bool) -> bool:
        """Post an ephemeral message in the person's channel; tell whether that worked."""
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
            return False  # the bot may not be in the channel
        return True

    async def _send_to_response_url(self, message: Message, replace: bool) -> bool:
        """Send a message to the response_url; tell whether Slack accepted it."""
        if not self._url:
            return False
        client = self._client
        # No retries: there are other ways.
        webhook = AsyncWebhookClient(
            self._url,
            ssl=client.ssl,
            proxy=client.proxy,
            session=client.session,
            retry_handlers=[],
        )
        try:
            async with asyncio.timeout(RESPONSE_URL_TIMEOUT):
                response = await webhook.send(
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
        if response.status_code == 200 and '"ok":false' not in response.body.replace(" ", ""):
            return True
        log.warning("sending an answer another way: %s %.100r", response.status_code, response.body)
        return False


def person_id_of(body: dict[str, Any]) -> str | None:
    """Return the id of the person behind a delivery; None if there is none."""
    event = body.get("event") or {}
    user = body.get("user") or body.get("user_id") or event.get("user")
    person_id: str | None = user.get("id") if isinstance(user, dict) else user
    return person_id


def viewer_of(body: dict[str, Any]) -> str:
    """Return the viewer behind a delivery, for what nobody else will see."""
    return viewer_key(str(body["team_id"]), str(person_id_of(body)))


def viewer_in(team: str, channel: str, person: str | None) -> str:
    """Return who sees a message in a channel: a person, if it is their direct message."""
    return viewer_key(team, person) if person and channel.startswith("D") else ANYONE


def pressed_value(body: dict[str, Any]) -> str:
    """Return the value of the button that was pressed; empty if it has none."""
    return str(body["actions"][0].get("value") or "")


def selected_value(body: dict[str, Any]) -> str:
    """Return the value of the option that was selected in a menu; empty if there is none."""
    option = body["actions"][0].get("selected_option") or {}
    return str(option.get("value") or "")


def match_value(pattern: re.Pattern[str], value: str, error_key: str) -> re.Match[str]:
    """Match the value of a button or an option, which may be old or forged.

    Raises NotFoundError with the text of `error_key` if it does not match.
    """
    if match := pattern.fullmatch(value):
        return match
    raise NotFoundError(say(error_key), remedy=say("gone.search_again"))


def asks_the_bot(body: dict[str, Any]) -> bool:
    """Tell whether a delivery asks the bot for something.

    Other deliveries report what somebody did, such as posting a link or opening the Home tab.
    """
    event = body.get("event")
    return not event or event.get("type") == "app_mention" or event.get("channel_type") == "im"


def _response_url(body: dict[str, Any]) -> str | None:
    first_entry, *_ = body.get("response_urls") or [{}]
    url: str | None = body.get("response_url") or first_entry.get("response_url")
    return url


def sign_response_url(client: AsyncWebClient, body: dict[str, Any]) -> str:
    """Return the response_url of a delivery for the metadata of a modal; empty if it has none.

    It is signed, since the bot calls no address that somebody else wrote into the metadata.
    """
    url = _response_url(body)
    return f"{_url_signature(client, url)} {url}" if url else ""


def _verified_url(client: AsyncWebClient, signed_url: str) -> str | None:
    """Return an address that we have signed; None for any other."""
    signature, _, url = signed_url.partition(" ")
    expected = _url_signature(client, url)
    return url if hmac.compare_digest(signature.encode(), expected.encode()) else None


def _url_signature(client: AsyncWebClient, url: str) -> str:
    # All processes of the bot have the same token, and nobody else has it.
    key, message = str(client.token).encode(), url.encode("utf-8", "replace")
    return hmac.new(key, b"response_url " + message, hashlib.sha256).hexdigest()[:32]


def _channel_and_thread(body: dict[str, Any]) -> tuple[str | None, str | None]:
    """Return the id of the channel and the ts of the thread that a delivery comes from."""
    event = body.get("event") or {}
    container = body.get("container") or {}
    channel = body.get("channel") or body.get("channel_id") or container.get("channel_id")
    channel = channel or event.get("channel")
    thread_ts = container.get("thread_ts") or (body.get("message") or {}).get("thread_ts")
    channel_id = channel.get("id") if isinstance(channel, dict) else channel
    thread_ts = thread_ts or event.get("thread_ts")
    if not thread_ts and event.get("channel_type") == "im":
        thread_ts = event.get("ts")  # Slack shows the conversation with the bot in threads
    return channel_id, thread_ts
