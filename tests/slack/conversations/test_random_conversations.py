"""No random conversation leads to an unexpected error, a payload that Slack refuses, a mention of
people, or something shown to the wrong people.

A few conversations are always tested; `make conversations` runs N of them, from SEED.
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
"""The number of conversations with one newsroom, each of which may affect later ones."""


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a newsroom with the shipped seeds."""
    data = tmp_path_factory.mktemp("seeds") / "data"
    with Newsroom(config.load({"CLAIMDESK_DATA": str(data)})) as opened:
        assert not any(
            outcome.errors
            for outcome in opened.intake.files.ingest([config.shipped_folder("seeds")], bulk=True)
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
                    except Violation as violation:
                        pytest.fail(f"seed {seed}, conversation {number}: {violation}")
        shutil.rmtree(folder)


def test_the_oracle_notices_what_must_not_be_shown() -> None:
    space = Workspace(
        members={"C1": frozenset(["U1A", "U2B"])}, secrets={"zq1q": frozenset(["U1A"])}
    )

    def problems(text: str, viewers: frozenset[str] = frozenset(["U1A"])) -> list[str]:
        space.problems.clear()
        body = {
            "text": text,
            "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": text}}],
        }
        space.record("message", body, viewers)
        return space.problems

    assert problems("fine, <@U1A> and <https://a.example|b>, zq1q") == []
    for text in (
        "<!channel>",
        "<!here|x>",
        "<@UEVIL1>",
        "@here",
        "<http://evil.example|x>",
        "y" * 3001,
    ):
        assert problems(text), text
    assert problems("zq1q", frozenset(["U1A", "U2B"]))
