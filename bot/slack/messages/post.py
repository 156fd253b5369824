"""Post a message and find out whether it was posted."""

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
    NotPostedKind,
    PostedMessage,
)
from bot.slack.monitoring.calls import CallCounter
from bot.slack.parts import Message
from bot.slack.refusals import error_code, slack_error
from bot.store.delivery.payloads import TextPayload
from bot.wording.runs import shorten
from bot.words import say

# After these errors of chat.postMessage, nothing can have been posted
# (docs.slack.dev/reference/methods/chat.postMessage). After fatal_error, internal_error and unknown
# errors, the message may have been posted.
REFUSAL_ERRORS = frozenset({
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
"""This message or this channel is refused."""
AUTH_ERRORS = frozenset({
    "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive",
    "missing_scope", "not_allowed_token_type", "access_denied", "accesslimited",
    "ekm_access_denied", "org_login_required", "enterprise_is_restricted",
    "team_access_not_granted", "team_not_found", "two_factor_setup_required",
})  # fmt: skip
"""The app is not authorised."""
RATE_LIMIT_ERRORS = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
"""We posted or read too much in too short a time."""

METADATA_TYPE = "claimdesk"
"""The event_type of our messages' metadata (docs.slack.dev/messaging/message-metadata)."""

MAX_TEXT_LENGTH = 3_900
"""The most characters of a message's text. Above 4,000, chat.update fails with msg_too_long,
whatever the blocks are."""

MAX_RETRY_AFTER = timedelta(hours=1)
"""The longest time for which we pause a workspace. Slack asks for a minute or so; a proxy may ask
for anything."""


class FailureWords(NamedTuple):
    """The texts if a message is not posted.

    `failure` says what did not happen, `outcome` whether anything was lost. `next_step` is what to
    do after the remedy ("share again").
    """

    failure: str
    next_step: str
    outcome: str


def without_retries(client: AsyncWebClient) -> AsyncWebClient:
    """Return a copy of a client without retries, for callers that hold a lease."""
    counters = [handler for handler in client.retry_handlers if isinstance(handler, CallCounter)]
    return AsyncWebClient(
        token=client.token,
        base_url=client.base_url,
        timeout=client.timeout,
        retry_handlers=[*counters],
    )


async def post(
    client: AsyncWebClient,
    channel: str,
    message: Message,
    words: FailureWords,
    *,
    key: str,
    thread_ts: str | None = None,
) -> PostedMessage:
    """Post a message in a channel, or to a person by their id, with its `key`.

    Raises only NotPosted and MaybePosted, with texts for a person from `words`.
    """
    client, (failure, next_step, outcome) = without_retries(client), words
    try:
        response = await client.chat_postMessage(
            channel=channel,
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
            **with_key(message, key),
        )
        ts = response["ts"]
        posted_channel = response.get("channel") or channel
    except SlackApiError as error:
        if (kind := _not_posted_kind(error)) is None:
            cause = say("refusals.why_left_open", code=error_code(error))
            raise _maybe_posted(failure, cause) from error
        refusal = slack_error(error, failure, next_step=next_step, outcome=outcome)
        raise NotPosted(
            failure,
            kind=kind,
            code=refusal.code,
            cause=refusal.cause,
            remedy=refusal.remedy,
            wait=retry_after(error),
        ) from error
    except aiohttp.ClientConnectorError as error:
        # No connection was made: the only network error after which certainly nothing was posted.
        cause = say("refusals.why_out_of_reach")
        remedy = f"{say('refusals.remedy_wait', again=next_step)} {outcome}".strip()
        raise NotPosted(failure, kind="unreachable", cause=cause, remedy=remedy) from error
    except Exception as error:
        # slack_sdk can raise any exception if it gets an unexpected response, such as plain text, a
        # list, half a body or bytes that are not UTF-8.
        cause = say("refusals.why_answer_lost", error=type(error).__name__)
        raise _maybe_posted(failure, cause) from error
    if not ts:
        raise _maybe_posted(failure, say("refusals.why_no_message"))
    return PostedMessage(str(posted_channel), str(ts))


def notification_text(message: Message) -> str:
    """Return the text that notifications show instead of the blocks.

    The limit is that of chat.update, which is lower than that of chat.postMessage, so that every
    posted message can be updated.
    """
    return shorten(message.text, MAX_TEXT_LENGTH)


def with_key(message: Message, key: str) -> dict[str, Any]:
    """Return a message with its key in the metadata and, since Slack does not always keep the
    metadata, as the id of the last block."""
    *blocks, last = message.blocks
    metadata = {"event_type": METADATA_TYPE, "event_payload": {"key": key}}
    blocks = [*blocks, {**last, "block_id": key}]
    return {"text": notification_text(message), "blocks": blocks, "metadata": metadata}


def notice_payload(message: Message) -> TextPayload:
    """Return the outbox payload of a message that is sent unchanged."""
    return TextPayload(message.text, tuple(message.blocks))


def has_key(message: dict[str, Any], key: str) -> bool:
    """Tell whether a message read from Slack has this key."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") == METADATA_TYPE:
        return bool((metadata.get("event_payload") or {}).get("key") == key)
    return any(block.get("block_id") == key for block in message.get("blocks") or ())


def retry_after(error: SlackApiError) -> timedelta:
    """Return how long Slack asks us to wait."""
    headers = getattr(error.response, "headers", None) or {}
    seconds = str(headers.get("Retry-After") or headers.get("retry-after") or "")
    if not seconds.isdecimal():
        return DEFAULT_WAIT
    return timedelta(seconds=min(int(seconds), MAX_RETRY_AFTER.total_seconds()))


def is_server_error(error: SlackApiError) -> bool:
    """Tell whether the response is a server error, whose body may not be Slack's."""
    # If the body was cut short, the response is an aiohttp object, without status_code.
    return bool(getattr(error.response, "status_code", 500) >= 500)


def _not_posted_kind(error: SlackApiError) -> NotPostedKind | None:
    """Return why nothing was posted; None if something may have been posted."""
    if is_server_error(error):
        return None
    code = error_code(error)
    if code in REFUSAL_ERRORS:
        return "rejected"
    if code in AUTH_ERRORS:
        return "unauthorised"
    return "rate limited" if code in RATE_LIMIT_ERRORS else None


def _maybe_posted(failure: str, cause: str) -> MaybePosted:
    return MaybePosted(
        say("refusals.maybe_done", failed=failure),
        cause=cause,
        remedy=say("refusals.remedy_look_first"),
    )
