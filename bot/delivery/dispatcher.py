"""Send what waits in the outbox: once, in order, no faster than Slack wants it.

Before a message is asked for again of which it is not known whether Slack has posted it, it is
looked for in its channel. What Slack refuses for good is given up, and its person is told; what it
does not take at the moment waits, and so does all else in its channel.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.delivery.outbox import Outbox
from bot.delivery.transport import (
    Draft,
    MaybePosted,
    NotPosted,
    NotReadable,
    SlackUnavailable,
    Transport,
)
from bot.errors import NotFoundError, SlackError
from bot.store import Job, OutboxMessage
from bot.store.delivery.payloads import UnreadablePayload
from bot.words import say

log = logging.getLogger(__name__)

BLOCKED_PAUSE = timedelta(minutes=5)
"""How long nothing is posted in a workspace that does not let us in; then one message is tried."""

TURN_CHECK_SECONDS, AWAIT_SECONDS = 0.2, 5.0
"""Seconds between two looks whether it is a message's turn, and those that whoever has pressed a
button waits for its message before being told that it waits."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Dispatcher:
    """Sends the messages of the outbox by one transport."""

    outbox: Outbox
    transport: Transport

    async def deliver(self, team: str, channel: str, *, awaited: str = "") -> datetime | None:
        """Send what waits in a channel and may be sent now; returns when to look again, None where
        nothing waits any more.

        Of the message with the `awaited` key, its person is not told by a message of its own that
        it was given up: whoever awaits it says so.
        """
        while one := await asyncio.to_thread(self.outbox.messages.next_in_channel, team, channel):
            if not one.is_due(self.outbox.now()):
                return one.due_at
            step = self._look_for if one.state == "sending" else self._send
            if later := await step(one, is_awaited=one.key == awaited):
                return later
        return None

    async def deliver_due(self, job: Job) -> datetime | None:
        """The same as a job of the channel."""
        return await self.deliver(job.payload["team"], job.payload["channel"])

    async def deliver_now(self, team: str, channel: str, key: str) -> OutboxMessage | None:
        """Send a message that somebody waits for, after those that wait before it; returns it as it
        stands after that, or after a few seconds: the rest is the worker's. None if it was
        dropped."""
        ends = asyncio.get_running_loop().time() + AWAIT_SECONDS
        while True:
            await self.deliver(team, channel, awaited=key)
            one = await asyncio.to_thread(self.outbox.messages.by_key, team, key)
            is_open = one is not None and one.state in ("waiting", "sending") and not one.failure
            if not is_open or asyncio.get_running_loop().time() > ends:
                return one
            await asyncio.sleep(TURN_CHECK_SECONDS)

    async def deliver_or_explain(self, team: str, channel: str, key: str) -> str | None:
        """The same; returns what the person who waits is to hear where it does not stand there now.

        Raises SlackError where it can't be posted.
        """
        one = await self.deliver_now(team, channel, key)
        if one is None or one.state == "sent":
            return None
        if one.state in ("dead", "uncertain"):
            raise SlackError(one.failure or self.transport.failure_text(one))
        return say("outbox.waits") if one.state == "waiting" else say("outbox.open")

    # -- sending one

    async def _send(self, one: OutboxMessage, *, is_awaited: bool) -> datetime | None:
        """Send a message; returns when to look again, where it is not the next one's turn now."""
        # Before anything is made of it: whoever waits looks several times a second.
        if later := await asyncio.to_thread(self.outbox.next_slot, one):
            return later
        if not await self._may_be_read(one):
            return None
        if not (draft := await self._draft(one, is_awaited=is_awaited)):
            return None
        begun = await asyncio.to_thread(self.outbox.begin_sending, one, draft)
        if not isinstance(begun, OutboxMessage):
            return begun
        try:
            stands = await self.transport.post(one, draft)
        except NotPosted as refusal:
            await self._not_posted(begun, draft, refusal, is_awaited=is_awaited)
        except MaybePosted as lost:
            log.warning("%s in %s: %s", one.key, one.channel, lost)
            await asyncio.to_thread(self.outbox.mark_outcome_unknown, begun, str(lost))
        else:
            await asyncio.to_thread(self.outbox.mark_sent, begun, stands)
            log.info("%s posted in %s", one.key, one.channel)
        return None

    async def _may_be_read(self, one: OutboxMessage) -> bool:
        """Whether a message may go to those who would read it. Where not, or where that can't be
        known, that is seen to."""
        try:
            refusal = await self.transport.denial_reason(one)
        except SlackUnavailable as later:
            log.warning("%s for %s: could not check who they are: %s", one.key, one.channel, later)
            await asyncio.to_thread(self.outbox.postpone, one, str(later), later.wait)
            return False
        except SlackError as unknown:
            words = "%s for %s: could not check who they are: %s"
            log.warning(words, one.key, one.channel, unknown)
            if not await asyncio.to_thread(self.outbox.record_render_failure, one, str(unknown)):
                await asyncio.to_thread(self.outbox.give_up, one, "dead", str(unknown), None)
            return False
        if refusal:
            await asyncio.to_thread(self.outbox.give_up, one, "dead", refusal, None)
        return refusal is None

    async def _draft(self, one: OutboxMessage, *, is_awaited: bool) -> Draft | None:
        """The message that a row is now; None where none is to be sent, which is seen to."""
        failed = self.transport.failure_text(one)
        if isinstance(one.payload, UnreadablePayload):
            log.error("%s: its row in the outbox can't be read: %s", one.key, one.payload.reason)
            words = say("outbox.unreadable", failed=failed, reason=one.payload.reason)
            await self._give_up(one, words, is_awaited=is_awaited)
            return None
        try:
            draft = await asyncio.to_thread(self.transport.draft, one)
        except NotFoundError as gone:
            await self._give_up(one, f"{failed}: {gone}", is_awaited=is_awaited)
        except Exception:
            log.exception("%s: could not build the message", one.key)
            words = say("outbox.not_made", failed=failed)
            if not await asyncio.to_thread(self.outbox.record_render_failure, one, words):
                await self._give_up(one, words, is_awaited=is_awaited)
        else:
            if draft is None:
                await asyncio.to_thread(self.outbox.drop, one)
            return draft
        return None

    async def _not_posted(
        self, one: OutboxMessage, draft: Draft, refusal: NotPosted, *, is_awaited: bool
    ) -> None:
        wait = None
        if refusal.reason != "refused":
            wait = await self.hold(one.team, refusal)
        if await self.transport.handle_refusal(one, draft, refusal):
            return
        if wait is None:
            log.error("%s in %s: %s (%s)", one.key, one.channel, refusal, refusal.code)
            await self._give_up(one, str(refusal), is_awaited=is_awaited)
        else:
            await asyncio.to_thread(self.outbox.postpone, one, refusal.cause, wait)

    async def hold(self, team: str, refusal: NotPosted) -> timedelta:
        """Let a whole workspace wait where Slack asks for time, is out of reach or lets nobody in,
        which the operator reads once; returns for how long."""
        if refusal.reason != "unauthorised":
            log.warning("nothing is posted for %s: %s", refusal.wait, refusal.cause)
            await asyncio.to_thread(self.outbox.pause, team, refusal.wait)
            return refusal.wait
        why = f"{refusal.cause} ({refusal.code})"
        if await asyncio.to_thread(self.outbox.pause, team, BLOCKED_PAUSE, why):
            log.error("nothing can be posted in workspace %s: %s", team, why)
        return BLOCKED_PAUSE

    # -- after an answer was lost

    async def _look_for(self, one: OutboxMessage, *, is_awaited: bool) -> datetime | None:
        """See what came of a message that Slack has been asked for."""
        held = await asyncio.to_thread(self.outbox.take_for_lookup, one)
        if held is None:
            return None
        failed = self.transport.failure_text(one)
        try:
            stands = await self.transport.find_posted(one)
        except SlackUnavailable as later:
            log.warning("%s: no check yet whether it is in %s: %s", one.key, one.channel, later)
            await asyncio.to_thread(self.outbox.postpone_lookup, held, str(later), later.wait)
        except NotReadable as never:
            log.error("%s may or may not have been posted in %s: %s", one.key, one.channel, never)
            words = say("outbox.left_open", failed=failed)
            await self._give_up(held, words, state="uncertain", is_awaited=is_awaited)
        else:
            if stands:
                await asyncio.to_thread(self.outbox.mark_sent, held, stands)
                log.info("%s was posted in %s after all", one.key, one.channel)
            elif not await asyncio.to_thread(self.outbox.send_again, held):
                words = say("outbox.too_often", failed=failed)
                await self._give_up(held, words, is_awaited=is_awaited)
        return None

    async def _give_up(
        self,
        one: OutboxMessage,
        words: str,
        *,
        is_awaited: bool,
        state: Literal["dead", "uncertain"] = "dead",
    ) -> None:
        news = None if is_awaited else self.transport.failure_notice(one, words)
        await asyncio.to_thread(self.outbox.give_up, one, state, words, news)
