from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.slack.gate import people
from tests.older_store.old_store import Desk, opened
from tests.outlet_site import OutletSite, open_site


@pytest.fixture
def site() -> Iterator[OutletSite]:
    with open_site() as running:
        yield running


@pytest.fixture
def desk(migrated: None, database_url: str, tmp_path: Path, site: OutletSite) -> Iterator[Desk]:
    people.forget()
    with opened(tmp_path / "data", database_url, site) as desk:
        yield desk
