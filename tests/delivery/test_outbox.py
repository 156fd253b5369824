"""The outbox by a transport that is not Slack, with an owner of its messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.outbox import MessageOwner, Outbox
from bot.delivery.transport import Draft, NotPosted, NotReadable, PostedMessage
from bot.store import MessageKey, OutboxMessage, Store
from bot.store.delivery.outbox import SEND_LEASE
from bot.store.delivery.payloads import TextPayload
from tests.manual_clock import ManualClock

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


@dataclass
class Paper:
    """A transport that writes messages down; `can_look` says whether it finds them again."""

    written: list[str] = field(default_factory=list)
    can_look: bool = True

    def draft(self, one: OutboxMessage) -> Draft | None:
        text = one.payload_as(TextPayload).text
        return Draft(text) if text else None

    async def denial_reason(self, one: OutboxMessage) -> str | None:
        return None

    async def post(self, one: OutboxMessage, draft: Draft) -> PostedMessage:
        self.written.append(draft.message)
        return PostedMessage(one.channel, f"1.{len(self.written)}")

    async def find_posted(self, one: OutboxMessage) -> PostedMessage | None:
        if not self.can_look:
            raise NotReadable("it is too dark")
        return PostedMessage(one.channel, "1.1") if self.written else None

    async def handle_refusal(self, one: OutboxMessage, draft: Draft, refusal: NotPosted) -> bool:
        return False

    def failure_text(self, one: OutboxMessage) -> str:
        return "Not written"

    def failure_notice(self, one: OutboxMessage, words: str) -> TextPayload:
        return TextPayload(words)


@dataclass
class Owner(MessageOwner):
    """Notes what becomes of messages; killed once before it has noted that one stands."""

    ends: list[str] = field(default_factory=list)
    is_killed: bool = False
    sees_to_all: bool = False

    def on_drop(self, one: OutboxMessage) -> bool:
        self.ends.append("nothing to say")
        return self.sees_to_all

    def on_uncertain(self, one: OutboxMessage) -> bool:
        self.ends.append("doubt")
        return self.sees_to_all

    def on_posted(self, connection: sa.Connection, one: OutboxMessage, message: MessageKey) -> None:
        if self.is_killed:
            self.is_killed = False
            raise KeyboardInterrupt
        self.ends.append(f"posted as {message.ts}")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


@pytest.fixture
def owner() -> Owner:
    return Owner()


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def dispatcher(store: Store, clock: ManualClock, owner: Owner, paper: Paper) -> Dispatcher:
    outbox = Outbox(
        messages=store.outbox,
        channels=store.channels,
        dead_letters=store.dead_letters,
        owners={TextPayload.kind: owner},
        now=clock,
    )
    return Dispatcher(outbox=outbox, transport=paper)


def ask(store: Store, text: str = "hello") -> None:
    where = {"team": "T1", "channel": "C1", "key": "k"}
    assert store.outbox.add(None, **where, payload=TextPayload(text), now=NOON)


async def test_a_message_is_posted_by_any_transport(
    store: Store, dispatcher: Dispatcher, paper: Paper, owner: Owner
) -> None:
    ask(store)
    assert await dispatcher.deliver("T1", "C1") is None
    assert paper.written == ["hello"]
    assert owner.ends == ["posted as 1.1"]


async def test_posting_and_follow_up_are_recorded_together(
    store: Store, dispatcher: Dispatcher, paper: Paper, owner: Owner, clock: ManualClock
) -> None:
    ask(store)
    owner.is_killed = True
    with pytest.raises(KeyboardInterrupt):
        await dispatcher.deliver("T1", "C1")
    begun = store.outbox.by_key("T1", "k")
    assert begun
    assert begun.state == "sending"
    clock.now += SEND_LEASE
    await dispatcher.deliver("T1", "C1")
    assert paper.written == ["hello"]
    assert owner.ends == ["posted as 1.1"]


@pytest.mark.parametrize("sees_to_all", [True, False])
async def test_an_owner_may_handle_an_uncertain_message(
    store: Store,
    dispatcher: Dispatcher,
    paper: Paper,
    owner: Owner,
    clock: ManualClock,
    sees_to_all: bool,
) -> None:
    ask(store)
    owner.is_killed, owner.sees_to_all, paper.can_look = True, sees_to_all, False
    with pytest.raises(KeyboardInterrupt):
        await dispatcher.deliver("T1", "C1")
    clock.now += SEND_LEASE
    if sees_to_all:
        begun = store.outbox.next_in_channel("T1", "C1")
        assert begun
        dispatcher.outbox.give_up(begun, "uncertain", "too dark", None)
        assert store.dead_letters.find() == []
    else:
        await dispatcher.deliver("T1", "C1")
        [letter] = store.dead_letters.find()
        assert letter.state == "uncertain"
    assert owner.ends == ["doubt"]
    assert paper.written == ["hello"]


async def test_an_empty_message_is_dropped(
    store: Store, dispatcher: Dispatcher, paper: Paper, owner: Owner
) -> None:
    ask(store, "")
    assert await dispatcher.deliver("T1", "C1") is None
    assert store.outbox.by_key("T1", "k") is None
    assert (paper.written, owner.ends) == ([], ["nothing to say"])
