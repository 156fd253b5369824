"""Send the messages of the outbox: once, in order, within Slack's rate limits.

If it is not known whether Slack has posted a message, the message is looked up in its channel
before it is sent again. A message that Slack rejects is given up, and the person to be
notified of that (`OutboxMessage.person`) gets a notice. After a temporary failure, the message
waits, and so do all others in its channel.
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
"""How long nothing is posted in a workspace that does not authorise us; then one message is
tried."""

POLL_SECONDS = 0.2
"""How often to check whether it is an awaited message's turn."""
AWAIT_SECONDS = 5.0
"""How long somebody who pressed a button waits for their message before being told that it is
queued."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Dispatcher:
    """Sends the messages of the outbox with a transport."""

    outbox: Outbox
    transport: Transport

    async def deliver(self, team: str, channel: str, *, awaited_key: str = "") -> datetime | None:
        """Send the messages of a channel that may be sent now; returns when to continue, or None
        if no message is left.

        If the message with `awaited_key` is given up, nobody gets a notice of that: the caller, who
        awaits the message, tells the person.
        """
        next_message = self.outbox.messages.next_in_channel
        while message := await asyncio.to_thread(next_message, team, channel):
            if not message.is_due(self.outbox.now()):
                return message.due_at
            process = self._look_up if message.state == "sending" else self._send
            if next_at := await process(message, is_awaited=message.key == awaited_key):
                return next_at
        return None

    async def deliver_due(self, job: Job) -> datetime | None:
        """Handle a channel's delivery job: send its messages that are due.

        Returns when to continue, or None if no message is left.
        """
        return await self.deliver(job.payload["team"], job.payload["channel"])

    async def deliver_now(self, team: str, channel: str, key: str) -> OutboxMessage | None:
        """Send a message that somebody awaits, after those queued before it.

        Returns the message in its new state; None if it was dropped. After AWAIT_SECONDS it is
        returned as it is and left to the worker.
        """
        time = asyncio.get_running_loop().time
        deadline = time() + AWAIT_SECONDS
        while True:
            await self.deliver(team, channel, awaited_key=key)
            message = await asyncio.to_thread(self.outbox.messages.by_key, team, key)
            if message is None or message.state not in ("waiting", "sending") or message.failure:
                return message
            if time() > deadline:
                return message
            await asyncio.sleep(POLL_SECONDS)

    async def deliver_or_explain(self, team: str, channel: str, key: str) -> str | None:
        """Send a message that somebody awaits; returns what to tell them if it is not posted yet.

        Raises SlackError if it was given up.
        """
        message = await self.deliver_now(team, channel, key)
        if message is None or message.state in ("sent", "withdrawn"):
            return None
        if message.state in ("dead", "uncertain"):
            raise SlackError(message.failure or self.transport.failure_text(message))
        return say("outbox.waits") if message.state == "waiting" else say("outbox.open")

    # -- sending

    async def _send(self, message: OutboxMessage, *, is_awaited: bool) -> datetime | None:
        """Send a message; returns the channel's next slot if it must wait."""
        # Check the rate limit before rendering: deliver_now calls _send several times a second.
        team, channel, now = message.team, message.channel, self.outbox.now()
        next_slot = await asyncio.to_thread(self.outbox.channels.next_slot, team, channel, now)
        if next_slot:
            return next_slot
        if not await self._check_access(message):
            return None
        if not (draft := await self._render(message, is_awaited=is_awaited)):
            return None
        result = await asyncio.to_thread(
            self.outbox.messages.begin_sending, message, self.outbox.now(), draft.contents
        )
        if not isinstance(result, OutboxMessage):
            return result
        leased_message = result
        try:
            posted = await self.transport.post(message, draft)
        except NotPosted as not_posted:
            await self._handle_not_posted(leased_message, draft, not_posted, is_awaited=is_awaited)
        except MaybePosted as error:
            log.warning("%s in %s: %s", message.key, message.channel, error)
            await asyncio.to_thread(self.outbox.mark_outcome_unknown, leased_message, str(error))
        else:
            await asyncio.to_thread(self.outbox.mark_sent, leased_message, posted)
            log.info("%s posted in %s", message.key, message.channel)
        return None

    async def _check_access(self, message: OutboxMessage) -> bool:
        """Tell whether the recipient may see a message.

        If not, it is given up. If that cannot be determined, it is postponed or given up.
        """
        try:
            denial = await self.transport.denial_reason(message)
        except SlackUnavailable as error:
            _log_unchecked(message, error)
            await asyncio.to_thread(self.outbox.postpone, message, str(error), error.wait)
            return False
        except SlackError as error:
            _log_unchecked(message, error)
            record_failure = self.outbox.record_preparation_failure
            if not await asyncio.to_thread(record_failure, message, str(error)):
                await asyncio.to_thread(self.outbox.give_up, message, "dead", str(error), None)
            return False
        if denial:
            await asyncio.to_thread(self.outbox.give_up, message, "dead", denial, None)
        return denial is None

    async def _render(self, message: OutboxMessage, *, is_awaited: bool) -> Draft | None:
        """Render a message; None if it has been dropped, given up or postponed instead."""
        failure_text = self.transport.failure_text(message)
        if isinstance(message.payload, UnreadablePayload):
            reason = message.payload.reason
            log.error("%s: its row in the outbox can't be read: %s", message.key, reason)
            text = say("outbox.unreadable", failed=failure_text, reason=reason)
            await self._give_up(message, text, is_awaited=is_awaited)
            return None
        try:
            draft = await asyncio.to_thread(self.transport.draft, message)
        except NotFoundError as error:
            await self._give_up(message, f"{failure_text}: {error}", is_awaited=is_awaited)
        except Exception:
            log.exception("%s: could not build the message", message.key)
            text = say("outbox.not_made", failed=failure_text)
            if not await asyncio.to_thread(self.outbox.record_preparation_failure, message, text):
                await self._give_up(message, text, is_awaited=is_awaited)
        else:
            if draft is None:
                await asyncio.to_thread(self.outbox.drop, message)
            return draft
        return None

    async def _handle_not_posted(
        self, message: OutboxMessage, draft: Draft, not_posted: NotPosted, *, is_awaited: bool
    ) -> None:
        is_final = not_posted.kind == "rejected"
        wait = None if is_final else await self._pause_workspace(message.team, not_posted)
        is_handled = await self.transport.handle_refusal(message, draft, not_posted)
        if is_handled:
            return
        if wait is None:
            log.error(
                "%s in %s: %s (%s)", message.key, message.channel, not_posted, not_posted.code
            )
            await self._give_up(message, str(not_posted), is_awaited=is_awaited)
        else:
            await asyncio.to_thread(self.outbox.postpone, message, not_posted.cause, wait)

    async def _pause_workspace(self, team: str, not_posted: NotPosted) -> timedelta:
        """Pause a workspace that rate-limits us, does not authorise us or is unreachable.

        Returns for how long. Missing authorisation is logged as an error once.
        """
        if not_posted.kind != "unauthorised":
            log.warning("nothing is posted for %s: %s", not_posted.wait, not_posted.cause)
            await asyncio.to_thread(self.outbox.pause, team, not_posted.wait)
            return not_posted.wait
        failure = f"{not_posted.cause} ({not_posted.code})"
        if await asyncio.to_thread(self.outbox.pause, team, BLOCKED_PAUSE, failure):
            log.error("nothing can be posted in workspace %s: %s", team, failure)
        return BLOCKED_PAUSE

    # -- after a lost response

    async def _look_up(self, message: OutboxMessage, *, is_awaited: bool) -> datetime | None:
        """Look up a message with an unknown outcome in its channel."""
        leased_message = await asyncio.to_thread(
            self.outbox.messages.take_for_lookup, message, self.outbox.now()
        )
        if leased_message is None:
            return None
        key, channel = message.key, message.channel
        failure_text = self.transport.failure_text(message)
        try:
            posted = await self.transport.find_posted(message)
        except SlackUnavailable as error:
            log.warning(
                "%s: could not yet check whether it was posted in %s: %s", key, channel, error
            )
            await asyncio.to_thread(
                self.outbox.postpone_lookup, leased_message, str(error), error.wait
            )
        except NotReadable as error:
            log.error("%s may or may not have been posted in %s: %s", key, channel, error)
            text = say("outbox.left_open", failed=failure_text)
            await self._give_up(leased_message, text, state="uncertain", is_awaited=is_awaited)
        else:
            if posted:
                await asyncio.to_thread(self.outbox.mark_sent, leased_message, posted)
                log.info("%s was posted in %s after all", key, channel)
            elif not await asyncio.to_thread(self.outbox.send_again, leased_message):
                text = say("outbox.too_often", failed=failure_text)
                await self._give_up(leased_message, text, is_awaited=is_awaited)
        return None

    async def _give_up(
        self,
        message: OutboxMessage,
        text: str,
        *,
        is_awaited: bool,
        state: Literal["dead", "uncertain"] = "dead",
    ) -> None:
        notice = None if is_awaited else self.transport.failure_notice(message, text)
        await asyncio.to_thread(self.outbox.give_up, message, state, text, notice)


def _log_unchecked(message: OutboxMessage, error: SlackError) -> None:
    """Log that the access of a message's recipient could not be checked."""
    log.warning(
        "%s for %s: could not check whether they may see it: %s",
        message.key,
        message.channel,
        error,
    )
