"""What is wrong with a cluster that may still answer: copies, parts or nodes that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.search.engine.cluster.connection import Connection
from bot.search.protocol import IndexFault

_BLOCKS = ("index.blocks.read_only_allow_delete", "index.blocks.read_only", "index.blocks.write")


def find_faults(connection: Connection, name: str) -> Sequence[IndexFault]:
    """Find what is wrong with the nodes, and with the current indexes of a name.

    Raises SearchIndexError if no node answers.
    """
    faults = [*_missing_nodes(connection)]
    found = _read(connection, f"/{name}-*/_alias")
    if current := [index for index, settings in found.items() if settings["aliases"]]:
        indexes = ",".join(current)
        faults += [*_missing_shards(connection, indexes), *_blocks(connection, indexes)]
    return faults


def _missing_nodes(connection: Connection) -> Iterator[IndexFault]:
    answering, addresses = connection.count_nodes()
    if answering < addresses:
        missing = addresses - answering
        verb = "does" if missing == 1 else "do"
        yield IndexFault(f"{missing} of its {addresses} servers {verb} not answer")


def _missing_shards(connection: Connection, indexes: str) -> Iterator[IndexFault]:
    health = _read(connection, f"/_cluster/health/{indexes}", level="indices")
    counts = health["indices"].values()
    parts = sum(count["number_of_shards"] - count["active_primary_shards"] for count in counts)
    if parts:
        noun = "part of it is" if parts == 1 else "parts of it are"
        yield IndexFault(f"{parts} {noun} missing (red), so searches fail", is_severe=True)
    elif copies := sum(count["unassigned_shards"] for count in counts):
        noun = "copy is" if copies == 1 else "copies are"
        yield IndexFault(
            f"{copies} {noun} missing (yellow): if another server fails, so may searches"
        )


def _blocks(connection: Connection, indexes: str) -> Iterator[IndexFault]:
    path = f"/{indexes}/_settings/index.blocks.*"
    found = _read(connection, path, flat_settings="true")
    if any(index["settings"].get(block) == "true" for index in found.values() for block in _BLOCKS):
        text = "it may only be read, as when a disk is full, so nothing new is found"
        yield IndexFault(text, is_severe=True)


def _read(connection: Connection, path: str, **params: str) -> dict[str, Any]:
    # Any node may answer, from what it knows: the one that leads the cluster may be away.
    answer: dict[str, Any] = connection.request(
        "GET", path, params={"local": "true", **params}, message="cannot read the search index"
    )
    return answer
