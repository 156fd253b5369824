"""Queries get their ids without the database, and are stored afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.errors import NotFoundError, StoreBusyError, StoreError
from bot.store import Store, conversations
from bot.store.database import Database
from tests.store.locks import locked, read_only

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
TEAM, ALICE, BOB = "T1", "UALICE", "UBOB"


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    database = Database(database_url)
    database.migrate()
    database.close()
    store = Store(database_url)
    yield store
    store.close()


def recall_elsewhere(database_url: str, answer_id: str, person: str = ALICE) -> str:
    """Recall a query as another process does, from the database alone."""
    other = Store(database_url)
    try:
        return other.conversations.recall(TEAM, person, answer_id)
    finally:
        other.close()


def test_a_saved_query_is_found_by_other_processes(store: Store, database_url: str) -> None:
    conversation = store.conversations.begin(TEAM, ALICE, NOON)
    ids = [conversation.remember(query) for query in ("yuan", "ruble")]
    conversation.save().result()
    assert [recall_elsewhere(database_url, answer_id) for answer_id in ids] == ["yuan", "ruble"]
    assert store.conversations._unsaved == {}
    for team, person in ((TEAM, BOB), ("T2", ALICE)):
        with pytest.raises(NotFoundError):
            store.conversations.recall(team, person, ids[0])


def test_an_unsaved_query_is_only_its_own_persons(store: Store) -> None:
    answer_id = store.conversations.begin(TEAM, ALICE, NOON).remember("yuan")
    assert store.conversations.recall(TEAM, ALICE, answer_id) == "yuan"
    for team, person in ((TEAM, BOB), ("T2", ALICE)):
        with pytest.raises(NotFoundError):
            store.conversations.recall(team, person, answer_id)


def test_a_locked_store_delays_only_the_save(store: Store, database_url: str) -> None:
    with locked(database_url):
        conversation = store.conversations.begin(TEAM, ALICE, NOON)
        answer_id = conversation.remember("yuan")
        saving = conversation.save()
        assert conversation.recall(answer_id) == "yuan"
        assert not saving.done()
    saving.result()
    assert recall_elsewhere(database_url, answer_id) == "yuan"


def test_a_save_gives_up_if_the_store_stays_locked(
    store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversations, "SAVE_SECONDS", 0.1)
    with locked(database_url):
        conversation = store.conversations.begin(TEAM, ALICE, NOON)
        answer_id = conversation.remember("yuan")
        with pytest.raises(StoreBusyError):
            conversation.save().result()
        assert conversation.recall(answer_id) == "yuan"


def test_a_store_that_refuses_writes_fails_the_save_at_once(
    store: Store, database_url: str
) -> None:
    refusing = Database(read_only(database_url))
    try:
        conversation = conversations.Conversations(refusing).begin(TEAM, ALICE, NOON)
        conversation.remember("yuan")
        with pytest.raises(StoreError) as error:
            conversation.save().result()
    finally:
        refusing.close()
    assert not isinstance(error.value, StoreBusyError)


def test_an_unknown_id_is_looked_up_once_more(
    store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Store(database_url)
    conversation = store.conversations.begin(TEAM, ALICE, NOON)
    answer_id = conversation.remember("yuan")
    monkeypatch.setattr(conversations.time, "sleep", lambda _: conversation.save().result())
    assert other.conversations.recall(TEAM, ALICE, answer_id) == "yuan"
    other.close()


def test_closing_stores_what_waits_but_not_in_a_locked_store(
    store: Store, database_url: str
) -> None:
    waiting = store.conversations.begin(TEAM, ALICE, NOON)
    answer_id = waiting.remember("yuan")
    waiting.save()
    store.conversations.close()
    assert recall_elsewhere(database_url, answer_id) == "yuan"

    other = Store(database_url)
    with locked(database_url):
        conversation = other.conversations.begin(TEAM, ALICE, NOON)
        conversation.remember("ruble")
        saving = conversation.save()
        other.close()
        assert isinstance(saving.exception(), StoreBusyError)
