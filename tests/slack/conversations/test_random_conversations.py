"""No conversation leads to an error that nobody foresaw, a payload that Slack refuses, a call to
people, or something that somebody should not see.

A slice of this is always tested. `make conversations` goes on for N conversations, those of another
SEED if there is one.
"""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot import config
from bot.config import Settings
from bot.newsroom import Newsroom
from tests.slack.conversations.random_people import Play
from tests.slack.conversations.stage import PEOPLE, Violation
from tests.slack.conversations.workspaces import Workspace

N, SEED = int(os.environ.get("CONVERSATIONS", "60")), int(os.environ.get("SEED", "1"))
BATCH = 500
"""Conversations over one newsroom: what happens in one leads to what is seen in another."""


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a newsroom of the seeds."""
    data = tmp_path_factory.mktemp("seeds") / "data"
    with Newsroom(config.load({"CLAIMDESK_DATA": str(data)})) as opened:
        assert not any(
            one.errors for one in opened.intake.files.ingest([config.shipped("seeds")], bulk=True)
        )
        opened.open()
    return data


def copied(seeds: Path, folder: Path) -> Settings:
    shutil.copytree(seeds, folder / "data")
    settings = config.load({"CLAIMDESK_DATA": str(folder / "data")})
    return replace(settings, people=PEOPLE)


async def test_random_conversations(seeds: Path, tmp_path: Path) -> None:
    for n in range(0, N, BATCH):
        seed, folder = SEED + n // BATCH, tmp_path / str(n)
        with Newsroom(copied(seeds, folder)) as newsroom:
            newsroom.open()
            async with Play(newsroom, random.Random(seed)).open() as play:
                for number in range(min(BATCH, N - n)):
                    try:
                        await play.converse(number)
                    except Violation as ill:
                        pytest.fail(f"seed {seed}, conversation {number}: {ill}")
        shutil.rmtree(folder)


def test_the_oracle_notices_what_must_not_be_shown() -> None:
    space = Workspace(
        members={"C1": frozenset(["U1A", "U2B"])}, secrets={"zq1q": frozenset(["U1A"])}
    )

    def ills(text: str, viewers: frozenset[str] = frozenset(["U1A"])) -> list[str]:
        space.ills.clear()
        body = {
            "text": text,
            "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": text}}],
        }
        space.saw("message", body, viewers)
        return space.ills

    assert ills("fine, <@U1A> and <https://a.example|b>, zq1q") == []
    for text in (
        "<!channel>",
        "<!here|x>",
        "<@UEVIL1>",
        "@here",
        "<http://evil.example|x>",
        "y" * 3001,
    ):
        assert ills(text), text
    assert ills("zq1q", frozenset(["U1A", "U2B"]))
