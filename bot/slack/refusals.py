"""Word Slack's errors for people, and report and log failures."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import aiohttp
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import (
    BotError,
    NotFoundError,
    QueryError,
    SearchIndexUnavailableError,
    SlackError,
)
from bot.monitoring.requests import current_request, new_reference
from bot.slack import modals, parts
from bot.slack.gate.scopes import scope_needed_by
from bot.slack.parts import Message
from bot.slack.replies import Reply
from bot.words import say

Body = dict[str, Any]
"""What Slack sends: a command, an event, or the press of a button."""
Handler = Callable[[Body, Reply, AsyncWebClient], Awaitable[None]]


class Failure(NamedTuple):
    """A failure of which a person was told, with its cause, which only admins see."""

    reference: str
    at: datetime
    cause: str


recent_failures: deque[Failure] = deque(maxlen=5)
"""The latest failures in this process, the newest first. Not in the store: it may be the cause."""

log = logging.getLogger(__name__)

INVALID_TOKEN_CODES = frozenset({
    "invalid_auth", "not_authed", "not_allowed_token_type",
    "token_revoked", "token_expired", "account_inactive",
})  # fmt: skip
"""Slack's error codes for a token that is no longer valid."""

# Each pair holds the keys of the texts for a cause and its remedy.
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
"""The keys of the texts for the cause and the remedy, by Slack's error code."""


def error_code(error: SlackApiError) -> str:
    """Return Slack's error code; "ratelimited" for any response with status 429."""
    response: Any = error.response
    if getattr(response, "status_code", None) == 429:
        return "ratelimited"
    # If the response is not JSON, `data` is text, bytes or, in a response of aiohttp, missing.
    data = getattr(response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    return code if isinstance(code, str) else "no_reason_given"


def slack_error(error: SlackApiError, message: str, *, next_step: str, outcome: str) -> SlackError:
    """Word a refusal by Slack for people.

    `message` says what did not happen, `outcome` whether anything was lost. `next_step` is what to
    do after the remedy ("share again").
    """
    code = error_code(error)
    cause, remedy = cause_and_remedy(code, next_step=next_step)
    if scope := scope_needed_by(error):
        if code == "channel_not_found":
            cause = say("scopes.why_not_known", scope=scope)
            remedy = say("scopes.remedy_private", again=next_step)
        else:
            cause, remedy = say("scopes.why", scope=scope), say("scopes.remedy")
    return SlackError(message, code=code, cause=cause, remedy=f"{remedy} {outcome}".strip())


def cause_and_remedy(code: str, *, next_step: str) -> tuple[str, str]:
    """Word the cause and the remedy of an error code.

    `next_step` is what to do after the remedy ("share again").
    """
    cause, remedy = CAUSE_AND_REMEDY_KEYS.get(code, UNKNOWN_ERROR)
    return say(cause, code=code), say(remedy, again=next_step)


def token_error(error: SlackApiError, setting: str) -> SlackError:
    """Return the error for a terminal if Slack refuses the token of a setting."""
    code = error_code(error)
    message, remedy = f"could not connect to Slack with {setting}", "Try again in a minute."
    if code in INVALID_TOKEN_CODES:
        message = f"Slack does not accept {setting}"
        remedy = "Copy it again from the app's page at api.slack.com/apps."
    return SlackError(message, code=code, cause=code, remedy=remedy)


@contextlib.contextmanager
def slack_call(failure: str, *, next_step: str | None = None, outcome: str = "") -> Iterator[None]:
    """Turn any failure of a call of Slack's Web API into a SlackError worded for people.

    `failure` says what did not happen, `outcome` whether anything was lost. `next_step` is what to
    do after the remedy ("share again").
    """
    next_step = next_step or say("refusals.again")
    try:
        yield
    except SlackApiError as error:
        raise slack_error(error, failure, next_step=next_step, outcome=outcome) from error
    except Exception as error:
        # The network failed, or slack_sdk could not read the response.
        is_network_error = isinstance(error, aiohttp.ClientError | TimeoutError)
        cause = "refusals.why_out_of_reach" if is_network_error else "refusals.why_answer_lost"
        raise SlackError(
            failure,
            cause=say(cause, error=type(error).__name__),
            remedy=f"{say('refusals.remedy_wait', again=next_step)} {outcome}".strip(),
        ) from error


async def respond_with(reply: Reply, message: Message, *, replace: bool = False) -> None:
    """Show a private answer; with `replace`, in place of the message whose button was pressed.

    Raises SlackError if no way to show it works.
    """
    with slack_call(say("refusals.answer_not_shown")):
        await reply.show(message, replace=replace)


def acknowledge_first(handler: Handler) -> Callable[..., Awaitable[None]]:
    """Return a Bolt listener that acknowledges, runs the handler and reports any failure.

    The handler may raise anything. The listener raises nothing: if Bolt saw an error soon after the
    acknowledgement, it would undo the acknowledgement (AsyncioListenerRunner in 1.30).
    """

    async def listener(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        reply = Reply(client, body)
        await report_failure(handler(body, reply, client), reply)

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
        await _tell_person(error, reply)


async def report_unhandled(
    error: Exception, body: Body, client: AsyncWebClient
) -> BoltResponse | None:
    """Tell a person that a listener failed before it acknowledged.

    An open modal says so itself, stays open and keeps its input.
    """
    if body.get("type") == "view_submission":
        answer = modals.error_response(body["view"], log_failure(error))
        return BoltResponse(status=200, body=answer)
    await _tell_person(error, Reply(client, body))
    return None


async def _tell_person(error: Exception, reply: Reply) -> None:
    message = parts.notice(log_failure(error))
    if not reply.person:  # some events have no person
        return
    try:
        await respond_with(reply, message)
    except Exception:
        log.exception("could not tell a person about a failure")


def log_failure(error: Exception) -> str:
    """Log a failure and return the text for the person, both with the same reference.

    Bad queries and old buttons are not our failures: they get no reference and are not logged.
    What Slack refused, and an index that does not answer, is worded for people. All other causes
    name files, hosts or settings: these are only in the log and in the Home tab of admins.
    """
    if isinstance(error, NotFoundError | QueryError):
        return _as_sentence(str(error))
    if isinstance(error, SlackError):
        cause = error.code or type(error.__cause__).__name__
        return log_with_reference(str(error), f"{error} ({cause})")
    if isinstance(error, SearchIndexUnavailableError):
        return log_with_reference(say("refusals.index_away"), str(error))
    if isinstance(error, BotError):
        return log_with_reference(say("refusals.inside"), str(error))
    cause = f"a listener failed ({type(error).__name__}); the log says where"
    return log_with_reference(say("refusals.inside"), cause, error=error)


def log_with_reference(text: str, cause: str, *, error: Exception | None = None) -> str:
    """Log a cause and return the text for people, both with the reference of the request.

    With an `error`, its traceback is logged.
    """
    request = current_request()
    if request:
        request.has_failed = True
    reference = request.reference if request else new_reference()
    log.error("ref %s: %s", reference, cause, exc_info=error)
    recent_failures.appendleft(Failure(reference, datetime.now(UTC), cause))
    return say("refusals.with_reference", words=_as_sentence(text), reference=reference)


def _as_sentence(text: str) -> str:
    sentence = text if text.endswith((".", "?", "!")) else f"{text}."
    return sentence[:1].upper() + sentence[1:]
