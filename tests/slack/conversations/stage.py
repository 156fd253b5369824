"""The stage of random conversations: a newsroom with two workspaces.

The workspaces send signed deliveries to the bot, one at a time.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
import logging
import random
import re
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import aiohttp
from slack_bolt import BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.config import PeopleSettings
from bot.newsroom import Newsroom
from bot.slack.app import build_app, make_client
from tests.reopen import reopen
from tests.slack.conversations.workspaces import Json, Workspace, ids

PEOPLE = PeopleSettings(users=("members",), reviewers=("SREV",), requests_at_once=1000)
LIBRARIES = ("slack_bolt", "slack_sdk", "asyncio", "aiohttp")
EXPECTED_ERRORS = re.compile(r"^the digest in \S+ is paused: |this is a direct message")
"""Errors that may be logged without a violation."""


class Violation(AssertionError):
    """A violated rule, with the deliveries that led to it."""


class _Logged(logging.Handler):
    """Collect log records that must not occur: tracebacks, and warnings of Bolt."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        is_ours = record.levelno < logging.ERROR and not record.name.startswith(LIBRARIES)
        if record.exc_info or not (is_ours or EXPECTED_ERRORS.search(record.getMessage())):
            self.records.append(self.format(record))


class Stage:
    """A newsroom, its workspaces with an app and a client each, and its clock."""

    def __init__(self, newsroom: Newsroom, chance: random.Random) -> None:
        self.newsroom, self.chance, self.logged = newsroom, chance, _Logged()
        self.delivery_log: list[str] = []
        self.ticks = 0
        reopen(newsroom, now=self.now)

    def now(self) -> datetime:
        """Return the time, a second later with each call, so that nothing waits."""
        self.ticks += 1
        return datetime(2026, 11, 26, 9, tzinfo=UTC) + timedelta(seconds=self.ticks)

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[Stage]:
        async with contextlib.AsyncExitStack() as stack:
            session = await stack.enter_async_context(aiohttp.ClientSession())
            self.spaces = [Workspace(team=f"T{n}", now=self.now) for n in (1, 2)]
            self.apps, self.clients = [], []
            for space in self.spaces:
                await stack.enter_async_context(space.running())
                settings = replace(space.settings, bot_token=f"xoxb-{space.team}")
                client = make_client(settings)
                client.session = session
                me = AuthorizeResult(
                    enterprise_id=None,
                    team_id=space.team,
                    bot_user_id="UBOT",
                    bot_id="B1",
                    bot_token=settings.bot_token,
                )
                self.apps.append(build_app(settings, self.newsroom, client, me))
                self.clients.append(client)
            logging.getLogger().addHandler(self.logged)
            try:
                yield self
            finally:
                logging.getLogger().removeHandler(self.logged)

    # -- deliveries

    def _trigger(self, who: str) -> str:
        return f"t{next(ids)}/{who}"

    async def deliver(
        self, n: int, body: Json, who: str, *, unanswered_is_well: bool = False
    ) -> BoltResponse:
        """Send a delivery to the bot, sometimes twice, and wait until its work is done."""
        space, before = self.spaces[n], asyncio.all_tasks()
        count = sum(who in shown.viewers for shown in space.shown)
        self.delivery_log.append(json.dumps(body, ensure_ascii=True)[:3000])
        answers = [await self.apps[n].async_dispatch(self._request(n, body))]
        if self.chance.random() < 0.1:
            await self.apps[n].async_dispatch(self._request(n, body))
        while rest := [t for t in asyncio.all_tasks() - before if not _is_server(t)]:
            await asyncio.wait(rest, timeout=20)
            if any(not t.done() for t in rest):
                self._fail(f"it does not finish: {rest}")
        if answers[0].status != 200:
            self._fail(f"acknowledged with {answers[0].status}: {answers[0].body!r}")
        new = sum(who in shown.viewers for shown in space.shown) - count
        if not unanswered_is_well and not 1 <= new <= 3:
            self._fail(f"{new} answers")
        self._look("a delivery")
        return answers[0]

    def _request(self, n: int, body: Json) -> AsyncBoltRequest:
        if "event" in body:
            raw, kind = json.dumps(body), "application/json"
        else:
            form = body if "command" in body else {"payload": json.dumps(body)}
            raw, kind = urlencode(form), "application/x-www-form-urlencoded"
        at = str(int(time.time()))
        signed = hmac.new(b"s", f"v0:{at}:{raw}".encode(), hashlib.sha256).hexdigest()
        headers = {
            "content-type": [kind],
            "x-slack-request-timestamp": [at],
            "x-slack-signature": [f"v0={signed}"],
        }
        return AsyncBoltRequest(body=raw, headers=headers)

    def _look(self, after: str) -> None:
        for space in self.spaces:
            if space.problems:
                self._fail(f"after {after}: {space.problems[0]}")
        if self.logged.records:
            self._fail(f"after {after}, logged: {self.logged.records[0]}")

    def _fail(self, what: str) -> None:
        for space in self.spaces:
            space.problems.clear()
        self.logged.records.clear()
        raise Violation("\n".join([what, "", *self.delivery_log]))


def _is_server(task: asyncio.Task[Any]) -> bool:
    return "RequestHandler" in getattr(task.get_coro(), "__qualname__", "")
