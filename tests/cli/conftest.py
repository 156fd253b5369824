from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import claimdesk


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds the seeds."""
    data = tmp_path_factory.mktemp("indexed")
    done = claimdesk(data, "ingest", "seeds")
    assert done.code == 0, done.err
    return data
