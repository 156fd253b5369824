"""Start the servers that are measured, or say why one is left out."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import postgres
from tests.opensearch.launcher import start_cluster

CACHE = Path(__file__).resolve().parents[2] / ".pytest_cache" / "d" / "opensearch"
"""Where the tests keep OpenSearch's artefacts."""


class Cluster(NamedTuple):
    """The nodes of an OpenSearch cluster: their addresses, separated by spaces, and processes."""

    url: str
    processes: list[int]

    def cpu_seconds(self) -> float:
        """The CPU time that the nodes have taken since they started; 0 outside Linux."""
        return sum(map(cpu_seconds, self.processes))


def open_cluster(stack: ExitStack, num_nodes: int = 3) -> Cluster | None:
    """Start OpenSearch as a newsroom would run it, with all of Java's optimisations; None if it
    cannot be had here."""
    CACHE.mkdir(parents=True, exist_ok=True)
    try:
        nodes = stack.enter_context(start_cluster(CACHE, num_nodes, options=()))
    except pytest.skip.Exception as reason:
        print(f"skipped: the cluster: {reason}", flush=True)
        return None
    return Cluster(" ".join(nodes), [node.pid for node in nodes.values()])


def open_postgres(stack: ExitStack) -> str | None:
    """Start PostgreSQL, and return the URL of a database; None if it is not installed."""
    url = stack.enter_context(postgres.run_server())
    if url is None:
        print("skipped: PostgreSQL is not installed", flush=True)
        return None
    return f"{url}/postgres"


def cpu_seconds(process: int) -> float:
    """The CPU time of a process; 0 if it has ended, and outside Linux."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
