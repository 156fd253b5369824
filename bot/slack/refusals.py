"""Word Slack's errors for people, and report and log failures."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BotError, NotFoundError, QueryError, SlackError
from bot.slack import parts
from bot.slack.parts import Message
from bot.slack.replies import Reply
from bot.words import say

Body = dict[str, Any]
Handler = Callable[[Body, Reply, AsyncWebClient], Awaitable[None]]

log = logging.getLogger(__name__)

INVALID_TOKEN_CODES = frozenset({
    "invalid_auth", "not_authed", "not_allowed_token_type",
    "token_revoked", "token_expired", "account_inactive",
})  # fmt: skip
"""Slack's error codes for a token that is no longer valid."""

NOT_IN_CHANNEL = ("refusals.why_not_in_channel", "refusals.remedy_invite")
INVALID_TOKEN = ("refusals.why_token", "refusals.remedy_tell")
UNKNOWN_ERROR = ("refusals.why_other", "refusals.remedy_tell_if_it_stays")

CAUSE_AND_REMEDY_KEYS = {
    "not_in_channel": NOT_IN_CHANNEL,
    "channel_not_found": NOT_IN_CHANNEL,
    "is_archived": ("refusals.why_archived", "refusals.remedy_other_channel"),
    "restricted_action": ("refusals.why_restricted", "refusals.remedy_ask_admin"),
    "ratelimited": ("refusals.why_slower", "refusals.remedy_wait"),
    "expired_trigger_id": ("refusals.why_waited", "refusals.remedy_again"),
    "missing_scope": ("refusals.why_permission", "refusals.remedy_tell"),
    **dict.fromkeys(sorted(INVALID_TOKEN_CODES), INVALID_TOKEN),
}
"""For each of Slack's error codes, the keys of the texts for the cause and the remedy."""


def error_code(error: SlackApiError) -> str:
    """Return Slack's error code; "ratelimited" also for a bare status 429."""
    answer: Any = error.response
    if getattr(answer, "status_code", None) == 429:
        return "ratelimited"
    # If the answer is not JSON, `data` is text, bytes or empty, or the answer is aiohttp's.
    data = getattr(answer, "data", None)
    why = data.get("error") if isinstance(data, dict) else None
    return why if isinstance(why, str) else "no_reason_given"


def slack_error(error: SlackApiError, message: str, *, next_step: str, outcome: str) -> SlackError:
    """Return a refusal in words: what did not happen, why, what to do, whether anything was lost.

    `again` completes "then …" ("share again").
    """
    why = error_code(error)
    cause, remedy = cause_and_remedy(why, next_step=next_step)
    return SlackError(message, code=why, cause=cause, remedy=f"{remedy} {outcome}".strip())


def cause_and_remedy(code: str, *, next_step: str) -> tuple[str, str]:
    """Word the cause and the remedy of an error code; `again` completes "then …"."""
    cause, remedy = CAUSE_AND_REMEDY_KEYS.get(code, UNKNOWN_ERROR)
    return say(cause, code=code), say(remedy, again=next_step)


def token_error(error: SlackApiError, setting: str) -> SlackError:
    """Return the error for a terminal if Slack refuses the token of a setting."""
    why = error_code(error)
    message, remedy = f"could not connect to Slack with {setting}", "Try again in a minute."
    if why in INVALID_TOKEN_CODES:
        message = f"Slack does not accept {setting}"
        remedy = "Copy it again from the app's page at api.slack.com/apps."
    return SlackError(message, code=why, cause=why, remedy=remedy)


@contextlib.contextmanager
def slack_call(failure: str, *, next_step: str | None = None, outcome: str = "") -> Iterator[None]:
    """Turn any failure of a call of Slack's Web API into a SlackError worded for people.

    `failed` says what did not happen, `again` completes "then …", `lost` says what was lost.
    """
    next_step = next_step or say("refusals.again")
    try:
        yield
    except SlackApiError as error:
        raise slack_error(error, failure, next_step=next_step, outcome=outcome) from error
    except Exception as error:
        # The network failed, or slack_sdk stumbled over an answer that it does not expect.
        away = isinstance(error, aiohttp.ClientError | TimeoutError)
        cause = "refusals.why_out_of_reach" if away else "refusals.why_answer_lost"
        raise SlackError(
            failure,
            cause=say(cause, error=type(error).__name__),
            remedy=f"{say('refusals.remedy_wait', again=next_step)} {outcome}".strip(),
        ) from error


async def respond_with(reply: Reply, message: Message, *, replace: bool = False) -> None:
    """Show a private answer; with `replace`, in place of the message whose button was pressed.

    Raises SlackError if every way fails.
    """
    with slack_call(say("refusals.answer_not_shown")):
        await reply.show(message, replace=replace)


def acknowledge_first(work: Handler) -> Callable[..., Awaitable[None]]:
    """Return a Bolt listener that acknowledges, then works, and tells the person of any failure.

    `work` may raise anything. If Bolt saw an error soon after the acknowledgement, it would reset
    it (AsyncioListenerRunner in 1.30).
    """

    async def listener(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        reply = Reply(client, body)
        await report_failure(work(body, reply, client), reply)

    return listener


async def report_failure(work: Awaitable[None], reply: Reply) -> None:
    """Await `work`, and tell the person if it fails.

    If it is cancelled because the bot stops, only somebody who waits for an answer is told.
    """
    try:
        await work
    except asyncio.CancelledError:
        if reply.is_awaited:
            with contextlib.suppress(SlackError):
                await respond_with(reply, parts.notice(say("refusals.stopped")))
        raise
    except Exception as error:  # noqa: BLE001  the person is told of any failure
        await _tell(error, reply)


async def report_unhandled(error: Exception, body: Body, client: AsyncWebClient) -> None:
    """Tell a person what a listener raised before it acknowledged. Bolt's status leaves a modal
    open, with what was typed in it."""
    await _tell(error, Reply(client, body))


async def _tell(error: Exception, reply: Reply) -> None:
    words = log_failure(error)
    if not reply.person:  # an event without a person
        return
    try:
        await respond_with(reply, parts.notice(words))
    except Exception:
        # Nobody can be told; only the log is left.
        log.exception("could not tell a person about a failure")


def log_failure(error: Exception) -> str:
    """Log a failure under a reference and return the words for the person, with that reference.

    Bad queries and old buttons are not our failures: they are not logged.
    """
    if isinstance(error, NotFoundError | QueryError):
        return _sentence(str(error))
    reference, words = secrets.token_hex(2), say("refusals.inside")
    if isinstance(error, BotError):
        cause = getattr(error, "code", "") or type(error.__cause__).__name__
        log.error("ref %s: %s (%s)", reference, error, cause)
        words = _sentence(str(error))
    else:
        log.error("ref %s: a listener failed", reference, exc_info=error)
    return say("refusals.with_reference", words=words, reference=reference)


def log_with_reference(words: str, about: str) -> str:
    """Return the words about a failure with a reference, and log that with what it is `about`."""
    reference = secrets.token_hex(2)
    log.error("ref %s: %s", reference, about)
    return say("refusals.with_reference", words=_sentence(words), reference=reference)


def _sentence(text: str) -> str:
    ended = text if text.endswith((".", "?", "!")) else f"{text}."
    return ended[:1].upper() + ended[1:]
