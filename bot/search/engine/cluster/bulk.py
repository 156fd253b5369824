"""Write many documents: in requests of limited size, one after the other, each retried by item."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from bot.errors import SearchIndexError
from bot.search.engine.cluster.connection import (
    BLOCKED,
    BUSY_STATUSES,
    READ_ONLY,
    UNAVAILABLE_REMEDY,
    Connection,
)
from bot.search.patience import current_patience

_MAX_BYTES, _MAX_OPERATIONS = 4_000_000, 2_000
_MAX_RETRIES = 7
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
"""Seconds between two tries: doubled each time, and up to half as long again at random."""
_NEWER = 409
"""A newer version is stored: what is written here is out of date, or was written before."""


class Operation(NamedTuple):
    """Write a document to an index, or delete it if it is None, unless a newer one is stored."""

    target: str
    id: str
    version: int
    document: dict[str, Any] | None

    def lines(self) -> str:
        """The operation as the bulk API has it."""
        action = "delete" if self.document is None else "index"
        version = {"version": self.version, "version_type": "external_gte"}
        head = json.dumps({action: {"_index": self.target, "_id": self.id, **version}})
        return f"{head}\n" if self.document is None else f"{head}\n{json.dumps(self.document)}\n"


_Batch = list[str]
"""The lines of each operation of one request."""


def write(
    connection: Connection,
    operations: Iterable[Operation],
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Carry out all operations; what a busy cluster rejects is tried again, ever more slowly.

    The next request is sent when the last one is done, so a slow cluster slows us down. Raises
    SearchIndexError if an operation fails for good; others may have been carried out.
    """
    # Nobody who waits for an answer waits for a busy cluster: the change is written later.
    max_retries = 0 if current_patience() else _MAX_RETRIES
    for batch in _batches(operations):
        remaining = batch
        for attempt in range(max_retries + 1):
            if attempt:
                seconds = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** (attempt - 1))
                pause(seconds * random.uniform(1.0, 1.5))  # noqa: S311  # no secret
            remaining = _send(connection, remaining)
            if not remaining:
                break
        else:
            raise _failure(connection, "the cluster is too busy")


def _send(connection: Connection, batch: _Batch) -> _Batch:
    answer = connection.request(
        "POST",
        "/_bulk",
        "".join(batch),
        params={"filter_path": "errors,items.*.status,items.*.error"},
        message="cannot write the search index",
    )
    if not answer["errors"]:
        return []
    rejected = []
    for lines, item in zip(batch, answer["items"], strict=True):
        ((_, result),) = item.items()
        status, error = result["status"], result.get("error", {})
        if error.get("type") == BLOCKED:
            raise _failure(connection, READ_ONLY)
        if status in BUSY_STATUSES:
            rejected.append(lines)
        elif error and status != _NEWER:
            # Deleting a document that is not there is no error: its answer has none.
            raise _failure(connection, f"{status} {error.get('type')}: {error.get('reason')}"[:300])
    return rejected


def _batches(operations: Iterable[Operation]) -> Iterator[_Batch]:
    batch: _Batch = []
    size = 0
    for operation in operations:
        lines = operation.lines()
        if batch and (size + len(lines) > _MAX_BYTES or len(batch) >= _MAX_OPERATIONS):
            yield batch
            batch, size = [], 0
        batch.append(lines)
        size += len(lines)
    if batch:
        yield batch


def _failure(connection: Connection, cause: str) -> SearchIndexError:
    return SearchIndexError(
        "cannot write the search index",
        subject=connection.name,
        cause=cause,
        remedy=UNAVAILABLE_REMEDY,
    )
