"""The lease that excludes all other writers of an index on the cluster.

It is a document that its holder writes again every few seconds. Whoever finds it unchanged for
`LEASE_SECONDS` by their own clock may take it over: clocks are never compared. A holder that was
stopped meanwhile does no harm, because documents have the change's number as their version.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from bot.errors import SearchIndexBusyError, SearchIndexError
from bot.search.engine.cluster.connection import ConflictError, Connection, MissingError

LEASE_SECONDS, _BEAT_SECONDS = 20.0, 4.0
WAIT_SECONDS = 60.0
_POLL_SECONDS = 0.2
_GIVE_BACK_SECONDS = 1.0
"""How long a writer waits until the lease is given back."""
_MESSAGE = "cannot write the search index"

_Version = tuple[int, int]
"""The sequence number and the primary term of the lease's document."""


class Lease:
    """A lease for the indexes of one name; `control` is the index of its document."""

    def __init__(self, connection: Connection, control: str, document: str = "lease") -> None:
        self._connection = connection
        self._path = f"/{control}/_doc/{document}"
        self._seen: tuple[_Version | None, float] = (None, 0.0)
        """The version of somebody else's lease, and when we first saw it."""

    @contextlib.contextmanager
    def hold(self, *, wait: bool) -> Iterator[None]:
        """Hold the lease. Raises SearchIndexBusyError if another process holds it for
        `WAIT_SECONDS`, or at once without `wait`."""
        deadline = time.monotonic() + (WAIT_SECONDS if wait else 0)
        while (version := self._take()) is None:
            if time.monotonic() >= deadline:
                raise SearchIndexBusyError(
                    _MESSAGE,
                    subject=self._connection.name,
                    cause="another process is writing it",
                    remedy="Try again when it has finished.",
                )
            time.sleep(_POLL_SECONDS)
        holder = _Holder(self, version)
        holder.start()
        try:
            yield
        finally:
            holder.has_ended.set()
            holder.join(_GIVE_BACK_SECONDS)

    def _take(self) -> _Version | None:
        """Take the lease if it is free or has run out; None if somebody has it."""
        holder = uuid4().hex
        try:
            return self._write(holder, {"op_type": "create"})
        except ConflictError:
            pass
        try:
            held = self._connection.request("GET", self._path, message=_MESSAGE)
        except MissingError:
            return None
        version = held["_seq_no"], held["_primary_term"]
        if held["_source"]["holder"] == holder:
            return version  # it was written, but the answer was lost, so it was sent again
        now = time.monotonic()
        if self._seen[0] != version:
            self._seen = version, now
        elif now - self._seen[1] > LEASE_SECONDS:
            with contextlib.suppress(ConflictError):
                return self.renew(version)
        return None

    def renew(self, version: _Version) -> _Version:
        """Write the lease again. Raises ConflictError if somebody else has taken it."""
        params = {"if_seq_no": version[0], "if_primary_term": version[1]}
        return self._write(uuid4().hex, params)

    def give_back(self, version: _Version) -> None:
        """Let another process have the lease. Raises ConflictError if one has it."""
        params = {"if_seq_no": version[0], "if_primary_term": version[1]}
        self._connection.request("DELETE", self._path, params=params, message=_MESSAGE)

    def _write(self, holder: str, params: dict[str, Any]) -> _Version:
        answer = self._connection.request(
            "PUT", self._path, {"holder": holder}, params=params, message=_MESSAGE
        )
        return answer["_seq_no"], answer["_primary_term"]


class _Holder(threading.Thread):
    """Renews a lease until it is no longer needed, then gives it back.

    In a thread of its own, because a person may wait for the writer, but not for a cluster that
    does not take the lease back.
    """

    def __init__(self, lease: Lease, version: _Version) -> None:
        super().__init__(daemon=True, name="index lease")
        self._lease, self._version = lease, version
        self.has_ended = threading.Event()

    def run(self) -> None:
        while not self.has_ended.wait(_BEAT_SECONDS):
            try:
                self._version = self._lease.renew(self._version)
            except ConflictError:
                return
            except SearchIndexError:
                continue  # the next beat may reach the cluster
        # If it cannot be given back, it runs out.
        with contextlib.suppress(SearchIndexError):
            self._lease.give_back(self._version)
