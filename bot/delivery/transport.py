"""The interface for posting outbox messages; the Slack integration registers the implementation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, NamedTuple, Protocol

from bot.errors import SlackError
from bot.store import OutboxMessage
from bot.store.delivery.outbox_message import MessageContents
from bot.store.delivery.payloads import TextPayload

DEFAULT_WAIT = timedelta(seconds=30)
"""How long to wait if Slack asks us to retry later without saying when."""

NotPostedKind = Literal["rejected", "unauthorised", "rate limited", "unreachable"]


class NotPosted(SlackError):
    """The message was not posted: Slack refused it or could not be reached; `kind` says which.

    Unless it was "rejected", that is, refused for good, it may be retried after `wait`.
    """

    def __init__(
        self,
        message: str,
        *,
        kind: NotPostedKind,
        cause: str,
        remedy: str,
        code: str = "",
        wait: timedelta = DEFAULT_WAIT,
    ) -> None:
        self.kind, self.wait = kind, wait
        super().__init__(message, code=code, cause=cause, remedy=remedy)


class MaybePosted(SlackError):
    """Slack's response was lost or ambiguous: the message may or may not have been posted."""


class NotReadable(SlackError):
    """The channel can't be read, so there is no way to tell whether the message was posted."""


class SlackUnavailable(SlackError):
    """Slack is unavailable; retry after `wait`."""

    def __init__(self, message: str, *, wait: timedelta, **details: str) -> None:
        self.wait = wait
        super().__init__(message, **details)


class PostedMessage(NamedTuple):
    """Where a message was posted; for a direct message, `channel` is the conversation's id."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to post, in the transport's own form.

    `contents` is None unless they are decided only when the message is rendered.
    """

    message: Any
    contents: MessageContents | None = None


class Transport(Protocol):
    """A service that posts messages."""

    def draft(self, message: OutboxMessage) -> Draft | None:
        """Render a message in its current state; None if there is nothing left to say.

        Raises NotFoundError if what it shows is gone.
        """

    async def denial_reason(self, message: OutboxMessage) -> str | None:
        """Say why the recipient may not see a message; None if they may.

        Raises SlackUnavailable, or SlackError if that cannot be determined.
        """

    async def post(self, message: OutboxMessage, draft: Draft) -> PostedMessage:
        """Post a message. Raises only NotPosted and MaybePosted, with texts for a person."""

    async def find_posted(self, message: OutboxMessage) -> PostedMessage | None:
        """Find where a message was posted; None if it was not.

        Raises NotReadable and SlackUnavailable.
        """

    async def handle_refusal(
        self, message: OutboxMessage, draft: Draft, refusal: NotPosted
    ) -> bool:
        """Handle a refusal that needs special treatment; return True if it has been handled. All
        others are retried or given up."""

    def failure_text(self, message: OutboxMessage) -> str:
        """Tell a person what failed because a message was not posted."""

    def failure_notice(self, message: OutboxMessage, text: str) -> TextPayload:
        """Make the notice that tells a person, with `text`, that their message was not posted."""
