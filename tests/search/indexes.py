"""Open indexes of each kind, for the tests that all kinds must pass."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from bot.config import SearchSettings
from bot.search import ClaimIndex, SearchIndex
from bot.search.engine.cluster.connection import Connection
from bot.search.engine.cluster.index import ClusterIndex


class Indexes(Protocol):
    """The indexes of one kind."""

    def open(self, place: str, **options: Any) -> SearchIndex:
        """Open the index at a place; for `options`, see `ClaimIndex.open`."""

    def empty(self, place: str) -> None:
        """Make the index at a place a new one."""


class EmbeddedIndexes:
    """Indexes in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, place: str, **options: Any) -> ClaimIndex:
        return ClaimIndex.open(self._folder / place, **options)

    def empty(self, place: str) -> None:
        shutil.rmtree(self._folder / place)


class ClusterIndexes:
    """Indexes on the cluster of some nodes, which nobody else uses.

    With two shards, claims are counted and ranked in several places; with one, that is faster.
    """

    def __init__(self, nodes: list[str], shards: int = 2) -> None:
        self._nodes, self._name = nodes, f"test-{uuid4().hex[:12]}"
        self._size = {"shards": shards, "replicas": 0}

    def open(self, place: str, **options: Any) -> ClusterIndex:
        connection, name = Connection(self._nodes), f"{self._name}-{place}"
        return ClusterIndex.open(connection, name=name, **self._size, **options)

    def settings(self, place: str, others: SearchSettings) -> SearchSettings:
        """The settings with which a newsroom opens the index at a place."""
        url, name = " ".join(self._nodes), f"{self._name}-{place}"
        return replace(others, url=url, index=name, **self._size)

    def empty(self, place: str) -> None:
        self._delete(f"{self._name}-{place}-claims-*,{self._name}-{place}-articles-*")

    def remove_all(self) -> None:
        self._delete(f"{self._name}-*")

    def _delete(self, pattern: str) -> None:
        connection = Connection(self._nodes)
        connection.request("DELETE", f"/{pattern}", params={"ignore_unavailable": "true"})
        connection.close()
