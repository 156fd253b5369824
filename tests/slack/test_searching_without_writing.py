"""Searches are answered while nothing can be stored: real processes, a locked and a full store."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot import config
from bot.newsroom import Newsroom
from bot.words import say
from tests.slack.real_bot import AnsweredSlack, RealBot, running_bot
from tests.small_disk import fill, small_disk
from tests.store.locks import locked

COMMANDS = [f"c{number}" for number in range(20)]
TIMEOUT = 120
"""Seconds after which a test fails."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an article."""
    folder = tmp_path_factory.mktemp("archive")
    article = folder / "leak.txt"
    article.write_text("The lock leaks, Jane Roe said.")
    with Newsroom(config.load({"CLAIMDESK_DATA": str(folder / "data")})) as newsroom:
        assert not any(one.errors for one in newsroom.intake.files.ingest([article]))
    return folder / "data"


@pytest.fixture
def data(archive: Path, tmp_path: Path) -> Path:
    """A data folder of the test's own."""
    return Path(shutil.copytree(archive, tmp_path / "data"))


async def ask_all(bot: RealBot, slack: AnsweredSlack, text: str = "lock") -> None:
    """Send all commands at once, and wait until each is answered."""
    await asyncio.gather(*(bot.command(name, text) for name in COMMANDS))
    await slack.until(lambda: all(slack.answers[name] for name in COMMANDS))


async def test_searches_are_answered_while_another_process_locks_the_store(data: Path) -> None:
    slack = AnsweredSlack()
    async with asyncio.timeout(TIMEOUT), slack.running(), running_bot(data, slack) as bot:
        with locked(f"sqlite:///{data / 'claimdesk.sqlite3'}"):
            await ask_all(bot, slack)
        assert all("The lock leaks" in slack.texts(name)[0] for name in COMMANDS)


async def test_commands_that_wait_for_the_lock_do_not_delay_searches(data: Path) -> None:
    slack, waiting = AnsweredSlack(), [f"w{number}" for number in range(20)]
    async with asyncio.timeout(TIMEOUT), slack.running(), running_bot(data, slack) as bot:
        with locked(f"sqlite:///{data / 'claimdesk.sqlite3'}"):
            for name in waiting:
                await bot.command(name, f"dm lock {name}", "/watch")
            await ask_all(bot, slack)
            assert not any(slack.answers[name] for name in waiting)


async def test_with_a_full_disk_searches_are_answered_and_told_of_their_buttons(
    archive: Path, tmp_path: Path
) -> None:
    slack = AnsweredSlack()
    with small_disk(tmp_path / "disk", megabytes=16) as disk:
        data = Path(shutil.copytree(archive, disk / "data"))
        async with asyncio.timeout(TIMEOUT), slack.running(), running_bot(data, slack) as bot:
            await bot.answer("before", "lock")
            fill(disk)
            await ask_all(bot, slack, "nothing like it")
            await slack.until(lambda: all(len(slack.answers[name]) == 2 for name in COMMANDS))
            assert bot.log.count("the buttons of an answer will not work") == 1
    for name in COMMANDS:
        answer, note = slack.texts(name)
        assert "Nothing" in answer
        assert note == say("answers.not_saved")
