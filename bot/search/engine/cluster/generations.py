"""The indexes on the cluster: aliases name the current ones of several generations.

    claimdesk-claims                the alias of the current generation's claims
    claimdesk-articles              the same of its articles
    claimdesk-claims-20261128-…     a generation's claims
    claimdesk-articles-20261128-…   its articles, and the document "state": the last change of the
                                    store that it has applied, written when all of it is searchable
    claimdesk-control               the leases of writers: lease.py

Both aliases are switched at once. The generation before the current one is kept until the next.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import asdict
from threading import Lock
from typing import Any, NamedTuple
from uuid import uuid4

from bot.errors import SearchIndexError
from bot.search.engine.cluster.connection import Connection, MissingError
from bot.search.engine.cluster.documents import (
    FORMAT,
    articles_mapping,
    claims_mapping,
    settings,
)
from bot.search.meaning import weights
from bot.search.protocol import IndexState

RECENT_SECONDS = 1.0
"""How long one reading of the state serves the searches of a process."""
_COPIES_TIMEOUT = "10s"
"""How long a new index waits for the copies of its shards; then it is filled without."""
_STATE_ID = "state"
_KNN_PLUGIN = "org.opensearch.knn.plugin.KNNPlugin"
_WRITE, _READ = "cannot write the search index", "cannot read the search index"


class Generation(NamedTuple):
    """The indexes of one generation, its state (None if it must be rebuilt), and the number of its
    claims and articles when the state was recorded. `commit` changes with every commit. `model` has
    made its vectors; it is empty if its claims cannot have any."""

    claims: str
    articles: str
    state: IndexState | None = None
    num_claims: int = 0
    num_articles: int = 0
    is_being_written: bool = False
    commit: tuple[str, int] = ("", 0)
    model: str = ""


class Generations:
    """Finds, creates and switches the generations of the indexes of one name."""

    def __init__(self, connection: Connection, name: str, shards: int, replicas: int) -> None:
        self._connection, self._name = connection, name
        self._settings, self._replicas = settings(shards, replicas), replicas
        self._lock = Lock()
        self._recent: tuple[Generation, float] | None = None
        """What was current when it was last read, and when that was."""
        self._num_forgotten = 0

    @property
    def control(self) -> str:
        """The index of the lease."""
        return f"{self._name}-control"

    def recent(self) -> Generation:
        """The current generation as this process has read it within the last second, since a search
        need not know of a commit that another process has just made."""
        recent = self._recent
        if recent and time.monotonic() - recent[1] < RECENT_SECONDS:
            return recent[0]
        return self.current()

    def forget(self) -> None:
        """Read the current generation again before the next search: it has changed."""
        with self._lock:
            self._recent = None
            self._num_forgotten += 1

    def current(self) -> Generation:
        """The current generation; one without state if there is none, or if it is of another
        version."""
        num_forgotten, read_at = self._num_forgotten, time.monotonic()
        generation = self._read()
        with self._lock:
            if num_forgotten == self._num_forgotten:  # else it was read before this process wrote
                self._recent = (generation, read_at) if generation.state else None
        return generation

    def _read(self) -> Generation:
        missing = Generation(f"{self._name}-claims-none", f"{self._name}-articles-none")
        try:
            answer = self._connection.request(
                "GET",
                f"/{self._name}-articles/_doc/{_STATE_ID}",
                message=_READ,
                is_read=True,
            )
        except MissingError:
            return missing
        recorded = answer["_source"]["state"]
        if recorded["format"] != FORMAT:
            return missing
        return Generation(
            claims=answer["_index"].replace(f"{self._name}-articles-", f"{self._name}-claims-"),
            articles=answer["_index"],
            state=IndexState(**recorded["applied"]),
            num_claims=recorded["claims"],
            num_articles=recorded["articles"],
            is_being_written=recorded["is_being_written"],
            commit=(answer["_index"], answer["_seq_no"]),
            model=recorded.get("model", ""),
        )

    @contextlib.contextmanager
    def create(self) -> Iterator[Generation]:
        """Yield a new generation to fill, which then becomes the current one.

        The caller holds the lease, and records the state. After an error, the current generation
        is the one before, unless only the answer of the switch was lost.
        """
        suffix = uuid4().hex[:12]
        new = Generation(
            f"{self._name}-claims-{suffix}",
            f"{self._name}-articles-{suffix}",
            model=weights.SHA256 if self.can_have_vectors() else "",
        )
        try:
            self._create_indexes(new)
            yield new
            previous = self._aliased()
        except BaseException:
            with contextlib.suppress(SearchIndexError):
                self._delete([new.claims, new.articles])
            raise
        # If this fails, it may have been done all the same, so nothing is deleted.
        self._switch(new, previous)
        with contextlib.suppress(SearchIndexError):  # the next rebuild tries again
            self._delete_all_but([new.claims, new.articles, *previous])

    def can_have_vectors(self) -> bool:
        """Whether every node has the k-NN plugin."""
        return all(
            _KNN_PLUGIN in (plugin["classname"] for plugin in node["plugins"])
            for node in self._nodes()
        )

    def _nodes(self) -> list[dict[str, Any]]:
        return list(self._request("GET", "/_nodes/plugins")["nodes"].values())

    def refresh(self, generation: Generation) -> None:
        """Make everything searchable that has been written."""
        self._request("POST", f"/{generation.claims},{generation.articles}/_refresh")

    def record_state(
        self, generation: Generation, state: IndexState, *, is_being_written: bool = False
    ) -> None:
        """Record the last change that a generation has applied, and the number of its documents.

        Raises SearchIndexError if another process has recorded a later change.
        """
        recorded = {
            "format": FORMAT,
            "applied": asdict(state),
            "claims": generation.num_claims,
            "articles": generation.num_articles,
            "is_being_written": is_being_written,
            "model": generation.model,
        }
        self._request(
            "PUT",
            f"/{generation.articles}/_doc/{_STATE_ID}",
            {"state": recorded},
            params={"version": state.seq, "version_type": "external_gte"},
        )
        self.forget()

    def create_control(self) -> None:
        """Create the index of the lease, unless it exists."""
        if self._indexes(self.control):
            return
        body = {"settings": {**self._settings, "number_of_shards": 1}}
        try:
            self._request("PUT", f"/{self.control}", body)
        except SearchIndexError:
            if not self._indexes(self.control):  # nor has another process created it meanwhile
                raise

    def _create_indexes(self, new: Generation) -> None:
        """Create empty indexes, and wait until their shards have copies: what is written to a shard
        without one is lost if its node is."""
        num_data_nodes = sum("data" in node["roles"] for node in self._nodes())
        copies = {
            "wait_for_active_shards": str(max(1, min(self._replicas + 1, num_data_nodes))),
            "timeout": _COPIES_TIMEOUT,
        }
        has_vectors = bool(new.model)
        claims = {
            "settings": {**self._settings, **({"knn": True} if has_vectors else {})},
            "mappings": claims_mapping(with_vectors=has_vectors),
        }
        self._request("PUT", f"/{new.claims}", claims, copies)
        articles = {"settings": self._settings, "mappings": articles_mapping()}
        self._request("PUT", f"/{new.articles}", articles, copies)

    def _switch(self, new: Generation, previous: list[str]) -> None:
        remove = [{"remove": {"index": index, "alias": self._alias(index)}} for index in previous]
        add = [
            {"add": {"index": index, "alias": self._alias(index)}}
            for index in (new.claims, new.articles)
        ]
        self._request("POST", "/_aliases", {"actions": [*remove, *add]})
        self.forget()

    def _alias(self, index: str) -> str:
        return index.rpartition("-")[0]

    def _aliased(self) -> list[str]:
        aliases = [f"{self._name}-claims", f"{self._name}-articles"]
        return [index for alias in aliases for index in self._indexes(f"{alias}-*", alias)]

    def _delete_all_but(self, kept: list[str]) -> None:
        patterns = f"{self._name}-claims-*,{self._name}-articles-*"
        self._delete([index for index in self._indexes(patterns) if index not in kept])

    def _delete(self, indexes: list[str]) -> None:
        if indexes:
            params = {"ignore_unavailable": "true"}
            self._request("DELETE", f"/{','.join(indexes)}", params=params)

    def _indexes(self, pattern: str, alias: str | None = None) -> list[str]:
        try:
            answer: dict[str, Any] = self._request("GET", f"/{pattern}/_alias")
        except MissingError:
            return []
        return [
            index
            for index, found in answer.items()
            if alias is None or alias in found.get("aliases", {})
        ]

    def _request(
        self, method: str, path: str, body: Any = None, params: dict[str, Any] | None = None
    ) -> Any:
        return self._connection.request(method, path, body, params=params, message=_WRITE)
