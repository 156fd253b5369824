"""Fixtures: an archive with two articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import config
from bot.desk.archive import Archive
from bot.desk.check import Check, check
from bot.model import Document
from bot.newsroom import Newsroom

HARBOUR = """Harbour to stay shut
By Eve Brook
3 November 2026

“No vessel will berth until the wall has been declared safe,” said Ingrid Solvane, the harbour \
master. “We found 14 cracks in three days, and the pumps never failed.”

“The port owes nobody an apology,” said Corin Hallas, the transport minister, “and nobody will \
get one.” He said the port may reopen before Christmas.

A person familiar with the survey said the cracks had been known since March. “They were told in \
spring and they sat on it,” the person said.

Ida Falk, who runs a chandlery, told the Norton Gazette that trade had halved. “I have sold two \
ropes since the spring,” she told the newspaper.

The ministry denied that it had been warned.
"""
FERRY = """Ferry company loses its contract
By Omar Tallis
9 November 2026

Norlane Ferries will lose its contract in April, the council said on Monday.

“The boats were late, the money was gone and the trust went with it,” said Anna Quist, the \
council leader.
"""


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})) as opened:
        opened.open(warm=False)
        for name, text in (("harbour", HARBOUR), ("ferry", FERRY)):
            file_article(opened, tmp_path / f"{name}.txt", text)
        yield opened


def file_article(newsroom: Newsroom, path: Path, text: str) -> None:
    """File an article in plain text, or a new version of it."""
    path.write_text(text, "utf-8")
    (result,) = newsroom.intake.files.ingest([path])
    assert result.outcomes, result.errors


@pytest.fixture
def checked(newsroom: Newsroom) -> Callable[[str], Check]:
    """Checks a draft."""
    return lambda text: check(Document(origin="draft", text=text), Archive(newsroom))
