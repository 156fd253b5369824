"""Slack as the way by which messages of the outbox get to people."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.transport import DEFAULT_WAIT, Draft, NotPosted, PostedMessage, SlackUnavailable
from bot.errors import SlackError
from bot.newsroom import Newsroom
from bot.slack.gate.access import why_not
from bot.slack.messages.lookup import FOR_NOW, look
from bot.slack.messages.post import Words, post
from bot.slack.messages.renderers import AGAIN, FAILED, RENDERERS
from bot.slack.messages.told import payload_told, told_in
from bot.slack.refusals import referenced
from bot.slack.surfaces.digests.draft import DigestDraft, digest_draft, digest_refused, words_of
from bot.store import OutboxMessage
from bot.store.delivery.payloads import AlertPayload, DigestPayload, TextPayload
from bot.words import say


def dispatcher(newsroom: Newsroom, client: AsyncWebClient) -> Dispatcher:
    """What sends the messages of a newsroom's outbox by a client of Slack."""
    return Dispatcher(
        outbox=newsroom.delivery.outbox, transport=SlackTransport(newsroom=newsroom, client=client)
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class SlackTransport:
    """Posts by Slack's Web API, and looks there; see bot.delivery.transport.Transport."""

    newsroom: Newsroom
    client: AsyncWebClient

    def draft(self, one: OutboxMessage) -> Draft | None:
        """The message that a row is now; None where there is nothing to say any more. Raises
        NotFoundError where what it would show is gone."""
        if one.kind == DigestPayload.kind:
            return digest_draft(self.newsroom, one)
        message = RENDERERS[one.kind](self.newsroom, one)
        return Draft(message) if message else None

    async def access_refusal(self, one: OutboxMessage) -> str | None:
        """Why a message may not go to its readers: what a watch has found goes to its person only
        while they may use the bot, who were let in when they set it. Raises
        SlackUnavailable, and SlackError where Slack does not say who they are."""
        if one.kind != AlertPayload.kind or one.channel != one.person:
            return None
        people = self.newsroom.settings.people
        try:
            return await why_not(self.client, people, one.channel, one.team)
        except SlackError as unknown:
            if not unknown.code or unknown.code in FOR_NOW:
                raise SlackUnavailable(
                    str(unknown), wait=DEFAULT_WAIT, code=unknown.code
                ) from unknown
            raise

    async def post(self, one: OutboxMessage, draft: Draft) -> PostedMessage:
        """Post a message. Raises NotPosted and MaybePosted, worded for a person, nothing else."""
        if isinstance(draft, DigestDraft):
            words = words_of(self.newsroom, draft)
        else:
            again = say(AGAIN.get(one.kind, "outbox.again"))
            lost = say("refusals.nothing_posted")
            words = Words(failed=self.failure_text(one), again=again, lost=lost)
        return await post(
            self.client, one.channel, draft.message, words, key=one.key, thread_ts=one.thread_ts
        )

    async def look(self, one: OutboxMessage) -> PostedMessage | None:
        """Where a message stands; None where it does not. Raises
        NotReadable and SlackUnavailable."""
        return await look(
            *(self.newsroom.delivery.outbox, self.client, one.team, one.channel, one.key),
            since=one.asked_at,
            thread_ts=one.thread_ts,
        )

    async def handle_refusal(self, one: OutboxMessage, draft: Draft, refusal: NotPosted) -> bool:
        """Handle a refusal, of digests in their own way; False for all others."""
        if not isinstance(draft, DigestDraft):
            return False
        return await digest_refused(self.newsroom, self.client, one, draft, refusal)

    def failure_text(self, one: OutboxMessage) -> str:
        """What did not happen where a message is not posted, for a person."""
        if one.kind in FAILED:
            return say(FAILED[one.kind])
        if one.channel.startswith(("U", "W", "D")):
            return say("outbox.failed_to_person")
        return say("outbox.failed", where=f"<#{one.channel}>")

    def failure_notice(self, one: OutboxMessage, words: str) -> TextPayload:
        """The message that says to a person why theirs was not posted."""
        return payload_told(told_in(one.channel, referenced(words, one.key)))
