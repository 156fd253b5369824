"""How messages of the outbox get to where they are read: registered by whoever knows the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, NamedTuple, Protocol

from bot.errors import SlackError
from bot.store import OutboxMessage
from bot.store.delivery.outbox_contents import MessageContents
from bot.store.delivery.payloads import TextPayload

DEFAULT_WAIT = timedelta(seconds=30)
"""How long we wait where we are asked for time, but not for how much."""

RefusalReason = Literal["refused", "unauthorised", "rate limited", "unreachable"]


class NotPosted(SlackError):
    """The message was not posted: Slack refused it or could not be reached; `reason` says which.

    It may be tried again after `wait`.
    """

    def __init__(
        self,
        message: str,
        *,
        reason: RefusalReason,
        cause: str,
        remedy: str,
        code: str = "",
        wait: timedelta = DEFAULT_WAIT,
    ) -> None:
        self.reason, self.wait = reason, wait
        super().__init__(message, code=code, cause=cause, remedy=remedy)


class MaybePosted(SlackError):
    """Slack's answer was lost, or left it open: it may have been posted or not."""


class NotReadable(SlackError):
    """The channel can't be read, so that nobody will know whether the message stands there."""


class SlackUnavailable(SlackError):
    """Slack can't be asked at the moment; after `wait` it may be."""

    def __init__(self, message: str, *, wait: timedelta, **words: str) -> None:
        self.wait = wait
        super().__init__(message, **words)


class PostedMessage(NamedTuple):
    """Where a message stands: of one to a person, `channel` is the conversation with them."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that is to be posted, in the transport's own form; with what it is made of, where
    that is decided only when it is sent."""

    message: Any
    contents: MessageContents | None = None


class Transport(Protocol):
    """A way to post messages."""

    def draft(self, one: OutboxMessage) -> Draft | None:
        """The message that a row is now; None where there is nothing to say any more. Raises
        NotFoundError where what it would show is gone."""

    async def denial_reason(self, one: OutboxMessage) -> str | None:
        """Why its readers may not have a message; None where they may. Raises SlackUnavailable, and
        SlackError where that can't be known."""

    async def post(self, one: OutboxMessage, draft: Draft) -> PostedMessage:
        """Post a message. Raises NotPosted and MaybePosted, worded for a person, nothing else."""

    async def find_posted(self, one: OutboxMessage) -> PostedMessage | None:
        """Where a message stands; None where it does not. Raises
        NotReadable and SlackUnavailable."""

    async def handle_refusal(self, one: OutboxMessage, draft: Draft, refusal: NotPosted) -> bool:
        """Handle a refusal, of kinds for which a transport does so in its own way; False for all
        others, which wait or are given up."""

    def failure_text(self, one: OutboxMessage) -> str:
        """What did not happen where a message is not posted, for a person."""

    def failure_notice(self, one: OutboxMessage, words: str) -> TextPayload:
        """The message that says to a person why theirs was not posted."""
