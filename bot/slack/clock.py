"""Check the newsroom's clock: with Slack's clock and, if that doesn't confirm it, with admins."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BotError, NotFoundError
from bot.newsroom import Newsroom
from bot.newsroom.clock import RECHECK_INTERVAL, ClockJump
from bot.slack import parts
from bot.slack.gate import people
from bot.slack.messages.post import notice_payload
from bot.slack.parts import Block, Message
from bot.words import dates, say

CONFIRM_ACTION = "clock_confirm"

log = logging.getLogger(__name__)


class ClockWatch:
    """Checks the clock again and again; without a `client`, only the log tells of a doubt."""

    def __init__(self, newsroom: Newsroom, client: AsyncWebClient | None, team: str | None) -> None:
        self._newsroom, self._client, self._team = newsroom, client, team
        self._told_key = self._logged_error = ""

    async def run(self) -> None:
        """Check until cancelled."""
        while True:
            try:
                await self.check()
            except BotError as error:
                if str(error) != self._logged_error:
                    log.error("the clock could not be checked: %s", error)
                self._logged_error = str(error)
            await asyncio.sleep(RECHECK_INTERVAL.total_seconds())

    async def check(self) -> None:
        """Check the clock; if it is in doubt, ask Slack for the time, and tell the admins if that
        does not confirm it.

        Raises StoreError and SlackError.
        """
        checks = self._newsroom.clock_checks
        jump = await asyncio.to_thread(checks.check)
        if jump is None or self._client is None or self._team is None:
            return
        slack_time = await _slack_time(self._client)
        if slack_time and checks.confirm_by(slack_time, "Slack"):
            return
        key = f"clock/{jump.expected:%Y-%m-%d}/{jump.says:%Y-%m-%d}"
        if key == self._told_key:
            return
        for admin in await people.admins_to_notify(self._newsroom, self._client):
            await asyncio.to_thread(self._tell, self._team, admin, jump, f"{key}/{admin}")
        self._told_key = key

    def _tell(self, team: str, admin: str, jump: ClockJump, key: str) -> None:
        """Tell an admin, unless another process has."""
        message = Message(say("clock.jumped", **_moments(jump)), clock_blocks(jump))
        self._newsroom.store.outbox.add(
            None,
            team=team,
            channel=admin,
            key=key,
            payload=notice_payload(message),
            now=self._newsroom.now(),
        )


async def _slack_time(client: AsyncWebClient) -> datetime | None:
    """Return the time of Slack's servers, which every response has; None if there is none."""
    try:
        headers = (await client.api_test()).headers
    except SlackApiError as error:
        headers = getattr(error.response, "headers", None) or {}
    except Exception:  # noqa: BLE001  slack_sdk raises more than its own errors
        return None
    date = {str(name).lower(): value for name, value in headers.items()}.get("date")
    try:
        return parsedate_to_datetime(str(date)).astimezone(UTC)
    except (TypeError, ValueError):
        return None


def clock_blocks(jump: ClockJump) -> list[Block]:
    """Return what is wrong with the clock, and the button that confirms it."""
    moments = _moments(jump)
    text = f"{say('clock.jumped', **moments)} {say('clock.next', **moments)}"
    button = parts.button(say("clock.confirm"), CONFIRM_ACTION, jump.says.isoformat())
    return [parts.section(text), parts.actions(button)]


def confirm(newsroom: Newsroom, value: str) -> str:
    """Confirm the clock, as the admin saw it on the button; returns what to tell them.

    Raises NotFoundError for the value of a forged button.
    """
    says = newsroom.clock_checks.confirm(_parse_moment(value))
    return say("clock.confirmed", says=_moment(says)) if says else say("clock.changed")


def _parse_moment(value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise NotFoundError(say("gone.button")) from error
    if moment.tzinfo is None:
        raise NotFoundError(say("gone.button"))
    return moment


def _moments(jump: ClockJump) -> dict[str, str]:
    return {"says": _moment(jump.says), "expected": _moment(jump.expected)}


def _moment(moment: datetime) -> str:
    return say("clock.moment", day=dates.short_date(moment.date()), time=dates.clock(moment))
