"""The index is harmed or missing while the bot serves: searches go on, and it comes back."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot import config
from bot.newsroom import Newsroom
from bot.words import say
from tests.harm import HARMS, truncate_files, zero_files
from tests.slack.real_bot import AnsweredSlack, running_bot

TIMEOUT = 120
"""Seconds after which a test fails."""
CLAIM = "The lock leaks"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an article."""
    folder = tmp_path_factory.mktemp("archive")
    article = folder / "leak.txt"
    article.write_text(f"{CLAIM}, Jane Roe said.")
    with Newsroom(config.load({"CLAIMDESK_DATA": str(folder / "data")})) as newsroom:
        assert not any(one.errors for one in newsroom.intake.files.ingest([article]))
    return folder / "data"


@pytest.fixture
def data(archive: Path, tmp_path: Path) -> Path:
    """A data folder of the test's own."""
    return Path(shutil.copytree(archive, tmp_path / "data"))


def finds_claim(data: Path) -> bool:
    """Tell whether another process finds the claim in the index as it is on disk."""
    with Newsroom(config.load({"CLAIMDESK_DATA": str(data)})) as newsroom:
        return newsroom.search.find("lock").total == 1


async def until_rebuilt(index: Path, old_generation: str) -> None:
    """Wait until another generation of the index is current."""
    current = index / "current"
    while not (current.exists() and current.read_text().strip("\0") not in ("", old_generation)):
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("harm", HARMS)
async def test_the_bot_survives_harm_to_its_index_and_rebuilds_it(data: Path, harm: str) -> None:
    slack, index = AnsweredSlack(), data / "index"
    async with asyncio.timeout(TIMEOUT), slack.running(), running_bot(data, slack) as bot:
        assert CLAIM in await bot.answer("before", "lock")
        old_generation = (index / "current").read_text()
        HARMS[harm](index)
        assert CLAIM in await bot.answer("harmed", "lock")
        await until_rebuilt(index, old_generation)
        assert CLAIM in await bot.answer("rebuilt", "lock")
        assert bot.process.returncode is None
        await bot.stop()
        assert bot.log.count("missing or damaged; rebuilding it from the store") == 1
    assert finds_claim(data)


@pytest.mark.parametrize("harm", [truncate_files, zero_files])
async def test_a_bot_that_starts_with_a_harmed_index_says_that_claims_are_missing(
    data: Path, harm: object
) -> None:
    assert callable(harm)
    harm(data / "index")
    slack, number = AnsweredSlack(), 0
    async with asyncio.timeout(TIMEOUT), slack.running(), running_bot(data, slack) as bot:
        while CLAIM not in (text := await bot.answer(f"c{number}", "lock")):
            assert say("answers.not_built") in text
            number += 1
