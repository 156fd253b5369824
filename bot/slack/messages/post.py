"""Post a message where everybody sees it, and know afterwards whether it stands there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.transport import (
    DEFAULT_WAIT,
    MaybePosted,
    NotPosted,
    PostedMessage,
    RefusalReason,
)
from bot.slack.parts import Message
from bot.slack.refusals import code, refused
from bot.wording.runs import shorten
from bot.words import say

REFUSED = frozenset({
    # The channel, and who may post there.
    "not_in_channel", "channel_not_found", "is_archived", "is_inactive", "no_permission",
    "user_not_found", "restricted_action", "restricted_action_non_threadable_channel",
    "restricted_action_read_only_channel", "restricted_action_thread_locked",
    "restricted_action_thread_only_channel", "messages_tab_disabled", "cannot_reply_to_message",
    # The message.
    "msg_too_long", "msg_blocks_too_long", "no_text", "invalid_blocks", "invalid_blocks_format",
    "invalid_arguments", "invalid_arg_name", "invalid_array_arg", "invalid_charset",
    "invalid_form_data", "invalid_post_type", "missing_post_type", "invalid_metadata_format",
    "invalid_metadata_schema", "metadata_too_large", "metadata_must_be_sent_from_app",
})  # fmt: skip
SHUT_OUT = frozenset({
    "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive",
    "missing_scope", "not_allowed_token_type", "access_denied", "accesslimited",
    "ekm_access_denied", "org_login_required", "enterprise_is_restricted",
    "team_access_not_granted", "team_not_found", "two_factor_setup_required",
})  # fmt: skip
TOO_MUCH = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
"""Errors of chat.postMessage after which nothing can have been posted
(docs.slack.dev/reference/methods/chat.postMessage): because of this message or channel, because
Slack does not let the app in, because of the rate, as reading is refused, too. Of fatal_error and
internal_error Slack says there that something may have succeeded, and an error that is not known
says nothing at all."""

EVENT_TYPE = "claimdesk"
"""Of the metadata that marks our messages (docs.slack.dev/messaging/message-metadata)."""

TEXT_ROOM = 3_900
"""Characters of a message's text, of 4,000 that chat.update takes, by which it refuses a message
(msg_too_long) whatever its blocks are."""

LONGEST_WAIT = timedelta(hours=1)
"""As long as a workspace can be held. Slack asks for a minute or so; whoever answers in its place
may ask for anything."""


class Words(NamedTuple):
    """What is said where a message is not posted: `failed` says what did not happen, `again`
    completes "then …", `lost` says what became of it."""

    failed: str
    again: str
    lost: str


def unhurried(client: AsyncWebClient) -> AsyncWebClient:
    """The same client without retries of its own: to be told to wait, rather than to wait while
    others take over what one holds."""
    return AsyncWebClient(
        token=client.token, base_url=client.base_url, timeout=client.timeout, retry_handlers=[]
    )


async def post(
    client: AsyncWebClient,
    channel: str,
    message: Message,
    words: Words,
    *,
    key: str,
    thread_ts: str | None = None,
) -> PostedMessage:
    """Post a message in a channel, or to a person by their id, marked with its `key`.

    Raises NotPosted or MaybePosted, with these `words` for a person, and nothing else.
    """
    client, (failed, again, lost) = unhurried(client), words
    try:
        posted = await client.chat_postMessage(
            channel=channel,
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
            **marked(message, key),
        )
        ts = posted["ts"]
        where = posted.get("channel") or channel
    except SlackApiError as error:
        if (why := _why_not(error)) is None:
            left_open = say("refusals.why_left_open", code=code(error))
            raise _unknown(failed, left_open) from error
        no = refused(error, failed, again=again, lost=lost)
        raise NotPosted(
            failed,
            why=why,
            code=no.code,
            cause=no.cause,
            remedy=no.remedy,
            wait=wait_asked(error),
        ) from error
    except aiohttp.ClientConnectorError as error:
        # It never left: of all failures of the network, this is the one that is sure.
        cause = say("refusals.why_out_of_reach")
        remedy = f"{say('refusals.remedy_wait', again=again)} {lost}".strip()
        raise NotPosted(failed, why="out of reach", cause=cause, remedy=remedy) from error
    except Exception as error:
        # Whatever slack_sdk makes of an answer that it does not expect: text, a list, half a
        # body, bytes that are no UTF-8.
        cause = say("refusals.why_answer_lost", error=type(error).__name__)
        raise _unknown(failed, cause) from error
    if not ts:
        raise _unknown(failed, say("refusals.why_no_message"))
    return PostedMessage(str(where), str(ts))


def notified(message: Message) -> str:
    """The text that stands in for a message's blocks where these are not shown. chat.update takes
    less of it than chat.postMessage, and what can't be mended is not to be posted."""
    return shorten(message.text, TEXT_ROOM)


def marked(message: Message, key: str) -> dict[str, Any]:
    """A message with its key, by which it is found again: in its metadata and, since these are not
    everywhere kept, as the id of its last block."""
    *blocks, last = message.blocks
    payload = {"event_type": EVENT_TYPE, "event_payload": {"key": key}}
    blocks = [*blocks, {**last, "block_id": key}]
    return {"text": notified(message), "blocks": blocks, "metadata": payload}


def is_marked(message: dict[str, Any], key: str) -> bool:
    """Whether a message, as Slack gives it back, is the one with this key."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") == EVENT_TYPE:
        return bool((metadata.get("event_payload") or {}).get("key") == key)
    return any(block.get("block_id") == key for block in message.get("blocks") or ())


def wait_asked(error: SlackApiError) -> timedelta:
    """For how long Slack asks to be left alone."""
    headers = getattr(error.response, "headers", None) or {}
    asked = str(headers.get("Retry-After") or headers.get("retry-after") or "")
    if not asked.isdecimal():
        return DEFAULT_WAIT
    return timedelta(seconds=min(int(asked), LONGEST_WAIT.total_seconds()))


def is_down(error: SlackApiError) -> bool:
    """Whether the answer comes from a server that fails, and its words from anywhere."""
    # Of an answer that breaks off, the response is aiohttp's own.
    return bool(getattr(error.response, "status_code", 500) >= 500)


def _why_not(error: SlackApiError) -> RefusalReason | None:
    """Why nothing can have been posted; None where something may have been."""
    why = code(error)
    if is_down(error):
        return None
    if why in REFUSED:
        return "refused"
    if why in SHUT_OUT:
        return "shut out"
    return "too much" if why in TOO_MUCH else None


def _unknown(failed: str, cause: str) -> MaybePosted:
    return MaybePosted(
        say("refusals.maybe_done", failed=failed),
        cause=cause,
        remedy=say("refusals.remedy_look_first"),
    )
