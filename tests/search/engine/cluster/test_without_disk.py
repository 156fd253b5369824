"""With PostgreSQL and an index on a cluster, a process keeps nothing on its own disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from click.testing import CliRunner

from bot import config
from bot.cli.doctor import examine
from bot.cli.group import claimdesk
from bot.monitoring.metrics import Metrics
from bot.newsroom import Newsroom
from bot.search.engine.cluster.connection import Connection
from bot.slack.monitoring.readiness import monitor

NOWHERE = Path("/dev/null/claimdesk")
"""A folder that nobody can create, whatever rights they have."""
CLAIM = "The lock leaks"


@pytest.fixture
def database(postgres_server: str) -> str:
    """The URL of an empty database on PostgreSQL."""
    name = f"d{uuid4().hex}"
    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{postgres_server}/{name}"


@pytest.fixture
def settings(
    database: str, cluster_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[config.Settings]:
    """The settings of a process that has no disk; those of the cluster are in a mounted file."""
    name = f"test{uuid4().hex[:12]}"
    (tmp_path / "config").mkdir()
    mounted = tmp_path / "config" / "bot.yml"
    mounted.write_text(
        f"search:\n  url: {cluster_address}\n  index: {name}\n  replicas: 0\n", encoding="utf-8"
    )
    monkeypatch.setenv("CLAIMDESK_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", database)
    yield config.load()
    connection = Connection([cluster_address])
    if indexes := connection.request("GET", f"/{name}-*/_alias"):
        connection.request("DELETE", f"/{','.join(indexes)}")
    connection.close()


def files_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_nothing_is_kept_on_the_disk(settings: config.Settings, tmp_path: Path) -> None:
    before = files_in(tmp_path)
    assert CliRunner().invoke(claimdesk, ["migrate"]).exit_code == 0
    article = "leak.txt"
    with Newsroom(settings) as newsroom:
        newsroom.updates.vectors.begin_if_few()
        newsroom.open()
        (tmp_path.parent / article).write_text(f"{CLAIM}, Jane Roe said.")
        assert not any(
            one.errors for one in newsroom.intake.files.ingest([tmp_path.parent / article])
        )
        newsroom.updates.catch_up()
        assert newsroom.search.find("lock").total == 1
        assert newsroom.vectors.disabled_reason() != ""
        names = [part.name for part in monitor(newsroom, Metrics(), None).parts()]
        assert names == ["store", "index"]
    findings = {finding.part: finding for finding in examine()}
    assert "nothing is kept in the data folder" in findings["settings"].message
    assert findings["index"].verdict == "ok"
    assert "disk" not in findings
    assert files_in(tmp_path) == before


def test_it_needs_no_data_folder(
    settings: config.Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CliRunner().invoke(claimdesk, ["migrate"]).exit_code == 0
    with Newsroom(replace(settings, data=NOWHERE)) as newsroom:
        newsroom.updates.vectors.begin_if_few()
        newsroom.open()
        assert newsroom.search.find("lock").searched.articles == 0
