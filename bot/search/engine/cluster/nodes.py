"""The nodes of a cluster at some addresses: which of them answer, and whose turn it is."""

from __future__ import annotations

import itertools
import logging
import math
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any

from bot.errors import SettingsError

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

CHECK_SECONDS = 0.3
"""How long a node has to answer whether it is there, while an answer waits."""
_AGAIN_SECONDS = 1.0
"""How often an avoided node is asked whether it is back, and how long it has to answer."""
_CAUTIOUS_SECONDS = 10.0
"""For how long after a request that timed out searches prefer the nodes that answer."""
_CONNECT_SECONDS = 3.0
"""How long a machine has to accept a connection, even if the answer may take longer."""
_MAX_CONNECTIONS = 16


class Node:
    """The node at an address. Thread-safe."""

    def __init__(
        self, address: str, account: tuple[str, str] | None = None, ca_file: str = ""
    ) -> None:
        self.is_avoided = False
        self.id = ""
        """Its id in the cluster; empty if it has not been asked, or may not tell."""
        self._address, self._account, self._ca_file = address, account, ca_file
        self._client: OpenSearch | None = None
        self._lock = Lock()

    def request(
        self, method: str, path: str, *, body: Any, params: dict[str, Any], seconds: float
    ) -> Any:
        """Send a request once, and return the decoded answer. Raises opensearchpy's errors."""
        client = self.open()
        from urllib3 import Timeout

        timeout = Timeout(connect=min(seconds, _CONNECT_SECONDS), read=seconds)
        return client.transport.perform_request(
            method, path, params={**params, "request_timeout": timeout}, body=body
        )

    def check(self, seconds: float) -> None:
        """Find out whether it answers, and its id."""
        from opensearchpy import exceptions

        try:
            # A node answers this without asking any other.
            found = self.request(
                "GET",
                "/_nodes/_local/http",
                body=None,
                params={"filter_path": "nodes.*.name"},
                seconds=seconds,
            )
        except exceptions.ConnectionError:
            self.is_avoided = True
        except exceptions.OpenSearchException:
            self.is_avoided = False  # it answers, though it refuses
        else:
            self.is_avoided = False
            self.id = next(iter(found.get("nodes", {})), "")

    def close(self) -> None:
        """Close its connections; the next request opens them again."""
        with self._lock:
            client, self._client = self._client, None
        if client:
            client.close()

    def open(self) -> OpenSearch:
        """The client of the node. Raises SettingsError if there can be none."""
        with self._lock:
            if self._client is None:
                try:
                    from opensearchpy import OpenSearch
                except ModuleNotFoundError as error:
                    raise SettingsError(
                        "cannot search a cluster",
                        subject="search.url in bot.yml",
                        cause="opensearch-py is not installed",
                        remedy="Install claimdesk[opensearch].",
                    ) from error
                # Each failure is told to whoever asked; the client would log it once more, and
                # at lower levels with what people asked.
                logging.getLogger("opensearch").setLevel(logging.CRITICAL)
                if self._ca_file and not Path(self._ca_file).is_file():
                    raise SettingsError(
                        "cannot search a cluster",
                        subject="search.ca_file in bot.yml",
                        cause=f"there is no file {self._ca_file}",
                        remedy="Correct it, or leave it empty.",
                    )
                self._client = OpenSearch(
                    self._address,
                    http_auth=self._account,
                    ca_certs=self._ca_file or None,
                    max_retries=0,
                    pool_maxsize=_MAX_CONNECTIONS,
                )
            return self._client


class Nodes:
    """The nodes at some addresses, which take turns; one that did not answer is avoided until it
    answers again. Thread-safe."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = tuple(nodes)
        self._turns = itertools.count()
        self._cautious_until = self._checked_at = -math.inf
        self._lock, self._suspect_lock = Lock(), Lock()
        self._end_of_watch: Event | None = None

    def __len__(self) -> int:
        return len(self._nodes)

    def next(self) -> Node:
        """The node whose turn it is; an avoided one only if all are."""
        nodes = [node for node in self._nodes if not node.is_avoided] or self._nodes
        return nodes[next(self._turns) % len(nodes)]

    def preference(self) -> str | None:
        """Which nodes' copies of a shard a search should use: None if any will do.

        The cluster itself goes on asking a node that is paused for half a minute.
        """
        is_cautious = time.monotonic() < self._cautious_until
        if not is_cautious and not any(node.is_avoided for node in self._nodes):
            return None
        ids = [node.id for node in self._nodes if node.id and not node.is_avoided]
        return f"_prefer_nodes:{','.join(ids)}" if ids else None

    @property
    def num_answering(self) -> int:
        """How many nodes answered when they were last asked anything."""
        return sum(not node.is_avoided for node in self._nodes)

    def suspect(self) -> None:
        """Find out which nodes answer, after a request that timed out."""
        self._cautious_until = time.monotonic() + _CAUTIOUS_SECONDS
        with self._suspect_lock:
            if time.monotonic() - self._checked_at > CHECK_SECONDS:  # nor has another thread
                self.check(CHECK_SECONDS)

    def check(self, seconds: float) -> None:
        """Ask all nodes at once whether they answer; each has so long."""
        for node in self._nodes:
            node.open()
        threads = [Thread(target=node.check, args=(seconds,), daemon=True) for node in self._nodes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self._checked_at = time.monotonic()
        self._watch_avoided()

    def avoid(self, node: Node) -> None:
        """Avoid a node until it answers."""
        node.is_avoided = True
        self._watch_avoided()

    def close(self) -> None:
        """Close all connections; the next request opens them again."""
        with self._lock:
            end, self._end_of_watch = self._end_of_watch, None
        if end:
            end.set()
        for node in self._nodes:
            node.close()

    def _watch_avoided(self) -> None:
        """Let a thread ask the avoided nodes again and again, so that no answer has to."""
        with self._lock:
            if self._end_of_watch is None and any(node.is_avoided for node in self._nodes):
                self._end_of_watch = Event()
                watch = Thread(
                    target=self._watch,
                    args=(self._end_of_watch,),
                    daemon=True,
                    name="cluster nodes",
                )
                watch.start()

    def _watch(self, end: Event) -> None:
        while not end.wait(_AGAIN_SECONDS):
            for node in self._nodes:
                if node.is_avoided or not node.id:
                    node.check(_AGAIN_SECONDS)
            with self._lock:
                if not any(node.is_avoided for node in self._nodes):
                    if self._end_of_watch is end:
                        self._end_of_watch = None
                    return
