"""What Slack's refusals mean for the person, and how a failure is told and logged."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BotError, NotFoundError, QueryError, SlackError
from bot.slack import parts
from bot.slack.parts import Message

Body = dict[str, Any]
Work = Callable[[Body, AsyncRespond, AsyncWebClient], Awaitable[None]]

log = logging.getLogger(__name__)

INVITE = "Invite me with /invite @Claimdesk, then {again}."
TELL = "Tell the person who runs me."

MEANINGS = {
    "not_in_channel": ("I am not in this channel", INVITE),
    "channel_not_found": ("I am not in this channel", INVITE),
    "is_archived": ("Slack says this channel is archived", "Choose another channel."),
    "restricted_action": (
        "this workspace restricts who may post here",
        "Ask one of its admins to let me.",
    ),
    "ratelimited": ("Slack asks me to slow down", "Wait a minute, then {again}."),
    "expired_trigger_id": ("Slack gave up waiting", "Please {again}."),
    "missing_scope": ("I lack a permission in this workspace", TELL),
    "invalid_auth": ("Slack no longer accepts my token", TELL),
    "not_authed": ("Slack no longer accepts my token", TELL),
    "token_revoked": ("Slack no longer accepts my token", TELL),
    "account_inactive": ("Slack no longer accepts my token", TELL),
}
"""Slack's error codes: why it failed, and what to do."""


def code(error: SlackApiError) -> str:
    """Slack's own word for why it refused; "ratelimited" also where it gave only a status."""
    answer: Any = error.response
    if getattr(answer, "status_code", None) == 429:
        return "ratelimited"
    # Where the answer was not JSON, `data` is text, bytes or empty, or the answer aiohttp's own.
    data = getattr(answer, "data", None)
    why = data.get("error") if isinstance(data, dict) else None
    return why if isinstance(why, str) else "no_reason_given"


def refused(error: SlackApiError, message: str, *, again: str, lost: str) -> SlackError:
    """Put a refusal in words: what did not happen, why, what to do, whether anything was lost.

    `again` completes "then …" ("share again").
    """
    why = code(error)
    unknown = (f"Slack refused it ({why})", "If it stays so, tell the person who runs me.")
    cause, remedy = MEANINGS.get(why, unknown)
    return SlackError(
        message, code=why, cause=cause, remedy=f"{remedy.format(again=again)} {lost}".strip()
    )


async def respond_with(respond: AsyncRespond, message: Message, *, replace: bool = False) -> None:
    """Show a private answer; with `replace`, in place of the message whose button was clicked.

    Raises SlackError if Slack does not take it.
    """
    answer = await respond(
        text=message.text,
        blocks=message.blocks,
        response_type="ephemeral",
        replace_original=replace,
        unfurl_links=False,
        unfurl_media=False,
    )
    if answer.status_code != 200 or '"ok":false' in answer.body.replace(" ", ""):
        raise SlackError("The answer was not shown", cause=f"Slack said {answer.body[:100]!r}")


def acknowledged(work: Work) -> Callable[..., Awaitable[None]]:
    """Make a Bolt listener that acknowledges, then works, and tells the person of any failure.

    `work` gets the request's body, and may raise whatever it likes: raised through Bolt, an error
    soon after the acknowledgement would undo it (AsyncioListenerRunner in 1.30 resets it).
    """

    async def listener(
        ack: AsyncAck, body: Body, respond: AsyncRespond, client: AsyncWebClient
    ) -> None:
        await ack()
        await told_if_it_fails(work(body, respond, client), respond)

    return listener


async def told_if_it_fails(work: Awaitable[None], respond: AsyncRespond) -> None:
    """Do a piece of work, and tell the person of any failure."""
    try:
        await work
    except Exception as error:  # noqa: BLE001  whatever it is, the person is to hear of it
        await _tell(error, respond)


async def _tell(error: Exception, respond: AsyncRespond) -> None:
    """Tell a failure under a reference that the log has too; bad queries and old buttons are no
    failures of ours, and need none."""
    try:
        if isinstance(error, NotFoundError | QueryError):
            await respond_with(respond, parts.told(_sentence(str(error))))
            return
        reference = secrets.token_hex(2)
        words = _logged(error, reference)
        await respond_with(respond, parts.told(f"{words} (ref {reference})"))
    except Exception:
        # Nobody can be told any more; the log is all that is left.
        log.exception("a person could not be told of a failure")


def _logged(error: Exception, reference: str) -> str:
    if isinstance(error, BotError):
        cause = getattr(error, "code", "") or type(error.__cause__).__name__
        log.error("ref %s: %s (%s)", reference, error, cause)
        return _sentence(str(error))
    log.error("ref %s: a listener failed", reference, exc_info=error)
    return "This did not work: something in me failed. Please try again."


def _sentence(text: str) -> str:
    ended = text if text.endswith((".", "?", "!")) else f"{text}."
    return ended[:1].upper() + ended[1:]
