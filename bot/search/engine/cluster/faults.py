"""What is wrong with a cluster that may still answer: copies, parts or nodes that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.search.engine.cluster.connection import Connection
from bot.search.protocol import IndexFault

_MESSAGE = "cannot read the search index"
_LOCAL = {"local": "true"}
"""Any node may answer, from what it knows: the one that leads the cluster may be away."""
_BLOCKS = ("index.blocks.read_only_allow_delete", "index.blocks.read_only", "index.blocks.write")


def find_faults(connection: Connection, name: str) -> Sequence[IndexFault]:
    """Find what is wrong with the nodes, and with the indexes whose names begin with a name.

    Raises SearchIndexError if no node answers.
    """
    return [*_missing_nodes(connection), *_missing_shards(connection, name)]


def _missing_nodes(connection: Connection) -> Iterator[IndexFault]:
    answering, addresses = connection.count_nodes()
    if answering < addresses:
        missing = addresses - answering
        verb = "does" if missing == 1 else "do"
        yield IndexFault(f"{missing} of its {addresses} servers {verb} not answer")


def _missing_shards(connection: Connection, name: str) -> Iterator[IndexFault]:
    health: dict[str, Any] = connection.request(
        "GET", f"/_cluster/health/{name}-*", params={**_LOCAL, "level": "indices"}, message=_MESSAGE
    )
    indexes = health.get("indices", {}).values()
    if health.get("status") == "red":
        parts = sum(index["number_of_shards"] - index["active_primary_shards"] for index in indexes)
        noun = "part is" if parts == 1 else "parts are"
        yield IndexFault(f"{parts} of its {noun} missing (red), so searches fail", is_severe=True)
    elif copies := sum(
        index["unassigned_shards"] + index["initializing_shards"] for index in indexes
    ):
        noun = "copy is" if copies == 1 else "copies are"
        yield IndexFault(f"{copies} {noun} missing (yellow); nothing else would be lost with them")
    settings: dict[str, Any] = connection.request(
        "GET",
        f"/{name}-*/_settings/index.blocks.*",
        params={**_LOCAL, "flat_settings": "true"},
        message=_MESSAGE,
    )
    if any(
        found.get("settings", {}).get(block) == "true"
        for found in settings.values()
        for block in _BLOCKS
    ):
        text = "it may only be read, as when a disk is full, so nothing new is found"
        yield IndexFault(text, is_severe=True)
