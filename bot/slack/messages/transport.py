"""Slack as the transport of the outbox."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.transport import DEFAULT_WAIT, Draft, NotPosted, PostedMessage, SlackUnavailable
from bot.errors import SlackError
from bot.newsroom import Newsroom
from bot.slack.gate.access import access_refusal
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
    """Return the dispatcher of a newsroom's outbox over a client of Slack."""
    return Dispatcher(
        outbox=newsroom.delivery.outbox, transport=SlackTransport(newsroom=newsroom, client=client)
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class SlackTransport:
    """Post and look up messages with Slack's Web API; see bot.delivery.transport.Transport."""

    newsroom: Newsroom
    client: AsyncWebClient

    def draft(self, one: OutboxMessage) -> Draft | None:
        """Render a row; None if there is nothing left to say. Raises NotFoundError if what it would
        show is gone."""
        if one.kind == DigestPayload.kind:
            return digest_draft(self.newsroom, one)
        message = RENDERERS[one.kind](self.newsroom, one)
        return Draft(message) if message else None

    async def access_refusal(self, one: OutboxMessage) -> str | None:
        """Return why a message may not go to its reader, if it may not.

        The owner of a watch may have lost access since they set it. Raises
        SlackUnavailable, and SlackError if Slack does not say who they are.
        """
        if one.kind != AlertPayload.kind or one.channel != one.person:
            return None
        people = self.newsroom.settings.people
        try:
            return await access_refusal(self.client, people, one.channel, one.team)
        except SlackError as unknown:
            if not unknown.code or unknown.code in TRANSIENT_ERRORS:
                raise SlackUnavailable(
                    str(unknown), wait=DEFAULT_WAIT, code=unknown.code
                ) from unknown
            raise

    async def post(self, one: OutboxMessage, draft: Draft) -> PostedMessage:
        """Post a message. Raises only NotPosted and MaybePosted, worded for a person."""
        if isinstance(draft, DigestDraft):
            words = failure_words(self.newsroom, draft)
        else:
            again = say(RETRY_TEXTS.get(one.kind, "outbox.again"))
            lost = say("refusals.nothing_posted")
            words = FailureWords(failed=self.failure_text(one), again=again, lost=lost)
        return await post(
            self.client, one.channel, draft.message, words, key=one.key, thread_ts=one.thread_ts
        )

    async def look(self, one: OutboxMessage) -> PostedMessage | None:
        """Look up a message; None if it is not there. Raises
        NotReadable and SlackUnavailable."""
        return await find_message(
            *(self.newsroom.delivery.outbox, self.client, one.team, one.channel, one.key),
            since=one.asked_at,
            thread_ts=one.thread_ts,
        )

    async def handle_refusal(self, one: OutboxMessage, draft: Draft, refusal: NotPosted) -> bool:
        """Handle the refusal of a digest; return False for all other messages."""
        if not isinstance(draft, DigestDraft):
            return False
        return await handle_digest_refusal(self.newsroom, self.client, one, draft, refusal)

    def failure_text(self, one: OutboxMessage) -> str:
        """Say to a person which message was not posted."""
        if one.kind in FAILURE_TEXTS:
            return say(FAILURE_TEXTS[one.kind])
        if one.channel.startswith(("U", "W", "D")):
            return say("outbox.failed_to_person")
        return say("outbox.failed", where=f"<#{one.channel}>")

    def failure_notice(self, one: OutboxMessage, words: str) -> TextPayload:
        """Return the notice that tells a person why their message was not posted."""
        return notice_payload(channel_notice(one.channel, log_with_reference(words, one.key)))
