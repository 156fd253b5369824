"""Whatever happens in whatever order: each message once, none lost, in order in each channel.

A machine asks for messages, lets Slack fail in every way, kills whoever is delivering at every
place where that matters, and lets time pass; in the end everything stands there.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime, timedelta
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot import config
from bot.newsroom import Newsroom
from bot.slack.app import make_client
from bot.slack.messages.post import notice_payload
from bot.slack.messages.transport import make_dispatcher
from bot.slack.parts import notice
from bot.store.delivery.channels import MESSAGE_INTERVAL
from tests.slack.fake_slack import FAULTS_AFTER, FAULTS_BEFORE, TEAM, FakeSlack, Fault
from tests.soak import examples

channels = st.sampled_from(["C1", "U1"])
faults = st.sampled_from([None, *FAULTS_BEFORE, *FAULTS_AFTER])
waits = st.sampled_from([timedelta(seconds=n) for n in (1, 10, 31, 130, 1000)])
IN_STORE = "begin_sending", "take_for_lookup", "mark_sent"
PLACES = [*IN_STORE, "mark_outcome_unknown", "postpone", "send_again"]


class Killed(BaseException):
    """The process is gone: no handler of ours sees it."""


class Delivery(RuleBasedStateMachine):
    """Two channels of one workspace, one of them a conversation with a person."""

    @initialize()
    def open(self) -> None:
        """Begin with an empty store and a Slack that is well."""
        self.clock = datetime(2026, 11, 3, 12, tzinfo=UTC)
        self.folder = Path(tempfile.mkdtemp())
        self.newsroom = Newsroom(
            config.load({"CLAIMDESK_DATA": str(self.folder)}), lambda: self.clock
        )
        self.newsroom.open()
        self.asked: dict[str, list[str]] = {"C1": [], "U1": []}
        self.runner, self.stack = asyncio.Runner(), AsyncExitStack()
        self.slack = FakeSlack(now=lambda: self.clock)
        self.runner.run(self.stack.enter_async_context(self.slack.running()))
        self.client = make_client(self.slack.settings)
        for channel in self.asked:
            for _ in range(3):
                self.ask(channel, twice=False)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        with suppress(Killed):
            self.runner.run(work)

    @rule(channel=channels, twice=st.booleans())
    def ask(self, channel: str, twice: bool) -> None:
        """Somebody asks for a message, once or, as it seems to us, twice."""
        key = f"{channel} {len(self.asked[channel])}"
        payload = notice_payload(notice(key))
        for n in range(1 + twice):
            added = self.newsroom.store.outbox.add(
                None,
                team=TEAM,
                channel=channel,
                key=key,
                payload=payload,
                now=self.newsroom.now(),
            )
            assert added == (n == 0)
        self.asked[channel].append(key)

    @rule(fault=st.sampled_from(FAULTS_BEFORE))
    def looking_will_fail(self, fault: Fault) -> None:
        """The next look into a channel's history goes wrong."""
        self.slack.fail("conversations.history", fault)

    @rule(channel=channels, wait=waits, at_once=st.integers(1, 3), fault=faults)
    def somebody_delivers(
        self, channel: str, wait: timedelta, at_once: int, fault: Fault | None
    ) -> None:
        """After a moment, or more than a lease, one or several processes deliver."""
        self.clock += wait
        self.slack.fail("chat.postMessage", *([fault] if fault else []))
        self._run(self._deliver(channel, at_once))

    @rule(channel=channels, wait=waits, place=st.sampled_from(PLACES), after=st.booleans())
    def somebody_is_killed(self, channel: str, wait: timedelta, place: str, after: bool) -> None:
        """A process is killed before or after it has written something down."""
        self.clock += wait
        newsroom = self.newsroom
        outbox = newsroom.store.outbox if place in IN_STORE else newsroom.delivery.outbox
        written: Callable[..., Any] = getattr(outbox, place)

        def killed(*what: Any, **how: Any) -> None:
            if after:
                written(*what, **how)
            raise Killed

        setattr(outbox, place, killed)
        try:
            self._run(self._deliver(channel, 1))
        finally:
            delattr(outbox, place)

    async def _deliver(self, channel: str, at_once: int) -> None:
        some = [
            make_dispatcher(self.newsroom, self.client).deliver(TEAM, channel)
            for _ in range(at_once)
        ]
        await asyncio.gather(*some)

    @invariant()
    def each_stands_once_and_in_order(self) -> None:
        """What Slack has taken is the beginning of what was asked for."""
        for channel, asked in self.asked.items():
            taken = self.slack.messages_in(f"D{channel}" if channel == "U1" else channel)
            assert [one.key for one in taken] == asked[: len(taken)]
            assert all(b.at - a.at >= MESSAGE_INTERVAL for a, b in pairwise(taken))

    def teardown(self) -> None:
        """Slack is well again, and somebody goes on delivering: everything comes."""
        self.slack._next_faults.clear()
        for _ in range(60):
            self.clock += timedelta(minutes=10)
            for channel in self.asked:
                self._run(self._deliver(channel, 1))
        self.each_stands_once_and_in_order()
        standing = [one.key for one in self.slack.accepted]
        assert sorted(map(str, standing)) == sorted(chain.from_iterable(self.asked.values()))
        assert self.newsroom.store.dead_letters.find() == []
        self.runner.run(self.stack.aclose())
        self.runner.close()
        self.newsroom.close()
        shutil.rmtree(self.folder)


TestDelivery = Delivery.TestCase
TestDelivery.settings = settings(
    max_examples=examples(10),
    stateful_step_count=25,
    suppress_health_check=list(HealthCheck),
)
