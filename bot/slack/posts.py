"""Post a message where everybody sees it, and know afterwards whether it stands there."""

from __future__ import annotations

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackError
from bot.slack.parts import Message
from bot.slack.refusals import code, refused

NOTHING_DONE = frozenset({
    # The channel, and who may post there.
    "not_in_channel", "channel_not_found", "is_archived", "is_inactive", "no_permission",
    "user_not_found", "restricted_action", "restricted_action_non_threadable_channel",
    "restricted_action_read_only_channel", "restricted_action_thread_locked",
    "restricted_action_thread_only_channel", "messages_tab_disabled", "cannot_reply_to_message",
    # The token.
    "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive",
    "missing_scope", "not_allowed_token_type", "access_denied", "accesslimited",
    "ekm_access_denied", "org_login_required", "enterprise_is_restricted",
    "team_access_not_granted", "team_not_found", "two_factor_setup_required",
    # The message.
    "msg_too_long", "msg_blocks_too_long", "no_text", "invalid_blocks", "invalid_blocks_format",
    "invalid_arguments", "invalid_arg_name", "invalid_array_arg", "invalid_charset",
    "invalid_form_data", "invalid_post_type", "missing_post_type",
    # How often.
    "ratelimited", "rate_limited", "message_limit_exceeded",
})  # fmt: skip
"""Errors of chat.postMessage after which nothing can have been posted
(docs.slack.dev/reference/methods/chat.postMessage). Of fatal_error and internal_error Slack says
there that something may have succeeded, and an error that is not known says nothing at all."""


class NotPosted(SlackError):
    """It was not posted: Slack has said so, or was never reached."""


class MaybePosted(SlackError):
    """Slack's answer was lost, or left it open: it may have been posted or not."""


async def post(
    client: AsyncWebClient, channel: str, message: Message, *, failed: str, again: str, lost: str
) -> str:
    """Post a message in a channel, or to a person by their id, and return its ts.

    `failed` says what did not happen, `again` completes "then …", `lost` says what became of it.
    Raises NotPosted or MaybePosted, worded for a person, and nothing else.
    """
    try:
        posted = await client.chat_postMessage(
            channel=channel,
            text=message.text,
            blocks=message.blocks,
            unfurl_links=False,
            unfurl_media=False,
        )
        ts = posted["ts"]
    except SlackApiError as error:
        if code(error) not in NOTHING_DONE or error.response.status_code >= 500:
            raise _unknown(failed, f"Slack leaves it open ({code(error)})") from error
        why = refused(error, failed, again=again, lost=lost)
        raise NotPosted(failed, code=why.code, cause=why.cause, remedy=why.remedy) from error
    except aiohttp.ClientConnectorError as error:
        # It never left: of all failures of the network, this is the one that is sure.
        remedy = f"Wait a minute, then {again}. {lost}"
        raise NotPosted(failed, cause="Slack could not be reached", remedy=remedy) from error
    except Exception as error:
        # Whatever slack_sdk makes of an answer that it does not expect: text, a list, half a
        # body, bytes that are no UTF-8.
        raise _unknown(failed, f"Slack's answer was lost ({type(error).__name__})") from error
    if not ts:
        raise _unknown(failed, "Slack's answer names no message")
    return str(ts)


def _unknown(failed: str, cause: str) -> MaybePosted:
    return MaybePosted(
        f"{failed}, or it was and I don't know",
        cause=cause,
        remedy="Look whether it stands there before you try again.",
    )
