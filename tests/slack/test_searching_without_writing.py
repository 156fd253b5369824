"""Searches are answered while nothing can be stored: real processes, a locked and a full store."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot import config
from bot.newsroom import Newsroom
from bot.store.database import Database
from bot.words import say
from tests.slack.real_bot import AnsweredSlack, RealBot, running_bot
from tests.small_disk import fill, small_disk
from tests.store.locks import locked, read_only

COMMANDS = [f"c{number}" for number in range(20)]
TIMEOUT = 120
"""Seconds after which a test fails."""


@pytest.fixture
def data(database_url: str, tmp_path: Path) -> Path:
    """A data folder for a store of each kind, with an article."""
    database = Database(database_url)
    database.migrate()
    database.close()
    article = tmp_path / "leak.txt"
    article.write_text("The lock leaks, Jane Roe said.")
    rules = tmp_path / "data" / "config" / "bot.yml"
    rules.parent.mkdir(parents=True)
    # One person asks them all, and a busy machine may take long.
    patient = "store: {statement_seconds: 3600}\n"
    rules.write_text(f"people: {{requests_at_once: 1000}}\n{patient}")
    settings = {"CLAIMDESK_DATA": str(tmp_path / "data"), "DATABASE_URL": database_url}
    with Newsroom(config.load(settings)) as newsroom:
        assert not any(one.errors for one in newsroom.intake.files.ingest([article]))
    return tmp_path / "data"


async def ask_all(bot: RealBot, slack: AnsweredSlack, text: str = "lock") -> None:
    """Send all commands at once, and wait until each is answered."""
    await asyncio.gather(*(bot.command(name, text) for name in COMMANDS))
    await slack.until(lambda: all(slack.answers[name] for name in COMMANDS))


def said_that_buttons_fail(slack: AnsweredSlack) -> bool:
    return all(slack.texts(name)[1:] == [say("answers.not_saved")] for name in COMMANDS)


def is_logged_now_and_then(bot: RealBot) -> bool:
    """Tell whether that buttons fail was logged, but not for each answer: once a minute."""
    return 1 <= bot.log.count("the buttons of an answer will not work") < len(COMMANDS)


async def test_searches_are_answered_while_another_process_locks_the_store(
    data: Path, database_url: str
) -> None:
    slack, environ = AnsweredSlack(), {"DATABASE_URL": database_url}
    async with asyncio.timeout(TIMEOUT), slack.running(), running_bot(data, slack, environ) as bot:
        with locked(database_url):
            await ask_all(bot, slack)
        assert all("The lock leaks" in slack.texts(name)[0] for name in COMMANDS)


async def test_stopping_does_not_cut_off_what_is_answered_but_not_stored(
    data: Path, database_url: str
) -> None:
    slack, environ = AnsweredSlack(), {"DATABASE_URL": database_url}
    async with asyncio.timeout(TIMEOUT), slack.running(), running_bot(data, slack, environ) as bot:
        with locked(database_url):
            await ask_all(bot, slack)
            assert await bot.stop() == 0
            assert "cut off" not in bot.log


async def test_commands_that_wait_for_the_lock_do_not_delay_searches(
    data: Path, database_url: str
) -> None:
    slack, environ = AnsweredSlack(), {"DATABASE_URL": database_url}
    waiting = [f"w{number}" for number in range(20)]
    async with asyncio.timeout(TIMEOUT), slack.running(), running_bot(data, slack, environ) as bot:
        with locked(database_url, "watches"):
            # All at once: each is acknowledged only after two and a half seconds.
            watch = (bot.command(name, f"dm lock {name}", "/watch") for name in waiting)
            await asyncio.gather(*watch)
            await ask_all(bot, slack)
            assert not any(slack.answers[name] for name in waiting)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_whoever_waits_for_a_locked_table_is_told_in_time(
    data: Path, database_url: str
) -> None:
    (data / "config" / "bot.yml").write_text("store: {statement_seconds: 5}\n")
    slack, environ = AnsweredSlack(), {"DATABASE_URL": database_url}
    async with asyncio.timeout(TIMEOUT), slack.running(), running_bot(data, slack, environ) as bot:
        with locked(database_url, "claims"):
            await bot.command("held", "lock")
            await slack.until(lambda: bool(slack.answers["held"]))
        assert slack.texts("held")[0].startswith("That didn't work")
        await bot.until_logged("statement timeout")
        await bot.command("free", "lock")
        await slack.until(lambda: bool(slack.answers["free"]))
        assert "The lock leaks" in slack.texts("free")[0]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_searches_are_answered_if_the_server_refuses_writes(
    data: Path, database_url: str
) -> None:
    slack, environ = AnsweredSlack(), {"DATABASE_URL": read_only(database_url)}
    async with asyncio.timeout(TIMEOUT), slack.running(), running_bot(data, slack, environ) as bot:
        await ask_all(bot, slack, "nothing like it")
        await slack.until(lambda: said_that_buttons_fail(slack))
        await bot.stop()
        assert is_logged_now_and_then(bot)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_with_a_full_disk_searches_are_answered_and_told_of_their_buttons(
    data: Path, database_url: str, tmp_path: Path
) -> None:
    slack = AnsweredSlack()
    with small_disk(tmp_path / "disk", megabytes=16) as disk:
        shutil.copytree(data, disk / "data")
        shutil.copy(tmp_path / "store.sqlite3", disk)
        environ = {"DATABASE_URL": f"sqlite:///{disk / 'store.sqlite3'}"}
        running = running_bot(disk / "data", slack, environ)
        async with asyncio.timeout(TIMEOUT), slack.running(), running as bot:
            await bot.answer("before", "lock")
            fill(disk)
            await ask_all(bot, slack, "nothing like it")
            await slack.until(lambda: said_that_buttons_fail(slack))
            await bot.stop()
            assert is_logged_now_and_then(bot)
    assert all("Nothing" in slack.texts(name)[0] for name in COMMANDS)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_bot_that_starts_on_a_full_disk_answers_searches(
    data: Path, database_url: str, tmp_path: Path
) -> None:
    slack = AnsweredSlack()
    with small_disk(tmp_path / "disk", megabytes=16) as disk:
        shutil.copytree(data, disk / "data")
        shutil.copy(tmp_path / "store.sqlite3", disk)
        filler = fill(disk)
        environ = {"DATABASE_URL": f"sqlite:///{disk / 'store.sqlite3'}"}
        running = running_bot(disk / "data", slack, environ)
        async with asyncio.timeout(TIMEOUT), slack.running(), running as bot:
            await ask_all(bot, slack)
            assert all("The lock leaks" in slack.texts(name)[0] for name in COMMANDS)
            filler.unlink()
            await bot.answer("after", "nothing like it")
            await bot.stop()
        assert "Traceback" not in bot.log
    assert len(slack.texts("after")) == 1, "its buttons work"
