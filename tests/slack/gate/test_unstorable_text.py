"""Characters that no database can store, in what people type."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import config
from bot.newsroom import Newsroom
from bot.store import Store
from bot.store.schema import answers
from tests.slack.desk import PATIENCE
from tests.slack.slack_stub import SlackStub


@pytest.fixture
def either(database_url: str, tmp_path: Path) -> Iterator[Newsroom]:
    """An empty newsroom with each kind of database."""
    store = Store(database_url)
    store.database.migrate()
    store.close()
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path), "DATABASE_URL": database_url})
    with Newsroom(settings) as newsroom:
        newsroom.open()
        yield newsroom


@pytest.fixture
async def stub(either: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(either) as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("har\0bour", "har\ufffdbour"),
        ("har\ud83dbour", "har\ufffdbour"),
        ("harbour \U0001f6a2", "harbour \U0001f6a2"),
    ],
)
async def test_unstorable_characters_in_a_query_are_replaced(
    stub: SlackStub, either: Newsroom, typed: str, stored: str
) -> None:
    answer = await stub.answer_to(stub.command(typed))
    assert answer["text"].startswith("There are no articles to search yet. Send me one as a file")
    # Queries are stored after the answer.
    query = sa.select(answers.c.query)
    async with asyncio.timeout(PATIENCE):
        while not (found := either.store.database.fetch_values(query)):
            await asyncio.sleep(0.01)
    assert found == [stored]
