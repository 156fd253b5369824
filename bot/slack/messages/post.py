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
    PostedMessage,
    RefusalReason,
)
from bot.slack.parts import Message
from bot.slack.refusals import error_code, slack_error
from bot.store.delivery.payloads import TextPayload
from bot.wording.runs import shorten
from bot.words import say

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
AUTH_ERRORS = frozenset({
    "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive",
    "missing_scope", "not_allowed_token_type", "access_denied", "accesslimited",
    "ekm_access_denied", "org_login_required", "enterprise_is_restricted",
    "team_access_not_granted", "team_not_found", "two_factor_setup_required",
})  # fmt: skip
RATE_LIMIT_ERRORS = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
"""Three kinds of errors of chat.postMessage after which nothing can have been posted
(docs.slack.dev/reference/methods/chat.postMessage): this message or channel is refused, the app is
not authorised, or the rate is too high, as for reading. After fatal_error, internal_error and
unknown errors, the message may have been posted."""

METADATA_TYPE = "claimdesk"
"""The event_type of our messages' metadata (docs.slack.dev/messaging/message-metadata)."""

TEXT_ROOM = 3_900
"""Characters of a message's text. Above 4,000, chat.update fails with msg_too_long, whatever the
blocks are."""

LONGEST_RETRY_AFTER = timedelta(hours=1)
"""The longest time to hold a workspace. Slack asks for a minute or so; a proxy may ask for
anything."""


class FailureWords(NamedTuple):
    """The words if a message is not posted: `failed` says what did not happen, `again` completes
    "then …", `lost` says what became of it."""

    failed: str
    again: str
    lost: str


def without_retries(client: AsyncWebClient) -> AsyncWebClient:
    """Return the same client without retries: the caller must not wait while it holds a lease."""
    return AsyncWebClient(
        token=client.token, base_url=client.base_url, timeout=client.timeout, retry_handlers=[]
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
    """Post a message in a channel, or to a person by their id, marked with its `key`.

    Raises only NotPosted and MaybePosted, worded for a person with `words`.
    """
    client, (failed, again, lost) = without_retries(client), words
    try:
        posted = await client.chat_postMessage(
            channel=channel,
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
            **with_key(message, key),
        )
        ts = posted["ts"]
        where = posted.get("channel") or channel
    except SlackApiError as error:
        if (why := _why_not(error)) is None:
            left_open = say("refusals.why_left_open", code=error_code(error))
            raise _maybe_posted(failed, left_open) from error
        no = slack_error(error, failed, next_step=again, outcome=lost)
        raise NotPosted(
            failed,
            why=why,
            code=no.code,
            cause=no.cause,
            remedy=no.remedy,
            wait=retry_after(error),
        ) from error
    except aiohttp.ClientConnectorError as error:
        # No connection was made: the only network error after which surely nothing was posted.
        cause = say("refusals.why_out_of_reach")
        remedy = f"{say('refusals.remedy_wait', again=again)} {lost}".strip()
        raise NotPosted(failed, why="out of reach", cause=cause, remedy=remedy) from error
    except Exception as error:
        # slack_sdk raises anything if it gets an answer that it does not expect: text, a list,
        # half a body, bytes that are not UTF-8.
        cause = say("refusals.why_answer_lost", error=type(error).__name__)
        raise _maybe_posted(failed, cause) from error
    if not ts:
        raise _maybe_posted(failed, say("refusals.why_no_message"))
    return PostedMessage(str(where), str(ts))


def notification_text(message: Message) -> str:
    """Return the text that notifications show instead of the blocks.

    chat.update accepts less of it than chat.postMessage; what could not be updated is not posted.
    """
    return shorten(message.text, TEXT_ROOM)


def with_key(message: Message, key: str) -> dict[str, Any]:
    """Return a message with its key in its metadata and, since these are not kept everywhere, as
    the id of its last block."""
    *blocks, last = message.blocks
    payload = {"event_type": METADATA_TYPE, "event_payload": {"key": key}}
    blocks = [*blocks, {**last, "block_id": key}]
    return {"text": notification_text(message), "blocks": blocks, "metadata": payload}


def notice_payload(message: Message) -> TextPayload:
    """Return a message as the outbox keeps one that is sent as it is."""
    return TextPayload(message.text, tuple(message.blocks))


def has_key(message: dict[str, Any], key: str) -> bool:
    """Tell whether a message that Slack returns has this key."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") == METADATA_TYPE:
        return bool((metadata.get("event_payload") or {}).get("key") == key)
    return any(block.get("block_id") == key for block in message.get("blocks") or ())


def retry_after(error: SlackApiError) -> timedelta:
    """Return for how long Slack asks us to wait."""
    headers = getattr(error.response, "headers", None) or {}
    asked = str(headers.get("Retry-After") or headers.get("retry-after") or "")
    if not asked.isdecimal():
        return DEFAULT_WAIT
    return timedelta(seconds=min(int(asked), LONGEST_RETRY_AFTER.total_seconds()))


def is_server_error(error: SlackApiError) -> bool:
    """Tell whether the answer is a server error, whose text may come from anywhere."""
    # If the answer breaks off, the response is aiohttp's.
    return bool(getattr(error.response, "status_code", 500) >= 500)


def _why_not(error: SlackApiError) -> RefusalReason | None:
    """Return why nothing was posted; None if something may have been."""
    why = error_code(error)
    if is_server_error(error):
        return None
    if why in REFUSAL_ERRORS:
        return "refused"
    if why in AUTH_ERRORS:
        return "shut out"
    return "too much" if why in RATE_LIMIT_ERRORS else None


def _maybe_posted(failed: str, cause: str) -> MaybePosted:
    return MaybePosted(
        say("refusals.maybe_done", failed=failed),
        cause=cause,
        remedy=say("refusals.remedy_look_first"),
    )
