from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bot.slack.gate import people
from tests.outlet_site import OutletSite, open_site
from tests.store.older_store.old_store import Desk, opened

NAME = "older_store"


@pytest.fixture(scope="module")
def site() -> Iterator[OutletSite]:
    with open_site() as running:
        yield running


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def desk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, site: OutletSite
) -> Iterator[Desk]:
    """The desk after the update. The tests of a file share it: to bring the store takes a second,
    and to play what follows takes ten."""
    data: Path = tmp_path_factory.mktemp("older_store") / "data"
    url = f"sqlite:///{data}/claimdesk.sqlite3"
    if request.param == "postgres":
        server = request.getfixturevalue("postgres_server")
        url = f"{server}/{NAME}".replace("postgresql:", "postgresql+psycopg:")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {NAME}")
    people.clear_cache()
    with opened(data, url, site) as desk:
        yield desk
