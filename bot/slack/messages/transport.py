"""Slack as the transport of the outbox."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.transport import DEFAULT_WAIT, Draft, NotPosted, PostedMessage, SlackUnavailable
from bot.errors import SlackError
from bot.newsroom import Newsroom
from bot.slack.gate.access import denial_reason
from bot.slack.messages.lookup import TRANSIENT_ERRORS, find_message
from bot.slack.messages.post import FailureWords, notice_payload, post
from bot.slack.messages.renderers import FAILURE_TEXTS, RENDERERS, RETRY_TEXTS
from bot.slack.parts import channel_notice
from bot.slack.refusals import log_with_reference
from bot.slack.surfaces.digests.draft import (
    DigestDraft,
    digest_draft,
    failure_words,
    handle_digest_refusal,
)
from bot.store import OutboxMessage
from bot.store.delivery.payloads import AlertPayload, DigestPayload, TextPayload
from bot.words import say


def make_dispatcher(newsroom: Newsroom, client: AsyncWebClient) -> Dispatcher:
    """Return a dispatcher for a newsroom's outbox that posts with a Slack client."""
    return Dispatcher(
        outbox=newsroom.delivery.outbox, transport=SlackTransport(newsroom=newsroom, client=client)
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class SlackTransport:
    """Posts and looks up messages with Slack's Web API; see bot.delivery.transport.Transport."""

    newsroom: Newsroom
    client: AsyncWebClient

    def draft(self, message: OutboxMessage) -> Draft | None:
        """Render a message; None if there is nothing left to say.

        Raises NotFoundError if what it shows is gone.
        """
        if message.kind == DigestPayload.kind:
            return digest_draft(self.newsroom, message)
        rendered = RENDERERS[message.kind](self.newsroom, message)
        return Draft(rendered) if rendered else None

    async def denial_reason(self, message: OutboxMessage) -> str | None:
        """Return why the recipient may not see a message; None if they may.

        The owner of a watch may have lost access since they set it. Raises SlackUnavailable, or
        SlackError if Slack cannot be asked about them.
        """
        if message.kind != AlertPayload.kind or message.channel != message.person:
            return None
        people = self.newsroom.settings.people
        try:
            return await denial_reason(self.client, people, message.channel, message.team)
        except SlackError as error:
            if not error.code or error.code in TRANSIENT_ERRORS:
                raise SlackUnavailable(str(error), wait=DEFAULT_WAIT, code=error.code) from error
            raise

    async def post(self, message: OutboxMessage, draft: Draft) -> PostedMessage:
        """Post a message. Raises only NotPosted and MaybePosted, with texts for a person."""
        if isinstance(draft, DigestDraft):
            words = failure_words(self.newsroom, draft)
        else:
            words = FailureWords(
                failure=self.failure_text(message),
                next_step=say(RETRY_TEXTS.get(message.kind, "outbox.again")),
                outcome=say("refusals.nothing_posted"),
            )
        return await post(
            self.client,
            message.channel,
            draft.message,
            words,
            key=message.key,
            thread_ts=message.thread_ts,
        )

    async def find_posted(self, message: OutboxMessage) -> PostedMessage | None:
        """Find where a message was posted; None if it was not.

        Raises NotReadable and SlackUnavailable.
        """
        return await find_message(
            self.newsroom.delivery.outbox,
            self.client,
            message.team,
            message.channel,
            message.key,
            since=message.asked_at,
            thread_ts=message.thread_ts,
        )

    async def handle_refusal(
        self, message: OutboxMessage, draft: Draft, refusal: NotPosted
    ) -> bool:
        """Handle the refusal of a digest; return False for all other messages."""
        if not isinstance(draft, DigestDraft):
            return False
        return await handle_digest_refusal(self.newsroom, self.client, message, draft, refusal)

    def failure_text(self, message: OutboxMessage) -> str:
        """Tell a person which message was not posted."""
        if message.kind in FAILURE_TEXTS:
            return say(FAILURE_TEXTS[message.kind])
        if message.channel.startswith(("U", "W", "D")):
            return say("outbox.failed_to_person")
        return say("outbox.failed", where=f"<#{message.channel}>")

    def failure_notice(self, message: OutboxMessage, text: str) -> TextPayload:
        """Return the notice that tells a person why their message was not posted."""
        return notice_payload(
            channel_notice(message.channel, log_with_reference(text, f"{message.key}: {text}"))
        )
