"""`claimdesk outbox`: what was given up is listed, posted after all and dropped by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from click.testing import CliRunner, Result

from bot.cli import doctor, jobs  # noqa: F401  the commands
from bot.cli.group import claimdesk
from bot.errors import NotFoundError
from bot.store import OutboxMessage, Store
from bot.store.delivery.payloads import SharePayload

NOW = datetime.now(UTC)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the command opens, with a dead message, an uncertain one, and one that
    waits."""
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    monkeypatch.setenv("CLAIMDESK_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", url)
    opened = Store(url)
    give_up(opened, "dead", "C1")
    give_up(opened, "uncertain", "C2")
    ask(opened, "waits", "C3")
    yield opened
    opened.close()


def ask(store: Store, key: str, channel: str) -> None:
    where = {"team": "T1", "channel": channel}
    store.outbox.add(None, key=key, payload=SharePayload("U1"), now=NOW, **where)


def give_up(store: Store, state: Literal["dead", "uncertain"], channel: str) -> None:
    ask(store, state, channel)
    waiting = store.outbox.next_in_channel("T1", channel)
    assert waiting
    begun = store.outbox.begin_sending(waiting, NOW)
    assert isinstance(begun, OutboxMessage)
    failure = f"Slack says\x1b[2J {state}"
    store.outbox.give_up(begun, state, failure=failure, notice=None, now=NOW)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(claimdesk, list(arguments))


def listed() -> dict[str, int]:
    lines = [json.loads(line) for line in run("outbox", "--json").stdout.splitlines()]
    return {line["key"]: line["id"] for line in lines}


def test_what_was_given_up_is_listed_with_the_reason(store: Store) -> None:
    shown = run("outbox").output
    assert "share in C1 · from " in shown
    assert "dead" in shown
    assert " · it may have been posted" in shown
    assert "\x1b[2J" not in shown
    assert listed().keys() == {"dead", "uncertain"}
    assert "Messages not posted: 2; claimdesk outbox shows" in run("jobs").output


def test_one_is_posted_after_all_and_one_is_dropped(store: Store) -> None:
    ids = listed()
    assert "1 message will be posted" in run("outbox", "retry", str(ids["dead"])).output
    assert store.outbox.next_in_channel("T1", "C1")
    assert "1 message discarded" in run("outbox", "drop", str(ids["uncertain"])).output
    assert listed() == {}
    assert run("outbox").output == "Every message was delivered, or is still waiting.\n"


def test_what_was_not_given_up_is_left_alone(store: Store) -> None:
    waiting = store.outbox.next_in_channel("T1", "C3")
    assert waiting
    for verb in ("retry", "drop"):
        assert isinstance(run("outbox", verb, str(waiting.id)).exception, NotFoundError)


def test_a_blocked_workspace_is_explained(store: Store) -> None:
    store.channels.pause("T1", NOW + timedelta(minutes=5), "Slack no longer accepts my token")
    words = "Nothing can be posted in workspace T1: Slack no longer accepts my token"
    for command in ("outbox", "jobs"):
        assert words in run(command).output.replace("\n", " ")
    [finding] = [one for one in doctor.examine() if one.part == "outbox"]
    assert finding.verdict == "problem"
    assert "T1: Slack no longer accepts my token" in finding.message
